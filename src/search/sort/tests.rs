//! A sort is a permutation, in order and stable, whatever the page holds the values as.

use super::key::{Head, KeyList, NOTHING};
use super::*;
use crate::cube::{Moment, Page, Record};
use crate::list::{Packing, Segment, Store};
use proptest::prelude::*;
use rstest::rstest;
use std::sync::{Arc, LazyLock};

const KEY: &str = "crm__custom_info__7";
static NORWEGIAN: LazyLock<Collation> = LazyLock::new(Collation::default);

fn page(number: u32, records: &[String], packing: &Packing) -> Arc<Segment> {
    let body =
        format!(r#"{{"count":null,"next":"http://elsewhere/?page=2","results":[{}]}}"#, records.join(","));
    Arc::new(Segment::new(&Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap(), packing))
}

fn record(id: usize, value: Option<&str>) -> String {
    let field = value.map(|value| format!(r#","{KEY}":{value}"#)).unwrap_or_default();
    format!(r#"{{"crm__customer_id":"{id}","crm__standard_info__name":"Kunde {}"{field}}}"#, id % 3)
}

fn store(values: &[Option<String>], on_page: usize) -> Store {
    let records: Vec<String> =
        values.iter().enumerate().map(|(id, value)| record(id, value.as_deref())).collect();
    let (mut store, packing) = (Store::new(), Packing::default());
    for (number, records) in (1..).zip(records.chunks(on_page)) {
        store.page_arrived(page(number, records, &packing));
    }
    store
}

fn order(key: &str, descending: bool) -> Order {
    Order { key: key.to_owned(), descending }
}

fn sorted(store: &Store, orders: &[Order]) -> Sorted {
    sort(orders, &store.searchable(), None, &NORWEGIAN, &AtomicBool::new(false)).unwrap()
}

fn ids(store: &Store, sorted: &Sorted) -> Vec<usize> {
    let slots = (0..sorted.len()).filter_map(|row| sorted.slot(row));
    slots.map(|slot| store.segment(slot.page).unwrap().id(slot.index).parse().unwrap()).collect()
}

#[rstest]
#[case::norwegian(&["\"Ås\"", "\"Oslo\"", "\"Aas\"", "\"Ærø\"", "\"askim\"", "\"Øre\""], &[4, 1, 3, 5, 0, 2])]
#[case::numbers(&["\"10\"", "9", "\"1 000,5\"", "-1", "\"\"", "9.5"], &[3, 1, 5, 0, 2, 4])]
#[case::days(&["\"2000-01-02\"", "\"01.05.1999\"", "null", "\"1999-06-01\""], &[1, 3, 0, 2])]
#[case::moments(
    &["\"2026-01-31T09:00:00\"", "\"2026-01-31\"", "\"2026-01-31T08:59:59Z\"", "\"30.01.2026 23:00\""],
    &[3, 1, 2, 0]
)]
#[case::numbers_before_days_before_text(&["\"b\"", "\"1999-06-01\"", "5"], &[2, 1, 0])]
fn values_are_in_order_by_their_kind(#[case] values: &[&str], #[case] expected: &[usize]) {
    let values: Vec<Option<String>> = values.iter().map(|value| Some((*value).to_owned())).collect();
    let store = store(&values, 2);
    assert_eq!(ids(&store, &sorted(&store, &[order(KEY, false)])), expected);
}

#[test]
fn who_has_no_value_is_last_either_way_and_alike_ones_stay_in_order() {
    let values = ["\"b\"", "null", "\"a\"", "\"b\"", "\"\""].map(|value| Some(value.to_owned()));
    let store = store(&values, 2);
    assert_eq!(ids(&store, &sorted(&store, &[order(KEY, false)])), [2, 0, 3, 1, 4]);
    assert_eq!(ids(&store, &sorted(&store, &[order(KEY, true)])), [0, 3, 2, 1, 4]);
}

#[test]
fn a_second_order_decides_where_the_first_leaves_two_alike() {
    let values = ["2", "1", "2", "1"].map(|value| Some(value.to_owned()));
    let store = store(&values, 3);
    let orders = [order(KEY, false), order("crm__customer_id", true)];
    assert_eq!(ids(&store, &sorted(&store, &orders)), [3, 1, 2, 0]);
}

#[test]
fn what_was_sorted_by_before_is_the_same_by_other_pages_anew() {
    let values = ["\"b\"", "\"a\"", "\"c\""].map(|value| Some(value.to_owned()));
    let mut store = store(&values, 2);
    let collation = Collation::default();
    let ids_by = |store: &Store, descending| {
        let orders = [order(KEY, descending)];
        let sorted = sort(&orders, &store.searchable(), None, &collation, &AtomicBool::new(false)).unwrap();
        ids(store, &sorted)
    };
    assert_eq!((ids_by(&store, false), ids_by(&store, true)), (vec![1, 0, 2], vec![2, 0, 1]));
    store.reread(&Record::new(record(0, Some("\"d\""))).unwrap(), Moment::at(9, 8, 12));
    assert_eq!((ids_by(&store, false), ids_by(&store, true)), (vec![1, 2, 0], vec![0, 2, 1]));
}

#[test]
fn a_sort_that_was_stopped_has_no_answer() {
    let store = store(&[Some("1".to_owned())], 1);
    let stopped = AtomicBool::new(true);
    assert!(sort(&[order(KEY, false)], &store.searchable(), None, &Collation::default(), &stopped).is_none());
}

#[rstest]
#[case::norwegian("nb_NO.UTF-8", true)]
#[case::none("C", true)]
#[case::not_known("zz-zz-zz-zz", true)]
#[case::english("en_GB.UTF-8", false)]
fn a_locale_has_its_order(#[case] locale: &str, #[case] is_norwegian: bool) {
    let key = |text: &str| key_of(&format!("\"{text}\""), &Collation::of(locale));
    assert_eq!(key("ås") > key("z"), is_norwegian);
}

/// The key by which a plain sort compares values.
fn key_of(json: &str, collation: &Collation) -> Option<(Head, Vec<u8>)> {
    let mut keys = KeyList::default();
    keys.push(json, collation);
    let mut whole = Vec::new();
    collation.write(keys.text(0), &mut whole);
    keys.heads.first().filter(|head| **head != NOTHING).map(|head| (*head, whole))
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        "\"[abzæøåA]{0,3}\"",
        "\"the same for more letters than the first [aAb]{0,2}\"",
        "[1-9][0-9]{0,2}(\\.5)?",
        "\"(19|20)[0-9]{2}-0[1-9]-1[0-9]\"",
    ]
}

proptest! {
    #[test]
    fn a_sort_is_a_stable_permutation_in_total_order_and_rows_that_come_go_to_their_place(
        values in proptest::collection::vec(proptest::option::weighted(0.9, value()), 2..60),
        on_page in 1..30usize,
        descending: bool,
        again in proptest::option::of((0..60usize, value())),
    ) {
        let mut values = values;
        let mut store = store(&values, on_page);
        if let Some((at, value)) = again.filter(|(at, _)| *at < values.len()) {
            values[at] = Some(value);
            let json = record(at, values[at].as_deref());
            store.reread(&Record::new(json).unwrap(), Moment::at(9, 8, 12));
        }
        let orders = [order(KEY, descending)];
        let whole = sorted(&store, &orders);
        let keyed = values.iter().enumerate().map(|(id, value)| {
            (key_of(value.as_deref().unwrap_or_default(), &NORWEGIAN), id)
        });
        let mut expected: Vec<_> = keyed.collect();
        expected.sort_by(|(one, _), (other, _)| match (one, other) {
            (Some(one), Some(other)) if descending => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            _ => other.is_some().cmp(&one.is_some()),
        });
        let expected: Vec<usize> = expected.into_iter().map(|(_, id)| id).collect();
        prop_assert_eq!(ids(&store, &whole), expected);
        for row in 0..whole.len() {
            prop_assert_eq!(whole.row_of(whole.slot(row).unwrap()), Some(row));
        }
        // With fewer pages the same customers are in the same order.
        let first: Vec<Searchable> = store.searchable().into_iter().take(1).collect();
        let part = sort(&orders, &first, None, &NORWEGIAN, &AtomicBool::new(false)).unwrap();
        let in_whole: Vec<usize> = (0..part.len()).filter_map(|row| whole.row_of(part.slot(row)?)).collect();
        prop_assert!(in_whole.is_sorted());
        prop_assert_eq!(in_whole.len(), part.len());
    }
}
