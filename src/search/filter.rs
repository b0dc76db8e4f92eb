//! Filters: conditions on the whole value of a field, as text that can be typed into the search line.
//!
//! ```text
//! city:=Askim   city:=Askim,Oslo   city:="Post sted"     the whole value, in any case and spelling
//! turnover:>100   <100   >=100   <=100   100..200   ..200   100..       numbers
//! founded:1990..1999   founded:>2019-05   founded:<17.05.1990            days, months, years
//! email:empty   phone:any                                 no value; some value
//! -city:=Oslo                                             all others
//! ```
//! Of a field with several values, as `phone:` has, one that fits is enough. Of a range only numbers and days are
//! asked. What counts as the same value is said in [`whole`].

mod amount;
mod page;
mod reading;
pub(crate) mod whole;
mod writing;

#[cfg(test)]
mod tests;

pub(crate) use page::FilterHits;
pub(crate) use reading::is_condition;
pub use writing::Condition;

use crate::cube::StandardField;
use crate::language::tr;
use crate::list::phone::IMPLICIT;
use crate::list::row_text::OTHER_FORM;
use crate::text::{self, Place};
pub(crate) use amount::Amount;
use amount::Bound;
use whole::Whole;

/// A condition on the whole value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    /// Whether the customers for whom it holds are left out instead of found.
    pub(crate) negated: bool,
    pub(crate) fields: Fields,
    pub(crate) test: Test,
}

/// The fields that a filter is about: for one of them it must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) standard: Vec<StandardField>,
    /// The keys of other fields.
    pub(crate) keys: Vec<String>,
}

/// What must hold for a value that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// It is there at all.
    Any,
    /// It is one of these.
    OneOf(Vec<Whole>),
    /// It is within bounds.
    Within(Range),
}

/// The bounds of a range, each of which may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) from: Option<Limit>,
    pub(crate) to: Option<Limit>,
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) bound: Bound,
    /// Whether the bound itself is outside.
    pub(crate) is_outside: bool,
}

impl Test {
    /// Whether it holds for a value, given as its search text: forms with [`OTHER_FORM`] between them.
    pub(crate) fn holds(&self, text: &str) -> bool {
        if text.trim().is_empty() {
            return false;
        }
        match self {
            Self::Any => true,
            Self::OneOf(wanted) => wanted.iter().any(|wanted| wanted.is(text)),
            Self::Within(range) => {
                let form = text.split(OTHER_FORM).next().map(|form| form.trim_end_matches(IMPLICIT));
                form.and_then(Amount::read).is_some_and(|value| range.has(value))
            }
        }
    }
}

impl Range {
    fn has(self, value: Amount) -> bool {
        let is_behind = |limit: Limit| limit.bound.is_before(value, limit.is_outside);
        let is_before = |limit: Limit| limit.bound.is_behind(value, limit.is_outside);
        self.from.is_none_or(is_behind) && self.to.is_none_or(is_before)
    }
}

/// A filter in a search line that says nothing that can be asked, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFilter {
    /// The name before its colon, as typed.
    pub field: String,
    /// What is behind the colon, as typed.
    pub condition: String,
    /// Which character of the line it begins with, from 1.
    pub at: usize,
    /// What is wrong.
    pub why: WhyBad,
}

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyBad {
    /// No field has the name. The nearest name there is, where one is near.
    NoField(Option<String>),
    /// Nothing follows the sign: more is to be typed.
    NoValue,
    /// A bound of a range is neither a number nor a day: this one.
    NoAmount(String),
    /// One bound is a number and the other one a day, or the first one is behind the second.
    NoRange,
}

impl std::fmt::Display for BadFilter {
    /// Says what is wrong, and what to type instead.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (field, condition, at) = (text::typed(&self.field), text::typed(&self.condition), self.at);
        f.write_str(&match &self.why {
            WhyBad::NoField(None) => tr!("there is no field {field}, at character {at}", field, at),
            WhyBad::NoField(Some(near)) => tr!(
                "there is no field {field}, at character {at}; did you mean {near}?",
                field,
                at,
                near = text::clean_str(near, Place::Message)
            ),
            WhyBad::NoValue => {
                tr!("{field}:{condition} at character {at} has no value yet", field, condition, at)
            }
            WhyBad::NoAmount(bound) => tr!(
                "{bound} in {field}:{condition} at character {at} is neither a number nor a date: type 100, 1990, 1990-05 or 1990-05-17",
                bound = text::typed(bound),
                field,
                condition,
                at
            ),
            WhyBad::NoRange => tr!(
                "{field}:{condition} at character {at} is no range: type two numbers or two dates, the smaller one first",
                field,
                condition,
                at
            ),
        })
    }
}
