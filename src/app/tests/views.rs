//! Views: columns, order and filter under a name.

use super::*;
use crate::app::{SavedView, SavedViews, SortOrder};
use rstest::rstest;

const NAME: &str = "crm__standard_info__name";

fn kept(desk: &Desk) -> SavedViews {
    let views = |call: &SessionCall| match call {
        SessionCall::KeepViews(views) => Some(views.clone()),
        _ => None,
    };
    desk.calls.iter().rev().find_map(views).unwrap_or_default()
}

fn descending() -> Vec<SortOrder> {
    vec![SortOrder { key: NAME.to_owned(), descending: true }]
}

/// A desk with a filter and an order, saved as a view.
fn saved() -> Desk {
    let desk = Desk::delivered(20, 20).settle().keys("\"kunde 1\"").settle().press(KeyCode::Down).settle();
    let desk = desk.press(KeyCode::Right).press(KeyCode::Right).ctrl('s').settle().ctrl('s').settle();
    shift_f7(desk).keys("Ones").ctrl('s')
}

fn shift_f7(mut desk: Desk) -> Desk {
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(7), KeyModifiers::SHIFT)));
    desk
}

#[test]
fn a_view_is_saved_under_the_name_that_is_typed() {
    let desk = saved();
    assert_eq!(desk.says(), "Saved as Ones");
    let view = kept(&desk).named.remove(0);
    assert_eq!((view.name.as_str(), view.filter.as_str()), ("Ones", "\"kunde 1\""));
    assert_eq!(view.orders, descending());
}

#[test]
fn a_view_that_is_opened_again_has_its_filter_and_its_order() {
    let desk = saved().press(KeyCode::Esc).press(KeyCode::Esc).settle();
    let names = desk.names();
    let desk = desk.ctrl('s').settle();
    assert_eq!(desk.app.list.row_count(), 20, "the filter is off");
    let desk = shift_f7(desk).press(KeyCode::Enter).settle();
    assert_eq!(desk.app.context(), Context::Table);
    assert_eq!(desk.app.list.find.text(), "\"kunde 1\"");
    assert_eq!(desk.app.list.row_count(), 11);
    assert_eq!(desk.names()[0], "Kunde 19");
    assert_ne!(desk.names(), names);
}

#[test]
fn a_view_without_an_order_takes_away_that_of_the_same_filter() {
    let desk = saved().press(KeyCode::Esc);
    let mut plain = SavedView { name: "Plain".into(), ..SavedView::default() };
    "\"kunde 1\"".clone_into(&mut plain.filter);
    let mut desk = desk;
    desk.app.views.named.push(plain);
    assert_eq!(desk.names()[0], "Kunde 19");
    let desk = shift_f7(desk).keys("plain").press(KeyCode::Enter).settle();
    assert_eq!(desk.names()[0], "Kunde 1");
}

#[test]
fn a_name_that_is_saved_again_takes_the_place_of_the_old_view() {
    let desk = saved().press(KeyCode::Esc).press(KeyCode::Esc).settle();
    let desk = shift_f7(desk).keys("ONES").ctrl('s');
    let named = kept(&desk).named;
    assert_eq!((named.len(), named[0].filter.as_str()), (1, ""));
}

#[test]
fn a_view_is_removed() {
    let desk = saved().ctrl('x');
    assert_eq!(desk.says(), "Removed: Ones");
    assert_eq!(kept(&desk).named, []);
}

#[test]
fn a_view_needs_a_name() {
    let desk = shift_f7(Desk::delivered(8, 8).settle()).ctrl('s');
    assert_eq!(desk.says(), "Type a name first");
    assert!(desk.calls.is_empty());
}

#[test]
fn the_order_of_the_table_is_there_at_the_next_start_and_a_filter_is_not() {
    let desk = saved();
    let last = kept(&desk).last;
    assert_eq!((last.orders, last.filter.as_str()), (descending(), ""));
}

/// A browser that begins with a view, or with the one that was open.
fn start(view: Option<&str>, open: &str, typed: Option<&str>) -> Desk {
    let mut desk = Desk::delivered(20, 20);
    let named = SavedView {
        name: "Ones".into(),
        filter: "\"kunde 1\"".into(),
        orders: descending(),
        columns: Vec::new(),
    };
    let start = Start {
        session: desk.app.session.clone(),
        views: SavedViews { named: vec![named], open: open.into(), ..SavedViews::default() },
        view: view.map(str::to_owned),
        typed: typed.map(str::to_owned),
        size: (120, 14),
        ..Start::default()
    };
    let (app, effects) = App::new(start, desk.app.keymap.clone(), NOW);
    desk.app = app;
    desk.tasks.clear();
    desk.take(effects);
    desk.settle()
}

#[test]
fn the_browser_begins_with_the_view_that_was_asked_for() {
    let desk = start(Some("ones"), "", None);
    assert_eq!((desk.app.list.row_count(), desk.names()[0].as_str()), (11, "Kunde 19"));
    assert_eq!(
        desk.app.list.columns.under_cursor().map(|key| &**key),
        Some(NAME),
        "what it is sorted by is seen"
    );
    assert_eq!(desk.app.context(), Context::Table);
}

#[test]
fn a_view_that_there_is_not_is_said() {
    let desk = start(Some("none"), "", None);
    assert_eq!(desk.app.list.row_count(), 20);
    assert_eq!(desk.says(), "There is no view none · Shift+F7 lists them");
}

#[test]
fn the_view_that_was_open_is_open_again_at_the_next_start_and_says_so() {
    let desk = start(None, "Ones", None);
    assert_eq!((desk.app.list.row_count(), desk.names()[0].as_str()), (11, "Kunde 19"));
    assert_eq!(desk.says(), "View Ones is open again · Esc shows all customers");
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!(desk.app.list.row_count(), 20);
    assert_eq!(kept(&desk).open, "");
}

#[rstest]
#[case::begins_with_a_caller("Ones", Some("1007"))]
#[case::has_removed_it_elsewhere("Twos", None)]
fn no_view_is_opened_again_for_who(#[case] open: &str, #[case] typed: Option<&str>) {
    let desk = start(None, open, typed);
    assert_ne!(desk.app.list.find.text(), "\"kunde 1\"");
    assert!(!desk.says().contains("open again"), "{}", desk.says());
}

#[test]
fn a_view_is_open_until_the_table_is_another_one() {
    let desk = start(Some("ones"), "", None);
    assert_eq!(desk.app.views.open, "Ones");
    let desk = desk.keys("1007").settle();
    assert_eq!(desk.app.views.open, "Ones", "a call does not leave it");
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((desk.app.views.open.as_str(), desk.app.list.row_count()), ("Ones", 11));
    let desk = desk.ctrl('s').settle();
    assert_eq!(desk.app.views.open, "", "it is sorted otherwise");
    assert_eq!(kept(&desk).open, "");
}

#[test]
fn a_view_that_was_just_saved_is_the_open_one_and_one_that_is_removed_is_not() {
    let desk = saved();
    assert_eq!(kept(&desk).open, "Ones");
    assert_eq!(kept(&desk.ctrl('x')).open, "");
}
