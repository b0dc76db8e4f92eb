//! Which words have signs beside them in the lines of a list: what tells, before any line is looked at, that a word is in
//! none of them with signs between its letters.
//!
//! Only a bit for the hash of each is kept, so that what was never there may seem to be, and nothing that is there is missed.

use crate::list::lines::Lines;
use hashbrown::DefaultHashBuilder;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A million names that people have need fewer bits than one in a hundred of these.
const BITS: usize = 1 << 22;
/// Behind a hyphen no more than this of a word is known.
const LONGEST: usize = 12;
/// No shorter word is before a sign that divides another one.
pub(crate) const FIRST_PART: usize = 2;

/// What is known of the words of one list, filled while its pages come in. A clone is another handle to the same.
#[derive(Clone)]
pub(crate) struct WordParts {
    bits: Arc<[AtomicU64]>,
    hasher: DefaultHashBuilder,
}

/// What is beside a word.
#[derive(Hash)]
enum Beside {
    /// A sign behind it.
    Behind,
    /// A sign before it.
    Before,
    /// A hyphen before it. It may be the beginning of a word.
    Hyphen,
}

impl Default for WordParts {
    fn default() -> Self {
        let bits = (0..BITS / 64).map(|_| AtomicU64::new(0)).collect();
        Self { bits, hasher: DefaultHashBuilder::default() }
    }
}

impl WordParts {
    /// Takes in the lines of a page.
    pub(crate) fn add(&self, lines: &Lines) {
        let text = lines.text().as_bytes();
        let mut start = 0;
        for end in (0..=text.len()).filter(|&at| text.get(at).is_none_or(|&byte| is_no_letter(byte))) {
            let word = text.get(start..end).unwrap_or_default();
            let before = start.checked_sub(1).and_then(|at| text.get(at)).filter(|&&byte| is_sign(byte));
            start = end + 1;
            if word.len() >= FIRST_PART && text.get(end).is_some_and(|&byte| is_sign(byte)) {
                self.set(Beside::Behind, word);
            }
            if before.is_some() && !word.is_empty() {
                self.set(Beside::Before, word);
            }
            if before == Some(&b'-') {
                let beginnings = (1..=word.len().min(LONGEST)).filter_map(|len| word.get(..len));
                beginnings.for_each(|beginning| self.set(Beside::Hyphen, beginning));
            }
        }
    }

    /// Whether any line may have the letters of this word with single signs between them.
    pub(crate) fn may_divide(&self, word: &str) -> bool {
        let word = word.as_bytes();
        (FIRST_PART..word.len()).map(|at| word.split_at(at)).any(|(first, rest)| {
            let begun = rest.get(..LONGEST).unwrap_or(rest);
            // What follows a sign ends the word, or has a further sign behind it.
            let is_part = |part: &[u8]| {
                self.has(Beside::Before, part) && (part.len() == rest.len() || self.has(Beside::Behind, part))
            };
            let parts = || (1..=rest.len()).filter_map(|len| rest.get(..len));
            self.has(Beside::Behind, first) && (self.has(Beside::Hyphen, begun) || parts().any(is_part))
        })
    }

    fn set(&self, beside: Beside, word: &[u8]) {
        let (at, bit) = self.place(beside, word);
        if let Some(bits) = self.bits.get(at)
            && bits.load(Ordering::Relaxed) & bit == 0
        {
            bits.fetch_or(bit, Ordering::Relaxed);
        }
    }

    fn has(&self, beside: Beside, word: &[u8]) -> bool {
        let (at, bit) = self.place(beside, word);
        self.bits.get(at).is_some_and(|bits| bits.load(Ordering::Relaxed) & bit != 0)
    }

    fn place(&self, beside: Beside, word: &[u8]) -> (usize, u64) {
        let hash = usize::try_from(self.hasher.hash_one((beside, word)) % BITS as u64).unwrap_or_default();
        (hash / 64, 1 << (hash % 64))
    }
}

/// What may divide the parts of a word.
pub(crate) fn is_sign(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'_' | b'/')
}

/// Whether a byte of folded text is beside a word, and no part of one.
pub(crate) fn is_no_letter(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}

impl fmt::Debug for WordParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WordParts")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::Standard;
    use crate::text::Country;
    use rstest::rstest;

    #[rstest]
    #[case::a_hyphen("annemarie", true)]
    #[case::begun_behind_a_hyphen("annemar", true)]
    #[case::a_space("olanord", true)]
    #[case::begun_behind_a_space("olanor", false)]
    #[case::an_address("perolsen", true)]
    #[case::three_parts("perolsenas", true)]
    #[case::as_it_is("annemaria", false)]
    #[case::the_other_way_round("nordola", false)]
    fn a_word_is_divided_only_where_its_parts_have_signs_beside_them(#[case] word: &str, #[case] may: bool) {
        let mut lines = Lines::default();
        for (name, email) in [("Anne-Marie", ""), ("Ola Nord", "per.olsen.as@a.no"), ("Annemaria", "")] {
            let standard = Standard { name: name.into(), email: email.into(), ..Standard::default() };
            lines.push(&standard, Country::default());
        }
        let parts = WordParts::default();
        parts.add(&lines);
        assert_eq!(parts.may_divide(word), may);
    }
}
