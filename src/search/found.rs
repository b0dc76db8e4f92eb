//! What a search found: rows by rank, then in Cube's order, without sorting them.

use crate::list::Slot;
use crate::search::rank::{NO_HIT, Rank};
use std::sync::Arc;

const RANKS: usize = Rank::ALL.len();

/// The hits on one page: the rank of each record. Empty where no record was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageHits {
    ranks: Box<[u8]>,
    lens: [u32; RANKS],
    /// The ranks of the records that were found by each term of the query alone; empty for one that leaves records out. No
    /// terms where there was only one, which those ranks are of.
    terms: Box<[Box<[u8]>]>,
}

impl PageHits {
    /// Takes the rank of each record, [`NO_HIT`] for one that was not found.
    pub(crate) fn new(ranks: Vec<u8>) -> Self {
        if ranks.iter().all(|&rank| rank == NO_HIT) {
            return Self::default();
        }
        let len = |rank: Rank| memchr::memchr_iter(rank as u8, &ranks).count();
        let lens = Rank::ALL.map(|rank| u32::try_from(len(rank)).unwrap_or(u32::MAX));
        Self { ranks: ranks.into(), lens, terms: Box::default() }
    }

    /// The same with the ranks that each record has by each term of the query; none for a term that leaves records out.
    pub(crate) fn of_terms(ranks: Vec<u8>, mut terms: Vec<Vec<u8>>) -> Self {
        let mut hits = Self::new(ranks);
        let is_of_one = matches!(&*terms, [term] if !term.is_empty());
        if !is_of_one && !hits.is_empty() {
            // What a term says of a row that another one has left out depends on which was asked first.
            for (rank, &found) in terms.iter_mut().flat_map(|term| term.iter_mut().zip(&hits.ranks)) {
                *rank = if found == NO_HIT { NO_HIT } else { *rank };
            }
            hits.terms = terms.into_iter().map(Vec::into_boxed_slice).collect();
        }
        hits
    }

    /// The rank of each record that was found, by one term of the query alone. `None` for a term that leaves records out.
    pub(crate) fn of_term(&self, place: usize) -> Option<&[u8]> {
        match self.terms.get(place) {
            None if self.terms.is_empty() && !self.is_empty() => Some(&self.ranks),
            term => term.map(|ranks| &**ranks).filter(|ranks| !ranks.is_empty()),
        }
    }

    /// How many records were found on the page.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lens.iter().map(|&len| len as usize).sum()
    }

    /// Whether nothing was found on the page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }

    /// Whether a record was found.
    pub(crate) fn has(&self, index: usize) -> bool {
        self.ranks.get(index).is_some_and(|&rank| rank != NO_HIT)
    }

    /// The rank of each record. Empty where no record was found.
    pub(crate) fn ranks(&self) -> &[u8] {
        &self.ranks
    }

    /// The record of this rank that has `before` others of that rank before it. `None` beyond the last.
    fn nth(&self, rank: u8, before: usize) -> Option<u32> {
        memchr::memchr_iter(rank, &self.ranks).nth(before).and_then(|index| index.try_into().ok())
    }
}

/// The hits on all the pages that were searched. A row is found by counting: first the rank, then the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// By page, ascending.
    pages: Vec<(u32, Arc<PageHits>)>,
    /// For each rank the number of hits before each of `pages`, and at the end all of them.
    before: [Vec<usize>; RANKS],
}

impl Found {
    /// These records, in Cube's order. `len` is how many records a page has.
    pub fn of(mut slots: Vec<Slot>, len: impl Fn(u32) -> usize) -> Self {
        slots.sort_unstable();
        let hits = slots.chunk_by(|one, other| one.page == other.page).filter_map(|slots| {
            let page = slots.first()?.page;
            let mut ranks = vec![NO_HIT; len(page)];
            for slot in slots {
                if let Some(rank) = ranks.get_mut(slot.index as usize) {
                    *rank = Rank::Inside as u8;
                }
            }
            Some((page, Arc::new(PageHits::new(ranks))))
        });
        let mut found = Self::default();
        found.add(hits.collect::<Vec<_>>());
        found
    }

    /// Adds or replaces what was found on some pages.
    pub fn add(&mut self, hits: impl IntoIterator<Item = (u32, Arc<PageHits>)>) {
        let mut counted = self.pages.len();
        for (page, hits) in hits {
            // Most come behind all others, while a list is loaded.
            let place = match self.pages.last() {
                Some((last, _)) if *last >= page => self.pages.binary_search_by_key(&page, |(page, _)| *page),
                _ => Err(self.pages.len()),
            };
            match place {
                Ok(at) => self.pages.splice(at..=at, [(page, hits)]).for_each(drop),
                Err(at) => self.pages.insert(at, (page, hits)),
            }
            counted = counted.min(place.unwrap_or_else(|at| at));
        }
        self.count(counted);
    }

    /// Forgets what was found on pages that are gone.
    pub fn forget(&mut self, pages: impl IntoIterator<Item = u32>) {
        for page in pages {
            if let Some(at) = self.place_of(page) {
                self.pages.remove(at);
                self.count(at);
            }
        }
    }

    /// What was found on a page. `None` iff it was not searched.
    #[must_use]
    pub fn page(&self, page: u32) -> Option<&Arc<PageHits>> {
        Some(&self.pages.get(self.place_of(page)?)?.1)
    }

    /// How many customers were found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.before.iter().map(|before| before.last().copied().unwrap_or_default()).sum()
    }

    /// How many customers were found with this rank.
    #[must_use]
    pub fn len_of(&self, rank: Rank) -> usize {
        let before = self.before.get(rank as usize).and_then(|before| before.last());
        before.copied().unwrap_or_default()
    }

    /// Whether no customer was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record on row `row`. `None` beyond the last.
    #[must_use]
    pub fn slot(&self, row: usize) -> Option<Slot> {
        let mut rest = row;
        for (rank, before) in self.before.iter().enumerate() {
            let total = before.last().copied().unwrap_or_default();
            if rest >= total {
                rest -= total;
                continue;
            }
            let at = before.partition_point(|&count| count <= rest) - 1;
            let (page, hits) = self.pages.get(at)?;
            let index = hits.nth(u8::try_from(rank).ok()?, rest - before.get(at)?);
            return index.map(|index| Slot::new(*page, index));
        }
        None
    }

    /// The row of a record. `None` iff it was not found.
    #[must_use]
    pub fn row_of(&self, slot: Slot) -> Option<usize> {
        let at = self.place_of(slot.page)?;
        let (_, hits) = self.pages.get(at)?;
        let index = slot.index as usize;
        let rank = hits.ranks.get(index).copied().filter(|&rank| rank != NO_HIT)?;
        let better =
            self.before.iter().take(rank.into()).map(|before| before.last().copied().unwrap_or_default());
        let on_page = memchr::memchr_iter(rank, hits.ranks.get(..index)?).count();
        Some(better.sum::<usize>() + self.before.get(usize::from(rank))?.get(at)? + on_page)
    }

    /// The rank of the hit on row `row`. `None` beyond the last.
    #[must_use]
    pub fn rank(&self, row: usize) -> Option<Rank> {
        let mut rest = row;
        Rank::ALL.into_iter().zip(&self.before).find_map(|(rank, before)| {
            let total = before.last().copied().unwrap_or_default();
            let is_here = rest < total;
            rest = rest.saturating_sub(total);
            is_here.then_some(rank)
        })
    }

    fn place_of(&self, page: u32) -> Option<usize> {
        self.pages.binary_search_by_key(&page, |(page, _)| *page).ok()
    }

    /// Adds up the hits from the page at `from` on; those before it are counted already.
    fn count(&mut self, from: usize) {
        for (rank, before) in self.before.iter_mut().enumerate() {
            before.truncate(from + 1);
            if before.is_empty() {
                before.push(0);
            }
            let mut sum = before.last().copied().unwrap_or_default();
            before.extend(self.pages.iter().skip(from).map(|(_, hits)| {
                sum += hits.lens.get(rank).map_or(0, |&len| len as usize);
                sum
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(pairs: &[(usize, Rank)]) -> Arc<PageHits> {
        let mut ranks = vec![NO_HIT; 10];
        for &(index, rank) in pairs {
            ranks[index] = rank as u8;
        }
        Arc::new(PageHits::new(ranks))
    }

    fn found() -> Found {
        let mut found = Found::default();
        found.add([
            (7, hits(&[(0, Rank::WordStart), (3, Rank::ExactId)])),
            (2, hits(&[(1, Rank::Inside), (4, Rank::WordStart), (9, Rank::WordStart)])),
            (3, hits(&[])),
        ]);
        found
    }

    fn slots(found: &Found) -> Vec<(u32, u32)> {
        (0..found.len()).filter_map(|row| found.slot(row)).map(|slot| (slot.page, slot.index)).collect()
    }

    #[test]
    fn the_better_rank_comes_first_and_within_it_the_order_of_the_list() {
        let found = found();
        assert_eq!(slots(&found), [(7, 3), (2, 4), (2, 9), (7, 0), (2, 1)]);
        assert_eq!(found.slot(5), None);
        let lens =
            [Rank::ExactId, Rank::WordStart, Rank::Inside, Rank::OtherField].map(|rank| found.len_of(rank));
        assert_eq!(lens, [1, 3, 1, 0]);
        assert_eq!(
            (found.rank(0), found.rank(3), found.rank(5)),
            (Some(Rank::ExactId), Some(Rank::WordStart), None)
        );
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
    fn a_page_that_is_searched_again_counts_once_and_one_between_others_finds_its_place() {
        let mut found = found();
        found.add([(3, hits(&[(2, Rank::WordStart)])), (9, hits(&[(1, Rank::Inside)]))]);
        found.add([(7, hits(&[(5, Rank::ExactId)]))]);
        assert_eq!(slots(&found), [(7, 5), (2, 4), (2, 9), (3, 2), (2, 1), (9, 1)]);
    }

    #[test]
    fn a_page_that_is_gone_takes_its_hits_along() {
        let mut found = found();
        found.forget([2, 8]);
        assert_eq!(found.len(), 2);
        assert!(found.page(3).is_some() && found.page(2).is_none());
    }
}
