//! The records of a page, compressed: nothing is lost. What the search text or a dictionary gives back of a value is not
//! held again: a note says how.
//!
//! ```text
//! records ─ Writer ─▶ shapes, each once: what is between the values
//!                     notes by column: what is beside the search text to give a value back, or its JSON text
//! ```
//! A value is had from the note of its row in one column, a record from its shape and the values of all its columns.
//! All is packed with a dictionary of the list, which has the words that are frequent in this very list.

mod notes;
mod shapes;

pub(crate) use notes::Chunk;
pub(crate) use shapes::Hole;

use crate::list::columns::Dictionaries;
use crate::list::name_words::NameWords;
use crate::list::row_text::FIELD_END;
use crate::list::word_parts::WordParts;
use crate::text::Country;
use notes::{Notes, NotesWriter};
use shapes::{Shapes, ShapesWriter};
use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, OnceLock};
use zstd_safe::{CCtx, CDict, DCtx, DDict};

/// Unpacks at well over 1 GB/s at any level; higher ones pack no better what is this short.
const LEVEL: i32 = 3;
/// So much of the first page is the dictionary: more finds little that is new, and is slower to pack with.
const DICTIONARY_AT_MOST: usize = 32 * 1024;

/// What the pages of one list share: the country of its account, the words of its lines, and the dictionary they are
/// packed with, which is made of the first page that comes. A clone is another handle to the same.
#[derive(Clone, Default)]
pub struct Packing {
    dictionary: Arc<OnceLock<Option<Dictionary>>>,
    names: NameWords,
    parts: WordParts,
    dictionaries: Dictionaries,
    country: Country,
}

struct Dictionary {
    pack: CDict<'static>,
    unpack: DDict<'static>,
}

impl Dictionary {
    fn new(text: &[u8]) -> Option<Self> {
        let text = text.get(..DICTIONARY_AT_MOST).unwrap_or(text);
        Some(Self { pack: CDict::try_create(text, LEVEL)?, unpack: DDict::try_create(text)? })
    }
}

impl Packing {
    /// For a list of an account in `country`.
    #[must_use]
    pub fn of(country: Country) -> Self {
        Self { country, ..Self::default() }
    }

    /// Whether this is another handle to the same.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.dictionaries.is(&other.dictionaries)
    }

    /// The country of the account.
    #[must_use]
    pub fn country(&self) -> Country {
        self.country
    }

    /// The words of the names in the list.
    pub(crate) fn names(&self) -> &NameWords {
        &self.names
    }

    /// The words that have signs beside them in the list.
    pub(crate) fn parts(&self) -> &WordParts {
        &self.parts
    }

    /// How many bytes the pages share: the distinct values of their fields.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.dictionaries.bytes()
    }

    /// The distinct values of the other fields.
    pub(crate) fn dictionaries(&self) -> &Dictionaries {
        &self.dictionaries
    }

    /// The dictionary; `made_of` becomes it when there is none yet. `None` only where memory is short.
    fn dictionary(&self, made_of: impl FnOnce() -> String) -> Option<&Dictionary> {
        self.dictionary.get_or_init(|| Dictionary::new(made_of().as_bytes())).as_ref()
    }
}

impl fmt::Debug for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Packing(dictionary: {})", self.dictionary.get().is_some())
    }
}

thread_local! {
    // Each takes some 100 KiB and longer to make than a page takes to pack.
    static PACKER: RefCell<Option<CCtx<'static>>> = RefCell::new(CCtx::try_create());
    static UNPACKER: RefCell<Option<DCtx<'static>>> = RefCell::new(DCtx::try_create());
}

/// Takes the records of a page in their order.
#[derive(Default)]
pub(crate) struct Writer {
    shapes: ShapesWriter,
    notes: NotesWriter,
    rows: u32,
}

impl Writer {
    /// Notes something of a value of the record that is added next: control characters are its first alone.
    pub(crate) fn note(&mut self, column: usize, note: &str) {
        self.notes.add(self.rows, column, note);
    }

    /// Adds the next record: its JSON text, and where in it the values stand that columns have. Without any the whole
    /// text is kept.
    pub(crate) fn add(&mut self, json: &str, holes: &[Hole]) {
        self.shapes.add(json, holes);
        self.rows += 1;
    }
}

/// The packed records of one page.
pub(crate) struct Packed {
    shapes: Shapes,
    notes: Notes,
    packing: Packing,
}

impl Packed {
    /// What it shares with the other pages of its list.
    pub(crate) fn packing(&self) -> &Packing {
        &self.packing
    }

    /// Packs what was written.
    pub(crate) fn new(written: Writer, packing: &Packing) -> Self {
        let Writer { shapes, notes, rows } = written;
        packing.dictionary(|| {
            let mut text = String::new();
            for part in shapes.texts().chain(notes.texts()) {
                let room = DICTIONARY_AT_MOST.saturating_sub(text.len());
                text.push_str(part.get(..part.floor_char_boundary(room)).unwrap_or_default());
            }
            text
        });
        let (shapes, notes) = (shapes.finish(packing), notes.finish(rows, packing));
        Self { shapes, notes, packing: packing.clone() }
    }

    /// Which shape a record has. `None` beyond the last.
    pub(crate) fn shape_of(&self, row: u32) -> Option<usize> {
        self.shapes.of_row(row)
    }

    /// The text of a shape, with a [`FIELD_END`] for each hole.
    pub(crate) fn shape(&self, shape: usize) -> String {
        self.shapes.text(shape, &self.packing)
    }

    /// The columns of the holes of a shape.
    pub(crate) fn columns(&self, shape: usize) -> impl Iterator<Item = usize> {
        self.shapes.columns(shape)
    }

    /// Whether the record of a row is kept as it is: the columns do not have its values.
    pub(crate) fn is_whole(&self, row: u32) -> bool {
        self.shapes.of_row(row).is_some_and(|shape| self.shapes.columns(shape).next().is_none())
    }

    /// The chunk of the notes that has a row, and the row's place in it.
    pub(crate) fn place(row: u32) -> (usize, u32) {
        Notes::place(row)
    }

    /// The notes of some rows of a column. Empty for a chunk or a column that does not exist.
    pub(crate) fn chunk(&self, column: usize, chunk: usize) -> Chunk<'_> {
        Chunk::new(self.notes.chunk(column, chunk, &self.packing))
    }

    /// Calls `each` with the note of each row of a column.
    pub(crate) fn each_note(&self, column: usize, each: impl FnMut(u32, &str)) {
        self.notes.each(column, &self.packing, each);
    }

    /// How many bytes are held.
    pub(crate) fn len(&self) -> usize {
        self.shapes.bytes() + self.notes.bytes()
    }
}

/// A shape with its holes filled: `value` appends what each is filled with, in their order.
pub(crate) fn fill(shape: &str, mut value: impl FnMut(&mut String)) -> String {
    let mut json = String::with_capacity(2 * shape.len());
    let mut pieces = shape.split(FIELD_END);
    json.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        value(&mut json);
        json.push_str(piece);
    }
    json
}

/// A text, packed. `None` where memory is short.
fn pack(text: &[u8], packing: &Packing) -> Option<Vec<u8>> {
    let mut packed = Vec::with_capacity(zstd_safe::compress_bound(text.len()));
    PACKER.with_borrow_mut(|packer| {
        let dictionary = packing.dictionary(String::new)?;
        packer.as_mut()?.compress_using_cdict(&mut packed, text, &dictionary.pack).ok()
    })?;
    packed.shrink_to_fit();
    Some(packed)
}

/// What was packed. `None` where memory is short.
fn unpack(packed: &[u8], packing: &Packing) -> Option<String> {
    let len = usize::try_from(zstd_safe::get_frame_content_size(packed).ok()??).ok()?;
    let mut text = Vec::with_capacity(len);
    UNPACKER.with_borrow_mut(|unpacker| {
        let dictionary = packing.dictionary(String::new)?;
        unpacker.as_mut()?.decompress_using_ddict(&mut text, packed, &dictionary.unpack).ok()
    })?;
    String::from_utf8(text).ok()
}

impl fmt::Debug for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Packed({} records, {} bytes)", self.shapes.rows(), self.len())
    }
}

#[cfg(test)]
mod tests;
