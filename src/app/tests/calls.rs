//! The calls of a customer, by days.

use super::*;
use crate::app::{CallRange, CallsPage, PickKind};
use crate::cube::{CrmType, Days};

const OWNER: List = List::DataOwner { owner: 2, crm_type: CrmType::B2C };

fn card() -> Desk {
    let mut desk = Desk::delivered(3, 10);
    desk.app.session.account.calls = Some(OWNER);
    desk.settle().press(KeyCode::Enter).settle()
}

fn call(id: &str, time: &str, outcome: &str) -> Record<'static> {
    Record::new(format!(
        r#"{{"crm__customer_id":"{id}","callflow__time":"{time}","callflow__outcome":"{outcome}","user__email":"a@b.no","callflow__note":""}}"#
    ))
    .unwrap()
}

/// Answers the question for calls with this page.
fn answer(mut desk: Desk, rows: Vec<Record<'static>>, has_next: bool) -> Desk {
    let at = desk.tasks.iter().position(|task| matches!(task, Task::FetchCalls { .. })).unwrap();
    let Task::FetchCalls { ticket, .. } = desk.tasks.remove(at) else { unreachable!() };
    let page = CallsPage { count: Some(3), rows, has_next, read: desk.now };
    desk.send(Msg::Replied(Reply::Calls { ticket, result: Ok(page) }));
    desk
}

fn asked(desk: &Desk) -> Vec<(Days, u32)> {
    let calls = desk.tasks.iter().filter_map(|task| match task {
        Task::FetchCalls { days, page, .. } => Some((*days, *page)),
        _ => None,
    });
    calls.collect()
}

fn listed(desk: &Desk) -> Vec<String> {
    let lines = desk.app.layers.pick().unwrap().lines();
    lines.iter().map(|item| format!("{} {}", item.name, item.value)).collect()
}

#[test]
fn the_calls_of_a_customer_are_listed_the_newest_first_with_all_that_is_said_of_them() {
    let desk = card().keys("t");
    let today = Days::until(NOW.day(), 1);
    assert_eq!(asked(&desk), [(today, 1)]);
    let rows = vec![
        call("1000", "1970-01-12T08:00:00", "No answer"),
        call("1001", "1970-01-12T09:00:00", "Sale"),
        call("1000", "1970-01-12T11:00:00", "Call back"),
    ];
    let desk = answer(desk, rows, false);
    assert_eq!(listed(&desk), ["1970-01-12T11:00:00 Call back", "1970-01-12T08:00:00 No answer"]);
    let pick = desk.app.layers.pick().unwrap();
    assert_eq!(pick.about, "Calls of Kunde 0, today: 2 · all 3 calls read 08:12");
    let fields: Vec<&str> =
        pick.selected().unwrap().preview.iter().map(crate::text::SafeText::as_str).collect();
    assert_eq!(fields, ["ID: 1000", "Time: 1970-01-12T11:00:00", "Outcome: Call back", "Email: a@b.no"]);
}

#[test]
fn a_range_is_read_page_by_page_and_only_once() {
    let desk = answer(card().keys("t"), vec![call("1000", "a", "x")], true);
    assert_eq!(asked(&desk), [(Days::until(NOW.day(), 1), 2)]);
    let desk = answer(desk, vec![call("1000", "b", "y")], false);
    assert_eq!(listed(&desk).len(), 2);
    let desk = desk.press(KeyCode::Esc).keys("Jt");
    assert_eq!((asked(&desk).len(), listed(&desk).len()), (0, 0), "read once for all customers");
    let desk = desk.press(KeyCode::Tab);
    assert_eq!(asked(&desk), [(Days::until(NOW.day(), 7), 1)]);
    assert_eq!(desk.app.layers.pick().unwrap().kind, PickKind::Calls(CallRange::Week));
    let desk = desk.press(KeyCode::Tab).press(KeyCode::Tab);
    assert_eq!(desk.app.layers.pick().unwrap().kind, PickKind::Calls(CallRange::Today));
}

#[test]
fn no_more_than_forty_pages_are_read_by_itself() {
    let desk = (0..40).fold(card().keys("t"), |desk, _| answer(desk, Vec::new(), true));
    assert_eq!(asked(&desk), []);
}

#[test]
fn an_account_without_calls_says_so() {
    let mut desk = card().keys("t");
    let Some(Task::FetchCalls { ticket, .. }) = desk.tasks.pop() else { panic!() };
    let error = failure(Operation::Calls, 404);
    desk.send(Msg::Replied(Reply::Calls { ticket, result: Err(error) }));
    let about = &desk.app.layers.pick().unwrap().about;
    assert!(about.ends_with("this account has no calls to read (404)"), "{about}");
    let mut desk = card();
    desk.app.session.account.calls = None;
    assert_eq!(desk.keys("t").says(), "Only lists of a data owner have calls");
}
