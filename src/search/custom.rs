//! Terms about the fields beyond the standard ones: asked of a list's distinct values once, then of the pages' codes and
//! texts.

use crate::cube::{Record, Schema};
use crate::list::Segment;
use crate::list::columns::{Code, Codes, Columns, Dictionary, NO_CODE, RowTexts, write_search_text};
use crate::list::row_text::{self, FIELD_END};
use crate::search::needle::Needle;
use crate::search::rank::NO_HIT;
use rayon::prelude::*;
use std::sync::Arc;

/// A text shorter than this is in most fields: to look at those that are not wanted costs more than to look for the others.
const SHORT: usize = 3;
/// No more codes than this are compared one after the other; more are looked up.
const FEW_CODES: usize = 4;
/// How many codes there may be.
const CODES: usize = Code::MAX as usize + 1;
/// When so few of a page's rows are left that looking at the text of each is cheaper than running over all: one in this many.
const FEW_LEFT: usize = 4;

/// Which values of one dictionary a term holds for.
pub(super) enum CodeHits {
    None,
    Few(Vec<Code>),
    /// For each code that there may be [`NO_HIT`] where it is none, and no bit where it is one: no code is out of its bounds.
    Many(Box<[u8; CODES]>),
}

/// Which values of a list a term holds for.
#[derive(Default)]
pub(super) struct ListHits {
    hits: Vec<CodeHits>,
}

impl ListHits {
    /// The coded fields of a page that may have such a value.
    fn coded_in<'p>(&'p self, columns: &'p Columns) -> impl Iterator<Item = (&'p Codes, &'p CodeHits)> {
        columns.coded.iter().filter_map(|coded| {
            let hits = self.hits.get(coded.dictionary as usize).filter(|hits| !hits.is_none())?;
            Some((&coded.codes, hits))
        })
    }
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
                (text, ends.iter().map(|&end| end as usize)),
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

    /// Whether it looks for single letters in any field, which the letters of the rows tell.
    pub(super) fn is_letter(&self) -> bool {
        self.keys.is_none() && self.needles.iter().all(|needle| needle.letter().is_some())
    }

    /// Lowers the mark of each row that has it in another field to `rank`.
    pub(super) fn mark(&self, list: &ListHits, segment: &Segment, rank: u8, marks: &mut [u8]) {
        let columns = segment.columns();
        if self.is_letter() {
            for letter in self.needles.iter().filter_map(Needle::letter) {
                columns.letters.mark(letter, rank, marks);
            }
            return;
        }
        for (codes, hits) in list.coded_in(columns) {
            mark_codes(codes, hits, rank, marks);
        }
        self.mark_texts(&columns.texts, rank, marks);
    }

    fn mark_texts(&self, texts: &RowTexts, rank: u8, marks: &mut [u8]) {
        let left = memchr::memchr_iter(NO_HIT, marks).count();
        if left == 0 || !texts.keys().iter().any(|key| self.wants(key)) {
            return;
        }
        let is_short = || self.needles.iter().any(|needle| needle.pattern().len() < SHORT);
        // What is in nearly every field of a row is looked for in the wanted ones alone.
        if left * FEW_LEFT <= marks.len() || (self.keys.is_some() && is_short()) {
            let wanted = self.wanted_keys(texts);
            texts.fetch((0..).zip(&*marks).filter(|(_, mark)| **mark == NO_HIT).map(|(row, _)| row));
            for (row, mark) in (0..).zip(marks).filter(|(_, mark)| **mark == NO_HIT) {
                if self.is_in_texts(texts, &wanted, row) {
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
            needle.each_in((texts.text(), texts.ends().iter()), is_wanted, |row| {
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

    /// For each key of a page's texts whether it is wanted. Empty where all are.
    fn wanted_keys(&self, texts: &RowTexts) -> Vec<bool> {
        let keys = if self.keys.is_none() { &[] } else { texts.keys() };
        keys.iter().map(|key| self.wants(key)).collect()
    }

    /// Looks at single rows of a page, one after the other.
    pub(super) fn in_rows<'p>(
        &'p self,
        list: &'p ListHits,
        columns: &'p Columns,
    ) -> impl Fn(u32) -> bool + 'p {
        let coded: Vec<(&Codes, &CodeHits)> = list.coded_in(columns).collect();
        let wanted = self.wanted_keys(&columns.texts);
        move |row| {
            coded.iter().any(|(codes, hits)| hits.has(codes.of(row)))
                || self.is_in_texts(&columns.texts, &wanted, row)
        }
    }

    fn is_in_texts(&self, texts: &RowTexts, wanted: &[bool], row: u32) -> bool {
        if self.keys.is_none() {
            return self.is_in(texts.row(row));
        }
        let is_wanted = |key: u32| wanted.get(key as usize).copied().unwrap_or_default();
        let shape = texts.shape(row);
        shape.iter().any(|&key| is_wanted(key))
            && shape
                .iter()
                .zip(row_text::fields(texts.row(row)))
                .any(|(&key, text)| is_wanted(key) && self.is_in(text))
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
    /// Whether a value is one.
    fn has(&self, code: Code) -> bool {
        match self {
            Self::None => false,
            Self::Few(codes) => codes.contains(&code),
            Self::Many(hits) => hits.get(usize::from(code)).is_some_and(|&hit| hit != NO_HIT),
        }
    }

    /// Whether no value is one.
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    fn of(hits: Vec<bool>) -> Self {
        let codes = || (0..).zip(&hits).filter(|(_, hit)| **hit).map(|(code, _)| code);
        match codes().take(FEW_CODES + 1).count() {
            0 => Self::None,
            1..=FEW_CODES => Self::Few(codes().collect()),
            _ => {
                let mut many: Vec<u8> = hits.into_iter().map(|hit| if hit { 0 } else { NO_HIT }).collect();
                many.resize(CODES, NO_HIT);
                many.try_into().map_or(Self::None, Self::Many)
            }
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

pub(super) fn mark_codes(codes: &Codes, hits: &CodeHits, rank: u8, marks: &mut [u8]) {
    match hits {
        CodeHits::None => {}
        CodeHits::Few(wanted) => wanted.iter().for_each(|&code| mark_code(codes, code, rank, marks)),
        CodeHits::Many(hits) => match codes {
            Codes::One(code) => {
                mark_where(std::iter::repeat_n(usize::from(*code), marks.len()), hits, rank, marks);
            }
            Codes::Bytes(codes) => mark_where(codes.iter().map(|&code| usize::from(code)), hits, rank, marks),
            Codes::Words(codes) => mark_where(codes.iter().map(|&code| usize::from(code)), hits, rank, marks),
        },
    }
}

fn mark_where(codes: impl Iterator<Item = usize>, hits: &[u8; CODES], rank: u8, marks: &mut [u8]) {
    for (code, mark) in codes.zip(marks) {
        *mark = (*mark).min(hits.get(code).copied().unwrap_or(NO_HIT) | rank);
    }
}

fn mark_code(codes: &Codes, wanted: Code, rank: u8, marks: &mut [u8]) {
    let mark = |mark: &mut u8, is_hit: bool| *mark = (*mark).min(if is_hit { rank } else { NO_HIT });
    match codes {
        _ if wanted == NO_CODE => {}
        Codes::One(code) => marks.iter_mut().for_each(|row| mark(row, *code == wanted)),
        Codes::Bytes(codes) => {
            if let Some(wanted) = u8::try_from(wanted).ok().filter(|wanted| codes.contains(wanted)) {
                codes.iter().zip(marks).for_each(|(&code, row)| mark(row, code == wanted));
            }
        }
        Codes::Words(codes) => {
            if codes.contains(&wanted) {
                codes.iter().zip(marks).for_each(|(&code, row)| mark(row, code == wanted));
            }
        }
    }
}
