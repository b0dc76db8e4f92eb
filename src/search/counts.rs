//! The values of a field with how many customers have each: what a filter can ask for, the most frequent first.
//!
//! Values are the same here when they are for a filter `city:=askim`. A phone field counts under its first number.

use crate::cube::{StandardField, Value};
use crate::list::columns::{Dictionaries, Dictionary, NO_CODE, write_search_text};
use crate::list::lines::first_bytes;
use crate::list::row_text::{self, ROW_END};
use crate::list::{Searchable, Slot};
use crate::search::filter::whole::compared;
use crate::search::found::Found;
use crate::search::part::Part;
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;
use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

mod ranges;
#[cfg(test)]
mod tests;

/// One value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    /// The value as the first customer has it: a string without its quotes, all else as it was sent.
    pub text: String,
    /// How many customers have it.
    pub customers: usize,
}

/// The values of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// The most frequent values; those that are as frequent in the order of their search text.
    pub values: Vec<ValueCount>,
    /// Ranges of the values, ascending, as a filter asks for them: `100..199`. None where they are no numbers and no days,
    /// or few.
    pub ranges: Vec<ValueCount>,
    /// How many different values there are.
    pub distinct: usize,
    /// How many customers have one.
    pub any: usize,
    /// How many customers were looked at.
    pub customers: usize,
}

/// Counts the values of the field with this key among all customers of some pages, or among those who were found there.
/// Of the values the `most` frequent are told. `None` iff `cancelled` was set before the end.
#[must_use]
pub fn count(
    key: &str,
    pages: &[Searchable],
    among: Option<&Found>,
    most: usize,
    cancelled: &AtomicBool,
) -> Option<Counts> {
    let mut lists: Vec<&Dictionaries> = Vec::new();
    for page in pages {
        let list = page.segment.packing().dictionaries();
        if !lists.iter().any(|known| known.is(list)) {
            lists.push(list);
        }
    }
    let held: Vec<Vec<Arc<Dictionary>>> = lists.iter().map(|list| list.read()).collect();
    let known: Vec<&[Arc<Dictionary>]> = held.iter().map(Vec::as_slice).collect();
    let is_standard = pages.first().is_some_and(|page| page.segment.schema.field_of(key).is_some());
    let hasher = DefaultHashBuilder::default();
    let counting = Counting { key, lists: &lists, known: &known, among, is_standard, hasher };
    let tally = pages
        .par_iter()
        .try_fold(Tally::default, |mut tally, page| {
            if cancelled.load(Ordering::Relaxed) {
                return None;
            }
            counting.add_page(page, &mut tally);
            Some(tally)
        })
        .try_reduce(Tally::default, |one, other| Some(one.with(other)))?;
    let (frequent, counts) = counting.frequent(tally, most);
    let value =
        |met: Met| ValueCount { text: text_at(key, met.first, pages), customers: met.customers as usize };
    Some(Counts { values: frequent.into_par_iter().map(value).collect(), ..counts })
}

/// How often a value was met, and the first customer who has it.
#[derive(Debug, Clone, Copy)]
struct Met {
    customers: u32,
    first: Slot,
}

impl Met {
    /// A value that was not met: any slot is before its first one.
    const NEVER: Self = Self { customers: 0, first: Slot { page: u32::MAX, index: u32::MAX } };

    fn once(slot: Slot) -> Self {
        Self { customers: 1, first: slot }
    }

    fn with(self, other: Self) -> Self {
        Self { customers: self.customers + other.customers, first: self.first.min(other.first) }
    }
}

/// A search text with its hash.
#[derive(Clone, Copy)]
struct Hashed<'t> {
    /// Half of the hash; the other one tells the part.
    hash: u32,
    /// Its first eight bytes, in the order of texts, and its last ones. They mostly decide, and the text is far from the
    /// processor.
    ends: (u64, u64),
    text: &'t str,
    met: Met,
}

impl<'t> Hashed<'t> {
    fn new(hash: u32, text: &'t str, met: Met) -> Self {
        let bytes = text.as_bytes();
        let last = bytes.get(bytes.len().saturating_sub(8)..).unwrap_or_default();
        let ends = (u64::from_be_bytes(first_bytes(bytes)), u64::from_le_bytes(first_bytes(last)));
        Self { hash, ends, text, met }
    }

    /// The hash with all its bits, as a table wants it.
    fn spread(&self) -> u64 {
        u64::from(self.hash) << 32 | u64::from(self.hash)
    }

    fn is_same(&self, other: &Self) -> bool {
        let are_alike = self.ends == other.ends && self.text.len() == other.text.len();
        are_alike && (self.text.len() <= 16 || self.text == other.text)
    }
}

/// Texts by their parts.
type Parts<'t> = Vec<Vec<Hashed<'t>>>;

/// What was met so far.
#[derive(Default)]
struct Tally<'p> {
    /// By list, then by code.
    codes: Vec<Vec<Met>>,
    /// What each thread has met.
    texts: Vec<Parts<'p>>,
    /// The search texts of records that are held beside their pages.
    beside: Vec<(String, Slot)>,
    customers: usize,
}

impl Tally<'_> {
    fn with(mut self, other: Self) -> Self {
        self.texts.extend(other.texts);
        self.codes.resize_with(self.codes.len().max(other.codes.len()), Vec::new);
        for (codes, others) in self.codes.iter_mut().zip(other.codes) {
            codes.resize(codes.len().max(others.len()), Met::NEVER);
            codes.iter_mut().zip(others).for_each(|(met, other)| *met = met.with(other));
        }
        self.beside.extend(other.beside);
        self.customers += other.customers;
        self
    }
}

/// Texts are divided by their hashes into this many parts: those of one are near to the processor while they are counted.
const PARTS: usize = 64;

/// What is counted.
struct Counting<'c> {
    key: &'c str,
    lists: &'c [&'c Dictionaries],
    known: &'c [&'c [Arc<Dictionary>]],
    among: Option<&'c Found>,
    /// Whether it is an id, a name, a phone or an e-mail.
    is_standard: bool,
    hasher: DefaultHashBuilder,
}

impl Counting<'_> {
    fn add_page<'p>(&self, page: &'p Searchable, tally: &mut Tally<'p>) {
        let segment = &page.segment;
        let hits = self.among.map(|among| among.page(page.page));
        let mut is_counted: Vec<bool> = segment
            .indices()
            .map(|index| hits.is_none_or(|hits| hits.is_some_and(|hits| hits.has(index as usize))))
            .collect();
        for &index in &page.repeats {
            if let Some(is_counted) = is_counted.get_mut(index as usize) {
                *is_counted = false;
            }
        }
        tally.customers += is_counted.iter().filter(|is_counted| **is_counted).count();
        let slot = |index: u32| Slot::new(page.page, index);
        if let Some(field) = segment.schema.field_of(self.key) {
            // The lines say of every record what it says now.
            let texts = counted_rows(&is_counted).map(|row| (row, in_line(segment.lines().line(row), field)));
            self.add_texts(texts.map(|(row, text)| (text, Met::once(slot(row)))), &mut tally.texts);
            return;
        }
        for (index, record) in segment.besides() {
            let Some(is_counted) = is_counted.get_mut(index as usize) else { continue };
            if std::mem::take(is_counted)
                && let Some(field) = record.fields().iter().find(|field| field.key.as_raw() == self.key)
            {
                let mut text = String::new();
                write_search_text(field.json.as_raw(), &mut text);
                tally.beside.push((compared(&text, None).to_owned(), Slot::new(page.page, index)));
            }
        }
        let rows = || counted_rows(&is_counted);
        let columns = segment.columns();
        let list = self.lists.iter().position(|list| list.is(segment.packing().dictionaries()));
        for coded in &columns.coded {
            let Some((list, dictionary)) = list.and_then(|list| {
                let dictionary = self.known.get(list)?.get(coded.dictionary as usize)?;
                (dictionary.key() == self.key).then_some((list, dictionary))
            }) else {
                continue;
            };
            tally.codes.resize_with(tally.codes.len().max(list + 1), Vec::new);
            let Some(codes) = tally.codes.get_mut(list) else { return };
            codes.resize(codes.len().max(dictionary.len()), Met::NEVER);
            for row in rows() {
                if let Some(counted) = codes.get_mut(usize::from(coded.codes.of(row))) {
                    *counted = counted.with(Met::once(slot(row)));
                }
            }
            return;
        }
        if let Some(number) = columns.texts.number_of(self.key) {
            let texts = rows().map(|row| (row, compared(columns.texts.form(row, number), None)));
            self.add_texts(texts.map(|(row, text)| (text, Met::once(slot(row)))), &mut tally.texts);
        }
    }

    /// The most frequent values of what was met: the first customer of each, and how many have it.
    fn frequent(&self, mut tally: Tally<'_>, most: usize) -> (Vec<Met>, Counts) {
        let (codes, beside) = (std::mem::take(&mut tally.codes), std::mem::take(&mut tally.beside));
        let mut met = std::mem::take(&mut tally.texts);
        let mut others = Vec::new();
        for (codes, known) in codes.iter().zip(self.known) {
            let dictionary = known.iter().find(|dictionary| dictionary.key() == self.key);
            let texts = dictionary.into_iter().flat_map(|dictionary| dictionary.texts());
            let texts = texts.map(|text| compared(text, None));
            let met = codes.iter().zip(texts).skip(usize::from(NO_CODE) + 1);
            // A value whose page was replaced stays in the dictionary.
            let met = met.filter(|(met, _)| met.customers > 0);
            self.add_texts(met.map(|(met, text)| (text, *met)), &mut others);
        }
        let of_beside = beside.iter().map(|(text, slot)| (text.as_str(), Met::once(*slot)));
        self.add_texts(of_beside, &mut others);
        met.append(&mut others);
        let of_part = |at: usize| met.iter().filter_map(move |parts| parts.get(at)).flatten();
        let mut parts: Vec<Vec<Hashed<'_>>> =
            (0..PARTS).into_par_iter().map(|at| distinct(of_part(at))).collect();
        let met = || parts.iter().flatten();
        let any = met().map(|one| one.met.customers as usize).sum();
        let distinct = parts.iter().map(Vec::len).sum();
        let texts = met().map(|one| (one.text, one.met.customers as usize));
        let ranges = if self.is_standard { Vec::new() } else { ranges::of(texts, any) };
        parts.par_iter_mut().for_each(|part| keep_most(part, most));
        let mut values = parts.concat();
        keep_most(&mut values, most);
        values.par_sort_unstable_by(by_count);
        let values = values.into_iter().map(|one| one.met).collect();
        (values, Counts { ranges, distinct, any, customers: tally.customers, ..Counts::default() })
    }

    /// Adds what was met to the last of some parts.
    fn add_texts<'t>(&self, texts: impl Iterator<Item = (&'t str, Met)>, met: &mut Vec<Parts<'t>>) {
        if met.is_empty() {
            met.push(vec![Vec::new(); PARTS]);
        }
        let Some(parts) = met.last_mut() else { return };
        for (text, met) in texts.filter(|(text, _)| !text.is_empty()) {
            let hash = self.hasher.hash_one(text);
            let part = parts.get_mut((hash >> 32) as usize % PARTS);
            if let (Some(part), Ok(hash)) = (part, u32::try_from(hash & u64::from(u32::MAX))) {
                part.push(Hashed::new(hash, text, met));
            }
        }
    }
}

/// The different texts of a part.
fn distinct<'h, 't: 'h>(part: impl Iterator<Item = &'h Hashed<'t>>) -> Vec<Hashed<'t>> {
    let mut known: HashTable<Hashed<'t>> = HashTable::new();
    for hashed in part {
        match known.entry(hashed.spread(), |known| known.is_same(hashed), Hashed::spread) {
            Entry::Occupied(mut same) => same.get_mut().met = same.get().met.with(hashed.met),
            Entry::Vacant(place) => {
                place.insert(*hashed);
            }
        }
    }
    known.into_iter().collect()
}

/// The most frequent first, and those that are as frequent in the order of their texts.
fn by_count(one: &Hashed<'_>, other: &Hashed<'_>) -> std::cmp::Ordering {
    let in_order = || one.ends.0.cmp(&other.ends.0).then_with(|| one.text.cmp(other.text));
    other.met.customers.cmp(&one.met.customers).then_with(in_order)
}

fn keep_most(values: &mut Vec<Hashed<'_>>, most: usize) {
    if values.len() > most {
        values.select_nth_unstable_by(most, by_count);
        values.truncate(most);
    }
}

/// The rows that are counted.
fn counted_rows(is_counted: &[bool]) -> impl Iterator<Item = u32> {
    (0..).zip(is_counted).filter(|(_, is_counted)| **is_counted).map(|(row, _)| row)
}

/// The value of a field as a customer has it.
fn text_at(key: &str, slot: Slot, pages: &[Searchable]) -> String {
    // The list has its pages in their order.
    let known = pages.binary_search_by_key(&slot.page, |page| page.page).ok();
    let page = known.and_then(|at| pages.get(at));
    let json = page.map(|page| page.segment.value(slot.index, key)).unwrap_or_default();
    Value::text_of(&json).as_raw().to_owned()
}

/// What tells the value of a field of a line from others.
fn in_line(line: &str, field: StandardField) -> &str {
    let text = row_text::fields(line.trim_end_matches(ROW_END)).nth(field as usize);
    compared(text.unwrap_or_default(), Some(Part::of(field)))
}
