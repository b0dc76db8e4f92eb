//! Query × segments → hits. Knows nothing of ranks across pages: those are counted in [`Found`](crate::search::Found).
//!
//! ```text
//! lines of a page ─ Needle::mark ─▶ a rank for each row, term by term ─▶ PageHits
//!        few rows left ─ Needle::best_in, row by row ──────┘
//! ```
//! The terms are taken in turn, the most telling first, and each is asked of the rows that those before it left. Where
//! these are few, or a wider query had left few, the rows are looked at one by one instead of the page as a whole.

#[cfg(test)]
mod tests;

use crate::list::{Searchable, Segment};
use crate::search::custom::{self, CustomText};
use crate::search::found::PageHits;
use crate::search::needle::Needle;
use crate::search::query::{Alternative, Query, Reach, Term};
use crate::search::rank::{NO_HIT, Rank};
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// When so few of a page's rows are left that looking at each is cheaper than running over the text: one in this many.
const FEW: usize = 8;

/// A page to be searched.
#[derive(Debug, Clone)]
pub struct Unsearched {
    /// The page and its records.
    pub searchable: Searchable,
    /// What a wider query found on it: this query finds no other record. `None` where no such query was asked.
    pub wider: Option<Arc<PageHits>>,
}

impl From<Searchable> for Unsearched {
    fn from(searchable: Searchable) -> Self {
        Self { searchable, wider: None }
    }
}

impl PartialEq for Unsearched {
    fn eq(&self, other: &Self) -> bool {
        self.searchable == other.searchable
    }
}

/// Searches the pages in parallel. `None` iff `cancelled` was set before the end.
#[must_use]
pub fn run(query: &Query, pages: &[Unsearched], cancelled: &AtomicBool) -> Option<Vec<(u32, Arc<PageHits>)>> {
    let search = Search::new(query);
    pages
        .par_iter()
        .map(|unsearched| {
            let goes_on = !cancelled.load(Ordering::Relaxed);
            goes_on.then(|| (unsearched.searchable.page, Arc::new(search.page(unsearched))))
        })
        .collect()
}

/// A term with its needles made ready, once for all pages.
struct Wanted<'q> {
    term: &'q Term,
    needles: Vec<Needle<'q>>,
}

impl<'q> Wanted<'q> {
    fn new(term: &'q Term) -> Self {
        let is_needed =
            |wanted: &&Alternative| !term.alternatives.iter().any(|other| other.says_more_than(wanted));
        let needles = term.alternatives.iter().filter(is_needed);
        Self { term, needles: needles.map(|wanted| Needle::new(wanted, term.negated)).collect() }
    }

    /// How much it tells: a longer text is in fewer rows; what is left out is asked for last.
    fn weight(&self) -> (bool, usize) {
        let shortest = self.needles.iter().map(|needle| needle.pattern().len()).min();
        (!self.term.negated, shortest.unwrap_or_default())
    }

    fn best_in(&self, line: &str) -> Option<Rank> {
        self.needles.iter().filter_map(|needle| needle.best_in(line)).min()
    }

    /// The best rank that this term leaves to a row with this best hit, or [`NO_HIT`].
    fn rank_with(&self, best: Option<Rank>) -> u8 {
        match (best, self.term.negated) {
            (Some(rank), false) => rank as u8,
            (None, true) => Rank::ExactId as u8,
            _ => NO_HIT,
        }
    }
}

/// A query made ready for all pages.
struct Search<'q> {
    /// The terms that the lines alone decide.
    plain: Vec<Wanted<'q>>,
    /// Those for which the other fields must be read.
    custom: Vec<Wanted<'q>>,
}

impl<'q> Search<'q> {
    fn new(query: &'q Query) -> Self {
        let is_plain = |wanted: &Wanted<'_>| {
            wanted.term.custom.is_none() && (query.reach == Reach::Standard || wanted.term.has_part())
        };
        let (mut plain, custom): (Vec<_>, Vec<_>) = query.terms.iter().map(Wanted::new).partition(is_plain);
        plain.sort_by_key(|wanted| std::cmp::Reverse(wanted.weight()));
        Self { plain, custom }
    }

    fn page(&self, unsearched: &Unsearched) -> PageHits {
        let Unsearched { searchable: Searchable { segment, repeats, .. }, wider } = unsearched;
        let mut ranks = match wider {
            Some(wider) if wider.is_empty() && !self.has_divided() => return PageHits::default(),
            Some(wider) if wider.is_empty() => {
                let mut left = vec![NO_HIT; segment.len()];
                self.add_divided(segment, &mut left);
                left
            }
            Some(wider) if wider.len() * FEW <= segment.len() => {
                let is_left = |&rank: &u8| if rank == NO_HIT { NO_HIT } else { Rank::ExactId as u8 };
                let mut left: Vec<u8> = wider.ranks().iter().map(is_left).collect();
                self.add_divided(segment, &mut left);
                left
            }
            _ => vec![Rank::ExactId as u8; segment.len()],
        };
        for &row in repeats {
            lower(&mut ranks, row, NO_HIT);
        }
        for wanted in &self.plain {
            narrow(wanted, segment, &mut ranks);
        }
        if !self.custom.is_empty() {
            self.read_fields(segment, &mut ranks);
        }
        PageHits::new(ranks)
    }

    /// The needles whose letters signs divide: a wider query may have had none.
    fn divided(&self) -> impl Iterator<Item = &Needle<'q>> {
        let terms = self.plain.iter().chain(&self.custom);
        terms.flat_map(|wanted| &wanted.needles).filter(|needle| needle.is_divided())
    }

    fn has_divided(&self) -> bool {
        self.divided().next().is_some()
    }

    /// Adds the rows in which a text is divided to those that are left.
    fn add_divided(&self, segment: &Segment, left: &mut [u8]) {
        let mut found = vec![NO_HIT; left.len()];
        for needle in self.divided() {
            needle.mark_divided(segment.lines(), segment.letters(), &mut found);
        }
        for (left, found) in left.iter_mut().zip(found) {
            if found != NO_HIT {
                *left = Rank::ExactId as u8;
            }
        }
    }

    /// Asks the terms that need more than the lines of the rows that are left.
    fn read_fields(&self, segment: &Segment, ranks: &mut [u8]) {
        let keys: Option<Vec<&[String]>> =
            self.custom.iter().map(|wanted| wanted.term.custom.as_deref()).collect();
        let is_wanted =
            |key: &str| keys.as_ref().is_none_or(|keys| keys.iter().any(|keys| is_among(key, keys)));
        let left: Vec<bool> = ranks.iter().map(|&rank| rank != NO_HIT).collect();
        custom::each(segment, &left, is_wanted, |row, fields| {
            let line = segment.lines().line(row);
            for wanted in &self.custom {
                let keys = wanted.term.custom.as_deref();
                let is_hit = |field: &CustomText<'_>| {
                    keys.is_none_or(|keys| is_among(field.key, keys))
                        && wanted.needles.iter().any(|needle| needle.is_in(&field.text))
                };
                let in_line = keys.is_none().then(|| wanted.best_in(line)).flatten();
                // A field that was asked for by name is no other field.
                let rank = if keys.is_some() { Rank::Inside } else { Rank::OtherField };
                let best = in_line.or_else(|| fields.iter().any(is_hit).then_some(rank));
                lower(ranks, row, wanted.rank_with(best));
            }
        });
    }
}

/// Leaves of the rows those for which the term holds, and notes how well.
fn narrow(wanted: &Wanted<'_>, segment: &Segment, ranks: &mut [u8]) {
    let gone = memchr::memchr_iter(NO_HIT, ranks).count();
    if (ranks.len() - gone) * FEW > ranks.len() {
        let mut best = vec![NO_HIT; ranks.len()];
        for needle in &wanted.needles {
            needle.mark(segment.lines(), segment.letters(), &mut best);
        }
        for (rank, best) in ranks.iter_mut().zip(best) {
            let allowed = if wanted.term.negated { if best == NO_HIT { 0 } else { NO_HIT } } else { best };
            *rank = (*rank).max(allowed);
        }
        return;
    }
    for (row, rank) in (0..).zip(ranks).filter(|(_, rank)| **rank != NO_HIT) {
        *rank = (*rank).max(wanted.rank_with(wanted.best_in(segment.lines().line(row))));
    }
}

/// A row is as good as its weakest term, and stays one that is not found.
fn lower(ranks: &mut [u8], row: u32, allowed: u8) {
    if let Some(rank) = ranks.get_mut(row as usize) {
        *rank = (*rank).max(allowed);
    }
}

fn is_among(key: &str, keys: &[String]) -> bool {
    keys.iter().any(|known| known == key)
}
