//! Which rows hold which letter or digit, and in which it begins a word: the answer to a search for one character.
//!
//! One character stands in nearly every line, several times, so that running over the text is slowest for it. It is
//! also the first that anybody types.

use crate::store::lines::Lines;

/// `a`–`z` and `0`–`9`.
const LETTERS: usize = 36;
/// For each byte the bit of its letter; no bit for another byte.
const BITS: [u64; 256] = {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < 26 {
        bits[b'a' as usize + byte] = 1 << byte;
        byte += 1;
    }
    while byte < LETTERS {
        bits[b'0' as usize + byte - 26] = 1 << byte;
        byte += 1;
    }
    bits
};

/// For each letter the rows that hold it, and those in which it begins a word.
#[derive(Debug, Clone)]
pub(crate) struct Letters {
    words: usize,
    /// First for each letter the rows that hold it, then for each letter those in which it begins a word.
    bits: Box<[u64]>,
}

/// The number of the letter that a pattern is. `None` for anything else.
pub(crate) fn letter_of(pattern: &[u8]) -> Option<usize> {
    let &[byte] = pattern else { return None };
    let bit = BITS.get(usize::from(byte)).copied().filter(|&bit| bit != 0)?;
    Some(bit.trailing_zeros() as usize)
}

impl Letters {
    /// Reads the lines of a page.
    pub(crate) fn new(lines: &Lines) -> Self {
        let words = lines.len().div_ceil(64);
        let mut bits = vec![0; words * LETTERS * 2].into_boxed_slice();
        let text = lines.text().as_bytes();
        let mut start = 0;
        for (row, &end) in lines.ends().iter().enumerate() {
            let (occurs, starts) = letters_in(text.get(start..end as usize).unwrap_or_default());
            start = end as usize;
            for (half, letters) in [(0, occurs), (LETTERS, starts)] {
                let mut rest: u64 = letters;
                while rest != 0 {
                    let at = (half + rest.trailing_zeros() as usize) * words + row / 64;
                    if let Some(word) = bits.get_mut(at) {
                        *word |= 1 << (row % 64);
                    }
                    rest &= rest - 1;
                }
            }
        }
        Self { words, bits }
    }

    /// Calls `each` for each of so many rows with whether it holds the letter, and whether that begins a word of it.
    pub(crate) fn each(&self, letter: usize, rows: usize, mut each: impl FnMut(usize, bool, bool)) {
        let words = |at: usize| self.bits.get(at * self.words..(at + 1) * self.words).unwrap_or_default();
        let both = words(letter).iter().zip(words(LETTERS + letter));
        for (at, (occurs, starts)) in both.enumerate() {
            for bit in 0..64.min(rows - at * 64) {
                each(at * 64 + bit, occurs >> bit & 1 == 1, starts >> bit & 1 == 1);
            }
        }
    }
}

/// The letters of a line, and those of them that begin a word, a bit each.
fn letters_in(line: &[u8]) -> (u64, u64) {
    let (mut occurs, mut starts) = (0, 0);
    let mut after_word = false;
    for &byte in line {
        let bit = BITS.get(usize::from(byte)).copied().unwrap_or_default();
        occurs |= bit;
        starts |= if after_word { 0 } else { bit };
        after_word = bit != 0 || !byte.is_ascii();
    }
    (occurs, starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::Standard;

    #[test]
    fn a_letter_is_in_the_rows_that_hold_it_and_begins_a_word_behind_anything_but_a_letter() {
        let mut lines = Lines::default();
        for name in ["Kari-Anne Ås", "Ola Ødegård", "日k"] {
            lines.push(&Standard { name: name.into(), ..Standard::default() });
        }
        let letters = Letters::new(&lines);
        let rows = |letter: &str| {
            let (mut holding, mut beginning) = (Vec::new(), Vec::new());
            letters.each(letter_of(letter.as_bytes()).unwrap(), 3, |row, occurs, starts| {
                holding.extend(occurs.then_some(row));
                beginning.extend(starts.then_some(row));
            });
            (holding, beginning)
        };
        assert_eq!(rows("a"), (vec![0, 1], vec![0]));
        assert_eq!(rows("k"), (vec![0, 2], vec![0]));
        assert_eq!(rows("o"), (vec![1], vec![1]));
    }

    #[test]
    fn only_a_single_letter_or_digit_is_one() {
        assert!(letter_of(b"a").is_some() && letter_of(b"7").is_some());
        assert!(letter_of(b"ab").is_none() && letter_of(b"-").is_none() && letter_of(b"").is_none());
    }
}
