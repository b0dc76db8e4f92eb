//! The card and the pane.

use super::*;

#[test]
fn enter_opens_the_card_and_escape_closes_it() {
    let desk = Desk::new(5, 5).settle().keys("j").press(KeyCode::Enter);
    assert_eq!((desk.card_id(), desk.app.context()), (Some("1001"), Context::Card));
    let desk = desk.press(KeyCode::Esc);
    assert_eq!((desk.card_id(), desk.app.context()), (None, Context::Table));
}

#[test]
fn the_next_and_the_previous_customer_keep_the_card_open() {
    let desk = Desk::new(5, 5).settle().press(KeyCode::Enter).keys("JJ");
    assert_eq!((desk.card_id(), desk.selected().as_deref()), (Some("1002"), Some("1002")));
    assert_eq!(desk.keys("K").card_id(), Some("1001"));
}

#[test]
fn a_card_beside_the_table_follows_the_cursor_and_leaves_the_table_the_keys() {
    let desk = Desk::new(5, 5).settle().keys("pj");
    assert_eq!((desk.card_id(), desk.app.context()), (Some("1001"), Context::Table));
    let desk = desk.keys("p");
    assert_eq!(desk.card_id(), None);
}

#[test]
fn the_card_beside_shows_no_customer_while_the_one_under_the_cursor_is_not_loaded() {
    let mut desk = Desk::new(100, 10).settle().keys("pG");
    assert_eq!(desk.card_id(), None);
    desk = desk.settle();
    assert_eq!(desk.card_id(), Some("1099"));
}

#[test]
fn escape_closes_the_card_and_the_one_beside_stays() {
    let desk = Desk::new(5, 5).settle().keys("p").press(KeyCode::Tab);
    assert_eq!(desk.app.context(), Context::Card);
    let desk = desk.press(KeyCode::Esc);
    assert_eq!((desk.app.context(), desk.card_id()), (Context::Table, Some("1000")));
}

#[test]
fn a_record_older_than_ten_minutes_is_shown_at_once_and_asked_for_again() {
    let mut desk = Desk::new(5, 5).settle();
    desk.now = Moment::at(1_000_601, 8, 22);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!(desk.card_id(), Some("1000"));
    assert!(matches!(desk.tasks[..], [Task::FetchCustomer { .. }]));
    let desk = desk.settle();
    assert_eq!(desk.app.layers.card().unwrap().read, Moment::at(1_000_601, 8, 22));
}

#[test]
fn a_younger_record_is_not_asked_for_again_until_r() {
    let mut desk = Desk::new(5, 5).settle();
    desk.now = Moment::at(1_000_600, 8, 22);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!(desk.tasks, []);
    assert!(matches!(desk.keys("r").tasks[..], [Task::FetchCustomer { .. }]));
}

#[test]
fn what_was_read_again_is_what_the_table_shows_and_the_search_finds() {
    let mut desk = Desk::new(5, 5).settle().press(KeyCode::Enter).keys("r");
    desk.customers[0].1 = "Kari Ny".to_owned();
    let desk = desk.settle();
    assert_eq!(desk.names()[0], "Kari Ny");
    let desk = desk.press(KeyCode::Esc).keys("/ny").settle();
    assert_eq!(desk.names(), ["Kari Ny"]);
}

#[test]
fn a_customer_who_is_gone_or_forbidden_stands_on_the_card_and_stops_nothing() {
    for status in [403, 404] {
        let mut desk = Desk::new(100, 10).settle().press(KeyCode::Enter).keys("r");
        let Some(Task::FetchCustomer { ticket, .. }) = desk.tasks.pop() else { panic!() };
        let error = failure(Operation::Customer, status);
        desk.send(Msg::Replied(Reply::Customer { ticket, list: ticket.list, result: Err(error) }));
        assert!(desk.app.layers.card().unwrap().problem.is_some());
        assert!(desk.app.list.load.stopped().is_none());
    }
}

#[test]
fn a_customer_without_an_id_of_digits_is_opened_and_says_why_it_cannot_be_read_again() {
    let people = vec![(String::new(), "Anonym".to_owned(), String::new())];
    let desk = Desk::of(people, 5).settle().press(KeyCode::Enter).keys("r");
    assert!(desk.says().contains("cannot be refreshed"), "{}", desk.says());
    assert_eq!(desk.tasks, []);
}

#[test]
fn the_field_cursor_stays_on_its_field_from_customer_to_customer() {
    let desk = Desk::new(5, 5).settle().press(KeyCode::Enter).keys("j");
    let field =
        |desk: &Desk| desk.app.layers.card().unwrap().field_under_cursor().map(|field| field.key.clone());
    assert_eq!(field(&desk).as_deref(), Some("crm__custom_info__17"));
    assert_eq!(field(&desk.keys("J")).as_deref(), Some("crm__custom_info__17"));
}
