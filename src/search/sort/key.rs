//! What rows are compared by: the value of a field as a number, as a day, or as the bytes of its place in a language.

use crate::cube::{Record, Value};
use crate::list::columns::{Code, Coded};
use crate::list::{Searchable, Segment, Slot};
use crate::search::filter::Amount;
use crate::text::{self, Place, RawText};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The order of text in one language.
pub struct Collation(Option<CollatorBorrowed<'static>>);

impl Collation {
    /// The order of the language that a locale names, as `nb-NO` or `nb_NO.UTF-8`; that of Norwegian for one that is not
    /// known.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
        let locale = tag.parse::<Locale>().ok().filter(|_| !matches!(tag.as_str(), "" | "C" | "POSIX"));
        let of = |locale: Locale| Collator::try_new(locale.into(), CollatorOptions::default()).ok();
        let norwegian = || of("nb".parse().ok()?);
        Self(locale.and_then(of).or_else(norwegian))
    }

    /// Bytes that are in the order of texts.
    fn write(&self, text: &str, out: &mut Vec<u8>) {
        match &self.0 {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(text, out);
            }
            None => out.extend_from_slice(text::fold(text).as_bytes()),
        }
    }
}

/// Norwegian: æ, ø and å last, aa as å.
impl Default for Collation {
    fn default() -> Self {
        Self::of("nb")
    }
}

impl fmt::Debug for Collation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Collation")
    }
}

/// A value in order: numbers, then days, then text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SortKey {
    kind: u8,
    /// What decides in most cases: the number, the day, or the first bytes of the text's.
    first: u64,
    rest: Option<Arc<[u8]>>,
}

const FIRST: usize = size_of::<u64>();

impl SortKey {
    /// The key of a value's JSON text. `None` for an empty one.
    pub(super) fn of(json: &str, collation: &Collation, scratch: &mut Vec<u8>) -> Option<Self> {
        if matches!(json, "" | "null" | "\"\"") {
            return None;
        }
        let raw: RawText<'_> = Value::read(json).into_text();
        let cleaned = text::clean(&raw, Place::Row);
        let text = cleaned.as_str().trim();
        if text.is_empty() {
            return None;
        }
        let starts = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
        match Amount::read(text).filter(|_| starts) {
            Some(Amount::Number(number)) => Some(Self { kind: 0, first: ordered(number), rest: None }),
            Some(Amount::Day(day)) => Some(Self { kind: 1, first: day.into(), rest: None }),
            None => {
                scratch.clear();
                collation.write(text, scratch);
                let (first, rest) = scratch.split_at_checked(FIRST).unwrap_or((scratch, &[]));
                let mut bytes = [0; FIRST];
                bytes.iter_mut().zip(first).for_each(|(byte, of_key)| *byte = *of_key);
                let rest = (!rest.is_empty()).then(|| rest.into());
                Some(Self { kind: 2, first: u64::from_be_bytes(bytes), rest })
            }
        }
    }
}

/// The bits of a number, in the order of numbers.
fn ordered(number: f64) -> u64 {
    // Zero has two spellings.
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// The keys of all rows of some pages.
pub(super) struct Keys<'p> {
    pages: HashMap<u32, PageKeys<'p>>,
    /// For each list the keys of its distinct values.
    lists: Vec<Vec<Option<SortKey>>>,
}

/// The keys of one page.
struct PageKeys<'p> {
    list: usize,
    coded: Option<&'p Coded>,
    /// The keys of rows that have no code.
    rows: HashMap<u32, Option<SortKey>>,
    /// The keys of all rows, where none has a code.
    all: Vec<Option<SortKey>>,
}

impl<'p> Keys<'p> {
    /// `None` iff `cancelled` was set before the end.
    pub(super) fn new(
        key: &str,
        pages: &'p [Searchable],
        collation: &Collation,
        cancelled: &AtomicBool,
    ) -> Option<Self> {
        let mut lists: Vec<(&Segment, Vec<Option<SortKey>>)> = Vec::new();
        let mut places = Vec::with_capacity(pages.len());
        for page in pages {
            let list = page.segment.packing().dictionaries();
            let known = lists.iter().position(|(of, _)| of.packing().dictionaries().is(list));
            places.push(known.unwrap_or(lists.len()));
            if known.is_none() {
                lists.push((&page.segment, keys_of_values(key, &page.segment, collation)));
            }
        }
        let keyed = pages.par_iter().zip(places).map(|(page, list)| {
            let goes_on = !cancelled.load(Ordering::Relaxed);
            goes_on.then(|| (page.page, PageKeys::new(key, list, &page.segment, collation)))
        });
        let pages = keyed.collect::<Option<_>>()?;
        Some(Self { pages, lists: lists.into_iter().map(|(_, keys)| keys).collect() })
    }

    /// The key of a record. `None` for one without a value.
    pub(super) fn of(&self, slot: Slot) -> Option<SortKey> {
        let page = self.pages.get(&slot.page)?;
        let Some(coded) = page.coded else { return page.all.get(slot.index as usize).cloned().flatten() };
        if let Some(beside) = page.rows.get(&slot.index) {
            return beside.clone();
        }
        self.lists.get(page.list)?.get(usize::from(coded.codes.of(slot.index))).cloned().flatten()
    }
}

impl<'p> PageKeys<'p> {
    fn new(key: &str, list: usize, segment: &'p Segment, collation: &Collation) -> Self {
        let coded = segment.coded(key);
        let mut scratch = Vec::new();
        let mut all = Vec::new();
        if coded.is_none() && segment.may_have(key) {
            all = vec![None; segment.len()];
            segment.each_value(key, |row, json| {
                if let Some(place) = all.get_mut(row as usize) {
                    *place = SortKey::of(json, collation, &mut scratch);
                }
            });
        }
        let mut rows = HashMap::new();
        for (row, record) in segment.besides() {
            let sort_key = SortKey::of(&value_of(record, key), collation, &mut scratch);
            if let Some(place) = all.get_mut(row as usize) {
                place.clone_from(&sort_key);
            } else if coded.is_none() && sort_key.is_some() {
                all.resize(segment.len(), None);
                all.get_mut(row as usize).into_iter().for_each(|place| place.clone_from(&sort_key));
            }
            rows.insert(row, sort_key);
        }
        Self { list, coded, rows, all }
    }
}

/// The JSON text of a record's value. Empty where it has none.
fn value_of(record: &Record<'_>, key: &str) -> String {
    let field = record.fields().into_iter().find(|field| field.key.as_raw() == key);
    field.map(|field| field.json.as_raw().to_owned()).unwrap_or_default()
}

/// The keys of the distinct values of a list, in the order of their codes.
fn keys_of_values(key: &str, of_list: &Segment, collation: &Collation) -> Vec<Option<SortKey>> {
    let known = of_list.packing().dictionaries().read();
    let Some(dictionary) = known.iter().find(|dictionary| dictionary.key() == key) else { return Vec::new() };
    let codes: Vec<Code> = (0..=Code::MAX).take(dictionary.len()).collect();
    let key = |scratch: &mut Vec<u8>, code: &Code| SortKey::of(dictionary.json(*code), collation, scratch);
    codes.par_iter().map_init(Vec::new, key).collect()
}
