//! What a page that arrives says about the list: how long it is, where it ends, whether it is as its count says.

use crate::list::follows::Follows;
use crate::list::looked_up::LOOKED_UP;
use crate::list::pages::PageState;
use crate::list::rows::Rows;
use crate::list::segment::Segment;
use crate::list::{MAX_ROWS, Store};
use std::collections::BTreeSet;
use std::sync::Arc;

/// After this many pages in a row that are not there, the count is no guide to the end any more.
const MISSES: u32 = 3;

/// The pages whose shown records are no longer the same: read anew, gone, or with a repeat more or less.
pub type Touched = BTreeSet<u32>;

impl Store {
    /// Takes in a page that was asked for.
    pub fn page_arrived(&mut self, segment: Arc<Segment>) -> Touched {
        let number = segment.number;
        self.looked_up.country = segment.packing().country();
        let mut touched = self.learn(&segment);
        if number > self.pages.len() {
            return touched;
        }
        touched.extend(self.take_out(number));
        let (entries, records, has_next) = (segment.entries, segment.len(), segment.has_next);
        self.pages.set_segment(number, Some(segment));
        self.pages.set_state(number, PageState::Loaded);
        let brought = self.ids.add_page(number, &self.pages);
        touched.extend(brought.touched);
        touched.insert(number);
        match Follows::of(number, entries, records, brought.new, has_next) {
            Follows::Repeat => {
                self.repeats = true;
                touched.extend(self.end_before(number));
            }
            Follows::Empty => touched.extend(self.end_at_two_empty(number)),
            Follows::Nothing | Follows::More => {}
        }
        if self.looked_up.forget(|id| self.ids.find(id, &self.pages).is_some()) {
            touched.insert(LOOKED_UP);
        }
        self.recount(&mut touched);
        touched
    }

    /// Takes in that there is no such page: the list ends before it.
    pub fn page_missing(&mut self, number: u32) -> Touched {
        let mut touched = Touched::new();
        if number <= self.pages.len() {
            touched.extend(self.end_before(number));
            self.recount(&mut touched);
        }
        touched
    }

    /// Learns from what a page says about the list: its size, its end, how many customers there are.
    fn learn(&mut self, page: &Segment) -> Touched {
        let mut touched = Touched::new();
        if page.number == 1 {
            touched = self.begin(page);
        }
        if page.has_next && page.entries > 0 && page.number > 1 {
            // Where the first page is empty, another one tells the size.
            self.size.get_or_insert(page.entries);
        }
        let is_odd = page.has_next && self.size.unwrap_or_default() != page.entries;
        self.in_order |= is_odd || (page.has_next && page.entries == 0);
        if let Some(count) = page.count {
            if let Some(before) = self.count.filter(|&before| before != count) {
                let first = self.changed.map_or(before, |(first, _)| first);
                self.changed = Some((first, count));
            }
            self.count = Some(count);
        }
        if !page.has_next {
            self.last = Some(page.number.max(self.pages.highest_loaded()));
        } else if self.last.is_some_and(|last| last <= page.number) {
            self.last = None;
        }
        let size = self.size.unwrap_or(page.entries) as u64;
        if u64::from(page.number) * size >= MAX_ROWS {
            self.ceiling = Some(page.number + 1);
        }
        touched.extend(self.resize());
        touched
    }

    /// The first page begins a reading of the list: what an earlier one had found out holds no more.
    fn begin(&mut self, page: &Segment) -> Touched {
        let mut touched = Touched::new();
        if self.rereading {
            self.rereading = false;
            (self.ceiling, self.misses, self.in_order) = (None, 0, false);
            // A later page of this reading may have come first.
            let read = self.pages.segments().filter(|(page, _)| self.pages.is_loaded(*page));
            self.last = read.filter(|(_, held)| !held.has_next).map(|(page, _)| page).max();
            (self.count, self.changed, self.repeats) = (page.count, None, false);
        }
        if page.has_next && page.entries > 0 {
            if self.size.is_some_and(|size| size != page.entries) {
                touched = self.shorten(1);
            }
            self.size = Some(page.entries);
            let count = page.count.unwrap_or_default().min(MAX_ROWS);
            self.ids.reserve(usize::try_from(count).unwrap_or_default(), &self.pages);
        }
        touched
    }

    /// An empty page is passed over once. Of two that follow each other the second ends the list: it would go on so for
    /// ever.
    fn end_at_two_empty(&mut self, number: u32) -> Touched {
        let is_second = number > 1 && self.is_empty_page(number - 1);
        let second =
            if is_second { Some(number) } else { Some(number + 1).filter(|&next| self.is_empty_page(next)) };
        second.map(|second| self.end_before(second)).unwrap_or_default()
    }

    /// Whether a page is held that has no one and names a next one.
    pub(super) fn is_empty_page(&self, number: u32) -> bool {
        self.pages.segment(number).is_some_and(|page| page.is_empty_of_many())
    }

    /// The list ends before `number`, as far as this reading goes. After some such pages the count has proved
    /// useless, and the pages are read in order.
    fn end_before(&mut self, number: u32) -> Touched {
        let is_jump = number > self.pages.first_gap();
        let touched = self.take_out(number);
        self.pages.set_segment(number, None);
        self.pages.set_state(number, PageState::Absent);
        self.ceiling = Some(self.ceiling.map_or(number, |ceiling| ceiling.min(number)));
        self.misses += u32::from(is_jump);
        self.in_order |= self.misses >= MISSES;
        touched
    }

    /// Forgets a page's ids, for its records go.
    fn take_out(&mut self, number: u32) -> Touched {
        self.ids.remove_page(number, &self.pages)
    }

    /// Forgets all pages behind `len`.
    fn shorten(&mut self, len: u32) -> Touched {
        let mut touched = Touched::new();
        for page in (len + 1)..=self.pages.len() {
            if self.pages.segment(page).is_some() {
                touched.extend(self.take_out(page));
                touched.insert(page);
            }
        }
        self.pages.resize(len);
        touched
    }

    fn resize(&mut self) -> Touched {
        let wanted = self.supposed_pages();
        let touched = self.shorten(wanted);
        self.pages.resize(wanted);
        touched
    }

    /// How many pages there are, as far as can be known.
    fn supposed_pages(&self) -> u32 {
        let most = self.ceiling.map_or(u32::MAX, |ceiling| ceiling.saturating_sub(1)).max(1);
        if let Some(last) = self.last {
            return last.min(most);
        }
        let known = self.pages.highest();
        let goes_on = self.pages.segment(known).is_none_or(|segment| segment.has_next);
        let Some(size) = self.size else { return (known + u32::from(goes_on)).min(most) };
        let count = self.count.map(|count| count.min(MAX_ROWS));
        let supposed = match count {
            Some(count) if self.in_order => {
                let gap = self.pages.first_gap();
                let rest = count.saturating_sub(self.entries_before(gap));
                u64::from(gap - 1) + rest.div_ceil(size as u64)
            }
            Some(count) => count.div_ceil(size as u64),
            None => 0,
        };
        u32::try_from(supposed).unwrap_or(u32::MAX).max(known + u32::from(goes_on)).min(most)
    }

    /// How many entries the pages before `page` have, those that are here.
    pub(super) fn entries_before(&self, page: u32) -> u64 {
        let before = self.pages.segments().take_while(|(number, _)| *number < page);
        before.map(|(_, segment)| segment.entries as u64).sum()
    }

    /// Counts the rows of the pages that were touched, and of all where what is supposed of the others has changed.
    pub(super) fn recount(&mut self, touched: &mut Touched) {
        touched.extend(self.resize());
        let supposed = self.supposed_len();
        if self.in_order || self.supposed.as_ref() != Some(&supposed) {
            self.rows = Rows::new((1..=self.pages.len()).map(|page| self.rows_of(page, supposed)));
        } else {
            for &page in &*touched {
                self.rows.set(page, self.rows_of(page, supposed));
            }
        }
        self.supposed = Some(supposed);
    }

    /// How many rows a page has, and whether they are here.
    fn rows_of(&self, page: u32, supposed: SupposedLen) -> (usize, bool) {
        match self.pages.segment(page) {
            Some(segment) => (segment.len() - self.ids.repeats_in(page).count(), true),
            None => (supposed.of(page), false),
        }
    }

    fn supposed_len(&self) -> SupposedLen {
        let size = self.size.unwrap_or_default();
        let last = self.pages.len();
        let before = if self.in_order {
            let gap = self.pages.first_gap();
            self.entries_before(gap) + u64::from(last - gap.min(last)) * size as u64
        } else {
            u64::from(last.saturating_sub(1)) * size as u64
        };
        let rest = self.count.unwrap_or_default().min(MAX_ROWS).saturating_sub(before);
        let on_last = usize::try_from(rest).unwrap_or(size).clamp(size.min(1), size);
        SupposedLen { size, last, on_last }
    }
}

/// How many rows a page that is not here is supposed to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SupposedLen {
    size: usize,
    last: u32,
    on_last: usize,
}

impl SupposedLen {
    fn of(self, page: u32) -> usize {
        if page < self.last { self.size } else { self.on_last }
    }
}
