//! Which fields an export has, in which order, and what the header row calls them.

use crate::fields::{FieldMap, Kind, NotAField};
use crate::text::{self, Place, SafeText};
use std::collections::{HashMap, HashSet};

/// What the header row says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Headers {
    /// What a person calls the field, no two the same.
    #[default]
    Labels,
    /// The field's key in a record.
    Keys,
}

/// One field of every customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The key that records have it under.
    pub key: String,
    /// What stands above it.
    pub header: String,
    /// What its values are, as the mapping says; text where it does not.
    pub kind: Kind,
}

/// The columns in their order, no key twice.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    all: Vec<Column>,
    places: HashMap<String, usize>,
    are_all: bool,
}

/// Which columns are wanted, as typed: words divided by commas, in quotes where a label has a comma.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice(Vec<String>);

/// A column that is not to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadColumns {
    /// No word at all.
    #[error("--columns names no column, for example: --columns id,name,\"Phone 1\"")]
    None,
    /// A word that means no field.
    #[error("{0}; cubedex fields lists them")]
    NotAField(NotAField),
}

/// The word for all fields.
const ALL: &str = "all";
/// The word for the fields that have a column in the list's schema.
const STANDARD: &str = "standard";

impl Choice {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`BadColumns::None`] when there is no word in it.
    pub fn read(line: &str) -> Result<Self, BadColumns> {
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(::csv::Trim::All)
            .from_reader(line.as_bytes());
        let words: Vec<String> = reader
            .records()
            .flatten()
            .flat_map(|words| words.iter().map(str::to_owned).collect::<Vec<_>>())
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() { Err(BadColumns::None) } else { Ok(Self(words)) }
    }

    /// All fields.
    #[must_use]
    pub fn all() -> Self {
        Self(vec![ALL.to_owned()])
    }

    /// The fields of these keys.
    #[must_use]
    pub fn of(keys: Vec<String>) -> Self {
        Self(keys)
    }

    /// Whether all fields are wanted, so that it matters which the customers have.
    #[must_use]
    pub fn wants_all(&self) -> bool {
        self.0.iter().any(|word| word == ALL)
    }
}

impl Columns {
    /// The columns of a choice: `all` means the schema's fields, the mapping's in its order, and those that only
    /// the records have, whose keys are `seen`.
    ///
    /// # Errors
    /// [`BadColumns::NotAField`] for a word that means no field.
    pub fn choose(
        choice: &Choice,
        fields: &FieldMap,
        seen: &[String],
        headers: Headers,
    ) -> Result<Self, BadColumns> {
        let mut keys: Vec<String> = Vec::new();
        for word in &choice.0 {
            keys.extend(meant(word, fields, seen)?);
        }
        Ok(Self { are_all: choice.wants_all(), ..Self::of_keys(keys, fields, headers) })
    }

    /// A column for each of the keys, none twice.
    #[must_use]
    pub fn of_keys(mut keys: Vec<String>, fields: &FieldMap, headers: Headers) -> Self {
        let mut known = HashSet::new();
        keys.retain(|key| known.insert(key.clone()));
        let mut taken = HashSet::new();
        let columns: Vec<Column> = keys
            .into_iter()
            .map(|key| {
                let header =
                    if headers == Headers::Keys { key.clone() } else { label(&key, fields, &mut taken) };
                let kind = fields.get(&key).map_or(Kind::Text, |field| field.kind.clone());
                Column { key, header, kind }
            })
            .collect();
        let places = columns.iter().enumerate().map(|(at, column)| (column.key.clone(), at)).collect();
        Self { all: columns, places, are_all: false }
    }

    /// The columns from the left.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Column> {
        self.all.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Which column a key has, from 0. `None` iff it has none.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// Whether all fields are wanted.
    #[must_use]
    pub fn are_all(&self) -> bool {
        self.are_all
    }
}

/// The keys that a word means.
fn meant(word: &str, fields: &FieldMap, seen: &[String]) -> Result<Vec<String>, BadColumns> {
    let standard = || fields.schema().columns.iter().map(|column| column.key.to_owned());
    if word == ALL {
        let mapped = fields.fields().map(|field| field.key.clone());
        return Ok(standard().chain(mapped).chain(seen.iter().cloned()).collect());
    }
    if word == STANDARD {
        return Ok(standard().collect());
    }
    fields.keys_of(word).map_err(BadColumns::NotAField)
}

/// What a person calls the field under `key`, with its id where another column is called so too.
fn label(key: &str, fields: &FieldMap, taken: &mut HashSet<String>) -> String {
    let title = fields.schema().column_of(key).map(|column| column.title.to_owned());
    let label = title.or_else(|| fields.label(key).map(|label| label.to_string()));
    let label = label.unwrap_or_else(|| safe(key).to_string());
    let is_standard = |label: &str| fields.column_named(label).is_some_and(|column| column.key != key);
    let label = if taken.contains(&label) || is_standard(&label) {
        format!("{label} ({})", fields.number_of(key))
    } else {
        label
    };
    taken.insert(label.clone());
    label
}

fn safe(text: &str) -> SafeText<'static> {
    text::clean_str(text, Place::Message).into_owned()
}
