//! What a list of a million takes, and what searching, counting and sorting by all its fields costs: on the demo town, and on
//! random values.
//!
//! `cargo bench --bench columns -- 1000000` prints a table of the town, with `random` behind it one of random values. What
//! a step takes is the time of the processor on two cores, which another program on the machine does not lengthen. A letter is searched as it is typed: what the letters
//! before it found is looked at alone where that is enough.

#![expect(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod random_values;

use cubedex::app::FieldCounts;
use cubedex::cube::{Moment, Page};
use cubedex::demo::Town;
use cubedex::fields::FieldMap;
use cubedex::list::{Packing, Segment, Store};
use cubedex::search::sort::{self, Collation, Order};
use cubedex::search::{self, Found, PageHits, Query, Reach, Unsearched, counts};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

const PAGE: u64 = 500;

const TOWN: [&str; 16] = [
    "askim",
    "perveien",
    "storgata 5",
    "1832",
    "oslo",
    "909 09 088",
    "kari oslo",
    "-as",
    "20 %",
    "ehf",
    "hansen as",
    "avtale 2019",
    "city:askim",
    "address:stor",
    "zzqxj",
    "rørlegger",
];

fn main() {
    let customers = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(100_000);
    if std::env::args().any(|word| word == "random") {
        table("random values", customers, random_values::record, &of_random_values());
    } else {
        let town = Town::new(customers);
        table("town", customers, |row| town.record(row), &TOWN.map(str::to_owned));
    }
}

/// Parts of one customer's values.
fn of_random_values() -> Vec<String> {
    let record: serde_json::Value = serde_json::from_str(&random_values::record(12_345)).expect("JSON");
    let value = |key: &str| record.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let custom = |id: u32| value(&format!("crm__custom_info__{id}"));
    let plain =
        [value("crm__standard_info__name"), custom(388), custom(390), custom(387), custom(24), custom(20)];
    let also = ["veien", "klassifisering", "-en", "city:sen", "zzqxj"].map(str::to_owned);
    plain.into_iter().chain(also).collect()
}

fn table(name: &str, customers: u64, record: impl Fn(u64) -> String + Sync, lines: &[String]) {
    let before = resident();
    let started = Instant::now();
    let packing = Packing::default();
    let store = store(customers, &packing, record);
    let shared = packing.bytes();
    let building = processor();
    println!("{name}: {customers} customers");
    println!(
        "  read in {:.2} s of one core, the making of the pages included; {:.2} s",
        building.as_secs_f64(),
        started.elapsed().as_secs_f64()
    );
    let held: usize = store.searchable().iter().map(|page| page.segment.bytes()).sum();
    println!("  pages hold {} bytes a customer and share {} kB", held as u64 / customers, shared / 1_000);
    println!("  resident {} MB more", resident().saturating_sub(before) / 1_000_000);
    count_and_sort(&store);
    let fields = FieldMap::read(cubedex::demo::CUSTOM_FIELDS).map(|(fields, _)| fields).unwrap_or_default();
    for (title, reach) in [("standard fields", Reach::Standard), ("all fields", Reach::AllFields)] {
        let mut times: Vec<(Duration, String, usize)> = Vec::new();
        for line in lines {
            type_line(&store, line, reach, &fields, &mut times);
        }
        times.sort_unstable();
        let at =
            |share: usize| times.get((times.len() - 1) * share / 100).expect("some").0.as_secs_f64() * 1e3;
        println!(
            "  {title}: {} letters, median {:.1} ms, p95 {:.1}, most {:.1}",
            times.len(),
            at(50),
            at(95),
            at(100)
        );
        for (time, line, found) in times.iter().rev().take(8) {
            println!("    {:.1} ms {line:?} {found}", time.as_secs_f64() * 1e3);
        }
    }
}

/// What counting the values of a field and sorting by it take.
fn count_and_sort(store: &Store) {
    let (pages, never, collation) = (store.searchable(), AtomicBool::new(false), Collation::default());
    let started = processor();
    let fields = FieldCounts::count(&pages, &never).expect("not stopped").fields.len();
    let counted = processor().saturating_sub(started) / 2;
    println!("  all {fields} fields counted in {:.1} ms", counted.as_secs_f64() * 1e3);
    for key in ["crm__custom_info__390", "crm__custom_info__391", "crm__standard_info__name"] {
        let started = processor();
        let counts = counts::count(key, &pages, None, 1_000, &never).expect("not stopped");
        let counted = processor().saturating_sub(started) / 2;
        let order = Order { key: key.to_owned(), descending: false };
        let started = processor();
        let sorted = sort::sort(&[order], &pages, None, &collation, &never).expect("not stopped");
        let took = processor().saturating_sub(started) / 2;
        let (counted, took) = (counted.as_secs_f64() * 1e3, took.as_secs_f64() * 1e3);
        println!(
            "  {key}: {} values counted in {counted:.1} ms, {} sorted in {took:.1} ms",
            counts.distinct,
            sorted.len()
        );
    }
}

fn type_line(
    store: &Store,
    line: &str,
    reach: Reach,
    fields: &FieldMap,
    times: &mut Vec<(Duration, String, usize)>,
) {
    let mut before: Option<(Query, HashMap<u32, Arc<PageHits>>)> = None;
    let ends = line.char_indices().map(|(at, c)| at + c.len_utf8());
    for typed in ends.filter_map(|end| line.get(..end)) {
        let query = Query::search(typed, reach, fields);
        let narrows = before.as_ref().filter(|(wider, _)| query.narrows(wider));
        let mut best = Duration::MAX;
        let mut hits = Vec::new();
        for _ in 0..3 {
            let pages: Vec<Unsearched> = store
                .searchable()
                .into_iter()
                .map(|searchable| {
                    let wider = narrows.and_then(|(_, hits)| hits.get(&searchable.page).cloned());
                    Unsearched { searchable, wider }
                })
                .collect();
            let started = processor();
            hits = search::run(&query, &pages, &AtomicBool::new(false)).expect("not stopped");
            best = best.min(processor().saturating_sub(started) / 2);
        }
        let mut found = Found::default();
        found.add(hits.iter().cloned());
        times.push((best, typed.to_owned(), found.len()));
        before = Some((query, hits.into_iter().collect()));
    }
}

fn store(customers: u64, packing: &Packing, record: impl Fn(u64) -> String + Sync) -> Store {
    let segment = |number: u32| {
        let first = u64::from(number - 1) * PAGE;
        let rows = first..(first + PAGE).min(customers);
        let next = if rows.end < customers { "\"http://localhost/?page=2\"" } else { "null" };
        let records: Vec<String> = rows.map(&record).collect();
        let json = format!(
            r#"{{"count":{customers},"next":{next},"previous":null,"results":[{}]}}"#,
            records.join(",")
        );
        let page = Page::from_json(number, json, Moment::at(0, 8, 12)).expect("well-formed");
        Arc::new(Segment::new(&page, packing))
    };
    let pages = u32::try_from(customers.div_ceil(PAGE)).expect("few pages");
    let mut store = Store::new();
    let first = segment(1);
    let others: Vec<_> = (2..=pages).into_par_iter().map(segment).collect();
    for segment in std::iter::once(first).chain(others) {
        store.page_arrived(segment);
    }
    store
}

/// The time that the threads of the program have had on a processor.
fn processor() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let of = |path: std::path::PathBuf| -> u64 {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or_default()
    };
    Duration::from_nanos(threads.map(|thread| of(thread.path().join("schedstat"))).sum())
}

/// Bytes of memory that are resident.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: usize = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default();
    pages * 4096
}
