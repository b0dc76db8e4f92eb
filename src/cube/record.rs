//! One customer as Cube sent it: key order, the spelling of numbers and unknown keys are kept.
//! A record is text known to be a JSON object; its fields are read out of that text when they are asked for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use crate::cube::schema::{CUSTOMERS, ColumnKind, Schema};
use crate::json::{self, Shape};
use crate::text::RawText;

/// What the key of every custom field begins with; the field's id follows it.
pub const CUSTOM_PREFIX: &str = "crm__custom_info__";

/// The six fields that every customer has, in Cube's order, and that a search looks at first. Which key of a list's
/// records fills each follows from the [`Schema`]; the names are those that customers have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StandardField {
    /// The customer's id: a string of digits, `""` when the customer is anonymised.
    Id,
    /// The name of a person or a company.
    Name,
    /// The first phone number, in any spelling.
    Phone1,
    /// The second phone number.
    Phone2,
    /// The third phone number.
    Phone3,
    /// The e-mail address.
    Email,
}

impl StandardField {
    /// All six, in the order in which Cube writes them.
    pub const ALL: [Self; 6] = [Self::Id, Self::Name, Self::Phone1, Self::Phone2, Self::Phone3, Self::Email];

    /// The field's key in a customer's record.
    #[must_use]
    pub fn key(self) -> &'static str {
        CUSTOMERS.column(self).map_or("", |column| column.key)
    }

    /// What its values are.
    #[must_use]
    pub const fn kind(self) -> ColumnKind {
        match self {
            Self::Id => ColumnKind::Id,
            Self::Name => ColumnKind::Name,
            Self::Phone1 | Self::Phone2 | Self::Phone3 => ColumnKind::Phone,
            Self::Email => ColumnKind::Email,
        }
    }

    /// The field of a customer whose key this is; `None` for custom fields and for keys that are not known.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        CUSTOMERS.field_of(key)
    }
}

/// One record: the text of a JSON object, borrowed from its page or owned. It is a customer unless it comes from a
/// list of other records.
#[derive(Clone)]
pub struct Record<'a> {
    json: Cow<'a, str>,
    schema: &'static Schema,
}

impl<'a> Record<'a> {
    /// Takes `json` as a customer; `None` unless it is one well-formed JSON object.
    #[must_use]
    pub fn new(json: impl Into<Cow<'a, str>>) -> Option<Self> {
        let json = json.into();
        (json::shape(&json) == Shape::Object && json::check(&json).is_ok())
            .then_some(Self { json, schema: &CUSTOMERS })
    }

    /// Takes text that was already found to be an object, well-formed but for words that are no numbers, without
    /// reading it again.
    pub(super) const fn known(json: &'a str, schema: &'static Schema) -> Self {
        Self { json: Cow::Borrowed(json), schema }
    }

    /// The same text as a record of a list with this schema.
    #[must_use]
    pub fn with_schema(self, schema: &'static Schema) -> Self {
        Self { schema, ..self }
    }

    /// Takes the text of a customer that was read before; it is not checked again.
    #[must_use]
    pub fn again(json: String) -> Record<'static> {
        Record { json: Cow::Owned(json), schema: &CUSTOMERS }
    }

    /// What it is a record of.
    #[must_use]
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// The object's text as sent.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.json
    }

    /// The object's text as JSON has it: `null` in place of `NaN` and `Infinity`.
    #[must_use]
    pub fn as_strict_json(&self) -> Cow<'_, str> {
        strict_json(&self.json)
    }

    /// The same record with keys and values of more than 64 KiB cut to that. `None` when it has none.
    #[must_use]
    pub fn shortened(&self) -> Option<Record<'static>> {
        let short = json::with_short_members(&self.json, LONGEST_SHOWN)?;
        Some(Record { json: Cow::Owned(short), schema: self.schema })
    }

    /// The same record without a copy of its text.
    #[must_use]
    pub fn borrow(&self) -> Record<'_> {
        Record::known(&self.json, self.schema)
    }

    /// The same record on its own, free of its page.
    #[must_use]
    pub fn into_owned(self) -> Record<'static> {
        Record { json: Cow::Owned(self.json.into_owned()), schema: self.schema }
    }

    /// All fields in Cube's order; of a key that comes twice the last value counts, at the first one's place.
    #[must_use]
    pub fn fields(&self) -> Vec<Field<'_>> {
        let mut sent = Vec::new();
        self.each(|key, value| sent.push((key, value)));
        let mut last: HashMap<&str, &str> = sent.iter().map(|(key, value)| (&**key, *value)).collect();
        let kept: Vec<Option<&str>> = sent.iter().map(|(key, _)| last.remove(&**key)).collect();
        sent.into_iter()
            .zip(kept)
            .filter_map(|((key, _), value)| {
                let json = value?;
                Some(Field { key: key.into(), value: Value::read(json), json: json.into() })
            })
            .collect()
    }

    /// The text of the values under `keys`, in their order and read in one pass: `""` for what is null, empty or not
    /// there.
    #[must_use]
    pub fn texts<'r>(&'r self, keys: &[&str]) -> Vec<RawText<'r>> {
        let mut texts = Texts::of(keys);
        self.each(|key, value| texts.take(&key, value));
        texts.texts
    }

    /// Both [`standard`](Self::standard) and [`texts`](Self::texts), read in one pass.
    #[must_use]
    pub fn standard_and_texts<'r>(&'r self, keys: &[&str]) -> (Standard<'r>, Vec<RawText<'r>>) {
        let (mut standard, mut texts) = (Standard::default(), Texts::of(keys));
        self.each(|key, value| {
            standard.take(self.schema, &key, value);
            texts.take(&key, value);
        });
        (standard, texts.texts)
    }

    /// The six standard fields as text, read in one pass.
    #[must_use]
    pub fn standard(&self) -> Standard<'_> {
        let mut standard = Standard::default();
        self.each(|key, value| standard.take(self.schema, &key, value));
        standard
    }

    /// Whether the record has an id at all, be its value empty or null.
    pub(super) fn has_id(&self) -> bool {
        json::has_key(&self.json, self.schema.id_key())
    }

    /// Calls `member` with each key and the JSON text of its value, in Cube's order, repeated keys and all.
    pub fn each<'r>(&'r self, member: impl FnMut(Cow<'r, str>, &'r str)) {
        json::known_members(&self.json, member);
    }
}

/// The texts of the values under some keys, as they are met.
struct Texts<'k, 'r> {
    keys: &'k [&'k str],
    texts: Vec<RawText<'r>>,
}

impl<'k, 'r> Texts<'k, 'r> {
    fn of(keys: &'k [&'k str]) -> Self {
        Self { keys, texts: keys.iter().map(|_| RawText::from("")).collect() }
    }

    /// Takes a member of a record, if its key is wanted.
    fn take(&mut self, key: &str, json: &'r str) {
        let wanted = self.keys.iter().zip(&mut self.texts).filter(|(wanted, _)| **wanted == key);
        wanted.for_each(|(_, text)| *text = Value::text_of(json));
    }
}

/// A longer key or value, in bytes of JSON, is kept as it was sent and cut for everything that a person sees or searches.
const LONGEST_SHOWN: usize = 64 * 1024;

/// The text of a record or of one of its values as JSON has it: `null` in place of `NaN` and `Infinity`.
#[must_use]
pub fn strict_json(json: &str) -> Cow<'_, str> {
    json::with_nulls(json)
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} bytes)", self.json.len())
    }
}

/// One key of a record with its value.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    /// The key as sent, such as `crm__custom_info__17`.
    pub key: RawText<'a>,
    /// The value as sent.
    pub value: Value<'a>,
    /// The value's JSON text, escapes and all.
    pub json: RawText<'a>,
}

/// A JSON value, with numbers, lists and objects as the text they were sent in.
#[derive(Clone)]
pub enum Value<'a> {
    /// `null`, which means no data, as `""` does.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in the spelling it was sent in: `233.0` and `233` differ. `NaN` and `Infinity` are among them.
    Number(&'a str),
    /// A string; a lone surrogate in it has become U+FFFD.
    Text(RawText<'a>),
    /// A list as JSON text.
    List(&'a str),
    /// An object as JSON text.
    Object(&'a str),
}

impl<'a> Value<'a> {
    /// Reads one well-formed JSON value, as those inside a record are.
    #[must_use]
    pub fn read(json: &'a str) -> Self {
        match json::shape(json) {
            Shape::Null => Self::Null,
            Shape::Bool => Self::Bool(json == "true"),
            Shape::Number => Self::Number(json),
            Shape::Text => Self::Text(json::text(json).unwrap_or_default().into()),
            Shape::List => Self::List(json),
            Shape::Object => Self::Object(json),
        }
    }

    /// A well-formed JSON value as [one text](Self::into_text).
    #[must_use]
    pub fn text_of(json: &'a str) -> RawText<'a> {
        Self::read(json).into_text()
    }

    /// Whether a JSON text says that there are no data: `null` or `""`, or nothing at all.
    #[must_use]
    pub fn is_no_data(json: &str) -> bool {
        matches!(json, "" | "null" | "\"\"")
    }

    /// The value as one text: strings without their quotes, null as `""`, all else as it was sent.
    #[must_use]
    pub fn into_text(self) -> RawText<'a> {
        match self {
            Self::Null => "".into(),
            Self::Bool(true) => "true".into(),
            Self::Bool(false) => "false".into(),
            Self::Text(text) => text,
            Self::Number(json) | Self::List(json) | Self::Object(json) => json.into(),
        }
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Bool(_) => "Bool",
            Self::Number(_) => "Number",
            Self::Text(_) => "Text",
            Self::List(_) => "List",
            Self::Object(_) => "Object",
        })
    }
}

/// The standard fields of one record as text; each is `""` when it is null, empty or not there.
#[derive(Debug, Clone)]
pub struct Standard<'a> {
    /// The id as sent: leading zeros stay, and a JSON number keeps its spelling.
    pub id: RawText<'a>,
    /// The name.
    pub name: RawText<'a>,
    /// The first phone number.
    pub phone_1: RawText<'a>,
    /// The second phone number.
    pub phone_2: RawText<'a>,
    /// The third phone number.
    pub phone_3: RawText<'a>,
    /// The e-mail address.
    pub email: RawText<'a>,
}

impl<'a> Standard<'a> {
    /// The text of one field, chosen at run time.
    #[must_use]
    pub const fn get(&self, field: StandardField) -> &RawText<'a> {
        match field {
            StandardField::Id => &self.id,
            StandardField::Name => &self.name,
            StandardField::Phone1 => &self.phone_1,
            StandardField::Phone2 => &self.phone_2,
            StandardField::Phone3 => &self.phone_3,
            StandardField::Email => &self.email,
        }
    }

    /// Takes a member of a record, if it is one of these fields.
    pub fn take(&mut self, schema: &Schema, key: &str, json: &'a str) {
        if let Some(field) = schema.field_of(key) {
            *self.place(field) = Value::text_of(json);
        }
    }

    const fn place(&mut self, field: StandardField) -> &mut RawText<'a> {
        match field {
            StandardField::Id => &mut self.id,
            StandardField::Name => &mut self.name,
            StandardField::Phone1 => &mut self.phone_1,
            StandardField::Phone2 => &mut self.phone_2,
            StandardField::Phone3 => &mut self.phone_3,
            StandardField::Email => &mut self.email,
        }
    }
}

impl Default for Standard<'_> {
    fn default() -> Self {
        let empty = || RawText::from("");
        Self {
            id: empty(),
            name: empty(),
            phone_1: empty(),
            phone_2: empty(),
            phone_3: empty(),
            email: empty(),
        }
    }
}
