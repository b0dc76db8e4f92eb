//! What an answer can claim: how many customers are held, of how many, as of when.

use crate::cube::Moment;
use crate::list::Store;

/// Which customers were there to be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a finding of its own about the list")]
pub struct Scope {
    /// Customers that are held and shown.
    pub loaded: usize,
    /// Customers that Cube says there are. `None` where it does not say.
    pub count: Option<u64>,
    /// Entries of the pages that are held: customers, repeats, and what could not be read.
    pub entries: u64,
    /// Pages still to be asked for before all are held, those under way included.
    pub missing: usize,
    /// Pages that could not be read.
    pub failed: usize,
    /// Records that could not be read, on the pages that are held.
    pub left_out: usize,
    /// Values that were not UTF-8, on the pages that are held.
    pub not_utf8: usize,
    /// When the oldest of what is held was read. `None` iff nothing is.
    pub as_of: Option<Moment>,
    /// Whether the list was cut because it is longer than [`MAX_ROWS`](crate::list::MAX_ROWS).
    pub cut: bool,
    /// Whether the end of the list is known.
    pub ended: bool,
    /// What Cube's count was at first and is now, once it changed or did not hold.
    pub changed: Option<(u64, u64)>,
    /// Whether Cube sent a page that brought no one new.
    pub repeats: bool,
    /// The first page that came empty though it names a next one.
    pub empty: Option<u32>,
    /// Whether a page was announced by the one before it, and then was not there.
    pub cut_short: bool,
}

impl Scope {
    /// Whether every customer of the list is held, as far as anything Cube said can tell, so that an answer may say
    /// "all".
    #[must_use]
    pub fn is_all(&self) -> bool {
        let is_whole = self.ended && self.missing == 0 && self.failed == 0 && self.left_out == 0;
        is_whole
            && !self.cut
            && !self.repeats
            && !self.cut_short
            && self.empty.is_none()
            && self.changed.is_none()
    }

    /// How many customers there are to the best of our knowledge. `None` where nothing is known.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        let loaded = self.loaded as u64;
        if self.is_all() { Some(loaded) } else { self.count.map(|count| count.max(loaded)) }
    }
}

impl Store {
    /// What an answer can claim at this moment.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let tally = self.pages.tally();
        let (entries, missing) = (tally.entries, tally.absent + tally.loading);
        let is_end_here = self.ceiling.is_some_and(|ceiling| self.pages.segment(ceiling - 1).is_some());
        let ended = self.last.is_some() || is_end_here;
        let announced = |page| self.pages.segment(page).is_some_and(|held| held.has_next);
        let cut_short = self.ceiling.is_some_and(|ceiling| announced(ceiling - 1));
        let miscounted = self.count.filter(|&count| ended && missing == 0 && count != entries);
        let most = super::MAX_ROWS;
        // A list that has ended is not longer than that, whatever its count says.
        let size = self.size.unwrap_or_default() as u64;
        let ends_before = self.ceiling.is_some_and(|ceiling| u64::from(ceiling - 1) * size < most);
        let may_be_longer = self.last.is_none() && !ends_before;
        let cut = entries > most
            || (cut_short && entries >= most)
            || (may_be_longer && self.count.is_some_and(|count| count > most));
        Scope {
            loaded: self.rows.loaded(),
            count: self.count,
            entries,
            missing,
            failed: tally.failed,
            left_out: tally.left_out,
            not_utf8: tally.not_utf8,
            as_of: self.pages.oldest(),
            cut,
            ended,
            changed: self.changed.or(miscounted.map(|count| (count, entries))),
            repeats: self.repeats,
            empty: self.pages.first_empty(),
            cut_short: cut_short && !cut,
        }
    }
}
