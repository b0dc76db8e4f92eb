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
fn a_letter_puts_the_cursor_on_the_best_hit_and_a_page_leaves_it_where_it_is() {
    let mut desk = klippers().settle().keys("/kl");
    // Page 3, with a better hit, comes after the first answer.
    let later = desk
        .effects
        .iter()
        .position(|effect| matches!(effect, Effect::FetchPage { .. }))
        .map(|at| desk.effects.remove(at));
    let desk_settled = desk.settle();
    let before = desk_settled.selected();
    let mut desk = desk_settled;
    desk.effects.extend(later);
    let desk = desk.settle();
    assert_eq!(desk.selected(), before);
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
    assert_eq!(desk.says(), "no field is called \"nmae\" · did you mean name:?");
    assert_eq!(desk.names(), [] as [String; 0]);
}
