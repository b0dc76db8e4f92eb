//! The caller's id or number.

use super::*;

#[test]
fn a_digit_in_the_table_opens_the_lookup_with_it() {
    let desk = Desk::new(30, 10).settle().keys("1004").settle();
    assert_eq!(desk.app.context(), Context::Lookup);
    assert_eq!(desk.says(), "Kunde 4 · ⏎ opens");
}

#[test]
fn enter_opens_who_is_under_the_cursor_and_the_list_is_whole_again() {
    let desk = Desk::new(30, 10).settle().keys("1004").settle().press(KeyCode::Enter).settle();
    assert_eq!((desk.card_id(), desk.app.context()), (Some("1004"), Context::Card));
    assert_eq!((desk.selected().as_deref(), desk.app.row_count()), (Some("1004"), 30));
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
        let desk = Desk::new(30, 10).settle().keys("i").keys(typed).settle();
        assert_eq!(desk.says(), "phone of Kunde 7 · ⏎ opens", "{typed}");
        assert_eq!(desk.press(KeyCode::Enter).settle().card_id(), Some("1007"), "{typed}");
    }
}

#[test]
fn an_id_that_is_not_here_is_asked_from_cube_with_one_request() {
    let mut desk = Desk::new(1000, 10).settle().keys("1999").settle();
    assert_eq!(desk.says(), "not among the 20 loaded of 1,000 · ⏎ asks Cube");
    desk = desk.press(KeyCode::Enter);
    assert!(desk.says().starts_with("asking Cube for customer 1999"));
    let asked: Vec<_> = desk
        .effects
        .iter()
        .filter(|effect| matches!(effect, Effect::FetchCustomer { .. } | Effect::FetchPage { .. }))
        .collect();
    assert_eq!(asked.len(), 1);
    let desk = desk.settle();
    assert_eq!(desk.card_id(), Some("1999"));
}

#[test]
fn an_unknown_id_goes_on_as_a_phone_and_the_end_says_both() {
    let desk = Desk::new(60, 10).settle().keys("777").press(KeyCode::Enter).settle();
    assert_eq!(desk.says(), "no customer 777 in assignment 9; no such phone among all 60 as of 08:12");
}

#[test]
fn a_phone_that_was_asked_for_as_an_id_is_found_on_a_later_page() {
    let desk = Desk::new(1000, 10).settle().keys("90000500").settle().press(KeyCode::Enter).settle();
    assert!(
        desk.says().starts_with("no customer 90000500 in assignment 9; no such phone in 20 of 1,000"),
        "{}",
        desk.says()
    );
    let desk = desk.press(KeyCode::Tab).settle();
    assert_eq!(desk.says(), "no customer 90000500 · phone of Kunde 500 · ⏎ opens");
}

#[test]
fn a_number_with_a_plus_is_never_asked_for_as_an_id() {
    let desk = Desk::new(30, 10).settle().keys("+4712345678").settle().press(KeyCode::Enter).settle();
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::FetchCustomer { .. })));
    assert_eq!(desk.says(), "not among all 30 as of 08:12");
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
fn letters_are_said_to_be_wrong_before_anything_is_sent() {
    let mut desk = Desk::new(30, 10).settle().keys("12x");
    assert_eq!(desk.says(), "'x' is in no id and no phone number");
    desk.effects.clear();
    let desk = desk.press(KeyCode::Enter).settle();
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::FetchCustomer { .. })));
}

#[test]
fn escape_stops_the_question_first() {
    let desk = Desk::new(1000, 10).settle().keys("777").settle().press(KeyCode::Enter).press(KeyCode::Esc);
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::CancelCustomer { .. })));
    assert_eq!(desk.app.context(), Context::Lookup);
    assert_eq!(desk.press(KeyCode::Esc).app.context(), Context::Table);
}

#[test]
fn a_card_can_be_open_from_the_start_while_the_list_loads_behind_it() {
    let people = people(&["Kari Nord"]);
    let desk = Desk::start(people, 5, Some(CustomerId::try_from("1000").unwrap()));
    assert!(matches!(desk.effects[..], [Effect::FetchCustomer { .. }, Effect::FetchPage { number: 1, .. }]));
    let desk = desk.settle();
    assert_eq!((desk.card_id(), desk.app.row_count()), (Some("1000"), 1));
    assert!(desk.app.card.as_ref().unwrap().record.is_some());
}

#[test]
fn an_id_can_be_asked_for_though_a_number_begins_like_it() {
    let desk = Desk::new(1000, 10).settle().keys("9000").settle();
    assert!(desk.says().contains("begin so"), "{}", desk.says());
    let desk = desk.ctrl('r').settle();
    assert!(desk.says().starts_with("no customer 9000 · 20 begin so"), "{}", desk.says());
    let desk = Desk::new(1000, 10).settle().keys("1999").settle().ctrl('r').settle();
    assert_eq!(desk.card_id(), Some("1999"));
}

#[test]
fn a_number_that_is_no_id_is_not_asked_for_and_says_why() {
    let desk = Desk::new(30, 10).settle().keys("+4790000007").settle().ctrl('r');
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::FetchCustomer { .. })));
    assert_eq!(desk.says(), "Cube can be asked for 1 to 20 digits");
}
