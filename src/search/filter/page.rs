//! A filter, asked of a page: of the list's distinct values once, then of codes and texts.

use super::Filter;
use crate::cube::Record;
use crate::list::Segment;
use crate::list::columns::{Dictionary, write_search_text};
use crate::list::row_text::{FIELD_END, ROW_END};
use crate::search::custom::{CodeHits, mark_codes};
use crate::search::rank::NO_HIT;
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

    fn has_key(&self, key: &str) -> bool {
        self.fields.keys.iter().any(|known| known == key)
    }

    /// Looks at the texts of the rows that are left and not marked.
    fn mark_texts(&self, segment: &Segment, ranks: &[u8], marks: &mut [u8]) {
        let texts = &segment.columns().texts;
        let has_texts = texts.keys().iter().any(|key| self.has_key(key));
        if !has_texts && self.fields.standard.is_empty() {
            return;
        }
        for ((row, rank), mark) in (0..).zip(ranks).zip(marks) {
            if *rank == NO_HIT || *mark != NO_HIT {
                continue;
            }
            let in_texts = || texts.fields(row).any(|(key, text)| self.has_key(key) && self.test.holds(text));
            if self.is_in_line(segment.lines().line(row)) || (has_texts && in_texts()) {
                *mark = 0;
            }
        }
    }

    fn is_in_line(&self, line: &str) -> bool {
        let mut fields = line.trim_end_matches(ROW_END).split(FIELD_END).enumerate();
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
