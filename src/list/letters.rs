//! Which rows hold which letter or digit, and in which it begins a word: the answer to a search for one character.
//!
//! Nearly every line holds any one character, several times, so that running over the text is slowest for it. It is
//! also what a search begins with.

use crate::list::lines::Lines;

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

/// For each byte eight of them: full where it has a bit.
const SPREAD: [u64; 256] = {
    let mut spread = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                spread[byte] |= 0xff << (8 * bit);
            }
            bit += 1;
        }
        byte += 1;
    }
    spread
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

    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.bits)
    }

    /// The rows that hold all these letters: a bit each.
    pub(crate) fn holding(&self, letters: impl Iterator<Item = usize>) -> Vec<u64> {
        let mut rows = vec![u64::MAX; self.words];
        for letter in letters {
            let holding = self.bits.get(letter * self.words..(letter + 1) * self.words).unwrap_or_default();
            rows.iter_mut().zip(holding).for_each(|(rows, holding)| *rows &= holding);
        }
        rows
    }

    /// Lowers the mark of each row to one of these three: `starts` where the letter begins a word of the row, `occurs`
    /// where it is elsewhere in the row, `none` where it is not in the row.
    pub(crate) fn mark(&self, letter: usize, [starts, occurs, none]: [u8; 3], marks: &mut [u8]) {
        let bits = |at: usize| {
            let words = self.bits.get(at * self.words..(at + 1) * self.words).unwrap_or_default();
            words.iter().flat_map(|word| word.to_le_bytes())
        };
        // Eight rows at a time.
        let spread = |mark: u8| u64::from(mark) * 0x0101_0101_0101_0101;
        for ((holding, beginning), marks) in bits(letter).zip(bits(LETTERS + letter)).zip(marks.chunks_mut(8))
        {
            let (holding, beginning) = (SPREAD[usize::from(holding)], SPREAD[usize::from(beginning)]);
            let found = spread(starts) & beginning | spread(occurs) & holding & !beginning;
            let found = found | spread(none) & !holding;
            for (mark, found) in marks.iter_mut().zip(found.to_le_bytes()) {
                *mark = (*mark).min(found);
            }
        }
    }
}

/// For each letter the rows that hold it.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowLetters {
    words: usize,
    bits: Box<[u64]>,
}

impl RowLetters {
    /// Takes the letters of each row, a bit each.
    pub(crate) fn new(rows: &[u64]) -> Self {
        let words = rows.len().div_ceil(64);
        let mut bits = vec![0; words * LETTERS].into_boxed_slice();
        for (row, &letters) in rows.iter().enumerate() {
            let mut rest = letters;
            while rest != 0 {
                if let Some(word) = bits.get_mut(rest.trailing_zeros() as usize * words + row / 64) {
                    *word |= 1 << (row % 64);
                }
                rest &= rest - 1;
            }
        }
        Self { words, bits }
    }

    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.bits)
    }

    /// The rows that hold a letter, a bit each.
    pub(crate) fn holding(&self, letter: usize) -> &[u64] {
        self.bits.get(letter * self.words..(letter + 1) * self.words).unwrap_or_default()
    }
}

/// The letters of a text, a bit each.
pub(crate) fn letters_of(text: &str) -> impl Iterator<Item = usize> {
    let (occurs, _) = letters_in(text.as_bytes());
    (0..LETTERS).filter(move |letter| occurs >> letter & 1 == 1)
}

/// The letters of a line, and those of them that begin a word, a bit each.
pub(crate) fn letters_in(line: &[u8]) -> (u64, u64) {
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
    use crate::text::Country;

    #[test]
    fn a_letter_is_in_the_rows_that_hold_it_and_begins_a_word_behind_anything_but_a_letter() {
        let mut lines = Lines::default();
        for name in ["Kari-Anne Ås", "Ola Ødegård", "日k"] {
            lines.push(&Standard { name: name.into(), ..Standard::default() }, Country::default());
        }
        let letters = Letters::new(&lines);
        let marked = |letter: &str| {
            let mut marks = [9; 3];
            letters.mark(letter_of(letter.as_bytes()).unwrap(), [1, 2, 9], &mut marks);
            marks
        };
        assert_eq!((marked("a"), marked("k"), marked("o")), ([1, 2, 9], [1, 9, 2], [9, 1, 9]));
        let mut better = [0, 1, 1];
        letters.mark(letter_of(b"a").unwrap(), [1, 2, 9], &mut better);
        assert_eq!(better, [0, 1, 1], "what is better already stays");
    }

    #[test]
    fn a_row_holds_a_text_only_if_it_holds_its_letters() {
        let mut lines = Lines::default();
        for name in ["Kari-Anne", "Ola", "Anne Karin"] {
            lines.push(&Standard { name: name.into(), ..Standard::default() }, Country::default());
        }
        assert_eq!(Letters::new(&lines).holding(letters_of("karin"))[0] & 0b111, 0b101);
    }

    #[test]
    fn only_a_single_letter_or_digit_is_one() {
        assert!(letter_of(b"a").is_some() && letter_of(b"7").is_some());
        assert!(letter_of(b"ab").is_none() && letter_of(b"-").is_none() && letter_of(b"").is_none());
    }
}
