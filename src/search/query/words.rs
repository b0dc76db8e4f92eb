//! Splits a search line into words, phrases, field names and signs; knows nothing of what they mean.

use crate::search::phone;

/// One word of the line, or several that belong together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// Whether a `-` stood before it.
    pub negated: bool,
    /// The name before its colon, without quotes.
    pub field: Option<String>,
    /// What is looked for, without quotes.
    pub text: String,
    /// Whether quotes hold it together: such text is never read as a number.
    pub quoted: bool,
}

impl Word {
    pub(super) fn is_number(&self) -> bool {
        !self.quoted && phone::may_be_number(&self.text)
    }

    /// Whether this word goes on with a number that the word before it began.
    pub(super) fn continues_number(&self) -> bool {
        self.field.is_none() && !self.negated && !self.quoted && phone::is_number_part(&self.text)
    }

    /// Takes the next word's text into this one.
    pub(super) fn append(&mut self, next: Option<Self>) {
        if let Some(next) = next {
            self.text.push(' ');
            self.text.push_str(&next.text);
        }
    }
}

/// Splits at white space outside quotes. A quote that is still open holds to the end of the line.
pub(super) fn split(line: &str) -> Vec<Word> {
    let mut rest = line.trim_start();
    let mut words = Vec::new();
    while !rest.is_empty() {
        let (word, after) = next(rest);
        words.extend((!word.text.is_empty() || word.field.is_some()).then_some(word));
        rest = after.trim_start();
    }
    words
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
            let (value, quoted, after) = piece(value, false);
            (Word { field: Some(text), text: value, quoted, ..word }, after)
        }
        None => (Word { text, quoted, ..word }, after),
    }
}

/// Reads a quoted or a bare piece; a bare one that may be a field's name ends before its colon too.
fn piece(line: &str, may_be_name: bool) -> (String, bool, &str) {
    if let Some(inner) = line.strip_prefix('"') {
        let (text, after) = inner.split_once('"').unwrap_or((inner, ""));
        return (text.to_owned(), true, after);
    }
    let colon = line.find(':').filter(|&at| may_be_name && line.get(..at).is_some_and(is_name));
    let space = line.find(char::is_whitespace).unwrap_or(line.len());
    let end = colon.map_or(space, |colon| colon.min(space));
    let (text, after) = line.split_at_checked(end).unwrap_or((line, ""));
    (text.to_owned(), false, after)
}

/// Whether this can be the name of a field: it begins with a letter, or is a field's number. Whether there is such a
/// field is not known here: `08:12` is put together again by those who know.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        || (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
}
