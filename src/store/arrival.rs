//! What a page that arrives says about the list: how long it is, where it ends, whether it is as its count says.

use crate::cube::Page;
use crate::store::pages::PageState;
use crate::store::rows::Rows;
use crate::store::segment::Segment;
use crate::store::{MAX_ROWS, Store};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the arrival of a page means for those who hold rows or hits.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The pages whose shown records are no longer the same.
    pub touched: BTreeSet<u32>,
}

impl Store {
    /// Takes in a page that was asked for.
    pub fn page_arrived(&mut self, segment: Arc<Segment>) -> Arrival {
        let number = segment.page().number;
        self.learn(segment.page());
        if number > self.pages.len() {
            return Arrival::default();
        }
        let mut arrival = Arrival { touched: self.ids.remove_page(number, &self.pages) };
        let is_empty = segment.page().entries == 0;
        let only_repeats = !segment.is_empty();
        self.pages.set_segment(number, Some(segment));
        let brought = self.ids.add_page(number, &self.pages);
        arrival.touched.extend(brought.touched);
        arrival.touched.insert(number);
        self.pages.set_state(number, PageState::Loaded);
        if number > 1 && brought.new == 0 && (is_empty || only_repeats) {
            self.repeats |= only_repeats;
            arrival.touched.extend(self.ids.remove_page(number, &self.pages));
            self.pages.set_segment(number, None);
            self.end_before(number);
        }
        self.recount();
        arrival
    }

    /// Takes in that there is no such page: the list ends before it.
    pub fn page_missing(&mut self, number: u32) {
        self.end_before(number);
        self.recount();
    }

    /// Learns from what a page says about the list: its size, its end, how many customers there are.
    fn learn(&mut self, page: &Page) {
        let number = page.number;
        if number == 1 && page.has_next && page.entries > 0 {
            if self.size.is_some_and(|size| size != page.entries) {
                self.keep_only_first_page();
            }
            self.size = Some(page.entries);
        }
        let is_odd = page.has_next && self.size.is_some_and(|size| size != page.entries);
        self.in_order |= is_odd || (number > 1 && self.size.is_none());
        if let Some(count) = page.count.map(|count| count.min(MAX_ROWS)) {
            if let Some(before) = self.count.filter(|&before| before != count) {
                let first = self.changed.map_or(before, |(first, _)| first);
                self.changed = Some((first, count));
            }
            self.count = Some(count);
        }
        if !page.has_next || self.is_full(page) {
            self.last = Some(number.max(self.pages.highest_loaded()));
        } else if self.last.is_some_and(|last| last <= number) {
            self.last = None;
        }
        self.resize();
    }

    fn is_full(&self, page: &Page) -> bool {
        let size = self.size.unwrap_or(page.entries) as u64;
        u64::from(page.number) * size >= MAX_ROWS
    }

    /// The list ends before `number`. For a page that was jumped to this says little about where: from here
    /// on the pages are read in order.
    fn end_before(&mut self, number: u32) {
        self.pages.set_state(number, PageState::Absent);
        if number <= self.pages.first_gap() {
            self.last = Some(number.saturating_sub(1).max(1));
            self.resize();
        } else {
            self.in_order = true;
        }
    }

    fn keep_only_first_page(&mut self) {
        let mut page = self.pages.len();
        while page > 1 {
            self.ids.remove_page(page, &self.pages);
            page -= 1;
        }
        self.pages.resize(1);
        self.last = None;
    }

    pub(super) fn resize(&mut self) {
        let wanted = self.supposed_pages();
        for page in (wanted + 1)..=self.pages.len() {
            self.ids.remove_page(page, &self.pages);
        }
        self.pages.resize(wanted);
    }

    /// How many pages there are, as far as can be known.
    fn supposed_pages(&self) -> u32 {
        let (Some(size), None) = (self.size, self.last) else {
            return self.last.unwrap_or(1);
        };
        let known = self.pages.highest();
        let goes_on = self.pages.segment(known).is_none_or(|segment| segment.page().has_next);
        let supposed = match self.count {
            Some(count) if self.in_order => {
                let rest = count.saturating_sub(self.entries_before(self.pages.first_gap()));
                u64::from(self.pages.first_gap().saturating_sub(1)) + rest.div_ceil(size as u64)
            }
            Some(count) => count.div_ceil(size as u64),
            None => 0,
        };
        u32::try_from(supposed).unwrap_or(u32::MAX).max(known + u32::from(goes_on))
    }

    /// How many entries the pages before `page` have, those that are here.
    pub(super) fn entries_before(&self, page: u32) -> u64 {
        let before = self.pages.segments().take_while(|(number, _)| *number < page);
        before.map(|(_, segment)| segment.page().entries as u64).sum()
    }

    pub(super) fn recount(&mut self) {
        self.resize();
        let lens = (1..=self.pages.len()).map(|page| match self.pages.segment(page) {
            Some(segment) => segment.len() - self.ids.repeats_in(page).count(),
            None => self.supposed_len(page),
        });
        self.rows = Rows::new(lens);
    }

    /// How many rows a page that is not here is supposed to have.
    fn supposed_len(&self, page: u32) -> usize {
        let Some(size) = self.size else { return 0 };
        if page < self.pages.len() {
            return size;
        }
        let before = if self.in_order {
            let gap = self.pages.first_gap();
            self.entries_before(gap) + u64::from(page - gap.min(page)) * size as u64
        } else {
            u64::from(page - 1) * size as u64
        };
        let rest = self.count.unwrap_or_default().saturating_sub(before);
        usize::try_from(rest).unwrap_or(size).clamp(1, size)
    }
}
