//! What the benches measure on: the demo town's customers as pages of 500, built once for each size.

use cubedex::cube::{Moment, Page};
use cubedex::demo::Town;
use cubedex::list::{Packing, Segment, Store};
use rayon::prelude::*;
use std::sync::{Arc, LazyLock};

/// How many customers the lists have that cost is compared on.
pub(crate) const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

const PAGE: u64 = 500;

static STORES: [LazyLock<Store>; 3] =
    [LazyLock::new(|| store(SIZES[0])), LazyLock::new(|| store(SIZES[1])), LazyLock::new(|| store(SIZES[2]))];

/// The JSON text of a page of a list of this many customers.
pub(crate) fn json(customers: u64, number: u32) -> String {
    let town = Town::new(customers);
    let first = u64::from(number - 1) * PAGE;
    let rows = first..(first + PAGE).min(customers);
    let next = if rows.end < customers { "\"http://localhost/?page=2\"" } else { "null" };
    let mut json = format!(r#"{{"count":{customers},"next":{next},"previous":null,"results":["#);
    for row in rows {
        if row > first {
            json.push(',');
        }
        json.push_str(&town.record(row));
    }
    json + "]}"
}

/// A page as it is read from its JSON text.
pub(crate) fn page(number: u32, json: String) -> Page {
    Page::from_json(number, json, Moment::at(0, 8, 12)).expect("the town's pages are well-formed")
}

/// All the customers of a list of this size.
pub(crate) fn loaded(customers: u64) -> &'static Store {
    let at = SIZES.iter().position(|&size| size == customers).expect("one of the sizes");
    &STORES[at]
}

fn store(customers: u64) -> Store {
    let packing = Packing::default();
    let segment = |number| Arc::new(Segment::new(&page(number, json(customers, number)), &packing));
    let first = segment(1);
    let pages = u32::try_from(customers.div_ceil(PAGE)).expect("few pages");
    let others: Vec<_> = (2..=pages).into_par_iter().map(segment).collect();
    let mut store = Store::new();
    for segment in std::iter::once(first).chain(others) {
        store.page_arrived(segment);
    }
    store
}
