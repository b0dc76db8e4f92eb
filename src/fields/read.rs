//! Reads a mapping from JSON: entry by entry, so that one of the wrong shape does not lose the others.

use crate::cube::CUSTOM_PREFIX;
use crate::fields::{CustomField, Kind};
use crate::text::{self, Place, RawText};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashSet;
use std::fmt;

/// An entry that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEntry {
    /// The line of the file on which it begins, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with an entry of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Not an object with an `id` or `lookup__id` and a `key`.
    Shape,
    /// Neither a `lookup__id` nor a number as `id`.
    NoKey,
    /// The label is not a text.
    NoLabel,
    /// An entry before it has the same key.
    Twice(String),
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.why {
            Why::Shape => f.write_str("an entry that is no custom field was left out"),
            Why::NoKey => f.write_str("an entry without lookup__id was left out"),
            Why::NoLabel => f.write_str("an entry whose label is no text was left out"),
            Why::Twice(key) => write!(
                f,
                "{} is there twice; the first counts",
                text::clean(&key.as_str().into(), Place::Message)
            ),
        }
    }
}

/// Text that is not a mapping at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BrokenSyntax {
    /// Not JSON from here on.
    #[error("not JSON from line {line}, column {column} on")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
    /// JSON, but neither a list nor an object.
    #[error("neither a list of custom fields nor an object of labels")]
    Shape,
}

impl From<serde_json::Error> for BrokenSyntax {
    /// Keeps the place alone: the parser's words hold a piece of the text.
    fn from(error: serde_json::Error) -> Self {
        Self::Json { line: error.line(), column: error.column() }
    }
}

/// The fields of a mapping in its order, and what was left out.
pub(super) fn mapping(json: &str) -> Result<(Vec<CustomField>, Vec<BadEntry>), BrokenSyntax> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let whole: &RawValue = serde_json::from_str(json)?;
    let entries: Vec<(usize, Result<CustomField, Why>)> = match whole.get().bytes().next() {
        Some(b'[') => {
            let entries: Vec<&RawValue> = serde_json::from_str(json)?;
            entries.into_iter().map(|entry| (line_of(entry, json), listed(entry))).collect()
        }
        Some(b'{') => {
            let Labels(labels) = serde_json::from_str(json)?;
            labels.into_iter().map(|(key, label)| (line_of(label, json), labelled(key, label))).collect()
        }
        _ => return Err(BrokenSyntax::Shape),
    };
    let (mut fields, mut bad, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (line, entry) in entries {
        match entry {
            Ok(field) if seen.insert(field.key.clone()) => fields.push(field),
            Ok(field) => bad.push(BadEntry { line, why: Why::Twice(field.key) }),
            Err(why) => bad.push(BadEntry { line, why }),
        }
    }
    Ok((fields, bad))
}

/// An entry of the array, as Cube sends it.
#[derive(Deserialize)]
struct Listed {
    id: Option<Value>,
    key: Option<Value>,
    r#type: Option<Value>,
    max_length: Option<Value>,
    hint: Option<Value>,
    #[serde(rename = "lookup__id")]
    lookup_id: Option<Value>,
}

fn listed(entry: &RawValue) -> Result<CustomField, Why> {
    if !entry.get().starts_with('{') {
        return Err(Why::Shape);
    }
    let entry: Listed = serde_json::from_str(entry.get()).map_err(|_| Why::Shape)?;
    let key = match (text_of(entry.lookup_id), entry.id) {
        (Some(key), _) if !key.is_empty() => key,
        (_, Some(Value::Number(id))) if id.is_u64() => format!("{CUSTOM_PREFIX}{id}"),
        (_, Some(Value::String(id))) if is_number(&id) => format!("{CUSTOM_PREFIX}{id}"),
        _ => return Err(Why::NoKey),
    };
    let label = match entry.key {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(label)) => label,
        Some(_) => return Err(Why::NoLabel),
    };
    Ok(CustomField {
        key,
        label: RawText::from(label),
        kind: kind(text_of(entry.r#type)),
        max_length: entry.max_length.and_then(|length| length.as_u64()),
        hint: RawText::from(text_of(entry.hint).unwrap_or_default()),
    })
}

fn labelled(key: String, label: &RawValue) -> Result<CustomField, Why> {
    let Ok(label) = serde_json::from_str::<String>(label.get()) else {
        return Err(Why::NoLabel);
    };
    let key = if is_number(&key) { format!("{CUSTOM_PREFIX}{key}") } else { key };
    if !key.starts_with(CUSTOM_PREFIX) {
        return Err(Why::NoKey);
    }
    let hint = RawText::from("");
    Ok(CustomField { key, label: RawText::from(label), kind: Kind::Text, max_length: None, hint })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn text_of(value: Option<Value>) -> Option<String> {
    match value {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

fn kind(word: Option<String>) -> Kind {
    match word.as_deref().map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "text" | "string" | "char") => Kind::Text,
        Some("integer" | "int") => Kind::Integer,
        Some("date") => Kind::Date,
        Some(_) => Kind::Other(word.unwrap_or_default()),
    }
}

/// The line on which a slice of `json` begins.
fn line_of(part: &RawValue, json: &str) -> usize {
    let offset = part.get().as_ptr().addr().saturating_sub(json.as_ptr().addr());
    1 + json.as_bytes().iter().take(offset).filter(|&&byte| byte == b'\n').count()
}

/// The members of an object in their order, twice-named ones too.
struct Labels<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Labels<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> serde::de::Visitor<'de> for Members {
            type Value = Labels<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of labels")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Labels(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}
