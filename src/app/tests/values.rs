//! The list of the values of a column: counts, marks, and the filter that they become.

use super::*;
use crate::app::ValueMenu;

/// Customers with these cities, two on a page; the column of the cities is under the cursor.
fn desk(cities: &[&str]) -> Desk {
    let mut desk = Desk::of(people(cities), 2);
    desk.app.keymap = Keymap::delivered().unwrap();
    desk.settle().press(KeyCode::Right).press(KeyCode::Right)
}

const CITIES: [&str; 7] = ["Oslo", "Askim", "oslo", "Bø i Telemark", "", "Askim", "Oslo"];

fn menu(desk: &Desk) -> &ValueMenu {
    desk.app.layers.values().unwrap()
}

/// The lines of the list, `+` before what is marked.
fn lines(desk: &Desk) -> Vec<String> {
    let line = |line: crate::app::ValueLine| {
        format!("{}{} {}", if line.is_marked { "+" } else { "-" }, line.text, line.customers)
    };
    menu(desk).lines().into_iter().map(line).collect()
}

fn says_of(desk: &Desk) -> String {
    desk.app.values_in_short(menu(desk))
}

fn search_text(desk: &Desk) -> &str {
    desk.app.list.find.text()
}

#[test]
fn f6_lists_the_values_of_the_column_with_how_many_customers_have_each() {
    let desk = desk(&CITIES).press(KeyCode::F(6));
    assert_eq!((desk.app.context(), says_of(&desk).as_str()), (Context::Values, " · counting"));
    let desk = desk.settle();
    assert_eq!(lines(&desk), ["-Oslo 3", "-Askim 2", "-Bø i Telemark 1", "- 1"]);
    assert_eq!(says_of(&desk), " · 3 values among all 7 (08:12)");
    assert_eq!(desk.press(KeyCode::Esc).app.context(), Context::Table);
}

#[test]
fn without_a_column_there_are_no_values() {
    let desk = Desk::delivered(5, 5).settle().press(KeyCode::F(6));
    assert_eq!(desk.says(), "Go to a column with ← or → first");
}

#[test]
fn enter_searches_for_the_selected_value_as_text_that_can_be_typed() {
    let desk = desk(&CITIES).press(KeyCode::F(6)).settle().press(KeyCode::Enter).settle();
    assert_eq!((desk.app.context(), search_text(&desk)), (Context::Table, "name:=Oslo"));
    assert_eq!(desk.names(), ["Oslo", "oslo", "Oslo"]);
    assert_eq!(desk.says(), "3 of all 7 (08:12)");
    let desk = desk.press(KeyCode::F(3)).settle();
    assert_eq!(desk.app.layers.line().map(Line::text), Some("name:=Oslo"));
    let desk = desk.press(KeyCode::Esc).settle().press(KeyCode::Esc).settle();
    assert_eq!((search_text(&desk), desk.names().len()), ("", 7));
}

#[test]
fn letters_narrow_the_list_and_space_marks_several() {
    let desk = desk(&CITIES).press(KeyCode::F(6)).settle().keys("bø");
    assert_eq!(lines(&desk), ["-Bø i Telemark 1"]);
    let desk = desk.press(KeyCode::Char(' ')).press(KeyCode::Backspace).press(KeyCode::Backspace);
    let desk = desk.press(KeyCode::Down).press(KeyCode::Char(' '));
    assert_eq!(lines(&desk), ["-Oslo 3", "+Askim 2", "+Bø i Telemark 1", "- 1"]);
    assert_eq!(menu(&desk).narrowed.row, 2, "the next line is selected");
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!(search_text(&desk), "name:=\"Bø i Telemark\",Askim");
    assert_eq!(desk.names(), ["Askim", "Bø i Telemark", "Askim"]);
}

#[test]
fn customers_without_a_value_are_asked_for_alone() {
    let desk = desk(&CITIES).press(KeyCode::F(6)).settle().press(KeyCode::Char(' ')).press(KeyCode::End);
    let desk = desk.press(KeyCode::Char(' '));
    assert_eq!(lines(&desk), ["-Oslo 3", "-Askim 2", "-Bø i Telemark 1", "+ 1"]);
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!((search_text(&desk), desk.names().len()), ("name:empty", 1));
}

#[test]
fn among_what_is_found_the_values_of_those_are_counted_and_the_filter_is_added() {
    let desk = desk(&CITIES).keys("-bø").settle().press(KeyCode::Tab).settle().press(KeyCode::F(6)).settle();
    assert_eq!(lines(&desk), ["-Oslo 3", "-Askim 2", "- 1"]);
    assert_eq!(says_of(&desk), " · 2 values among the 6 found in all 7 (08:12)");
    let desk = desk.press(KeyCode::Down).press(KeyCode::Enter).settle();
    assert_eq!((search_text(&desk), desk.names()), ("-bø name:=Askim", vec!["Askim".to_owned(); 2]));
}

#[test]
fn a_filter_from_the_list_is_sorted_by_the_columns() {
    let desk = desk(&CITIES).press(KeyCode::Left).ctrl('s').ctrl('s').settle().press(KeyCode::Right);
    let desk = desk.press(KeyCode::F(6)).settle().press(KeyCode::Enter).settle();
    assert_eq!(desk.says(), "3 of all 7 (08:12) · sorted by ID (descending)");
    assert_eq!(desk.selected().as_deref(), Some("1006"));
}

#[test]
fn the_scope_of_the_counts_is_said_and_they_follow_what_is_loaded() {
    let desk = Desk::delivered(500, 5).settle().press(KeyCode::Right).press(KeyCode::Right);
    let desk = desk.press(KeyCode::F(6)).settle();
    assert_eq!(says_of(&desk), " · 15 values among 15 of 500 (08:12)");
    let desk = desk.press(KeyCode::Esc).ctrl('g').press(KeyCode::F(6)).settle();
    assert_eq!(says_of(&desk), " · the 100 most frequent of 500 values among all 500 (08:12)");
}

#[test]
fn marks_stay_while_more_is_loaded() {
    let cities: Vec<&str> = CITIES.into_iter().cycle().take(70).collect();
    let mut desk = desk(&cities).press(KeyCode::F(6));
    while menu(&desk).counts.is_none() {
        let answer = desk.next_answer().unwrap();
        desk.send(answer);
    }
    let before = lines(&desk);
    let desk = desk.press(KeyCode::Down).press(KeyCode::Char(' ')).settle();
    assert_ne!(before, lines(&desk), "more was loaded");
    assert_eq!(lines(&desk)[..2], ["-Oslo 30", "+Askim 20"]);
}

#[test]
fn numbers_are_listed_as_ranges_of_which_those_between_two_marks_are_marked() {
    let mut desk = Desk::delivered(0, 5);
    desk.customers = (0..100).map(|n| (n.to_string(), format!("K{n}"), String::new())).collect();
    desk.size = 100;
    let columns = ["crm__customer_id", "crm__custom_info__17"].map(Arc::from);
    let mut desk = desk.settle();
    let segment = {
        let records: Vec<String> = (0..100)
            .map(|n| format!(r#"{{"crm__customer_id":"{n}","crm__custom_info__17":{}}}"#, n * 10))
            .collect();
        let body = format!(r#"{{"count":100,"next":null,"results":[{}]}}"#, records.join(","));
        Arc::new(Segment::new(&Page::from_json(1, body, NOW).unwrap(), &Packing::default()))
    };
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(5), KeyModifiers::SHIFT)));
    let (list, generation) = (desk.app.list.id, desk.app.list.load.generation());
    desk.tasks.clear();
    desk.send(Msg::Replied(Reply::Page { list, generation, number: 1, result: Ok(segment) }));
    let Parts { list, env, .. } = desk.app.parts();
    list.show_columns(&env, &columns);
    let desk = desk.press(KeyCode::Right).press(KeyCode::Right).press(KeyCode::F(6)).settle();
    assert_eq!(lines(&desk)[..3], ["-0..49 5", "-50..99 5", "-100..149 5"]);
    let marked = |desk: &Desk| -> Vec<usize> {
        let lines = menu(desk).lines().into_iter().enumerate();
        lines.filter(|(_, line)| line.is_marked).map(|(at, _)| at).collect()
    };
    let space = |desk: Desk| desk.press(KeyCode::Char(' '));
    let desk = space(desk.press(KeyCode::Down));
    let desk = space(desk.press(KeyCode::Down));
    assert_eq!(marked(&desk), [1, 2, 3]);
    let desk = space(desk.press(KeyCode::Up));
    assert_eq!(marked(&desk), [1, 2]);
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!((search_text(&desk), desk.app.list.row_count()), ("crm__custom_info__17:50..149", 10));
    // Tab lists the values themselves.
    let desk = desk.press(KeyCode::F(6)).settle();
    let desk = if menu(&desk).has_ranges() { desk.press(KeyCode::Tab) } else { desk };
    assert_eq!(lines(&desk)[0], "-100 1");
}

#[test]
fn a_count_that_is_not_wanted_any_more_is_dropped() {
    let desk = desk(&CITIES).press(KeyCode::F(6));
    let late = desk.tasks.iter().find(|task| matches!(task, Task::CountValues { .. })).unwrap().clone();
    let late = desk.answer(&late).unwrap();
    let mut desk = desk.press(KeyCode::Esc).press(KeyCode::F(6));
    assert!(desk.tasks.contains(&Task::CancelCount));
    desk.send(late);
    assert!(menu(&desk).counts.is_none());
}

#[test]
fn a_value_that_is_masked_becomes_no_filter_which_would_show_it() {
    let people = [("1", "Kari", "90909088"), ("2", "Ola", "90909099")];
    let people = people.map(|(id, name, phone)| (id.to_owned(), name.to_owned(), phone.to_owned())).into();
    let mut desk = Desk::of(people, 2);
    desk.app.keymap = Keymap::delivered().unwrap();
    let desk = desk.settle().press(KeyCode::F(8));
    let desk = desk.press(KeyCode::Right).press(KeyCode::Right).press(KeyCode::Right);
    let desk = desk.press(KeyCode::F(6)).settle().press(KeyCode::Enter).settle();
    assert_eq!(desk.says(), "Values are masked, and a filter would show this one · F8 ends that");
    assert_eq!((desk.app.context(), search_text(&desk)), (Context::Values, ""));
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Left);
    let desk = desk.press(KeyCode::F(6)).settle().press(KeyCode::Enter).settle();
    assert_eq!(search_text(&desk), "name:=Kari", "names are not masked");
}
