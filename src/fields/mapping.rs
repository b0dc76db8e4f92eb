//! The mapping's JSON, read entry by entry, so that one of the wrong shape does not lose the others. What is left out
//! is named by its line; of what it holds, only a key is ever repeated, cleaned and cut.

use crate::language::tr;
#[cfg(test)]
mod tests;

use super::lines::Lines;
use super::{CustomField, Kind, clean_label};
use crate::cube::CUSTOM_PREFIX;
use crate::json::{self, Shape};
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
    /// Neither a `lookup__id` nor an `id` to make a key of.
    NoKey,
    /// A `lookup__id` or an `id` is there, but no record has a field under such a key.
    WrongKey,
    /// No `key`, under which Cube has the label; here another member that may hold it.
    NoLabel(Option<&'static str>),
    /// In a plain object, what is before the colon (here cut to 40 characters) is neither an id nor a key.
    NotAKey(SafeText<'static>),
    /// The same, and behind the colon is a list.
    ListInside(SafeText<'static>),
    /// In a plain object, the id is behind the colon instead of before it.
    Swapped,
    /// A label that is not a string.
    NotALabel,
    /// An earlier entry has the same key, which is given here.
    Twice(SafeText<'static>),
    /// It is only the first of this many that are not named.
    More(usize),
    /// The list is one page of several: how many fields it has, and how many there are where that is said.
    Part {
        /// How many fields it has.
        read: usize,
        /// How many there are.
        of: Option<u64>,
    },
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match &self.why {
            Why::NotAnObject => f.write_str(&tr!("entry on line {line} is not an object", line)),
            Why::NoKey => f.write_str(&tr!("entry on line {line} has no lookup__id", line)),
            Why::WrongKey => f.write_str(&tr!(
                "entry on line {line} has an id or lookup__id that no custom field has",
                line
            )),
            Why::NoLabel(None) => {
                f.write_str(&tr!("entry on line {line} has no \"key\", which holds the label", line))
            }
            Why::NoLabel(Some(other)) => f.write_str(&tr!(
                "entry on line {line} has its label under \"{other}\" instead of \"key\"",
                line,
                other
            )),
            Why::NotAKey(word) => {
                f.write_str(&tr!("entry on line {line}: \"{word}\" is not a custom field's id", line, word))
            }
            Why::ListInside(word) => f.write_str(&tr!(
                "entry on line {line}: \"{word}\" is not a custom field's id; save the list in it alone",
                line,
                word
            )),
            Why::Swapped => f.write_str(&tr!(
                "entry on line {line} has its label before its id; write the id first",
                line
            )),
            Why::NotALabel => f.write_str(&tr!("entry on line {line} has a label that is not text", line)),
            Why::Twice(key) => f.write_str(&tr!(
                "entry on line {line} is a second one for {key}; the first counts",
                line,
                key
            )),
            Why::More(count) => {
                f.write_str(&tr!("{count} more such entries from line {line} on", count, line))
            }
            Why::Part { read, of: Some(of) } => {
                f.write_str(&tr!("it is one page of several: {read} of {of} fields", read, of))
            }
            Why::Part { read: 1, of: None } => f.write_str(&tr!("it is one page of several: 1 field")),
            Why::Part { read, of: None } => {
                f.write_str(&tr!("it is one page of several: {read} fields", read))
            }
        }
    }
}

/// Why a text is not a mapping at all, or one without a label. It tells the place, never what is there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAMapping {
    /// Something that JSON does not have, such as two entries without a comma between them.
    #[error("{}", tr!("the JSON is broken at line {line}, column {column}", line, column))]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// The text ends before its brackets are closed.
    #[error("{}", tr!("the JSON ends too early, at line {line}, column {column}", line, column))]
    Early {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// Nothing but white space.
    #[error("{}", tr!("there is nothing in it"))]
    Empty,
    /// A list without an entry.
    #[error("{}", tr!("the list in it is empty"))]
    EmptyList,
    /// An object without a member.
    #[error("{}", tr!("the object in it is empty"))]
    EmptyObject,
    /// An entry that is not in a list.
    #[error("{}", tr!("it is one custom field by itself; write it in a list: [ … ]"))]
    OneEntry,
    /// Entries of which none gives a label.
    #[error("{}", without_label(*.entries, .first.as_ref()))]
    NoLabel {
        /// How many entries there are.
        entries: usize,
        /// The first one that was left out. `None` when all have a key, and an empty label.
        first: Option<BadEntry>,
    },
    /// A single string, number, `true`, `false` or `null`.
    #[error("{}", tr!("it is neither a list of custom fields nor an object of labels"))]
    Shape,
    /// More than 4 MiB.
    #[error("{}", tr!("it is larger than 4 MiB, which no list of custom fields is"))]
    TooLarge,
}

fn without_label(entries: usize, first: Option<&BadEntry>) -> String {
    let none = if entries == 1 {
        tr!("its only entry gives no label")
    } else {
        tr!("none of its {entries} entries gives a label", entries)
    };
    first.map_or_else(|| tr!("{none}, since all labels are empty", none), |first| format!("{none}: {first}"))
}

impl NotAMapping {
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
pub(super) fn read(json: &str) -> Result<(Vec<CustomField>, Vec<BadEntry>), NotAMapping> {
    if json.len() > LARGEST {
        return Err(NotAMapping::TooLarge);
    }
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let broken = |error: serde_json::Error| NotAMapping::at_error(&error, json);
    let mut sorted = Sorted::new(json);
    match json.trim_ascii_start().bytes().next() {
        None => return Err(NotAMapping::Empty),
        Some(b'[') => sorted.take_list(json).map_err(broken)?,
        Some(b'{') => {
            let envelope = Envelope::read(json).map_err(broken)?;
            match envelope.results {
                Some(list) => {
                    sorted.take_list(list).map_err(broken)?;
                    sorted.note_other_pages(&envelope, list);
                }
                None if listed(json).is_ok() => return Err(NotAMapping::OneEntry),
                None => {
                    json::members(json, |key, label| sorted.take(label, labelled(&key, label)))
                        .map_err(broken)?;
                    if sorted.entries == 0 {
                        return Err(NotAMapping::EmptyObject);
                    }
                }
            }
        }
        Some(_) => {
            json::check(json).map_err(broken)?;
            return Err(NotAMapping::Shape);
        }
    }
    sorted.into_fields()
}

/// What a paginated list is in. It is read as the list in it.
#[derive(Default)]
struct Envelope<'a> {
    results: Option<&'a str>,
    count: Option<u64>,
    has_next: bool,
}

impl<'a> Envelope<'a> {
    /// Reads all of `json`, whose `results` are `None` unless they are a list.
    fn read(json: &'a str) -> Result<Self, serde_json::Error> {
        let mut envelope = Self::default();
        json::members(json, |key, value| match &*key {
            "results" => envelope.results = Some(value).filter(|value| json::shape(value) == Shape::List),
            "count" => envelope.count = value.parse().ok(),
            "next" => envelope.has_next = json::shape(value) == Shape::Text,
            _ => {}
        })?;
        Ok(envelope)
    }
}

/// One entry of the list that Cube answers with.
fn listed(entry: &str) -> Result<CustomField, Why> {
    let mut members = Vec::new();
    json::members(entry, |key, value| members.push((key, value))).map_err(|_| Why::NotAnObject)?;
    // Of a name that comes twice the last value counts, as in a record.
    let member = |name| members.iter().rev().find(|(known, _)| known == name).map(|(_, json)| *json);
    let string = |name| member(name).and_then(json::text).map(Cow::into_owned);
    let lookup_id = string("lookup__id").filter(|key| !key.is_empty());
    let id = string("id").or_else(|| member("id").map(str::to_owned)).filter(|id| !id.is_empty());
    let of_id = |id: &String| is_id(id).then(|| format!("{CUSTOM_PREFIX}{id}"));
    let key = lookup_id.clone().filter(|key| is_key(key)).or_else(|| id.as_ref().and_then(of_id));
    let no_key = if lookup_id.or(id).is_some() { Why::WrongKey } else { Why::NoKey };
    let others = ["name", "label", "title"];
    let no_label = || Why::NoLabel(others.into_iter().find(|other| string(other).is_some()));
    Ok(CustomField {
        key: key.ok_or(no_key)?,
        label: label(member("key").ok_or_else(no_label)?)?,
        kind: kind(string("type").unwrap_or_default()),
        max_length: member("max_length").and_then(|json| json.parse().ok()).filter(|&length| length > 0),
        hint: string("hint").unwrap_or_default().into(),
        is_added: false,
    })
}

/// One member of a plain object of labels.
fn labelled(key: &str, json: &str) -> Result<CustomField, Why> {
    let key = if is_id(key) { format!("{CUSTOM_PREFIX}{key}") } else { key.to_owned() };
    if !is_key(&key) {
        let is_swapped = json::text(json).is_some_and(|text| is_key(&text) || is_id(&text)) || is_id(json);
        return Err(match json::shape(json) {
            _ if is_swapped => Why::Swapped,
            Shape::List => Why::ListInside(short(&key)),
            _ => Why::NotAKey(short(&key)),
        });
    }
    Ok(CustomField {
        key,
        label: label(json)?,
        kind: Kind::Text,
        max_length: None,
        hint: "".into(),
        is_added: false,
    })
}

fn label(json: &str) -> Result<RawText<'static>, Why> {
    match json {
        "null" => Ok("".into()),
        json => json::text(json).map(|label| label.into_owned().into()).ok_or(Why::NotALabel),
    }
}

/// Whether a text is a number as Cube's ids are.
fn is_id(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether records may have a custom field under this key.
fn is_key(text: &str) -> bool {
    let id = text.strip_prefix(CUSTOM_PREFIX).unwrap_or_default();
    !id.is_empty() && text.len() <= LONGEST_KEY && !id.contains(char::is_whitespace)
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
    entries: usize,
    fields: Vec<CustomField>,
    keys: HashSet<String>,
    bad: Vec<BadEntry>,
}

impl<'a> Sorted<'a> {
    fn new(json: &'a str) -> Self {
        let lines = Lines::new(json);
        Self { lines, entries: 0, fields: Vec::new(), keys: HashSet::new(), bad: Vec::new() }
    }

    fn take_list(&mut self, list: &str) -> Result<(), serde_json::Error> {
        json::entries(list, |entry| self.take(entry, listed(entry)))
    }

    /// Takes what became of `entry`, a slice of the text behind those taken before.
    fn take(&mut self, entry: &str, read: Result<CustomField, Why>) {
        self.entries += 1;
        let why = match read {
            Ok(field) => {
                if self.keys.insert(field.key.clone()) {
                    return self.fields.push(field);
                }
                Why::Twice(short(&field.key))
            }
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

    /// Notes that the list in an envelope is not the whole one.
    fn note_other_pages(&mut self, envelope: &Envelope<'_>, list: &str) {
        let of = envelope.count.filter(|&count| count > self.entries as u64);
        if self.entries > 0 && (envelope.has_next || of.is_some()) {
            let why = Why::Part { read: self.entries, of };
            self.bad.push(BadEntry { line: self.lines.line_of(list), why });
        }
    }

    /// The fields and what was left out, if there is a label in any of them.
    fn into_fields(self) -> Result<(Vec<CustomField>, Vec<BadEntry>), NotAMapping> {
        let Self { entries, fields, bad, .. } = self;
        let has_label = |field: &CustomField| !clean_label(&field.label).as_str().trim().is_empty();
        match entries {
            0 => Err(NotAMapping::EmptyList),
            _ if fields.iter().any(has_label) => Ok((fields, bad)),
            _ => {
                let first = bad.into_iter().find(|bad| !matches!(bad.why, Why::Part { .. }));
                Err(NotAMapping::NoLabel { entries, first })
            }
        }
    }
}
