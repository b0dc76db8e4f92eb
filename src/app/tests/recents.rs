//! The last customers: back, forward, and as a list.

use super::*;
use crate::app::PickKind;
use crate::words::Reached;

fn desk() -> Desk {
    Desk::delivered(30, 30).settle()
}

/// The cards of these customers are opened by their ids, each over the one before.
fn opened(ids: &[&str]) -> Desk {
    ids.iter().fold(desk(), |desk, id| desk.keys(id).settle().press(KeyCode::Enter).settle())
}

fn alt(mut desk: Desk, code: KeyCode) -> Desk {
    desk.send(Msg::Pressed(KeyEvent::new(code, KeyModifiers::ALT)));
    desk
}

/// What the list says: id, name and note of each line.
fn listed(desk: &Desk) -> Vec<String> {
    let lines = desk.app.layers.pick().unwrap().lines();
    lines.iter().map(|item| format!("{} {} {}", item.name, item.value, item.note)).collect()
}

#[test]
fn alt_and_an_arrow_goes_back_and_forward_through_customers() {
    let desk = opened(&["1003", "1007", "1012"]);
    let desk = alt(alt(desk, KeyCode::Left), KeyCode::Left);
    assert_eq!(desk.card_id(), Some("1003"));
    let desk = alt(desk, KeyCode::Left);
    assert_eq!((desk.card_id(), desk.says().as_str()), (Some("1003"), "No customer before this one"));
    let desk = alt(desk, KeyCode::Right);
    assert_eq!(desk.card_id(), Some("1007"));
}

#[test]
fn backspace_goes_back_where_nothing_is_typed_and_deletes_where_something_is() {
    let desk = opened(&["1003", "1007"]).press(KeyCode::Backspace);
    assert_eq!(desk.card_id(), Some("1003"));
    let desk = desk.keys("90").press(KeyCode::Backspace);
    assert_eq!(desk.app.layers.line().map(Line::text), Some("9"));
}

#[test]
fn from_the_table_the_first_step_back_is_to_the_last_card() {
    let desk = opened(&["1003", "1007"]).press(KeyCode::Esc).press(KeyCode::Esc);
    assert_eq!(desk.app.context(), Context::Table);
    let desk = desk.press(KeyCode::Backspace);
    assert_eq!(desk.card_id(), Some("1007"));
    assert_eq!(desk.press(KeyCode::Backspace).card_id(), Some("1003"));
}

/// The names in the table, the row under the cursor, the viewport and what is searched for.
fn place(desk: &Desk) -> (Vec<String>, usize, usize, String) {
    let list = &desk.app.list;
    (desk.names(), list.cursor.row(), list.cursor.top(), list.find.text().to_owned())
}

#[test]
fn going_back_brings_the_list_back_from_which_the_card_was_opened() {
    let down = |desk: Desk, rows: usize| (0..rows).fold(desk, |desk, _| desk.press(KeyCode::Down));
    let mut desk = down(desk().script("\"kunde 1\"\t"), 4);
    desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Right)));
    let desk = desk.press(KeyCode::Right).ctrl('s').settle();
    let (first, desk) = (place(&desk), desk.press(KeyCode::Enter).settle());
    let id = desk.card_id().unwrap().to_owned();
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Esc).ctrl('s').ctrl('s').settle();
    let desk = down(desk, 15);
    let (second, desk) = (place(&desk), desk.press(KeyCode::Enter).settle());
    assert_ne!((&first.0, first.1), (&second.0, second.1));
    let desk = desk.press(KeyCode::Backspace).settle();
    assert_eq!(desk.card_id(), Some(id.as_str()));
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((place(&desk), desk.app.context()), (first, Context::Table));
    let mut desk = desk.press(KeyCode::Enter);
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::Right, KeyModifiers::ALT)));
    let desk = desk.settle().press(KeyCode::Esc).settle();
    assert_eq!(place(&desk), second);
}

#[test]
fn a_person_who_moves_the_cursor_is_not_taken_back_by_a_late_answer() {
    let desk = desk().script("\"kunde 1\"\t").press(KeyCode::Down).press(KeyCode::Down).press(KeyCode::Enter);
    let desk = desk
        .settle()
        .press(KeyCode::Esc)
        .press(KeyCode::Esc)
        .settle()
        .press(KeyCode::Down)
        .press(KeyCode::Enter)
        .settle();
    let desk = desk.press(KeyCode::Backspace).press(KeyCode::Esc).press(KeyCode::Home).settle();
    assert_eq!((desk.app.list.find.text(), desk.app.list.cursor.row()), ("\"kunde 1\"", 0));
}

#[test]
fn a_customer_who_must_be_asked_for_again_leaves_the_filter_as_it_was() {
    let mut desk = desk().script("kunde 1\t");
    desk.customers.push(("4711".into(), "Ny".into(), "95499097".into()));
    let before = place(&desk);
    desk.app.recents = Recents::new(vec![Recent {
        place: "acme assignment 9".into(),
        id: "4711".into(),
        name: None,
        opened: NOW,
        reached: Reached::Before,
        is_pinned: false,
    }]);
    let desk = desk.press(KeyCode::F(4)).press(KeyCode::Enter).settle();
    assert_eq!(desk.card_id(), Some("4711"));
    assert_eq!(place(&desk.press(KeyCode::Esc).settle()), before);
}

#[test]
fn leaving_a_card_shows_the_list_as_it_was() {
    let desk = Desk::delivered(200, 50).settle();
    let desk = (0..70).fold(desk, |desk, _| desk.press(KeyCode::Down)).settle().press(KeyCode::Up);
    let before = (desk.app.list.cursor.row(), desk.app.list.cursor.top());
    let mut desk = desk.press(KeyCode::Enter);
    desk.send(Msg::Resized(80, 14));
    desk.send(Msg::Resized(120, 14));
    let desk = desk.press(KeyCode::Esc);
    assert_eq!((desk.app.list.cursor.row(), desk.app.list.cursor.top()), before);
}

#[test]
fn f4_lists_the_last_customers_with_when_and_how_they_were_reached() {
    let desk = desk().press(KeyCode::Enter).keys("J").press(KeyCode::Esc).script("1007\n");
    let mut desk = desk.press(KeyCode::F(4));
    let expected = [
        "1007 Kunde 7 08:12 · searched: 1007",
        "1001 Kunde 1 08:12 · next to the one before",
        "1000 Kunde 0 08:12 · from the list",
    ];
    assert_eq!(listed(&desk), expected);
    assert_eq!(
        (desk.app.context(), desk.app.layers.pick().unwrap().kind),
        (Context::Recents, PickKind::Recents)
    );
    desk = desk.press(KeyCode::Down).press(KeyCode::Enter);
    assert_eq!(desk.card_id(), Some("1001"));
    let desk = desk.press(KeyCode::F(4));
    assert_eq!(listed(&desk)[0], "1001 Kunde 1 08:12 · next to the one before", "how it was first stays");
}

#[test]
fn the_list_narrows_and_a_pin_keeps_one_on_top() {
    let desk = opened(&["1003", "1007", "1012"]).press(KeyCode::F(4)).keys("kunde7");
    assert_eq!(listed(&desk), [] as [&str; 0]);
    let desk = opened(&["1003", "1007", "1012"]).press(KeyCode::F(4)).keys("1003").press(KeyCode::Char(' '));
    assert_eq!(listed(&desk), ["1003 Kunde 3 08:12 · searched: 1003 · pinned"]);
    let desk = desk.press(KeyCode::Esc).press(KeyCode::F(4));
    assert!(listed(&desk)[0].starts_with("1003 "), "{:?}", listed(&desk));
    let desk = desk.press(KeyCode::Char(' '));
    assert!(listed(&desk)[0].starts_with("1012 "), "{:?}", listed(&desk));
    assert_eq!(desk.app.layers.pick().unwrap().narrowed.row, 2, "the cursor stays on the one who was pinned");
}

#[test]
fn in_the_line_f4_shows_the_last_customers_where_no_name_is_alike() {
    let desk = opened(&["1003"]).press(KeyCode::Esc).keys("1004").settle().press(KeyCode::F(4));
    assert_eq!(desk.app.context(), Context::Recents);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!((desk.card_id(), desk.app.context()), (Some("1003"), Context::Card));
}

#[test]
fn without_a_card_before_there_is_nothing_to_go_to() {
    assert_eq!(desk().press(KeyCode::F(4)).says(), "No customer's card was opened yet");
    assert_eq!(desk().press(KeyCode::Backspace).says(), "No customer before this one");
}

#[test]
fn cube_is_asked_for_one_who_is_not_loaded() {
    let mut desk = opened(&["1003", "1007"]);
    desk.app.recents = Recents::new(vec![Recent {
        place: "acme assignment 9".into(),
        id: "1999".into(),
        name: None,
        opened: NOW,
        reached: crate::words::Reached::Before,
        is_pinned: false,
    }]);
    desk.customers.push(("1999".into(), "Kunde X".into(), String::new()));
    let desk = desk.press(KeyCode::F(4)).press(KeyCode::Enter);
    assert_eq!(desk.settle().card_id(), Some("1999"));
}

#[test]
fn ids_are_kept_only_where_the_profile_wants_that() {
    let mut desk = opened(&["1003"]);
    assert_eq!(desk.calls, []);
    desk.app.session.account.keeps_recents = true;
    let desk = desk.keys("1007").settle().press(KeyCode::Enter);
    assert!(matches!(&desk.calls[..], [SessionCall::KeepRecents(all)] if all.len() == 2));
}
