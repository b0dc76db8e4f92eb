//! Counts are those of a plain loop over the records.

use super::*;
use crate::cube::{Moment, Page, Record};
use crate::fields::FieldMap;
use crate::list::{Packing, Segment, Store};
use crate::search::{Query, Reach, Unsearched, run};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const KEY: &str = "crm__custom_info__390";

fn store(records: &[String], on_page: usize) -> Store {
    let (mut store, packing) = (Store::new(), Packing::default());
    let pages = records.chunks(on_page).count();
    for (number, records) in (1..).zip(records.chunks(on_page)) {
        let next = if (number as usize) < pages { "\"http://elsewhere/?page=2\"" } else { "null" };
        let body = format!(r#"{{"count":null,"next":{next},"results":[{}]}}"#, records.join(","));
        let page = Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap();
        store.page_arrived(Arc::new(Segment::new(&page, &packing)));
    }
    store
}

fn record(id: usize, city: Option<&str>) -> String {
    let city = city.map(|city| format!(r#","{KEY}":{}"#, serde_json::Value::from(city))).unwrap_or_default();
    format!(r#"{{"crm__customer_id":"{id}","crm__standard_info__name":"Kari {}"{city}}}"#, id % 3)
}

fn counts(store: &Store, key: &str, among: Option<&Found>, most: usize) -> Counts {
    count(key, &store.searchable(), among, most, &AtomicBool::new(false)).unwrap()
}

#[test]
fn values_are_told_by_how_many_have_them_the_most_frequent_first() {
    let cities = [Some("ASKIM"), Some("Oslo"), Some("Askim"), None, Some(""), Some("Ås")];
    let records: Vec<String> = cities.iter().enumerate().map(|(id, city)| record(id, *city)).collect();
    let store = store(&records, 4);
    let told = counts(&store, KEY, None, 2);
    let values: Vec<_> =
        told.values.iter().map(|value| (value.text.to_lowercase(), value.customers)).collect();
    assert_eq!(values, [("askim".to_owned(), 2), ("ås".to_owned(), 1)]);
    assert_eq!((told.distinct, told.any, told.customers), (3, 4, 6));
    let names = counts(&store, "crm__standard_info__name", None, 9);
    assert_eq!((names.distinct, names.any), (3, 6));
}

#[test]
fn only_those_who_were_found_are_counted() {
    let records: Vec<String> = (0..9).map(|id| record(id, Some("Oslo"))).collect();
    let store = store(&records, 4);
    let pages: Vec<Unsearched> = store.searchable().into_iter().map(Unsearched::from).collect();
    let query = Query::search("name:\"kari 1\"", Reach::Standard, &FieldMap::default());
    let mut found = Found::default();
    found.add(run(&query, &pages, &AtomicBool::new(false)).unwrap());
    let told = counts(&store, KEY, Some(&found), 9);
    assert_eq!((told.customers, told.values[0].customers), (3, 3));
}

#[test]
fn counting_that_was_stopped_has_no_answer() {
    let store = store(&[record(1, None)], 1);
    assert_eq!(count(KEY, &store.searchable(), None, 1, &AtomicBool::new(true)), None);
}

proptest! {
    #[test]
    fn counts_equal_a_plain_loop_over_the_records(
        cities in proptest::collection::vec(proptest::option::of("[a-cA-Cå]{0,2}"), 1..80),
        on_page in 1..40usize,
        again in proptest::option::of((0..80usize, "[a-c]{1,2}")),
    ) {
        let mut cities = cities;
        let records: Vec<String> =
            cities.iter().enumerate().map(|(id, city)| record(id, city.as_deref())).collect();
        let mut store = store(&records, on_page);
        if let Some((at, city)) = again.filter(|(at, _)| *at < cities.len()) {
            cities[at] = Some(city);
            let json = record(at, cities[at].as_deref());
            store.reread(&Record::new(json).unwrap(), Moment::at(9, 8, 12));
        }
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        for city in cities.iter().flatten().filter(|city| !city.is_empty()) {
            *expected.entry(crate::text::fold(city)).or_default() += 1;
        }
        let told = counts(&store, KEY, None, usize::MAX);
        let folded: BTreeMap<String, usize> =
            told.values.iter().map(|value| (crate::text::fold(&value.text), value.customers)).collect();
        prop_assert_eq!(&folded, &expected);
        prop_assert_eq!((told.distinct, told.any), (expected.len(), expected.values().sum()));
        prop_assert!(told.values.is_sorted_by_key(|value| std::cmp::Reverse(value.customers)));
    }
}
