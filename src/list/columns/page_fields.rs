//! A page on its way into the list: which of its fields are coded, which are text, and its records without what those
//! hold.

use crate::cube::{Record, Schema, StandardField};
use crate::json;
use crate::list::columns::dictionary::Dictionaries;
use crate::list::columns::key_counts::{KeyCount, KeyCounts, KeyName};
use crate::list::columns::texts::{RowTexts, TextsWriter};
use crate::list::columns::{Coded, Codes, Columns, recipe, standard_form};
use crate::list::letters::{RowLetters, letters_in};
use crate::list::lines::Lines;
use crate::list::packed::{Hole, Writer};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// A field that fewer rows than one in this many have is not coded.
const SPARSE: usize = 8;
/// Where a page would have more places in its columns than this many for each value, its records are kept whole: hardly any
/// of its keys is of more than one record, and columns of all rows for each would grow with the square of the page.
const PLACES: usize = 16;
/// So few places are never too many.
const FEW_PLACES: usize = 1 << 16;

/// A key of the page.
struct Key<'p> {
    name: Cow<'p, str>,
    field: Option<StandardField>,
    /// How many records have it.
    records: usize,
    /// The last member that has it.
    last: usize,
}

/// A member of a record.
#[derive(Clone, Copy)]
struct Member<'p> {
    key: usize,
    json: &'p str,
    /// Whether the record has the key again further on.
    is_repeated: bool,
}

/// The members of all records of a page.
#[derive(Default)]
pub(crate) struct PageFields<'p> {
    keys: Vec<Key<'p>>,
    known: HashMap<String, usize>,
    members: Vec<Member<'p>>,
    records: Vec<RowRecord<'p>>,
}

struct RowRecord<'p> {
    json: &'p str,
    /// Where its members end.
    end: usize,
}

impl<'p> PageFields<'p> {
    /// Takes the next record; `member` is called with each of its members.
    pub(crate) fn add(
        &mut self,
        record: &'p Record<'p>,
        schema: &Schema,
        mut member: impl FnMut(&str, &'p str),
    ) {
        let start = self.members.len();
        let before = self.records.iter().nth_back(1).map_or(0, |row| row.end);
        record.each(|name, value| {
            member(&name, value);
            let at = self.members.len() - start;
            // Records are nearly always like the one before.
            let likely =
                self.members.get(before + at).map(|member| member.key).filter(|_| before + at < start);
            let likely = likely.filter(|&key| self.keys.get(key).is_some_and(|key| key.name == name));
            let key = likely.unwrap_or_else(|| self.key(name, schema));
            let here = self.members.len();
            let is_new = self.keys.get(key).is_none_or(|key| key.records == 0 || key.last < start);
            if let Some(key) = self.keys.get_mut(key) {
                if !is_new && let Some(earlier) = self.members.get_mut(key.last) {
                    earlier.is_repeated = true;
                }
                key.records += usize::from(is_new);
                key.last = here;
            }
            self.members.push(Member { key, json: value, is_repeated: false });
        });
        self.records.push(RowRecord { json: record.as_json(), end: self.members.len() });
    }

    /// Takes the next record, which has keys or values that are too long to be worked with: it is kept whole.
    pub(crate) fn add_long(&mut self, record: &'p Record<'p>) {
        self.records.push(RowRecord { json: record.as_json(), end: self.members.len() });
    }

    fn key(&mut self, name: Cow<'p, str>, schema: &Schema) -> usize {
        if let Some(&known) = self.known.get(&*name) {
            return known;
        }
        let number = self.keys.len();
        self.known.insert(name.clone().into_owned(), number);
        let field = schema.field_of(&name);
        self.keys.push(Key { name, field, records: 0, last: 0 });
        number
    }

    /// The fields that repeat as codes, and for each key its place among them.
    fn coded(&self, dictionaries: &Dictionaries) -> (Vec<Coded>, Vec<Option<usize>>, Vec<u64>) {
        let rows = self.records.len();
        let is_dense = |key: &Key<'_>| key.field.is_none() && key.records * SPARSE >= rows;
        let mut columns: Vec<Vec<&str>> =
            self.keys.iter().map(|key| if is_dense(key) { vec![""; rows] } else { Vec::new() }).collect();
        let mut start = 0;
        for (row, record) in self.records.iter().enumerate() {
            let members = self.members.get(start..record.end).unwrap_or_default();
            start = record.end;
            for member in members.iter().filter(|member| !member.is_repeated) {
                if let Some(value) = columns.get_mut(member.key).and_then(|column| column.get_mut(row)) {
                    *value = member.json;
                }
            }
        }
        let (mut coded, mut places, mut letters) = (Vec::new(), vec![None; self.keys.len()], vec![0; rows]);
        for ((key, values), place) in self.keys.iter().zip(&columns).zip(&mut places) {
            if values.is_empty() {
                continue;
            }
            if let Some((dictionary, codes)) = dictionaries.codes_of(&key.name, values, &mut letters) {
                *place = Some(coded.len());
                coded.push(Coded { dictionary, codes: Codes::new(&codes) });
            }
        }
        (coded, places, letters)
    }

    /// The columns of the page, and its records with no more than a note of what those hold.
    pub(crate) fn finish(self, lines: &Lines, dictionaries: &Dictionaries) -> (Columns, Writer) {
        let (coded, places, mut letters) = self.coded(dictionaries);
        let (mut writer, mut texts) = (Writer::default(), TextsWriter::default());
        let mut counts = vec![KeyCount::default(); self.keys.len()];
        let (mut note, mut holes) = (String::new(), Vec::new());
        let places_of_all = self.keys.len().saturating_mul(self.records.len());
        let is_wide = places_of_all > FEW_PLACES.max(PLACES.saturating_mul(self.members.len()));
        let mut start = 0;
        for ((row, record), letters) in (0..).zip(&self.records).zip(&mut letters) {
            let members = self.members.get(start..record.end).unwrap_or_default();
            start = record.end;
            holes.clear();
            // A column has one value a row.
            let is_whole = is_wide || members.iter().any(|member| member.is_repeated);
            for (column, json) in members.iter().filter(|m| !m.is_repeated).map(|m| (m.key, m.json)) {
                let (Some(key), Some(count)) = (self.keys.get(column), counts.get_mut(column)) else {
                    continue;
                };
                count.add(row, json);
                note.clear();
                match (key.field, places.get(column).copied().flatten()) {
                    (Some(field), _) => recipe::note(json, standard_form(lines.line(row), field), &mut note),
                    (None, Some(_)) => {}
                    (None, None) => recipe::note(json, texts.push(column, &key.name, json), &mut note),
                }
                if !is_whole {
                    holes.push(Hole { column, value: place_in(record.json, json) });
                    writer.note(column, &note);
                }
            }
            *letters |= letters_in(texts.end_row().as_bytes()).0;
            writer.add(record.json, &holes);
        }
        let (letters, texts) = (RowLetters::new(&letters), texts.finish());
        let names = self.keys.iter().zip(places).map(|(key, coded)| key_name(key, coded, &texts));
        let keys = names.zip(counts).filter_map(|(name, count)| Some((name?, count))).collect();
        (Columns { coded: coded.into(), texts, letters, keys: KeyCounts::new(keys) }, writer)
    }
}

/// Where a value stands in the JSON text that it is a slice of.
fn place_in(json: &str, value: &str) -> Range<usize> {
    let start = json::place_in(json, value);
    start..start + value.len()
}

/// Where the name of a key of the page is held.
fn key_name(key: &Key<'_>, coded: Option<usize>, texts: &RowTexts) -> Option<KeyName> {
    let number = |at: usize| u32::try_from(at).ok();
    match (key.field, coded) {
        (Some(field), _) => Some(KeyName::Standard(field)),
        (None, Some(at)) => number(at).map(KeyName::Code),
        (None, None) => {
            let at = texts.keys().iter().position(|known| **known == *key.name);
            at.and_then(number).map(KeyName::Text)
        }
    }
}
