//! What is said for a while, and what it must not cover.

use super::*;

fn labels_failed(status: u16) -> Msg {
    Msg::Replied(Reply::Labels(Err(failure(Operation::Labels, status))))
}

fn labels_with_a_problem() -> Msg {
    let problems = vec!["mine.json: it is broken".to_owned()];
    let labels = Labels { fields: FieldMap::default(), source: Source::Demo, problems };
    Msg::Session(SessionReply::LabelsRead(labels))
}

/// The record of the customer whose card is open, read again: one of its values was not UTF-8.
fn odd_reading(desk: &mut Desk) -> Msg {
    let at = desk.tasks.iter().position(|task| matches!(task, Task::FetchCustomer { .. })).unwrap();
    let Task::FetchCustomer { ticket, .. } = desk.tasks.remove(at) else { panic!() };
    let mut reading = reading(&desk.customers[0], desk.now);
    reading.odd.not_utf8 = crate::cube::OddValues { count: 1, first_id: Some("1000".into()) };
    Msg::Replied(Reply::Customer { ticket, list: ticket.list, result: Ok(reading) })
}

fn refused_page(desk: &Desk, status: u16) -> Msg {
    let error = failure(Operation::Page(2), status);
    let (list, generation) = (desk.app.list.id, desk.app.list.load.generation());
    Msg::Replied(Reply::Page { list, generation, number: 2, result: Err(error) })
}

/// With the first page loaded, and the second one asked for.
fn desk() -> Desk {
    let mut desk = Desk::delivered(30, 10);
    desk.app.labels.source = Source::Ids;
    let at = desk.tasks.iter().position(|task| matches!(task, Task::FetchPage { .. })).unwrap();
    let task = desk.tasks.remove(at);
    let answer = desk.answer(&task).unwrap();
    desk.send(answer);
    desk
}

#[rstest::rstest]
#[case::labels_refused(|desk: &mut Desk| desk.send(labels_failed(401)))]
#[case::labels_refused_twice(|desk: &mut Desk| {
    desk.send(labels_failed(401));
    desk.send(labels_with_a_problem());
})]
#[case::page_refused_then_odd_labels(|desk: &mut Desk| {
    desk.send(refused_page(desk, 401));
    desk.send(labels_with_a_problem());
})]
#[case::odd_labels_then_page_refused(|desk: &mut Desk| {
    desk.send(labels_with_a_problem());
    desk.send(refused_page(desk, 401));
})]
#[case::card_odd_and_page_refused(|desk: &mut Desk| {
    desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Enter)));
    desk.send(Msg::Pressed(KeyEvent::from(KeyCode::F(5))));
    desk.send(refused_page(desk, 401));
    let reading = odd_reading(desk);
    desk.send(reading);
})]
#[case::key_answered_then_refused(|desk: &mut Desk| {
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::Char('y'), KeyModifiers::CONTROL)));
    desk.send(labels_failed(401));
})]
fn nothing_that_came_by_itself_covers_a_refusal(#[case] happens: fn(&mut Desk)) {
    let mut desk = desk();
    happens(&mut desk);
    let refused = "Cube does not accept your token (401)";
    assert!(desk.says().starts_with(refused), "{}", desk.says());
    let desk = desk.press(KeyCode::Down);
    assert!(desk.says().starts_with(refused), "after a key: {}", desk.says());
}

#[test]
fn a_failed_page_is_said_before_odd_labels() {
    let mut desk = desk().fail(2, 500);
    desk.send(labels_with_a_problem());
    assert!(desk.says().starts_with("page 2 failed"), "{}", desk.says());
    let desk = desk.press(KeyCode::Down).press(KeyCode::F(5)).settle();
    assert!(desk.says().starts_with("mine.json: it is broken"), "it was not seen yet: {}", desk.says());
    assert!(!desk.press(KeyCode::Down).says().contains("mine.json"));
}

#[test]
fn each_remark_has_its_turn() {
    let desk = Desk::new(30, 10);
    let start = Start {
        warnings: vec!["keys.toml names no key".to_owned()],
        labels: Labels {
            problems: vec!["mine.json: it is broken".to_owned()],
            source: Source::Demo,
            ..Labels::default()
        },
        size: (120, 14),
        ..Start::default()
    };
    let (app, effects) = App::new(start, Keymap::vi().unwrap(), NOW);
    let mut desk = Desk { app, tasks: Vec::new(), ..desk };
    desk.take(effects);
    let desk = desk.press(KeyCode::Down).settle();
    assert_eq!(desk.says(), "keys.toml names no key", "keys before the first page change nothing");
    let desk = desk.press(KeyCode::F(1)).press(KeyCode::Esc);
    assert!(desk.says().starts_with("mine.json: it is broken"), "{}", desk.says());
    let desk = desk.press(KeyCode::Down);
    assert!(desk.app.notices.remark().is_none());
}

#[test]
fn colours_that_the_administrator_has_chosen_stay() {
    let mut desk = desk();
    desk.app.session.is_theme_locked = true;
    let before = desk.app.session.theme;
    let desk = desk.ctrl('p').keys("other colours").press(KeyCode::Enter);
    assert_eq!(desk.says(), "The colours are the same for everybody on this computer");
    assert_eq!(desk.app.session.theme, before);
}

#[test]
fn a_remark_does_not_cover_the_answer_to_a_key() {
    let mut desk = desk().ctrl('y');
    desk.send(labels_with_a_problem());
    assert_eq!(desk.says(), "Copied: 1000");
    assert!(desk.press(KeyCode::Down).says().starts_with("mine.json"));
}

#[rstest::rstest]
#[case::odd_labels(|_: &Desk| labels_with_a_problem())]
#[case::labels_failed(|_: &Desk| labels_failed(500))]
#[case::page_failed(|desk: &Desk| refused_page(desk, 500))]
#[case::page_refused(|desk: &Desk| refused_page(desk, 401))]
fn what_comes_between_them_does_not_break_two_ctrl_c(#[case] comes: fn(&Desk) -> Msg) {
    let mut desk = desk().ctrl('c');
    let msg = comes(&desk);
    desk.send(msg);
    assert_eq!(desk.ctrl('c').calls, [SessionCall::Quit]);
}

#[test]
fn labels_that_came_at_last_leave_no_word_of_their_failure() {
    let mut desk = desk();
    desk.send(labels_failed(401));
    let mut desk = desk.press(KeyCode::F(2)).press(KeyCode::Esc);
    desk.send(Msg::Session(SessionReply::CredentialTaken));
    desk.send(Msg::Replied(Reply::Labels(Ok(Labels { source: Source::Cube, ..Labels::default() }))));
    let desk = desk.press(KeyCode::Down).settle();
    assert!(desk.app.notices.remark().is_none(), "{}", desk.says());
}
