//! The mouse: what the wheel scrolls, and what a click selects, opens and sorts.

use super::*;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

const UP: MouseEventKind = MouseEventKind::ScrollUp;
const DOWN: MouseEventKind = MouseEventKind::ScrollDown;
const CLICK: MouseEventKind = MouseEventKind::Down(MouseButton::Left);

/// The line of the screen on which the first row of the table is.
const FIRST: u16 = 2;

impl Desk {
    fn mouse(mut self, kind: MouseEventKind, column: u16, row: u16) -> Self {
        self.send(Msg::Moused(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    fn resized(mut self, width: u16, height: u16) -> Self {
        self.send(Msg::Resized(width, height));
        self
    }

    fn card_scroll(&self) -> usize {
        self.app.layers.card().unwrap().scroll()
    }

    fn row(&self) -> usize {
        self.app.list.cursor.row()
    }
}

fn desk() -> Desk {
    Desk::delivered(100, 50).settle()
}

#[test]
fn the_wheel_scrolls_the_table_and_the_mark_stays_as_long_as_it_is_in_sight() {
    let desk = desk().press(KeyCode::Down).press(KeyCode::Down).press(KeyCode::Down).press(KeyCode::Down);
    let desk = desk.mouse(DOWN, 5, FIRST);
    assert_eq!((desk.app.list.cursor.top(), desk.row()), (3, 4));
    let desk = desk.mouse(DOWN, 5, FIRST);
    assert_eq!((desk.app.list.cursor.top(), desk.row()), (6, 6));
    let desk = desk.mouse(UP, 5, FIRST).mouse(UP, 5, FIRST).mouse(UP, 5, FIRST);
    assert_eq!((desk.app.list.cursor.top(), desk.row()), (0, 6));
    let desk = (0..50).fold(desk, |desk, _| desk.mouse(DOWN, 5, FIRST)).settle();
    assert_eq!(desk.app.list.viewport(10).end, 100, "not beyond the last row");
}

#[test]
fn a_click_selects_a_row_and_a_click_on_the_selected_row_opens_it() {
    let desk = desk().mouse(CLICK, 5, FIRST + 3);
    assert_eq!((desk.app.context(), desk.row()), (Context::Table, 3));
    let desk = desk.mouse(CLICK, 60, FIRST + 3);
    assert_eq!((desk.app.context(), desk.card_id()), (Context::Card, Some("1003")));
}

#[rstest::rstest]
#[case::header(5, 0)]
#[case::between_the_names_of_two_columns(12, 1)]
#[case::status(5, 12)]
#[case::hints(5, 13)]
#[case::outside(500, 500)]
fn a_click_elsewhere_does_nothing(#[case] column: u16, #[case] row: u16) {
    let desk = desk().mouse(CLICK, column, row);
    assert_eq!((desk.app.context(), desk.row(), desk.tasks.len()), (Context::Table, 0, 0));
}

#[test]
fn a_click_on_the_head_of_a_column_sorts_by_it_and_the_next_one_the_other_way_round() {
    let desk = desk().mouse(CLICK, 15, 1).settle();
    assert_eq!(desk.app.list.columns.under_cursor().map(|key| &**key), Some("crm__standard_info__name"));
    assert_eq!(desk.names()[1], "Kunde 1");
    let desk = desk.mouse(CLICK, 15, 1).settle();
    assert_eq!(desk.names()[0], "Kunde 99");
    let desk = desk.mouse(CLICK, 15, 1).settle();
    assert_eq!((desk.says().as_str(), desk.names()[0].as_str()), ("In Cube's order", "Kunde 0"));
}

#[test]
fn a_click_on_a_head_does_not_sort_while_the_line_is_open() {
    let desk = desk().keys("kunde").settle().mouse(CLICK, 15, 1).settle();
    assert!(desk.app.list.sorting.orders().is_empty());
}

#[test]
fn a_click_below_the_last_row_does_nothing() {
    let desk = Desk::delivered(2, 50).settle().mouse(CLICK, 5, FIRST + 5);
    assert_eq!((desk.app.context(), desk.row()), (Context::Table, 0));
}

#[test]
fn a_click_selects_and_opens_a_hit_of_the_search() {
    let desk = desk().keys("kunde 1").settle();
    let desk = desk.mouse(CLICK, 5, FIRST + 2);
    assert_eq!((desk.app.context(), desk.row()), (Context::Line, 2));
    let chosen = desk.selected();
    let desk = desk.mouse(CLICK, 5, FIRST + 2).settle();
    assert_eq!((desk.app.context(), desk.card_id()), (Context::Card, chosen.as_deref()));
}

#[test]
fn rows_below_a_divider_are_those_that_are_seen() {
    let mut desk = desk();
    let reading = reading(&("777".to_owned(), "Looked up".to_owned(), "1".to_owned()), desk.now);
    desk = desk.keys("777").settle().press(KeyCode::Enter);
    let at = desk.tasks.iter().position(|task| matches!(task, Task::FetchCustomer { .. })).unwrap();
    let Task::FetchCustomer { ticket, .. } = desk.tasks.remove(at) else { panic!() };
    desk.send(Msg::Replied(Reply::Customer { ticket, list: ticket.list, result: Ok(reading) }));
    let desk = desk.settle().press(KeyCode::Esc).press(KeyCode::Esc).press(KeyCode::Esc);
    // A divider, the looked-up customer, a divider, the list.
    let rows: Vec<_> = (0..5).map(|line| desk.app.list.row_at(10, line)).collect();
    assert_eq!(rows, [None, Some(0), None, Some(1), Some(2)]);
}

#[test]
fn beside_the_table_the_wheel_scrolls_the_card_and_a_click_gives_it_the_keys() {
    let desk = desk().press(KeyCode::F(9)).resized(120, 9);
    let column = desk.app.layout().card.x + 2;
    let (row, scroll) = (desk.row(), desk.card_scroll());
    let desk = desk.mouse(DOWN, column, 5);
    assert!(desk.card_scroll() > scroll, "the card is scrolled");
    assert_eq!((desk.row(), desk.app.list.cursor.top()), (row, 0), "the table is not");
    let desk = desk.mouse(UP, column, 5);
    assert_eq!(desk.card_scroll(), scroll);
    let fields = desk.app.card_area();
    let desk = desk.mouse(CLICK, column, fields.y + 1);
    assert_eq!((desk.app.context(), desk.app.layers.card().unwrap().field()), (Context::Card, Some(1)));
    let desk = desk.mouse(CLICK, 5, FIRST + 1);
    assert_eq!((desk.app.context(), desk.row()), (Context::Table, 1), "the table has the keys again");
}

#[test]
fn a_card_that_has_the_screen_is_scrolled_wherever_the_mouse_is() {
    let desk = desk().resized(80, 8).press(KeyCode::Enter);
    let top = desk.app.list.cursor.top();
    let desk = desk.mouse(DOWN, 5, 0);
    assert!(desk.card_scroll() > 0);
    assert_eq!(desk.app.list.cursor.top(), top);
}

#[test]
fn the_wheel_and_clicks_work_in_menus() {
    let desk = desk().press(KeyCode::F(1)).mouse(DOWN, 5, 5);
    assert_eq!(desk.app.layers.menu().unwrap().narrowed.row, 3);
    let desk = desk.mouse(CLICK, 5, 5);
    assert_eq!(desk.app.layers.menu().unwrap().narrowed.row, 3, "the help has nothing to choose");
    let desk = desk.press(KeyCode::Esc).press(KeyCode::F(2));
    let first = super::super::layout::menu(desk.app.size()).y;
    let marked = desk.app.layers.menu().unwrap().narrowed.row;
    let other = 1 - marked;
    let line = |row: usize| first + u16::try_from(row).unwrap();
    let desk = desk.mouse(CLICK, 5, line(other));
    assert_eq!(desk.app.layers.menu().unwrap().narrowed.row, other);
    let desk = desk.mouse(CLICK, 5, line(marked)).mouse(CLICK, 5, line(marked));
    assert!(desk.app.layers.menu().is_none(), "it was chosen");
    assert_eq!(desk.calls.len(), 1);
}

#[test]
fn no_click_anywhere_breaks_anything() {
    for (width, height) in [(0, 0), (1, 1), (19, 4), (20, 5), (80, 24), (120, 14), (200, 60)] {
        for keys in ["", "\n", "kunde", "①", "⌘"] {
            let mut desk = desk().resized(width, height).script(keys);
            for (column, row) in (0..210).step_by(35).flat_map(|x| (0..70).step_by(6).map(move |y| (x, y))) {
                desk = desk.mouse(DOWN, column, row).mouse(CLICK, column, row).mouse(UP, column, row);
            }
        }
    }
}
