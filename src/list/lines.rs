//! The search text of a page: one line a row, all of them in one buffer that a search runs over at once.

use crate::cube::Standard;
use crate::list::ends::Ends;
use crate::list::row_text::{self, UnusualTexts};
use crate::text::Country;
use std::fmt;

/// The search text of the rows of a page.
#[derive(Clone, Default)]
pub(crate) struct Lines {
    text: String,
    ends: Ends,
    /// The first bytes of each row: what ids begin with, close together.
    beginnings: Vec<u32>,
    odd: UnusualTexts,
}

impl Lines {
    /// Adds the next row.
    pub(crate) fn push(&mut self, standard: &Standard<'_>, country: Country) {
        let start = self.text.len();
        self.odd.join(row_text::write(standard, country, &mut self.text));
        self.ends.push(self.text.len());
        self.beginnings.push(beginning(self.text.get(start..).unwrap_or_default().as_bytes()));
    }

    /// Gives back what was taken for growing.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink();
        self.beginnings.shrink_to_fit();
    }

    /// The same rows but for one.
    pub(crate) fn with(&self, row: u32, standard: &Standard<'_>, country: Country) -> Self {
        let mut changed = self.clone();
        let mut line = String::new();
        changed.odd.join(row_text::write(standard, country, &mut line));
        let span = self.ends.span(row);
        let moved = |end| if end < span.end { end } else { end + line.len() - span.len() };
        let ends = self.ends.iter().enumerate();
        changed.ends = ends.map(|(at, end)| if at < row as usize { end } else { moved(end) }).collect();
        changed.text.replace_range(span, &line);
        if let Some(known) = changed.beginnings.get_mut(row as usize) {
            *known = beginning(line.as_bytes());
        }
        changed
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + self.ends.bytes() + size_of_val(&*self.beginnings)
    }

    /// The text of all rows.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where the line of each row ends, its [`ROW_END`](row_text::ROW_END) included.
    pub(crate) fn ends(&self) -> &Ends {
        &self.ends
    }

    /// The [`beginning`] of each row.
    pub(crate) fn beginnings(&self) -> &[u32] {
        &self.beginnings
    }

    /// The text of one row. Empty beyond the last.
    pub(crate) fn line(&self, row: u32) -> &str {
        self.text.get(self.ends.span(row)).unwrap_or_default()
    }

    /// Has the memory of some rows come near to the processor, all at once: they are looked at next.
    pub(crate) fn fetch(&self, rows: impl Iterator<Item = u32>) {
        rows.for_each(|row| fetch(self.line(row)));
    }

    /// What is not in every row as it is in most.
    pub(crate) fn odd(&self) -> UnusualTexts {
        self.odd
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

/// This many first bytes of a row are held by themselves.
pub(crate) const BEGINNING: usize = 4;

/// The first four bytes of a text, the first one lowest; zeros behind a shorter one.
pub(crate) fn beginning(text: &[u8]) -> u32 {
    u32::from_le_bytes(first_bytes::<BEGINNING>(text))
}

/// The first bytes of a text; zeros behind a shorter one.
pub(crate) fn first_bytes<const LEN: usize>(text: &[u8]) -> [u8; LEN] {
    let mut bytes = [0; LEN];
    bytes.iter_mut().zip(text).for_each(|(byte, &of_text)| *byte = of_text);
    bytes
}
