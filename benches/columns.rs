//! What a list of a million takes, and what searching, counting and sorting by all its fields costs: on the demo town, and on
//! random values.
//!
//! `cargo bench --bench columns -- 10000 100000 1000000` prints a table for each size of the town, with `random` behind them
//! those of random values; `memory`, `search`, `count` or `sort` leaves out the other parts, `each` prints every letter, and
//! `line:kari` types that line alone.
//! What a step takes is the time of the processor on two cores, which another program on the machine does not lengthen, in the
//! median of some runs. A letter is searched as it is typed: what the letters before it found is looked at alone where that is
//! enough. Beside lines that developers chose, parts of customers' values are typed, drawn by dice.

#![expect(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod random_values;

use cubedex::app::FieldCounts;
use cubedex::cube::{Moment, Page};
use cubedex::demo::Town;
use cubedex::fields::FieldMap;
use cubedex::list::{Packing, Segment, Store};
use cubedex::search::sort::{self, Collation, Order};
use cubedex::search::{self, Found, Query, Reach, Unsearched, counts};
use rayon::prelude::*;
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
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut sizes: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes.push(100_000);
    }
    let wants = Wants(&words);
    for customers in sizes {
        if wants.has("random") {
            table("random values", customers, random_values::record, &of_random_values(), wants);
        } else {
            let town = Town::new(customers);
            table("town", customers, |row| town.record(row), &TOWN.map(str::to_owned), wants);
        }
    }
}

/// The words of the command line: which parts of the table are wanted.
#[derive(Clone, Copy)]
struct Wants<'w>(&'w [String]);

impl Wants<'_> {
    fn has(self, word: &str) -> bool {
        self.0.iter().any(|known| known == word)
    }

    /// Whether a part is wanted: all are where none is named.
    fn part(self, part: &str) -> bool {
        self.has(part) || !["memory", "search", "count", "sort"].into_iter().any(|part| self.has(part))
    }

    /// The lines that are to be typed in place of the others.
    fn lines(self) -> Vec<String> {
        self.0.iter().filter_map(|word| Some(word.strip_prefix("line:")?.to_owned())).collect()
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

/// Parts of customers' values: a value from its beginning or from one of its words on, and some with another one behind.
fn drawn(customers: u64, record: impl Fn(u64) -> String) -> Vec<String> {
    let mut dice = fastrand::Rng::with_seed(1_832);
    let mut part = || {
        let record: serde_json::Value = serde_json::from_str(&record(dice.u64(..customers))).expect("JSON");
        let values = record.as_object().into_iter().flat_map(serde_json::Map::values);
        let texts: Vec<&str> =
            values.filter_map(serde_json::Value::as_str).filter(|text| !text.is_empty()).collect();
        let text = texts[dice.usize(..texts.len())];
        let words: Vec<usize> =
            std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)).collect();
        let from = words[dice.usize(..words.len())];
        text.chars().skip(text.get(..from).unwrap_or_default().chars().count()).take(12).collect::<String>()
    };
    (0..30).map(|at| if at % 5 == 4 { format!("{} {}", part(), part()) } else { part() }).collect()
}

fn table(name: &str, customers: u64, record: impl Fn(u64) -> String + Sync, lines: &[String], wants: Wants) {
    let before = resident();
    let started = Instant::now();
    let packing = Packing::default();
    let store = store(customers, &packing, &record);
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
    if wants.part("count") {
        count(&store);
    }
    if wants.part("sort") {
        sort(&store);
    }
    if wants.part("search") {
        let given = wants.lines();
        let all = || lines.iter().cloned().chain(drawn(customers, &record)).collect();
        let typed: Vec<String> = if given.is_empty() { all() } else { given };
        search(&store, &typed, wants.has("each"));
    }
}

/// What each letter takes.
fn search(store: &Store, lines: &[String], each_letter: bool) {
    let fields = FieldMap::read(cubedex::demo::CUSTOM_FIELDS).map(|(fields, _)| fields).unwrap_or_default();
    for (title, reach) in [("standard fields", Reach::Standard), ("all fields", Reach::AllFields)] {
        let mut times: Vec<(Duration, String, usize)> = Vec::new();
        for line in lines {
            type_line(store, line, reach, &fields, &mut times);
        }
        if each_letter {
            for (time, line, found) in &times {
                println!("    {:.1} ms {line:?} {found}", time.as_secs_f64() * 1e3);
            }
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

/// A field of few values, one of many, and two standard ones.
const FIELDS: [&str; 4] = [
    "crm__custom_info__390",
    "crm__custom_info__391",
    "crm__standard_info__name",
    "crm__standard_info__phone_1",
];

/// What counting the values of a field takes.
fn count(store: &Store) {
    let (pages, never) = (store.searchable(), AtomicBool::new(false));
    let (counted, fields) = median(|| FieldCounts::count(&pages, &never).expect("not stopped").fields.len());
    println!("  all {fields} fields counted in {counted:.1} ms");
    for key in FIELDS {
        let (counted, values) =
            median(|| counts::count(key, &pages, None, 1_000, &never).expect("not stopped").distinct);
        println!("  {key}: {values} values counted in {counted:.1} ms");
    }
}

/// What sorting by a field takes: at first, and again the other way round.
fn sort(store: &Store) {
    let (pages, never) = (store.searchable(), AtomicBool::new(false));
    for key in FIELDS {
        let order = |descending| [Order { key: key.to_owned(), descending }];
        let sorted = |descending, collation: &Collation| {
            sort::sort(&order(descending), &pages, None, collation, &never).expect("not stopped").len()
        };
        let (first, rows) = median(|| sorted(false, &Collation::default()));
        let collation = Collation::default();
        sorted(false, &collation);
        let (again, _) = median(|| sorted(true, &collation));
        println!("  {key}: {rows} sorted in {first:.1} ms, the other way round in {again:.1} ms");
    }
}

/// What a step takes in the median of three runs, in milliseconds, and what it gives.
fn median<T>(mut step: impl FnMut() -> T) -> (f64, T) {
    let mut run = || {
        let started = processor();
        let result = step();
        (processor().saturating_sub(started) / 2, result)
    };
    let mut times = [run(), run()].map(|(time, _)| time).to_vec();
    let (time, result) = run();
    times.push(time);
    times.sort_unstable();
    (times[1].as_secs_f64() * 1e3, result)
}

fn type_line(
    store: &Store,
    line: &str,
    reach: Reach,
    fields: &FieldMap,
    times: &mut Vec<(Duration, String, usize)>,
) {
    let mut before: Option<(Arc<Query>, Found)> = None;
    let ends = line.char_indices().map(|(at, c)| at + c.len_utf8());
    for typed in ends.filter_map(|end| line.get(..end)) {
        let query = Query::search(typed, reach, fields);
        let wider = before.as_ref().filter(|(wider, _)| query.narrows(wider));
        let pages: Vec<Unsearched> = store
            .searchable()
            .into_iter()
            .map(|page| match wider {
                Some((query, found)) => Unsearched::within(page, query, found),
                None => page.into(),
            })
            .collect();
        let (time, hits) =
            median(|| search::run(&query, &pages, &AtomicBool::new(false)).expect("not stopped"));
        let mut found = Found::default();
        found.add(hits);
        times.push((Duration::from_secs_f64(time / 1e3), typed.to_owned(), found.len()));
        before = Some((Arc::new(query), found));
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
