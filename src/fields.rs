//! What the custom fields are called: the CustomerCustomFields mapping, from a file or from Cube.
//!
//! Cube's records name a custom field by a key (`crm__custom_info__17`); the mapping gives it a label, a kind and a
//! place in the order. A field without a label keeps its key.

pub mod file;
mod read;
pub mod value;

#[cfg(test)]
mod tests;

pub use read::{BadEntry, BrokenSyntax};

use crate::cube::CUSTOM_PREFIX;
use crate::text::{self, Place, RawText, SafeText};
use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// What a custom field holds, as Cube's `type` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A day.
    Date,
    /// Another kind, by Cube's own word; shown like a text.
    Other(String),
}

/// One custom field of the mapping.
#[derive(Debug, Clone)]
pub struct CustomField {
    /// The record's key, `crm__custom_info__17`.
    pub key: String,
    /// What a person calls it. Empty where the mapping gives no label.
    pub label: RawText<'static>,
    /// What it holds.
    pub kind: Kind,
    /// How many characters Cube takes. `None` where the mapping does not say.
    pub max_length: Option<u64>,
    /// What Cube says about filling it in. Often empty.
    pub hint: RawText<'static>,
}

/// Custom-field key → label, kind, order. A clone is another handle to the same mapping.
#[derive(Debug, Clone, Default)]
pub struct FieldMap(Arc<Mapping>);

#[derive(Debug, Default)]
struct Mapping {
    fields: Vec<CustomField>,
    by_key: HashMap<String, usize>,
    /// How many fields have a label, by the label as it is shown.
    shared: HashMap<String, usize>,
}

impl FieldMap {
    /// Reads the array that Cube's labels route answers with, or a plain object `{"17": "Class"}`. Entries of
    /// another shape are left out and named.
    ///
    /// # Errors
    /// Text that is not JSON, with the place where it stops being so.
    pub fn read(json: &str) -> Result<(Self, Vec<BadEntry>), BrokenSyntax> {
        let (fields, bad) = read::mapping(json)?;
        Ok((Self::new(fields), bad))
    }

    fn new(fields: Vec<CustomField>) -> Self {
        let by_key = fields.iter().enumerate().map(|(at, field)| (field.key.clone(), at)).collect();
        let mut shared = HashMap::new();
        for field in &fields {
            *shared.entry(shown(field).to_string()).or_default() += 1;
        }
        Self(Arc::new(Mapping { fields, by_key, shared }))
    }

    /// The fields, in the mapping's order.
    pub fn fields(&self) -> impl Iterator<Item = &CustomField> {
        self.0.fields.iter()
    }

    /// How many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.fields.len()
    }

    /// Whether there is no field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.fields.is_empty()
    }

    /// The field with this key. `None` iff the mapping does not have it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&CustomField> {
        self.0.fields.get(self.position(key)?)
    }

    /// Where in the mapping's order a key stands. `None` iff the mapping does not have it.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        self.0.by_key.get(key).copied()
    }

    /// What a key is called: its label, with the field's number where several have that label. `None` iff the
    /// mapping has no label for it.
    #[must_use]
    pub fn label(&self, key: &str) -> Option<SafeText<'static>> {
        let label = shown(self.get(key)?);
        if label.as_str().trim().is_empty() {
            return None;
        }
        let is_shared = self.0.shared.get(label.as_str()).is_some_and(|&fields| fields > 1);
        if !is_shared {
            return Some(label.into_owned());
        }
        let numbered = RawText::from(format!("{label} ({})", number(key)));
        Some(text::clean(&numbered, Place::Row).into_owned())
    }

    /// The number in a custom field's key, cleaned; the whole key where it has none.
    #[must_use]
    pub fn number_of(&self, key: &str) -> String {
        text::clean(&RawText::from(number(key)), Place::Row).to_string()
    }

    /// The keys of all the fields that `name` means: by label (case and accents do not matter), by key, or by the
    /// number in the key.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<String> {
        let folded = text::fold(name);
        let folded = folded.trim();
        let is_meant = |field: &&CustomField| {
            let by_label = !folded.is_empty() && text::fold(shown(field).as_str()).trim() == folded;
            let numbered =
                || self.label(&field.key).is_some_and(|label| text::fold(label.as_str()) == folded);
            by_label || field.key == name || number(&field.key) == name || numbered()
        };
        self.fields().filter(is_meant).map(|field| field.key.clone()).collect()
    }
}

/// What stands behind the prefix of a key: the field's number.
fn number(key: &str) -> &str {
    key.strip_prefix(CUSTOM_PREFIX).unwrap_or(key)
}

fn shown(field: &CustomField) -> SafeText<'_> {
    text::clean(&field.label, Place::Row)
}

/// Where the labels in use come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Source {
    /// The file that was named on the command line.
    Named(PathBuf),
    /// The account's file in the configuration folder.
    Folder(PathBuf),
    /// Cube's labels route.
    Cube,
    /// The demo's own file.
    Demo,
    /// Nowhere: fields are shown by their keys.
    #[default]
    Ids,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(path) | Self::Folder(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                write!(f, "labels from {}", text::clean(&name.as_ref().into(), Place::Message))
            }
            Self::Cube => f.write_str("labels from Cube"),
            Self::Demo => f.write_str("labels from the demo"),
            Self::Ids => f.write_str("no labels: custom fields are shown by their ids"),
        }
    }
}
