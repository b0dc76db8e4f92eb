//! Which page is asked for next: the window's first, then the one ahead of it, then the rest.

use crate::store::Store;
use crate::store::pages::PageState;
use std::ops::Range;

/// Which pages are needed, the most urgent first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Need {
    /// The rows in the window.
    pub rows: Range<usize>,
    /// Whether the window moves up, so that the page before it is needed next, not the one behind.
    pub upwards: bool,
    /// Whether all the others are needed too.
    pub all: bool,
}

impl Store {
    /// Takes the most urgent page that may be asked for, and marks it as asked for. `None` when nothing is
    /// needed or all that is needed is under way.
    pub fn take_needed(&mut self, need: &Need) -> Option<u32> {
        let page = self.most_urgent(need)?;
        self.pages.set_state(page, PageState::Loading);
        Some(page)
    }

    fn most_urgent(&self, need: &Need) -> Option<u32> {
        if self.pages.len() == 0 {
            return None;
        }
        let page_of = |row: usize| self.rows.page_of(row).map(|(page, _)| page);
        let first = page_of(need.rows.start).filter(|_| !need.rows.is_empty());
        let last = need.rows.end.checked_sub(1).and_then(page_of).or(first);
        let ahead =
            if need.upwards { first.and_then(|page| page.checked_sub(1)) } else { last.map(|page| page + 1) };
        let begins = self.pages.segment(1).is_none().then_some(1);
        let others = need.all.then_some(1..=self.pages.len());
        let window = first.zip(last).map(|(first, last)| first..=last);
        (begins.into_iter().chain(window.into_iter().flatten()))
            .chain(ahead)
            .chain(others.into_iter().flatten())
            .filter(|page| (1..=self.pages.len()).contains(page))
            .find_map(|page| self.askable(page))
    }

    /// The page to ask for in order to get `page`: itself, or where the list is read in order the first gap.
    fn askable(&self, page: u32) -> Option<u32> {
        let is_jump = self.in_order && self.pages.segment(page).is_none();
        let page = if is_jump { self.pages.first_gap().min(page) } else { page };
        matches!(self.pages.state(page), PageState::Absent).then_some(page)
    }
}
