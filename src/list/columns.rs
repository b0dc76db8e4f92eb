//! The other fields of a page, as they are searched: a code for each value that repeats in the list, and the search text
//! of those that hardly do.
//!
//! ```text
//! city, class, industry …   Coded     a code a row; the dictionary of the list has each distinct value once
//! address, date, notes …    RowTexts  storgata 5, 1832 askim␟1468231200.0␟…     one line a row
//! ```

mod dictionary;
mod key_counts;
mod page_fields;
mod recipe;
mod texts;

pub(crate) use dictionary::{Code, Dictionaries, Dictionary, NO_CODE, write_search_text};
pub(crate) use key_counts::has_text;
pub(crate) use page_fields::PageFields;
pub(crate) use texts::RowTexts;

use crate::list::letters::RowLetters;
use crate::list::lines::Lines;
use crate::list::row_text::{self, OTHER_FORM};
use key_counts::KeyCounts;
use recipe::Recipe;
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

/// Where a value's JSON text is had from, as one character in the place of the value. No JSON value begins so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The line's field with this number.
    Line(usize, Recipe),
    /// The coded field with this number.
    Code(usize),
    /// The field of the row's text with this number.
    Text(usize, Recipe),
}

const LINE: u32 = 0x100;
const CODE: u32 = 0x200;
const TEXT: u32 = 0x1000;
const END: u32 = 0x5000;
/// How many recipes there may be.
const RECIPES: u32 = 8;

impl Source {
    /// `None` where there are too many fields.
    fn to_char(self) -> Option<char> {
        let number = |at: usize, recipe: Recipe| Some(u32::try_from(at).ok()? * RECIPES + recipe as u32);
        let (sign, end) = match self {
            Self::Line(at, recipe) => (LINE + number(at, recipe)?, CODE),
            Self::Code(at) => (CODE + u32::try_from(at).ok()?, TEXT),
            Self::Text(at, recipe) => (TEXT + number(at, recipe)?, END),
        };
        char::from_u32(sign).filter(|_| sign < end)
    }

    fn of_char(sign: char) -> Option<Self> {
        let sign = u32::from(sign);
        let parts = |number: u32| {
            let recipe = Recipe::ALL.get((number % RECIPES) as usize).copied()?;
            Some(((number / RECIPES) as usize, recipe))
        };
        match sign {
            LINE..CODE => parts(sign - LINE).map(|(at, recipe)| Self::Line(at, recipe)),
            CODE..TEXT => Some(Self::Code((sign - CODE) as usize)),
            TEXT..END => parts(sign - TEXT).map(|(at, recipe)| Self::Text(at, recipe)),
            _ => None,
        }
    }
}

/// The first form of the field at `at` of a line or a row's text.
fn form_at(text: &str, at: usize) -> &str {
    let field = row_text::fields(text).nth(at).unwrap_or_default();
    field.split([OTHER_FORM, row_text::ROW_END]).next().unwrap_or_default()
}

/// Gives the JSON texts of a page's values back.
pub(crate) struct Restorer<'p> {
    pub columns: &'p Columns,
    pub lines: &'p Lines,
    pub dictionaries: &'p [Arc<Dictionary>],
}

impl Restorer<'_> {
    /// Appends the JSON text of a value of a row as it was written into its block.
    pub(crate) fn restore(&self, row: u32, written: &str, out: &mut String) {
        let mut signs = written.chars();
        let source = signs.next().and_then(Source::of_char);
        let patch = signs.as_str();
        match source {
            None => out.push_str(written),
            Some(Source::Line(at, recipe)) => recipe.write(form_at(self.lines.line(row), at), patch, out),
            Some(Source::Text(at, recipe)) => {
                recipe.write(form_at(self.columns.texts.row(row), at), patch, out);
            }
            Some(Source::Code(at)) => {
                if let Some(coded) = self.columns.coded.get(at)
                    && let Some(dictionary) = self.dictionaries.get(coded.dictionary as usize)
                {
                    out.push_str(dictionary.json(coded.codes.of(row)));
                }
            }
        }
    }
}

impl fmt::Debug for Columns {
    /// Tells only the size: the text is customers'.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Columns({} coded)", self.coded.len())
    }
}
