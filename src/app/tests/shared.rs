//! Others with the same phone, and two customers side by side.

use super::*;

/// The second and the fourth have one phone number, in two spellings.
fn desk() -> Desk {
    let mut desk = Desk::delivered(6, 10);
    desk.customers[3].2 = "+47 90 00 00 01".to_owned();
    desk.settle()
}

fn shared(desk: &Desk) -> Vec<usize> {
    desk.app.layers.card().unwrap().shared().found().map(|(_, others)| others).collect()
}

#[test]
fn a_card_says_how_many_others_have_the_same_phone_and_a_key_finds_them() {
    let desk = desk().press(KeyCode::Down).press(KeyCode::Enter).settle();
    assert_eq!(shared(&desk), [1]);
    let desk = desk.keys("s").settle();
    assert_eq!(desk.app.layers.line().map(Line::text), Some("phone:=\"90000001\""));
    assert_eq!(desk.names(), ["Kunde 1", "Kunde 3"]);
}

#[test]
fn a_customer_who_shares_nothing_says_so_when_asked() {
    let desk = desk().press(KeyCode::Enter).settle();
    assert_eq!(shared(&desk), [] as [usize; 0]);
    assert_eq!(desk.keys("s").says(), "No other customer has the same phone, e-mail, or name and city");
}

#[test]
fn what_pages_bring_is_counted_too() {
    let mut desk = Desk::delivered(200, 20);
    desk.customers[190].2 = "90000001".to_owned();
    let desk = desk.settle().press(KeyCode::Down).press(KeyCode::Enter).settle();
    assert_eq!(shared(&desk), [] as [usize; 0]);
    let mut desk = desk;
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)));
    let desk = desk.ctrl('g').settle().press(KeyCode::Backspace).settle();
    assert_eq!(shared(&desk), [1]);
}

#[test]
fn the_last_two_customers_are_shown_side_by_side() {
    assert_eq!(
        desk().press(KeyCode::Enter).keys("d").says(),
        "Mark two customers first, or open their cards"
    );
    let desk = desk().press(KeyCode::Enter).keys("Jd");
    let compare = desk.app.layers.compare().unwrap();
    let different: Vec<String> = compare
        .different
        .iter()
        .map(|it| format!("{}: {} | {}", it.label, it.values[0], it.values[1]))
        .collect();
    assert_eq!(different, ["ID: 1001 | 1000", "Name: Kunde 1 | Kunde 0", "Phone 1: 90000001 | 90000000"]);
    assert_eq!(compare.equal.len(), 1);
    let desk = desk.keys("a");
    assert_eq!(desk.app.layers.compare().unwrap().shown().count(), 4);
    assert_eq!(desk.press(KeyCode::Esc).app.context(), Context::Card);
}
