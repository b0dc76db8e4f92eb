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
    let search = desk.effects.iter().rposition(|effect| matches!(effect, Effect::Search { .. })).unwrap();
    assert_eq!(desk.asked(), [3, 4, 5, 6], "four at once");
    let answer = desk.answer(&desk.effects[search]).unwrap();
    desk.send(answer);
    assert_eq!(desk.says(), "1 found in 20 of 100");
    let desk = desk.settle();
    assert_eq!(desk.says(), "11 found among all 100 as of 08:12");
}

#[test]
fn a_long_list_is_loaded_only_when_told_to() {
    let desk = Desk::new(1000, 10).settle().keys("/\"kunde 999\"").settle();
    assert_eq!(desk.says(), "nothing in the 20 loaded of 1,000 · Tab loads the rest (98 requests)");
    let desk = desk.press(KeyCode::Tab).settle();
    assert_eq!(desk.says(), "1 found among all 1,000 as of 08:12");
}

#[test]
fn nobody_among_all_is_said_with_the_time() {
    let desk = klippers().settle().keys("/xyz").settle();
    assert_eq!(desk.says(), "no \"xyz\" among all 5 as of 08:12");
}

#[test]
fn an_answer_is_never_about_all_while_a_page_failed() {
    let desk = Desk::new(30, 10).settle().keys("/kunde").fail(3, 502).settle();
    assert!(desk.says().starts_with("20 found in 20 of 30 · 1 page failed"), "{}", desk.says());
    let desk = desk.press(KeyCode::Tab).settle();
    assert_eq!(desk.says(), "30 found among all 30 as of 08:12");
}

#[test]
fn escape_stops_the_load_first_and_clears_the_search_next() {
    let mut desk = Desk::new(100, 10).settle().keys("/kunde");
    desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Esc)));
    assert!(desk.effects.contains(&Effect::CancelPages));
    desk.effects.retain(|effect| !matches!(effect, Effect::FetchPage { .. }));
    let desk = desk.settle();
    assert_eq!(desk.says(), "20 found in 20 of 100 · Tab loads the rest (8 requests)");
    let desk = desk.keys(" ").settle();
    assert_eq!(desk.app.store.scope().loaded, 20, "typing on does not start it again");
    let desk = desk.press(KeyCode::Esc).settle();
    assert!(desk.app.find.is_none());
    assert_eq!(desk.app.row_count(), 100);
}

#[test]
fn clearing_the_search_leaves_the_cursor_on_its_customer() {
    let desk = klippers().settle().keys("/klip").settle().press(KeyCode::Down).settle();
    assert_eq!(desk.selected().as_deref(), Some("1003"));
    let desk = desk.press(KeyCode::Esc);
    assert_eq!((desk.selected().as_deref(), desk.app.row_count()), (Some("1003"), 5));
}

#[test]
fn clearing_a_search_without_hits_goes_back_to_where_the_cursor_was() {
    let desk = klippers().settle().keys("jj/xyz").settle().press(KeyCode::Esc).settle();
    assert_eq!(desk.selected().as_deref(), Some("1002"));
}

#[test]
fn a_letter_puts_the_cursor_on_the_best_hit_and_a_page_leaves_it_there() {
    // The better hit, an exact id, is on the last page.
    let mut names = vec!["Kari 77", "Ola Nord", "Berit 77"];
    names.extend(["Per"; 21]);
    let mut people = people(&[&names[..], &["Siv"]].concat());
    people[24].0 = "77".to_owned();
    let mut desk = Desk::of(people, 5).settle().keys("/77");
    let later: Vec<Effect> =
        desk.effects.extract_if(.., |effect| matches!(effect, Effect::FetchPage { .. })).collect();
    let mut desk = desk.settle();
    assert_eq!((desk.selected().as_deref(), desk.app.cursor.row()), (Some("1000"), 0));
    desk.effects.extend(later);
    let desk = desk.settle();
    assert_eq!(desk.names(), ["Siv", "Kari 77", "Berit 77"]);
    assert_eq!((desk.selected().as_deref(), desk.app.cursor.row()), (Some("1000"), 1));
}

#[test]
fn enter_keeps_the_filter_and_the_table_has_the_keys_again() {
    let desk = klippers().settle().keys("/klip").settle().press(KeyCode::Enter);
    assert_eq!((desk.app.context(), desk.names().len()), (Context::Table, 3));
    let desk = desk.keys("j").keys("/");
    assert_eq!(desk.app.context(), Context::Search);
    assert_eq!(desk.app.find.as_ref().unwrap().input.value(), "klip");
}

#[test]
fn an_older_answer_is_dropped() {
    let mut desk = klippers().settle().keys("/klip");
    let older = desk.effects.iter().position(|effect| matches!(effect, Effect::Search { .. })).unwrap();
    let older = desk.effects.remove(older);
    let mut desk = desk.keys("pen").settle();
    let answer = desk.answer(&older).unwrap();
    desk.send(answer);
    assert_eq!(desk.names(), ["Ola Klippen"]);
}

#[test]
fn a_paste_of_words_opens_the_search_and_one_of_digits_the_lookup() {
    let desk = klippers().settle().paste("berit\nq\n").settle();
    assert_eq!((desk.app.context(), desk.names()), (Context::Search, vec!["Berit Strøm".to_owned()]));
    let desk = klippers().settle().paste(" 1003 ").settle();
    assert_eq!((desk.app.context(), desk.names()), (Context::Lookup, vec!["Klipp AS".to_owned()]));
}

#[test]
fn an_unknown_field_is_said_with_the_nearest() {
    let desk = klippers().settle().keys("/nmae:kari").settle();
    assert_eq!(desk.says(), "no field is called \"nmae\" · did you mean name: ?");
    assert_eq!(desk.names(), [] as [String; 0]);
}

#[test]
fn an_answer_is_not_about_all_before_all_was_searched() {
    let mut desk = Desk::new(30, 10).settle().keys("/\"kunde 29\"");
    while !desk.effects.iter().all(|effect| matches!(effect, Effect::Search { .. })) {
        let page = desk.effects.iter().position(|effect| matches!(effect, Effect::FetchPage { .. }));
        let Some(at) = page else { break };
        let page = desk.effects.remove(at);
        let answer = desk.answer(&page).unwrap();
        desk.send(answer);
        assert!(!desk.says().contains("among all"), "{}", desk.says());
    }
    assert_eq!(desk.settle().says(), "1 found among all 30 as of 08:12");
}

#[test]
fn lines_can_be_had_again_and_near_names_taken() {
    let desk = klippers().settle().keys("/strom").settle().press(KeyCode::Enter).press(KeyCode::Esc);
    let desk = desk.keys("/").press(KeyCode::Up).settle();
    assert_eq!(
        (desk.names(), desk.app.find.as_ref().unwrap().input.value()),
        (vec!["Berit Strøm".to_owned()], "strom")
    );
    let desk = desk.press(KeyCode::Down).settle();
    assert_eq!(desk.app.find.as_ref().unwrap().input.value(), "strom", "below the last line are the rows");
}

#[test]
fn all_fields_are_searched_when_asked_for_and_the_line_says_so() {
    let desk = klippers().settle().keys("/a").settle();
    let standard = desk.names().len();
    let desk = desk.ctrl('f').settle();
    assert!(desk.says().contains("found in all fields among all 5"), "{}", desk.says());
    assert!(desk.names().len() > standard, "field 17 holds an A for everybody");
}

#[test]
fn a_record_read_again_leaves_the_hits_where_they_are() {
    let desk =
        klippers().settle().keys("/klip").settle().press(KeyCode::Enter).keys("j").press(KeyCode::Enter);
    let mut desk = desk.keys("r");
    let asked =
        desk.effects.iter().position(|effect| matches!(effect, Effect::FetchCustomer { .. })).unwrap();
    let asked = desk.effects.remove(asked);
    let answer = desk.answer(&asked).unwrap();
    desk.send(answer);
    assert_eq!((desk.names().len(), desk.selected().as_deref()), (3, Some("1003")));
    assert_eq!(desk.settle().selected().as_deref(), Some("1003"));
}
