//! Where a record stands in Cube's list: its page and its place in that page's raw `results`.

/// The place of one record. Stays the same however many other pages arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The page, counted from 1 as Cube counts.
    pub page: u32,
    /// The record among the page's readable ones, counted from 0.
    pub index: u32,
}

impl Slot {
    /// The place `index` of page `page`.
    #[must_use]
    pub fn new(page: u32, index: u32) -> Self {
        Self { page, index }
    }
}
