//! Which page a row belongs to: the running total of the pages' lengths.

use crate::list::slot::Slot;

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
#[derive(Debug)]
pub(crate) struct Rows {
    before: Vec<usize>,
    /// For each page how many of its rows are here: all or none.
    here: Vec<u32>,
    loaded: usize,
}

impl Default for Rows {
    fn default() -> Self {
        Self { before: vec![0], here: Vec::new(), loaded: 0 }
    }
}

impl Rows {
    /// Adds up how many rows each page has, from page 1 on, and whether they are here.
    pub(crate) fn new(pages: impl Iterator<Item = (usize, bool)>) -> Self {
        let mut rows = Self::default();
        let mut sum = 0;
        for (len, is_here) in pages {
            sum += len;
            rows.before.push(sum);
            let here = if is_here { len } else { 0 };
            rows.here.push(u32::try_from(here).unwrap_or(u32::MAX));
            rows.loaded += here;
        }
        rows
    }

    /// Notes how many rows one of the pages has now, and whether they are here. All rows behind it move along.
    pub(crate) fn set(&mut self, page: u32, (len, is_here): (usize, bool)) {
        let Some(here) = page.checked_sub(1).and_then(|at| self.here.get_mut(at as usize)) else { return };
        let rows_here = if is_here { u32::try_from(len).unwrap_or(u32::MAX) } else { 0 };
        self.loaded = self.loaded + rows_here as usize - *here as usize;
        *here = rows_here;
        let was = self.len_of(page);
        if was != len {
            for before in self.before.iter_mut().skip(page as usize) {
                *before = *before + len - was;
            }
        }
    }

    /// How many rows there are.
    pub(crate) fn count(&self) -> usize {
        self.before.last().copied().unwrap_or_default()
    }

    /// How many of them are here.
    pub(crate) fn loaded(&self) -> usize {
        self.loaded
    }

    /// The page of a row, and the row's place in it. `None` iff there are not this many rows.
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

    fn rows(lens: &[usize]) -> Rows {
        Rows::new(lens.iter().enumerate().map(|(at, &len)| (len, at == 0)))
    }

    #[test]
    fn a_row_is_on_the_page_that_holds_it_and_empty_pages_hold_none() {
        let rows = rows(&[3, 0, 2]);
        let pages: Vec<_> = (0..6).map(|row| rows.page_of(row)).collect();
        let expected = [Some((1, 0)), Some((1, 1)), Some((1, 2)), Some((3, 0)), Some((3, 1)), None];
        assert_eq!(pages, expected);
        assert_eq!((rows.count(), rows.start_of(3), rows.len_of(2), rows.start_of(4)), (5, Some(3), 0, None));
    }

    #[test]
    fn rows_move_with_the_pages_before_them() {
        let mut rows = rows(&[3, 4, 2]);
        rows.set(2, (1, true));
        assert_eq!((rows.count(), rows.start_of(3), rows.loaded()), (6, Some(4), 4));
        rows.set(1, (2, false));
        assert_eq!((rows.count(), rows.start_of(3), rows.loaded()), (5, Some(3), 1));
    }
}
