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
use crate::list::{Packing, Searchable, Segment};
use crate::search::custom::{self, ListHits};
use crate::search::filter::{Filter, FilterHits};
use crate::search::found::PageHits;
use crate::search::needle::Needle;
use crate::search::query::{Alternative, Lead, Query, Reach, Term};
use crate::search::rank::{NO_HIT, Rank};
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// When so few of a page's rows are left that looking at each is cheaper than running over the text: one in this many.
pub(crate) const FEW: usize = 32;
/// The best rank: what a row has that nothing has been asked of.
const FIRST: u8 = Rank::ExactId as u8;
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
    /// Makes a term ready. `may_divide` tells whether any row may have a word with signs between its letters.
    fn new(term: &'q Term, may_divide: impl Fn(&str) -> bool) -> Self {
        let may_be = |wanted: &Alternative| wanted.lead != Lead::Divided || may_divide(&wanted.pattern);
        let is_needed = |wanted: &&Alternative| {
            may_be(wanted) && !term.alternatives.iter().any(|other| other.says_more_than(wanted))
        };
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

    /// Leaves of the rows those for which it holds, given the best hit of each: a row is as good as its weakest term.
    fn narrow(&self, best: &[u8], ranks: &mut [u8]) {
        let rows = ranks.iter_mut().zip(best);
        if self.term.negated {
            rows.for_each(|(rank, &best)| *rank = (*rank).max(if best == NO_HIT { FIRST } else { NO_HIT }));
        } else {
            rows.for_each(|(rank, &best)| *rank = (*rank).max(best));
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
        let lists = packings(pages);
        let may_divide = |word: &str| lists.iter().any(|list| list.parts().may_divide(word));
        let (mut plain, mut custom): (Vec<_>, Vec<_>) =
            query.terms.iter().map(|term| Wanted::new(term, may_divide)).partition(is_plain);
        plain.sort_by_key(|wanted| std::cmp::Reverse(wanted.weight()));
        custom.sort_by_key(|wanted| std::cmp::Reverse(wanted.weight()));
        let mut search = Self { plain, custom, lists: Vec::new(), filters: &query.filters };
        if !search.custom.is_empty() || !search.filters.is_empty() {
            for list in lists {
                search.ask_list(list.dictionaries(), pages);
            }
        }
        search
    }

    /// Asks each distinct value of a list: for a few pages, those that they have.
    fn ask_list(&mut self, dictionaries: &Dictionaries, pages: &[Unsearched]) {
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
                let is_left = |&rank: &u8| if rank == NO_HIT { NO_HIT } else { FIRST };
                let mut left: Vec<u8> = wider.ranks().iter().map(is_left).collect();
                self.add_divided(segment, &mut left);
                left
            }
            _ => vec![FIRST; segment.len()],
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
                *left = FIRST;
            }
        }
    }
}

/// What the lists that some pages are of share: of most there is one.
fn packings(pages: &[Unsearched]) -> Vec<&Packing> {
    let mut lists: Vec<&Packing> = Vec::new();
    for page in pages {
        let packing = page.searchable.segment.packing();
        if !lists.iter().any(|list| list.is(packing)) {
            lists.push(packing);
        }
    }
    lists
}

/// Leaves of the rows those for which the term holds, and notes how well.
fn narrow(wanted: &Wanted<'_>, segment: &Segment, ranks: &mut [u8]) {
    let mut best = vec![NO_HIT; ranks.len()];
    if are_few(ranks) {
        for_left(ranks, &mut best, |row| wanted.best_in(segment.lines().line(row)));
    } else {
        for needle in &wanted.needles {
            needle.mark(segment.lines(), segment.letters(), &mut best);
        }
    }
    wanted.narrow(&best, ranks);
}

/// Whether so few rows are left that each is looked at by itself.
fn are_few(ranks: &[u8]) -> bool {
    let left = ranks.len() - memchr::memchr_iter(NO_HIT, ranks).count();
    left * FEW <= ranks.len()
}

/// Notes for each row that is left the best hit in it.
fn for_left(ranks: &[u8], best: &mut [u8], best_in: impl Fn(u32) -> Option<Rank>) {
    for ((row, &rank), best) in (0..).zip(ranks).zip(best) {
        if rank != NO_HIT {
            *best = best_in(row).map_or(NO_HIT, |rank| rank as u8);
        }
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
    let mut best = vec![NO_HIT; ranks.len()];
    if are_few(ranks) {
        let is_in_fields = fields.in_rows(hits, segment.columns());
        for_left(ranks, &mut best, |row| in_line(row).or_else(|| is_in_fields(row).then_some(rank)));
    } else {
        if fields.keys.is_none() {
            for needle in &wanted.needles {
                needle.mark(segment.lines(), segment.letters(), &mut best);
            }
        }
        // What is not left is not looked for.
        for (best, &rank) in best.iter_mut().zip(&*ranks) {
            *best = (*best).min(if rank == NO_HIT { FIRST } else { NO_HIT });
        }
        fields.mark(hits, segment, rank as u8, &mut best);
    }
    for (row, record) in segment.besides() {
        let in_record = || fields.is_in_record(record, segment.schema).then_some(rank);
        if let Some(best) = best.get_mut(row as usize) {
            *best = in_line(row).or_else(in_record).map_or(NO_HIT, |rank| rank as u8);
        }
    }
    wanted.narrow(&best, ranks);
}
