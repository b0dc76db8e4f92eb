//! Who is shown as alike, in what order, and what the line becomes.

use super::*;
use crate::cube::{Moment, Page};
use crate::fields::FieldMap;
use crate::list::{Packing, Segment, Store};
use crate::search::{Found, Reach};
use rstest::rstest;
use std::sync::Arc;

/// A list of pages of customers with these names, each with an address of the same letters.
fn store(pages: &[&[&str]]) -> Store {
    let (mut store, packing) = (Store::new(), Packing::default());
    for (number, names) in (1..).zip(pages) {
        let customer = |(at, name): (usize, &&str)| {
            serde_json::json!({ "crm__customer_id": format!("{number}{at:03}"), "crm__standard_info__name": name,
                "crm__standard_info__phone_1": format!("9090{number:02}{at:02}"),
                "crm__standard_info__email": "kari@oslo.no" })
        };
        let customers: Vec<_> = names.iter().enumerate().map(customer).collect();
        let next = ((number as usize) < pages.len()).then_some("http://elsewhere/?page=9");
        let body = serde_json::json!({ "count": null, "next": next, "results": customers }).to_string();
        let page = Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap();
        store.page_arrived(Arc::new(Segment::new(&page, &packing)));
    }
    store
}

fn unsearched(store: &Store) -> Vec<Unsearched> {
    store.searchable().into_iter().map(Unsearched::from).collect()
}

fn alike(store: &Store, line: &str) -> Alike {
    let query = Query::search(line, Reach::Standard, &FieldMap::default());
    run(line, &query, &unsearched(store), &AtomicBool::new(false)).unwrap()
}

fn names(store: &Store, alike: &Alike) -> Vec<String> {
    let name = |slot: &Slot| store.record(*slot).unwrap().standard().name.as_raw().to_owned();
    alike.slots.iter().map(name).collect()
}

fn finds(store: &Store, line: &str) -> usize {
    let query = Query::search(line, Reach::Standard, &FieldMap::default());
    let mut found = Found::default();
    found.add(search(&query, &unsearched(store), &AtomicBool::new(false)).unwrap());
    found.len()
}

const PEOPLE: &[&[&str]] = &[
    &["Kari Olsen", "Ola Hansen", "Per Jakobsen", "Jan Jacobsen", "Liv Jakobssen"],
    &["Kari Nordmann", "Kari Marie Olsen", "Karin Olsson", "Anne-Marie Hanssen", "Christoffer Ødegård"],
    &["Hansen Rør AS", "Kristoffer Berg", "Thor Wiig"],
];

#[rstest]
#[case::by_sound("jakobsen", &["Jan Jacobsen", "Liv Jakobssen"])]
#[case::by_an_edit("olsne", &["Kari Olsen", "Kari Marie Olsen"])]
#[case::the_nearest_first("hanson", &["Ola Hansen", "Anne-Marie Hanssen", "Hansen Rør AS"])]
#[case::two_words("kari olsne", &["Kari Olsen", "Kari Marie Olsen"])]
#[case::surname_first("olsne kari", &["Kari Olsen", "Kari Marie Olsen"])]
#[case::both_wrong("karri olsne", &["Kari Olsen", "Kari Marie Olsen"])]
#[case::a_hyphenated_name("anne-marei", &["Anne-Marie Hanssen"])]
#[case::a_number_beside_it("olsne 909001", &["Kari Olsen"])]
#[case::in_a_field("name:olsne", &["Kari Olsen", "Kari Marie Olsen"])]
#[case::both_spellings("kristoffer", &["Christoffer Ødegård"])]
#[case::three_letters_by_sound("tor", &["Thor Wiig"])]
#[case::letters_of_an_address("olsne oslo", &["Kari Olsen", "Kari Marie Olsen"])]
#[case::somebody_is_left_out("olsne -marie", &["Kari Olsen"])]
#[case::nobody("zzzzqx", &[])]
#[case::a_number("909", &[])]
#[case::nothing("", &[])]
fn names_that_are_alike_are_shown(#[case] line: &str, #[case] expected: &[&str]) {
    let store = store(PEOPLE);
    let found = alike(&store, line);
    assert_eq!(names(&store, &found), expected);
    assert_eq!(found.len, expected.len());
}

#[test]
fn who_is_found_is_not_alike_too() {
    let store = store(PEOPLE);
    let found = alike(&store, "karin");
    assert!(!names(&store, &found).contains(&"Karin Olsson".to_owned()));
    // All have the address kari@oslo.no.
    assert_eq!(alike(&store, "kari").slots, []);
}

#[rstest]
#[case::one_word("olsne", &["Olsen"])]
#[case::the_wrong_word_alone("kari olsne", &["kari Olsen"])]
#[case::a_letter_of_norway("odegrd kristoffer", &["Ødegård Christoffer"])]
#[case::a_hyphenated_name("anne-marei", &["anne-Marie"])]
#[case::never_itself("kari oslo", &[])]
fn a_line_is_corrected(#[case] line: &str, #[case] expected: &[&str]) {
    let store = store(PEOPLE);
    let lines = alike(&store, line).lines;
    assert!(lines.iter().all(|line| expected.contains(&line.as_str())), "{lines:?}");
    assert_eq!(lines.is_empty(), expected.is_empty());
    assert!(lines.iter().all(|line| finds(&store, line) > 0), "{lines:?}");
}

#[test]
fn the_words_are_named_with_how_many_have_them() {
    let words = alike(&store(PEOPLE), "hanson").words;
    assert_eq!(words, [("Hansen".to_owned(), 2), ("Hanssen".to_owned(), 1)]);
}

#[test]
fn a_question_that_was_stopped_has_no_answer() {
    let query = Query::search("olsne", Reach::Standard, &FieldMap::default());
    assert!(run("olsne", &query, &unsearched(&store(PEOPLE)), &AtomicBool::new(true)).is_none());
}
