//! One list of customers as the table shows it: its records, which of them are shown in which order, where the cursor
//! is, what is searched for, and what is being loaded. Nothing outside this module changes any of these.

mod alike;
mod columns;
mod counts;
mod cursor;
mod find;
mod load;
mod marks;
mod order;
mod place;
mod view;

pub use columns::{ChosenColumn, Column, Columns};
pub use counts::{FieldCount, FieldCounts};
pub use cursor::Cursor;
pub use find::Find;
pub(in crate::app) use find::Searched;
pub use load::Load;
pub use marks::Marks;
pub use order::Sorting;
pub(in crate::app) use place::ListPlace;
pub use view::View;

use crate::app::layers::Rows;
use crate::app::{CallsOf, Env, ListId};
use crate::cube::{FetchedCustomer, Record, Schema};
use crate::list::{Row, Searchable, Segment, Slot, Store, Touched};
use crate::search::Found;
use crate::text::{self, Place, SafeText};
use crate::words::Divider;
use find::Before;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A table with fewer lines has no dividers: they would leave too little room for rows.
const DIVIDED_FROM: usize = 4;

/// One list.
#[derive(Debug, Default)]
pub struct List {
    /// Answers to its questions carry this.
    pub id: ListId,
    /// What its records are.
    pub schema: &'static Schema,
    /// Whose calls these are, and of which days. `None` for a list of customers.
    pub calls: Option<CallsOf>,
    /// The records that are held.
    pub store: Store,
    /// Which columns the table has, and how wide they are.
    pub columns: Columns,
    /// Where in the table we are.
    pub cursor: Cursor,
    /// Which rows are shown.
    pub view: View,
    /// What the rows are sorted by.
    pub sorting: Sorting,
    /// What is searched for.
    pub find: Find,
    /// What is being loaded.
    pub load: Load,
    /// Who is marked.
    pub marks: Marks,
    /// What was shown before the line was opened, for Esc to go back to.
    before: Option<Box<Before>>,
    /// The place in the list that the cursor goes back to once the rows are as they were there.
    returns_to: Option<Box<Cursor>>,
    /// How often rows came, went or changed.
    changes: u64,
    /// Whether the person changed the columns or the order, and that was not kept yet.
    look_changed: bool,
    /// The ids of customers who were read once and are no longer in Cube.
    gone: BTreeSet<String>,
}

impl List {
    /// A list of which nothing is known.
    #[must_use]
    pub fn new(id: ListId, schema: &'static Schema) -> Self {
        let columns = Columns::new(schema);
        Self { id, schema, columns, store: Store::new(), ..Self::default() }
    }

    /// How many rows the table has: those of the list, or the hits.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.view.count(&self.store)
    }

    /// What is on a row of the table. `None` iff there are fewer rows.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row> {
        self.view.row(&self.store, row)
    }

    /// The row of a record. `None` iff the table does not show it.
    #[must_use]
    pub fn row_of(&self, slot: Slot) -> Option<usize> {
        self.view.row_of(&self.store, slot)
    }

    /// The dividers of a table with this many lines, and the rows above which they are drawn, ascending. A table with
    /// very few lines has none.
    #[must_use]
    pub fn dividers(&self, window: usize) -> Vec<(usize, Divider)> {
        if window < DIVIDED_FROM { Vec::new() } else { self.view.dividers(&self.store) }
    }

    /// The hits, while a search narrows the table.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        self.view.found()
    }

    /// The customer under the cursor. `None` while the page is not loaded, and on an empty table.
    #[must_use]
    pub fn selected(&self) -> Option<Slot> {
        match self.row(self.cursor.row())? {
            Row::Loaded(slot) => Some(slot),
            Row::Absent { .. } => None,
        }
    }

    /// The id of a customer as sent. `None` for a record without one, and while the page is not loaded.
    #[must_use]
    pub fn id_at(&self, slot: Slot) -> Option<String> {
        let id = self.store.segment(slot.page)?.id(slot.index);
        (!id.is_empty()).then_some(id)
    }

    /// The name of a customer, as a row shows it. `None` while the page is not loaded.
    #[must_use]
    pub fn name_at(&self, slot: Slot) -> Option<SafeText<'static>> {
        let record = self.store.record(slot)?;
        Some(text::clean(&record.standard().name, Place::Row).into_owned())
    }

    /// The rows that there are now, to be compared with those that there are later.
    #[must_use]
    pub(in crate::app) fn rows(&self) -> Rows {
        let loaded = || self.store.scope().loaded;
        Rows { changes: self.changes, len: self.found().map_or_else(loaded, Found::len) }
    }

    /// Whether the person changed the columns or the order since the last call.
    pub(in crate::app) fn take_look_changed(&mut self) -> bool {
        std::mem::take(&mut self.look_changed)
    }

    /// Whether Cube said that there is no customer with this id any more.
    #[must_use]
    pub fn is_gone(&self, id: &str) -> bool {
        self.gone.contains(id)
    }

    /// Notes that a customer is no longer in Cube.
    pub(in crate::app) fn mark_gone(&mut self, id: &str) {
        self.gone.insert(id.to_owned());
    }

    /// The list that a customer in the table is in: another one than this where they were only found there.
    #[must_use]
    pub fn list_of(&self, slot: Slot) -> ListId {
        self.store.elsewhere(slot).map_or(self.id, ListId)
    }

    /// Puts a record that was read by itself into the list: in place of the older reading, or as a customer who was
    /// looked up, in front of the list until their page is loaded. `found_in` is the list that has them.
    pub(in crate::app) fn take_in(
        &mut self,
        env: &mut Env<'_>,
        reading: &FetchedCustomer,
        found_in: ListId,
    ) -> Option<Slot> {
        self.gone.remove(reading.record.standard().id.as_raw());
        let slot = if let Some(slot) = self.store.reread(&reading.record, reading.read) {
            slot
        } else {
            // Only some are kept: whoever was looked up first may go.
            self.marks.grow_old();
            self.store.look_up(&reading.record, reading.read)?
        };
        self.store.note_elsewhere(slot, (found_in != self.id).then_some(found_in.0));
        self.rows_changed(env, &[slot.page].into());
        Some(slot)
    }

    /// The records with this id, in a list in which several may have it.
    #[must_use]
    pub(in crate::app) fn calls_of(&self, id: &str) -> Vec<Record<'static>> {
        let pages = self.store.searchable();
        let of_page = |page: &Searchable| {
            let segment = Arc::clone(&page.segment);
            let is_its = move |index: &u32| segment.id(*index) == id;
            let mut records = page.segment.records();
            let indices: Vec<u32> = page.segment.indices().filter(is_its).collect();
            indices.into_iter().map(|index| records.record(index)).collect::<Vec<_>>()
        };
        let pages = pages.iter().filter(|_| !id.is_empty());
        pages.flat_map(of_page).collect()
    }

    /// Takes in pages with other names, where they are still those that are held.
    pub(in crate::app) fn take_named(&mut self, env: &mut Env<'_>, pages: Vec<Arc<Segment>>) {
        let is_held =
            |page: &Arc<Segment>| self.store.segment(page.number).is_some_and(|held| held.read == page.read);
        let pages: Vec<_> = pages.into_iter().filter(is_held).collect();
        let touched: Touched = pages.into_iter().flat_map(|page| self.store.page_arrived(page)).collect();
        if !touched.is_empty() {
            self.rows_changed(env, &touched);
        }
    }

    /// Rows came or went on these pages: they are searched again, and the cursor goes with its customer.
    pub(super) fn rows_changed(&mut self, env: &mut Env<'_>, touched: &Touched) {
        self.changes += 1;
        self.view.touch(&self.store, touched);
        let befores = self.before.iter_mut().chain(&mut self.marks.before);
        befores
            .filter_map(|before| before.answer.as_mut())
            .for_each(|before| before.touch(&self.store, touched));
        self.follow_marks(env, touched);
        self.sorting.rows_changed();
        self.find.pages_changed(touched);
        self.search_stale(env);
        self.settle_cursor(env);
    }
}
