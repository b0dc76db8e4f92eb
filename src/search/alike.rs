//! Names that are spelt or heard like those in a search line: the customers who have them, and corrected lines.
//!
//! ```text
//! line ─ Query ─▶ pieces, one a word ─ near::table ─▶ for each word of the list how near it is to each piece
//! RowNames of each page ─ by these tables ─▶ rows with every piece, at least one of them by a near word ─▶ Alike
//! ```
//! Nothing is compared with a row but numbers of words: the distances are taken once, of the distinct words.

mod correction;
mod near;

#[cfg(test)]
mod tests;

use crate::list::Slot;
use crate::list::name_words::{NameWords, is_name_word};
use crate::search::needle::Needle;
use crate::search::query::{Alternative, Lead, Query, Term};
use crate::search::rank::NO_HIT;
use crate::search::{Part, Unsearched, run as search};
use crate::text;
use memchr::memmem::Finder;
use near::{FAR, SHORTEST, Table};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// No more customers are told by their places; they are counted all the same.
const MOST: usize = 1_000;
/// A line with more words is no name.
const MOST_PIECES: usize = 6;

/// Customers with names that are alike, and what the line should have said.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Alike {
    /// Where they are: the nearest first, then in Cube's order; at most 1,000. The line's own hits are not among them.
    pub slots: Vec<Slot>,
    /// How many they are.
    pub len: usize,
    /// Their words that are near to one of the line's, as they are written: the most frequent first, with the number
    /// of customers.
    pub words: Vec<(String, usize)>,
    /// The line with the wrong words replaced, the best first. Every one finds somebody.
    pub lines: Vec<String>,
    /// All words that are near to one of the line's, folded.
    near: BTreeSet<String>,
}

impl Alike {
    /// Whether no one is alike.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Takes out customers for whom another place was found.
    pub fn leave_out(&mut self, is_out: impl Fn(Slot) -> bool) {
        let before = self.slots.len();
        self.slots.retain(|slot| !is_out(*slot));
        self.len -= before - self.slots.len();
    }

    /// The words of a shown name that are near to one of the line's: byte ranges, ascending and apart.
    #[must_use]
    pub fn highlight(&self, shown: &str) -> Vec<Range<usize>> {
        let is_near = |(_, run): &(usize, &str)| self.near.contains(&text::fold(run));
        let runs = correction::runs(shown).filter(is_near);
        runs.map(|(at, run)| at..at + run.len()).collect()
    }
}

impl fmt::Debug for Alike {
    /// Tells only the number: the words are customers' names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Alike({} customers)", self.len)
    }
}

/// Whether a query has a word for which others are looked for.
#[must_use]
pub fn is_for(query: &Query) -> bool {
    query.terms.iter().any(is_name)
}

/// Looks for names that are alike on these pages, but for the rows that a page is known to have as hits of the query.
/// `None` iff `cancelled` was set before the end.
#[must_use]
pub fn run(line: &str, query: &Query, pages: &[Unsearched], cancelled: &AtomicBool) -> Option<Alike> {
    let asked = Asked::new(query);
    if asked.pieces.is_empty() || asked.pieces.len() > MOST_PIECES {
        return Some(Alike::default());
    }
    let mut indexes = indexes(&asked.pieces, pages);
    let rest = asked.rest(pages, cancelled)?;
    let mut found = asked.on_pages(pages, &indexes, &rest, cancelled)?;
    if asked.pieces.len() > 1 && found.iter().all(|on_page| on_page.rows.is_empty()) {
        // Each word alone is somebody's, but no two are.
        for index in &mut indexes {
            index.most = asked.pieces.len();
        }
        found = asked.on_pages(pages, &indexes, &rest, cancelled)?;
    }
    Some(together(line, &asked, pages, &indexes, found))
}

/// A word of the line that may be one of a name.
struct Piece<'q> {
    /// Folded.
    text: &'q str,
    /// Its term; a hyphenated word has several pieces.
    term: &'q Term,
    finder: Finder<'q>,
}

/// A query, taken apart.
struct Asked<'q> {
    pieces: Vec<Piece<'q>>,
    /// What must hold as it is: numbers, fields, what is left out.
    rest: Query,
    terms: Vec<Vec<Needle<'q>>>,
}

/// The words of one list, and how near they are to the pieces.
struct Index {
    names: NameWords,
    tables: Vec<Table>,
    /// How many pieces may be replaced in one row: those that no word of the list has, or one.
    most: usize,
}

/// The rows of a page.
#[derive(Default)]
struct OnPage {
    /// Their scores, the smallest is the nearest, and their places.
    rows: Vec<(u16, u32)>,
    /// For each combination of near words its best score, how many have it, and the first of them.
    words: HashMap<Vec<u32>, Combination>,
}

#[derive(Debug, Clone, Copy)]
struct Combination {
    score: u16,
    rows: usize,
    first: Slot,
}

impl<'q> Asked<'q> {
    fn new(query: &'q Query) -> Self {
        let (names, rest): (Vec<&Term>, Vec<&Term>) = query.terms.iter().partition(|term| is_name(term));
        let pieces = names.iter().flat_map(|term| {
            let texts = term.alternatives.first().map_or("", |way| way.pattern.as_str()).split('-');
            let texts = texts.filter(|text| !text.is_empty());
            texts.map(|text| Piece { text, term, finder: Finder::new(text) })
        });
        let pieces: Vec<_> = pieces.collect();
        let needles = |term: &&'q Term| term.alternatives.iter().map(|way| Needle::new(way, false)).collect();
        let terms = names.iter().map(needles).collect();
        let rest = Query { terms: rest.into_iter().cloned().collect(), ..Query::default() };
        Self { pieces, rest: Query { reach: query.reach, filters: query.filters.clone(), ..rest }, terms }
    }

    /// For each page the rows in which the rest of the query holds; no pages where there is no rest.
    fn rest(&self, pages: &[Unsearched], cancelled: &AtomicBool) -> Option<Vec<Vec<u8>>> {
        if self.rest.is_empty() {
            return Some(Vec::new());
        }
        // The hits of the whole query are no bounds for a part of it.
        let pages: Vec<_> = pages.iter().map(|page| Unsearched::from(page.searchable.clone())).collect();
        let hits = search(&self.rest, &pages, cancelled)?;
        Some(hits.into_iter().map(|(_, hits)| hits.ranks().to_vec()).collect())
    }

    fn on_pages(
        &self,
        pages: &[Unsearched],
        indexes: &[Index],
        rest: &[Vec<u8>],
        cancelled: &AtomicBool,
    ) -> Option<Vec<OnPage>> {
        let on_page = |at: usize| {
            let page = pages.get(at).filter(|_| !cancelled.load(Ordering::Relaxed))?;
            let index =
                indexes.iter().find(|index| index.names.is(page.searchable.segment.packing().names()));
            let left = rest.get(at).map(Vec::as_slice);
            Some(index.map(|index| self.on_page(page, index, left)).unwrap_or_default())
        };
        (0..pages.len()).into_par_iter().map(on_page).collect()
    }

    fn on_page(&self, unsearched: &Unsearched, index: &Index, left: Option<&[u8]>) -> OnPage {
        let (page, hits) = (&unsearched.searchable, unsearched.wider.as_ref().map(|known| &*known.hits));
        let mut found = OnPage::default();
        let mut words = vec![u32::MAX; self.pieces.len()];
        page.segment.names().each_row(|row, names| {
            let is_left = left.is_none_or(|left| left.get(row as usize).is_some_and(|&rank| rank != NO_HIT));
            if !is_left {
                return;
            }
            let Some(score) = index.score(names, &mut words) else { return };
            let line = || page.segment.lines().line(row);
            let is_missing = |(piece, &word): (&Piece<'_>, &u32)| {
                word == MISSING && piece.finder.find(line().as_bytes()).is_none()
            };
            let is_repeat = page.repeats.binary_search(&row).is_ok();
            let is_hit = || hits.map_or_else(|| self.is_found(line()), |hits| hits.has(row as usize));
            if is_repeat || self.pieces.iter().zip(&words).any(is_missing) || is_hit() {
                return;
            }
            found.add(score, Slot::new(page.page, row), &words);
        });
        found
    }

    /// Whether the line finds this row as it is.
    fn is_found(&self, line: &str) -> bool {
        self.terms.iter().all(|needles| needles.iter().any(|needle| needle.best_in(line).is_some()))
    }
}

/// The word that a piece has in a row, where it has none: it must be elsewhere in the row's line.
const MISSING: u32 = u32::MAX - 1;
/// The word of a piece that the name has as it is.
const AS_IT_IS: u32 = u32::MAX;

impl Index {
    /// How near a name is, and which word is near to each piece. `None` where a piece is missing and none is near, or
    /// where none was replaced.
    fn score(&self, names: &[u32], words: &mut [u32]) -> Option<u16> {
        let (mut score, mut replaced) = (u16::from(names.len() > words.len()), 0);
        for (table, near) in self.tables.iter().zip(words) {
            let (closeness, word) = table.nearest(names);
            *near = match closeness {
                FAR => MISSING,
                _ if near::is_itself(closeness) => AS_IT_IS,
                _ => {
                    replaced += 1;
                    word
                }
            };
            score += 2 * u16::from(if closeness == FAR { near::ELSEWHERE } else { closeness });
        }
        (1..=self.most).contains(&replaced).then_some(score)
    }
}

impl OnPage {
    fn add(&mut self, score: u16, slot: Slot, words: &[u32]) {
        self.rows.push((score, slot.index));
        if let Some(known) = self.words.get_mut(words) {
            let first = if score < known.score { slot } else { known.first };
            *known = Combination { score: known.score.min(score), rows: known.rows + 1, first };
        } else {
            self.words.insert(words.to_vec(), Combination { score, rows: 1, first: slot });
        }
    }
}

/// Whether a term is a word, or several with hyphens, that may be in a name.
fn is_name(term: &Term) -> bool {
    let is_word = |way: &Alternative| {
        let mut texts = way.pattern.split('-').filter(|text| !text.is_empty()).peekable();
        let is_somewhere = matches!(way.part, None | Some(Part::Name)) && way.lead == Lead::Any;
        is_somewhere
            && texts.peek().is_some()
            && texts.all(|text| is_name_word(text) && text.len() >= SHORTEST)
    };
    !term.negated && term.custom.is_none() && term.alternatives.first().is_some_and(is_word)
}

/// The words of each list that the pages are of: nearly always one.
fn indexes(pieces: &[Piece<'_>], pages: &[Unsearched]) -> Vec<Index> {
    let mut indexes: Vec<Index> = Vec::new();
    for page in pages {
        let names = page.searchable.segment.packing().names();
        if indexes.last().is_some_and(|index| index.names.is(names))
            || indexes.iter().any(|index| index.names.is(names))
        {
            continue;
        }
        // No lock is held while this thread waits for others: it may take in a page meanwhile, which wants the lock.
        let tables: Vec<Table> =
            pieces.par_iter().map(|piece| Table::new(piece.text, piece.term, &names.read())).collect();
        let unknown = tables.iter().filter(|table| !table.has_itself).count();
        indexes.push(Index { names: names.clone(), tables, most: unknown.max(1) });
    }
    indexes
}

/// What all pages have, the nearest first.
fn together(
    line: &str,
    asked: &Asked<'_>,
    pages: &[Unsearched],
    indexes: &[Index],
    found: Vec<OnPage>,
) -> Alike {
    let mut rows: Vec<(u16, Slot)> = Vec::new();
    let mut combinations: HashMap<Vec<String>, Combination> = HashMap::new();
    for (Unsearched { searchable: page, .. }, on_page) in pages.iter().zip(found) {
        rows.extend(on_page.rows.iter().map(|&(score, index)| (score, Slot::new(page.page, index))));
        let Some(index) = indexes.iter().find(|index| index.names.is(page.segment.packing().names())) else {
            continue;
        };
        let words = index.names.read();
        for (numbers, other) in on_page.words {
            let words = numbers.iter().map(|&number| words.word(number).to_owned()).collect();
            let known = combinations.entry(words).or_insert(Combination { rows: 0, ..other });
            let first = if other.score < known.score { other.first } else { known.first };
            *known =
                Combination { score: known.score.min(other.score), rows: known.rows + other.rows, first };
        }
    }
    rows.sort_by_key(|(score, _)| *score);
    let pieces: Vec<&str> = asked.pieces.iter().map(|piece| piece.text).collect();
    let (words, lines) = correction::words_and_lines(line, &pieces, &combinations, pages);
    let near = combinations.into_keys().flatten().filter(|word| !word.is_empty()).collect();
    Alike {
        len: rows.len(),
        slots: rows.into_iter().take(MOST).map(|(_, slot)| slot).collect(),
        words,
        lines,
        near,
    }
}
