//! Counts are those of a plain loop over the records.

use super::*;
use crate::cube::{Moment, Page, Record};
use crate::fields::FieldMap;
use crate::list::phone::{self, IMPLICIT};
use crate::list::{Packing, Segment, Store};
use crate::search::{Condition, Query, Reach, Unsearched, run};
use crate::text::Country;
use proptest::prelude::*;
use rstest::rstest;
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

#[rstest]
#[case::the_same("abc", "abc", true)]
#[case::nothing("", "", true)]
#[case::one_is_longer("kari hansen", "kari hansen as", false)]
#[case::the_middle("kari nord 1 hansen as", "kari nord 2 hansen as", false)]
#[case::long("kari nord 1 hansen as", "kari nord 1 hansen as", true)]
#[case::the_ninth_of_sixteen("0123456789abcdef", "01234567x9abcdef", false)]
fn texts_are_told_apart_by_all_their_bytes(#[case] one: &str, #[case] other: &str, #[case] is_same: bool) {
    let hashed = |text| Hashed::new(1, text, Met::NEVER);
    assert_eq!(hashed(one).is_same(&hashed(other)), is_same);
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

#[rstest]
#[case::a_phone("crm__standard_info__phone_1", "+47 909 09 090", &[("909 09 090", 2)])]
#[case::a_phone_beside_words("crm__standard_info__phone_1", "Kari: 909 09 090", &[("909 09 090", 2)])]
#[case::a_phone_that_is_gone("crm__standard_info__phone_1", "", &[("909 09 090", 1)])]
#[case::a_name("crm__standard_info__name", "Ås", &[("Ås", 2)])]
#[case::an_address("crm__standard_info__email", "A@X.no", &[("a@x.no", 2)])]
#[case::an_id("crm__customer_id", "2", &[("1", 1), ("2", 1)])]
#[case::a_city("crm__custom_info__390", "OSLO", &[("Oslo", 2)])]
#[case::another_field("crm__custom_info__7", "x", &[("x", 2)])]
fn who_was_read_again_is_counted_as_all_others(
    #[case] key: &str,
    #[case] value: &str,
    #[case] values: &[(&str, usize)],
) {
    let record = |id: &str| {
        serde_json::json!({
            "crm__customer_id": id, "crm__standard_info__name": "Ås", "crm__standard_info__email": "a@x.no",
            "crm__standard_info__phone_1": "909 09 090", KEY: "Oslo", "crm__custom_info__7": "x",
        })
    };
    let mut store = store(&["1", "2"].map(|id| record(id).to_string()), 2);
    let mut again = record("2");
    again[key] = value.into();
    store.reread(&Record::new(again.to_string()).unwrap(), Moment::at(9, 8, 12)).unwrap();
    let told = counts(&store, key, None, 9);
    let told: Vec<_> = told.values.iter().map(|value| (value.text.as_str(), value.customers)).collect();
    assert_eq!(told, values);
}

#[test]
fn a_value_that_no_customer_has_any_more_is_not_told() {
    let (mut store, packing) = (Store::new(), Packing::default());
    for city in ["Oslo", "Askim"] {
        let body = format!(r#"{{"count":1,"next":null,"results":[{}]}}"#, record(1, Some(city)));
        let page = Page::from_json(1, body, Moment::at(0, 8, 12)).unwrap();
        store.page_arrived(Arc::new(Segment::new(&page, &packing)));
    }
    let told = counts(&store, KEY, None, 9);
    assert_eq!(told.values, [ValueCount { text: "Askim".to_owned(), customers: 1 }]);
    assert_eq!((told.distinct, told.any), (1, 1));
}

#[test]
fn a_value_is_told_as_the_first_customer_has_it() {
    let cities = [None, Some("ASKIM"), Some("Askim"), Some("askim")];
    let records: Vec<String> = cities.iter().enumerate().map(|(id, city)| record(id, *city)).collect();
    let told = counts(&store(&records, 1), KEY, None, 9);
    assert_eq!(told.values, [ValueCount { text: "ASKIM".to_owned(), customers: 3 }]);
}

#[test]
fn counting_that_was_stopped_has_no_answer() {
    let store = store(&[record(1, None)], 1);
    assert_eq!(count(KEY, &store.searchable(), None, 1, &AtomicBool::new(true)), None);
}

/// What a plain loop makes of a value: a phone is its first number, all else its folded text.
fn plain(key: &str, value: &str) -> String {
    let number = phone::scan(value, Country::default()).numbers.into_iter().next();
    let Some(number) = number.filter(|_| key.contains("phone")) else { return crate::text::fold(value) };
    let mut form = String::new();
    phone::write(&number, Country::default(), &mut form);
    form.trim_end_matches(IMPLICIT).to_owned()
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-cA-C\"å, =:-]{1,4}",
        "-?[0-9]{1,3}(\\.[0-9]{1,2})?",
        "(19|20)[0-9]{2}-0[1-9]-1[0-9]",
        "[a-c]{1,2}  ?[0-9]",
    ]
}

fn found_by(store: &Store, filter: &str) -> usize {
    let (fields, _) = FieldMap::read(r#"{"390": "Post sted"}"#).unwrap();
    let query = Query::search(filter, Reach::Standard, &fields);
    let pages: Vec<Unsearched> = store.searchable().into_iter().map(Unsearched::from).collect();
    let mut found = Found::default();
    found.add(run(&query, &pages, &AtomicBool::new(false)).unwrap());
    found.len()
}

proptest! {
    #[test]
    fn whatever_is_counted_a_filter_finds(
        values in proptest::collection::vec(proptest::option::weighted(0.9, any_value()), 1..40),
        numbers in proptest::collection::vec(-50_000..50_000_i32, 13..60),
        places in 0..3_u32,
    ) {
        let (fields, _) = FieldMap::read(r#"{"390": "Post sted"}"#).unwrap();
        let number = |number: &i32| (f64::from(*number) / 10_f64.powi(places.cast_signed())).to_string();
        for values in [values, numbers.iter().map(number).map(Some).collect()] {
            let records: Vec<String> =
                values.iter().enumerate().map(|(id, value)| record(id, value.as_deref())).collect();
            let store = store(&records, 7);
            let told = counts(&store, KEY, None, usize::MAX);
            for value in &told.values {
                let filter = Condition::OneOf(vec![value.text.clone()]).of_field(KEY, &fields);
                prop_assert_eq!(found_by(&store, &filter), value.customers, "{}", filter);
            }
            for range in &told.ranges {
                let filter = Condition::Within(range.text.clone()).of_field(KEY, &fields);
                prop_assert_eq!(found_by(&store, &filter), range.customers, "{}", filter);
            }
            let empty = Condition::Empty.of_field(KEY, &fields);
            prop_assert_eq!(found_by(&store, &empty), told.customers - told.any);
        }
    }

    #[test]
    fn counts_equal_a_plain_loop_over_the_records(
        values in proptest::collection::vec(proptest::option::of(value()), 1..80),
        key in proptest::sample::select(vec![KEY, "crm__standard_info__name", "crm__standard_info__phone_2"]),
        on_page in 1..40usize,
        again in proptest::collection::vec((0..80usize, value()), 0..3),
    ) {
        let record = |(id, value): (usize, &Option<String>)| {
            let mut record = serde_json::json!({ "crm__customer_id": id.to_string() });
            if let Some(value) = value {
                record[key] = value.as_str().into();
            }
            record.to_string()
        };
        let mut values = values;
        let mut store = store(&values.iter().enumerate().map(record).collect::<Vec<_>>(), on_page);
        for (at, value) in again.into_iter().filter(|(at, _)| *at < values.len()).collect::<Vec<_>>() {
            values[at] = Some(value);
            store.reread(&Record::new(record((at, &values[at]))).unwrap(), Moment::at(9, 8, 12));
        }
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        for value in values.iter().flatten().filter(|value| !value.is_empty()) {
            *expected.entry(plain(key, value)).or_default() += 1;
        }
        let told = counts(&store, key, None, usize::MAX);
        let by_form: BTreeMap<String, usize> =
            told.values.iter().map(|value| (plain(key, &value.text), value.customers)).collect();
        prop_assert_eq!(&by_form, &expected);
        prop_assert_eq!((told.distinct, told.any), (expected.len(), expected.values().sum()));
        prop_assert!(told.values.is_sorted_by_key(|value| std::cmp::Reverse(value.customers)));
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof!["[a-cA-Cå]{0,2}", "(\\+47 ?)?9[0-1]{3} ?0000( / 22334455)?", "ring 9000[01]000"]
}
