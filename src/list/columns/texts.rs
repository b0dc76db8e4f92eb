//! The search text of the values of a page that hardly repeat: one line a row, its fields in the order of the record.

use crate::list::columns::dictionary::write_search_text;
use crate::list::columns::first_form;
use crate::list::ends::Ends;
use crate::list::lines::fetch;
use crate::list::row_text::{self, FIELD_END};
use std::collections::HashMap;

/// The texts of the rows of a page.
#[derive(Default)]
pub(crate) struct RowTexts {
    text: String,
    /// Where the text of each row ends.
    ends: Ends,
    keys: Vec<Box<str>>,
    /// Which keys the fields of a row have: most rows have the same.
    shapes: Vec<Box<[u32]>>,
    /// The shape of each row. Empty where all have the first one.
    shape_of: Vec<u32>,
}

impl RowTexts {
    /// The text of all rows, with a [`FIELD_END`] behind each field.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where the text of each row ends.
    pub(crate) fn ends(&self) -> &Ends {
        &self.ends
    }

    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        let keys = self.keys.iter().map(|key| key.len() + size_of::<Box<str>>()).sum::<usize>();
        let shapes = self.shapes.iter().map(|shape| size_of_val(&**shape)).sum::<usize>();
        self.text.len() + self.ends.bytes() + size_of_val(&*self.shape_of) + keys + shapes
    }

    /// The text of a row. Empty beyond the last.
    pub(crate) fn row(&self, row: u32) -> &str {
        self.text.get(self.ends.span(row)).unwrap_or_default()
    }

    /// Has the memory of some rows come near to the processor, all at once: they are looked at next.
    pub(crate) fn fetch(&self, rows: impl Iterator<Item = u32>) {
        rows.for_each(|row| fetch(self.row(row)));
    }

    /// The fields of a row: the key of each and its search text.
    pub(crate) fn fields(&self, row: u32) -> impl Iterator<Item = (&str, &str)> {
        let keys = self.shape(row).iter().filter_map(|&key| self.keys.get(key as usize));
        keys.map(|key| &**key).zip(row_text::fields(self.row(row)))
    }

    /// The first form of the search text of a row for the key with this number. Empty where the row does not have it.
    pub(crate) fn form(&self, row: u32, key: u32) -> &str {
        let at = self.shape(row).iter().position(|&known| known == key);
        first_form(at.and_then(|at| row_text::fields(self.row(row)).nth(at)).unwrap_or_default())
    }

    /// The keys that any row has here.
    pub(crate) fn keys(&self) -> &[Box<str>] {
        &self.keys
    }

    /// The number of a key. `None` where no row has it here.
    pub(crate) fn number_of(&self, key: &str) -> Option<u32> {
        (0..).zip(&self.keys).find(|(_, known)| ***known == *key).map(|(number, _)| number)
    }

    /// For each field of a row the place of its key among the keys.
    pub(crate) fn shape(&self, row: u32) -> &[u32] {
        let shape = self.shape_of.get(row as usize).copied().unwrap_or_default();
        self.shapes.get(shape as usize).map(|shape| &**shape).unwrap_or_default()
    }
}

/// Writes the texts row by row.
#[derive(Default)]
pub(crate) struct TextsWriter {
    texts: RowTexts,
    known: HashMap<Box<[u32]>, u32>,
    shape: Vec<u32>,
    places: HashMap<usize, u32>,
}

impl TextsWriter {
    /// Appends a value to the row that is being written. The first form of its search text.
    pub(crate) fn push(&mut self, number: usize, key: &str, json: &str) -> &str {
        let keys = &mut self.texts.keys;
        let place = *self.places.entry(number).or_insert_with(|| {
            keys.push(key.into());
            u32::try_from(keys.len() - 1).unwrap_or(u32::MAX)
        });
        self.shape.push(place);
        let start = self.texts.text.len();
        write_search_text(json, &mut self.texts.text);
        let end = self.texts.text.len();
        self.texts.text.push(FIELD_END);
        first_form(self.texts.text.get(start..end).unwrap_or_default())
    }

    /// Ends the row. Its text.
    pub(crate) fn end_row(&mut self) -> &str {
        let new = u32::try_from(self.texts.shapes.len()).unwrap_or(u32::MAX);
        let known = self.known.get(self.shape.as_slice()).copied();
        if known.is_none() {
            self.texts.shapes.push(self.shape.as_slice().into());
            self.known.insert(self.shape.as_slice().into(), new);
        }
        self.texts.shape_of.push(known.unwrap_or(new));
        self.shape.clear();
        let row = self.texts.ends.len();
        self.texts.ends.push(self.texts.text.len());
        u32::try_from(row).map(|row| self.texts.row(row)).unwrap_or_default()
    }

    pub(crate) fn finish(self) -> RowTexts {
        let mut texts = self.texts;
        if texts.shapes.len() <= 1 {
            texts.shape_of = Vec::new();
        }
        texts.text.shrink_to_fit();
        texts.ends.shrink();
        texts.shape_of.shrink_to_fit();
        texts.keys.shrink_to_fit();
        texts.shapes.shrink_to_fit();
        texts
    }
}
