//! The distinct words of the names in a list, and which of them each row has: what alike names are found by.
//!
//! ```text
//! lines of a page ─ NameWords::of_rows ─▶ RowNames: the numbers of each row's words
//!                         │
//!                         └─▶ Words: each distinct word of the list once, with how it sounds
//! ```
//! A million customers have some ten thousand different words in their names.

use crate::list::lines::Lines;
use crate::list::row_text::{FIELD_END, OTHER_FORM};
use crate::text;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::fmt;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

/// Longer words are no names.
const LONGEST: usize = 40;

/// The distinct words of the names in one list, filled while its pages come in. A clone is another handle to the same.
#[derive(Clone, Default)]
pub(crate) struct NameWords(Arc<RwLock<Words>>);

/// The words, each with a number: the first one has 0.
#[derive(Default)]
pub(crate) struct Words {
    text: String,
    known: Vec<Word>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Where it ends in the text of all words.
    end: u32,
    /// The hash of how it sounds.
    pub(crate) sound: u32,
    /// A bit for each letter that it holds.
    pub(crate) letters: u32,
}

/// The numbers of the words in each row's name.
#[derive(Clone, Default)]
pub(crate) struct RowNames {
    numbers: Numbers,
    /// How many of them each row has.
    counts: Box<[u8]>,
}

/// Numbers of words, as short as they can be: few lists have more words than fit into two bytes.
#[derive(Clone)]
enum Numbers {
    Short(Box<[u16]>),
    Long(Box<[u32]>),
}

impl NameWords {
    /// Takes in the names of a page.
    pub(crate) fn of_rows(&self, lines: &Lines) -> RowNames {
        let (mut numbers, mut counts) = (Vec::new(), Vec::with_capacity(lines.len()));
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for row in 0..u32::try_from(lines.len()).unwrap_or(u32::MAX) {
            let before = numbers.len();
            numbers
                .extend(words_of(lines.line(row)).take(usize::from(u8::MAX)).map(|word| known.number(word)));
            counts.push(u8::try_from(numbers.len() - before).unwrap_or(u8::MAX));
        }
        RowNames { numbers: Numbers::new(&numbers), counts: counts.into() }
    }

    /// The words until now.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Words> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is another handle to the same words.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Words {
    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// The words in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Word)> {
        (0..).zip(&self.known).map(|(number, word)| (self.word(number), *word))
    }

    /// The word with this number. Empty for none.
    pub(crate) fn word(&self, number: u32) -> &str {
        let end = |number: u32| self.known.get(number as usize).map(|word| word.end as usize);
        let start = number.checked_sub(1).and_then(end).unwrap_or_default();
        end(number).and_then(|end| self.text.get(start..end)).unwrap_or_default()
    }

    /// The number of a word, a new one for a new word.
    fn number(&mut self, word: &str) -> u32 {
        let hash = self.hasher.hash_one(word);
        if let Some(&known) = self.numbers.find(hash, |&number| self.word(number) == word) {
            return known;
        }
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.text.push_str(word);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.known.push(Word { end, sound: sound_of(word), letters: letters_of(word) });
        // What is moved to a greater table must be hashed again, which needs the words.
        let (text, words, hasher) = (&self.text, &self.known, &self.hasher);
        let hash_again = |&number: &u32| {
            let end = |number: u32| words.get(number as usize).map_or(0, |word| word.end as usize);
            let start = number.checked_sub(1).map_or(0, end);
            hasher.hash_one(text.get(start..end(number)).unwrap_or_default())
        };
        self.numbers.insert_unique(hash, number, hash_again);
        number
    }
}

impl Numbers {
    fn new(numbers: &[u32]) -> Self {
        let short: Option<Vec<u16>> = numbers.iter().map(|&number| u16::try_from(number).ok()).collect();
        short.map_or_else(|| Self::Long(numbers.into()), |short| Self::Short(short.into()))
    }

    fn len(&self) -> usize {
        match self {
            Self::Short(numbers) => numbers.len(),
            Self::Long(numbers) => numbers.len(),
        }
    }

    /// Appends those in a range.
    fn copy(&self, range: Range<usize>, out: &mut Vec<u32>) {
        match self {
            Self::Short(numbers) => {
                out.extend(numbers.get(range).unwrap_or_default().iter().map(|&number| u32::from(number)));
            }
            Self::Long(numbers) => out.extend_from_slice(numbers.get(range).unwrap_or_default()),
        }
    }
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Short(Box::default())
    }
}

impl RowNames {
    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        let numbers = match &self.numbers {
            Numbers::Short(numbers) => size_of_val(&**numbers),
            Numbers::Long(numbers) => size_of_val(&**numbers),
        };
        numbers + size_of_val(&*self.counts)
    }

    /// Calls `each` with the numbers of each row's words.
    pub(crate) fn each_row(&self, mut each: impl FnMut(u32, &[u32])) {
        let (mut start, mut numbers) = (0, Vec::new());
        for (row, &count) in (0..).zip(&self.counts) {
            let end = start + usize::from(count);
            numbers.clear();
            self.numbers.copy(start..end, &mut numbers);
            start = end;
            each(row, &numbers);
        }
    }
}

/// The words of the name in a row's search text: letters alone, and at least two of them.
pub(crate) fn words_of(line: &str) -> impl Iterator<Item = &str> {
    let name = line.split(FIELD_END).nth(1).unwrap_or_default();
    let name = name.split(OTHER_FORM).next().unwrap_or_default();
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| is_name_word(word))
}

/// Whether a folded word may be one of a name.
pub(crate) fn is_name_word(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len()) && word.chars().all(char::is_alphabetic)
}

/// The hash of how a folded word sounds.
pub(crate) fn sound_of(word: &str) -> u32 {
    super::segment::hash_id(&text::sound(word))
}

/// A bit for each letter that a word holds. Letters beyond those of a keyboard share bits.
pub(crate) fn letters_of(word: &str) -> u32 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 32))
}

impl fmt::Debug for RowNames {
    /// Tells only the size: the words are customers' names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RowNames({} rows, {} words)", self.counts.len(), self.numbers.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::Standard;
    use crate::text::Country;
    use rstest::rstest;

    fn lines(names: &[&str]) -> Lines {
        let mut lines = Lines::default();
        for name in names {
            lines.push(&Standard { name: (*name).into(), ..Standard::default() }, Country::default());
        }
        lines
    }

    #[test]
    fn each_word_is_held_once_and_each_row_knows_its_own() {
        let names = NameWords::default();
        let rows =
            [names.of_rows(&lines(&["Kari Olsen", "Ola"])), names.of_rows(&lines(&["Kari-Anne Åsen 2"]))];
        let words = names.read();
        let mut known: Vec<Vec<String>> = Vec::new();
        for page in &rows {
            page.each_row(|_, row| {
                known.push(row.iter().map(|&number| words.word(number).to_owned()).collect());
            });
        }
        assert_eq!(known, [vec!["kari", "olsen"], vec!["ola"], vec!["kari", "anne", "asen"]]);
        assert_eq!(words.len(), 5);
    }

    #[rstest]
    #[case::some(2_000)]
    #[case::more_than_two_bytes_tell(70_000)]
    fn many_words_keep_their_numbers(#[case] count: u32) {
        let names = NameWords::default();
        // No two of these letters are one when they are folded.
        let letter = |at: u32| "bcdfghjklmnpqrstvwxz".chars().nth(at as usize % 20);
        let word = |n: u32| [n, n / 20, n / 400, n / 8_000].into_iter().filter_map(letter).collect();
        let many: Vec<String> = (0..count).map(word).collect();
        let pages =
            many.chunks(500).map(|names| lines(&names.iter().map(String::as_str).collect::<Vec<_>>()));
        let pages: Vec<RowNames> = pages.map(|lines| names.of_rows(&lines)).collect();
        let words = names.read();
        let mut known = Vec::new();
        for page in &pages {
            page.each_row(|_, row| known.extend(row.iter().map(|&number| words.word(number).to_owned())));
        }
        assert!(known == many);
    }
}
