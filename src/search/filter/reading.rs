//! A filter as it is typed → what it asks.

use super::amount::Bound;
use super::{BadFilter, Fields, Filter, Limit, Range, Test, WhyBad};
use crate::fields::FieldMap;
use crate::search::filter::whole::Whole;
use crate::search::names;
use crate::search::part::Part;

/// What is behind a colon, as far as it is the condition of a filter. `None` where it is text to look for.
pub(crate) fn is_condition(text: &str) -> bool {
    let is_range = || {
        text.split_once("..").is_some_and(|(from, to)| {
            let begins =
                |part: &str| part.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'));
            (begins(from) || (from.is_empty() && begins(to))) && !to.contains("..")
        })
    };
    text.starts_with(['=', '<', '>']) || matches!(text, "empty" | "any") || is_range()
}

impl Filter {
    /// Reads a filter: the name before its colon, the condition behind it, and where in the line it begins.
    pub(crate) fn read(
        negated: bool,
        name: &str,
        condition: &str,
        at: usize,
        fields: &FieldMap,
    ) -> Result<Self, BadFilter> {
        let bad = |why| BadFilter { field: name.to_owned(), condition: condition.to_owned(), at, why };
        let fields = Fields::named(name, fields).map_err(|nearest| bad(WhyBad::NoField(nearest)))?;
        let (test, is_empty) = match condition {
            "empty" => (Test::Any, true),
            "any" => (Test::Any, false),
            _ => (test(condition, &fields).map_err(bad)?, false),
        };
        Ok(Self { negated: negated != is_empty, fields, test })
    }

    /// Holds for who has this very value in a part of the standard fields. `None` where there is no value.
    pub(crate) fn same(part: Part, value: &str) -> Option<Self> {
        let values = Whole::read(value, Some(part));
        (!values.is_empty()).then(|| Self {
            negated: false,
            fields: Fields { standard: part.fields().collect(), keys: Vec::new() },
            test: Test::OneOf(values),
        })
    }
}

impl Fields {
    /// The fields that a name or a key means. The nearest name there is, where it means none.
    fn named(name: &str, fields: &FieldMap) -> Result<Self, Option<String>> {
        let of_key = || name.contains("__").then(|| names::of_key(name, fields.schema()));
        names::named(name, fields).or_else(of_key).ok_or_else(|| names::nearest(name, fields))
    }

    /// The part that its standard fields are of. `None` for other fields.
    fn part(&self) -> Option<Part> {
        self.standard.first().map(|&field| Part::of(field))
    }
}

fn test(condition: &str, fields: &Fields) -> Result<Test, WhyBad> {
    if let Some(values) = condition.strip_prefix('=') {
        let values: Vec<Whole> =
            values_in(values).iter().flat_map(|value| Whole::read(value, fields.part())).collect();
        return if values.is_empty() { Err(WhyBad::NoValue) } else { Ok(Test::OneOf(values)) };
    }
    let range = match condition.split_at_checked(1) {
        Some((">", rest)) => Range { from: Some(limit(rest)?), to: None },
        Some(("<", rest)) => Range { from: None, to: Some(limit(rest)?) },
        _ => between(condition)?,
    };
    Ok(Test::Within(range))
}

/// What follows `<` or `>`, with an `=` where the bound counts as inside.
fn limit(text: &str) -> Result<Limit, WhyBad> {
    let (bound, is_outside) = text.strip_prefix('=').map_or((text, true), |bound| (bound, false));
    Ok(Limit { bound: bound_of(bound)?, is_outside })
}

fn between(text: &str) -> Result<Range, WhyBad> {
    let (from, to) = text.split_once("..").unwrap_or((text, ""));
    let end = |text: &str| match text {
        "" => Ok(None),
        _ => Ok(Some(Limit { bound: bound_of(text)?, is_outside: false })),
    };
    let range = Range { from: end(from)?, to: end(to)? };
    match (range.from, range.to) {
        (Some(from), Some(to)) if !from.bound.goes_to(to.bound) => Err(WhyBad::NoRange),
        _ => Ok(range),
    }
}

fn bound_of(text: &str) -> Result<Bound, WhyBad> {
    let text = text.trim_matches('"').trim();
    if text.is_empty() {
        return Err(WhyBad::NoValue);
    }
    Bound::read(text).ok_or_else(|| WhyBad::NoAmount(text.to_owned()))
}

/// The values between commas; those in quotes may have commas, and a quote that is typed twice.
fn values_in(text: &str) -> Vec<String> {
    let (mut values, mut value, mut in_quotes) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if in_quotes && chars.next_if_eq(&'"').is_some() => value.push('"'),
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes => values.push(std::mem::take(&mut value)),
            _ => value.push(c),
        }
    }
    values.push(value);
    values.retain(|value| !value.trim().is_empty());
    values
}
