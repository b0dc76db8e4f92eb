//! The order of customers by the values of a field: numbers, then days, then text in the order of a language.
//!
//! ```text
//! pages ─ a key for each row, in parallel ─▶ sorted rows ─▶ Sorted: the record of a row, the row of a record
//! ```
//! Customers without a value come last either way, and those with the same value stay in the order they had. A sort
//! runs beside the loop and takes all pages that are here; when more come, it runs again, and the row of a customer
//! is asked of its answer.

mod key;

#[cfg(test)]
mod tests;

pub use key::Collation;

use crate::list::{Searchable, Slot};
use crate::search::found::Found;
use key::{Keys, SortKey};
use rayon::prelude::*;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// What customers are sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The key of the field, a standard one or another.
    pub key: String,
    /// Whether the greatest value comes first. Those without one are last either way.
    pub descending: bool,
}

/// Customers in order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sorted {
    slots: Vec<Slot>,
    /// For each page the row of each of its records; [`NO_ROW`] for one that is not shown.
    rows: HashMap<u32, Box<[u32]>>,
}

/// The row of a record that has none.
const NO_ROW: u32 = u32::MAX;

impl Sorted {
    fn new(slots: Vec<Slot>, pages: &[Searchable]) -> Self {
        let rows = pages.iter().map(|page| (page.page, vec![NO_ROW; page.segment.len()].into())).collect();
        let mut sorted = Self { slots, rows };
        sorted.count_rows();
        sorted
    }

    /// Notes on which row each record is.
    fn count_rows(&mut self) {
        for (row, slot) in (0..).zip(&self.slots) {
            let rows = self.rows.get_mut(&slot.page);
            if let Some(place) = rows.and_then(|rows| rows.get_mut(slot.index as usize)) {
                *place = row;
            }
        }
    }

    /// Takes out the customers of pages that are gone.
    pub fn forget(&mut self, is_gone: impl Fn(u32) -> bool) {
        self.slots.retain(|slot| !is_gone(slot.page));
        self.rows.retain(|page, _| !is_gone(*page));
        self.count_rows();
    }

    /// How many customers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The record on a row. `None` beyond the last.
    #[must_use]
    pub fn slot(&self, row: usize) -> Option<Slot> {
        self.slots.get(row).copied()
    }

    /// The row of a record. `None` iff it was not sorted.
    #[must_use]
    pub fn row_of(&self, slot: Slot) -> Option<usize> {
        let row = self.rows.get(&slot.page)?.get(slot.index as usize).copied();
        row.filter(|&row| row != NO_ROW).map(|row| row as usize)
    }
}

impl fmt::Debug for Sorted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sorted({} customers)", self.len())
    }
}

/// Sorts the customers of some pages, or those of them who were found: by the first order, then where it leaves two alike
/// by the next one, and last as they were. `None` iff `cancelled` was set before the end.
#[must_use]
pub fn sort(
    orders: &[Order],
    pages: &[Searchable],
    among: Option<&Found>,
    collation: &Collation,
    cancelled: &AtomicBool,
) -> Option<Sorted> {
    let mut slots = as_they_are(pages, among);
    for order in orders.iter().rev() {
        let keys = Keys::new(&order.key, pages, collation, cancelled)?;
        let mut keyed: Vec<(Option<SortKey>, Slot)> =
            slots.par_iter().map(|slot| (keys.of(*slot), *slot)).collect();
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        keyed.par_sort_by(|(one, _), (other, _)| match (one, other) {
            (Some(one), Some(other)) if order.descending => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            // Some before none.
            _ => other.is_some().cmp(&one.is_some()),
        });
        slots = keyed.into_iter().map(|(_, slot)| slot).collect();
    }
    (!cancelled.load(Ordering::Relaxed)).then(|| Sorted::new(slots, pages))
}

/// The customers in the order of the list, or of what was found.
fn as_they_are(pages: &[Searchable], among: Option<&Found>) -> Vec<Slot> {
    if let Some(found) = among {
        return (0..found.len()).filter_map(|row| found.slot(row)).collect();
    }
    let slots = pages.iter().flat_map(|page| {
        let is_shown = |index: &u32| page.repeats.binary_search(index).is_err();
        page.segment.indices().filter(is_shown).map(|index| Slot::new(page.page, index))
    });
    slots.collect()
}
