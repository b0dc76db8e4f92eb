//! Terms about the fields beyond the standard ones: asked of a list's distinct values once, then of the pages' codes and
//! texts.

use crate::cube::{Record, Schema};
use crate::list::columns::{Code, Codes, Columns, Dictionary, NO_CODE, RowTexts, write_search_text};
use crate::list::row_text::FIELD_END;
use crate::list::{Segment, columns};
use crate::search::needle::Needle;
use crate::search::rank::NO_HIT;
use rayon::prelude::*;
use std::sync::Arc;

/// A text shorter than this is in most fields: to look at those that are not wanted costs more than to look for the others.
const SHORT: usize = 3;
/// No more codes than this are compared one after the other; more are looked up.
const FEW_CODES: usize = 2;

/// Which values of one dictionary a term holds for.
pub(super) enum CodeHits {
    None,
    Few(Vec<Code>),
    /// For each code whether it is one.
    Many(Box<[bool]>),
}

/// Which values of a list a term holds for.
pub(super) struct ListHits {
    hits: Vec<CodeHits>,
}

/// Which fields a term is about, and what it looks for in them.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'w, 'q> {
    pub(super) keys: Option<&'w [String]>,
    pub(super) needles: &'w [Needle<'q>],
}

impl Wanted<'_, '_> {
    fn wants(&self, key: &str) -> bool {
        self.keys.is_none_or(|keys| keys.iter().any(|known| known == key))
    }

    fn is_in(&self, text: &str) -> bool {
        self.needles.iter().any(|needle| needle.is_in(text))
    }

    /// Asks each distinct value of a list; of those alone that are `used` where that is known.
    pub(super) fn in_list(&self, known: &[Arc<Dictionary>], used: Option<&[Vec<bool>]>) -> ListHits {
        let hits = known.par_iter().enumerate().map(|(at, dictionary)| {
            let used = used.and_then(|used| used.get(at)).map(Vec::as_slice);
            if self.wants(dictionary.key()) { self.in_dictionary(dictionary, used) } else { CodeHits::None }
        });
        ListHits { hits: hits.collect() }
    }

    fn in_dictionary(&self, dictionary: &Dictionary, used: Option<&[bool]>) -> CodeHits {
        if used.is_some() {
            return CodeHits::of_values(dictionary, used, |text| self.is_in(text));
        }
        let (text, ends) = dictionary.folded();
        let mut hits = vec![false; dictionary.len()];
        for needle in self.needles {
            needle.each_in(
                text,
                ends,
                |_, _, _| true,
                |code| {
                    if let Some(hit) = hits.get_mut(code) {
                        *hit = true;
                    }
                },
            );
        }
        CodeHits::of(hits)
    }

    /// Lowers the mark of each row that has it in another field to `rank`.
    pub(super) fn mark(&self, list: &ListHits, segment: &Segment, rank: u8, marks: &mut [u8]) {
        let columns = segment.columns();
        let letters: Option<Vec<usize>> = self.needles.iter().map(Needle::letter).collect();
        if self.keys.is_none()
            && let Some(letters) = letters
        {
            for letter in letters {
                mark_bits(columns.letters.holding(letter), rank, marks);
            }
            return;
        }
        for coded in &columns.coded {
            if let Some(hits) = list.hits.get(coded.dictionary as usize) {
                mark_codes(&coded.codes, hits, rank, marks);
            }
        }
        if marks.contains(&NO_HIT) {
            self.mark_texts(&columns.texts, rank, marks);
        }
    }

    fn mark_texts(&self, texts: &RowTexts, rank: u8, marks: &mut [u8]) {
        if !texts.keys().iter().any(|key| self.wants(key)) {
            return;
        }
        if self.keys.is_some() && self.needles.iter().any(|needle| needle.pattern().len() < SHORT) {
            // What is in nearly every field of a row is looked for in the wanted ones alone.
            for (row, mark) in (0..).zip(marks).filter(|(_, mark)| **mark == NO_HIT) {
                if self.is_in_texts(texts, row) {
                    *mark = rank;
                }
            }
            return;
        }
        let is_wanted = |row: usize, start: usize, at: usize| {
            self.keys.is_none() || {
                let before = texts.text().as_bytes().get(start..at).unwrap_or_default();
                let field = memchr::memchr_iter(FIELD_END as u8, before).count();
                self.wants_field(texts, row, field)
            }
        };
        for needle in self.needles {
            needle.each_in(texts.text(), texts.ends(), is_wanted, |row| {
                if let Some(mark) = marks.get_mut(row) {
                    *mark = (*mark).min(rank);
                }
            });
        }
    }

    fn wants_field(&self, texts: &RowTexts, row: usize, field: usize) -> bool {
        let shape = texts.shape(u32::try_from(row).unwrap_or(u32::MAX));
        let key = shape.get(field).and_then(|&key| texts.keys().get(key as usize));
        key.is_some_and(|key| self.wants(key))
    }

    /// Whether one row has it in another field.
    pub(super) fn is_in_row(&self, list: &ListHits, columns: &Columns, row: u32) -> bool {
        let is_hit = |coded: &columns::Coded| {
            let code = coded.codes.of(row);
            match list.hits.get(coded.dictionary as usize) {
                Some(CodeHits::Few(codes)) => codes.contains(&code),
                Some(CodeHits::Many(hits)) => hits.get(usize::from(code)).copied().unwrap_or_default(),
                _ => false,
            }
        };
        if columns.coded.iter().any(is_hit) {
            return true;
        }
        self.is_in_texts(&columns.texts, row)
    }

    fn is_in_texts(&self, texts: &RowTexts, row: u32) -> bool {
        if self.keys.is_none() {
            return self.is_in(texts.row(row));
        }
        texts.fields(row).any(|(key, field)| self.wants(key) && self.is_in(field))
    }

    /// Whether a record has it in another field.
    pub(super) fn is_in_record(&self, record: &Record<'_>, schema: &Schema) -> bool {
        let mut text = String::new();
        record.fields().iter().any(|field| {
            let key = field.key.as_raw();
            text.clear();
            if schema.field_of(key).is_none() && self.wants(key) {
                write_search_text(field.json.as_raw(), &mut text);
            }
            self.is_in(&text)
        })
    }
}

impl CodeHits {
    /// Whether no value is one.
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    fn of(hits: Vec<bool>) -> Self {
        let codes = || (0..).zip(&hits).filter(|(_, hit)| **hit).map(|(code, _)| code);
        match codes().take(FEW_CODES + 1).count() {
            0 => Self::None,
            1..=FEW_CODES => Self::Few(codes().collect()),
            _ => Self::Many(hits.into()),
        }
    }

    /// Asks each value that is used, or all of them: given is its search text.
    pub(super) fn of_values(
        dictionary: &Dictionary,
        used: Option<&[bool]>,
        holds: impl Fn(&str) -> bool,
    ) -> Self {
        let is_used = |code: usize| used.is_none_or(|used| used.get(code).copied().unwrap_or_default());
        let texts = dictionary.texts().enumerate();
        Self::of(texts.map(|(code, text)| is_used(code) && holds(text)).collect())
    }
}

/// For each dictionary of a list the values that some pages have.
pub(super) fn used_values<'s>(
    segments: impl Iterator<Item = &'s Segment>,
    known: &[Arc<Dictionary>],
) -> Vec<Vec<bool>> {
    let mut used: Vec<Vec<bool>> = known.iter().map(|dictionary| vec![false; dictionary.len()]).collect();
    for coded in segments.flat_map(|segment| &segment.columns().coded) {
        let Some(used) = used.get_mut(coded.dictionary as usize) else { continue };
        coded.codes.each(|code| {
            if let Some(used) = used.get_mut(usize::from(code)) {
                *used = true;
            }
        });
    }
    used
}

fn mark_bits(bits: &[u64], rank: u8, marks: &mut [u8]) {
    for (bits, marks) in bits.iter().zip(marks.chunks_mut(64)) {
        for (at, mark) in marks.iter_mut().enumerate() {
            let found = if bits >> at & 1 == 1 { rank } else { NO_HIT };
            *mark = (*mark).min(found);
        }
    }
}

pub(super) fn mark_codes(codes: &Codes, hits: &CodeHits, rank: u8, marks: &mut [u8]) {
    match hits {
        CodeHits::None => {}
        CodeHits::Few(wanted) => wanted.iter().for_each(|&code| mark_code(codes, code, rank, marks)),
        CodeHits::Many(hits) => match codes {
            Codes::One(code) => {
                if hits.get(usize::from(*code)).copied().unwrap_or_default() {
                    for mark in marks.iter_mut() {
                        *mark = (*mark).min(rank);
                    }
                }
            }
            Codes::Bytes(codes) => mark_where(codes.iter().map(|&code| usize::from(code)), hits, rank, marks),
            Codes::Words(codes) => mark_where(codes.iter().map(|&code| usize::from(code)), hits, rank, marks),
        },
    }
}

fn mark_where(codes: impl Iterator<Item = usize>, hits: &[bool], rank: u8, marks: &mut [u8]) {
    for (code, mark) in codes.zip(marks) {
        let found = if hits.get(code).copied().unwrap_or_default() { rank } else { NO_HIT };
        *mark = (*mark).min(found);
    }
}

fn mark_code(codes: &Codes, wanted: Code, rank: u8, marks: &mut [u8]) {
    let mark = |mark: &mut u8, is_hit: bool| *mark = (*mark).min(if is_hit { rank } else { NO_HIT });
    match codes {
        _ if wanted == NO_CODE => {}
        Codes::One(code) => marks.iter_mut().for_each(|row| mark(row, *code == wanted)),
        Codes::Bytes(codes) => {
            if let Ok(wanted) = u8::try_from(wanted) {
                codes.iter().zip(marks).for_each(|(&code, row)| mark(row, code == wanted));
            }
        }
        Codes::Words(codes) => codes.iter().zip(marks).for_each(|(&code, row)| mark(row, code == wanted)),
    }
}
