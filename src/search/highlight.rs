//! Where in a shown text a query matches, so that a person sees why a row was found.

use crate::cube::{Field, Record, Schema, StandardField};
use crate::fields::value;
use crate::list::phone::AFTER_COUNTRY;
use crate::list::row_text;
use crate::search::divided::Divided;
use crate::search::part::Part;
use crate::search::query::{Alternative, Lead, Query, Term};
use crate::text::{self, Place};
use std::ops::Range;

/// The byte ranges of `shown`, a cleaned value of `part`, that `query` matches: ascending and apart.
#[must_use]
pub fn highlight(query: &Query, part: Part, shown: &str) -> Vec<Range<usize>> {
    let terms = query.terms.iter().filter(|term| !term.negated);
    let wanted: Vec<&Alternative> = terms.flat_map(|term| wanted_in(term, part)).collect();
    joined(ranges(&wanted, part, shown))
}

/// The byte ranges of `shown`, a cleaned value of any field, that `query` matches: ascending and apart.
#[must_use]
pub fn highlight_anywhere(query: &Query, shown: &str) -> Vec<Range<usize>> {
    let terms = query.terms.iter().filter(|term| !term.negated);
    let wanted: Vec<&Alternative> = terms.flat_map(|term| &term.alternatives).collect();
    joined(ranges(&wanted, Part::Phone, shown))
}

/// The byte ranges of `shown`, the cleaned value of the field `key`, that `query` matches: ascending and apart.
#[must_use]
pub fn highlight_field(query: &Query, schema: &Schema, key: &str, shown: &str) -> Vec<Range<usize>> {
    if let Some(field) = schema.field_of(key) {
        return highlight(query, Part::of(field), shown);
    }
    let is_meant = |term: &&Term| {
        !term.negated && term.custom.as_ref().is_none_or(|keys| keys.iter().any(|known| known == key))
    };
    let terms = query.terms.iter().filter(is_meant);
    let wanted: Vec<&Alternative> = terms.flat_map(|term| &term.alternatives).collect();
    joined(ranges(&wanted, Part::Phone, shown))
}

/// The key of a field that is not among `visible` and made a customer match. `None` when what is visible says why
/// they were found.
#[must_use]
pub fn match_elsewhere(query: &Query, record: &Record<'_>, visible: &[StandardField]) -> Option<String> {
    let standard = record.standard();
    let shows = |term: &Term, field: StandardField| {
        let shown = text::clean(standard.get(field), Place::Row);
        let wanted: Vec<&Alternative> = wanted_in(term, Part::of(field)).collect();
        !ranges(&wanted, Part::of(field), shown.as_str()).is_empty()
    };
    let unexplained =
        |term: &&Term| term.custom.is_some() || !visible.iter().any(|field| shows(term, *field));
    let Some(term) = query.terms.iter().filter(|term| !term.negated).find(unexplained) else {
        return filtered(query, record);
    };
    let hidden = StandardField::ALL.into_iter().filter(|field| !visible.contains(field));
    if let Some(field) = hidden.filter(|_| term.custom.is_none()).find(|field| shows(term, *field)) {
        return record.schema().column(field).map(|column| column.key.to_owned());
    }
    let is_searched =
        |key: &str| term.custom.as_ref().is_none_or(|keys| keys.iter().any(|known| known == key));
    let fields = record.fields().into_iter();
    let fields = fields.filter(|field| record.schema().field_of(field.key.as_raw()).is_none());
    let holds = |field: &Field<'_>| {
        let mut folded = String::new();
        row_text::write_words(value::text(&field.value), &mut folded);
        term.alternatives.iter().any(|wanted| wanted.is_in(&folded))
    };
    fields
        .filter(|field| is_searched(field.key.as_raw()))
        .find(holds)
        .map(|field| field.key.as_raw().to_owned())
}

/// The first field beyond the standard ones that a filter is about and the record has.
fn filtered(query: &Query, record: &Record<'_>) -> Option<String> {
    let keys = query.filters.iter().flat_map(|filter| &filter.fields.keys);
    let fields = record.fields();
    let has = |key: &&String| fields.iter().any(|field| field.key.as_raw() == key.as_str());
    keys.into_iter().find(has).cloned()
}

fn wanted_in(term: &Term, part: Part) -> impl Iterator<Item = &Alternative> {
    let searched = term.custom.is_none().then_some(&term.alternatives);
    searched.into_iter().flatten().filter(move |wanted| wanted.part.is_none_or(|wanted| wanted == part))
}

fn ranges(wanted: &[&Alternative], part: Part, shown: &str) -> Vec<Range<usize>> {
    let mut ranges = if part == Part::Phone { number_ranges(wanted, shown) } else { Vec::new() };
    ranges.extend(word_ranges(wanted, shown));
    ranges
}

fn word_ranges(wanted: &[&Alternative], shown: &str) -> Vec<Range<usize>> {
    let forms = [Some(text::fold_with_origin(shown)), text::fold_variant_with_origin(shown)];
    let mut ranges = Vec::new();
    for form in forms.iter().flatten() {
        for wanted in wanted {
            ranges.extend(hits(wanted, &form.text).into_iter().map(|hit| form.origin_of(hit)));
        }
    }
    ranges
}

/// Where a folded text has what is wanted.
fn hits(wanted: &Alternative, folded: &str) -> Vec<Range<usize>> {
    let plain = |pattern: &str| folded.match_indices(pattern).map(|(at, hit)| at..at + hit.len()).collect();
    match &wanted.lead {
        Lead::Any => plain(&wanted.pattern),
        Lead::Start => {
            folded.starts_with(&wanted.pattern).then_some(0..wanted.pattern.len()).into_iter().collect()
        }
        Lead::Number(lead) => plain(&format!("{}{}", lead.typed, wanted.pattern)),
        Lead::Divided => {
            let divided = Divided::new(&wanted.pattern);
            let next = |from: usize| divided.find(folded.as_bytes(), from);
            std::iter::successors(next(0), |last| next(last.end)).collect()
        }
    }
}

/// In a number only the digits count, however they are grouped.
fn number_ranges(wanted: &[&Alternative], shown: &str) -> Vec<Range<usize>> {
    let digit = |(at, c): (usize, char)| {
        let digit = text::plain(c).filter(char::is_ascii_digit)?;
        Some((at..at + c.len_utf8(), digit))
    };
    let digits: Vec<(Range<usize>, char)> = shown.char_indices().filter_map(digit).collect();
    let held: String = digits.iter().map(|(_, digit)| digit).collect();
    let mut ranges = Vec::new();
    for wanted in wanted {
        let national = wanted.pattern.split_once(AFTER_COUNTRY);
        let pattern = national.map_or(wanted.pattern.as_str(), |(_, national)| national);
        if pattern.is_empty() || !pattern.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let code = national.map_or("47", |(code, _)| code);
        let is_hit = |at: &usize| wanted.lead != Lead::Start || is_start(&held, *at, code);
        let hits = held.match_indices(pattern).map(|(at, _)| at).filter(is_hit);
        ranges.extend(hits.filter_map(|at| {
            let (first, last) = (digits.get(at)?, digits.get(at + pattern.len() - 1)?);
            Some(first.0.start..last.0.end)
        }));
    }
    ranges
}

/// Whether a number begins at `at`: only zeros and a calling code may be before it.
fn is_start(digits: &str, at: usize, code: &str) -> bool {
    let before = digits.get(..at).unwrap_or_default();
    let behind_code = before.trim_start_matches('0').strip_prefix(code);
    before.bytes().all(|byte| byte == b'0') || behind_code.is_some_and(|rest| matches!(rest, "" | "0"))
}

/// Ranges in order, those that touch made one.
#[must_use]
pub fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::FieldMap;
    use crate::search::Reach;
    use rstest::rstest;

    fn query(line: &str, reach: Reach) -> Query {
        Query::search(line, reach, &FieldMap::read(r#"{"385": "Contact"}"#).unwrap().0)
    }

    fn marked(line: &str, part: Part, shown: &str) -> Vec<String> {
        let ranges = highlight(&query(line, Reach::Standard), part, shown);
        ranges.into_iter().map(|range| shown.get(range).unwrap().to_owned()).collect()
    }

    #[rstest]
    #[case::folded("harklip", Part::Name, "Pers Hårklipperi AS", &["Hårklip"])]
    #[case::two_letters_for_one("stroem", Part::Name, "Berit Strøm", &["Strøm"])]
    #[case::both_words("as pers", Part::Name, "Pers Frisør AS", &["Pers", "AS"])]
    #[case::inside_an_oe("el", Part::Name, "Hoel", &["el"])]
    #[case::grouped_number("90909", Part::Phone, "+47 909 09 090", &["909 09"])]
    #[case::with_its_country("+47 909", Part::Phone, "909 09 090", &["909"])]
    #[case::another_field("name:per", Part::Email, "per@klipperiet.no", &[])]
    #[case::left_out("-as", Part::Name, "Pers AS", &[])]
    fn what_matched_is_marked(
        #[case] line: &str,
        #[case] part: Part,
        #[case] shown: &str,
        #[case] expected: &[&str],
    ) {
        assert_eq!(marked(line, part, shown), expected);
    }

    #[rstest]
    #[case::in_a_visible_column("pers", Reach::AllFields, None)]
    #[case::in_a_hidden_phone("95499097", Reach::Standard, Some("crm__standard_info__phone_3"))]
    #[case::in_a_custom_field("olsen", Reach::AllFields, Some("crm__custom_info__385"))]
    #[case::by_its_label("contact:olsen", Reach::Standard, Some("crm__custom_info__385"))]
    #[case::one_word_here_one_there("pers olsen", Reach::AllFields, Some("crm__custom_info__385"))]
    fn a_match_that_no_column_shows_is_named(
        #[case] line: &str,
        #[case] reach: Reach,
        #[case] key: Option<&str>,
    ) {
        let json = r#"{"crm__customer_id":"1","crm__standard_info__name":"Pers Frisør",
            "crm__standard_info__phone_3":"+47 954 99 097","crm__custom_info__385":"Per Olsen"}"#;
        let record = Record::new(json).unwrap();
        let visible = [StandardField::Id, StandardField::Name, StandardField::Phone1];
        assert_eq!(match_elsewhere(&query(line, reach), &record, &visible).as_deref(), key);
    }
}
