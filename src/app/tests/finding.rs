//! Searching: the table narrows, the scope is said, nothing jumps.

use super::*;

fn klippers() -> Desk {
    Desk::of(people(&["Kari Nord", "Pers Hårklipperi", "Ola Klippen", "Klipp AS", "Berit Strøm"]), 2)
}

#[test]
fn the_table_narrows_with_every_letter_best_first() {
    let desk = klippers().settle().keys("/klip").settle();
    assert_eq!(desk.names(), ["Ola Klippen", "Klipp AS", "Pers Hårklipperi"]);
    let desk = desk.keys("p as").settle();
    assert_eq!(desk.names(), ["Klipp AS"]);
}

#[test]
fn case_and_accents_do_not_matter() {
    for typed in ["strom", "stroem", "STRØM"] {
        let desk = klippers().settle().keys("/").keys(typed).settle();
        assert_eq!(desk.names(), ["Berit Strøm"], "{typed}");
    }
}

#[test]
fn the_rest_is_loaded_by_itself_and_the_answer_says_its_scope() {
    let mut desk = Desk::new(100, 10).settle().keys("/\"kunde 9\"");
    let search = desk.tasks.iter().rposition(|effect| matches!(effect, Task::Search { .. })).unwrap();
    assert_eq!(desk.asked(), [3, 4, 5, 6], "four at once");
    let answer = desk.answer(&desk.tasks[search]).unwrap();
    desk.send(answer);
    assert_eq!(desk.says(), "1 of 20 of 100 (08:12)");
    let desk = desk.settle();
    assert_eq!(desk.says(), "11 of all 100 (08:12)");
}

#[test]
fn a_long_list_is_loaded_only_when_told_to() {
    let desk = Desk::new(1000, 10).settle().keys("/\"kunde 999\"").settle();
    assert_eq!(
        desk.says(),
        "No match in any field of 20 of 1,000 (08:12) · Tab searches the rest (98 requests)"
    );
    let desk = desk.press(KeyCode::Tab).settle();
    assert_eq!(desk.says(), "1 of all 1,000 (08:12)");
}

#[test]
fn nobody_among_all_is_said_with_the_time() {
    let desk = klippers().settle().keys("/xyz").settle();
    assert_eq!(desk.says(), "No match in any field of all 5 (08:12)");
}

#[test]
fn an_answer_is_never_about_all_while_a_page_failed() {
    let desk = Desk::new(30, 10).settle().keys("/kunde").fail(3, 502).settle();
    assert!(desk.says() == "20 of 20 of 30 (08:12) · 1 page failed · F5 retries", "{}", desk.says());
    let desk = desk.ctrl('g').settle();
    assert_eq!(desk.says(), "30 of all 30 (08:12)");
}

#[test]
fn escape_in_the_line_stops_what_it_started_and_closes_it_with_one_press() {
    let mut desk = Desk::new(100, 10).settle().keys("jj/kunde");
    desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Esc)));
    assert!(desk.app.list.load.rest().is_none() && desk.app.list.find.is_empty());
    assert!(desk.tasks.contains(&Task::CancelSearch(ListId::default())));
    assert_eq!((desk.app.context(), desk.selected().as_deref()), (Context::Table, Some("1002")));
    assert_eq!(desk.app.list.row_count(), 100);
}

#[test]
fn dropping_the_filter_leaves_the_cursor_on_its_customer() {
    let desk = klippers().settle().keys("/klip").settle().press(KeyCode::Down).settle();
    assert_eq!((desk.app.context(), desk.selected().as_deref()), (Context::Table, Some("1003")));
    let desk = desk.press(KeyCode::Esc);
    assert_eq!((desk.selected().as_deref(), desk.app.list.row_count()), (Some("1003"), 5));
}

#[test]
fn closing_the_line_goes_back_to_where_the_cursor_was() {
    for typed in ["xyz", "klip"] {
        let desk = klippers().settle().keys("jj/").keys(typed).settle().press(KeyCode::Esc).settle();
        assert_eq!(desk.selected().as_deref(), Some("1002"), "{typed}");
    }
}

#[test]
fn closing_the_line_shows_the_filter_from_before_again() {
    let desk = klippers().settle().keys("/klip").settle().press(KeyCode::Down);
    let desk = desk.keys("/").keys("berit").settle();
    assert_eq!(desk.names(), ["Berit Strøm"]);
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((desk.names().len(), desk.selected().as_deref()), (3, Some("1003")));
    assert_eq!(desk.app.list.find.text(), "klip");
}

#[test]
fn a_letter_puts_the_cursor_on_the_best_hit_and_a_page_leaves_it_there() {
    // The better hit, an exact id, is on the last page.
    let mut names = vec!["Kari 77", "Ola Nord", "Berit 77"];
    names.extend(["Per"; 21]);
    let mut people = people(&[&names[..], &["Siv"]].concat());
    people[24].0 = "77".to_owned();
    let mut desk = Desk::of(people, 5).settle().keys("/77");
    let later: Vec<Task> =
        desk.tasks.extract_if(.., |effect| matches!(effect, Task::FetchPage { .. })).collect();
    let mut desk = desk.settle();
    assert_eq!((desk.selected().as_deref(), desk.app.list.cursor.row()), (Some("1000"), 0));
    desk.tasks.extend(later);
    let desk = desk.settle();
    assert_eq!(desk.names(), ["Siv", "Kari 77", "Berit 77"]);
    assert_eq!((desk.selected().as_deref(), desk.app.list.cursor.row()), (Some("1000"), 1));
}

#[test]
fn tab_keeps_the_filter_and_the_table_has_the_keys_again() {
    let desk = klippers().settle().keys("/klip").settle().press(KeyCode::Tab);
    assert_eq!((desk.app.context(), desk.names().len()), (Context::Table, 3));
    let desk = desk.keys("j").keys("/");
    assert_eq!(desk.app.context(), Context::Line);
    let line = desk.app.layers.line().unwrap();
    assert_eq!((line.input.value(), line.is_selected), ("klip", true));
}

#[test]
fn one_enter_opens_the_card_of_the_marked_hit_and_the_filter_stays() {
    let desk = klippers().settle().keys("/klip").settle().press(KeyCode::Enter);
    assert_eq!((desk.card_id(), desk.names().len()), (Some("1002"), 3));
    let desk = desk.press(KeyCode::Esc);
    assert_eq!((desk.app.context(), desk.names().len()), (Context::Table, 3));
    assert_eq!(desk.press(KeyCode::Esc).names().len(), 5);
}

#[test]
fn an_older_answer_is_dropped() {
    let mut desk = klippers().settle().keys("/klip");
    let older = desk.tasks.iter().position(|effect| matches!(effect, Task::Search { .. })).unwrap();
    let older = desk.tasks.remove(older);
    let mut desk = desk.keys("pen").settle();
    let answer = desk.answer(&older).unwrap();
    desk.send(answer);
    assert_eq!(desk.names(), ["Ola Klippen"]);
}

#[test]
fn a_paste_opens_the_line_and_only_its_first_line_counts() {
    let desk = klippers().settle().paste("berit\nq\n").settle();
    assert_eq!((desk.app.context(), desk.names()), (Context::Line, vec!["Berit Strøm".to_owned()]));
    let desk = klippers().settle().paste(" 1003 ").settle();
    assert_eq!((desk.app.context(), desk.names()), (Context::Line, vec!["Klipp AS".to_owned()]));
}

#[test]
fn an_unknown_field_is_said_with_the_nearest() {
    let desk = klippers().settle().keys("/nmae:kari").settle();
    assert_eq!(
        desk.says(),
        "There is no field \"nmae\", so it is text · did you mean name:? · No match in any field of all 5 (08:12)"
    );
    assert_eq!(desk.names(), [] as [String; 0]);
}

#[test]
fn an_answer_is_not_about_all_before_all_was_searched() {
    let mut desk = Desk::new(30, 10).settle().keys("/\"kunde 29\"");
    while !desk.tasks.iter().all(|effect| matches!(effect, Task::Search { .. })) {
        let page = desk.tasks.iter().position(|effect| matches!(effect, Task::FetchPage { .. }));
        let Some(at) = page else { break };
        let page = desk.tasks.remove(at);
        let answer = desk.answer(&page).unwrap();
        desk.send(answer);
        assert!(!desk.says().contains("of all"), "{}", desk.says());
    }
    assert_eq!(desk.settle().says(), "1 of all 30 (08:12)");
}

#[test]
fn lines_from_before_come_back_with_the_arrow_keys() {
    let desk = klippers().settle().keys("/strom").settle().press(KeyCode::Esc);
    let desk = desk.keys("/berit").settle().press(KeyCode::Tab).press(KeyCode::Esc);
    let text = |desk: &Desk| desk.app.layers.line().map(|line| line.input.value().to_owned());
    let desk = desk.keys("/").settle();
    assert_eq!(text(&desk).as_deref(), Some("berit"));
    let desk = desk.press(KeyCode::Up).settle();
    assert_eq!((text(&desk).as_deref(), desk.names()), (Some("strom"), vec!["Berit Strøm".to_owned()]));
    let desk = desk.press(KeyCode::Down).settle();
    assert_eq!(text(&desk).as_deref(), Some("berit"));
    assert_eq!(text(&desk.press(KeyCode::Down).settle()), None, "below the last line is the table");
}

#[test]
fn all_fields_are_searched_and_those_hits_come_last() {
    let desk = klippers().settle().keys("/a").settle();
    assert_eq!(
        desk.says(),
        "4 of all 5 (08:12) · 1 more in other fields",
        "field 17 holds an A for everybody"
    );
    assert_eq!(desk.names().last().map(String::as_str), Some("Berit Strøm"));
    assert_eq!(desk.app.list.dividers(10), [(4, crate::words::Divider::OtherFields(1))]);
    let desk = desk.ctrl('f').settle();
    assert_eq!((desk.names().len(), desk.says().as_str()), (4, "Searching ID, name, phone and e-mail only"));
    let desk = desk.keys("zz").settle();
    assert_eq!(
        desk.says(),
        "No match in ID, name, phone or e-mail of all 5 (08:12) · Ctrl+F searches all fields"
    );
}

#[test]
fn a_record_read_again_leaves_the_hits_where_they_are() {
    let desk = klippers().settle().keys("/klip").settle().press(KeyCode::Tab).keys("j").press(KeyCode::Enter);
    let mut desk = desk.keys("r");
    let asked = desk.tasks.iter().position(|effect| matches!(effect, Task::FetchCustomer { .. })).unwrap();
    let asked = desk.tasks.remove(asked);
    let answer = desk.answer(&asked).unwrap();
    desk.send(answer);
    assert_eq!((desk.names().len(), desk.selected().as_deref()), (3, Some("1003")));
    assert_eq!(desk.settle().selected().as_deref(), Some("1003"));
}
