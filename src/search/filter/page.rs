//! A filter, asked of a page: of the list's distinct values once, then of codes and texts.

use super::whole::Whole;
use super::{Filter, Test};
use crate::cube::Record;
use crate::list::Segment;
use crate::list::columns::{Coded, Dictionary, write_search_text};
use crate::list::row_text::{self, ROW_END};
use crate::search::custom::{CodeHits, mark_codes};
use crate::search::needle::finder;
use crate::search::pieces::each_piece;
use crate::search::rank::NO_HIT;
use crate::search::run::FEW;
use std::sync::Arc;

/// For each dictionary of a list the values that a filter holds for.
pub(crate) struct FilterHits(Vec<CodeHits>);

impl Filter {
    /// Asks each distinct value of a list; of those alone that are `used` where that is known.
    pub(crate) fn in_list(&self, known: &[Arc<Dictionary>], used: Option<&[Vec<bool>]>) -> FilterHits {
        let hits = known.iter().enumerate().map(|(at, dictionary)| {
            if !self.has_key(dictionary.key()) {
                return CodeHits::None;
            }
            let used = used.and_then(|used| used.get(at));
            CodeHits::of_values(dictionary, used.map(Vec::as_slice), |text| self.test.holds(text))
        });
        FilterHits(hits.collect())
    }

    /// Leaves of the rows those for which it holds.
    pub(crate) fn narrow(&self, hits: &FilterHits, segment: &Segment, ranks: &mut [u8]) {
        if !self.can_hold(hits, segment) {
            if !self.negated {
                ranks.fill(NO_HIT);
            }
            return;
        }
        let mut marks = vec![NO_HIT; ranks.len()];
        for coded in &segment.columns().coded {
            if let Some(hits) = hits.0.get(coded.dictionary as usize) {
                mark_codes(&coded.codes, hits, 0, &mut marks);
            }
        }
        self.mark_texts(segment, ranks, &mut marks);
        for (row, record) in segment.besides() {
            if let Some(mark) = marks.get_mut(row as usize) {
                *mark = if self.is_in_line(segment.lines().line(row)) || self.is_in_record(record, segment) {
                    0
                } else {
                    NO_HIT
                };
            }
        }
        for (rank, mark) in ranks.iter_mut().zip(marks) {
            if (mark == NO_HIT) != self.negated {
                *rank = NO_HIT;
            }
        }
    }

    /// Whether it may hold for any row of a page: a coded value for which it does is known, or there is text to look at.
    fn can_hold(&self, hits: &FilterHits, segment: &Segment) -> bool {
        let has_hits =
            |coded: &Coded| hits.0.get(coded.dictionary as usize).is_some_and(|hits| !hits.is_none());
        !self.fields.standard.is_empty()
            || segment.columns().coded.iter().any(has_hits)
            || self.fields.keys.iter().any(|key| segment.may_have(key))
            || segment.besides().next().is_some()
    }

    fn has_key(&self, key: &str) -> bool {
        self.fields.keys.iter().any(|known| known == key)
    }

    /// Looks at the texts of the rows that are left and not marked.
    fn mark_texts(&self, segment: &Segment, ranks: &[u8], marks: &mut [u8]) {
        let (lines, texts) = (segment.lines(), &segment.columns().texts);
        let has_texts = texts.keys().iter().any(|key| self.has_key(key));
        if !has_texts && self.fields.standard.is_empty() {
            return;
        }
        let mut look_at = |row: u32| {
            let is_left = ranks.get(row as usize).is_some_and(|&rank| rank != NO_HIT);
            let Some(mark) = marks.get_mut(row as usize).filter(|mark| is_left && **mark == NO_HIT) else {
                return;
            };
            let in_texts = || texts.fields(row).any(|(key, text)| self.has_key(key) && self.test.holds(text));
            if self.is_in_line(lines.line(row)) || (has_texts && in_texts()) {
                *mark = 0;
            }
        };
        let left = ranks.len() - memchr::memchr_iter(NO_HIT, ranks).count();
        match &self.test {
            // A row in which it may be is found faster by the text than by looking at all of them.
            Test::OneOf(wanted) if left * FEW > ranks.len() => {
                for part in wanted.iter().flat_map(Whole::parts) {
                    let finder = finder(part.as_bytes());
                    let mut hit = |row: usize| look_at(u32::try_from(row).unwrap_or(u32::MAX));
                    if !self.fields.standard.is_empty() {
                        each_piece(&finder, (lines.text(), lines.ends().iter()), |_, _, _| true, &mut hit);
                    }
                    if has_texts {
                        each_piece(&finder, (texts.text(), texts.ends().iter()), |_, _, _| true, &mut hit);
                    }
                }
            }
            Test::OneOf(_) | Test::Any | Test::Within(_) => segment.indices().for_each(look_at),
        }
    }

    fn is_in_line(&self, line: &str) -> bool {
        let mut fields = row_text::fields(line.trim_end_matches(ROW_END)).enumerate();
        let is_asked = |at: usize| self.fields.standard.iter().any(|&field| field as usize == at);
        !self.fields.standard.is_empty() && fields.any(|(at, text)| is_asked(at) && self.test.holds(text))
    }

    fn is_in_record(&self, record: &Record<'_>, segment: &Segment) -> bool {
        let mut text = String::new();
        record.fields().iter().any(|field| {
            let key = field.key.as_raw();
            text.clear();
            if segment.schema.field_of(key).is_none() && self.has_key(key) {
                write_search_text(field.json.as_raw(), &mut text);
            }
            self.test.holds(&text)
        })
    }
}
