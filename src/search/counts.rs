//! The values of a field with how many customers have each: what a filter can ask for, the most frequent first.
//!
//! Values are the same here when they are for a filter `city:=askim`. A phone field counts under its first number.

use crate::cube::StandardField;
use crate::list::columns::{Dictionaries, Dictionary, NO_CODE, write_search_text};
use crate::list::row_text::{self, ROW_END};
use crate::list::{Searchable, Slot};
use crate::search::filter::whole::compared;
use crate::search::found::Found;
use crate::search::part::Part;
use rayon::prelude::*;
use std::collections::HashMap;
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
    let counting = Counting { key, lists: &lists, known: &known, among, is_standard };
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
    let (frequent, counts) = counting.frequent(&tally, most);
    let value = |met: Met| ValueCount { text: text_at(key, met.first, pages), customers: met.customers };
    Some(Counts { values: frequent.into_iter().map(value).collect(), ..counts })
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

/// What was met so far.
#[derive(Default)]
struct Tally<'p> {
    /// By list, then by code.
    codes: Vec<Vec<Met>>,
    /// By search text.
    texts: HashMap<&'p str, Met>,
    /// The search texts of records that are held beside their pages.
    beside: Vec<(String, Slot)>,
    customers: usize,
}

impl<'p> Tally<'p> {
    fn add_text(&mut self, text: &'p str, met: Met) {
        if !text.is_empty() {
            self.texts.entry(text).or_insert(Met::NEVER).add(met);
        }
    }

    fn with(mut self, mut other: Self) -> Self {
        if self.texts.len() < other.texts.len() {
            std::mem::swap(&mut self.texts, &mut other.texts);
        }
        for (text, met) in other.texts {
            self.add_text(text, met);
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

/// What is counted.
struct Counting<'c> {
    key: &'c str,
    lists: &'c [&'c Dictionaries],
    known: &'c [&'c [Arc<Dictionary>]],
    among: Option<&'c Found>,
    /// Whether it is an id, a name, a phone or an e-mail.
    is_standard: bool,
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
        let met = |index: u32| Met::once(Slot::new(page.page, index));
        if let Some(field) = segment.schema.field_of(self.key) {
            // The lines say of every record what it says now.
            for row in counted_rows(&is_counted) {
                tally.add_text(in_line(segment.lines().line(row), field), met(row));
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
                    counted.add(met(row));
                }
            }
            return;
        }
        if columns.texts.keys().iter().any(|key| **key == *self.key) {
            for row in rows() {
                let field = columns.texts.fields(row).find(|(key, _)| *key == self.key);
                tally.add_text(field.map(|(_, text)| compared(text, None)).unwrap_or_default(), met(row));
            }
        }
    }

    /// The most frequent values of what was met: the first customer of each, and how many have it.
    fn frequent(&self, tally: &Tally<'_>, most: usize) -> (Vec<Met>, Counts) {
        let mut values: HashMap<&str, Met> = tally.texts.clone();
        let mut add = |text, met| values.entry(text).or_insert(Met::NEVER).add(met);
        for (codes, known) in tally.codes.iter().zip(self.known) {
            let dictionary = known.iter().find(|dictionary| dictionary.key() == self.key);
            let texts = dictionary.into_iter().flat_map(|dictionary| dictionary.texts());
            let texts = texts.map(|text| compared(text, None));
            let met = codes.iter().zip(texts).skip(usize::from(NO_CODE) + 1);
            // A value whose page was replaced stays in the dictionary.
            for (met, text) in met.filter(|(met, text)| met.customers > 0 && !text.is_empty()) {
                add(text, *met);
            }
        }
        for (text, slot) in tally.beside.iter().filter(|(text, _)| !text.is_empty()) {
            add(text, Met::once(*slot));
        }
        let any = values.values().map(|met| met.customers).sum();
        let distinct = values.len();
        let texts = || values.iter().map(|(text, met)| (*text, met.customers));
        let ranges = if self.is_standard { Vec::new() } else { ranges::of(texts()) };
        let mut values: Vec<(&str, Met)> = values.into_iter().collect();
        let by_count = |(one, met): &(&str, Met), (other, other_met): &(&str, Met)| {
            other_met.customers.cmp(&met.customers).then_with(|| one.cmp(other))
        };
        if values.len() > most {
            values.select_nth_unstable_by(most, by_count);
            values.truncate(most);
        }
        values.sort_unstable_by(by_count);
        let values = values.into_iter().map(|(_, met)| met).collect();
        (values, Counts { ranges, distinct, any, customers: tally.customers, ..Counts::default() })
    }
}

/// The rows that are counted.
fn counted_rows(is_counted: &[bool]) -> impl Iterator<Item = u32> {
    (0..).zip(is_counted).filter(|(_, is_counted)| **is_counted).map(|(row, _)| row)
}

/// The value of a field as a customer has it.
fn text_at(key: &str, slot: Slot, pages: &[Searchable]) -> String {
    let page = pages.iter().find(|page| page.page == slot.page);
    let record = page.map(|page| page.segment.record(slot.index));
    let fields = record.as_ref().map(crate::cube::Record::fields).unwrap_or_default();
    let field = fields.into_iter().find(|field| field.key.as_raw() == key);
    field.map(|field| field.value.into_text().as_raw().to_owned()).unwrap_or_default()
}

/// What tells the value of a field of a line from others.
fn in_line(line: &str, field: StandardField) -> &str {
    let text = row_text::fields(line.trim_end_matches(ROW_END)).nth(field as usize);
    compared(text.unwrap_or_default(), Some(Part::of(field)))
}
