//! Which page is asked for next: the window's first, then the one ahead of it, then the rest.

use crate::list::Store;
use crate::list::pages::PageState;
use std::collections::BTreeSet;
use std::ops::Range;

/// Which pages are needed, the most urgent first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demand {
    /// The rows in the window. None while the rows of a search are shown.
    pub rows: Range<usize>,
    /// The pages of what a search shows in the window; they are here, but may be to be read again.
    pub found: BTreeSet<u32>,
    /// Whether the window moves up, so that the page before it is needed next, not the one behind.
    pub upwards: bool,
    /// Whether all that is held and to be read again is needed.
    pub held: bool,
    /// Whether all the others are needed too.
    pub all: bool,
}

impl Store {
    /// Takes the most urgent page that may be asked for, and marks it as asked for. `None` when nothing is
    /// needed or all that is needed is under way.
    pub fn take_needed(&mut self, demand: &Demand) -> Option<u32> {
        let page = self.most_urgent(demand)?;
        self.pages.set_state(page, PageState::Loading);
        Some(page)
    }

    fn most_urgent(&self, demand: &Demand) -> Option<u32> {
        let page_of =
            |row: usize| self.rows.page_of(row.saturating_sub(self.looked_up())).map(|(page, _)| page);
        let first = page_of(demand.rows.start).filter(|_| !demand.rows.is_empty());
        let last = demand.rows.end.checked_sub(1).and_then(page_of).or(first);
        let ahead = if demand.upwards {
            first.and_then(|page| page.checked_sub(1))
        } else {
            last.map(|page| page + 1)
        };
        let window = first.zip(last).map(|(first, last)| first..=last);
        let gap = self.in_order.then(|| self.pages.first_gap());
        // What the first page says decides everything else.
        let soon = [1]
            .into_iter()
            .chain(window.into_iter().flatten())
            .chain(ahead)
            .chain(self.behind_empty())
            .chain(demand.found.iter().copied());
        let soon = soon.filter(|page| (1..=self.pages.len()).contains(page));
        { soon }.find_map(|page| self.askable(page, gap)).or_else(|| self.any_other(demand, gap))
    }

    /// The last page, if the one before it is empty: no one on the screen leads to it.
    fn behind_empty(&self) -> Option<u32> {
        let last = self.pages.len();
        (last > 1 && self.is_empty_page(last - 1)).then_some(last)
    }

    fn any_other(&self, demand: &Demand, gap: Option<u32>) -> Option<u32> {
        if !demand.all && !demand.held {
            return None;
        }
        let is_wanted = |page: &u32| demand.all || self.pages.segment(*page).is_some();
        self.pages.maybe_absent().filter(is_wanted).find_map(|page| match gap {
            // Read in order, a page behind the first gap must wait for it.
            Some(gap) if page > gap && self.pages.segment(page).is_none() => None,
            _ => self.askable(page, gap),
        })
    }

    /// The page to ask for in order to get `page`: itself, or where the list is read in order the first gap.
    fn askable(&self, page: u32, gap: Option<u32>) -> Option<u32> {
        let page = match gap {
            Some(gap) if self.pages.segment(page).is_none() => gap.min(page),
            _ => page,
        };
        matches!(self.pages.state(page), PageState::Absent).then_some(page)
    }
}
