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

use crate::list::columns::Dictionaries;
use crate::list::{Searchable, Segment};
use crate::search::custom::{self, ListHits};
use crate::search::filter::{Filter, FilterHits};
use crate::search::found::PageHits;
use crate::search::needle::Needle;
use crate::search::query::{Alternative, Query, Reach, Term};
use crate::search::rank::{NO_HIT, Rank};
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// When so few of a page's rows are left that looking at each is cheaper than running over the text: one in this many.
pub(crate) const FEW: usize = 8;
/// So few pages have fewer distinct values than their list.
const FEW_PAGES: usize = 4;

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
    let search = Search::new(query, pages);
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

    /// What it looks for in the other fields.
    fn in_fields(&self) -> custom::Wanted<'_, 'q> {
        custom::Wanted { keys: self.term.custom.as_deref(), needles: &self.needles }
    }

    /// The best rank that this term leaves to a row with this best hit, or [`NO_HIT`].
    fn allowed(&self, best: u8) -> u8 {
        match self.term.negated {
            false => best,
            true if best == NO_HIT => Rank::ExactId as u8,
            true => NO_HIT,
        }
    }

    fn best_in(&self, line: &str) -> Option<Rank> {
        self.needles.iter().filter_map(|needle| needle.best_in(line)).min()
    }
}

/// A query made ready for all pages.
struct Search<'q> {
    /// The terms that the lines alone decide.
    plain: Vec<Wanted<'q>>,
    /// Those for which the other fields must be read.
    custom: Vec<Wanted<'q>>,
    /// For each list what values each of these holds for. Pages share one list's, but for customers who were looked up.
    lists: Vec<InList>,
    filters: &'q [Filter],
}

/// What the conditions of a query hold for in one list.
struct InList {
    dictionaries: Dictionaries,
    terms: Vec<ListHits>,
    filters: Vec<FilterHits>,
}

impl<'q> Search<'q> {
    fn new(query: &'q Query, pages: &[Unsearched]) -> Self {
        let is_plain = |wanted: &Wanted<'_>| {
            wanted.term.custom.is_none() && (query.reach == Reach::Standard || wanted.term.has_part())
        };
        let (mut plain, mut custom): (Vec<_>, Vec<_>) =
            query.terms.iter().map(Wanted::new).partition(is_plain);
        plain.sort_by_key(|wanted| std::cmp::Reverse(wanted.weight()));
        custom.sort_by_key(|wanted| std::cmp::Reverse(wanted.weight()));
        let mut search = Self { plain, custom, lists: Vec::new(), filters: &query.filters };
        if !search.custom.is_empty() || !search.filters.is_empty() {
            search.ask_lists(pages);
        }
        search
    }

    /// Asks each distinct value of the lists that the pages are of: for a few pages, those that they have.
    fn ask_lists(&mut self, pages: &[Unsearched]) {
        for page in pages {
            let dictionaries = page.searchable.segment.packing().dictionaries();
            if self.in_list(dictionaries).is_some() {
                continue;
            }
            let known = dictionaries.read();
            let used = (pages.len() <= FEW_PAGES).then(|| {
                let segments = pages.iter().map(|page| &*page.searchable.segment);
                let segments = segments.filter(|segment| segment.packing().dictionaries().is(dictionaries));
                custom::used_values(segments, &known)
            });
            let used = used.as_deref();
            let terms = self.custom.iter().map(|wanted| wanted.in_fields().in_list(&known, used)).collect();
            let filters = self.filters.iter().map(|filter| filter.in_list(&known, used)).collect();
            self.lists.push(InList { dictionaries: dictionaries.clone(), terms, filters });
        }
    }

    fn in_list(&self, dictionaries: &Dictionaries) -> Option<&InList> {
        self.lists.iter().find(|list| list.dictionaries.is(dictionaries))
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
        if let Some(list) = self.in_list(segment.packing().dictionaries()) {
            for (filter, hits) in self.filters.iter().zip(&list.filters) {
                filter.narrow(hits, segment, &mut ranks);
                if ranks.iter().all(|&rank| rank == NO_HIT) {
                    return PageHits::default();
                }
            }
            for (wanted, hits) in self.custom.iter().zip(&list.terms) {
                narrow_by_fields(wanted, hits, segment, &mut ranks);
            }
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
            *rank = (*rank).max(wanted.allowed(best));
        }
        return;
    }
    for (row, rank) in (0..).zip(ranks).filter(|(_, rank)| **rank != NO_HIT) {
        *rank = (*rank)
            .max(wanted.allowed(wanted.best_in(segment.lines().line(row)).map_or(NO_HIT, |rank| rank as u8)));
    }
}

/// A row is as good as its weakest term, and stays one that is not found.
fn lower(ranks: &mut [u8], row: u32, allowed: u8) {
    if let Some(rank) = ranks.get_mut(row as usize) {
        *rank = (*rank).max(allowed);
    }
}

/// Leaves of the rows those for which a term about all or certain other fields holds, and notes how well.
fn narrow_by_fields(wanted: &Wanted<'_>, hits: &ListHits, segment: &Segment, ranks: &mut [u8]) {
    let fields = wanted.in_fields();
    // A field that was asked for by name is no other field.
    let rank = if fields.keys.is_some() { Rank::Inside } else { Rank::OtherField };
    let in_line =
        |row: u32| fields.keys.is_none().then(|| wanted.best_in(segment.lines().line(row))).flatten();
    let gone = memchr::memchr_iter(NO_HIT, ranks).count();
    let mut best = vec![NO_HIT; ranks.len()];
    if (ranks.len() - gone) * FEW > ranks.len() {
        if fields.keys.is_none() {
            for needle in &wanted.needles {
                needle.mark(segment.lines(), segment.letters(), &mut best);
            }
        }
        if best.contains(&NO_HIT) {
            fields.mark(hits, segment, rank as u8, &mut best);
        }
    } else {
        for (row, best) in (0..).zip(&mut best).filter(|(row, _)| ranks.get(*row as usize) != Some(&NO_HIT)) {
            let in_fields = || fields.is_in_row(hits, segment.columns(), row).then_some(rank);
            *best = in_line(row).or_else(in_fields).map_or(NO_HIT, |rank| rank as u8);
        }
    }
    for (row, record) in segment.besides() {
        let in_record = || fields.is_in_record(record, segment.schema).then_some(rank);
        if let Some(best) = best.get_mut(row as usize) {
            *best = in_line(row).or_else(in_record).map_or(NO_HIT, |rank| rank as u8);
        }
    }
    for (rank, best) in ranks.iter_mut().zip(best) {
        *rank = (*rank).max(wanted.allowed(best));
    }
}
