//! The other fields of a page, as they are searched: a code for each value that repeats in the list, and the search text
//! of those that hardly do.
//!
//! ```text
//! city, class, industry …   Coded     a code a row; the dictionary of the list has each distinct value once
//! address, date, notes …    RowTexts  storgata 5, 1832 askim␟1468231200.0␟…     one line a row
//! ```
//! A value's JSON text is had from its code, or from its search text and what was [noted](recipe) beside it.

mod dictionary;
mod key_counts;
mod page_fields;
mod recipe;
mod texts;

pub(crate) use dictionary::{Code, Dictionaries, Dictionary, NO_CODE, write_search_text};
pub(crate) use key_counts::has_text;
pub(crate) use page_fields::PageFields;
pub(crate) use texts::RowTexts;

use crate::cube::StandardField;
use crate::list::letters::RowLetters;
use crate::list::lines::Lines;
use crate::list::row_text::{self, OTHER_FORM, ROW_END};
use key_counts::{KeyCounts, KeyName};
use std::fmt;
use std::sync::Arc;

/// The codes of one field on a page.
pub(crate) struct Coded {
    /// The place of its dictionary among those of the list.
    pub dictionary: u32,
    pub codes: Codes,
}

/// A code for each row.
pub(crate) enum Codes {
    /// All rows have the same.
    One(Code),
    /// Small ones.
    Bytes(Box<[u8]>),
    Words(Box<[Code]>),
}

/// The other fields of a page.
#[derive(Default)]
pub(crate) struct Columns {
    pub coded: Box<[Coded]>,
    pub texts: RowTexts,
    /// Which rows hold which letter in any of them.
    pub letters: RowLetters,
    /// What their keys are, and those of the standard fields.
    pub keys: KeyCounts,
}

impl Columns {
    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        let of_codes = |coded: &Coded| match &coded.codes {
            Codes::One(_) => 0,
            Codes::Bytes(codes) => size_of_val(&**codes),
            Codes::Words(codes) => size_of_val(&**codes),
        };
        let codes = self.coded.iter().map(of_codes).sum::<usize>();
        codes + size_of_val(&*self.coded) + self.texts.bytes() + self.letters.bytes() + self.keys.bytes()
    }
}

impl Codes {
    fn new(codes: &[Code]) -> Self {
        let first = codes.first().copied().unwrap_or(NO_CODE);
        if codes.iter().all(|&code| code == first) {
            return Self::One(first);
        }
        let bytes: Option<Vec<u8>> = codes.iter().map(|&code| u8::try_from(code).ok()).collect();
        bytes.map_or_else(|| Self::Words(codes.into()), |bytes| Self::Bytes(bytes.into()))
    }

    /// Calls `each` with the codes of all rows.
    pub(crate) fn each(&self, mut each: impl FnMut(Code)) {
        match self {
            Self::One(code) => each(*code),
            Self::Bytes(codes) => codes.iter().for_each(|&code| each(code.into())),
            Self::Words(codes) => codes.iter().for_each(|&code| each(code)),
        }
    }

    /// The code of a row; that of no value beyond the last.
    pub(crate) fn of(&self, row: u32) -> Code {
        let code = match self {
            Self::One(code) => Some(*code),
            Self::Bytes(codes) => codes.get(row as usize).map(|&code| code.into()),
            Self::Words(codes) => codes.get(row as usize).copied(),
        };
        code.unwrap_or(NO_CODE)
    }
}

/// The first form of a field of a line.
fn standard_form(line: &str, field: StandardField) -> &str {
    first_form(row_text::fields(line).nth(field as usize).unwrap_or_default())
}

/// The first form of a text that may have others behind it.
fn first_form(text: &str) -> &str {
    let end = memchr::memchr2(OTHER_FORM as u8, ROW_END as u8, text.as_bytes());
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Gives the JSON texts of a page's values back.
pub(crate) struct Restorer<'p> {
    pub columns: &'p Columns,
    pub lines: &'p Lines,
    pub dictionaries: &'p [Arc<Dictionary>],
}

impl Restorer<'_> {
    /// Appends the JSON text of a value of a row, of which this was noted. Nothing where the row does not have the key.
    pub(crate) fn restore(&self, row: u32, column: usize, note: &str, out: &mut String) {
        let Columns { coded, texts, keys, .. } = self.columns;
        match keys.name(column) {
            Some(KeyName::Code(at)) => {
                if let Some(coded) = coded.get(at as usize)
                    && let Some(dictionary) = self.dictionaries.get(coded.dictionary as usize)
                {
                    out.push_str(dictionary.json(coded.codes.of(row)));
                }
            }
            Some(KeyName::Standard(field)) => {
                recipe::read(note, standard_form(self.lines.line(row), field), out);
            }
            Some(KeyName::Text(key)) => recipe::read(note, texts.form(row, key), out),
            None => {}
        }
    }
}

impl fmt::Debug for Columns {
    /// Tells only the size: the text is customers'.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Columns({} coded)", self.coded.len())
    }
}
