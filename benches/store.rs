//! What each step costs between a page's bytes and the rows of a search, and how that grows with the list.
//!
//! `cargo bench` runs all; `cargo bench -- search` those with that word in their path.

#![expect(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]

mod town;

use cubedex::cube::StandardField;
use cubedex::fields::FieldMap;
use cubedex::list::{Packing, Row, Segment, Store};
use cubedex::search::{self, Found, Query, Reach, Unsearched, alike};
use cubedex::text;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use town::SIZES;

fn main() {
    divan::main();
}

/// Bytes → records: what a page's answer takes to be read and checked.
#[divan::bench]
fn decode(bencher: Bencher<'_, '_>) {
    let json = town::json(100_000, 3);
    let size = BytesCount::of_str(&json);
    bencher.counter(size).with_inputs(|| json.clone()).bench_values(|json| town::page(3, json));
}

/// Records → segment: packing them, and making their search text.
#[divan::bench]
fn segment(bencher: Bencher<'_, '_>) {
    let packing = Packing::default();
    let first = town::page(1, town::json(100_000, 1));
    let _ = Segment::new(&first, &packing);
    let page = town::page(3, town::json(100_000, 3));
    bencher.counter(ItemsCount::new(page.len())).bench(|| Segment::new(black_box(&page), &packing));
}

/// A name → its search form.
#[divan::bench(args = ["Pers Harklipperi AS", "Pers Hårklipperi Ærø"])]
fn fold(bencher: Bencher<'_, '_>, name: &str) {
    bencher.counter(BytesCount::of_str(name)).bench(|| text::fold(black_box(name)));
}

/// The classes of queries: what a person types, and what is slow to look for.
const QUERIES: [&str; 17] = [
    "e",
    "an",
    "ann",
    "9120",
    "909 09 0",
    "+47 909 09",
    "+47 909 09 090",
    "08-123 456 78",
    "9120011888",
    "strøm",
    "hansen as",
    "aas",
    "annemarie",
    "-as",
    "zzqxj",
    "name:ka",
    "city:askim",
];

fn unsearched(store: &Store) -> Vec<Unsearched> {
    store.searchable().into_iter().map(Unsearched::from).collect()
}

fn search(bencher: Bencher<'_, '_>, customers: u64, query: &str) {
    let store = town::loaded(customers);
    let fields = FieldMap::read(cubedex::demo::CUSTOM_FIELDS).map(|(fields, _)| fields).unwrap_or_default();
    let query = Query::search(query, Reach::Standard, &fields);
    let pages = unsearched(store);
    let never = AtomicBool::new(false);
    bencher.counter(ItemsCount::new(store.row_count())).bench(|| search::run(&query, &pages, &never));
}

#[divan::bench(args = QUERIES, sample_count = 20, sample_size = 1)]
fn search_10k(bencher: Bencher<'_, '_>, query: &str) {
    search(bencher, SIZES[0], query);
}

#[divan::bench(args = QUERIES, sample_count = 20, sample_size = 1)]
fn search_100k(bencher: Bencher<'_, '_>, query: &str) {
    search(bencher, SIZES[1], query);
}

#[divan::bench(args = QUERIES, sample_count = 20, sample_size = 1)]
fn search_1m(bencher: Bencher<'_, '_>, query: &str) {
    search(bencher, SIZES[2], query);
}

/// Names that are spelt or heard alike.
#[divan::bench(args = ["jakobsen", "kari", "kari olsne", "zzqxj"], sample_count = 20, sample_size = 1)]
fn alike_1m(bencher: Bencher<'_, '_>, line: &str) {
    let store = town::loaded(SIZES[2]);
    let query = Query::search(line, Reach::Standard, &FieldMap::default());
    let (pages, never) = (unsearched(store), AtomicBool::new(false));
    bencher.counter(ItemsCount::new(store.row_count())).bench(|| alike::run(line, &query, &pages, &never));
}

/// What no search can beat: a plain searcher on two threads over the six standard fields of a million, in one piece.
#[divan::bench(args = ["e", "an", "9120", "hansen", "zzqxj"], sample_count = 20, sample_size = 1)]
fn raw_scan_1m(bencher: Bencher<'_, '_>, word: &str) {
    let (one, other) = &*STANDARD;
    let finder = memchr::memmem::Finder::new(word);
    let count = |text: &str| finder.find_iter(text.as_bytes()).count();
    bencher
        .counter(BytesCount::new(one.len() + other.len()))
        .bench(|| rayon::join(|| count(one), || count(other)));
}

static STANDARD: LazyLock<(String, String)> = LazyLock::new(|| {
    let half = |rows: std::ops::Range<usize>| {
        let mut text = String::new();
        let store = town::loaded(SIZES[2]);
        let mut records = store.reader();
        for row in rows {
            if let Some(Row::Loaded(slot)) = store.row(row)
                && let Some(record) = records.record(slot)
            {
                let standard = record.standard();
                let values = StandardField::ALL.map(|field| text::fold(standard.get(field).as_raw()));
                text.push_str(&values.join("\t"));
                text.push('\n');
            }
        }
        text
    };
    rayon::join(|| half(0..500_000), || half(500_000..1_000_000))
});

/// Hits → rows: counting all, and finding the window's.
#[divan::bench(args = SIZES)]
fn rank(bencher: Bencher<'_, '_>, customers: u64) {
    let store = town::loaded(customers);
    let query = Query::search("a", Reach::Standard, &FieldMap::default());
    let hits = search::run(&query, &unsearched(store), &AtomicBool::new(false)).unwrap_or_default();
    bencher.bench(|| {
        let mut found = Found::default();
        found.add(hits.iter().cloned());
        let middle = found.len() / 2;
        (middle..middle + 40).filter_map(|row| found.slot(row)).count()
    });
}

/// A row → its record: what a line of the table and a card need.
#[divan::bench(args = SIZES)]
fn record(bencher: Bencher<'_, '_>, customers: u64) {
    let store = town::loaded(customers);
    let row = store.row_count() / 2;
    bencher.bench(|| match store.row(black_box(row)) {
        Some(Row::Loaded(slot)) => store.record(slot),
        _ => None,
    });
}
