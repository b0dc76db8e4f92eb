//! How many records of a page have data under each key, so that a list of all fields need not read the records.

use crate::cube::{Schema, StandardField, Value};
use crate::list::columns::{Coded, Dictionary, RowTexts};
use crate::text::{self, Place};
use std::sync::Arc;

/// The row of none.
const NO_ROW: u32 = u32::MAX;

/// The keys of a page in the order in which they come first: a column each.
#[derive(Debug, Default)]
pub(crate) struct KeyCounts(Box<[(KeyName, KeyCount)]>);

/// Where the name of a key is held.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KeyName {
    /// The schema has it, for this standard field.
    Standard(StandardField),
    /// The dictionary of the coded field with this number has it.
    Code(u32),
    /// The texts have it, with this number.
    Text(u32),
}

/// How many records have data under a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyCount {
    values: u32,
    /// The first row whose value has any text.
    first: u32,
}

impl Default for KeyCount {
    fn default() -> Self {
        Self { values: 0, first: NO_ROW }
    }
}

impl KeyCount {
    /// Takes the value of a row.
    pub(crate) fn add(&mut self, row: u32, json: &str) {
        if Value::is_no_data(json) {
            return;
        }
        self.values += 1;
        if self.first == NO_ROW && has_text(json) {
            self.first = row;
        }
    }
}

/// Whether anything is left of a value that a person can read.
pub(crate) fn has_text(json: &str) -> bool {
    !text::clean(&Value::text_of(json), Place::Row).as_str().is_empty()
}

impl KeyCounts {
    pub(crate) fn new(counts: Vec<(KeyName, KeyCount)>) -> Self {
        Self(counts.into())
    }

    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }

    /// Where the name of the key of a column is held.
    pub(super) fn name(&self, column: usize) -> Option<KeyName> {
        self.0.get(column).map(|(name, _)| *name)
    }

    /// The column of a key. `None` where no record has it.
    pub(crate) fn column(
        &self,
        wanted: &str,
        schema: &Schema,
        held: (&[Coded], &RowTexts),
        dictionaries: &[Arc<Dictionary>],
    ) -> Option<usize> {
        let is_wanted = |name| key_of(name, schema, held, dictionaries) == Some(wanted);
        self.0.iter().position(|(name, _)| is_wanted(*name))
    }

    /// Calls `each` with each key, the number of records that have data under it, and the first row with any text.
    pub(crate) fn each(
        &self,
        schema: &Schema,
        held: (&[Coded], &RowTexts),
        dictionaries: &[Arc<Dictionary>],
        mut each: impl FnMut(&str, usize, Option<u32>),
    ) {
        for (name, count) in &self.0 {
            if let Some(key) = key_of(*name, schema, held, dictionaries) {
                each(key, count.values as usize, Some(count.first).filter(|&row| row != NO_ROW));
            }
        }
    }
}

fn key_of<'k>(
    name: KeyName,
    schema: &'k Schema,
    (coded, texts): (&[Coded], &'k RowTexts),
    dictionaries: &'k [Arc<Dictionary>],
) -> Option<&'k str> {
    match name {
        KeyName::Standard(field) => schema.column(field).map(|column| column.key),
        KeyName::Code(at) => {
            let dictionary = coded.get(at as usize)?.dictionary;
            dictionaries.get(dictionary as usize).map(|dictionary| dictionary.key())
        }
        KeyName::Text(at) => texts.keys().get(at as usize).map(|key| &**key),
    }
}
