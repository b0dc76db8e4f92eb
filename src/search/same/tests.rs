//! Who has the same: counted to the last, and compared as a filter compares.

use super::*;
use crate::cube::{Moment, Page};
use crate::list::{Packing, Segment, Store};
use rstest::rstest;
use std::sync::Arc;

fn pages(records: &[String]) -> Vec<Unsearched> {
    let mut store = Store::new();
    let packing = Packing::default();
    let pages = records.chunks(100).count();
    for (number, records) in (1..).zip(records.chunks(100)) {
        let next = if (number as usize) < pages { "\"x\"" } else { "null" };
        let body = format!(r#"{{"count":null,"next":{next},"results":[{}]}}"#, records.join(","));
        let page = Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap();
        store.page_arrived(Arc::new(Segment::new(&page, &packing)));
    }
    store.searchable().into_iter().map(Unsearched::from).collect()
}

fn people() -> Vec<Unsearched> {
    let records = [
        ("1", "Kari Ås", "+47 909 09 090", "kari@a.no"),
        ("2", "kari as", "22 33 44 55 / 90909090", "Kari@A.no"),
        ("3", "Kari Ås Nord", "90909090 kontor", "joe@a.no"),
        ("4", "Aas", "+45 90 90 90 91", "jo@a.no"),
    ];
    pages(&records.map(|(id, name, phone, email)| {
        serde_json::json!({ "crm__customer_id": id, "crm__standard_info__name": name,
            "crm__standard_info__phone_2": phone, "crm__standard_info__email": email })
        .to_string()
    }))
}

#[rstest]
#[case::a_whole_name(StandardField::Name, "Kari  Ås ", 2)]
#[case::no_word_of_a_name(StandardField::Name, "Kari", 0)]
#[case::another_form_of_a_word(StandardField::Name, "Aas", 1)]
#[case::a_number_in_any_phone(StandardField::Phone1, "909 09 090", 3)]
#[case::one_of_two_numbers(StandardField::Phone3, "+47 22334455 / 11 11 11 11", 1)]
#[case::of_another_country(StandardField::Phone1, "+45 90909090", 0)]
#[case::a_part_of_a_number(StandardField::Phone1, "9090", 0)]
#[case::an_address(StandardField::Email, "KARI@a.no", 2)]
#[case::another_address(StandardField::Email, "joe@a.no", 1)]
#[case::nothing(StandardField::Name, " ", 0)]
#[case::an_id_is_not_asked_for(StandardField::Id, "1", 0)]
fn who_has_the_same_is_counted(#[case] field: StandardField, #[case] typed: &str, #[case] count: usize) {
    let same = same(&[(field, typed.to_owned())], &people(), &AtomicBool::new(false)).unwrap();
    assert_eq!(same.first().map_or(0, |same| same.count), count);
    assert!(same.iter().all(|same| same.field == field));
}

#[test]
fn however_many_have_the_same_all_are_counted() {
    let records: Vec<String> = (0..1_000)
        .map(|id| {
            let name = if id % 3 == 0 { "Kari Nord-Olsen" } else { "Kari Nord" };
            format!(r#"{{"crm__customer_id":"{id}","crm__standard_info__name":"{name}"}}"#)
        })
        .collect();
    let wanted = [(StandardField::Name, "kari nord".to_owned())];
    let same = same(&wanted, &pages(&records), &AtomicBool::new(false)).unwrap();
    assert_eq!(same, [Same { field: StandardField::Name, slot: Slot::new(1, 1), count: 666 }]);
}

#[test]
fn a_search_that_was_stopped_has_no_answer() {
    let wanted = [(StandardField::Name, "kari".to_owned())];
    assert_eq!(same(&wanted, &people(), &AtomicBool::new(true)), None);
}
