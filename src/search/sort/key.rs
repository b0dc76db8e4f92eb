//! What rows are compared by: the value of a field as a number, as a day, or as its text's place in a language. Distinct
//! values are sorted once, and each row has the rank of its own.
//!
//! ```text
//! value ─▶ Head, the first that decides ─ sort ─▶ those with the same head ─ the collator's whole keys ─▶ Ranks
//! ```

use crate::cube::{Record, Value};
use crate::list::columns::{Code, Coded};
use crate::list::{Searchable, Segment, Slot};
use crate::search::filter::Amount;
use crate::search::sort::collation::{Collation, FIRST};
use crate::text::{self, Place};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What decides between two values in most cases: numbers come first, then days, then text. The highest byte is the kind,
/// those below it the number, the day, or the first weights of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Head(u64, u64, u64, u64);

/// No value: behind all others.
pub(super) const NOTHING: Head = Head(u64::MAX, u64::MAX, u64::MAX, u64::MAX);

impl Head {
    fn new(kind: u8, first: [u8; FIRST]) -> Self {
        let mut bytes = [0; FIRST + 1];
        let (place, rest) = bytes.split_at_mut(1);
        place.fill(kind);
        rest.copy_from_slice(&first);
        let mut parts = bytes.as_chunks().0.iter().map(|part| u64::from_be_bytes(*part));
        let mut part = || parts.next().unwrap_or_default();
        Self(part(), part(), part(), part())
    }

    /// The head of a number, or of a day with the time of day that the text has.
    fn of_amount(amount: Amount, text: &str) -> Self {
        let (kind, bits) = match amount {
            Amount::Number(number) => (0, ordered(number)),
            Amount::Day(day) => (1, u64::from(day) * A_DAY + second_of_day(text)),
        };
        let mut first = [0; FIRST];
        first.iter_mut().zip(bits.to_be_bytes()).for_each(|(first, byte)| *first = byte);
        Self::new(kind, first)
    }
}

/// The values of some rows, one after the other, as they are compared.
#[derive(Default)]
pub(super) struct KeyList {
    pub(super) heads: Vec<Head>,
    /// The hashes of those that are text.
    hashes: Vec<u64>,
    /// The texts of those that are text, and where each ends.
    texts: String,
    ends: Vec<u32>,
}

impl KeyList {
    /// Adds a value's JSON text.
    pub(super) fn push(&mut self, json: &str, collation: &Collation) {
        let start = self.texts.len();
        let head = self.read(json, collation).unwrap_or(NOTHING);
        self.heads.push(head);
        self.hashes.push(collation.hash(self.texts.get(start..).unwrap_or_default()));
        self.ends.push(self.texts.len().try_into().unwrap_or(u32::MAX));
    }

    /// `None` for an empty value.
    fn read(&mut self, json: &str, collation: &Collation) -> Option<Head> {
        if Value::is_no_data(json) {
            return None;
        }
        let raw = Value::text_of(json);
        let cleaned = text::clean(&raw, Place::Row);
        let text = cleaned.as_str().trim();
        if text.is_empty() {
            return None;
        }
        let starts = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
        let amount = starts.then(|| Amount::read(text)).flatten();
        if let Some(amount) = amount {
            return Some(Head::of_amount(amount, text));
        }
        self.texts.push_str(text);
        Some(Head::new(2, collation.first_weights(text)))
    }

    fn len(&self) -> usize {
        self.heads.len()
    }

    /// The text of a value. Empty for one that is none.
    pub(super) fn text(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map(|&end| end as usize);
        let start = at.checked_sub(1).and_then(end).unwrap_or_default();
        end(at).and_then(|end| self.texts.get(start..end)).unwrap_or_default()
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

/// The values of all rows of some pages.
struct Keys<'p> {
    pages: Vec<PageKeys<'p>>,
    /// For each list its distinct values.
    lists: Vec<KeyList>,
}

/// The values of one page.
struct PageKeys<'p> {
    list: usize,
    coded: Option<&'p Coded>,
    rows: u32,
    /// The values of all rows where none has a code, then those of the rows in `beside`.
    own: KeyList,
    /// Where the values are of records that are held beside the page.
    beside: HashMap<u32, usize>,
}

/// The rank of each row among the distinct values. [`NO_RANK`] for a row without a value.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    /// By page, then by row.
    pages: Vec<Box<[u32]>>,
    /// The place of each page, by its number.
    places: HashMap<u32, usize>,
    /// How many there are.
    pub(super) len: u32,
}

/// The rank of a row without a value.
pub(super) const NO_RANK: u32 = u32::MAX;

/// A value that is being sorted, and where it is: in which list of keys, and at which place.
#[derive(Clone, Copy)]
struct Entry {
    head: Head,
    /// What tells it from others with the same head: the hash of its text, and its place among them once these are sorted.
    among_alike: u64,
    list: u32,
    at: u32,
}

impl Entry {
    const NOTHING: Self = Self { head: NOTHING, among_alike: 0, list: 0, at: 0 };

    fn is_same(&self, other: &Self) -> bool {
        (self.head, self.among_alike) == (other.head, other.among_alike)
    }
}

impl<'p> Keys<'p> {
    /// `None` iff `cancelled` was set before the end.
    fn new(
        key: &str,
        pages: &'p [Searchable],
        collation: &Collation,
        cancelled: &AtomicBool,
    ) -> Option<Self> {
        let mut lists: Vec<(&Segment, KeyList)> = Vec::new();
        let mut of_pages = Vec::with_capacity(pages.len());
        for page in pages {
            let list = page.segment.packing();
            let known = lists.iter().position(|(of, _)| of.packing().is(list));
            of_pages.push(known.unwrap_or(lists.len()));
            if known.is_none() {
                lists.push((&page.segment, keys_of_values(key, &page.segment, collation)));
            }
        }
        let keyed = pages.par_iter().zip(of_pages).map(|(page, list)| {
            let goes_on = !cancelled.load(Ordering::Relaxed);
            goes_on.then(|| PageKeys::new(key, list, &page.segment, collation))
        });
        let pages = keyed.collect::<Option<_>>()?;
        Some(Self { pages, lists: lists.into_iter().map(|(_, keys)| keys).collect() })
    }

    /// The distinct values of the lists, then those of each page.
    fn lists(&self) -> Vec<&KeyList> {
        self.lists.iter().chain(self.pages.iter().map(|page| &page.own)).collect()
    }

    /// All values in order. `None` iff `cancelled` was set before the end.
    fn sorted(&self, collation: &Collation, cancelled: &AtomicBool) -> Option<Vec<Entry>> {
        let lists = self.lists();
        let mut entries = vec![Entry::NOTHING; lists.iter().map(|list| list.len()).sum()];
        let mut rest = entries.as_mut_slice();
        let mut of_lists = Vec::with_capacity(lists.len());
        for list in &lists {
            let (of_list, behind) = rest.split_at_mut(list.len());
            of_lists.push(of_list);
            rest = behind;
        }
        of_lists.into_par_iter().zip(0..u32::MAX).zip(&lists).for_each(|((entries, number), list)| {
            let values = list.heads.iter().zip(&list.hashes).zip(0..);
            for (entry, ((&head, &among_alike), at)) in entries.iter_mut().zip(values) {
                *entry = Entry { head, among_alike, list: number, at };
            }
        });
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        entries.par_sort_unstable_by_key(|entry| entry.head);
        entries.truncate(entries.partition_point(|entry| entry.head != NOTHING));
        let alike: Vec<&mut [Entry]> = entries.chunk_by_mut(|one, other| one.head == other.head).collect();
        alike.into_par_iter().filter(|alike| alike.len() > 1).for_each(|alike| {
            if !cancelled.load(Ordering::Relaxed) {
                sort_alike(alike, &lists, collation);
            }
        });
        (!cancelled.load(Ordering::Relaxed)).then_some(entries)
    }

    /// The rank of the value at each place of each list.
    fn ranks_of_values(&self, entries: &[Entry]) -> (Vec<Vec<u32>>, u32) {
        let mut ranks: Vec<Vec<u32>> = self.lists().iter().map(|keys| vec![NO_RANK; keys.len()]).collect();
        let mut len = 0;
        for same in entries.chunk_by(Entry::is_same) {
            for entry in same {
                let of_list = ranks.get_mut(entry.list as usize);
                if let Some(rank) = of_list.and_then(|ranks| ranks.get_mut(entry.at as usize)) {
                    *rank = len;
                }
            }
            len += 1;
        }
        (ranks, len)
    }
}

/// Sorts values with the same head by their whole texts, of which most come many times. By chance alone two texts have
/// the same hash of 64 bits.
fn sort_alike(alike: &mut [Entry], lists: &[&KeyList], collation: &Collation) {
    if alike.first().is_none_or(|first| alike.iter().all(|entry| first.is_same(entry))) {
        return;
    }
    alike.sort_unstable_by_key(|entry| entry.among_alike);
    let mut texts: Vec<(Vec<u8>, Vec<Entry>)> = Vec::new();
    for same in alike.chunk_by(Entry::is_same) {
        let first = same.first().and_then(|entry| Some((lists.get(entry.list as usize)?, entry.at)));
        let mut key = Vec::new();
        collation.write(first.map_or("", |(list, at)| list.text(at as usize)), &mut key);
        texts.push((key, same.to_vec()));
    }
    texts.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let mut places = alike.iter_mut();
    for (among_alike, same) in (0..).zip(texts.chunk_by(|(one, _), (other, _)| one == other)) {
        let entries = same.iter().flat_map(|(_, entries)| entries);
        for (entry, place) in entries.zip(&mut places) {
            *place = Entry { among_alike, ..*entry };
        }
    }
}

impl Ranks {
    /// Ranks the values of a field. `None` iff `cancelled` was set before the end.
    pub(super) fn new(
        key: &str,
        pages: &[Searchable],
        collation: &Collation,
        cancelled: &AtomicBool,
    ) -> Option<Self> {
        let keys = Keys::new(key, pages, collation, cancelled)?;
        let (of_values, len) = keys.ranks_of_values(&keys.sorted(collation, cancelled)?);
        let lists = keys.lists.len();
        let of_page = |(place, page): (usize, &PageKeys<'_>)| {
            let own = of_values.get(lists + place).map(Vec::as_slice).unwrap_or_default();
            let of_list = of_values.get(page.list).map(Vec::as_slice).unwrap_or_default();
            let rank = |row: u32| {
                let rank = match (page.beside.get(&row), page.coded) {
                    (Some(at), _) => own.get(*at),
                    (None, Some(coded)) => of_list.get(usize::from(coded.codes.of(row))),
                    (None, None) => own.get(row as usize),
                };
                rank.copied().unwrap_or(NO_RANK)
            };
            (0..page.rows).map(rank).collect()
        };
        let of_pages = keys.pages.par_iter().enumerate().map(of_page).collect();
        let places = (0..).zip(pages).map(|(place, page)| (page.page, place)).collect();
        (!cancelled.load(Ordering::Relaxed)).then_some(Self { pages: of_pages, places, len })
    }

    /// The ranks of a page's rows.
    pub(super) fn of_page(&self, page: u32) -> &[u32] {
        self.places
            .get(&page)
            .and_then(|&place| self.pages.get(place))
            .map(|ranks| &**ranks)
            .unwrap_or_default()
    }

    /// The ranks of some records. Those that follow each other are mostly of one page.
    pub(super) fn of<'s>(&'s self, slots: &'s [Slot]) -> impl Iterator<Item = u32> + 's {
        let mut last: (u32, &[u32]) = (u32::MAX, &[]);
        slots.iter().map(move |slot| {
            if last.0 != slot.page {
                last = (slot.page, self.of_page(slot.page));
            }
            last.1.get(slot.index as usize).copied().unwrap_or(NO_RANK)
        })
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
        Self { list, coded, rows: segment.indices().end, own, beside }
    }
}

/// The JSON text of a record's value. Empty where it has none.
fn value_of(record: &Record<'_>, key: &str) -> String {
    let field = record.fields().into_iter().find(|field| field.key.as_raw() == key);
    field.map(|field| field.json.as_raw().to_owned()).unwrap_or_default()
}

/// The distinct values of a list, in the order of their codes.
fn keys_of_values(key: &str, of_list: &Segment, collation: &Collation) -> KeyList {
    let mut keys = KeyList::default();
    let known = of_list.packing().dictionaries().read();
    let Some(dictionary) = known.iter().find(|dictionary| dictionary.key() == key) else { return keys };
    let codes = (0..=Code::MAX).take(dictionary.len());
    codes.for_each(|code| keys.push(dictionary.json(code), collation));
    keys
}

/// The ranks by the fields that were sorted by last, for the next sort of the same pages: the other way round, with a
/// further column, or of those who are found.
#[derive(Debug, Default)]
pub(super) struct Kept(Vec<(String, Pages, Arc<Ranks>)>);

/// Pages as they were: a page that is read again is another one.
type Pages = Vec<(u32, std::sync::Weak<Segment>)>;

/// This many fields are kept.
const KEPT: usize = 2;

impl Kept {
    pub(super) fn find(&self, key: &str, pages: &[Searchable]) -> Option<Arc<Ranks>> {
        let is_same = |(known, page): (&(u32, std::sync::Weak<Segment>), &Searchable)| {
            known.0 == page.page && std::ptr::eq(known.1.as_ptr(), Arc::as_ptr(&page.segment))
        };
        let found = self.0.iter().find(|(of, known, _)| {
            of == key && known.len() == pages.len() && known.iter().zip(pages).all(is_same)
        });
        found.map(|(_, _, ranks)| Arc::clone(ranks))
    }

    pub(super) fn keep(&mut self, key: &str, pages: &[Searchable], ranks: Arc<Ranks>) {
        let pages = pages.iter().map(|page| (page.page, Arc::downgrade(&page.segment))).collect();
        self.0.retain(|(of, _, _)| of != key);
        self.0.insert(0, (key.to_owned(), pages, ranks));
        self.0.truncate(KEPT);
    }
}
