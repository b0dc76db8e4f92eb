//! What a search found: rows ranked by class, then in Cube's order, without ever sorting them.

use crate::store::row_text::Class;
use crate::store::slot::Slot;
use std::collections::BTreeMap;
use std::sync::Arc;

const CLASSES: usize = Class::ALL.len();

/// The hits on one page: for each class the records' places, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageHits {
    by_class: [Vec<u32>; CLASSES],
}

impl PageHits {
    /// Adds a record; records come in ascending order.
    pub(crate) fn push(&mut self, index: u32, class: Class) {
        if let Some(hits) = self.by_class.get_mut(class as usize) {
            hits.push(index);
        }
    }

    /// How many records were found on the page.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_class.iter().map(Vec::len).sum()
    }

    /// Whether nothing was found on the page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The hits on all the pages that were searched. A row is found by counting: first the class, then the page.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pages: BTreeMap<u32, Arc<PageHits>>,
    order: Vec<u32>,
    /// For each class the number of hits before each page of `order`, and at the end all of them.
    before: [Vec<usize>; CLASSES],
}

impl Found {
    /// Adds or replaces what was found on some pages.
    pub fn add(&mut self, hits: impl IntoIterator<Item = (u32, Arc<PageHits>)>) {
        self.pages.extend(hits);
        self.count();
    }

    /// Forgets what was found on pages that are gone.
    pub fn keep(&mut self, is_there: impl Fn(u32) -> bool) {
        let before = self.pages.len();
        self.pages.retain(|page, _| is_there(*page));
        if self.pages.len() < before {
            self.count();
        }
    }

    /// Whether this page was searched.
    #[must_use]
    pub fn has(&self, page: u32) -> bool {
        self.pages.contains_key(&page)
    }

    /// How many customers were found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.before.iter().map(|before| before.last().copied().unwrap_or_default()).sum()
    }

    /// Whether nobody was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record on row `row`. `None` iff there are not so many.
    #[must_use]
    pub fn slot(&self, row: usize) -> Option<Slot> {
        let mut rest = row;
        for (class, before) in self.before.iter().enumerate() {
            let total = before.last().copied().unwrap_or_default();
            if rest >= total {
                rest -= total;
                continue;
            }
            let at = before.partition_point(|&count| count <= rest) - 1;
            let page = *self.order.get(at)?;
            let hits = self.pages.get(&page)?.by_class.get(class)?;
            return hits.get(rest - before.get(at)?).map(|&index| Slot::new(page, index));
        }
        None
    }

    /// The row on which a record stands. `None` iff it was not found.
    #[must_use]
    pub fn row_of(&self, slot: Slot) -> Option<usize> {
        let hits = self.pages.get(&slot.page)?;
        let at = self.order.binary_search(&slot.page).ok()?;
        let mut row = 0;
        for (before, hits) in self.before.iter().zip(&hits.by_class) {
            if let Ok(place) = hits.binary_search(&slot.index) {
                return Some(row + before.get(at)? + place);
            }
            row += before.last()?;
        }
        None
    }

    /// How good the hit on row `row` is. `None` iff there are not so many.
    #[must_use]
    pub fn class(&self, row: usize) -> Option<Class> {
        let mut rest = row;
        for (class, before) in Class::ALL.into_iter().zip(&self.before) {
            let total = before.last().copied().unwrap_or_default();
            if rest < total {
                return Some(class);
            }
            rest -= total;
        }
        None
    }

    fn count(&mut self) {
        self.order = self.pages.keys().copied().collect();
        for (class, before) in self.before.iter_mut().enumerate() {
            let mut sum = 0;
            before.clear();
            before.push(0);
            before.extend(self.pages.values().map(|hits| {
                sum += hits.by_class.get(class).map_or(0, Vec::len);
                sum
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(pairs: &[(u32, Class)]) -> Arc<PageHits> {
        let mut hits = PageHits::default();
        for &(index, class) in pairs {
            hits.push(index, class);
        }
        Arc::new(hits)
    }

    fn found() -> Found {
        let mut found = Found::default();
        found.add([
            (7, hits(&[(0, Class::WordStart), (3, Class::ExactId)])),
            (2, hits(&[(1, Class::Inside), (4, Class::WordStart), (9, Class::WordStart)])),
            (3, hits(&[])),
        ]);
        found
    }

    #[test]
    fn the_better_class_comes_first_and_within_it_the_order_of_the_list() {
        let found = found();
        let slots: Vec<_> = (0..found.len()).filter_map(|row| found.slot(row)).collect();
        let expected = [(7, 3), (2, 4), (2, 9), (7, 0), (2, 1)].map(|(page, index)| Slot::new(page, index));
        assert_eq!(slots, expected);
        assert_eq!(found.slot(5), None);
        assert_eq!((found.class(0), found.class(3)), (Some(Class::ExactId), Some(Class::WordStart)));
    }

    #[test]
    fn a_row_and_its_record_lead_to_each_other() {
        let found = found();
        for row in 0..found.len() {
            assert_eq!(found.slot(row).and_then(|slot| found.row_of(slot)), Some(row));
        }
        assert_eq!(found.row_of(Slot::new(2, 0)), None);
        assert_eq!(found.row_of(Slot::new(9, 0)), None);
    }

    #[test]
    fn a_page_that_is_gone_takes_its_hits_along() {
        let mut found = found();
        found.keep(|page| page != 2);
        assert_eq!(found.len(), 2);
        assert!(found.has(3) && !found.has(2));
    }
}
