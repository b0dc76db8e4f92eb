//! The order of customers by the values of a field: numbers, then days, then text in the order of a language.
//!
//! ```text
//! pages ─ a key for each distinct value, in parallel ─▶ the rank of each row ─▶ Sorted: the record of a row, the row
//! of a record
//! ```
//! Customers without a value come last either way, and those with the same value stay in the order they had. A sort
//! runs beside the loop and takes all pages that are here; when more come, it runs again, and the row of a customer
//! is asked of its answer. The ranks are kept with the [`Collation`] while the pages stay the same.

mod collation;
mod key;

#[cfg(test)]
mod tests;

pub use collation::Collation;

use crate::list::{Searchable, Slot};
use crate::search::found::Found;
use key::{NO_RANK, Ranks};
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
    /// By the pages' numbers the row of each record; [`NO_ROW`] for one that is not shown.
    rows: Vec<Box<[u32]>>,
}

/// The row of a record that has none.
const NO_ROW: u32 = u32::MAX;

impl Sorted {
    fn new(slots: Vec<Slot>, pages: &[Searchable]) -> Self {
        let mut rows = Vec::new();
        for page in pages {
            let number = page.page as usize;
            rows.resize_with(rows.len().max(number + 1), Box::default);
            if let Some(of_page) = rows.get_mut(number) {
                *of_page = vec![NO_ROW; page.segment.len()].into();
            }
        }
        let mut sorted = Self { slots, rows };
        sorted.count_rows();
        sorted
    }

    /// Notes on which row each record is.
    fn count_rows(&mut self) {
        for (row, slot) in (0..).zip(&self.slots) {
            let rows = self.rows.get_mut(slot.page as usize);
            if let Some(place) = rows.and_then(|rows| rows.get_mut(slot.index as usize)) {
                *place = row;
            }
        }
    }

    /// Takes out the customers of pages that are gone.
    pub fn forget(&mut self, is_gone: impl Fn(u32) -> bool) {
        self.slots.retain(|slot| !is_gone(slot.page));
        for (_, rows) in (0..).zip(&mut self.rows).filter(|(page, _)| is_gone(*page)) {
            *rows = Box::default();
        }
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
        let row = self.rows.get(slot.page as usize)?.get(slot.index as usize).copied();
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
        let ranks = collation.ranks(&order.key, pages, cancelled)?;
        slots = in_order(&slots, &ranks, order.descending);
    }
    (!cancelled.load(Ordering::Relaxed)).then(|| Sorted::new(slots, pages))
}

/// The customers by the rank of their values, those without one last; those of one rank as they are.
fn in_order(slots: &[Slot], ranks: &Ranks, descending: bool) -> Vec<Slot> {
    let place = |rank: u32| match rank {
        NO_RANK => ranks.len,
        rank if descending => ranks.len - 1 - rank,
        rank => rank,
    };
    let places: Vec<u32> = ranks.of(slots).map(place).collect();
    // Where the customers of each place begin.
    let mut starts = vec![0_u32; ranks.len as usize + 2];
    for &place in &places {
        starts[place as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut sorted = vec![Slot::new(0, 0); slots.len()];
    for (slot, place) in slots.iter().zip(places) {
        if let Some(start) = starts.get_mut(place as usize) {
            sorted[*start as usize] = *slot;
            *start += 1;
        }
    }
    sorted
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
