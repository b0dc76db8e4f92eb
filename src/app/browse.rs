//! Moving over the rows: the cursor stays on its customer whatever arrives.

use crate::app::App;
use crate::list::{Row, Slot};
use crate::search::Found;
use std::ops::Range;

/// What the cursor is on, however the rows around it change.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    /// A customer: the place, and the id where the record is here and has one.
    Customer(Slot, Option<String>),
    /// The last row, wherever that will be.
    End,
}

/// The row that is selected, and the window around it.
#[derive(Debug, Clone, Default)]
pub struct Cursor {
    row: usize,
    top: usize,
    held: Option<Held>,
    upwards: bool,
}

impl Cursor {
    /// The selected row.
    #[must_use]
    pub fn row(&self) -> usize {
        self.row
    }

    /// The first row of the window.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// Whether the last movement went up.
    #[must_use]
    pub fn upwards(&self) -> bool {
        self.upwards
    }

    /// Whether it is to stay on the last row, wherever that will be.
    #[must_use]
    pub fn stays_at_end(&self) -> bool {
        self.held == Some(Held::End)
    }

    /// Puts the selected row at `row` of `count`, with the window moved no further than it must.
    fn place(&mut self, row: usize, count: usize, window: usize) {
        self.row = row.min(count.saturating_sub(1));
        self.top = self.top.clamp((self.row + 1).saturating_sub(window), self.row);
        self.top = self.top.min(count.saturating_sub(window));
    }
}

impl App {
    /// How many rows the table has now: those of the list, or those that were found.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.found().map_or_else(|| self.store.row_count(), Found::len)
    }

    /// What stands on a row of the table. `None` iff there are not so many.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row> {
        match self.found() {
            Some(found) => found.slot(row).map(Row::Loaded),
            None => self.store.row(row),
        }
    }

    /// The customer under the cursor. `None` while that page is not here, and on an empty table.
    #[must_use]
    pub fn selected(&self) -> Option<Slot> {
        match self.row(self.cursor.row)? {
            Row::Loaded(slot) => Some(slot),
            Row::Absent { .. } => None,
        }
    }

    /// The rows in the window.
    #[must_use]
    pub fn window(&self) -> Range<usize> {
        let end = (self.cursor.top + self.layout().window()).min(self.row_count());
        self.cursor.top.min(end)..end
    }

    /// Moves the cursor by so many rows.
    pub(super) fn move_by(&mut self, rows: isize) {
        self.move_to(self.cursor.row.saturating_add_signed(rows));
    }

    /// Moves the cursor and the window by a window, or by half of one.
    pub(super) fn move_window(&mut self, windows: f32) {
        let window = self.layout().window();
        #[expect(clippy::cast_possible_truncation, reason = "a window has at most 500 rows")]
        #[expect(clippy::cast_precision_loss, reason = "a window has at most 500 rows")]
        let rows = (window as f32 * windows) as isize;
        let last_top = self.row_count().saturating_sub(window);
        self.cursor.top = self.cursor.top.saturating_add_signed(rows).min(last_top);
        self.move_by(rows);
    }

    /// Moves the cursor to a row; to the last one for a row beyond.
    pub(super) fn move_to(&mut self, row: usize) {
        let count = self.row_count();
        self.cursor.upwards = row < self.cursor.row;
        self.cursor.place(row, count, self.layout().window());
        self.hold_cursor();
    }

    /// Moves the cursor to the last row, and keeps it there when that turns out to be another.
    pub(super) fn move_to_end(&mut self) {
        self.move_to(usize::MAX);
        self.cursor.held = Some(Held::End);
    }

    /// Puts the cursor on a customer. Whether it is on the table.
    pub(super) fn move_to_customer(&mut self, slot: Slot) -> bool {
        let row = self.row_of(slot);
        if let Some(row) = row {
            self.move_to(row);
        }
        row.is_some()
    }

    /// After rows came or went: the cursor goes with its customer, which keeps its place on the screen.
    pub(super) fn settle_cursor(&mut self) {
        let count = self.row_count();
        let window = self.layout().window();
        let from_top = self.cursor.row.saturating_sub(self.cursor.top).min(window.saturating_sub(1));
        let row = match &self.cursor.held {
            Some(Held::End) => Some(count.saturating_sub(1)),
            Some(Held::Customer(slot, None)) => self.row_of(*slot),
            Some(Held::Customer(_, Some(id))) => self.store.find_id(id).and_then(|slot| self.row_of(slot)),
            None => None,
        };
        // While the list is read again, a customer may be on none of the pages for a moment.
        let is_lost = row.is_none() && !self.store.is_rereading();
        let row = row.unwrap_or(self.cursor.row);
        self.cursor.top = row.saturating_sub(from_top);
        self.cursor.place(row, count, window);
        if is_lost || matches!(self.cursor.held, None | Some(Held::Customer(_, None))) {
            self.hold_cursor();
        }
    }

    /// Remembers who is under the cursor.
    pub(super) fn hold_cursor(&mut self) {
        self.cursor.held = match self.row(self.cursor.row) {
            Some(Row::Loaded(slot)) => Some(Held::Customer(slot, self.id_at(slot))),
            Some(Row::Absent { page, offset }) => {
                Some(Held::Customer(Slot::new(page, offset.try_into().unwrap_or(u32::MAX)), None))
            }
            None => None,
        };
    }

    fn row_of(&self, slot: Slot) -> Option<usize> {
        match self.found() {
            Some(found) => found.row_of(slot),
            None => self.store.row_of(slot),
        }
    }

    fn id_at(&self, slot: Slot) -> Option<String> {
        let id = self.store.segment(slot.page)?.id(slot.index);
        (!id.is_empty()).then_some(id)
    }
}
