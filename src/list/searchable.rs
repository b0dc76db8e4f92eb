//! What the list hands to a search: its pages, and which of their records are not shown.

use crate::list::looked_up::LOOKED_UP;
use crate::list::{Segment, Store};
use std::sync::Arc;

/// A page as a search reads it.
#[derive(Debug, Clone)]
pub struct Searchable {
    /// The page's number.
    pub page: u32,
    /// Its records.
    pub segment: Arc<Segment>,
    /// The records that repeat an id and are not shown, or are of customers of other lists: ascending.
    pub repeats: Vec<u32>,
}

impl PartialEq for Searchable {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page && Arc::ptr_eq(&self.segment, &other.segment) && self.repeats == other.repeats
    }
}

impl Store {
    /// All the pages that are here, as a search reads them.
    #[must_use]
    pub fn searchable(&self) -> Vec<Searchable> {
        let looked_up = self.segment(LOOKED_UP).map(|segment| (LOOKED_UP, segment));
        let pages = looked_up.into_iter().chain(self.pages.segments());
        pages.map(|(page, segment)| self.to_searchable(page, segment)).collect()
    }

    /// One page as a search reads it. `None` while it is not here.
    #[must_use]
    pub fn searchable_page(&self, page: u32) -> Option<Searchable> {
        Some(self.to_searchable(page, self.segment(page)?))
    }

    fn to_searchable(&self, page: u32, segment: &Arc<Segment>) -> Searchable {
        let repeats = match page {
            LOOKED_UP => self.looked_up.of_other_lists().collect(),
            page => self.ids.repeats_in(page).collect(),
        };
        Searchable { page, segment: Arc::clone(segment), repeats }
    }
}
