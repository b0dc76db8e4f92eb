//! The calls of customers, by days: on a card those of its customer, and all of them as a list.

use super::*;
use crate::app::{CallRange, CallsOf, PickKind};
use crate::cube::{CALL_OUTCOMES, CrmType, Days};

const OWNER: List = List::DataOwner { owner: 2, crm_type: CrmType::B2C };
/// The calls of today, not in the order of their times.
const TODAY: [(&str, &str, &str); 4] = [
    ("1000", "1970-01-12T08:00:00", "No answer"),
    ("1001", "1970-01-12T09:00:00", "Sale"),
    ("1000", "1970-01-12T11:00:00", "Call back"),
    ("4711", "1970-01-12T10:00:00", "Sale"),
];

fn table() -> Desk {
    let mut desk = Desk::delivered(30, 10);
    desk.app.session.account.calls = Some(OWNER);
    desk.settle()
}

fn card() -> Desk {
    table().press(KeyCode::Enter).settle()
}

fn page(number: u32, calls: &[(&str, &str, &str)], has_next: bool, count: Option<usize>) -> Arc<Segment> {
    let call = |(id, time, outcome): &(&str, &str, &str)| {
        format!(
            r#"{{"crm__customer_id":"{id}","callflow__time":"{time}","callflow__outcome":"{outcome}","user__email":"a@b.no","callflow__note":""}}"#
        )
    };
    let calls: Vec<String> = calls.iter().map(call).collect();
    let next = if has_next { "\"x\"" } else { "null" };
    let count = count.map_or("null".to_owned(), |count| count.to_string());
    let body = format!(r#"{{"count":{count},"next":{next},"results":[{}]}}"#, calls.join(","));
    let page = Page::from_json_of(&CALL_OUTCOMES, number, body, NOW).unwrap();
    Arc::new(Segment::new(&page, &Packing::default()))
}

/// Answers the question for a page of calls.
fn answer(mut desk: Desk, result: impl FnOnce(u32) -> Result<Arc<Segment>, Arc<Error>>) -> Desk {
    let at = desk.tasks.iter().position(|task| matches!(task, Task::FetchCalls { .. })).unwrap();
    let Task::FetchCalls { list, generation, number, .. } = desk.tasks.remove(at) else { unreachable!() };
    desk.send(Msg::Replied(Reply::Page { list, generation, number, result: result(number) }));
    desk
}

fn with_calls(desk: Desk, calls: &[(&str, &str, &str)]) -> Desk {
    answer(desk, |number| Ok(page(number, calls, false, Some(calls.len())))).settle()
}

fn asked_for(desk: &Desk) -> Vec<(Days, u32)> {
    let calls = desk.tasks.iter().filter_map(|task| match task {
        Task::FetchCalls { of: CallsOf { list: OWNER, days }, number, .. } => Some((*days, *number)),
        _ => None,
    });
    calls.collect()
}

fn listed(desk: &Desk) -> Vec<String> {
    let lines = desk.app.layers.pick().unwrap().lines();
    lines.iter().map(|item| format!("{} {}", item.name, item.value)).collect()
}

/// The hours, the ids and the names of the calls in the table.
fn rows(desk: &Desk) -> Vec<String> {
    let list = &desk.app.list;
    let row = |row| match list.row(row).unwrap() {
        crate::list::Row::Loaded(slot) => {
            let record = list.store.record(slot).unwrap();
            let time = record.texts(&["callflow__time"])[0].as_raw().get(11..13).unwrap().to_owned();
            let standard = record.standard();
            format!("{time} {} {}", standard.id.as_raw(), standard.name.as_raw())
        }
        crate::list::Row::Absent { .. } => "·".to_owned(),
    };
    (0..list.row_count()).map(row).collect()
}

fn days(count: i32) -> Days {
    Days::until(NOW.day(), count)
}

#[test]
fn the_calls_of_a_customer_are_listed_the_newest_first_with_all_that_is_said_of_them() {
    let desk = card().keys("t");
    assert_eq!(asked_for(&desk), [(days(1), 1)]);
    let desk = with_calls(desk, &TODAY);
    assert_eq!(listed(&desk), ["1970-01-12T11:00:00 Call back", "1970-01-12T08:00:00 No answer"]);
    let pick = desk.app.layers.pick().unwrap();
    assert_eq!(pick.about, "Calls of Kunde 0, today: 2 · all 4 calls read 08:12");
    let fields: Vec<&str> =
        pick.selected().unwrap().preview.iter().map(crate::text::SafeText::as_str).collect();
    assert_eq!(fields, ["ID: 1000", "Time: 1970-01-12T11:00:00", "Outcome: Call back", "Agent: a@b.no"]);
}

#[test]
fn a_range_is_read_page_by_page_and_only_once() {
    let desk = answer(card().keys("t"), |number| Ok(page(number, &TODAY[..1], true, None)));
    assert_eq!(asked_for(&desk), [(days(1), 2)]);
    let desk = answer(desk, |number| Ok(page(number, &TODAY[2..3], false, None)));
    assert_eq!(listed(&desk).len(), 2);
    let desk = desk.press(KeyCode::Esc).keys("JJt");
    assert_eq!((asked_for(&desk).len(), listed(&desk).len()), (0, 0), "read once for all customers");
    let desk = desk.press(KeyCode::Tab);
    assert_eq!(asked_for(&desk), [(days(7), 1)]);
    assert_eq!(desk.app.layers.pick().unwrap().kind, PickKind::Calls(CallRange::Week));
    let desk = desk.press(KeyCode::Tab).press(KeyCode::Tab);
    assert_eq!(desk.app.layers.pick().unwrap().kind, PickKind::Calls(CallRange::Today));
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Esc).press(KeyCode::F(12));
    assert!(asked_for(&desk).iter().all(|(of, _)| *of != days(1)), "the list of today is read too");
}

#[test]
fn no_more_than_forty_pages_are_read_by_itself_counted_or_not() {
    let read = |desk| answer(desk, |number| Ok(page(number, &TODAY, true, None)));
    let desk = (0..40).fold(card().keys("t"), |desk, _| read(desk));
    assert_eq!(asked_for(&desk), [], "without a count");
    let desk = answer(card().keys("t"), |number| Ok(page(number, &TODAY, true, Some(1_000))));
    let pages: Vec<u32> = asked_for(&desk).into_iter().map(|(_, page)| page).collect();
    assert_eq!(pages, [2, 3, 4], "of a list of 250 pages those of the first rows");
}

#[test]
fn an_account_without_calls_says_so_and_keeps_its_customers() {
    let desk = answer(card().keys("t"), |_| Err(failure(Operation::Calls, 404)));
    let about = &desk.app.layers.pick().unwrap().about;
    assert!(about.ends_with("this account has no calls to read (404)"), "{about}");
    let desk = answer(table().press(KeyCode::F(12)), |_| Err(failure(Operation::Calls, 403)));
    let why = desk.app.emptiness().unwrap().join("\n");
    assert!(why.contains("not allowed to read the calls (403)"), "{why}");
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((desk.names().len(), desk.app.list.load.stopped().is_none()), (30, true));
    let mut desk = card();
    desk.app.session.account.calls = None;
    assert_eq!(desk.keys("t").says(), "Only lists of a data owner have calls");
}

#[test]
fn the_calls_of_all_are_a_list_the_newest_first_with_the_names_of_the_customers() {
    let desk = table().press(KeyCode::F(12));
    assert_eq!((asked_for(&desk), desk.app.list_name().as_str()), (vec![(days(1), 1)], "calls of today"));
    let desk = with_calls(desk, &TODAY);
    let all = ["11 1000 Kunde 0", "10 4711 ", "09 1001 Kunde 1", "08 1000 Kunde 0"];
    assert_eq!(rows(&desk), all);
    assert_eq!((desk.app.list.cursor.row(), desk.app.extent().as_str()), (0, "4 calls (08:12)"));
    let desk = desk.keys("\"kunde 0\"").settle().press(KeyCode::Tab).settle();
    assert_eq!(rows(&desk), ["11 1000 Kunde 0", "08 1000 Kunde 0"]);
    let desk = desk.press(KeyCode::Esc).settle().keys("outcome:sale").settle();
    assert_eq!(rows(&desk), ["09 1001 Kunde 1", "10 4711 "]);
    let desk = desk.press(KeyCode::Esc).press(KeyCode::F(12));
    assert_eq!((asked_for(&desk), desk.app.list_name().as_str()), (vec![(days(7), 1)], "calls of 7 days"));
}

#[test]
fn names_come_with_the_customers_who_are_loaded_later() {
    let mut desk = Desk::delivered(30, 10);
    desk.app.session.account.calls = Some(OWNER);
    let at = desk.tasks.iter().position(|task| matches!(task, Task::FetchPage { .. })).unwrap();
    let first = desk.tasks.remove(at);
    let desk = {
        let first = desk.answer(&first).unwrap();
        desk.send(first);
        desk.press(KeyCode::F(12))
    };
    let desk =
        answer(desk, |number| Ok(page(number, &[("1025", "1970-01-12T08:00:00", "Sale")], false, None)));
    assert_eq!(rows(&desk), ["08 1025 "]);
    assert_eq!(rows(&desk.settle()), ["08 1025 Kunde 25"]);
}

#[test]
fn the_way_to_the_calls_and_back_leaves_the_customers_as_they_were() {
    let desk = table().keys("kunde 1").settle().press(KeyCode::Down).press(KeyCode::Down).settle();
    let seen = |desk: &Desk| (desk.names(), desk.selected(), desk.app.list.cursor.top(), desk.app.context());
    let before = seen(&desk);
    let desk = with_calls(desk.press(KeyCode::F(12)), &TODAY).press(KeyCode::Esc).settle();
    assert_eq!(seen(&desk), before);
    let line = table().keys("kunde 1").settle();
    let before = (seen(&line), line.app.layers.line().unwrap().text().to_owned());
    let line = with_calls(line.press(KeyCode::F(12)), &TODAY).press(KeyCode::Backspace).settle();
    assert_eq!((seen(&line), line.app.layers.line().unwrap().text().to_owned()), before);
    let card = card().press(KeyCode::Down).press(KeyCode::Down).press(KeyCode::F(12)).press(KeyCode::Esc);
    assert_eq!(card.app.layers.focused_card().unwrap().id, "1000");
}

#[test]
fn enter_on_a_call_opens_its_customer_and_leaving_the_card_goes_back_to_the_call() {
    let desk = with_calls(table().press(KeyCode::F(12)), &TODAY).press(KeyCode::Down).press(KeyCode::Down);
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!((desk.card_id(), desk.app.list_name().as_str()), (Some("1001"), "assignment 9"));
    let desk = desk.keys("J");
    assert_eq!(desk.card_id(), Some("1000"), "the next one is that of the next call");
    let desk = desk.keys("J").press(KeyCode::Esc).settle();
    assert_eq!((desk.app.list_name().as_str(), desk.app.list.cursor.row()), ("calls of today", 3));
    assert!(desk.app.layers.focused_card().is_none());
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Backspace);
    assert_eq!(desk.card_id(), Some("1000"), "and the way back is that of all cards");
    assert_eq!(desk.press(KeyCode::Esc).app.list_name(), "calls of today");
}

#[test]
fn a_caller_who_is_not_loaded_is_asked_of_cube_and_leaving_the_card_goes_back_to_the_call() {
    let mut desk = with_calls(table().press(KeyCode::F(12)), &TODAY).press(KeyCode::Down);
    desk.customers.push(("4711".into(), "Ny".into(), "95499097".into()));
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!(desk.card_id(), Some("4711"));
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((desk.app.list_name().as_str(), desk.app.list.cursor.row()), ("calls of today", 1));
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!(desk.app.list.find.text(), "4711", "what Cube has found is in the list of customers");
}

#[test]
fn what_is_for_a_customer_goes_to_the_customer_of_the_call() {
    let desk = with_calls(table().press(KeyCode::F(12)), &TODAY);
    let copied = desk.ctrl('y');
    assert_eq!(copied.copied, ["1000"]);
    let desk = with_calls(table().press(KeyCode::F(12)), &TODAY);
    assert_eq!(desk.press(KeyCode::F(5)).says(), "Nothing failed · Shift+F5 refreshes the list");
    let desk = with_calls(table().press(KeyCode::F(12)), &TODAY)
        .keys("1005")
        .settle()
        .press(KeyCode::Enter)
        .settle();
    assert_eq!((desk.card_id(), desk.app.list_name().as_str()), (Some("1005"), "assignment 9"));
    let mut desk = with_calls(table().press(KeyCode::F(12)), &TODAY);
    desk.send(Msg::Caller(3, "+4790000002".into()));
    let desk = desk.settle();
    assert_eq!((desk.card_id(), desk.app.list_name().as_str()), (Some("1002"), "assignment 9"));
}

#[test]
fn what_is_chosen_for_the_calls_is_not_kept_for_the_customers() {
    let desk = with_calls(table().press(KeyCode::F(12)), &TODAY).press(KeyCode::Right).ctrl('s').settle();
    assert!(desk.calls.iter().all(|call| !matches!(call, SessionCall::KeepViews(_))));
    assert_eq!(rows(&desk)[0], "08 1000 Kunde 0", "sorted by time, the oldest first");
    let mut desk = desk;
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(7), KeyModifiers::SHIFT)));
    assert_eq!(desk.says(), "Views are of customers, not of calls");
}

#[test]
fn a_list_of_calls_that_is_refreshed_on_another_day_has_the_calls_of_that_day() {
    let mut desk = with_calls(table().press(KeyCode::F(12)), &TODAY);
    desk.now = desk.now_in(86_400);
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(5), KeyModifiers::SHIFT)));
    assert_eq!(asked_for(&desk), [(Days::until(NOW.day() + 1, 1), 1)]);
    let mut desk = with_calls(table().press(KeyCode::F(12)), &TODAY).press(KeyCode::Esc);
    desk.now = desk.now_in(86_400);
    assert_eq!(asked_for(&desk.press(KeyCode::F(12))), [(Days::until(NOW.day() + 1, 1), 1)]);
}

#[test]
fn days_without_calls_say_so() {
    let desk = with_calls(table().press(KeyCode::F(12)), &[]);
    let said = desk.app.emptiness().unwrap().join("\n");
    assert_eq!(said, "No calls of today\n\nF12 shows more days · Esc goes back");
}

#[test]
fn an_account_with_other_keys_has_the_columns_that_its_calls_have_values_for_and_is_sorted_by_its_time() {
    let body = r#"{"count":2,"next":null,"results":[
        {"crm__customer_id":"1000","call__start_time":"1970-01-12T08:00:00","call__result":"Sale","call__empty":null},
        {"crm__customer_id":"1001","call__start_time":"1970-01-12T09:00:00","call__result":"No","call__empty":""}]}"#;
    let page = Page::from_json_of(&CALL_OUTCOMES, 1, body.to_owned(), NOW).unwrap();
    let segment = Arc::new(Segment::new(&page, &Packing::default()));
    let desk = answer(table().press(KeyCode::F(12)), |_| Ok(segment)).settle();
    let list = &desk.app.list;
    let columns: Vec<String> = list.columns.keys().iter().map(ToString::to_string).collect();
    assert_eq!(columns, ["crm__customer_id", "crm__standard_info__name", "call__start_time", "call__result"]);
    let ids = (0..2).map(|row| match list.row(row).unwrap() {
        crate::list::Row::Loaded(slot) => list.id_at(slot).unwrap(),
        crate::list::Row::Absent { .. } => String::new(),
    });
    assert_eq!(ids.collect::<Vec<_>>(), ["1001", "1000"], "the newest first");
}
