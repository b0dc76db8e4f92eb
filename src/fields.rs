//! What the custom fields are called: the CustomerCustomFields mapping, from a file or from Cube.
//!
//! A record names a custom field by its key (`crm__custom_info__17`); the mapping gives the key a label, a kind and
//! a place in the order. It knows no records: which keys are in use without a label is not asked here.

pub mod file;
mod labels;
mod lines;
mod mapping;
mod named;
mod order;
mod source;
mod standard;
pub mod time;
mod unfit;
pub mod value;

#[cfg(test)]
mod tests;

pub use labels::{BadSource, Labels};
pub use mapping::{BadEntry, NotAMapping, Why};
pub use named::NotAField;
pub use order::Position;
pub use source::Source;
pub use unfit::{Unfit, unfit};

use crate::cube::{CUSTOM_PREFIX, Schema};
use crate::text::{self, Place, RawText, SafeText};
use std::collections::HashMap;
use std::sync::Arc;

/// What a custom field holds, as the mapping's `type` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Any text; also where the mapping names no type.
    Text,
    /// A whole number.
    Integer,
    /// A number that may have decimals.
    Number,
    /// A day, which Cube writes `1948-01-01`.
    Date,
    /// A type that is not known here, in the mapping's own word. Its values are read as text.
    Other(RawText<'static>),
}

/// One custom field of the mapping.
#[derive(Debug, Clone)]
pub struct CustomField {
    /// The key that records have it under, such as `crm__custom_info__17`.
    pub key: String,
    /// What a person calls it, as the mapping says; `""` where it says nothing. [`FieldMap::label`] is its clean form.
    pub label: RawText<'static>,
    /// What it holds.
    pub kind: Kind,
    /// How many characters Cube takes. `None` where the mapping gives no number above 0.
    pub max_length: Option<u64>,
    /// The mapping's advice on filling it in, often `""`.
    pub hint: RawText<'static>,
    /// Whether it comes from what was added to other fields: see [`FieldMap::over`].
    pub is_added: bool,
}

/// What the fields of a list's records are called: the schema's columns by their titles, custom fields by the mapping's
/// labels, with their kind and order. The default has no custom field; a clone is another handle to the same fields.
#[derive(Debug, Clone, Default)]
pub struct FieldMap {
    mapping: Arc<Mapping>,
    schema: &'static Schema,
}

#[derive(Debug, Clone, Default)]
struct Mapping {
    /// In the mapping's order.
    fields: Vec<CustomField>,
    /// What each field is shown as, at the same place; `""` where it has no label.
    names: Vec<Name>,
    places: HashMap<String, usize>,
    /// What these fields were added to. `None` where they stand alone.
    below: Option<FieldMap>,
}

/// What a field is shown as.
#[derive(Debug, Clone, Default)]
struct Name {
    shown: SafeText<'static>,
    /// The search forms that mean this field: of its label, and of what is shown where the two differ.
    folded: Vec<String>,
}

impl FieldMap {
    /// Reads what Cube's labels route answers with, or a plain object: `{"17": "Class"}`, also with whole keys. A
    /// byte order mark is passed over, and of an object with a list under `results` that list is read. Entries of
    /// another shape are left out and named; the rest is kept.
    ///
    /// # Errors
    /// [`NotAMapping`] when the text is not JSON, or JSON without a single label.
    pub fn read(json: &str) -> Result<(Self, Vec<BadEntry>), NotAMapping> {
        let (fields, bad) = mapping::read(json)?;
        Ok((Self::new(fields), bad))
    }

    /// Takes fields that all have different keys.
    fn new(fields: Vec<CustomField>) -> Self {
        let names = names(&fields);
        let places = fields.iter().enumerate().map(|(at, field)| (field.key.clone(), at));
        let mapping = Arc::new(Mapping { places: places.collect(), names, fields, below: None });
        Self { mapping, ..Self::default() }
    }

    /// These fields, then those that `below` alone has. What these do not say of a field, such as its kind, is as below.
    #[must_use]
    pub fn over(&self, below: &Self) -> Self {
        let added = self.fields().filter(|field| field.is_added || self.below().is_none()).map(|field| {
            let known = below.position(&field.key).and_then(|at| below.mapping.fields.get(at));
            let mut field = CustomField { is_added: true, ..field.clone() };
            if let Some(known) = known {
                if field.kind == Kind::Text {
                    field.kind = known.kind.clone();
                }
                field.max_length = field.max_length.or(known.max_length);
                if field.hint.as_raw().is_empty() {
                    field.hint = known.hint.clone();
                }
                if field.label.as_raw().is_empty() {
                    field = known.clone();
                }
            }
            field
        });
        let added: Vec<CustomField> = added.collect();
        let is_added = |key: &str| added.iter().any(|field| field.key == key);
        let rest: Vec<CustomField> = below.fields().filter(|field| !is_added(&field.key)).cloned().collect();
        let merged = Self::new(added.into_iter().chain(rest).collect());
        let Mapping { fields, names, places, .. } = Arc::unwrap_or_clone(merged.mapping);
        let mapping = Mapping { fields, names, places, below: Some(below.clone()) };
        Self { mapping: Arc::new(mapping), schema: self.schema }
    }

    /// What these fields were added to. `None` where they stand alone.
    #[must_use]
    pub fn below(&self) -> Option<&Self> {
        self.mapping.below.as_ref()
    }

    /// The same fields for the records of a list with this schema.
    #[must_use]
    pub fn of(&self, schema: &'static Schema) -> Self {
        Self { mapping: Arc::clone(&self.mapping), schema }
    }

    /// What the records are.
    #[must_use]
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// The fields in the mapping's order, those without a label among them.
    #[must_use]
    pub fn fields(&self) -> impl ExactSizeIterator<Item = &CustomField> {
        self.mapping.fields.iter()
    }

    /// How many fields the mapping has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.mapping.fields.len()
    }

    /// Whether there is no mapping, or one without a field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mapping.fields.is_empty()
    }

    /// The field that records have under `key`. `None` iff it is not in the mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&CustomField> {
        self.mapping.fields.get(self.position(key)?)
    }

    /// Where in the mapping's order `key` stands, from 0. `None` iff it is not in the mapping.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        self.mapping.places.get(key).copied()
    }

    /// What a person calls `key`, at most 200 characters and what makes it unlike all others: of two fields that
    /// are both called Address, one is "Address (64)". `None` iff the mapping has no label for it.
    #[must_use]
    pub fn label(&self, key: &str) -> Option<SafeText<'static>> {
        let shown = &self.mapping.names.get(self.position(key)?)?.shown;
        (!shown.as_str().is_empty()).then(|| shown.clone())
    }

    /// The id in a custom field's key, in or out of the mapping, as it may be shown; any other key as a whole.
    #[must_use]
    pub fn number_of(&self, key: &str) -> String {
        clean_id(key).to_string()
    }

    /// The keys of all fields that `word` means: by label, as in the mapping or as shown (case and accents do not
    /// matter), by key, or by the id in the key. Empty when it means none.
    #[must_use]
    pub fn named(&self, word: &str) -> Vec<String> {
        let word = word.trim();
        let folded = search_form(word);
        let is_meant = |(field, name): &(&CustomField, &Name)| {
            field.key == word || id(&field.key) == word || name.folded.contains(&folded)
        };
        let fields = self.mapping.fields.iter().zip(&self.mapping.names);
        fields.filter(is_meant).map(|(field, _)| field.key.clone()).collect()
    }
}

/// What tells one custom field from another within an account: what follows the prefix of its key.
fn id(key: &str) -> &str {
    key.strip_prefix(CUSTOM_PREFIX).unwrap_or(key)
}

/// What each field is shown as, no two the same.
fn names(fields: &[CustomField]) -> Vec<Name> {
    let labels: Vec<SafeText<'_>> = fields.iter().map(|field| clean_label(&field.label)).collect();
    let mut shown: Vec<String> = labels.iter().map(|label| label.as_str().trim().to_owned()).collect();
    let mut has_id = vec![false; fields.len()];
    // A label with an id behind it can be what another field is called, so this goes on until no two are alike.
    loop {
        let alike = alike(&shown);
        let mut is_settled = true;
        for (at, field) in fields.iter().enumerate() {
            if alike[at] && !has_id[at] {
                shown[at] = format!("{} ({})", shown[at], clean_id(&field.key));
                has_id[at] = true;
                is_settled = false;
            }
        }
        if is_settled {
            break;
        }
    }
    let labels = labels.iter().map(SafeText::as_str);
    labels.zip(&shown).map(|(label, shown)| name(label, shown)).collect()
}

/// For each name, whether another field has it too. An empty one is no name.
fn alike(names: &[String]) -> Vec<bool> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for name in names {
        *times.entry(name).or_default() += 1;
    }
    let is_alike =
        |name: &String| !name.is_empty() && times.get(name.as_str()).is_some_and(|&times| times > 1);
    names.iter().map(is_alike).collect()
}

fn name(label: &str, shown: &str) -> Name {
    let mut folded = vec![search_form(label), search_form(shown)];
    folded.dedup();
    folded.retain(|folded| !folded.is_empty());
    Name { shown: text::clean_str(shown, Place::Row).into_owned(), folded }
}

/// A label on one line, and short enough for an id to fit behind it in a row.
fn clean_label<'a>(label: &'a RawText<'_>) -> SafeText<'a> {
    text::clean(label, Place::Message)
}

fn clean_id(key: &str) -> SafeText<'_> {
    text::clean_str(id(key), Place::Message)
}

fn search_form(text: &str) -> String {
    text::fold(text).trim().to_owned()
}
