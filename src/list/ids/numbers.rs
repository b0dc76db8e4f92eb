//! A number for each record of the pages that are held, which takes half of what its place takes.

use crate::list::slot::Slot;
use std::collections::HashMap;

/// The numbers of the records, page by page in the order in which the pages came.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The first number of each page, ascending.
    pages: Vec<(u32, u32)>,
    /// The same, by page.
    starts: HashMap<u32, u32>,
    next: u32,
}

impl Numbers {
    /// Numbers the records of a page. Returns whether there were as many numbers left.
    pub(super) fn add(&mut self, page: u32, records: u32) -> bool {
        let Some(next) = self.next.checked_add(records) else { return false };
        if records == 0 {
            return true;
        }
        self.pages.push((self.next, page));
        self.starts.insert(page, self.next);
        self.next = next;
        true
    }

    /// Takes the numbers of a page back. They are not given again before all are.
    pub(super) fn remove(&mut self, page: u32) {
        if let Some(start) = self.starts.remove(&page)
            && let Ok(at) = self.pages.binary_search(&(start, page))
        {
            self.pages.remove(at);
        }
    }

    /// The number of a record. `None` iff its page is not numbered.
    pub(super) fn of(&self, slot: Slot) -> Option<u32> {
        self.starts.get(&slot.page).map(|start| start + slot.index)
    }

    /// The record with a number.
    pub(super) fn slot(&self, number: u32) -> Slot {
        let behind = self.pages.partition_point(|(start, _)| *start <= number);
        let (start, page) =
            behind.checked_sub(1).and_then(|at| self.pages.get(at)).copied().unwrap_or_default();
        Slot::new(page, number - start)
    }

    /// Numbers the records of the same pages anew, from 0 on; given is how many each has.
    pub(super) fn begin_again(&mut self, records: impl Fn(u32) -> u32) {
        for (_, page) in std::mem::take(self).pages {
            self.add(page, records(page));
        }
    }

    #[cfg(test)]
    pub(super) fn starting_at(next: u32) -> Self {
        Self { next, ..Self::default() }
    }
}
