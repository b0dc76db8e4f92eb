//! Sorting by columns: the order, what is said of it, and that the cursor stays on its customer.

use super::*;
use crate::search::sort::Order;

const CITIES: [&str; 6] = ["Oslo", "Ås", "Askim", "Drammen", "", "Askim"];

/// Customers whose names are these, two on a page.
fn desk() -> Desk {
    let mut customers = people(&CITIES);
    customers.reverse();
    let mut desk = Desk::of(customers, 2);
    desk.app.keymap = Keymap::delivered().unwrap();
    desk.settle()
}

/// Goes to the column with the name, and sorts by it.
fn by_name(desk: Desk) -> Desk {
    desk.press(KeyCode::Right).press(KeyCode::Right).ctrl('s')
}

fn sorts(desk: &Desk) -> Vec<Vec<Order>> {
    let orders = |task: &Task| match task {
        Task::Sort { orders, .. } => Some(orders.clone()),
        _ => None,
    };
    desk.tasks.iter().filter_map(orders).collect()
}

#[test]
fn one_key_sorts_the_column_ascending_then_descending_then_in_cubes_order() {
    let desk = by_name(desk()).settle();
    assert_eq!(desk.names(), ["Askim", "Askim", "Drammen", "Oslo", "Ås", ""]);
    assert_eq!(desk.says(), "Sorted by Name · all 6 (08:12)");
    let desk = desk.ctrl('s').settle();
    assert_eq!(desk.names(), ["Ås", "Oslo", "Drammen", "Askim", "Askim", ""]);
    assert_eq!(desk.says(), "Sorted by Name (descending) · all 6 (08:12)");
    let desk = desk.ctrl('s').settle();
    assert_eq!(desk.names(), ["Askim", "", "Drammen", "Askim", "Ås", "Oslo"]);
    assert_eq!(desk.says(), "In Cube's order");
    assert!(!desk.app.list.sorting.is_under_way());
}

#[test]
fn without_a_column_there_is_nothing_to_sort_by() {
    let desk = desk().ctrl('s');
    assert_eq!(desk.says(), "Go to a column with ← or → first");
    assert!(sorts(&desk).is_empty());
}

#[test]
fn a_second_column_decides_where_the_first_leaves_two_alike() {
    let then = |desk: Desk| desk.script("⌘as well\n");
    let desk = then(by_name(desk()).settle().press(KeyCode::Left));
    assert_eq!(desk.says(), "Sorted by Name, then ID · all 6 (08:12)");
    let ids = |desk: &Desk| (0..2).map(|row| id_on(desk, row)).collect::<Vec<_>>();
    assert_eq!(ids(&desk), ["1002", "1005"]);
    let desk = then(desk);
    assert_eq!(ids(&desk), ["1005", "1002"]);
    assert_eq!(desk.says(), "Sorted by Name, then ID (descending) · all 6 (08:12)");
    assert_eq!(then(desk).says(), "Sorted by Name · all 6 (08:12)");
}

fn id_on(desk: &Desk, row: usize) -> String {
    match desk.app.list.row(row) {
        Some(crate::list::Row::Loaded(slot)) => desk.app.list.id_at(slot).unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn until_the_rows_are_sorted_they_stay_as_they_are() {
    let desk = by_name(desk());
    assert_eq!(desk.names()[0], "Askim");
    assert_eq!(desk.says(), "Sorting by Name · all 6 (08:12)");
    assert!(desk.app.list.view.orders().is_empty(), "the head of the column says how the rows are");
}

#[test]
fn the_cursor_goes_with_its_customer_and_from_the_first_row_stays_on_it() {
    let desk = by_name(desk().press(KeyCode::Down).press(KeyCode::Down)).settle();
    assert_eq!((desk.selected().as_deref(), desk.app.list.cursor.row()), (Some("1003"), 2));
    let desk = desk.press(KeyCode::Home).ctrl('s').settle();
    assert_eq!((desk.selected().as_deref(), desk.app.list.cursor.row()), (Some("1001"), 0));
}

#[test]
fn a_newer_sort_is_the_one_that_counts() {
    let mut desk = by_name(desk());
    let late = desk.tasks.iter().find(|task| matches!(task, Task::Sort { .. })).cloned().unwrap();
    desk = desk.ctrl('s');
    assert!(desk.tasks.contains(&Task::CancelSort(desk.app.list.id)));
    let late = desk.answer(&late).unwrap();
    desk.send(late);
    assert!(desk.app.list.view.orders().is_empty());
    assert_eq!(desk.settle().names()[0], "Ås");
}

#[test]
fn of_a_long_list_what_is_loaded_is_sorted_and_the_rest_on_demand() {
    let mut desk = Desk::delivered(500, 5).settle();
    desk = by_name(desk.press(KeyCode::Down)).ctrl('s').settle();
    assert_eq!(
        desk.says(),
        "Sorted by Name (descending) · 15 of 500 loaded · Ctrl+G loads the rest (97 requests)"
    );
    assert_eq!((desk.names().len(), &*desk.names()[0]), (15, "Kunde 9"));
    assert_eq!(desk.selected().as_deref(), Some("1001"));
    desk = desk.ctrl('g');
    while let Some(answer) = desk.next_answer() {
        desk.send(answer);
        assert_eq!(desk.selected().as_deref(), Some("1001"), "rows come in around the cursor");
    }
    assert_eq!(desk.says(), "Sorted by Name (descending) · all 500 (08:12)");
    let names = desk.names();
    assert_eq!((names.len(), &*names[0], &*names[1]), (500, "Kunde 99", "Kunde 98"));
}

#[test]
fn the_rest_of_a_list_is_loaded_by_itself_where_that_takes_few_requests() {
    let desk = by_name(Desk::delivered(50, 5).settle());
    assert_eq!(desk.asked().len(), crate::cube::AT_ONCE);
    let desk = desk.settle();
    assert_eq!((desk.names().len(), desk.says()), (50, "Sorted by Name · all 50 (08:12)".to_owned()));
}

#[test]
fn typing_ranks_the_hits_and_a_filter_that_is_kept_is_sorted() {
    let names = ["Hans Å", "Bo Hansen", "Hansen", "Kari", "Anna Hansen"];
    let mut desk = Desk::of(people(&names), 9);
    desk.app.keymap = Keymap::delivered().unwrap();
    let sorted = ["Anna Hansen", "Bo Hansen", "Hans Å", "Hansen", "Kari"];
    let desk = by_name(desk.settle()).settle();
    assert_eq!(desk.names(), sorted);
    let desk = desk.keys("hans").settle();
    assert_eq!(desk.names(), ["Hans Å", "Bo Hansen", "Hansen", "Anna Hansen"], "Cube's order in one rank");
    assert_eq!(desk.says(), "4 of all 5 (08:12)");
    let desk = desk.press(KeyCode::Tab).settle();
    assert_eq!(desk.names(), ["Anna Hansen", "Bo Hansen", "Hans Å", "Hansen"]);
    assert_eq!(desk.says(), "4 of all 5 (08:12) · sorted by Name");
    assert_eq!(desk.selected().as_deref(), Some("1000"), "the cursor stays on its customer");
    // The line that is opened again ranks, and closed without a change it shows what was there.
    let desk = desk.press(KeyCode::F(3)).settle();
    assert_eq!((&*desk.names()[0], desk.selected().as_deref()), ("Hans Å", Some("1000")));
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((&*desk.names()[0], desk.selected().as_deref()), ("Anna Hansen", Some("1000")));
    // Esc drops the filter and not the sort.
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!(
        (desk.names(), desk.selected().as_deref()),
        (sorted.map(str::to_owned).to_vec(), Some("1000"))
    );
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!(desk.names(), sorted);
}

#[test]
fn a_sort_while_a_filter_is_kept_is_one_of_the_whole_list_too() {
    let desk = desk().keys("askim").settle().press(KeyCode::Tab).settle();
    let desk = by_name(desk).ctrl('s').settle().press(KeyCode::Esc).settle();
    assert_eq!(desk.names()[0], "Ås");
    let desk = desk.keys("askim").settle().press(KeyCode::Tab).settle().ctrl('s').settle();
    assert_eq!(desk.says(), "In Cube's order");
    assert_eq!(desk.press(KeyCode::Esc).settle().names()[0], "Askim");
}

#[test]
fn a_customer_who_is_read_again_goes_to_their_place() {
    let mut desk = by_name(desk()).settle().press(KeyCode::Down);
    let read = (desk.selected().unwrap(), "Ølen".to_owned(), "1".to_owned());
    let later = FetchedCustomer { read: desk.now_in(60), ..reading(&read, NOW) };
    let Parts { list, mut env, .. } = desk.app.parts();
    let id = list.id;
    list.take_in(&mut env, &later, id);
    let desk = desk.press(KeyCode::F(6)).settle();
    assert_eq!(desk.names(), ["Askim", "Drammen", "Oslo", "Ølen", "Ås", ""]);
    assert_eq!(desk.selected().as_deref(), Some(&*read.0));
}

#[test]
fn a_customer_who_was_looked_up_is_sorted_among_the_others_and_has_the_cursor() {
    let mut desk = Desk::delivered(500, 5).settle();
    desk = by_name(desk.press(KeyCode::Down)).ctrl('s').settle();
    let found = ("7".to_owned(), "Kunde 55".to_owned(), "1".to_owned());
    let Parts { list, mut env, .. } = desk.app.parts();
    let id = list.id;
    let slot = list.take_in(&mut env, &reading(&found, NOW), id).unwrap();
    list.move_to_customer(&env, slot);
    let desk = desk.press(KeyCode::Null).settle();
    assert_eq!(desk.names()[4..6], ["Kunde 55", "Kunde 5"]);
    assert_eq!(desk.selected().as_deref(), Some("7"));
}

#[test]
fn a_refresh_and_another_credential_keep_the_order() {
    let desk = by_name(desk()).settle();
    let sorted = desk.names();
    let mut desk = desk;
    desk.send(Msg::Session(SessionReply::CredentialTaken));
    let mut desk = desk.settle();
    assert_eq!(desk.names(), sorted);
    desk.customers.truncate(3);
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(5), KeyModifiers::SHIFT)));
    let desk = desk.settle();
    assert_eq!(desk.names(), ["Askim", "Drammen", ""]);
}

#[test]
fn escape_while_the_rest_is_loaded_stops_that_and_the_sort_stays() {
    let mut desk = by_name(Desk::delivered(500, 5).settle()).ctrl('g').press(KeyCode::Esc);
    desk.forget_what_was_cancelled();
    let desk = desk.settle();
    assert!(desk.app.list.load.rest().is_none());
    assert!(desk.says().starts_with("Sorted by Name · 15 of 500 loaded"), "{}", desk.says());
}
