//! The next caller, with the keys as delivered: one line to type in, never another customer's data, never a false
//! "no one". Each row is what was typed in a call, and what must come of it.

use super::*;
use rstest::rstest;

fn calls(customers: usize) -> Desk {
    Desk::delivered(customers, 10).settle()
}

fn line(desk: &Desk) -> Option<&str> {
    desk.app.layers.line().map(|line| line.input.value())
}

/// The states in which a call can come in: the next caller's number replaces whatever is there.
#[rstest]
#[case::the_table("")]
#[case::a_kept_filter("kunde 1\t")]
#[case::a_kept_filter_further_down("kunde 1↓↓")]
#[case::an_answered_line("1004\n")]
#[case::a_card_from_a_search("kunde 7\n")]
#[case::an_id_that_was_not_found("777777\n")]
#[case::a_line_left_by_esc("kunde 3⎋")]
#[case::a_card_that_was_closed("1004\n⎋")]
#[case::a_card_and_its_empty_fields("1004\na")]
fn the_next_callers_number_needs_no_extra_key(#[case] before: &str) {
    let desk = calls(30).script(before).keys("1012").settle();
    assert_eq!((desk.app.context(), line(&desk)), (Context::Line, Some("1012")), "after {before:?}");
    let desk = desk.press(KeyCode::Enter);
    assert_eq!(desk.card_id(), Some("1012"), "after {before:?}");
}

#[rstest]
#[case::a_name_with_a_q("Marquez")]
#[case::a_name_with_an_r("Rolf")]
#[case::a_link_from_a_softphone("tel:+4790000007")]
#[case::an_address("@hjemme")]
#[case::a_phrase("\"kari nord\"")]
#[case::with_every_command_of_before("qrRgGhjklpty:?/J K")]
fn whatever_is_typed_in_the_table_opens_the_line_and_is_no_command(#[case] typed: &str) {
    let desk = calls(30).keys(typed).settle();
    assert_eq!((desk.app.context(), line(&desk), desk.calls.len()), (Context::Line, Some(typed), 0));
}

#[rstest]
#[case::an_id("1004", "9120011888")]
#[case::a_number("kunde", "+47 909 09 090")]
#[case::an_address("kunde", "kari@x.no")]
#[case::a_name("1004", "Kari Nordmann")]
fn a_whole_paste_always_replaces_what_was_typed(#[case] typed: &str, #[case] pasted: &str) {
    let desk = calls(30).keys(typed).paste(pasted);
    assert_eq!(line(&desk), Some(pasted));
}

#[rstest]
#[case::the_whole_id("1004", Some("1004"))]
#[case::the_whole_phone("90000007", Some("1007"))]
#[case::a_single_hit("90000029", Some("1029"))]
#[case::several_that_start_so("100", None)]
#[case::several_phones_that_start_so("9000001", None)]
fn enter_opens_an_exact_number_or_a_single_hit_and_else_stays_with_the_list(
    #[case] typed: &str,
    #[case] opened: Option<&str>,
) {
    let desk = calls(30).keys(typed).settle().press(KeyCode::Enter).settle();
    assert_eq!(desk.card_id(), opened);
    if opened.is_none() {
        assert_eq!(desk.app.context(), Context::Table, "the person chooses in the list");
        assert!(desk.press(KeyCode::Enter).card_id().is_some());
    }
}

#[test]
fn a_number_that_only_begins_a_longer_id_opens_nobody_while_others_may_have_it() {
    let mut people = people(&["Kari"; 1000]);
    people[0].0 = "99999999999999999999".to_owned();
    let desk = Desk::of(people, 10).settle().keys("9999999999").settle();
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!((desk.card_id(), desk.app.context()), (None, Context::Line));
    assert!(
        desk.says().starts_with("Cube has no customer with the ID 9999999999 · 1 starts with"),
        "{}",
        desk.says()
    );
}

#[test]
fn two_customers_with_one_number_are_both_shown_and_neither_is_opened() {
    let mut people = people(&["Kari Nord", "Ola Nord"]);
    people[1].2 = people[0].2.clone();
    let desk = Desk::of(people, 5).settle().keys("90000000").settle();
    assert_eq!(desk.says(), "2 customers have this number (all 2 (08:12)) · ⏎ to choose");
    let desk = desk.press(KeyCode::Enter);
    assert_eq!((desk.card_id(), desk.names().len()), (None, 2));
}

#[test]
fn a_customer_who_was_looked_up_is_a_row_of_their_own_until_their_page_arrives() {
    let desk = calls(1000).keys("1999").settle().press(KeyCode::Enter).settle();
    assert_eq!((desk.card_id(), desk.app.context()), (Some("1999"), Context::Card));
    assert_eq!(desk.selected().as_deref(), Some("1999"), "the marked row is the customer of the card");
    let desk = desk.ctrl('y');
    assert_eq!(desk.copied, ["1999"], "and what is copied is that customer's");
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Esc).settle();
    assert_eq!((desk.names()[0].as_str(), desk.app.list.row_count()), ("Kunde 999", 1001));
    assert_eq!(desk.app.list.dividers(10)[0].1, crate::words::Divider::LookedUp);
    let desk = desk.press(KeyCode::End).settle();
    assert_eq!((desk.names()[0].as_str(), desk.app.list.row_count()), ("Kunde 0", 1000));
}

#[test]
fn no_row_is_marked_while_another_customers_card_has_the_screen() {
    let mut desk = calls(1000).keys("1999").settle().press(KeyCode::Enter);
    // Cube has answered, and the search has not found the new row yet.
    let answer = desk.next_answer().unwrap();
    desk.send(answer);
    assert_eq!(desk.card_id(), Some("1999"));
    assert_eq!((desk.app.cursor_row(), desk.app.row_number()), (None, None));
    let desk = desk.ctrl('y');
    assert_eq!(desk.copied, ["1999"]);
    assert_eq!(desk.settle().app.cursor_row(), Some(0));
}

#[test]
fn a_card_never_turns_into_another_customers_when_the_list_changes_below_it() {
    let mut desk = calls(30).keys("1029").settle().press(KeyCode::Enter);
    desk.customers.truncate(20);
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(5), KeyModifiers::SHIFT)));
    let desk = desk.settle();
    assert_eq!((desk.card_id(), desk.app.cursor_row()), (Some("1029"), None));
}

#[rstest]
#[case::the_line("kunde 1", Context::Line)]
#[case::a_card("1004\n", Context::Card)]
#[case::the_help("①", Context::Help)]
#[case::the_palette("⌘", Context::Palette)]
fn esc_closes_what_is_on_top_with_one_press(#[case] keys: &str, #[case] top: Context) {
    let desk = calls(30).script(keys);
    assert_eq!(desk.app.context(), top);
    assert_eq!(desk.press(KeyCode::Esc).app.context(), Context::Table);
}

#[test]
fn esc_goes_from_the_card_to_the_hits_and_from_the_hits_to_the_list() {
    let desk = calls(30).script("\"kunde 1\"\n");
    assert_eq!(desk.card_id(), Some("1001"));
    let desk = desk.press(KeyCode::Esc);
    assert_eq!((desk.names().len(), desk.selected().as_deref()), (11, Some("1001")));
    let desk = desk.press(KeyCode::Esc);
    assert_eq!((desk.names().len(), desk.selected().as_deref()), (30, Some("1001")));
}

#[test]
fn esc_from_a_line_over_a_card_shows_the_card_again() {
    let desk = calls(30).script("1004\n").keys("1012").settle();
    assert_eq!(desk.app.context(), Context::Line);
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((desk.app.context(), desk.card_id()), (Context::Card, Some("1004")));
}

#[test]
fn a_selected_text_is_edited_after_right_or_end_and_replaced_by_anything_else() {
    let desk = calls(30).script("kunde 1\t").press(KeyCode::F(3));
    assert!(desk.app.layers.line().unwrap().is_selected);
    assert_eq!(line(&desk.press(KeyCode::End).keys("2").settle()), Some("kunde 12"));
    let desk = calls(30).script("kunde 1\t").press(KeyCode::F(3));
    assert_eq!(line(&desk.keys("o")), Some("o"));
}

#[test]
fn ctrl_c_quits_when_pressed_twice_within_two_seconds_or_with_nothing_loaded() {
    let desk = calls(30).ctrl('c');
    assert_eq!((desk.says().as_str(), desk.calls.len()), ("Ctrl+C again quits", 0));
    assert_eq!(desk.ctrl('c').calls, [SessionCall::Quit]);
    let mut desk = calls(30).ctrl('c');
    desk.now = desk.now_in(3);
    assert_eq!(desk.ctrl('c').calls, []);
    assert_eq!(Desk::delivered(30, 10).ctrl('c').calls, [SessionCall::Quit], "nothing is loaded yet");
    assert_eq!(calls(30).ctrl('q').calls, [SessionCall::Quit]);
}

#[test]
fn an_old_list_is_a_warning_that_names_the_key_which_refreshes_it() {
    let mut desk = calls(30);
    desk.now = desk.now_in(4 * 3600);
    desk.send(Msg::Ticked);
    let said = desk.app.said();
    assert_eq!(said.words, "The list was read at 08:12 · Shift+F5 refreshes it");
    assert_eq!(said.tone, crate::words::Tone::Warning);
    desk.now = desk.now_in(20 * 3600);
    desk.send(Msg::Ticked);
    assert_eq!(desk.says(), "The list was read yesterday 08:12 · Shift+F5 refreshes it");
    assert_eq!(desk.keys("kunde 29").settle().says(), "1 of all 30 (yesterday 08:12)");
}

#[test]
fn a_failure_stays_in_sight_as_long_as_the_answer_is_partial() {
    let desk = calls(40).keys("kunde").fail(3, 502).fail(4, 502).settle();
    assert!(desk.says().ends_with("2 pages failed · F5 retries"), "{}", desk.says());
    let desk = desk.press(KeyCode::Tab);
    assert!(desk.says().ends_with("2 pages failed · F5 retries"), "{}", desk.says());
    assert_eq!(desk.app.said().tone, crate::words::Tone::Warning);
}

#[test]
fn what_is_said_names_the_keys_as_they_are_bound() {
    let own = "[[key]]\nin = [\"table\", \"card\", \"line\"]\nkeys = [\"f11\"]\naction = \"retry\"\n";
    let (keymap, _) = Keymap::delivered().unwrap().with(own).unwrap();
    let mut desk = calls(30);
    desk.app.keymap = keymap;
    let desk = desk.fail(3, 502);
    assert!(desk.says().contains("F11 retries"), "{}", desk.says());
}

/// A list whose first page has nothing but a name that is spelled alike, and whose second has the names that are meant.
fn better_later() -> Desk {
    let customers = people(&["Kari Hanssen", "Stein Hanssen", "Ola Berg", "Per Hansen", "Hansen Bygg"]);
    Desk::with_keys(customers, 3, None, Keymap::delivered().unwrap())
}

#[rstest]
#[case::nothing_was_chosen("hansen", "Per Hansen")]
#[case::a_row_was_chosen_by_hand("hansen↓", "Stein Hanssen")]
fn the_mark_goes_to_better_hits_that_come_later_unless_a_row_was_chosen(
    #[case] keys: &str,
    #[case] marked: &str,
) {
    // The first page is searched while the second is on its way.
    let mut desk = better_later();
    let mut second = None;
    for c in keys.chars() {
        desk = if c == '↓' { desk.press(KeyCode::Down) } else { desk.press(KeyCode::Char(c)) };
        while let Some(at) =
            desk.tasks.iter().position(|task| !matches!(task, Task::FetchPage { number: 2, .. }))
        {
            let task = desk.tasks.remove(at);
            if let Some(msg) = desk.answer(&task) {
                desk.send(msg);
            }
        }
        second = second.or(desk.app.list.store.segment(2).map(|_| ()));
    }
    assert!(second.is_none(), "the second page comes last");
    let desk = desk.settle();
    let record = desk.app.list.selected().and_then(|slot| desk.app.list.store.record(slot)).unwrap();
    assert_eq!(record.standard().name.as_raw(), marked);
}

#[test]
fn a_number_in_a_line_that_is_opened_again_still_opens_none_of_several() {
    let desk = calls(30).keys("9000001").settle().press(KeyCode::Enter).settle();
    let desk = desk.press(KeyCode::F(3)).press(KeyCode::Enter).settle();
    assert_eq!((desk.card_id(), desk.app.context()), (None, Context::Table));
}
