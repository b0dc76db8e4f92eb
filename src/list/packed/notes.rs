//! What is noted of the values of each key of a page: in chunks of some rows, so that a row costs little and a whole
//! column no more than its own bytes.
//!
//! ```text
//! note ␟ note ␟ … ␟      a chunk
//! note                   a chunk in whose rows all are the same
//! ```
//! No control character but white space can stand in JSON text, so the divider is never part of a note.

use super::{FIELD_END, Packing, pack, unpack};
use crate::list::row_text;
use std::borrow::Cow;

/// This many rows are in a chunk.
const ROWS: u32 = 128;
/// A chunk is packed where that saves this part of it, one in this many.
const WORTH: usize = 4;
/// A shorter chunk is never packed.
const SHORT: usize = 64;

/// The notes of all columns.
pub(super) struct Notes {
    bytes: Box<[u8]>,
    /// Where the chunks of the first column end, then those of the second one …
    ends: Box<[End]>,
    rows: u32,
}

/// Where a chunk ends; the highest bit says whether it is packed.
#[derive(Debug, Clone, Copy)]
struct End(u32);

const PACKED: u32 = 1 << 31;

impl End {
    fn at(self) -> usize {
        (self.0 & !PACKED) as usize
    }

    fn is_packed(self) -> bool {
        self.0 & PACKED != 0
    }
}

impl Notes {
    /// The chunk that has a row, and the row's place in it.
    pub(super) fn place(row: u32) -> (usize, u32) {
        ((row / ROWS) as usize, row % ROWS)
    }

    /// The notes of some rows of a column. Empty for a chunk or a column that does not exist.
    pub(super) fn chunk(&self, column: usize, chunk: usize, packing: &Packing) -> Cow<'_, str> {
        let at = column * chunks(self.rows) + chunk;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end.at());
        let Some(end) = self.ends.get(at).filter(|_| chunk < chunks(self.rows)) else {
            return Cow::default();
        };
        let bytes = self.bytes.get(start..end.at()).unwrap_or_default();
        if end.is_packed() {
            Cow::Owned(unpack(bytes, packing).unwrap_or_default())
        } else {
            Cow::Borrowed(str::from_utf8(bytes).unwrap_or_default())
        }
    }

    /// Calls `each` with the note of each row of a column.
    pub(super) fn each(&self, column: usize, packing: &Packing, mut each: impl FnMut(u32, &str)) {
        for chunk in 0..chunks(self.rows) {
            let text = self.chunk(column, chunk, packing);
            let first = u32::try_from(chunk).unwrap_or(u32::MAX) * ROWS;
            let rows = first..self.rows.min(first + ROWS);
            if text.as_bytes().last() == Some(&(FIELD_END as u8)) {
                rows.zip(row_text::fields(&text)).for_each(|(row, note)| each(row, note));
            } else {
                rows.for_each(|row| each(row, &text));
            }
        }
    }

    /// How many bytes are held.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len() + size_of_val(&*self.ends)
    }
}

fn chunks(rows: u32) -> usize {
    rows.div_ceil(ROWS) as usize
}

/// A chunk, read from its first row on.
#[derive(Debug, Default)]
pub(crate) struct Chunk<'p> {
    text: Cow<'p, str>,
    /// The row that was read last, and where its note begins.
    row: u32,
    start: usize,
}

impl<'p> Chunk<'p> {
    pub(super) fn new(text: Cow<'p, str>) -> Self {
        Self { text, row: 0, start: 0 }
    }

    /// The note of a row. Rows behind the one before are found fastest.
    pub(crate) fn note(&mut self, row: u32) -> &str {
        if self.text.as_bytes().last() != Some(&(FIELD_END as u8)) {
            return &self.text;
        }
        if row < self.row {
            (self.row, self.start) = (0, 0);
        }
        let end = |rest: &str| memchr::memchr(FIELD_END as u8, rest.as_bytes());
        let from = |start: usize| self.text.get(start..).unwrap_or_default();
        while self.row < row {
            self.start += end(from(self.start)).map_or(0, |end| end + 1);
            self.row += 1;
        }
        let rest = from(self.start);
        end(rest).and_then(|end| rest.get(..end)).unwrap_or_default()
    }
}

/// Takes the notes of one column, row by row.
#[derive(Default)]
struct ColumnWriter {
    text: String,
    rows: u32,
}

impl ColumnWriter {
    /// Rows without a note before this one have an empty one.
    fn fill_up_to(&mut self, row: u32) {
        self.text.extend((self.rows..row).map(|_| FIELD_END));
        self.rows = self.rows.max(row);
    }
}

/// Takes the notes of all columns.
#[derive(Default)]
pub(super) struct NotesWriter(Vec<ColumnWriter>);

impl NotesWriter {
    /// Adds the note of a row.
    pub(super) fn add(&mut self, row: u32, column: usize, note: &str) {
        if self.0.len() <= column {
            self.0.resize_with(column + 1, ColumnWriter::default);
        }
        if let Some(writer) = self.0.get_mut(column) {
            writer.fill_up_to(row);
            writer.text.push_str(note);
            writer.text.push(FIELD_END);
            writer.rows = row + 1;
        }
    }

    /// The texts of the columns.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|column| column.text.as_str())
    }

    pub(super) fn finish(self, rows: u32, packing: &Packing) -> Notes {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for mut column in self.0 {
            column.fill_up_to(rows);
            let mut rest = column.text.as_str();
            for _ in 0..chunks(rows) {
                let end = memchr::memchr_iter(FIELD_END as u8, rest.as_bytes()).nth(ROWS as usize - 1);
                let (chunk, behind) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
                rest = behind;
                let is_packed = write_chunk(chunk, packing, &mut bytes);
                let end = u32::try_from(bytes.len()).unwrap_or_default();
                ends.push(End(if is_packed { end | PACKED } else { end }));
            }
        }
        Notes { bytes: bytes.into(), ends: ends.into(), rows }
    }
}

/// Appends the notes of some rows. Whether they are packed.
fn write_chunk(chunk: &str, packing: &Packing, out: &mut Vec<u8>) -> bool {
    let mut notes = chunk.split_terminator(FIELD_END);
    let first = notes.next().unwrap_or_default();
    if notes.all(|note| note == first) {
        out.extend_from_slice(first.as_bytes());
        return false;
    }
    let packed = if chunk.len() < SHORT { None } else { pack(chunk.as_bytes(), packing) };
    let packed = packed.filter(|packed| packed.len() + chunk.len() / WORTH <= chunk.len());
    out.extend_from_slice(packed.as_deref().unwrap_or(chunk.as_bytes()));
    packed.is_some()
}
