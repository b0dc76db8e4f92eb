//! The records of a page, compressed: nothing is lost, and any one of them is had by unpacking its block alone. Of a
//! value that the search text or a dictionary gives back, only a sign is packed.
//!
//! ```text
//! records ─ block::Writer ─▶ blocks of 16 as text ─ zstd, with the list's dictionary ─▶ Packed
//! Packed ─ the block of a row ─▶ Block ─▶ Record
//! ```
//! Blocks are small so that a row costs microseconds; the dictionary gives them what they would otherwise have to
//! repeat: the shape of a record, and the words that are frequent in this very list.

mod block;

pub(crate) use block::{Block, FIELD_END, Writer, fill, place};

use crate::list::columns::Dictionaries;
use crate::list::name_words::NameWords;
use crate::list::word_parts::WordParts;
use crate::text::Country;
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
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
    fn dictionary(&self, made_of: &[u8]) -> Option<&Dictionary> {
        self.dictionary.get_or_init(|| Dictionary::new(made_of)).as_ref()
    }
}

impl fmt::Debug for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Packing(dictionary: {})", self.dictionary.get().is_some())
    }
}

thread_local! {
    // Each takes some 100 KiB and longer to make than a block takes to pack.
    static PACKER: RefCell<Option<CCtx<'static>>> = RefCell::new(CCtx::try_create());
    static UNPACKER: RefCell<Option<DCtx<'static>>> = RefCell::new(DCtx::try_create());
}

/// One block: where its bytes end, and the first row behind it.
#[derive(Debug, Clone, Copy)]
struct End {
    byte: u32,
    row: u32,
}

/// The packed records of one page.
pub(crate) struct Packed {
    bytes: Box<[u8]>,
    ends: Box<[End]>,
    packing: Packing,
}

impl Packed {
    /// What it shares with the other pages of its list.
    pub(crate) fn packing(&self) -> &Packing {
        &self.packing
    }

    /// Packs what was written.
    pub(crate) fn new(written: Writer, packing: &Packing) -> Self {
        let texts = written.into_blocks();
        let mut bytes = Vec::new();
        let mut ends = Vec::new();
        for block in &texts.ends {
            let from = ends.len().checked_sub(1).and_then(|last| texts.ends.get(last)).map_or(0, |end| end.0);
            pack(
                texts.text.get(from..block.0).unwrap_or_default().as_bytes(),
                packing,
                &texts.text,
                &mut bytes,
            );
            ends.push(End { byte: u32::try_from(bytes.len()).unwrap_or(u32::MAX), row: block.1 });
        }
        Self { bytes: bytes.into(), ends: ends.into(), packing: packing.clone() }
    }

    /// Which block a row is in, and where in that block. A row beyond the last is in no block.
    pub(crate) fn place(&self, row: u32) -> (usize, u32) {
        let block = self.ends.partition_point(|end| end.row <= row);
        (block, row - self.rows(block).start.min(row))
    }

    /// How many blocks there are.
    pub(crate) fn blocks(&self) -> usize {
        self.ends.len()
    }

    /// The rows in a block.
    pub(crate) fn rows(&self, block: usize) -> Range<u32> {
        let row = |block: usize| self.ends.get(block).map(|end| end.row);
        let start = block.checked_sub(1).and_then(row).unwrap_or_default();
        start..row(block).unwrap_or(start)
    }

    /// A block as it was written. Empty for one that does not exist.
    pub(crate) fn block(&self, block: usize) -> Block {
        let byte = |block: usize| self.ends.get(block).map(|end| end.byte as usize);
        let from = block.checked_sub(1).and_then(byte).unwrap_or_default();
        let packed = byte(block).and_then(|to| self.bytes.get(from..to));
        Block::new(packed.and_then(|packed| unpack(packed, &self.packing)).unwrap_or_default())
    }

    /// How many bytes are held.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() + size_of_val(&*self.ends)
    }
}

/// Appends `text` to `out`, packed.
fn pack(text: &[u8], packing: &Packing, dictionary: &str, out: &mut Vec<u8>) {
    let start = out.len();
    let room = zstd_safe::compress_bound(text.len());
    out.resize(start + room, 0);
    let packed = PACKER.with_borrow_mut(|packer| {
        let (packer, into) = (packer.as_mut()?, out.get_mut(start..)?);
        let dictionary = packing.dictionary(dictionary.as_bytes())?;
        packer.compress_using_cdict(into, text, &dictionary.pack).ok()
    });
    out.truncate(start + packed.unwrap_or_default());
}

/// What was packed. `None` where memory is short.
fn unpack(packed: &[u8], packing: &Packing) -> Option<String> {
    let len = usize::try_from(zstd_safe::get_frame_content_size(packed).ok()??).ok()?;
    let mut text = Vec::with_capacity(len);
    UNPACKER.with_borrow_mut(|unpacker| {
        let dictionary = packing.dictionary(&[])?;
        unpacker.as_mut()?.decompress_using_ddict(&mut text, packed, &dictionary.unpack).ok()
    })?;
    String::from_utf8(text).ok()
}

impl fmt::Debug for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Packed({} blocks, {} bytes)", self.ends.len(), self.bytes.len())
    }
}
