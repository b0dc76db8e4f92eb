//! Splits a search line into words, phrases, field names and signs; knows nothing of what they mean.

use super::labels;
use crate::search::phone;
use crate::text;
use std::borrow::Cow;

/// This many digits may have an extension.
pub(super) const LONG_NUMBER: usize = 7;

/// One word of the line, or several that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign that may be beside a word")]
pub(super) struct Word {
    /// Whether a `-` was before it.
    pub negated: bool,
    /// The name before its colon, without quotes.
    pub field: Option<String>,
    /// What is looked for, without quotes.
    pub text: String,
    /// Whether quotes hold it together: such text is searched as it is, and never read as a number of several words.
    pub quoted: bool,
    /// Whether a sign follows that ends a number.
    pub ends: bool,
    /// Whether a `#` is before it.
    pub hash: bool,
    /// Which character of the line it begins with, from 1.
    pub at: usize,
}

impl Word {
    /// A word without a field.
    pub(super) fn bare(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// How many digits it has.
    pub(super) fn digits(&self) -> usize {
        self.text.chars().filter(char::is_ascii_digit).count()
    }

    pub(super) fn is_number(&self) -> bool {
        !self.quoted && phone::may_be_number(&self.text)
    }

    /// Whether no sign and no name of a field is beside it.
    pub(super) fn is_bare(&self) -> bool {
        !self.quoted && !self.negated && self.field.is_none()
    }

    /// Whether this word goes on with a number that the word before it began.
    pub(super) fn continues_number(&self) -> bool {
        let begins_another = self.text.starts_with('+') || self.hash;
        self.field.is_none()
            && !self.negated
            && !self.quoted
            && !begins_another
            && phone::is_number_part(&self.text)
    }

    /// Takes the next word's text into this one.
    pub(super) fn append(&mut self, next: &Self) {
        self.text.push(' ');
        self.text.push_str(&next.text);
        self.ends = next.ends;
    }
}

/// Splits at white space outside quotes. A quote that is still open holds to the end of the line.
pub(super) fn split(line: &str) -> Vec<Word> {
    let line: String = decoded(line).chars().filter_map(in_line).collect();
    let mut rest = line.trim_start();
    let mut words = Vec::new();
    while !rest.is_empty() {
        let (mut word, after) = next(rest);
        let before = line.len() - rest.len();
        word.at = line.get(..before).unwrap_or_default().chars().count() + 1;
        if word.quoted || word.field.is_some() {
            words.extend((!word.text.is_empty() || word.field.is_some()).then_some(word));
        } else {
            words.extend(pieces(&word.text).into_iter().map(|piece| Word { negated: word.negated, ..piece }));
        }
        rest = after.trim_start();
    }
    words
}

/// Splits text at white space and signs, with no regard to quotes, names of fields and what is to be left out.
pub(super) fn plain(text: &str) -> Vec<Word> {
    let text: String = text.chars().filter_map(in_line).collect();
    text.split(|c: char| c.is_whitespace() || c == '"').flat_map(pieces).collect()
}

/// The line with the signs of an address as they are typed: a space is `%20` there.
fn decoded(line: &str) -> Cow<'_, str> {
    const SIGNS: [(&str, &str); 5] = [("%20", " "), ("%2B", "+"), ("%2b", "+"), ("%28", "("), ("%29", ")")];
    let is_coded = line.contains(':') && SIGNS.iter().any(|(code, _)| line.contains(code));
    let decode = |line: String, (code, sign): &(&str, &str)| line.replace(code, sign);
    if is_coded { SIGNS.iter().fold(line.to_owned(), decode).into() } else { line.into() }
}

/// A character of the line. Dashes stay as they are: one in front leaves nothing out.
fn in_line(c: char) -> Option<char> {
    match text::plain(c) {
        Some('-') => Some(c),
        other => other,
    }
}

fn next(line: &str) -> (Word, &str) {
    let mut word = Word::default();
    let mut rest = line;
    if let Some(after) = rest.strip_prefix('-')
        && after.starts_with(|c: char| c.is_alphanumeric() || c == '"')
    {
        word.negated = true;
        rest = after;
    }
    let (text, quoted, after) = piece(rest, true);
    match after.strip_prefix(':').filter(|_| is_name(&text)) {
        Some(value) => {
            let (value, quoted, after) =
                if value.starts_with(['=', '<', '>']) { condition(value) } else { piece(value, false) };
            (Word { field: Some(text), text: value, quoted, ..word }, after)
        }
        None => (Word { text, quoted, ..word }, after),
    }
}

/// Reads the condition of a filter: up to white space outside quotes, which stay in it.
fn condition(line: &str) -> (String, bool, &str) {
    let mut in_quotes = false;
    let is_end = |c: char| {
        in_quotes ^= c == '"';
        c.is_whitespace() && !in_quotes
    };
    let end = line.find(is_end).unwrap_or(line.len());
    let (text, after) = line.split_at_checked(end).unwrap_or((line, ""));
    (text.to_owned(), false, after)
}

/// Reads a quoted or a bare piece; a bare one that may be a field's name ends before its colon too.
fn piece(line: &str, may_be_name: bool) -> (String, bool, &str) {
    if let Some(inner) = line.strip_prefix('"') {
        let (text, after) = inner.split_once('"').unwrap_or((inner, ""));
        return (text.to_owned(), true, after);
    }
    let colon_in =
        |line: &str| line.find(':').filter(|&at| may_be_name && line.get(..at).is_some_and(is_name));
    let inner = line.trim_start_matches(is_opening);
    let line = if colon_in(inner).is_some() { inner } else { line };
    let colon = colon_in(line);
    let space = line.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(line.len());
    let end = colon.map_or(space, |colon| colon.min(space));
    let (text, after) = line.split_at_checked(end).unwrap_or((line, ""));
    (text.to_owned(), false, after)
}

/// Whether a sign may be before the name of a field, as in `<tel:…>`.
fn is_opening(c: char) -> bool {
    matches!(c, '<' | '[' | '{' | '(' | '«' | '“' | '„' | '\'' | '*' | '•')
}

/// The words in a bare piece. Signs at their ends do not count, nor do parameters of an address.
pub(super) fn pieces(text: &str) -> Vec<Word> {
    let mut text = text;
    if let Some((before, parameters)) = text.split_once([';', '?'])
        && parameters.contains('=')
    {
        text = before;
    }
    let text = without_extension(without_label(text));
    if trimmed_number(text).is_some() {
        return vec![number_word(text)];
    }
    let mut words = Vec::new();
    for part in text.split_inclusive(is_hard_sign) {
        let ends = part.ends_with(is_hard_sign);
        if trimmed_number(part).is_some() {
            words.push(Word { ends, ..number_word(part) });
            continue;
        }
        words.extend(slashed(part).into_iter().map(Word::bare));
        if let Some(last) = words.last_mut() {
            last.ends |= ends;
        }
    }
    words
}

/// The parts of a word between slashes, each without the signs around it: one part where a slash divides letters only.
fn slashed(part: &str) -> Vec<&str> {
    let parts: Vec<&str> = part.split('/').map(trim).filter(|part| !part.is_empty()).collect();
    if parts.iter().all(|part| part.chars().count() > 1) {
        return parts.into_iter().flat_map(initials).collect();
    }
    initials(trim(part))
}

/// The initials before a name and the name, as in `P.Olsen`; else the text as it is. The dots of a company's form go
/// with it.
fn initials(text: &str) -> Vec<&str> {
    let parts = || text.split('.').filter(|part| !part.is_empty());
    let is_initial = |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
    let is_other = text.contains('@') || text::dotted_form(text).is_some();
    if !is_other && parts().next().is_some_and(|first| is_initial(&first)) {
        return parts().collect();
    }
    Some(text).into_iter().filter(|text| !text.is_empty()).collect()
}

/// The text without what is neither letter nor digit at its ends.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The text without a word right before its number, as in `Tlf.909`.
fn without_label(text: &str) -> &str {
    let Some(at) = text.find(|c: char| !c.is_alphabetic()) else { return text };
    let (label, number) = text.split_at_checked(at).unwrap_or((text, ""));
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_told = number.starts_with('.') || digits >= LONG_NUMBER;
    let is_label = label.chars().count() > 1 && labels::is_before_number(label);
    if is_label && is_told && trimmed_number(number).is_some() { number } else { text }
}

/// The text without an extension right behind its number, as in `22334455x12`.
fn without_extension(text: &str) -> &str {
    let Some(at) = text.find(char::is_alphabetic) else { return text };
    let (number, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if digits >= LONG_NUMBER && is_extension(behind) { number } else { text }
}

/// Whether a text announces an extension, with its digits or without.
pub(super) fn is_extension(text: &str) -> bool {
    let (name, digits) = text
        .split_at_checked(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
        .unwrap_or((text, ""));
    let digits =
        digits.trim_start_matches(['.', ':', '=', ' ', '-']).trim_end_matches(|c: char| !c.is_alphanumeric());
    crate::list::phone::is_extension(name) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn number_word(text: &str) -> Word {
    let ends = text.ends_with(|c: char| is_hard_sign(c) && !matches!(c, '(' | ')'));
    let hash = text.trim_start_matches(is_hard_sign).starts_with('#');
    Word { ends, hash, ..Word::bare(trimmed_number(text).unwrap_or_default()) }
}

/// The number that a piece is apart from the signs around it. `None` iff it is none.
fn trimmed_number(text: &str) -> Option<&str> {
    let is_outer = |c: char| !c.is_alphanumeric() && !matches!(c, '+' | '(' | ')');
    let text = text.trim_matches(is_outer);
    phone::may_be_number(text).then_some(text)
}

/// Whether a sign never belongs to a word.
fn is_hard_sign(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | '<'
            | '>'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '|'
            | '='
            | '«'
            | '»'
            | '“'
            | '”'
            | '„'
            | '•'
    )
}

/// Whether this can be the name of a field: it begins with a letter, or is a field's number. Whether there is such a
/// field is not known here: `08:12` is put together again by those who know.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        || (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
}
