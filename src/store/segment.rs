//! One page, immutable once built: the records as Cube sent them, and the search text of its rows.

use crate::cube::{Moment, Page, Record};
use crate::store::row_text;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// A record that was asked for again by itself, after its page was read.
#[derive(Clone)]
struct Reread {
    record: Record<'static>,
    read: Moment,
}

/// The records of one page, in the order of its `results`; those that were left out have no place in it.
#[derive(Clone)]
pub struct Segment {
    page: Arc<Page>,
    reread: BTreeMap<u32, Reread>,
    text: String,
    ends: Vec<u32>,
    id_hashes: Vec<u64>,
}

impl Segment {
    /// Builds the search text of every row: work for another thread than the one that draws.
    #[must_use]
    pub fn new(page: Page) -> Self {
        let mut segment = Self {
            page: Arc::new(page),
            reread: BTreeMap::new(),
            text: String::new(),
            ends: Vec::new(),
            id_hashes: Vec::new(),
        };
        let mut text = String::new();
        for index in 0..len_u32(segment.page.len()) {
            let record = segment.record(index);
            let standard = record.standard();
            row_text::write(&standard, &mut text);
            segment.id_hashes.push(hash_id(standard.id.as_raw()));
            segment.ends.push(len_u32(text.len()));
        }
        text.shrink_to_fit();
        segment.text = text;
        segment
    }

    /// The same page with one record as it was read later; its id is the same.
    #[must_use]
    pub fn with_reread(&self, index: u32, record: Record<'static>, read: Moment) -> Self {
        let mut segment = self.clone();
        let mut row = String::new();
        row_text::write(&record.standard(), &mut row);
        let span = self.span(index);
        for end in segment.ends.iter_mut().skip(index as usize) {
            *end = len_u32(*end as usize + row.len() - span.len());
        }
        segment.text.replace_range(span, &row);
        segment.reread.insert(index, Reread { record, read });
        segment
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The places of the records.
    #[must_use]
    pub fn indices(&self) -> Range<u32> {
        0..len_u32(self.len())
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// What the list's answer said beside the records.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The record at `index`, which must be below [`len`](Self::len).
    #[must_use]
    pub fn record(&self, index: u32) -> Record<'_> {
        match self.reread.get(&index) {
            Some(reread) => reread.record.borrow(),
            None => self.page.record(index as usize),
        }
    }

    /// When the record at `index` was read: with its page, or later by itself.
    #[must_use]
    pub fn read(&self, index: u32) -> Moment {
        self.reread.get(&index).map_or(self.page.read, |reread| reread.read)
    }

    /// The id of the record at `index`, as sent; empty for an anonymised customer.
    #[must_use]
    pub fn id(&self, index: u32) -> String {
        self.record(index).standard().id.as_raw().to_owned()
    }

    /// A number that is the same for the same id.
    pub(crate) fn id_hash(&self, index: u32) -> u64 {
        self.id_hashes.get(index as usize).copied().unwrap_or_default()
    }

    /// The search text of all rows, one after the other.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where the search text of the row at `index` stands in [`text`](Self::text).
    pub(crate) fn span(&self, index: u32) -> Range<usize> {
        let end = |index: Option<u32>| {
            index.and_then(|at| self.ends.get(at as usize)).map_or(0, |&end| end as usize)
        };
        end(index.checked_sub(1))..end(Some(index))
    }

    /// The search text of the row at `index`.
    pub(crate) fn row(&self, index: u32) -> &str {
        self.text.get(self.span(index)).unwrap_or_default()
    }

    /// The row whose search text holds the byte at `offset`.
    pub(crate) fn row_at(&self, offset: usize) -> u32 {
        len_u32(self.ends.partition_point(|&end| end as usize <= offset))
    }
}

/// A page has at most 64 MiB and a million entries, which `cube` sees to.
fn len_u32(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// The hash by which ids are compared first.
pub(crate) fn hash_id(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Segment(page {}, {} records)", self.page.number, self.len())
    }
}
