//! A value over everything else, to be read aloud: digits as large as the window lets them be, other text spelled.

use super::{Outcome, Wish};
use crate::keys::Action;
use crate::language::Language;
use crate::text::{self, Country, SafeText};

/// Text of more signs than this is not spelled to its end.
const MOST_SIGNS: usize = 400;

/// The value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Large {
    /// What it is called.
    pub label: SafeText<'static>,
    /// The value itself.
    pub value: SafeText<'static>,
    /// How it is shown.
    pub shape: LargeShape,
}

/// How a value is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LargeShape {
    /// Digits, in the groups in which they are read.
    Digits(Vec<String>),
    /// Each sign with the word for it; empty where there is none.
    Spelled(Vec<(char, &'static str)>),
}

impl Large {
    /// A value for an agent who spells in this language, of an account in this country.
    pub(in crate::app) fn new(
        label: SafeText<'static>,
        value: SafeText<'static>,
        (country, language): (Country, Language),
    ) -> Self {
        let is_number = |c: char| c.is_ascii_digit() || " +()-./".contains(c);
        let has_digit = value.as_str().contains(|c: char| c.is_ascii_digit());
        let shape = if has_digit && value.as_str().chars().all(is_number) {
            LargeShape::Digits(text::number_groups(value.as_str(), country))
        } else {
            let signs = value.as_str().chars().take(MOST_SIGNS);
            LargeShape::Spelled(
                signs.map(|sign| (sign, text::spelled(sign, language).unwrap_or(""))).collect(),
            )
        };
        Self { label, value, shape }
    }

    /// Does what a key is for.
    pub(in crate::app) fn act(action: Action) -> Outcome {
        match action {
            Action::Back => Outcome::Wish(Wish::Close),
            _ => Outcome::Ignored,
        }
    }
}
