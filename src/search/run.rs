//! Query × segments → hits. Knows nothing of ranks across pages: those are counted in [`Found`].
//!
//! ```text
//! lines of a page ─ Needle::mark ─▶ a rank for each row, term by term ─▶ PageHits
//!        few rows left ─ Needle::best_in, row by row ──────┘
//! ```
//! The terms are taken in turn, the most telling first, and each is asked of the rows that those before it left, and that
//! a wider query had found: where these are few, they are looked at one by one instead of the page as a whole. What the
//! wider query says of a term is not asked again: the ranks of one that is the same, and which rows have a shorter one in
//! no standard field.

#[cfg(test)]
mod tests;

use crate::list::columns::Dictionaries;
use crate::list::{Packing, Searchable, Segment};
use crate::search::custom::{self, ListHits};
use crate::search::filter::FilterHits;
use crate::search::found::{Found, PageHits};
use crate::search::needle::Needle;
use crate::search::query::{Alternative, Lead, Query, Reach, Term};
use crate::search::rank::{NO_HIT, Rank};
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// When so few of a page's rows are left that looking at each is cheaper than running over the text: one in this many.
pub(crate) const FEW: usize = 16;
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
    pub wider: Option<Wider>,
}

/// What a query found on a page.
#[derive(Debug, Clone)]
pub struct Wider {
    /// The query.
    pub query: Arc<Query>,
    /// Its hits.
    pub hits: Arc<PageHits>,
}

impl Unsearched {
    /// A page with what a wider query has found on it.
    #[must_use]
    pub fn within(searchable: Searchable, query: &Arc<Query>, found: &Found) -> Self {
        let hits = found.page(searchable.page).cloned();
        let wider = hits.map(|hits| Wider { query: Arc::clone(query), hits });
        Self { searchable, wider }
    }
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
    /// Its place among the terms of the query.
    place: usize,
    needles: Vec<Needle<'q>>,
    narrows: Option<Narrows>,
}

/// The term of a wider query without which a term does not hold.
#[derive(Debug, Clone, Copy)]
struct Narrows {
    /// Its place among the terms of that query.
    place: usize,
    is_same: bool,
}

impl<'q> Wanted<'q> {
    /// Makes a term ready. `may_divide` tells whether any row may have a word with signs between its letters.
    fn new((place, term): (usize, &'q Term), may_divide: impl Fn(&str) -> bool) -> Self {
        let may_be = |wanted: &Alternative| wanted.lead != Lead::Divided || may_divide(&wanted.pattern);
        let is_needed = |wanted: &&Alternative| {
            may_be(wanted) && !term.alternatives.iter().any(|other| other.says_more_than(wanted))
        };
        let needles = term.alternatives.iter().filter(is_needed);
        let needles = needles.map(|wanted| Needle::new(wanted, term.negated)).collect();
        Self { term, place, needles, narrows: None }
    }

    /// Notes which term of a wider query it narrows.
    fn narrows(mut self, wider: Option<&Query>) -> Self {
        let terms = wider.into_iter().flat_map(|wider| &wider.terms).enumerate();
        let terms = terms.filter(|(_, other)| !self.term.negated && self.term.implies(other));
        let narrows = terms.map(|(place, other)| Narrows { place, is_same: other == self.term });
        self.narrows = narrows.max_by_key(|narrows| narrows.is_same);
        self
    }

    /// The ranks of the term that it narrows, where these are the hits of the wider query.
    fn wider<'h>(&self, hits: Option<&'h PageHits>) -> Option<&'h [u8]> {
        hits?.of_term(self.narrows?.place)
    }

    /// Its ranks, where the wider query has the same term.
    fn known(&self, hits: Option<&PageHits>) -> Option<Vec<u8>> {
        self.narrows.filter(|narrows| narrows.is_same).and(self.wider(hits)).map(<[u8]>::to_vec)
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
    query: &'q Query,
    /// The wider query whose hits some pages bring.
    wider: Option<Arc<Query>>,
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
        let wider = pages.iter().find_map(|page| page.wider.as_ref()).map(|wider| Arc::clone(&wider.query));
        let wanted = query.terms.iter().enumerate().map(|term| Wanted::new(term, may_divide));
        let (mut plain, mut custom): (Vec<_>, Vec<_>) =
            wanted.map(|wanted| wanted.narrows(wider.as_deref())).partition(is_plain);
        plain.sort_by_key(|wanted| std::cmp::Reverse(wanted.weight()));
        custom.sort_by_key(|wanted| std::cmp::Reverse(wanted.weight()));
        let mut search = Self { plain, custom, lists: Vec::new(), query, wider };
        if !search.custom.is_empty() || !query.filters.is_empty() {
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
        let hits = |wanted: &Wanted<'q>| match wanted.in_fields() {
            // Which rows have a letter is known without their values.
            fields if fields.is_letter() => ListHits::default(),
            fields => fields.in_list(&known, used),
        };
        let terms = self.custom.iter().map(hits).collect();
        let filters = self.query.filters.iter().map(|filter| filter.in_list(&known, used)).collect();
        self.lists.push(InList { dictionaries: dictionaries.clone(), terms, filters });
    }

    fn in_list(&self, dictionaries: &Dictionaries) -> Option<&InList> {
        self.lists.iter().find(|list| list.dictionaries.is(dictionaries))
    }

    fn page(&self, unsearched: &Unsearched) -> PageHits {
        let Unsearched { searchable: Searchable { segment, repeats, .. }, wider } = unsearched;
        let mut known = None;
        let mut ranks = match wider {
            None => vec![FIRST; segment.len()],
            Some(wider) if wider.hits.is_empty() && !self.has_divided() => return PageHits::default(),
            Some(Wider { query, hits }) => {
                let is_left = |&rank: &u8| if rank == NO_HIT { NO_HIT } else { FIRST };
                let mut left: Vec<u8> = hits.ranks().iter().map(is_left).collect();
                left.resize(segment.len(), NO_HIT);
                // Of a row that is added nothing is known.
                let is_known = !self.add_divided(segment, &mut left)
                    && self.wider.as_ref().is_some_and(|wider| Arc::ptr_eq(wider, query));
                known = Some(&**hits).filter(|_| is_known);
                left
            }
        };
        for &row in repeats {
            lower(&mut ranks, row, NO_HIT);
        }
        let mut terms = vec![Vec::new(); self.query.terms.len()];
        let mut keep = |wanted: &Wanted<'_>, best: Vec<u8>| {
            if let Some(term) = terms.get_mut(wanted.place).filter(|_| !wanted.term.negated) {
                *term = best;
            }
        };
        for wanted in &self.plain {
            let best = wanted.known(known).unwrap_or_else(|| in_lines(wanted, segment, &ranks));
            wanted.narrow(&best, &mut ranks);
            keep(wanted, best);
        }
        if let Some(list) = self.in_list(segment.packing().dictionaries()) {
            for (filter, hits) in self.query.filters.iter().zip(&list.filters) {
                filter.narrow(hits, segment, &mut ranks);
                if ranks.iter().all(|&rank| rank == NO_HIT) {
                    return PageHits::default();
                }
            }
            for (wanted, hits) in self.custom.iter().zip(&list.terms) {
                let in_all = || in_all_fields(wanted, hits, segment, wanted.wider(known), &ranks);
                let best = wanted.known(known).unwrap_or_else(in_all);
                wanted.narrow(&best, &mut ranks);
                keep(wanted, best);
            }
        }
        PageHits::of_terms(ranks, terms)
    }

    /// The needles whose letters signs divide: a wider query may have had none.
    fn divided(&self) -> impl Iterator<Item = &Needle<'q>> {
        let terms = self.plain.iter().chain(&self.custom);
        terms.flat_map(|wanted| &wanted.needles).filter(|needle| needle.is_divided())
    }

    fn has_divided(&self) -> bool {
        self.divided().next().is_some()
    }

    /// Adds the rows in which a text is divided to those that are left. Whether there are any.
    fn add_divided(&self, segment: &Segment, left: &mut [u8]) -> bool {
        if !self.has_divided() {
            return false;
        }
        let (mut found, mut any) = (vec![NO_HIT; left.len()], false);
        for needle in self.divided() {
            needle.mark_divided(segment.lines(), segment.letters(), &mut found);
        }
        for (left, found) in left.iter_mut().zip(found) {
            if found != NO_HIT && *left == NO_HIT {
                *left = FIRST;
                any = true;
            }
        }
        any
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

/// The best hit in the line of each row that is left.
fn in_lines(wanted: &Wanted<'_>, segment: &Segment, left: &[u8]) -> Vec<u8> {
    let mut best = vec![NO_HIT; left.len()];
    if are_few(left) && wanted.needles.iter().any(|needle| needle.letter().is_none()) {
        segment.lines().fetch(rows_of(left, |rank| rank != NO_HIT));
        for row in rows_of(left, |rank| rank != NO_HIT) {
            if let (Some(best), Some(rank)) =
                (best.get_mut(row as usize), wanted.best_in(segment.lines().line(row)))
            {
                *best = rank as u8;
            }
        }
    } else {
        for needle in &wanted.needles {
            needle.mark(segment.lines(), segment.letters(), &mut best);
        }
    }
    best
}

/// Whether so few rows are left that each is looked at by itself.
fn are_few(ranks: &[u8]) -> bool {
    is_few(ranks.len() - memchr::memchr_iter(NO_HIT, ranks).count(), ranks.len())
}

fn is_few(rows: usize, of: usize) -> bool {
    rows * FEW <= of
}

/// The rows with such a rank.
fn rows_of(ranks: &[u8], is_wanted: impl Fn(u8) -> bool) -> impl Iterator<Item = u32> {
    (0..).zip(ranks).filter(move |(_, rank)| is_wanted(**rank)).map(|(row, _)| row)
}

/// A row is as good as its weakest term, and stays one that is not found.
fn lower(ranks: &mut [u8], row: u32, allowed: u8) {
    if let Some(rank) = ranks.get_mut(row as usize) {
        *rank = (*rank).max(allowed);
    }
}

/// The best hit of a term about all or certain other fields in each row that is left; given are the ranks of the term that
/// it narrows.
fn in_all_fields(
    wanted: &Wanted<'_>,
    hits: &ListHits,
    segment: &Segment,
    wider: Option<&[u8]>,
    left: &[u8],
) -> Vec<u8> {
    let fields = wanted.in_fields();
    // A field that was asked for by name is no other field.
    let rank = if fields.keys.is_some() { Rank::Inside } else { Rank::OtherField };
    let in_line =
        |row: u32| fields.keys.is_none().then(|| wanted.best_in(segment.lines().line(row))).flatten();
    let mut best = match wider {
        _ if fields.keys.is_some() => vec![NO_HIT; left.len()],
        None => in_lines(wanted, segment, left),
        Some(wider) => {
            // What had less of the term in other fields alone has all of it in no line.
            let rank =
                |(&rank, &wider): (&u8, &u8)| if wider == Rank::OtherField as u8 { NO_HIT } else { rank };
            in_lines(wanted, segment, &left.iter().zip(wider).map(rank).collect::<Vec<u8>>())
        }
    };
    // What is not left is not looked for.
    for (best, &rank) in best.iter_mut().zip(left) {
        *best = (*best).min(if rank == NO_HIT { FIRST } else { NO_HIT });
    }
    let undecided = memchr::memchr_iter(NO_HIT, &best).count();
    if is_few(undecided, best.len()) && !fields.is_letter() {
        segment.columns().texts.fetch(rows_of(&best, |rank| rank == NO_HIT));
        let is_in_fields = fields.in_rows(hits, segment.columns());
        for (row, best) in (0..).zip(&mut best).filter(|(_, best)| **best == NO_HIT) {
            *best = if is_in_fields(row) { rank as u8 } else { NO_HIT };
        }
    } else {
        fields.mark(hits, segment, rank as u8, &mut best);
    }
    for (row, record) in segment.besides() {
        let in_record = || fields.is_in_record(record, segment.schema).then_some(rank);
        if let Some(best) = best.get_mut(row as usize) {
            *best = in_line(row).or_else(in_record).map_or(NO_HIT, |rank| rank as u8);
        }
    }
    best
}
