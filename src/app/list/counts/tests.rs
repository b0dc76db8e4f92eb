//! Counts are those of a plain loop over the records, however these are held.

use super::*;
use crate::cube::{Moment, Page, Record};
use crate::list::{Packing, Segment, Store};
use proptest::prelude::*;

fn store(pages: &[&[String]]) -> Store {
    let (mut store, packing) = (Store::new(), Packing::default());
    for (number, records) in (1..).zip(pages) {
        let next = if (number as usize) < pages.len() { "\"x\"" } else { "null" };
        let body = format!(r#"{{"count":null,"next":{next},"results":[{}]}}"#, records.join(","));
        let page = Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap();
        store.page_arrived(Arc::new(Segment::new(&page, &packing)));
    }
    store
}

fn counted(store: &Store) -> FieldCounts {
    FieldCounts::count(&store.searchable(), &AtomicBool::new(false)).unwrap()
}

/// The counts by a loop over the records as they are shown.
fn plain(store: &Store) -> FieldCounts {
    let mut counts = FieldCounts::default();
    let slots = (0..store.row_count()).filter_map(|row| match store.row(row) {
        Some(crate::list::Row::Loaded(slot)) => store.record(slot),
        _ => None,
    });
    for record in slots {
        counts.records += 1;
        for field in record.fields() {
            let key: Arc<str> = field.key.as_raw().into();
            let at = counts.fields.iter().position(|known| known.key == key).unwrap_or_else(|| {
                counts.fields.push(FieldCount { key, values: 0, example: SafeText::default() });
                counts.fields.len() - 1
            });
            let known = &mut counts.fields[at];
            known.values += usize::from(!matches!(field.json.as_raw(), "null" | "\"\""));
            if known.example.as_str().is_empty() {
                known.example = text::clean(&field.value.into_text(), Place::Row).into_owned();
            }
        }
    }
    counts
}

#[test]
fn a_value_that_is_null_or_empty_is_none_and_a_customer_who_comes_twice_counts_once() {
    let pages = [
        [
            r#"{"crm__customer_id":"1","a":"","b":null}"#.to_owned(),
            r#"{"crm__customer_id":"2","b":"x\u001b[2J","a":0}"#.to_owned(),
        ],
        [
            r#"{"crm__customer_id":"3","c":[],"b":"y"}"#.to_owned(),
            r#"{"crm__customer_id":"1","b":"again"}"#.to_owned(),
        ],
    ];
    let counts = counted(&store(&[&pages[0], &pages[1]]));
    let said = |key| counts.of(key).map(|field| (field.values, field.example.to_string()));
    assert_eq!(counts.records, 3);
    assert_eq!(said("crm__customer_id"), Some((3, "1".into())));
    assert_eq!(said("a"), Some((1, "0".into())));
    assert_eq!(said("b"), Some((2, "x␛[2J".into())));
    assert_eq!(said("c"), Some((1, "[]".into())));
    assert_eq!(said("d"), None);
}

#[test]
fn a_count_that_is_not_wanted_any_more_ends() {
    let store = store(&[&[r#"{"crm__customer_id":"1"}"#.to_owned()]]);
    assert_eq!(FieldCounts::count(&store.searchable(), &AtomicBool::new(true)), None);
}

/// A record with some of a few keys in any order, a key twice now and then.
fn record() -> impl Strategy<Value = String> {
    let key = proptest::sample::select(vec![
        "crm__standard_info__name",
        "crm__standard_info__phone_1",
        "crm__custom_info__390",
        "crm__custom_info__7",
        "x",
        "y",
    ]);
    let value = proptest::sample::select(vec![
        "null",
        "\"\"",
        "\" \"",
        "\"\u{200b}\"",
        "\"()\"",
        "\"Askim\"",
        "\"909 09 090\"",
        "0",
        "[]",
        "\"\\u0041\"",
    ]);
    (0..30u32, proptest::collection::vec((key, value), 0..8)).prop_map(|(id, members)| {
        let members = members.iter().map(|(key, value)| format!(r#","{key}":{value}"#));
        format!(r#"{{"crm__customer_id":"{id}"{}}}"#, members.collect::<String>())
    })
}

proptest! {
    #[test]
    fn counts_equal_a_plain_loop_over_the_records(
        records in proptest::collection::vec(record(), 1..60),
        on_page in 5..30usize,
        again in proptest::collection::vec(record(), 0..3),
    ) {
        let mut store = store(&records.chunks(on_page).collect::<Vec<_>>());
        for json in again {
            store.reread(&Record::new(json).unwrap(), Moment::at(9, 8, 12));
        }
        prop_assert_eq!(counted(&store), plain(&store));
    }
}
