//! The other lists of the account: an id that the open one does not have, and going from list to list.

use super::*;
use crate::cube::CrmType;

const OTHER: List = List::DataOwner { owner: 2, crm_type: CrmType::B2B };
const HERE: ListId = ListId(0);
const THERE: ListId = ListId(1);

fn desk(customers: usize) -> Desk {
    let mut desk = Desk::new(customers, 10);
    desk.app.session.account.lists = vec![List::Assignment(9), OTHER];
    desk.settle()
}

/// Answers the request for a customer with one of another list.
fn found_there(mut desk: Desk, id: &str) -> Desk {
    let at = desk.tasks.iter().position(|task| matches!(task, Task::FetchCustomer { .. })).unwrap();
    let Task::FetchCustomer { ticket, .. } = desk.tasks.remove(at) else { panic!() };
    let customer = (id.to_owned(), "Firma AS".to_owned(), "22 33 44 55".to_owned());
    let result = Ok(reading(&customer, desk.now));
    desk.send(Msg::Replied(Reply::Customer { ticket, list: THERE, result }));
    desk
}

fn asked(desk: &Desk) -> Vec<(ListId, bool)> {
    let question = |task: &Task| match task {
        Task::FetchCustomer { ticket, or_elsewhere, .. } => Some((ticket.list, *or_elsewhere)),
        _ => None,
    };
    desk.tasks.iter().filter_map(question).collect()
}

#[test]
fn an_id_that_no_customer_here_has_is_asked_of_the_other_lists_too() {
    let desk = desk(1000).keys("7777").settle().press(KeyCode::Enter);
    assert_eq!(asked(&desk), [(HERE, true)]);
    let desk = found_there(desk, "7777");
    let card = desk.app.layers.card().unwrap();
    assert_eq!((card.id.as_str(), card.list), ("7777", THERE));
    assert_eq!(desk.app.session.account.list_name(card.list), "data owner 2 · B2B");
}

#[test]
fn their_card_is_refreshed_from_their_list_alone() {
    let desk = found_there(desk(1000).keys("7777").settle().press(KeyCode::Enter), "7777").keys("r");
    assert_eq!(asked(&desk), [(THERE, false)]);
    let desk = found_there(desk, "7777");
    assert_eq!(desk.app.layers.card().map(|card| card.list), Some(THERE));
}

#[test]
fn they_are_a_row_in_front_of_the_list_and_no_hit_in_it() {
    let desk = found_there(desk(30).keys("7777").settle().press(KeyCode::Enter), "7777").settle();
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Esc);
    assert_eq!((desk.names()[0].as_str(), desk.app.list.row_count()), ("Firma AS", 31));
    let desk = desk.keys("/firma").settle();
    assert_eq!(desk.says(), "No match in any field of all 30 (08:12)");
}

#[test]
fn a_customer_of_the_open_list_is_in_no_other() {
    let desk = desk(1000).keys("1999").settle().press(KeyCode::Enter).settle();
    assert_eq!(
        desk.app.layers.card().map(|card| (card.id.clone(), card.list)),
        Some(("1999".to_owned(), HERE))
    );
}

#[test]
fn an_id_of_nobody_says_how_many_lists_were_asked() {
    let desk = desk(60).keys("777").press(KeyCode::Enter).settle();
    assert_eq!(
        desk.says(),
        "None of the 2 lists has a customer with the ID 777 · No match in any field of all 60 (08:12)"
    );
}

#[test]
fn the_list_of_accounts_has_a_line_for_each_list() {
    let mut desk = desk(30);
    let line =
        |list: List| Profile { name: "work".into(), place: format!("acme · {list}"), list: Some(list) };
    desk.app.session.profiles = vec![line(List::Assignment(9)), line(OTHER)];
    let desk = desk.press(KeyCode::F(2));
    let is_open = |line: &MenuLine| matches!(line, MenuLine::Profile { is_open: true, .. });
    assert_eq!(desk.app.menu_lines().iter().map(is_open).collect::<Vec<_>>(), [true, false]);
    // The cursor is on the one after the list that is open.
    let desk = desk.press(KeyCode::Enter);
    let call = SessionCall::OpenProfile { name: "work".into(), list: Some(OTHER), typed: None };
    assert_eq!(desk.calls, [call]);
}

#[test]
fn pages_of_the_open_list_are_asked_for_under_its_number() {
    let start = Start { size: (120, 14), ..Start::default() };
    let account = Account { lists: vec![List::Assignment(9), OTHER], open: THERE, ..Account::default() };
    let start = Start { session: Session { account, ..Session::default() }, ..start };
    let (app, effects) = App::new(start, Keymap::delivered().unwrap(), NOW);
    let is_there = |effect: &Effect| matches!(effect, Effect::Task(Task::FetchPage { list: THERE, .. }));
    assert!(effects.iter().any(is_there) && app.list.id == THERE);
}
