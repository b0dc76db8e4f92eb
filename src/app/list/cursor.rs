//! The cursor stays on its customer whatever arrives; the viewport around it moves no further than it must.

use super::List;
use crate::app::Env;
use crate::keys::Action;
use crate::list::{Row, Slot};
use crate::words::Divider;
use std::ops::Range;

/// What the cursor stays on, however the rows around it change.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Anchor {
    /// A customer: the slot, and the id where the record is loaded and has one.
    Customer(Slot, Option<String>),
    /// The last row, whichever that will be.
    End,
}

/// The row under the cursor, and the viewport around it.
#[derive(Debug, Clone, Default)]
pub struct Cursor {
    row: usize,
    top: usize,
    anchor: Option<Anchor>,
    /// Whether it was put there by the search, and no row was chosen since.
    is_found: bool,
    upwards: bool,
}

impl Cursor {
    /// The row under the cursor.
    #[must_use]
    pub fn row(&self) -> usize {
        self.row
    }

    /// The first row of the viewport.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// Whether the last movement went up.
    #[must_use]
    pub fn upwards(&self) -> bool {
        self.upwards
    }

    /// Whether it stays on the last row, whichever that will be.
    #[must_use]
    pub fn stays_at_end(&self) -> bool {
        self.anchor == Some(Anchor::End)
    }

    /// Whether a person has chosen the row, and not the search.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        !self.is_found
    }

    /// A person takes the row as it is.
    pub(super) fn choose(&mut self) {
        self.is_found = false;
    }

    /// Puts the cursor on `row`, or on the last one, and moves the viewport no further than it must.
    fn place(&mut self, row: usize, shape: &Shape) {
        self.row = row.min(shape.count.saturating_sub(1));
        self.top = self.top.clamp(shape.lowest_top(self.row), self.row);
        self.top = self.top.min(shape.lowest_top(shape.count.saturating_sub(1)));
    }
}

/// What decides how many rows fit: how many there are, the lines of the viewport, and the dividers among them.
#[derive(Debug, Clone, Default)]
struct Shape {
    count: usize,
    window: usize,
    dividers: Vec<(usize, Divider)>,
}

impl Shape {
    /// How many lines the rows from `first` to `last` take with the dividers above them.
    fn lines(&self, first: usize, last: usize) -> usize {
        let dividers = self.dividers.iter().filter(|(row, _)| (first..=last).contains(row)).count();
        last + 1 - first + dividers
    }

    /// The first row of the viewport in which `row` is the last one that fits.
    fn lowest_top(&self, row: usize) -> usize {
        let top = (row + 1).saturating_sub(self.window);
        (top..=row).find(|&top| self.lines(top, row) <= self.window).unwrap_or(row)
    }

    /// The rows that the viewport shows from `top` on.
    fn rows_from(&self, top: usize) -> Range<usize> {
        let top = top.min(self.count);
        let end = (top + self.window).min(self.count);
        let end = (top..=end).rev().find(|&end| end == top || self.lines(top, end - 1) <= self.window);
        top..end.unwrap_or(top)
    }
}

impl List {
    /// What decides how many rows fit into a viewport of this many lines.
    fn shape(&self, window: usize) -> Shape {
        Shape { count: self.row_count(), window, dividers: self.dividers(window) }
    }

    /// The rows in a viewport of this many lines.
    #[must_use]
    pub fn viewport(&self, window: usize) -> Range<usize> {
        self.shape(window).rows_from(self.cursor.top)
    }

    /// Does what a key is for that moves the cursor.
    pub(in crate::app) fn act(&mut self, env: &Env<'_>, action: Action) {
        match action {
            Action::Up => self.move_by(env, -1),
            Action::Down => self.move_by(env, 1),
            Action::PageUp => self.move_viewport(env, -1.0),
            Action::PageDown => self.move_viewport(env, 1.0),
            Action::HalfUp => self.move_viewport(env, -0.5),
            Action::HalfDown => self.move_viewport(env, 0.5),
            Action::First => self.move_to(env, 0),
            Action::Last => self.move_to_end(env),
            _ => {}
        }
    }

    /// Moves the cursor by this many rows.
    pub(in crate::app) fn move_by(&mut self, env: &Env<'_>, rows: isize) {
        self.move_to(env, self.cursor.row.saturating_add_signed(rows));
    }

    /// Moves the cursor and the viewport by one viewport, or by half of one.
    pub(in crate::app) fn move_viewport(&mut self, env: &Env<'_>, viewports: f32) {
        #[expect(clippy::cast_possible_truncation, reason = "a viewport has at most 500 rows")]
        #[expect(clippy::cast_precision_loss, reason = "a viewport has at most 500 rows")]
        let rows = (env.window as f32 * viewports) as isize;
        let last_top = self.shape(env.window).lowest_top(self.row_count().saturating_sub(1));
        self.cursor.top = self.cursor.top.saturating_add_signed(rows).min(last_top);
        self.move_by(env, rows);
    }

    /// Moves the viewport by this many rows. The cursor goes along only as far as it must to stay in sight.
    pub(in crate::app) fn scroll_by(&mut self, env: &Env<'_>, rows: isize) {
        let shape = self.shape(env.window);
        let last_top = shape.lowest_top(shape.count.saturating_sub(1));
        self.cursor.top = self.cursor.top.saturating_add_signed(rows).min(last_top);
        self.cursor.upwards = rows < 0;
        let seen = shape.rows_from(self.cursor.top);
        let row = self.cursor.row.min(seen.end.saturating_sub(1)).max(seen.start);
        if row != self.cursor.row {
            self.move_to(env, row);
        }
    }

    /// The row on this line of a viewport of this height. `None` on a divider and below the last row.
    #[must_use]
    pub(in crate::app) fn row_at(&self, window: usize, line: usize) -> Option<usize> {
        let shape = self.shape(window);
        let top = self.cursor.top;
        shape.rows_from(top).find(|row| shape.lines(top, *row) == line + 1)
    }

    /// Moves the cursor to a row; to the last one for a row beyond.
    pub(in crate::app) fn move_to(&mut self, env: &Env<'_>, row: usize) {
        let shape = self.shape(env.window);
        self.cursor.upwards = row < self.cursor.row;
        self.cursor.is_found = false;
        self.returns_to = None;
        self.cursor.place(row, &shape);
        self.hold_cursor();
    }

    /// Moves the cursor to the last row, and keeps it there when that turns out to be another one.
    pub(in crate::app) fn move_to_end(&mut self, env: &Env<'_>) {
        self.move_to(env, usize::MAX);
        self.cursor.anchor = Some(Anchor::End);
    }

    /// Puts the cursor on the best hit, until a person chooses another row.
    pub(in crate::app) fn move_to_best_hit(&mut self, env: &Env<'_>) {
        self.cursor = Cursor::default();
        self.move_to(env, 0);
        self.cursor.is_found = true;
    }

    /// Keeps the cursor on the first row, whoever that is, until a person chooses another one.
    pub(in crate::app) fn stay_on_first(&mut self) {
        self.cursor.is_found = true;
    }

    /// Whether the search has left the cursor on a lesser hit, in another field or only spelled alike, and has found
    /// better ones since.
    fn is_below_better_hits(&self, row: usize, shape: &Shape) -> bool {
        let first_divider = shape.dividers.iter().map(|(row, _)| *row).find(|row| *row > 0);
        self.cursor.is_found && self.view.found().is_some() && first_divider.is_some_and(|first| row >= first)
    }

    /// Puts the cursor on a customer, or has it go there once the rows are sorted again. Returns whether the view shows
    /// the customer.
    pub(in crate::app) fn move_to_customer(&mut self, env: &Env<'_>, slot: Slot) -> bool {
        let row = self.row_of(slot);
        if let Some(row) = row {
            self.move_to(env, row);
        } else if self.is_to_be_sorted() {
            self.cursor.anchor = Some(self.anchor_at(slot));
        }
        row.is_some()
    }

    /// After rows came or went: the cursor goes with its customer, which keeps its place on the screen.
    pub(in crate::app) fn settle_cursor(&mut self, env: &Env<'_>) {
        let shape = self.shape(env.window);
        let from_top = self.cursor.row.saturating_sub(self.cursor.top).min(env.window.saturating_sub(1));
        let row = match &self.cursor.anchor {
            Some(Anchor::End) => Some(shape.count.saturating_sub(1)),
            Some(Anchor::Customer(slot, None)) => self.row_of(*slot),
            Some(Anchor::Customer(_, Some(id))) => self.store.find_id(id).and_then(|slot| self.row_of(slot)),
            None => None,
        };
        // While the list is refreshed, a customer may be on none of the pages for a moment, and on no row until the rows
        // are sorted again.
        let is_lost = row.is_none() && !self.store.is_rereading() && !self.is_to_be_sorted();
        let row = row.unwrap_or(self.cursor.row);
        if self.is_below_better_hits(row, &shape) {
            return self.move_to_best_hit(env);
        }
        self.cursor.top = row.saturating_sub(from_top);
        self.cursor.place(row, &shape);
        if is_lost || matches!(self.cursor.anchor, None | Some(Anchor::Customer(_, None))) {
            self.hold_cursor();
        }
    }

    /// A customer to stay on. An id that several records have names none of them.
    fn anchor_at(&self, slot: Slot) -> Anchor {
        Anchor::Customer(slot, self.id_at(slot).filter(|_| !self.schema.ids_repeat))
    }

    /// Remembers which customer is under the cursor.
    pub(super) fn hold_cursor(&mut self) {
        self.cursor.anchor = match self.row(self.cursor.row) {
            Some(Row::Loaded(slot)) => Some(self.anchor_at(slot)),
            Some(Row::Absent { page, offset }) => {
                Some(Anchor::Customer(Slot::new(page, offset.try_into().unwrap_or(u32::MAX)), None))
            }
            None => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(count: usize, window: usize, dividers: &[usize]) -> Shape {
        Shape { count, window, dividers: dividers.iter().map(|row| (*row, Divider::LookedUp)).collect() }
    }

    #[test]
    fn dividers_take_lines_of_the_viewport() {
        let shape = shape(20, 5, &[0, 3]);
        assert_eq!(shape.rows_from(0), 0..3);
        assert_eq!(shape.rows_from(1), 1..5);
        assert_eq!(shape.rows_from(4), 4..9);
        assert_eq!(shape.rows_from(18), 18..20);
    }

    #[test]
    fn the_row_under_the_cursor_is_always_in_the_viewport() {
        for (count, window) in (0..9).flat_map(|count| (1..7).map(move |window| (count, window))) {
            for dividers in [&[][..], &[0], &[0, 1], &[2], &[0, 4]] {
                let shape = shape(count, window, dividers);
                let mut cursor = Cursor::default();
                for row in (0..=count).chain((0..count).rev()) {
                    cursor.place(row, &shape);
                    let rows = shape.rows_from(cursor.top);
                    let fits = rows.contains(&cursor.row) || count == 0 || window < 2;
                    assert!(fits, "{row} of {count} in {window} lines with {dividers:?}: {rows:?}");
                }
            }
        }
    }
}
