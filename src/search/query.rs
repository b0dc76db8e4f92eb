//! The search line: what a person types becomes terms that must all hold for a customer.
//!
//! ```text
//! kari oslo            both words, in any order, in any standard field
//! "kari nord"          the words as they stand
//! -as                  customers without the word
//! 909 09 090           neighbouring digits are one number, in any spelling
//! name: phone: email: id:      in that field alone
//! city:askim "post sted":askim in the custom field with that label, or key
//! tel:+4790909090      the address of a telephone, a mailbox or a softphone
//! city:=Askim,Oslo  -city:=Oslo  turnover:>100  founded:1990..1999  email:empty  phone:any      the whole value
//! ```
//! Signs around words do not count outside quotes, nor what stands before a number in a paste, as `Tlf` or `mob.`.

mod labels;
mod narrowing;
mod reading;
mod words;

#[cfg(test)]
mod tests;

use crate::fields::FieldMap;
use crate::list::phone::{AFTER_COUNTRY, read as read_number};
use crate::search::filter::{BadFilter, Filter};
use crate::search::part::Part;
use crate::search::phone::{self, NumberLead};
use reading::Reading;

/// Which fields a word without a field name is looked for in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// The six standard fields.
    #[default]
    Standard,
    /// The standard and all the custom fields.
    AllFields,
}

/// One way in which a term may hold: this folded text, in this part of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// The folded text that is looked for; never empty.
    pub pattern: String,
    /// The part of the row that must hold it; `None` for any part.
    pub part: Option<Part>,
    /// What must be before it.
    pub lead: Lead,
}

/// What must be before a text that is looked for, or within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Anything.
    Any,
    /// The beginning of the field, or of the number behind its calling code.
    Start,
    /// Anything but a letter. Signs divide its letters; as it is, it is another alternative of the same term.
    Divided,
    /// What makes its digits the number that was typed.
    Number(NumberLead),
}

/// One condition of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// Whether a customer with it is left out instead of found.
    pub negated: bool,
    /// Any of these makes the term hold.
    pub alternatives: Vec<Alternative>,
    /// The custom fields' keys that alone are searched; `None` for the standard fields.
    pub custom: Option<Vec<String>>,
}

impl Alternative {
    /// Whether it hits a whole text wherever `other` does, by the same letters.
    pub(crate) fn includes(&self, other: &Self) -> bool {
        match (&self.lead, &other.lead) {
            (Lead::Number(lead), Lead::Any) => other.pattern.strip_prefix(&lead.typed) == Some(&self.pattern),
            (one, other_lead) => one == other_lead && self.pattern == other.pattern,
        }
    }

    /// Whether a folded text that is not in the lines has it.
    pub(crate) fn is_in(&self, folded: &str) -> bool {
        match self.lead {
            Lead::Divided => false,
            _ => folded.contains(&self.pattern),
        }
    }

    /// Whether it hits every row that `other` hits, as well: a country code that is typed alone, with and without the
    /// number that may follow it.
    pub(crate) fn says_more_than(&self, other: &Self) -> bool {
        let is_part = self.pattern.len() < other.pattern.len() && other.pattern.starts_with(&self.pattern);
        let is_anywhere = self.lead == Lead::Any && matches!(other.lead, Lead::Any | Lead::Start);
        let is_there = self.part.is_none() || self.part == other.part;
        is_part && is_there && is_anywhere
    }
}

impl Term {
    /// Whether it is about certain standard fields alone, whatever the query's reach.
    pub(crate) fn has_part(&self) -> bool {
        self.alternatives.iter().all(|wanted| wanted.part.is_some())
    }
}

/// A field name in a query that neither a standard nor a custom field has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownField {
    /// The name as typed.
    pub typed: String,
    /// The nearest name there is; `None` when none is near.
    pub nearest: Option<String>,
}

/// Whether a line is an id or a phone number: nothing else is in it but what surrounds numbers in a paste.
#[must_use]
pub fn is_number(line: &str) -> bool {
    let query = Query::search(line, Reach::Standard, &FieldMap::default());
    let is_number = |term: &Term| {
        let digits =
            |way: &Alternative| way.pattern.chars().all(|c| c.is_ascii_digit() || c == AFTER_COUNTRY);
        !term.negated && term.alternatives.first().is_some_and(digits)
    };
    !query.terms.is_empty() && query.terms.iter().all(is_number)
}

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub(crate) terms: Vec<Term>,
    /// Which fields plain words are looked for in.
    pub reach: Reach,
    /// The conditions on whole values, all of which must hold.
    pub(crate) filters: Vec<Filter>,
    /// The first filter that says nothing that can be asked. It leaves no one out.
    pub bad_filter: Option<BadFilter>,
    /// The first name before a colon that no field has. It is looked for as text.
    pub unknown: Option<UnknownField>,
}

impl Query {
    /// Reads a search line. Never fails: what is half typed is read as far as it goes.
    #[must_use]
    pub fn search(line: &str, reach: Reach, fields: &FieldMap) -> Self {
        let mut reading = Reading::new(Self { reach, ..Self::default() }, words::split(line), fields);
        reading.run();
        reading.query
    }

    /// The same with the words of `text` in this part of a row. They are text alone: quotes, colons and signs in front
    /// of words mean nothing. In the phones, only the numbers in it count where there are any.
    #[must_use]
    pub fn with(self, part: Part, text: &str) -> Self {
        let fields = FieldMap::default();
        let mut reading = Reading::new(self, words::plain(text), &fields);
        reading.all_in(part, text);
        reading.query
    }

    /// Reads a lookup line: digits that an id or a phone number begins with. An id is compared with its leading zeros.
    #[must_use]
    pub fn lookup(line: &str) -> Self {
        let Some(number) = read_number(line) else {
            return Self::default();
        };
        let at_start = |part, pattern| Alternative { pattern, part: Some(part), lead: Lead::Start };
        let mut alternatives: Vec<_> =
            phone::beginnings(&number).into_iter().map(|pattern| at_start(Part::Phone, pattern)).collect();
        if !line.contains('+') {
            let digits: String = line.chars().filter(char::is_ascii_digit).collect();
            alternatives.push(at_start(Part::Id, digits));
        }
        Self { terms: vec![Term { negated: false, alternatives, custom: None }], ..Self::default() }
    }

    /// The keys of the custom fields that it names to search in.
    pub fn custom_keys(&self) -> impl Iterator<Item = &str> {
        let of_terms = self.terms.iter().filter_map(|term| term.custom.as_ref());
        let keys = of_terms.chain(self.filters.iter().map(|filter| &filter.fields.keys));
        keys.flatten().map(String::as_str)
    }

    /// Whether every customer is found because nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    /// Whether it has a condition on the whole value of a field.
    #[must_use]
    pub fn has_filters(&self) -> bool {
        !self.filters.is_empty()
    }

    /// The words to offer other spellings of, folded: plain words and names, not numbers.
    #[must_use]
    pub fn name_words(&self) -> Vec<&str> {
        let is_name = |alternative: &&Alternative| matches!(alternative.part, None | Some(Part::Name));
        let terms = self.terms.iter().filter(|term| !term.negated && term.custom.is_none());
        terms
            .filter_map(|term| term.alternatives.first().filter(is_name))
            .map(|alternative| alternative.pattern.as_str())
            .filter(|pattern| !pattern.contains(|c: char| c.is_ascii_digit()))
            .collect()
    }
}
