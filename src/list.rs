//! The customers of one list that are held, in Cube's order, as rows of which any may be absent.
//!
//! ```text
//! page ─ Segment::new ─▶ Arc<Segment> ─ Store::page_arrived ─▶ rows, ids
//!                             │
//!                             └─ Store::searchable ─▶ Searchable: what `search` reads
//! ```
//!
//! A segment keeps its search text as it is searched: a line for the standard fields, columns for the others. The rest
//! of its records, which this text does not say, is packed in blocks of which any is unpacked by itself. The cost of a key depends on the window, and the cost of a page on that page. Neither depends on how many
//! other customers are held.
//!
//! The number of a page is ours: of Cube's `next` we only use whether there is one. Page 1 tells the size of a page.
//! `count` is a hint. The list ends at a page without a `next`, at one that does not exist, at one that brings no
//! new customer, or at the second of two that are empty.

mod arrival;
pub(crate) mod columns;
mod demand;
mod ends;
mod follows;
mod ids;
pub(crate) mod letters;
pub(crate) mod lines;
mod looked_up;
pub(crate) mod name_words;
mod named;
pub(crate) mod packed;
mod pages;
pub(crate) mod phone;
pub(crate) mod row_text;
mod rows;
mod scope;
mod searchable;
mod segment;
mod slot;
pub(crate) mod word_parts;

#[cfg(test)]
mod tests;

pub use arrival::Touched;
pub use demand::Demand;
pub use follows::Follows;
pub use named::named;
pub use packed::Packing;
pub use pages::PageState;
pub use phone::is_number_char;
pub use rows::Row;
pub use scope::Scope;
pub use searchable::Searchable;
pub use segment::{Records, Segment};
pub use slot::Slot;

use crate::cube::{CUSTOM_PREFIX, Error, Moment, Record};
use crate::fields::FieldMap;
use crate::text::{RawText, SafeText};
use ids::Ids;
use looked_up::LOOKED_UP;
use pages::Pages;
use std::collections::BTreeSet;
use std::sync::Arc;

/// As many rows as are ever held; a longer list is cut, and said to be.
pub const MAX_ROWS: u64 = 2_000_000;

/// The customers of one list.
#[derive(Debug, Default)]
pub struct Store {
    pages: Pages,
    looked_up: looked_up::LookedUp,
    ids: Ids,
    rows: rows::Rows,
    /// What is supposed of the pages that are not here, as the rows have it.
    supposed: Option<arrival::SupposedLen>,
    /// How many entries a page has, as learnt from page 1. `None` until then, and for a list of one page.
    size: Option<usize>,
    /// How many customers there are, as Cube last said.
    count: Option<u64>,
    /// The last page: one without a `next`. `None` until it was read.
    last: Option<u32>,
    /// The first page that is known not to be there, or not to be wanted.
    ceiling: Option<u32>,
    /// How many pages that were jumped to turned out not to be there.
    misses: u32,
    /// Whether the list is to be read again and its first page is not here yet.
    rereading: bool,
    /// Whether the pages' sizes differ, so that a page's rows are only known once all before it are here.
    in_order: bool,
    /// What `count` was at first and is now, once it changed.
    changed: Option<(u64, u64)>,
    /// Whether a page brought no new customer.
    repeats: bool,
}

impl Store {
    /// A list of which nothing is known: it has one page, as every list has.
    #[must_use]
    pub fn new() -> Self {
        let mut store = Self::default();
        store.recount(&mut Touched::new());
        store
    }

    /// How many rows there are, customers who were looked up and absent ones included.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.looked_up() + self.rows.count()
    }

    /// What is on a row. `None` iff there are fewer rows.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row> {
        let Some(row) = row.checked_sub(self.looked_up()) else {
            return Some(Row::Loaded(Slot::new(LOOKED_UP, row.try_into().ok()?)));
        };
        let (page, offset) = self.rows.page_of(row)?;
        Some(match self.nth_shown(page, offset) {
            Some(slot) => Row::Loaded(slot),
            None => Row::Absent { page, offset },
        })
    }

    /// The row of a record, also of one whose page is not loaded. `None` iff its page does not exist or it is not shown.
    #[must_use]
    pub fn row_of(&self, slot: Slot) -> Option<usize> {
        if slot.page == LOOKED_UP {
            return Some(slot.index as usize).filter(|row| *row < self.looked_up());
        }
        let start = self.rows.start_of(slot.page)?;
        let hidden_before = self.ids.repeats_in(slot.page).take_while(|&index| index < slot.index).count();
        let is_hidden = self.ids.repeats_in(slot.page).any(|index| index == slot.index);
        let offset = slot.index as usize - hidden_before;
        (!is_hidden && offset < self.rows.len_of(slot.page)).then_some(self.looked_up() + start + offset)
    }

    /// The page of a row and its records, for drawing or reading. `None` while the page is not here.
    #[must_use]
    pub fn segment(&self, page: u32) -> Option<&Arc<Segment>> {
        if page == LOOKED_UP { self.looked_up.segment() } else { self.pages.segment(page) }
    }

    /// The record at a place. `None` while its page is not here.
    #[must_use]
    pub fn record(&self, slot: Slot) -> Option<Record<'static>> {
        let segment = self.segment(slot.page)?;
        ((slot.index as usize) < segment.len()).then(|| segment.record(slot.index))
    }

    /// Reads the records of some rows, one after the other.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader { store: self, records: None }
    }

    /// When the record at a place was read. `None` while its page is not here.
    #[must_use]
    pub fn read(&self, slot: Slot) -> Option<Moment> {
        self.segment(slot.page).map(|segment| segment.read(slot.index))
    }

    /// The first place of an id. `None` iff it is not held, and for the empty id, which many may have.
    #[must_use]
    pub fn find_id(&self, id: &str) -> Option<Slot> {
        if id.is_empty() { None } else { self.ids.find(id, &self.pages).or_else(|| self.looked_up.find(id)) }
    }

    /// Puts a record that was read by itself in the place of the one with its id. The place, iff it is held.
    pub fn reread(&mut self, record: &Record<'_>, read: Moment) -> Option<Slot> {
        let slot = self.find_id(record.standard().id.as_raw())?;
        if slot.page == LOOKED_UP {
            self.looked_up.replace(slot, record.clone().into_owned(), read);
            return Some(slot);
        }
        let segment = self.pages.segment(slot.page)?;
        let fresh = segment.with_reread(slot.index, record.clone().into_owned(), read);
        self.pages.set_segment(slot.page, Some(Arc::new(fresh)));
        Some(slot)
    }

    /// The custom fields without a label that the records of the first page have, by their keys.
    #[must_use]
    pub fn unlabelled(&self, fields: &FieldMap) -> Vec<String> {
        let Some(first) = self.segment(1) else {
            return Vec::new();
        };
        let mut keys = BTreeSet::new();
        let mut records = first.records();
        for index in first.indices() {
            records.record(index).each(|key, _| {
                if key.starts_with(CUSTOM_PREFIX) && !keys.contains(&*key) && fields.label(&key).is_none() {
                    keys.insert(key.into_owned());
                }
            });
        }
        keys.into_iter().collect()
    }

    /// The state of a page.
    #[must_use]
    pub fn page_state(&self, page: u32) -> PageState {
        self.pages.state(page)
    }

    /// How many pages are held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.pages.tally().held
    }

    /// The first page that could not be read, and why. `None` iff there is none.
    #[must_use]
    pub fn first_failure(&self) -> Option<(u32, Arc<Error>)> {
        self.pages.first_failure().map(|(page, error)| (page, Arc::clone(error)))
    }

    /// Whose the first value is that was not UTF-8: "customer 9120011888". `None` iff all were.
    #[must_use]
    pub fn first_not_utf8(&self) -> Option<SafeText<'static>> {
        let is_any = self.pages.tally().not_utf8 > 0;
        let segments = is_any.then(|| self.pages.segments());
        segments.into_iter().flatten().find_map(|(_, segment)| segment.odd.not_utf8.whose())
    }

    /// How many pages are asked for at this moment.
    #[must_use]
    pub fn loading(&self) -> usize {
        self.pages.tally().loading
    }

    /// Takes in that a page could not be read.
    pub fn page_failed(&mut self, number: u32, error: Arc<Error>) {
        self.pages.set_state(number, PageState::Failed(error));
    }

    /// Makes pages that were asked for but are not here absent again: their answers are no longer wanted.
    pub fn forget_loading(&mut self) {
        self.pages.change_states(|state| matches!(state, PageState::Loading).then_some(PageState::Absent));
    }

    /// Makes failed pages absent again, so that they may be asked for. Whether there were any.
    pub fn retry_failed(&mut self) -> bool {
        let failed = self.pages.tally().failed > 0;
        self.pages.change_states(|state| matches!(state, PageState::Failed(_)).then_some(PageState::Absent));
        failed
    }

    /// Makes every page one that is to be asked for again, the first one before all. What is held, and what is known
    /// of the list, stays until its new reading is here.
    pub fn read_again(&mut self) {
        self.pages.change_states(|_| Some(PageState::Absent));
        self.rereading = true;
    }

    /// Whether something that is held is still to be read again.
    #[must_use]
    pub fn is_rereading(&self) -> bool {
        self.rereading || self.pages.tally().held_again > 0
    }

    fn nth_shown(&self, page: u32, offset: usize) -> Option<Slot> {
        let segment = self.pages.segment(page)?;
        let mut index = u32::try_from(offset).ok()?;
        for hidden in self.ids.repeats_in(page) {
            if hidden > index {
                break;
            }
            index += 1;
        }
        ((index as usize) < segment.len()).then_some(Slot::new(page, index))
    }
}

/// Reads records that lie close together, and unpacks what they share only once.
#[derive(Debug)]
pub struct Reader<'s> {
    store: &'s Store,
    records: Option<(u32, Records<'s>)>,
}

impl<'s> Reader<'s> {
    /// The record at a place. `None` while its page is not here.
    pub fn record(&mut self, slot: Slot) -> Option<Record<'static>> {
        Some(self.of_page(slot.page)?.record(slot.index))
    }

    /// The texts of some fields of the record at a place, in the order of their keys; empty for those that it does not
    /// have. `None` while its page is not here.
    pub fn texts(&mut self, slot: Slot, keys: &[&str]) -> Option<Vec<RawText<'static>>> {
        Some(self.of_page(slot.page)?.texts(slot.index, keys))
    }

    /// The record at a place as its page had it, to the byte. `None` while its page is not here.
    pub fn whole(&mut self, slot: Slot) -> Option<Record<'static>> {
        Some(self.of_page(slot.page)?.whole(slot.index))
    }

    fn of_page(&mut self, page: u32) -> Option<&mut Records<'s>> {
        if self.records.as_ref().is_none_or(|(held, _)| *held != page) {
            self.records = Some((page, self.store.segment(page)?.records()));
        }
        self.records.as_mut().map(|(_, records)| records)
    }
}
