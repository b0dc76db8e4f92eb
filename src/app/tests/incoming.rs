//! Callers whom another program hands over.

use super::*;
use crate::app::CallerAnswer;
use crate::words::Keys;

fn desk() -> Desk {
    let mut desk = Desk::delivered(30, 30);
    desk.customers[5].2 = "90000004".to_owned();
    desk.settle()
}

fn call(mut desk: Desk, said: &str) -> Desk {
    desk.send(Msg::Caller(7, said.to_owned()));
    desk.settle()
}

fn answers(desk: &Desk) -> Vec<CallerAnswer> {
    let answer = |call: &SessionCall| match call {
        SessionCall::AnswerCaller(7, answer) => Some(*answer),
        _ => None,
    };
    desk.calls.iter().filter_map(answer).collect()
}

fn banner(desk: &Desk) -> Option<String> {
    let keymap = Keymap::delivered().unwrap();
    desk.app.banner().map(|caller| caller.said(&Keys { keymap: &keymap, context: Context::Table }))
}

#[test]
fn the_card_of_a_caller_opens_and_the_one_before_is_one_key_away() {
    let desk = desk().press(KeyCode::Enter);
    let desk = call(desk, "tel:+4790000002");
    assert_eq!((desk.card_id(), answers(&desk).as_slice()), (Some("1002"), &[CallerAnswer::Opened][..]));
    assert_eq!(desk.press(KeyCode::Backspace).card_id(), Some("1000"));
}

#[test]
fn a_card_that_opens_by_itself_leaves_the_list_as_it_was() {
    let desk = desk().script("\"kunde 1\"\t").press(KeyCode::Down);
    let before = (desk.names(), desk.app.list.cursor.row());
    let desk = call(desk, "90000002").press(KeyCode::Esc);
    assert_eq!((desk.names(), desk.app.list.cursor.row()), before);
}

#[test]
fn several_with_one_number_are_listed() {
    let desk = call(desk(), "tel:90000004");
    assert_eq!(answers(&desk), [CallerAnswer::Listed]);
    assert_eq!((desk.card_id(), desk.names()), (None, vec!["Kunde 4".to_owned(), "Kunde 5".to_owned()]));
}

#[test]
fn who_is_not_held_is_asked_of_cube_by_id() {
    let mut desk = desk();
    desk.customers.push(("1999".into(), "Kunde X".into(), String::new()));
    let desk = call(desk, "1999");
    assert_eq!((desk.card_id(), answers(&desk).as_slice()), (Some("1999"), &[CallerAnswer::Searched][..]));
}

#[test]
fn an_agent_who_types_is_told_and_a_key_opens_the_caller() {
    let desk = call(desk().keys("kunde 7").settle(), "tel:90000002");
    assert_eq!((answers(&desk).as_slice(), desk.card_id()), (&[CallerAnswer::Told][..], None));
    let said = "☎ 900 00 002: Kunde 2 · Ctrl+O opens · Ctrl+B dismisses";
    assert_eq!(banner(&desk).as_deref(), Some(said));
    let desk = desk.keys("x").press(KeyCode::Backspace).settle();
    assert_eq!(banner(&desk).as_deref(), Some(said), "it takes no key and stays");
    let desk = desk.ctrl('o').settle();
    assert_eq!((desk.card_id(), banner(&desk)), (Some("1002"), None));
}

#[test]
fn a_form_with_unsent_text_stays_until_the_caller_is_opened_and_is_kept_then() {
    let desk = desk().press(KeyCode::Enter).keys("e").settle();
    assert_eq!(desk.app.context(), Context::Form);
    let desk = call(desk.press(KeyCode::Down).keys("x"), "90000002");
    assert_eq!((desk.app.context(), answers(&desk).as_slice()), (Context::Form, &[CallerAnswer::Told][..]));
    let desk = desk.ctrl('o').settle();
    assert_eq!((desk.card_id(), desk.app.context()), (Some("1002"), Context::Card));
    assert_eq!(desk.app.unsent().len(), 1);
}

#[test]
fn a_caller_is_dismissed_with_a_key() {
    let desk = call(desk().keys("kunde").settle(), "90000002").ctrl('b');
    assert_eq!(banner(&desk), None);
    assert_eq!(desk.ctrl('b').says(), "No caller waits");
}

#[test]
fn what_is_no_caller_is_refused_and_changes_nothing() {
    let desk = call(desk(), "kari; rm -rf ~");
    assert_eq!(
        (answers(&desk).as_slice(), desk.app.context()),
        (&[CallerAnswer::Refused][..], Context::Table)
    );
}

#[test]
fn masked_the_number_of_a_caller_is_not_shown() {
    let desk = call(desk().press(KeyCode::F(8)).keys("kunde").settle(), "90000002");
    assert_eq!(banner(&desk).as_deref(), Some("☎ 90• •• •••: Kunde 2 · Ctrl+O opens · Ctrl+B dismisses"));
}
