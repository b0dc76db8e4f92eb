//! Where in a shown text a query matches, so that a person sees why a row was found.

use crate::cube::{Record, StandardField};
use crate::fields::value;
use crate::store::phone;
use crate::store::query::{Alternative, Part, Query, Reach, Term};
use crate::store::row_text;
use crate::text::{self, Place};
use std::ops::Range;

/// The byte ranges of `shown`, a cleaned value of `part`, that `query` matches: ascending and apart.
#[must_use]
pub fn highlight(query: &Query, part: Part, shown: &str) -> Vec<Range<usize>> {
    let wanted: Vec<&Alternative> = (query.terms.iter())
        .filter(|term| !term.negated && term.custom.is_none())
        .flat_map(|term| &term.alternatives)
        .filter(|wanted| wanted.part.is_none_or(|wanted| wanted == part))
        .collect();
    let mut ranges = if part == Part::Phone {
        number_ranges(&wanted, shown)
    } else {
        Vec::new()
    };
    ranges.extend(word_ranges(&wanted, shown));
    join(ranges)
}

/// The key of the field beyond the standard ones that made a customer match. `None` when the standard fields alone did.
#[must_use]
pub fn match_elsewhere(query: &Query, record: &Record<'_>) -> Option<String> {
    let mut row = String::new();
    row_text::write(&record.standard(), &mut row);
    let in_row = |term: &Term| {
        term.alternatives
            .iter()
            .any(|wanted| row.contains(&wanted.pattern))
    };
    let is_elsewhere = |term: &&Term| match &term.custom {
        Some(_) => true,
        None => query.reach == Reach::AllFields && !in_row(term),
    };
    let term = query
        .terms
        .iter()
        .filter(|term| !term.negated)
        .find(is_elsewhere)?;
    let holds = |text: &str| {
        term.alternatives
            .iter()
            .any(|wanted| text.contains(&wanted.pattern))
    };
    let fields = record
        .fields()
        .into_iter()
        .filter(|field| StandardField::of_key(field.key.as_raw()).is_none());
    let searched = fields.filter(|field| {
        term.custom
            .as_ref()
            .is_none_or(|keys| keys.iter().any(|key| key == field.key.as_raw()))
    });
    searched
        .filter(|field| {
            let mut folded = String::new();
            row_text::write_words(&value::text(&field.value), &mut folded);
            holds(&folded)
        })
        .map(|field| field.key.as_raw().to_owned())
        .next()
}

/// The standard field that the table may not show in which a customer matches, when it is not among `visible`.
#[must_use]
pub fn match_in_hidden(
    query: &Query,
    record: &Record<'_>,
    visible: &[StandardField],
) -> Option<StandardField> {
    let standard = record.standard();
    let matches = |field: &StandardField| {
        !highlight(
            query,
            Part::of(*field),
            text::clean(standard.get(*field), Place::Row).as_str(),
        )
        .is_empty()
    };
    let found: Vec<StandardField> = StandardField::ALL.into_iter().filter(matches).collect();
    if found.iter().any(|field| visible.contains(field)) {
        return None;
    }
    found.first().copied()
}

fn word_ranges(wanted: &[&Alternative], shown: &str) -> Vec<Range<usize>> {
    let forms = [
        Some(text::fold_with_origin(shown)),
        text::fold_variant_with_origin(shown),
    ];
    let mut ranges = Vec::new();
    for form in forms.iter().flatten() {
        for wanted in wanted {
            let hits = form
                .text
                .match_indices(&wanted.pattern)
                .filter(|(at, _)| !wanted.anchored || *at == 0);
            ranges.extend(hits.map(|(at, hit)| form.origin_of(at..at + hit.len())));
        }
    }
    ranges
}

/// In a number only the digits count, however they are grouped.
fn number_ranges(wanted: &[&Alternative], shown: &str) -> Vec<Range<usize>> {
    let digits: Vec<(usize, char)> = shown.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    let held: String = digits.iter().map(|(_, digit)| digit).collect();
    let mut ranges = Vec::new();
    for wanted in wanted {
        let national = wanted
            .pattern
            .split_once(phone::AFTER_COUNTRY)
            .map(|(_, national)| national);
        let pattern = national.unwrap_or(&wanted.pattern);
        if pattern.is_empty() || !pattern.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let hits = held
            .match_indices(pattern)
            .map(|(at, _)| at)
            .filter(|&at| !wanted.anchored || is_start(&held, at));
        ranges.extend(hits.filter_map(|at| {
            let (start, _) = digits.get(at)?;
            let (last, _) = digits.get(at + pattern.len() - 1)?;
            Some(*start..*last + 1)
        }));
    }
    ranges
}

/// Whether a number begins at `at`: nothing but zeros and a country code stands before it.
fn is_start(digits: &str, at: usize) -> bool {
    matches!(digits.get(..at), Some("" | "00" | "47" | "0047"))
}

fn join(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
