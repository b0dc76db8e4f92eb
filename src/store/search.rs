//! Query × segments → hits. Knows nothing of ranks across pages: those are counted in [`Found`](crate::store::Found).

use crate::cube::StandardField;
use crate::fields::value;
use crate::store::found::PageHits;
use crate::store::query::{Query, Reach, Term};
use crate::store::row_text::{self, Class};
use crate::store::segment::Segment;
use memchr::memmem::Finder;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A page as a search needs it.
#[derive(Debug, Clone)]
pub struct Unsearched {
    /// The page's number.
    pub page: u32,
    /// Its records.
    pub segment: Arc<Segment>,
    /// The records that repeat an id and are not shown, ascending.
    pub repeats: Vec<u32>,
}

impl PartialEq for Unsearched {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page && Arc::ptr_eq(&self.segment, &other.segment) && self.repeats == other.repeats
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
            goes_on.then(|| (unsearched.page, Arc::new(search.page(unsearched))))
        })
        .collect()
}

/// A query with its needles made ready, once for all pages.
struct Search<'q> {
    query: &'q Query,
    terms: Vec<(&'q Term, Vec<Finder<'q>>)>,
}

impl<'q> Search<'q> {
    fn new(query: &'q Query) -> Self {
        let finders =
            |term: &'q Term| term.alternatives.iter().map(|wanted| Finder::new(&wanted.pattern)).collect();
        Self { query, terms: query.terms.iter().map(|term| (term, finders(term))).collect() }
    }

    fn page(&self, unsearched: &Unsearched) -> PageHits {
        let mut hits = PageHits::default();
        if self.query.unknown.is_some() {
            return hits;
        }
        let Unsearched { segment, repeats, .. } = unsearched;
        self.candidates(segment, |index| {
            if repeats.binary_search(&index).is_err()
                && let Some(class) = self.row(segment, index)
            {
                hits.push(index, class);
            }
        });
        hits
    }

    /// Names, in order, the rows that can match at all: those with the one needle that must be there, found by
    /// running over the page's text as a whole; all rows where there is no such needle.
    fn candidates(&self, segment: &Segment, mut each: impl FnMut(u32)) {
        let Some(needle) = self.needle() else {
            segment.indices().for_each(each);
            return;
        };
        let text = segment.text().as_bytes();
        let mut from = 0;
        while let Some(hit) = text.get(from..).and_then(|rest| needle.find(rest)) {
            let index = segment.row_at(from + hit);
            each(index);
            from = segment.span(index).end;
        }
    }

    /// The longest needle that every match must hold in its search text.
    fn needle(&self) -> Option<&Finder<'q>> {
        if self.query.reach == Reach::AllFields {
            return None;
        }
        let must = self.terms.iter().filter(|(term, _)| !term.negated && term.custom.is_none());
        let single = must.filter_map(|(_, finders)| match finders.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        single.max_by_key(|finder| finder.needle().len())
    }

    /// The class of a row: that of its weakest term. `None` iff the row does not match.
    fn row(&self, segment: &Segment, index: u32) -> Option<Class> {
        let row = segment.row(index);
        let custom = self.query.reads_custom_fields().then(|| custom_text(segment, index));
        let mut worst = Class::ExactId;
        for (term, finders) in &self.terms {
            let class = Self::term(term, finders, row, custom.as_deref().unwrap_or_default());
            match class {
                Some(class) if !term.negated => worst = worst.max(class),
                None if term.negated => {}
                _ => return None,
            }
        }
        Some(worst)
    }

    fn term(term: &Term, finders: &[Finder<'_>], row: &str, custom: &[CustomText]) -> Option<Class> {
        let alternatives = || term.alternatives.iter().zip(finders);
        let standard =
            || alternatives().filter_map(|(wanted, finder)| row_text::best_hit(row, wanted, finder)).min();
        let in_custom = |keys: Option<&[String]>| {
            let searched = custom.iter().filter(|field| keys.is_none_or(|keys| keys.contains(&field.key)));
            let hit = |field: &CustomText| {
                alternatives().any(|(_, finder)| finder.find(field.text.as_bytes()).is_some())
            };
            searched.into_iter().any(hit).then_some(Class::Inside)
        };
        match &term.custom {
            Some(keys) => in_custom(Some(keys)),
            None => standard().or_else(|| in_custom(None)),
        }
    }
}

/// The search text of one field beyond the standard ones.
struct CustomText {
    key: String,
    text: String,
}

/// The search text of a record's other fields. It is made when it is asked for: held for every customer it would
/// take as much memory as all the rest.
fn custom_text(segment: &Segment, index: u32) -> Vec<CustomText> {
    let record = segment.record(index);
    let fields =
        record.fields().into_iter().filter(|field| StandardField::of_key(field.key.as_raw()).is_none());
    fields
        .map(|field| {
            let mut text = String::new();
            row_text::write_words(value::text(&field.value), &mut text);
            CustomText { key: field.key.as_raw().to_owned(), text }
        })
        .collect()
}
