//! The search line: what a person types becomes terms that must all hold for a customer.
//!
//! ```text
//! kari oslo            both words, in any order, in any standard field
//! "kari nord"          the words as they stand
//! -as                  customers without the word
//! 909 09 090           neighbouring digits are one number, in any spelling
//! name: phone: email: id:      in that field alone
//! city:askim "post sted":askim in the custom field with that label, or key
//! ```

mod narrowing;
mod words;

#[cfg(test)]
mod tests;

use crate::fields::FieldMap;
use crate::list::phone::read as read_number;
use crate::search::part::Part;
use crate::search::phone;
use crate::text;
use words::Word;

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
    /// Whether it must be at the beginning of the field (for a number: or after its country code).
    pub anchored: bool,
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
    /// Whether it hits every row that `other` hits, as well: a country code that is typed alone, with and without the
    /// number that may follow it.
    pub(crate) fn says_more_than(&self, other: &Self) -> bool {
        let is_part = self.pattern.len() < other.pattern.len() && other.pattern.starts_with(&self.pattern);
        is_part && self.part == other.part && self.anchored == other.anchored
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

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub(crate) terms: Vec<Term>,
    /// Which fields plain words are looked for in.
    pub reach: Reach,
    /// The first field name that does not exist. Such a query finds nothing.
    pub unknown: Option<UnknownField>,
}

impl Query {
    /// Reads a search line. Never fails: what is half typed is read as far as it goes.
    #[must_use]
    pub fn search(line: &str, reach: Reach, fields: &FieldMap) -> Self {
        let mut query = Self { reach, ..Self::default() };
        let mut words = words::split(line).into_iter().peekable();
        while let Some(mut word) = words.next() {
            while word.is_number() && words.peek().is_some_and(Word::continues_number) {
                word.append(words.next());
            }
            query.add(&word, fields);
        }
        query
    }

    /// Reads a lookup line: digits that an id or a phone number begins with. An id is compared with its leading zeros.
    #[must_use]
    pub fn lookup(line: &str) -> Self {
        let Some(number) = read_number(line) else {
            return Self::default();
        };
        let at_start = |part, pattern| Alternative { pattern, part: Some(part), anchored: true };
        let mut alternatives: Vec<_> =
            phone::patterns(&number).into_iter().map(|pattern| at_start(Part::Phone, pattern)).collect();
        if !line.contains('+') {
            let digits: String = line.chars().filter(char::is_ascii_digit).collect();
            alternatives.push(at_start(Part::Id, digits));
        }
        Self { terms: vec![Term { negated: false, alternatives, custom: None }], ..Self::default() }
    }

    /// Whether it names a custom field to search in.
    #[must_use]
    pub fn names_custom_fields(&self) -> bool {
        self.terms.iter().any(|term| term.custom.is_some())
    }

    /// Whether every customer is found because nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.unknown.is_none()
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

    fn add(&mut self, word: &Word, fields: &FieldMap) {
        let numbered = word.field.as_deref().filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(name) = numbered.filter(|name| fields.named(name).is_empty()) {
            // No field has this number: a time of day, or whatever else has a colon in it.
            let text = format!("{name}:{}", word.text);
            return self.add(&Word { field: None, text, negated: word.negated, quoted: true }, fields);
        }
        let (part, custom) = match word.field.as_deref().map(|name| target(name, fields)) {
            None => (None, None),
            Some(Ok(Target::Part(part))) => (Some(part), None),
            Some(Ok(Target::Custom(keys))) => (None, Some(keys)),
            Some(Err(unknown)) => {
                self.unknown.get_or_insert(unknown);
                return;
            }
        };
        let alternatives = alternatives(word, part);
        if !alternatives.is_empty() {
            self.terms.push(Term { negated: word.negated, alternatives, custom });
        }
    }
}

/// What a field name in a query stands for.
enum Target {
    Part(Part),
    Custom(Vec<String>),
}

fn target(name: &str, fields: &FieldMap) -> Result<Target, UnknownField> {
    let folded = text::fold(name);
    if let Some((_, part)) = Part::NAMES.iter().chain(&Part::ALSO).find(|(known, _)| *known == folded) {
        return Ok(Target::Part(*part));
    }
    let keys = fields.named(name);
    if keys.is_empty() {
        let nearest = nearest_name(&folded, fields);
        return Err(UnknownField { typed: name.to_owned(), nearest });
    }
    Ok(Target::Custom(keys))
}

/// The field name nearest to `folded` by edit distance, when near enough to be meant.
fn nearest_name(folded: &str, fields: &FieldMap) -> Option<String> {
    let standard = Part::NAMES.iter().map(|(name, _)| (*name).to_owned());
    let labels = fields.fields().filter_map(|field| fields.label(&field.key)).map(|label| label.to_string());
    // What a name begins with is nearer than any misspelling.
    let distance = |name: &String| match text::fold(name) {
        name if name.starts_with(folded) => 0,
        name => strsim::damerau_levenshtein(folded, &name),
    };
    let (distance, name) = standard.chain(labels).map(|name| (distance(&name), name)).min()?;
    (distance <= 1 + folded.chars().count() / 4).then_some(name)
}

fn alternatives(word: &Word, part: Option<Part>) -> Vec<Alternative> {
    let plain = |pattern: String| Alternative { pattern, part, anchored: false };
    let mut found: Vec<Alternative> = Vec::new();
    let is_number = word.is_number() || (part == Some(Part::Phone) && phone::may_be_number(&word.text));
    if is_number
        && matches!(part, None | Some(Part::Phone | Part::Id))
        && let Some(number) = read_number(&word.text)
    {
        // Only a phone number has other spellings: an id is compared with its leading zeros.
        let typed: String = word.text.chars().filter(char::is_ascii_digit).collect();
        found.extend(phone::patterns(&number).into_iter().map(|pattern| {
            let part = if pattern == typed { part } else { Some(Part::Phone) };
            Alternative { part, ..plain(pattern) }
        }));
    }
    let folded = text::fold(&word.text).trim().to_owned();
    let is_new = found.iter().all(|alternative| alternative.pattern != folded);
    // What begins with the e of an "oe" and holds another one is only found in the form that keeps both letters.
    let variant = text::fold_variant(&word.text).filter(|_| folded.starts_with('e'));
    let says_something = folded.chars().any(char::is_alphanumeric);
    if says_something && is_new {
        found.push(plain(folded));
        found.extend(variant.map(|variant| plain(variant.trim().to_owned())));
    }
    found
}
