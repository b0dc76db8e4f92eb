//! Names that are spelled alike: below the hits, with no hit opened by mistake.

use super::*;
use crate::words::Divider;

/// Many of one name, and few who are spelled alike.
fn jakobsens(number: usize) -> Desk {
    let mut names = vec!["Per Jakobsen"; number];
    names.extend(["Jan Jacobsen", "Liv Jakobssen", "Ola Nord"]);
    Desk::of(people(&names), 10).settle()
}

fn town() -> Desk {
    Desk::of(people(&["Kari Nord", "Kari Olsen", "Ola Olsen", "Per Berg"]), 10).settle()
}

#[test]
fn few_hits_have_those_who_are_alike_below_them_at_once() {
    let desk = jakobsens(2).keys("/jakobsen").settle();
    assert_eq!(desk.names(), ["Per Jakobsen", "Per Jakobsen", "Jan Jacobsen", "Liv Jakobssen"]);
    assert_eq!(desk.app.list.dividers(10), [(2, Divider::Alike { shown: 2, all: 2 })]);
    assert_eq!(desk.says(), "2 of all 5 (08:12) · 2 spelled alike: Jacobsen, Jakobssen");
    assert_eq!(desk.app.list.cursor.row(), 0);
}

#[test]
fn many_hits_say_how_many_are_alike_and_a_key_goes_there_and_back() {
    let desk = jakobsens(30).keys("/jakobsen").settle();
    assert_eq!(
        (desk.names().len(), desk.says().as_str()),
        (30, "30 of all 33 (08:12) · 2 spelled alike: Jacobsen, Jakobssen · F4 shows them")
    );
    let desk = desk.press(KeyCode::F(4));
    assert_eq!((desk.names().len(), desk.app.list.cursor.row()), (32, 30));
    assert_eq!(desk.says(), "30 of all 33 (08:12) · 2 spelled alike: Jacobsen, Jakobssen");
    assert_eq!(desk.app.context(), Context::Line);
    let desk = desk.press(KeyCode::F(4));
    assert_eq!((desk.names().len(), desk.app.list.cursor.row()), (32, 0));
}

#[test]
fn who_is_alike_is_opened_where_the_cursor_was_moved_to_them() {
    let desk = jakobsens(30).keys("/jakobsen").settle().press(KeyCode::F(4)).press(KeyCode::Enter);
    assert_eq!(desk.card_id(), Some("1030"));
    let desk = jakobsens(2).keys("/jakobsen").settle().press(KeyCode::Enter);
    assert_eq!(desk.card_id(), Some("1000"), "the first hit, not who is alike");
}

#[test]
fn with_no_hit_enter_goes_to_the_table_and_opens_there() {
    let desk = town().keys("/olsne").settle();
    assert_eq!(desk.names(), ["Kari Olsen", "Ola Olsen"]);
    let said = "No match in any field of all 4 (08:12) · 2 spelled alike: Olsen · Tab tries \"Olsen\"";
    assert_eq!(desk.says(), said);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!((desk.card_id(), desk.app.context()), (None, Context::Table));
    assert_eq!(desk.press(KeyCode::Enter).card_id(), Some("1001"));
}

#[test]
fn one_who_is_alike_is_not_opened_by_one_enter() {
    for presses in ["before", "behind"] {
        let desk = town().keys("/kari olsne");
        let desk = if presses == "before" { desk.press(KeyCode::Enter).settle() } else { desk.settle() };
        assert_eq!((desk.names(), desk.card_id()), (vec!["Kari Olsen".to_owned()], None), "{presses}");
        assert_eq!(desk.press(KeyCode::Enter).card_id(), None, "{presses}");
    }
}

#[test]
fn tab_replaces_the_wrong_word_alone() {
    let desk = town().keys("/kari olsne").settle().press(KeyCode::Tab).settle();
    assert_eq!(desk.app.layers.line().map(Line::text), Some("kari Olsen"));
    assert_eq!(desk.names(), ["Kari Olsen"]);
    assert_eq!(desk.says(), "1 of all 4 (08:12)");
}

#[test]
fn a_word_that_matched_is_never_offered() {
    let desk = Desk::of(people(&["Kari Nord", "Oslo Taxi", "Kari Osla"]), 10).settle();
    let desk = desk.keys("/kari oslo").settle();
    assert_eq!(desk.names(), ["Kari Osla"]);
    assert!(!desk.says().contains("Oslo\""), "{}", desk.says());
}

#[test]
fn a_number_has_nobody_alike() {
    let desk = town().keys("1002").settle();
    assert_eq!(desk.names(), ["Ola Olsen"]);
    let desk = desk.press(KeyCode::F(4));
    assert_eq!(desk.says(), "No name is spelled alike");
}

#[test]
fn every_letter_looks_anew() {
    let desk = jakobsens(30).keys("/jakobsen").settle().press(KeyCode::F(4)).settle();
    let desk = desk.press(KeyCode::Backspace).settle();
    assert!(desk.names().iter().all(|name| name == "Per Jakobsen"), "{:?}", desk.names());
    let desk = desk.keys("x").settle();
    assert!(desk.says().starts_with("No match"), "{}", desk.says());
}

#[test]
fn who_comes_with_a_later_page_is_alike_too_and_the_cursor_stays() {
    let mut names = vec!["Per Jacobsen", "Kari Nord"];
    names.extend(["Ola Nord"; 22]);
    names.push("Liv Jakobssen");
    let mut desk = Desk::of(people(&names), 5).settle().keys("/jakobsen");
    let later: Vec<Task> = desk.tasks.extract_if(.., |task| matches!(task, Task::FetchPage { .. })).collect();
    let mut desk = desk.settle();
    assert_eq!((desk.names(), desk.app.list.view.alike().unwrap().len), (vec!["Per Jacobsen".to_owned()], 1));
    desk.tasks.extend(later);
    let desk = desk.settle();
    assert_eq!(desk.names(), ["Per Jacobsen", "Liv Jakobssen"]);
    assert_eq!((desk.app.list.cursor.row(), desk.selected().as_deref()), (0, Some("1000")));
    assert!(
        desk.says().starts_with("No match in any field of all 25 (08:12) · 2 spelled alike"),
        "{}",
        desk.says()
    );
}

#[test]
fn closing_the_line_shows_the_hits_and_those_who_are_alike_from_before() {
    let desk = jakobsens(2).keys("/jakobsen").settle().press(KeyCode::Tab).keys("/").keys("nord").settle();
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!(desk.names(), ["Per Jakobsen", "Per Jakobsen", "Jan Jacobsen", "Liv Jakobssen"]);
}

#[test]
fn the_question_is_asked_once_and_again_when_a_search_has_dropped_it() {
    let mut desk = jakobsens(2).keys("/jakobse").settle().keys("n");
    let is_alike = |task: &Task| matches!(task, Task::Alike { .. });
    while !desk.tasks.iter().any(is_alike) {
        let answer = desk.next_answer().unwrap();
        desk.send(answer);
    }
    assert_eq!(desk.tasks.iter().filter(|task| is_alike(task)).count(), 1);
    desk.send(Msg::Ticked);
    assert_eq!(desk.tasks.iter().filter(|task| is_alike(task)).count(), 1);
    // A record that is read again is searched again, which drops the question.
    let dropped = desk.tasks.extract_if(.., |task| is_alike(task)).count();
    let touched = [1].into();
    let Parts { list, mut env, .. } = desk.app.parts();
    list.rows_changed(&mut env, &touched);
    let effects = desk.app.reconcile();
    desk.take(effects);
    let is_search = |task: &&Task| matches!(task, Task::Search { .. });
    assert_eq!((dropped, desk.tasks.iter().filter(is_search).count()), (1, 1));
    assert!(!desk.tasks.iter().any(is_alike));
    assert_eq!(desk.settle().names().len(), 4);
}
