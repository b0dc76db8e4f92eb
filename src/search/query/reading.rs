//! What the words of a search line mean: which are numbers, which name a field, and how each may be written.

use super::labels::{self, Label};
use super::words::{self, LONG_NUMBER, Word};
use super::{Alternative, Lead, Query, Term, UnknownField};
use crate::cube::StandardField;
use crate::fields::FieldMap;
use crate::list::phone::{Written, read, scan};
use crate::search::divided;
use crate::search::filter::{Fields, Filter, is_condition};
use crate::search::names;
use crate::search::part::Part;
use crate::search::phone;
use crate::text::{self, Country};
use std::collections::VecDeque;

/// Digits of several numbers, where there are this many.
const SEVERAL: usize = 12;
/// A number with this many digits is a whole one.
const WHOLE: usize = 8;
/// An extension has no more digits.
const EXTENSION: usize = 5;

/// Where a word is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Anywhere,
    Part(Part),
    Custom(Vec<String>),
}

impl Target {
    /// Where fields are: the part of the row that standard ones are of.
    fn of(fields: Fields) -> Self {
        match fields.standard.first() {
            Some(field) => Self::Part(Part::of(*field)),
            None => Self::Custom(fields.keys),
        }
    }

    fn part(&self) -> Option<Part> {
        match self {
            Self::Part(part) => Some(*part),
            Self::Anywhere | Self::Custom(_) => None,
        }
    }
}

/// A line that is being read.
pub(super) struct Reading<'f> {
    pub(super) query: Query,
    words: VecDeque<Word>,
    fields: &'f FieldMap,
    /// Whether the last term is a whole number, which another one may join.
    after_number: bool,
}

impl<'f> Reading<'f> {
    pub(super) fn new(query: Query, words: Vec<Word>, fields: &'f FieldMap) -> Self {
        Self { query, words: words.into(), fields, after_number: false }
    }

    /// Reads all words.
    pub(super) fn run(&mut self) {
        while let Some(mut word) = self.words.pop_front() {
            match word.field.take() {
                Some(name) => self.field(&name, word),
                None if self.is_before_number(&word) || self.is_before_address(&word) => {}
                None if self.after_number && word.text == "+" => {}
                None => self.add(word, &Target::Anywhere),
            }
        }
    }

    /// Reads all words as text of one part of a row, or the numbers in it.
    pub(super) fn all_in(&mut self, part: Part, text: &str) {
        let target = Target::Part(part);
        let numbers = if part == Part::Phone { scan(text, Country::default()).numbers } else { Vec::new() };
        if !numbers.is_empty() {
            let ways = numbers.iter().flat_map(|number| spellings(number, &target)).collect();
            return self.push(ways, &target, false, false);
        }
        while let Some(word) = self.words.pop_front() {
            self.add(word, &target);
        }
    }

    /// Whether a word only says that the number behind it is one: a long one, or `Kontor 1` would be 1.
    fn is_before_number(&self, word: &Word) -> bool {
        word.is_bare() && labels::is_before_number(&word.text) && self.digits_ahead() >= LONG_NUMBER
    }

    /// How many digits the number has that the next words are, behind further words that only say so.
    fn digits_ahead(&self) -> usize {
        let says_so = |next: &&Word| match &next.field {
            Some(name) => !next.negated && next.text.is_empty() && labels::is_before_number(name),
            None => next.is_bare() && labels::is_before_number(&next.text),
        };
        let mut next = self.words.iter().skip_while(says_so);
        let first = next.next().filter(|first| {
            let is_labelled = first.field.as_deref().is_none_or(labels::is_before_number);
            is_labelled && !first.negated && first.is_number()
        });
        let others = next.take_while(|next| next.continues_number());
        first.map_or(0, |first| first.digits() + others.map(Word::digits).sum::<usize>())
    }

    /// Whether a word only says that the e-mail address behind it is one.
    fn is_before_address(&self, word: &Word) -> bool {
        let is_address = |next: &Word| next.field.is_none() && next.text.contains('@');
        word.is_bare() && labels::is_before_address(&word.text) && self.words.front().is_some_and(is_address)
    }

    /// Reads a word with a name before its colon.
    fn field(&mut self, name: &str, mut word: Word) {
        if is_condition(&word.text) && !word.quoted {
            return self.filter(name, &word);
        }
        if let Some(fields) = names::named(name, self.fields) {
            self.take_value(&mut word);
            return self.value(word, &Target::of(fields));
        }
        if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) {
            // No field has this number: a time of day, or whatever else has a colon in it.
            let text = format!("{name}:{}", word.text);
            return self.add(Word { text, quoted: true, ..word }, &Target::Anywhere);
        }
        match labels::label(name) {
            Some(Label::Part(part)) => {
                self.take_value(&mut word);
                let target = self.part(part);
                self.value(word, &target);
            }
            Some(Label::CustomerId) => {
                self.take_value(&mut word);
                let target = self.customer_id();
                self.value(word, &target);
            }
            Some(Label::Sip) => self.sip(word),
            Some(Label::Nothing) => self.value(word, &Target::Anywhere),
            None => {
                self.take_value_if_number(name, &mut word);
                if labels::is_before_number(name) && word.is_number() {
                    return self.value(word, &Target::Anywhere);
                }
                let nearest = names::nearest(name, self.fields);
                self.query.unknown.get_or_insert(UnknownField { typed: name.to_owned(), nearest });
                self.value(Word { negated: word.negated, ..Word::bare(name) }, &Target::Anywhere);
                self.value(word, &Target::Anywhere);
            }
        }
    }

    /// A part of the rows, where the list has a column of it.
    fn part(&self, part: Part) -> Target {
        let has_column = part.fields().any(|field| self.fields.schema().column(field).is_some());
        if has_column { Target::Part(part) } else { Target::Anywhere }
    }

    /// The field of the customer's id, where the list has a column of it.
    fn customer_id(&self) -> Target {
        let (schema, key) = (self.fields.schema(), StandardField::Id.key());
        if schema.position(key).is_some() { Target::of(names::of_key(key, schema)) } else { Target::Anywhere }
    }

    /// Reads a condition on the whole value of a field.
    fn filter(&mut self, name: &str, word: &Word) {
        match Filter::read(word.negated, name, &word.text, word.at, self.fields) {
            Ok(filter) => self.query.filters.push(filter),
            Err(bad) => {
                self.query.bad_filter.get_or_insert(bad);
            }
        }
    }

    /// A name may have a space behind its colon.
    fn take_value(&mut self, word: &mut Word) {
        let is_value = |next: &Word| next.field.is_none() && !next.negated;
        if word.text.is_empty() && !word.quoted && self.words.front().is_some_and(is_value) {
            let negated = word.negated;
            if let Some(next) = self.words.pop_front() {
                *word = Word { negated, ..next };
            }
        }
    }

    fn take_value_if_number(&mut self, name: &str, word: &mut Word) {
        let is_number = self.words.front().is_some_and(|next| next.field.is_none() && next.is_number());
        if is_number && labels::is_before_number(name) {
            self.take_value(word);
        }
    }

    /// The address of a softphone: the number before its host, or the whole as a mailbox has it.
    fn sip(&mut self, word: Word) {
        let user = word.text.split(['@', ';', '?']).next().unwrap_or_default();
        if phone::may_be_number(user) {
            let text = user.to_owned();
            let target = self.part(Part::Phone);
            return self.add(Word { text, ends: true, ..word }, &target);
        }
        self.value(word, &Target::Anywhere);
    }

    /// Adds what is behind a colon.
    fn value(&mut self, word: Word, target: &Target) {
        if word.quoted {
            return self.add(word, target);
        }
        for piece in words::pieces(&word.text) {
            let ends = piece.ends || word.ends;
            self.add(Word { negated: word.negated, ends, ..piece }, target);
        }
    }

    fn add(&mut self, mut word: Word, target: &Target) {
        if word.is_number() {
            while !word.ends && self.words.front().is_some_and(Word::continues_number) {
                if let Some(next) = self.words.pop_front() {
                    word.append(&next);
                }
            }
            self.skip_extension(&word);
        }
        // In quotes, text may be no number elsewhere than in a phone, unless it is a long one.
        let is_phone = target.part() == Some(Part::Phone) || word.digits() >= LONG_NUMBER;
        let may_be_number = word.is_number() || (is_phone && phone::may_be_number(&word.text));
        let is_numbers = matches!(target.part(), None | Some(Part::Phone | Part::Id));
        let numbers = if may_be_number && is_numbers { numbers(&word.text) } else { Vec::new() };
        let mut ways: Vec<Alternative> =
            numbers.iter().flat_map(|number| spellings(number, target)).collect();
        let texts = if numbers.is_empty() && !word.quoted { texts(&word.text) } else { quoted(&word.text) };
        let is_new = |way: &Alternative| !ways.iter().any(|known| known.includes(way));
        let is_simple = word.negated || matches!(target, Target::Custom(_));
        let texts = texts.into_iter().filter(|way| !is_simple || way.lead != Lead::Divided);
        let texts: Vec<_> = texts.filter(is_new).collect();
        let texts = texts.into_iter().filter(|way| numbers.len() < 2 || !way.pattern.contains(' '));
        ways.extend(texts.map(|way| way.in_part(target.part())));
        let is_whole = !numbers.is_empty() && numbers.iter().all(|number| number.digits.len() >= WHOLE);
        self.push(ways, target, word.negated, is_whole);
    }

    fn push(&mut self, ways: Vec<Alternative>, target: &Target, negated: bool, is_whole_number: bool) {
        if ways.is_empty() {
            return;
        }
        let joins = self.after_number && is_whole_number && !negated && !matches!(target, Target::Custom(_));
        self.after_number = is_whole_number && !negated && !matches!(target, Target::Custom(_));
        if joins && let Some(last) = self.query.terms.last_mut() {
            // Who pastes two numbers wants the one who has either.
            return last.alternatives.extend(ways);
        }
        let custom = match target {
            Target::Custom(keys) => Some(keys.clone()),
            _ => None,
        };
        self.query.terms.push(Term { negated, alternatives: ways, custom });
    }

    /// An extension is no part of a number.
    fn skip_extension(&mut self, number: &Word) {
        if number.digits() < LONG_NUMBER {
            return;
        }
        let Some(next) = self.words.front().filter(|next| !next.quoted && !next.negated) else { return };
        let is_short = |word: &Word| word.is_number() && (1..=EXTENSION).contains(&word.digits());
        if next.hash && is_short(next) {
            self.words.pop_front();
        } else if words::is_extension(next.field.as_deref().unwrap_or(&next.text)) {
            let has_digits = next.digits() > 0;
            self.words.pop_front();
            if !has_digits && self.words.front().is_some_and(|word| word.field.is_none() && is_short(word)) {
                self.words.pop_front();
            }
        }
    }
}

/// The numbers in a text of digits and signs.
fn numbers(text: &str) -> Vec<Written> {
    let Some(number) = read(text) else { return Vec::new() };
    let several =
        if number.digits.len() < SEVERAL { Vec::new() } else { scan(text, Country::default()).numbers };
    if several.len() > 1 { several } else { vec![number] }
}

fn spellings(number: &Written, target: &Target) -> Vec<Alternative> {
    if target.part() == Some(Part::Id) {
        return vec![anywhere(number.digits.clone()).in_part(Some(Part::Id))];
    }
    phone::alternatives(number).into_iter().map(|way| way.in_part(target.part())).collect()
}

fn anywhere(pattern: String) -> Alternative {
    Alternative { pattern, part: None, lead: Lead::Any }
}

/// A text as it is, in both forms of its folding.
fn quoted(text: &str) -> Vec<Alternative> {
    let form = |mut form: String| {
        text::join_initials(&mut form);
        form.trim().to_owned()
    };
    let folded = form(text::fold(text));
    if !folded.chars().any(char::is_alphanumeric) {
        return Vec::new();
    }
    // What begins with the second letter of a pair and holds a whole pair is only found in the form that keeps both.
    let variant = text::fold_variant(text).map(form).filter(|_| folded.starts_with('e'));
    std::iter::once(folded).chain(variant).map(anywhere).collect()
}

/// The ways in which a word is written: with signs in it and without, and in the neighbours' spelling.
fn texts(text: &str) -> Vec<Alternative> {
    if let Some(form) = text::dotted_form(text) {
        return vec![anywhere(form)];
    }
    let mut ways = quoted(text);
    let Some(folded) = ways.first().map(|way| way.pattern.clone()) else { return ways };
    let joined: String = folded.chars().filter(|c| *c != '-').collect();
    let is_word = joined.chars().all(char::is_alphabetic);
    if is_word && joined.len() >= divided::SHORTEST {
        if joined != folded {
            ways.push(anywhere(joined.clone()));
        }
        ways.push(Alternative { pattern: joined, part: None, lead: Lead::Divided });
    }
    ways.extend(text::not_a_form(text).map(anywhere));
    ways.extend(neighbours(text, &folded).map(anywhere));
    ways
}

/// The spelling of a neighbour, for names that are clearly one's: `Bækstrøm` is `Bäckström`.
fn neighbours(text: &str, folded: &str) -> Option<String> {
    if !text.contains(['æ', 'ø', 'å', 'ä', 'ö', 'Æ', 'Ø', 'Å', 'Ä', 'Ö']) {
        return None;
    }
    let swedish = folded.replace("ck", "k").replace("kk", "k").replace('k', "ck");
    let plain = folded.replace("ck", "k");
    Some(if folded.contains("ck") { plain } else { swedish }).filter(|other| other != folded)
}
