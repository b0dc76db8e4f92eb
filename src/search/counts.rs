//! The values of a field with how many customers have each: what a filter can ask for, the most frequent first.
//!
//! Values are the same here when they are for a filter `city:=askim`. A phone field counts under its first number.

use crate::cube::{StandardField, Value};
use crate::list::columns::{Dictionaries, Dictionary, NO_CODE, write_search_text};
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
    let value = |met: Met| ValueCount { text: text_at(key, met.first, pages), customers: met.customers };
    Some(Counts { values: frequent.into_par_iter().map(value).collect(), ..counts })
}

/// How often a value was met, and the first customer who has it.
#[derive(Debug, Clone, Copy)]
struct Met {
    customers: usize,
    first: Slot,
}

impl Met {
    /// A value that was not met: any slot is before its first one.
    const NEVER: Self = Self { customers: 0, first: Slot { page: u32::MAX, index: u32::MAX } };

    fn once(slot: Slot) -> Self {
        Self { customers: 1, first: slot }
    }

    fn add(&mut self, other: Self) {
        self.customers += other.customers;
        self.first = self.first.min(other.first);
    }
}

/// A search text with its hash.
type Hashed<'t> = (u64, &'t str, Met);

/// What was met so far.
#[derive(Default)]
struct Tally<'p> {
    /// By list, then by code.
    codes: Vec<Vec<Met>>,
    /// By a part of the hash of a search text, so that each part can be counted by itself.
    texts: Vec<Vec<Hashed<'p>>>,
    /// The search texts of records that are held beside their pages.
    beside: Vec<(String, Slot)>,
    customers: usize,
}

impl Tally<'_> {
    fn with(mut self, other: Self) -> Self {
        self.texts.resize_with(self.texts.len().max(other.texts.len()), Vec::new);
        for (part, others) in self.texts.iter_mut().zip(other.texts) {
            part.extend(others);
        }
        self.codes.resize_with(self.codes.len().max(other.codes.len()), Vec::new);
        for (codes, others) in self.codes.iter_mut().zip(other.codes) {
            codes.resize(codes.len().max(others.len()), Met::NEVER);
            codes.iter_mut().zip(others).for_each(|(met, other)| met.add(other));
        }
        self.beside.extend(other.beside);
        self.customers += other.customers;
        self
    }
}

/// Texts are divided by their hashes into this many parts: the different ones of a part are near to the processor.
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
            for row in counted_rows(&is_counted) {
                let text = in_line(segment.lines().line(row), field);
                self.add_text(text, Met::once(slot(row)), &mut tally.texts);
            }
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
                    counted.add(Met::once(slot(row)));
                }
            }
            return;
        }
        if columns.texts.keys().iter().any(|key| **key == *self.key) {
            for row in rows() {
                let field = columns.texts.fields(row).find(|(key, _)| *key == self.key);
                let text = field.map(|(_, text)| compared(text, None)).unwrap_or_default();
                self.add_text(text, Met::once(slot(row)), &mut tally.texts);
            }
        }
    }

    /// The most frequent values of what was met: the first customer of each, and how many have it.
    fn frequent(&self, mut tally: Tally<'_>, most: usize) -> (Vec<Met>, Counts) {
        let (codes, beside) = (std::mem::take(&mut tally.codes), std::mem::take(&mut tally.beside));
        let mut parts = std::mem::take(&mut tally.texts);
        for (codes, known) in codes.iter().zip(self.known) {
            let dictionary = known.iter().find(|dictionary| dictionary.key() == self.key);
            let texts = dictionary.into_iter().flat_map(|dictionary| dictionary.texts());
            let texts = texts.map(|text| compared(text, None));
            let met = codes.iter().zip(texts).skip(usize::from(NO_CODE) + 1);
            // A value whose page was replaced stays in the dictionary.
            for (met, text) in met.filter(|(met, _)| met.customers > 0) {
                self.add_text(text, *met, &mut parts);
            }
        }
        for (text, slot) in &beside {
            self.add_text(text, Met::once(*slot), &mut parts);
        }
        let mut parts: Vec<Vec<(&str, Met)>> = parts.into_par_iter().map(distinct).collect();
        let met = || parts.iter().flatten();
        let any = met().map(|(_, met)| met.customers).sum();
        let distinct = parts.iter().map(Vec::len).sum();
        let texts = met().map(|(text, met)| (*text, met.customers));
        let ranges = if self.is_standard { Vec::new() } else { ranges::of(texts, any) };
        parts.par_iter_mut().for_each(|part| keep_most(part, most));
        let mut values = parts.concat();
        keep_most(&mut values, most);
        values.par_sort_unstable_by(by_count);
        let values = values.into_iter().map(|(_, met)| met).collect();
        (values, Counts { ranges, distinct, any, customers: tally.customers, ..Counts::default() })
    }

    fn add_text<'t>(&self, text: &'t str, met: Met, parts: &mut Vec<Vec<Hashed<'t>>>) {
        if text.is_empty() {
            return;
        }
        let hash = self.hasher.hash_one(text);
        parts.resize_with(PARTS, Vec::new);
        // The table of a part goes by the other bits.
        if let Some(part) = parts.get_mut((hash >> 32) as usize % PARTS) {
            part.push((hash, text, met));
        }
    }
}

/// The different texts of a part.
fn distinct(part: Vec<Hashed<'_>>) -> Vec<(&str, Met)> {
    let mut known: HashTable<Hashed<'_>> = HashTable::new();
    for (hash, text, met) in part {
        let is_same = |(_, known, _): &Hashed<'_>| *known == text;
        match known.entry(hash, is_same, |(hash, _, _)| *hash) {
            Entry::Occupied(mut same) => same.get_mut().2.add(met),
            Entry::Vacant(place) => {
                place.insert((hash, text, met));
            }
        }
    }
    known.into_iter().map(|(_, text, met)| (text, met)).collect()
}

/// The most frequent first, and those that are as frequent in the order of their texts.
fn by_count((one, met): &(&str, Met), (other, other_met): &(&str, Met)) -> std::cmp::Ordering {
    other_met.customers.cmp(&met.customers).then_with(|| one.cmp(other))
}

fn keep_most(values: &mut Vec<(&str, Met)>, most: usize) {
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
