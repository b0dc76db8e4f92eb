//! What `:=` takes for the same value.
//!
//! | values | are the same when |
//! | --- | --- |
//! | phones | a number that was typed is exactly one of theirs, in any spelling; where none was typed, the whole text |
//! | ids and e-mail addresses | they differ by case and accents alone: `joe@…` is not `jo@…` |
//! | names and all others | the whole text folds to the same: case, accents and `oe` for `ø` do not matter |

use crate::list::phone::{self, IMPLICIT};
use crate::list::row_text::{self, OTHER_FORM};
use crate::search::part::Part;
use crate::search::phone::alternatives;
use crate::search::query::Alternative;
use crate::text::Country;

/// A value that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whole {
    /// What its search text is compared with.
    Text(String, Option<Part>),
    /// The ways in which its number may be held.
    Number(Vec<Alternative>),
}

impl Whole {
    /// Reads a value of a part of the standard fields, or of other fields. Several phone numbers are as many values.
    pub(crate) fn read(value: &str, part: Option<Part>) -> Vec<Self> {
        if part == Some(Part::Phone) {
            let numbers = phone::scan(value, Country::default()).numbers;
            if !numbers.is_empty() {
                return numbers.iter().map(|number| Self::Number(alternatives(number))).collect();
            }
        }
        let mut text = String::new();
        row_text::write_words(value, &mut text);
        let text = compared(&text, part).to_owned();
        if text.is_empty() { Vec::new() } else { vec![Self::Text(text, part)] }
    }

    /// Whether a value is the same, given as its search text: forms with [`OTHER_FORM`] between them.
    pub(crate) fn is(&self, text: &str) -> bool {
        match self {
            Self::Text(wanted, part) => compared(text, *part) == wanted,
            Self::Number(ways) => {
                text.split(OTHER_FORM).any(|form| ways.iter().any(|way| way.is_whole_number(form)))
            }
        }
    }

    /// The texts of which a search text that is the same holds one.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        let (text, ways) = match self {
            Self::Text(text, _) => (Some(text.as_str()), [].as_slice()),
            Self::Number(ways) => (None, ways.as_slice()),
        };
        text.into_iter().chain(ways.iter().map(|way| way.pattern.as_str()))
    }
}

/// The form of a search text by which values of a part of the standard fields, or of other fields, are told apart. Of a
/// phone it is the first number.
pub(crate) fn compared(text: &str, part: Option<Part>) -> &str {
    let divider = OTHER_FORM as u8;
    let form = match part {
        // The last form keeps two letters that are one in the first.
        Some(Part::Id | Part::Email) => {
            memchr::memrchr(divider, text.as_bytes()).and_then(|at| text.get(at + 1..))
        }
        Some(Part::Name | Part::Phone) | None => {
            memchr::memchr(divider, text.as_bytes()).and_then(|at| text.get(..at))
        }
    };
    form.unwrap_or(text).trim_end_matches(IMPLICIT).trim()
}
