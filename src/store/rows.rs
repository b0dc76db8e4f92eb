//! Which page a row belongs to: the running total of the pages' lengths.

use crate::store::slot::Slot;

/// What stands on a row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A record that is here.
    Loaded(Slot),
    /// A customer whose page is not here.
    Absent {
        /// The page.
        page: u32,
        /// The row's place among the page's rows.
        offset: usize,
    },
}

/// The number of rows before each page, and at the end of all.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    before: Vec<usize>,
}

impl Rows {
    /// Adds up the lengths of the pages, from page 1 on.
    pub(crate) fn new(lens: impl Iterator<Item = usize>) -> Self {
        let mut sum = 0;
        let mut before = vec![0];
        before.extend(lens.map(|len| {
            sum += len;
            sum
        }));
        Self { before }
    }

    /// How many rows there are.
    pub(crate) fn count(&self) -> usize {
        self.before.last().copied().unwrap_or_default()
    }

    /// The page of a row, and the row's place in it. `None` iff there are not so many rows.
    pub(crate) fn page_of(&self, row: usize) -> Option<(u32, usize)> {
        if row >= self.count() {
            return None;
        }
        let page = self.before.partition_point(|&before| before <= row);
        Some((u32::try_from(page).ok()?, row - self.before.get(page - 1)?))
    }

    /// The first row of a page. `None` iff there is no such page.
    pub(crate) fn start_of(&self, page: u32) -> Option<usize> {
        ((page as usize) < self.before.len())
            .then(|| self.before.get(page.checked_sub(1)? as usize).copied())?
    }

    /// How many rows a page has; 0 for one that does not exist.
    pub(crate) fn len_of(&self, page: u32) -> usize {
        let end = self.before.get(page as usize).copied();
        self.start_of(page).zip(end).map_or(0, |(start, end)| end - start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_on_the_page_that_holds_it_and_empty_pages_hold_none() {
        let rows = Rows::new([3, 0, 2].into_iter());
        let pages: Vec<_> = (0..6).map(|row| rows.page_of(row)).collect();
        let expected = [Some((1, 0)), Some((1, 1)), Some((1, 2)), Some((3, 0)), Some((3, 1)), None];
        assert_eq!(pages, expected);
        assert_eq!((rows.count(), rows.start_of(3), rows.len_of(2), rows.start_of(4)), (5, Some(3), 0, None));
    }
}
