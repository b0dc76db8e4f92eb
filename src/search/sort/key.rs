//! What rows are compared by: the value of a field as a number, as a day, or as the bytes of its place in a language.
//! Distinct values are sorted once, and each row has the rank of its own.

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

/// What decides between two values in most cases: numbers come first, then days, then text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Head {
    kind: u8,
    /// The number, the day, or the first bytes of the text's place.
    first: u64,
}

const FIRST: usize = size_of::<u64>();

/// No value: behind all others.
const NOTHING: Head = Head { kind: u8::MAX, first: 0 };

/// The keys of values, one after the other.
#[derive(Default)]
pub(super) struct KeyList {
    heads: Vec<Head>,
    /// What follows the heads of texts, and where each ends in it.
    rests: Vec<u8>,
    ends: Vec<u32>,
    scratch: Vec<u8>,
}

impl KeyList {
    /// Adds the key of a value's JSON text.
    pub(super) fn push(&mut self, json: &str, collation: &Collation) {
        let head = self.read(json, collation).unwrap_or(NOTHING);
        self.heads.push(head);
        self.ends.push(self.rests.len().try_into().unwrap_or(u32::MAX));
    }

    /// `None` for an empty value.
    fn read(&mut self, json: &str, collation: &Collation) -> Option<Head> {
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
        match starts.then(|| Amount::read(text)).flatten() {
            Some(Amount::Number(number)) => Some(Head { kind: 0, first: ordered(number) }),
            Some(Amount::Day(day)) => {
                Some(Head { kind: 1, first: u64::from(day) * A_DAY + second_of_day(text) })
            }
            None => {
                self.scratch.clear();
                collation.write(text, &mut self.scratch);
                let (first, rest) = self.scratch.split_at_checked(FIRST).unwrap_or((&self.scratch, &[]));
                let mut bytes = [0; FIRST];
                bytes.iter_mut().zip(first).for_each(|(byte, of_key)| *byte = *of_key);
                self.rests.extend_from_slice(rest);
                Some(Head { kind: 2, first: u64::from_be_bytes(bytes) })
            }
        }
    }

    fn len(&self) -> usize {
        self.heads.len()
    }

    /// The key of a value. `None` for an empty one, and beyond the last.
    pub(super) fn get(&self, at: usize) -> Option<(Head, &[u8])> {
        let head = self.heads.get(at).copied().filter(|head| *head != NOTHING)?;
        let end = |at: usize| self.ends.get(at).map(|&end| end as usize);
        let start = at.checked_sub(1).and_then(end).unwrap_or_default();
        Some((head, self.rests.get(start..end(at)?)?))
    }
}

/// The seconds of a day.
const A_DAY: u64 = 86_400;

/// The second of the day that a moment such as `2026-01-31T08:12:00` names; 0 for a day alone.
fn second_of_day(text: &str) -> u64 {
    let time = text.split_once(['t', 'T', ' ']).map_or("", |(_, time)| time);
    let part = |part: &str| part.get(..2).and_then(|digits| digits.parse().ok()).unwrap_or(0_u64);
    let mut parts = time.split(':').map(part);
    let mut next = || parts.next().unwrap_or_default();
    ((next() * 60 + next()) * 60 + next()).min(A_DAY - 1)
}

/// The bits of a number, in the order of numbers.
fn ordered(number: f64) -> u64 {
    // Zero has two spellings.
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// The keys of all rows of some pages.
pub(super) struct Keys<'p> {
    pages: Vec<PageKeys<'p>>,
    /// The place of each page, by its number.
    places: HashMap<u32, usize>,
    /// For each list the keys of its distinct values.
    lists: Vec<KeyList>,
}

/// The keys of one page.
struct PageKeys<'p> {
    list: usize,
    coded: Option<&'p Coded>,
    /// The keys of all rows where none has a code, then those of the rows in `beside`.
    own: KeyList,
    /// Where the keys are of records that are held beside the page.
    beside: HashMap<u32, usize>,
}

/// The rank of each row among the distinct values. [`NO_RANK`] for a row without a value.
pub(super) struct Ranks<'k> {
    keys: &'k Keys<'k>,
    /// For each list by code, then for each page by the place of its own keys.
    of_keys: Vec<Vec<u32>>,
    /// How many there are.
    pub(super) len: u32,
}

/// The rank of a row without a value.
pub(super) const NO_RANK: u32 = u32::MAX;

/// Where a key is: in which list of keys, and at which place.
#[derive(Clone, Copy)]
struct Owner {
    list: u32,
    at: u32,
}

impl<'p> Keys<'p> {
    /// `None` iff `cancelled` was set before the end.
    pub(super) fn new(
        key: &str,
        pages: &'p [Searchable],
        collation: &Collation,
        cancelled: &AtomicBool,
    ) -> Option<Self> {
        let mut lists: Vec<(&Segment, KeyList)> = Vec::new();
        let mut of_pages = Vec::with_capacity(pages.len());
        for page in pages {
            let list = page.segment.packing().dictionaries();
            let known = lists.iter().position(|(of, _)| of.packing().dictionaries().is(list));
            of_pages.push(known.unwrap_or(lists.len()));
            if known.is_none() {
                lists.push((&page.segment, keys_of_values(key, &page.segment, collation)));
            }
        }
        let places = (0..).zip(pages).map(|(place, page)| (page.page, place)).collect();
        let keyed = pages.par_iter().zip(of_pages).map(|(page, list)| {
            let goes_on = !cancelled.load(Ordering::Relaxed);
            goes_on.then(|| PageKeys::new(key, list, &page.segment, collation))
        });
        let pages = keyed.collect::<Option<_>>()?;
        Some(Self { pages, places, lists: lists.into_iter().map(|(_, keys)| keys).collect() })
    }

    /// Sorts the distinct values. `None` iff `cancelled` was set before the end.
    pub(super) fn ranks(&self, cancelled: &AtomicBool) -> Option<Ranks<'_>> {
        let lists = || self.lists.iter().chain(self.pages.iter().map(|page| &page.own));
        let mut keys: Vec<((Head, &[u8]), Owner)> = Vec::new();
        for (list, of) in (0..).zip(lists()) {
            let owner = |at: usize| Owner { list, at: at.try_into().unwrap_or(u32::MAX) };
            keys.extend((0..of.len()).filter_map(|at| Some((of.get(at)?, owner(at)))));
        }
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        keys.par_sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut ranks: Vec<Vec<u32>> = lists().map(|keys| vec![NO_RANK; keys.len()]).collect();
        let mut len = 0;
        for alike in keys.chunk_by(|(one, _), (other, _)| one == other) {
            for (_, owner) in alike {
                let of_list = ranks.get_mut(owner.list as usize);
                if let Some(rank) = of_list.and_then(|ranks| ranks.get_mut(owner.at as usize)) {
                    *rank = len;
                }
            }
            len += 1;
        }
        (!cancelled.load(Ordering::Relaxed)).then_some(Ranks { keys: self, of_keys: ranks, len })
    }
}

impl Ranks<'_> {
    /// The rank of a record's value. [`NO_RANK`] for one without.
    pub(super) fn of(&self, slot: Slot) -> u32 {
        let rank = || {
            let place = *self.keys.places.get(&slot.page)?;
            let page = self.keys.pages.get(place)?;
            let (list, at) = match (page.beside.get(&slot.index), page.coded) {
                (Some(at), _) => (self.keys.lists.len() + place, *at),
                (None, Some(coded)) => (page.list, usize::from(coded.codes.of(slot.index))),
                (None, None) => (self.keys.lists.len() + place, slot.index as usize),
            };
            self.of_keys.get(list)?.get(at).copied()
        };
        rank().unwrap_or(NO_RANK)
    }
}

impl<'p> PageKeys<'p> {
    fn new(key: &str, list: usize, segment: &'p Segment, collation: &Collation) -> Self {
        let coded = segment.coded(key);
        let mut own = KeyList::default();
        if coded.is_none() {
            if segment.may_have(key) {
                segment.each_value(key, |_, json| own.push(json, collation));
            } else {
                segment.indices().for_each(|_| own.push("", collation));
            }
        }
        let mut beside = HashMap::new();
        for (row, record) in segment.besides() {
            beside.insert(row, own.len());
            own.push(&value_of(record, key), collation);
        }
        Self { list, coded, own, beside }
    }
}

/// The JSON text of a record's value. Empty where it has none.
fn value_of(record: &Record<'_>, key: &str) -> String {
    let field = record.fields().into_iter().find(|field| field.key.as_raw() == key);
    field.map(|field| field.json.as_raw().to_owned()).unwrap_or_default()
}

/// The keys of the distinct values of a list, in the order of their codes.
fn keys_of_values(key: &str, of_list: &Segment, collation: &Collation) -> KeyList {
    let mut keys = KeyList::default();
    let known = of_list.packing().dictionaries().read();
    let Some(dictionary) = known.iter().find(|dictionary| dictionary.key() == key) else { return keys };
    let codes = (0..=Code::MAX).take(dictionary.len());
    codes.for_each(|code| keys.push(dictionary.json(code), collation));
    keys
}
