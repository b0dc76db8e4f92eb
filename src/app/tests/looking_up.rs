//! The caller's id or number.

use super::*;

#[test]
fn a_digit_in_the_table_opens_the_line_with_it() {
    let desk = Desk::new(30, 10).settle().keys("1004").settle();
    assert_eq!(desk.app.context(), Context::Line);
    assert_eq!(desk.says(), "ID of Kunde 4 · ⏎ opens");
}

#[test]
fn enter_opens_the_customer_with_that_id() {
    let desk = Desk::new(30, 10).settle().keys("1004").settle().press(KeyCode::Enter).settle();
    assert_eq!((desk.card_id(), desk.app.context()), (Some("1004"), Context::Card));
    assert_eq!((desk.selected().as_deref(), desk.app.list.row_count()), (Some("1004"), 1));
}

#[test]
fn enter_before_the_answer_is_here_waits_for_it() {
    let desk = Desk::new(30, 10).settle().keys("1004").press(KeyCode::Enter);
    assert_eq!(desk.card_id(), None);
    assert_eq!(desk.settle().card_id(), Some("1004"));
}

#[test]
fn a_phone_in_any_spelling_finds_its_customer() {
    for typed in ["+47 900 00 007", "0047 90000007", "90 00 00 07", "90000007"] {
        let desk = Desk::new(30, 10).settle().keys("/").keys(typed).settle();
        assert_eq!(desk.says(), "Phone of Kunde 7 · ⏎ opens", "{typed}");
        assert_eq!(desk.press(KeyCode::Enter).settle().card_id(), Some("1007"), "{typed}");
    }
}

#[test]
fn an_id_that_is_not_here_is_asked_from_cube_with_one_request() {
    let mut desk = Desk::new(1000, 10).settle().keys("1999").settle();
    assert_eq!(
        desk.says(),
        "No match in any field of 20 of 1,000 (08:12) · ⏎ asks Cube · Tab searches the rest (98 requests)"
    );
    desk = desk.press(KeyCode::Enter);
    assert!(desk.says().starts_with("asking Cube for the ID 1999"));
    let asked: Vec<_> = desk
        .tasks
        .iter()
        .filter(|effect| matches!(effect, Task::FetchCustomer { .. } | Task::FetchPage { .. }))
        .collect();
    assert_eq!(asked.len(), 1);
    let desk = desk.settle();
    assert_eq!(desk.card_id(), Some("1999"));
}

#[test]
fn an_unknown_id_goes_on_as_a_phone_and_the_end_says_both() {
    let desk = Desk::new(60, 10).settle().keys("777").press(KeyCode::Enter).settle();
    assert_eq!(desk.says(), "Cube has no customer with the ID 777 · No match in any field of all 60 (08:12)");
}

#[test]
fn a_phone_that_was_asked_for_as_an_id_is_found_on_a_later_page() {
    let desk = Desk::new(1000, 10).settle().keys("90000500").settle().press(KeyCode::Enter).settle();
    assert!(
        desk.says()
            .starts_with("Cube has no customer with the ID 90000500 · No match in any field of 20 of 1,000"),
        "{}",
        desk.says()
    );
    let desk = desk.press(KeyCode::Tab).settle();
    assert_eq!(desk.says(), "Cube has no customer with the ID 90000500 · Phone of Kunde 500 · ⏎ opens");
}

#[test]
fn a_number_with_a_plus_is_never_asked_for_as_an_id() {
    let desk = Desk::new(30, 10).settle().keys("+4712345678").settle().press(KeyCode::Enter).settle();
    assert!(!desk.tasks.iter().any(|effect| matches!(effect, Task::FetchCustomer { .. })));
    assert_eq!(desk.says(), "No match in any field of all 30 (08:12)");
}

#[test]
fn leading_zeros_are_part_of_an_id() {
    let people = vec![
        ("007".to_owned(), "Bond".to_owned(), String::new()),
        ("7".to_owned(), "Syv".to_owned(), String::new()),
    ];
    let desk = Desk::of(people, 5).settle().keys("007").settle();
    assert_eq!(desk.names(), ["Bond"]);
}

#[test]
fn letters_among_digits_are_words_and_are_not_asked_for() {
    let desk = Desk::new(30, 10).settle().keys("12x").settle();
    assert_eq!(desk.says(), "No match in any field of all 30 (08:12)");
    let desk = desk.press(KeyCode::Enter).settle();
    assert!(!desk.tasks.iter().any(|task| matches!(task, Task::FetchCustomer { .. })));
}

#[test]
fn escape_stops_the_request_and_closes_the_line() {
    let desk = Desk::new(1000, 10).settle().keys("777").settle().press(KeyCode::Enter).press(KeyCode::Esc);
    assert!(desk.tasks.iter().any(|task| matches!(task, Task::CancelCustomer(_))));
    assert_eq!(desk.app.context(), Context::Table);
}

#[test]
fn a_caller_can_be_named_at_the_start_while_the_list_loads_behind_the_card() {
    let desk = Desk::start(people(&["Kari Nord"]), 5, Some("1000")).settle();
    assert_eq!((desk.card_id(), desk.app.list.row_count()), (Some("1000"), 1));
}

#[test]
fn a_phone_number_at_the_start_opens_its_customer_without_a_key() {
    for typed in ["90000001", "+47 90 00 00 01", "90 00 00 01"] {
        let desk = Desk::start(people(&["Kari Nord", "Ola"]), 1, Some(typed)).settle();
        assert_eq!(desk.card_id(), Some("1001"), "{typed}");
    }
}

#[test]
fn a_number_at_the_start_opens_no_one_of_several_and_no_one_after_a_key() {
    let two = ["1000", "1001"].map(|id| (id.to_owned(), format!("Kari {id}"), "90000001".to_owned()));
    let desk = Desk::start(two.into(), 5, Some("90000001")).settle();
    assert_eq!((desk.card_id(), desk.app.list.row_count()), (None, 2));
    let desk = Desk::start(people(&["Kari Nord", "Ola"]), 1, Some("+4790000001"));
    assert_eq!(desk.press(KeyCode::Left).settle().card_id(), None);
}

#[test]
fn words_at_the_start_are_searched_and_nobody_is_opened() {
    let desk = Desk::start(people(&["Kari Nord", "Ola"]), 5, Some("kari")).settle();
    assert_eq!((desk.card_id(), desk.names()), (None, vec!["Kari Nord".to_owned()]));
}

#[test]
fn an_id_can_be_asked_for_though_a_number_begins_like_it() {
    let desk = Desk::new(1000, 10).settle().keys("9000").settle();
    assert_eq!(
        desk.says(),
        "20 start with 9000 (20 of 1,000 (08:12) searched) · Ctrl+G searches the rest (98 requests)"
    );
    let desk = desk.ctrl('r').settle();
    assert!(desk.says().starts_with("Cube has no customer with the ID 9000 · 20 start"), "{}", desk.says());
    let desk = Desk::new(1000, 10).settle().keys("1999").settle().ctrl('r').settle();
    assert_eq!(desk.card_id(), Some("1999"));
}

#[test]
fn a_number_that_is_no_id_is_not_asked_for_and_says_why() {
    let desk = Desk::new(30, 10).settle().keys("+4790000007").settle().ctrl('r');
    assert!(!desk.tasks.iter().any(|effect| matches!(effect, Task::FetchCustomer { .. })));
    assert_eq!(desk.says(), "Cube can be asked for an ID of 1 to 20 digits");
}
