//! A search of a whole list: it orders the rows of all pages, and finds what the list holds now.

mod rates;
mod second_list;
mod spellings;

use super::*;
use crate::cube::{Moment, Page, Record};
use crate::fields::FieldMap;
use crate::list::{Packing, Segment, Store};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A list of pages with these ids, each customer named after their id.
fn store(pages: &[&[&str]]) -> Store {
    let mut store = Store::new();
    for (number, ids) in (1..).zip(pages) {
        let customer = |id: &&str| serde_json::json!({ "crm__customer_id": id, "crm__standard_info__name": format!("Kunde {id}") });
        let customers: Vec<_> = ids.iter().map(customer).collect();
        let next = ((number as usize) < pages.len()).then_some("http://elsewhere/?page=9");
        let body = serde_json::json!({ "count": null, "next": next, "results": customers }).to_string();
        let page = Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap();
        store.page_arrived(Arc::new(Segment::new(&page, &Packing::default())));
    }
    store
}

fn unsearched(store: &Store) -> Vec<Unsearched> {
    store.searchable().into_iter().map(Unsearched::from).collect()
}

/// The ids that a search finds, best first.
fn found(store: &Store, line: &str) -> Vec<String> {
    let query = Query::search(line, Reach::Standard, &FieldMap::default());
    let mut found = Found::default();
    found.add(run(&query, &unsearched(store), &AtomicBool::new(false)).unwrap());
    (0..found.len())
        .filter_map(|row| found.slot(row))
        .map(|slot| store.segment(slot.page).unwrap().id(slot.index))
        .collect()
}

#[test]
fn a_search_ranks_across_pages_and_shows_no_repeat() {
    let store = store(&[&["41", "5"], &["4", "41"], &["14", "7"]]);
    assert_eq!(found(&store, "4"), ["4", "41", "14"]);
}

#[test]
fn a_record_that_was_read_by_itself_is_found_by_what_it_says_now() {
    let mut store = store(&[&["1", "2"]]);
    let record = Record::new(r#"{"crm__customer_id":"2","crm__standard_info__name":"Kari Ny"}"#).unwrap();
    store.reread(&record, Moment::at(50, 8, 12));
    assert_eq!((found(&store, "ny"), found(&store, "kunde")), (vec!["2".to_owned()], vec!["1".to_owned()]));
}

#[test]
fn a_search_that_was_stopped_has_no_answer() {
    assert!(run(&Query::default(), &unsearched(&store(&[&["1"]])), &AtomicBool::new(true)).is_none());
}
