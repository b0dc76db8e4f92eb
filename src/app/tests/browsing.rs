//! Moving over the table.

use super::*;
use crate::keys::Action;

#[test]
fn the_cursor_moves_by_rows_windows_and_to_the_ends() {
    let desk = Desk::new(100, 50).settle();
    let desk = desk.keys("jj").press(KeyCode::Down).press(KeyCode::Up);
    assert_eq!(desk.selected().as_deref(), Some("1002"));
    let desk = desk.press(KeyCode::PageDown);
    assert_eq!(desk.selected().as_deref(), Some("1012"), "a window of 14 lines shows 10 rows");
    let desk = desk.keys("g").ctrl('d');
    assert_eq!(desk.selected().as_deref(), Some("1005"));
    let desk = desk.keys("k").press(KeyCode::End).settle();
    assert_eq!(desk.selected().as_deref(), Some("1099"));
}

#[test]
fn with_nothing_touched_only_the_first_page_and_the_next_are_asked_for() {
    let mut desk = Desk::new(12_340, 500);
    assert_eq!(desk.asked(), [1]);
    let answer = desk.next_answer().unwrap();
    desk.send(answer);
    assert_eq!(desk.asked(), [2]);
    let desk = desk.settle();
    assert_eq!(desk.app.list.store.scope().loaded, 1000);
}

#[test]
fn the_end_is_reached_by_asking_for_the_last_page_alone() {
    let desk = Desk::new(12_340, 500).settle().keys("G");
    assert_eq!(desk.asked(), [25]);
    let desk = desk.settle();
    assert_eq!(desk.selected().as_deref(), Some("13339"));
    assert_eq!(desk.app.list.store.scope().loaded, 1340);
}

#[test]
fn after_a_jump_to_the_end_the_cursor_stays_at_the_end_however_long_the_last_page_is() {
    let mut desk = Desk::new(12_340, 500).settle().keys("G");
    desk.customers.truncate(12_100);
    let desk = desk.settle();
    assert_eq!(desk.selected().as_deref(), Some("13099"));
}

#[test]
fn the_selection_stays_on_its_customer_when_a_row_above_turns_out_to_be_a_repeat() {
    let mut desk = Desk::new(60, 20).settle().press(KeyCode::End).settle().keys("kkk");
    assert_eq!(desk.selected().as_deref(), Some("1056"));
    let on_screen = desk.app.list.cursor.row() - desk.app.list.cursor.top();
    let mut repeating = desk.customers.clone();
    repeating[45] = repeating[0].clone();
    desk.customers = repeating;
    desk.app.list.store.read_again();
    let desk = desk.keys("R").settle();
    assert_eq!(desk.selected().as_deref(), Some("1056"));
    assert_eq!(desk.app.list.row_count(), 59);
    assert_eq!(
        desk.app.list.cursor.row() - desk.app.list.cursor.top(),
        on_screen,
        "and on its line of the screen"
    );
}

#[test]
fn a_resize_keeps_the_selected_row_in_the_window() {
    let mut desk = Desk::new(100, 100).settle();
    (0..30).for_each(|_| desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Down))));
    for size in [(120, 9), (20, 5), (300, 90), (80, 24), (1, 1)] {
        desk.send(Msg::Resized(size.0, size.1));
        assert!(desk.app.list.viewport(desk.app.layout().window()).contains(&30), "{size:?}");
    }
}

#[test]
fn escape_in_the_table_does_nothing_and_q_quits() {
    let desk = Desk::new(3, 5).settle().press(KeyCode::Esc);
    assert_eq!(desk.names().len(), 3);
    assert_eq!(desk.keys("q").calls, [SessionCall::Quit]);
}

#[test]
fn a_released_key_does_nothing() {
    let mut desk = Desk::new(3, 5).settle();
    let released = KeyEvent::new_with_kind(KeyCode::Char('q'), KeyModifiers::NONE, KeyEventKind::Release);
    desk.send(Msg::Pressed(released));
    assert_eq!((desk.tasks, desk.calls), (vec![], vec![]));
}

#[test]
fn the_help_opens_scrolls_and_closes() {
    let desk = Desk::new(3, 5).settle().keys("?").press(KeyCode::Down).press(KeyCode::Down);
    assert_eq!((desk.app.context(), desk.app.layers.menu().unwrap().narrowed.row), (Context::Help, 2));
    assert_eq!(desk.press(KeyCode::Esc).app.context(), Context::Table);
}

#[test]
fn the_help_says_of_each_action_how_it_is_reached() {
    let app = Desk::new(3, 5).settle().keys("?").app;
    let lines = app.menu_lines();
    let way = |wanted: Action| {
        let of_action = |line: &MenuLine| match line {
            MenuLine::Keys { keys, action, .. } if *action == wanted => Some(keys.clone()),
            _ => None,
        };
        lines.iter().find_map(of_action).unwrap()
    };
    assert_eq!(way(Action::Export), "Ctrl+E");
    let palette = app.keymap.key_for(Context::Table, Action::Palette);
    assert_eq!(way(Action::UnmarkAll), format!("{palette} …"));
    assert!(!lines.iter().any(|line| matches!(line, MenuLine::Keys { keys, .. } if keys.is_empty())));
}
