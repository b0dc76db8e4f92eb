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
        for (row, end) in lines.ends().iter().enumerate() {
            let (occurs, starts) = letters_in(text.get(start..end).unwrap_or_default());
            start = end;
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

    /// The rows that may hold a word with signs between its letters, a bit each: they hold all of them, and one part of it
    /// begins a word as well as another one, which begins behind the first `first_part` letters.
    pub(crate) fn may_divide(&self, word: &str, first_part: usize) -> Vec<u64> {
        let mut rows = vec![u64::MAX; self.words];
        let mut narrow = |by: &[u64]| rows.iter_mut().zip(by).for_each(|(rows, by)| *rows &= by);
        for letter in letters_of(word) {
            narrow(self.bits_at(letter));
        }
        let beginning = |byte: &u8| letter_of(&[*byte]).map(|letter| self.bits_at(LETTERS + letter));
        let (first, others) =
            (word.as_bytes().first(), word.as_bytes().get(first_part..).unwrap_or_default());
        first.and_then(beginning).into_iter().for_each(&mut narrow);
        // No bit tells of another character whether it begins a word.
        if let Some(beginnings) = others.iter().map(beginning).collect::<Option<Vec<_>>>() {
            let mut any = vec![0; self.words];
            for beginning in beginnings {
                any.iter_mut().zip(beginning).for_each(|(any, bits)| *any |= bits);
            }
            narrow(&any);
        }
        rows
    }

    fn bits_at(&self, at: usize) -> &[u64] {
        self.bits.get(at * self.words..(at + 1) * self.words).unwrap_or_default()
    }

    /// Lowers the mark of each row to one of these three: `starts` where the letter begins a word of the row, `occurs`
    /// where it is elsewhere in the row, `none` where it is not in the row.
    pub(crate) fn mark(&self, letter: usize, [starts, occurs, none]: [u8; 3], marks: &mut [u8]) {
        let bits = |at: usize| self.bits_at(at).iter().flat_map(|word| word.to_le_bytes());
        // Eight rows at a time.
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

/// Eight of a mark.
fn spread(mark: u8) -> u64 {
    u64::from(mark) * 0x0101_0101_0101_0101
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

    /// Lowers the mark of each row that holds the letter to this one.
    pub(crate) fn mark(&self, letter: usize, mark: u8, marks: &mut [u8]) {
        let words = self.bits.get(letter * self.words..(letter + 1) * self.words).unwrap_or_default();
        let bits = words.iter().flat_map(|word| word.to_le_bytes());
        for (holding, marks) in bits.zip(marks.chunks_mut(8)) {
            let holding = SPREAD[usize::from(holding)];
            let found = spread(mark) & holding | !holding;
            for (mark, found) in marks.iter_mut().zip(found.to_le_bytes()) {
                *mark = (*mark).min(found);
            }
        }
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
    fn a_row_may_divide_a_word_only_if_it_holds_its_letters_and_two_begin_words() {
        let mut lines = Lines::default();
        for name in ["Kari-Lise", "Ola", "Karilise", "Akari Lise", "Ka Ri Lise"] {
            lines.push(&Standard { name: name.into(), ..Standard::default() }, Country::default());
        }
        assert_eq!(Letters::new(&lines).may_divide("karilise", 2)[0] & 0b1_1111, 0b1_0001);
    }

    #[test]
    fn a_letter_marks_the_rows_that_hold_it() {
        let rows: Vec<u64> = ["ab", "c", "b"].iter().map(|text| letters_in(text.as_bytes()).0).collect();
        let mut marks = [9, 9, 0];
        RowLetters::new(&rows).mark(letter_of(b"b").unwrap(), 7, &mut marks);
        assert_eq!(marks, [7, 9, 0]);
    }

    #[test]
    fn only_a_single_letter_or_digit_is_one() {
        assert!(letter_of(b"a").is_some() && letter_of(b"7").is_some());
        assert!(letter_of(b"ab").is_none() && letter_of(b"-").is_none() && letter_of(b"").is_none());
    }
}
