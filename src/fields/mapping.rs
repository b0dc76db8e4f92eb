//! The mapping's JSON, read entry by entry, so that one of the wrong shape does not lose the others. What is left out
//! is named by its line; of what it holds, only a key is ever repeated, cleaned and cut.

#[cfg(test)]
mod tests;

use super::lines::Lines;
use super::{CustomField, Kind};
use crate::cube::CUSTOM_PREFIX;
use crate::json;
use crate::text::{self, Place, RawText, SafeText};
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// The longest mapping that is read, in bytes. One of 5,000 fields takes less than a fifth of it.
pub(super) const LARGEST: usize = 4 * 1024 * 1024;
/// The longest key that a field may have, in bytes: the prefix and any number, several times over.
const LONGEST_KEY: usize = 200;
/// How many entries are named one by one when they are left out.
const MOST_NAMED: usize = 1_000;

/// An entry that was left out of the mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEntry {
    /// The line it begins on, from 1; in a plain object, the line its label begins on.
    pub line: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// An entry of a list that is not an object.
    NotAnObject,
    /// Neither a `lookup__id` that could be a key, nor an `id` to make one of.
    NoKey,
    /// In a plain object, what stands before the colon (here cut to 40 characters) is neither an id nor a key.
    NotAKey(SafeText<'static>),
    /// A label that is not a string.
    NotALabel,
    /// An earlier entry has the same key, which is given here.
    Twice(SafeText<'static>),
    /// It is only the first of this many that are not named.
    More(usize),
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match &self.why {
            Why::NotAnObject => write!(f, "entry on line {line} is not an object"),
            Why::NoKey => write!(f, "entry on line {line} has no lookup__id"),
            Why::NotAKey(word) => write!(f, "entry on line {line}: {word} is not a custom field's id"),
            Why::NotALabel => write!(f, "entry on line {line} has a label that is not text"),
            Why::Twice(key) => write!(f, "entry on line {line} is a second one for {key}; the first counts"),
            Why::More(count) => write!(f, "{count} more such entries from line {line} on"),
        }
    }
}

/// Why a text is not a mapping at all. It tells the place, never what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BrokenSyntax {
    /// Something that JSON does not have, such as two entries without a comma between them.
    #[error("the JSON is broken at line {line}, column {column}")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// The text ends before its brackets are closed.
    #[error("the JSON ends too early, at line {line}, column {column}")]
    Early {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// Nothing but white space.
    #[error("there is nothing in it")]
    Empty,
    /// A single string, number, `true`, `false` or `null`.
    #[error("it is neither a list of custom fields nor an object of labels")]
    Shape,
    /// More than 4 MiB.
    #[error("it is larger than 4 MiB, which no list of custom fields is")]
    TooLarge,
}

impl BrokenSyntax {
    /// Keeps the place alone, since the parser's own words can hold a piece of the text.
    fn at_error(error: &serde_json::Error, json: &str) -> Self {
        // The parser's lines end with `\n` only, and its columns are bytes.
        let start =
            json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let offset = start + error.column().saturating_sub(1);
        let mut lines = Lines::new(json);
        let line = lines.pass(offset);
        let column = lines.column();
        if error.is_eof() { Self::Early { line, column } } else { Self::Json { line, column } }
    }
}

/// The fields of a mapping in its order, each key once, and the entries that were left out.
pub(super) fn read(json: &str) -> Result<(Vec<CustomField>, Vec<BadEntry>), BrokenSyntax> {
    if json.len() > LARGEST {
        return Err(BrokenSyntax::TooLarge);
    }
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let broken = |error: serde_json::Error| BrokenSyntax::at_error(&error, json);
    let mut sorted = Sorted::new(json);
    match json.trim_ascii_start().bytes().next() {
        None => return Err(BrokenSyntax::Empty),
        Some(b'[') => {
            json::entries(json, |entry| sorted.take(entry, listed(entry))).map_err(broken)?;
        }
        Some(b'{') => {
            json::members(json, |key, label| sorted.take(label, labelled(&key, label))).map_err(broken)?;
        }
        Some(_) => {
            json::check(json).map_err(broken)?;
            return Err(BrokenSyntax::Shape);
        }
    }
    Ok((sorted.fields, sorted.bad))
}

/// One entry of the list that Cube answers with.
fn listed(entry: &str) -> Result<CustomField, Why> {
    let mut members = Vec::new();
    json::members(entry, |key, value| members.push((key, value))).map_err(|_| Why::NotAnObject)?;
    // Of a name that comes twice the last value counts, as in a record.
    let member = |name| members.iter().rev().find(|(known, _)| known == name).map(|(_, json)| *json);
    let string = |name| member(name).and_then(json::text).map(Cow::into_owned);
    let key = string("lookup__id").filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
    let of_id = || {
        let id = string("id").or_else(|| member("id").map(str::to_owned))?;
        is_id(&id).then(|| format!("{CUSTOM_PREFIX}{id}"))
    };
    Ok(CustomField {
        key: key.or_else(of_id).ok_or(Why::NoKey)?,
        label: label(member("key"))?,
        kind: kind(string("type").unwrap_or_default()),
        max_length: member("max_length").and_then(|json| json.parse().ok()).filter(|&length| length > 0),
        hint: string("hint").unwrap_or_default().into(),
    })
}

/// One member of a plain object of labels.
fn labelled(key: &str, json: &str) -> Result<CustomField, Why> {
    let key = match key.strip_prefix(CUSTOM_PREFIX) {
        Some(id) if !id.is_empty() && key.len() <= LONGEST_KEY => key.to_owned(),
        None if is_id(key) => format!("{CUSTOM_PREFIX}{key}"),
        _ => return Err(Why::NotAKey(short(key))),
    };
    Ok(CustomField { key, label: label(Some(json))?, kind: Kind::Text, max_length: None, hint: "".into() })
}

fn label(json: Option<&str>) -> Result<RawText<'static>, Why> {
    match json {
        None | Some("null") => Ok("".into()),
        Some(json) => json::text(json).map(|label| label.into_owned().into()).ok_or(Why::NotALabel),
    }
}

/// Whether a text is a number as Cube's ids are.
fn is_id(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn kind(word: String) -> Kind {
    match word.to_ascii_lowercase().as_str() {
        "" | "text" | "string" => Kind::Text,
        "integer" | "int" => Kind::Integer,
        "number" | "float" | "decimal" => Kind::Number,
        "date" => Kind::Date,
        _ => Kind::Other(word.into()),
    }
}

/// A key for a message: a whole key of Cube's fits.
fn short(key: &str) -> SafeText<'static> {
    let end = key.char_indices().nth(40).map_or(key.len(), |(at, _)| at);
    text::clean_str(key.get(..end).unwrap_or(key), Place::Message).into_owned()
}

/// Entries as they come, the good from the bad.
struct Sorted<'a> {
    lines: Lines<'a>,
    fields: Vec<CustomField>,
    keys: HashSet<String>,
    bad: Vec<BadEntry>,
}

impl<'a> Sorted<'a> {
    fn new(json: &'a str) -> Self {
        Self { lines: Lines::new(json), fields: Vec::new(), keys: HashSet::new(), bad: Vec::new() }
    }

    /// Takes what became of `entry`, a slice of the text behind those taken before.
    fn take(&mut self, entry: &str, read: Result<CustomField, Why>) {
        let why = match read {
            Ok(field) if self.keys.insert(field.key.clone()) => return self.fields.push(field),
            Ok(field) => Why::Twice(short(&field.key)),
            Err(why) => why,
        };
        if let Some(BadEntry { why: Why::More(count), .. }) = self.bad.last_mut() {
            *count += 1;
            return;
        }
        let line = self.lines.line_of(entry);
        let why = if self.bad.len() < MOST_NAMED { why } else { Why::More(1) };
        self.bad.push(BadEntry { line, why });
    }
}
