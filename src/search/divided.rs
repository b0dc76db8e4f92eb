//! Names that are written as one word or as two: `Annemarie` finds `Anne-Marie` and `Anne Marie`.

use crate::list::word_parts::{FIRST_PART, is_no_letter, is_sign};
use memchr::memmem::Finder;
use std::ops::Range;

/// A text shorter than this is never looked for in parts: it would be in too many others.
pub(crate) const SHORTEST: usize = 5;

/// A word that is looked for in parts.
pub(crate) struct Divided<'p> {
    word: &'p [u8],
    /// Looks for its beginning, which is never divided.
    beginning: Finder<'p>,
}

impl<'p> Divided<'p> {
    pub(crate) fn new(word: &'p str) -> Self {
        let word = word.as_bytes();
        Self { word, beginning: Finder::new(word.get(..FIRST_PART).unwrap_or(word)) }
    }

    /// Looks for the beginning of the word.
    pub(crate) fn beginning(&self) -> &Finder<'p> {
        &self.beginning
    }

    /// Where a text has the letters of the word from the beginning of a word on, with single signs between them. With
    /// another sign than a hyphen between, it must end where a word does: else `karin` would find `Kari Nord`.
    /// A hit without any sign between is none: it is found as it is.
    pub(crate) fn find(&self, text: &[u8], from: usize) -> Option<Range<usize>> {
        let mut from = from;
        loop {
            let at = from + self.beginning.find(text.get(from..)?)?;
            if let Some(end) = self.end_at(text, at) {
                return Some(at..end);
            }
            from = at + 1;
        }
    }

    /// Where a hit that begins at `at` ends. `None` where none begins.
    pub(crate) fn end_at(&self, text: &[u8], at: usize) -> Option<usize> {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        before.is_none_or(|&byte| is_no_letter(byte)).then(|| end_of(text, self.word, at))?
    }
}

fn end_of(text: &[u8], pattern: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut part, mut signs) = (start, 0, Signs::None);
    let mut matched = 0;
    while let Some(&wanted) = pattern.get(matched) {
        let &byte = text.get(at)?;
        if byte == wanted {
            matched += 1;
            part += 1;
        } else if is_sign(byte) && part >= FIRST_PART {
            signs = signs.max(if byte == b'-' { Signs::Hyphens } else { Signs::Others });
            part = 0;
        } else {
            return None;
        }
        at += 1;
    }
    let ends_word = || text.get(at).is_none_or(|&byte| is_no_letter(byte));
    match signs {
        Signs::None => None,
        Signs::Hyphens => Some(at),
        Signs::Others => ends_word().then_some(at),
    }
}

/// The signs between the letters of a hit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Signs {
    None,
    Hyphens,
    Others,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::a_hyphen("annemarie", "kari anne-marie", Some("anne-marie"))]
    #[case::a_space("annemarie", "anne marie olsen", Some("anne marie"))]
    #[case::begun("annemar", "anne-marie", Some("anne-mar"))]
    #[case::another_word_that_begins_so("karin", "kari nord", None)]
    #[case::an_address_that_begins_so("karin", "kari.nord@a.no", None)]
    #[case::two_signs("perolavnord", "per-olav nord as", Some("per-olav nord"))]
    #[case::a_dot("annemarie", "anne.marie@a.no", Some("anne.marie"))]
    #[case::a_company("hansenas", "hansen as", Some("hansen as"))]
    #[case::behind_a_part_that_is_none("annemarie", "anne mari anne marie", Some("anne marie"))]
    #[case::as_it_is("annemarie", "annemarie", None)]
    #[case::inside_a_word("nemarie", "anne-marie", None)]
    #[case::two_spaces("annemarie", "anne  marie", None)]
    #[case::an_initial("aolsen", "a olsen", None)]
    #[case::another_field("annemarie", "anne\u{1f}marie", None)]
    fn letters_are_found_with_signs_between(
        #[case] pattern: &str,
        #[case] text: &str,
        #[case] hit: Option<&str>,
    ) {
        let found = Divided::new(pattern).find(text.as_bytes(), 0);
        assert_eq!(found.map(|range| text.get(range).unwrap()), hit);
    }
}
