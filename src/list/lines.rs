//! The search text of a page: one line a row, all of them in one buffer that a search runs over at once.

use crate::cube::Standard;
use crate::list::row_text::{self, UnusualTexts};
use crate::text::Country;
use std::fmt;
use std::ops::Range;

/// The search text of the rows of a page.
#[derive(Clone, Default)]
pub(crate) struct Lines {
    text: String,
    ends: Vec<u32>,
    /// The first bytes of each row: what ids begin with, close together.
    heads: Vec<u64>,
    odd: UnusualTexts,
}

impl Lines {
    /// Adds the next row.
    pub(crate) fn push(&mut self, standard: &Standard<'_>, country: Country) {
        let start = self.text.len();
        self.odd.join(row_text::write(standard, country, &mut self.text));
        self.ends.push(len_u32(self.text.len()));
        self.heads.push(head(self.text.get(start..).unwrap_or_default().as_bytes()));
    }

    /// Gives back what was taken for growing.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.heads.shrink_to_fit();
    }

    /// The same rows but for one.
    pub(crate) fn with(&self, row: u32, standard: &Standard<'_>, country: Country) -> Self {
        let mut changed = self.clone();
        let mut line = String::new();
        changed.odd.join(row_text::write(standard, country, &mut line));
        let span = self.span(row);
        for end in changed.ends.iter_mut().skip(row as usize) {
            *end = len_u32(*end as usize + line.len() - span.len());
        }
        changed.text.replace_range(span, &line);
        if let Some(known) = changed.heads.get_mut(row as usize) {
            *known = head(line.as_bytes());
        }
        changed
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + size_of_val(&*self.ends) + size_of_val(&*self.heads)
    }

    /// The text of all rows.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where the line of each row ends, its [`ROW_END`](row_text::ROW_END) included.
    pub(crate) fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// The [`head`] of each row.
    pub(crate) fn heads(&self) -> &[u64] {
        &self.heads
    }

    /// The text of one row. Empty beyond the last.
    pub(crate) fn line(&self, row: u32) -> &str {
        self.text.get(self.span(row)).unwrap_or_default()
    }

    /// Has the memory of some rows come near to the processor, all at once: they are looked at next.
    pub(crate) fn fetch(&self, rows: impl Iterator<Item = u32>) {
        rows.for_each(|row| fetch(self.line(row)));
    }

    /// What is not in every row as it is in most.
    pub(crate) fn odd(&self) -> UnusualTexts {
        self.odd
    }

    fn span(&self, row: u32) -> Range<usize> {
        let end = |row: Option<u32>| row.and_then(|row| self.ends.get(row as usize)).map(|&end| end as usize);
        let start = end(row.checked_sub(1)).unwrap_or_default();
        start..end(Some(row)).unwrap_or(start)
    }
}

impl fmt::Debug for Lines {
    /// Tells only the size: the text is customers' names and numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lines({} rows, {} bytes)", self.ends.len(), self.text.len())
    }
}

/// Has the memory of a text come near to the processor. Nothing waits for it, so that many texts come at once.
pub(crate) fn fetch(text: &str) {
    const CACHE_LINE: usize = 64;
    let read = text.as_bytes().iter().step_by(CACHE_LINE).fold(0, |read, byte| read ^ byte);
    std::hint::black_box(read);
}

/// The first eight bytes of a text, the first one lowest; zeros behind a shorter one.
pub(crate) fn head(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text).for_each(|(byte, &of_text)| *byte = of_text);
    u64::from_le_bytes(bytes)
}

/// A page has at most 64 MiB and a million entries, which `cube` sees to.
fn len_u32(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
