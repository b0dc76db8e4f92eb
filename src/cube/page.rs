//! One page of the list: its body once, and where in it each record lies.
//! What `next` says beyond "there is more" is not kept, and the page number is the one that was asked for.

use std::fmt;

use crate::cube::error::Kind;
use crate::cube::moment::Moment;
use crate::cube::odd::Odd;
use crate::cube::record::Record;
use crate::cube::schema::{CUSTOMERS, Schema};
use crate::cube::wire::Body;
use crate::json::{self, Shape};

/// One page of a list, as read.
pub struct Page {
    /// The number that was asked for, from 1.
    pub number: u32,
    /// How many records Cube says the list has; a hint, `None` when it says nothing usable.
    pub count: Option<u64>,
    /// Whether Cube names a page after this one.
    pub has_next: bool,
    /// The length of `results` as sent: left-out entries and duplicates count for the size of a page.
    pub entries: usize,
    /// The entries that are no records, by their place.
    pub left_out: Vec<LeftOut>,
    /// The values that are not what they should be.
    pub odd: Odd,
    /// When the answer had arrived whole.
    pub read: Moment,
    /// What the records are.
    pub schema: &'static Schema,
    body: String,
    spans: Vec<Span>,
}

/// An entry of `results` that is not a record. It names the place, never a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The entry's place in `results`, from 0.
    pub index: usize,
    /// What stands there instead of an object.
    pub found: NotARecord,
}

/// What an entry of `results` was, where a record should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotARecord {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A list.
    List,
    /// An object that has no id, not even an empty one.
    NoId,
    /// An object that is no JSON.
    NotJson,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = match self.found {
            NotARecord::Null => "null",
            NotARecord::Bool => "a boolean",
            NotARecord::Number => "a number",
            NotARecord::Text => "a text",
            NotARecord::List => "a list",
            NotARecord::NoId => "an object without an id",
            NotARecord::NotJson => "broken JSON",
        };
        write!(f, "entry {} of results is {found}, not a record", self.index)
    }
}

/// Where one record lies in the body.
#[derive(Clone, Copy)]
struct Span {
    index: usize,
    start: usize,
    end: usize,
}

impl Page {
    /// Reads a page of customers from its JSON text, for those who have no connection: tests, and pages kept elsewhere.
    ///
    /// # Errors
    /// The kind of failure that the same text from Cube would be.
    pub fn from_json(number: u32, json: String, read: Moment) -> Result<Self, Kind> {
        Self::from_json_of(&CUSTOMERS, number, json, read)
    }

    /// Reads a page of a list with this schema, as [`Self::from_json`] does.
    ///
    /// # Errors
    /// The kind of failure that the same text from Cube would be.
    pub fn from_json_of(
        schema: &'static Schema,
        number: u32,
        json: String,
        read: Moment,
    ) -> Result<Self, Kind> {
        Body::from(json).into_page(number, schema, read, None).map_err(|fault| fault.kind)
    }

    /// A page of these records, which were read by themselves.
    #[must_use]
    pub fn of_records<'a>(
        number: u32,
        records: impl IntoIterator<Item = &'a Record<'a>>,
        read: Moment,
    ) -> Self {
        let (mut body, mut spans, mut schema) = (String::new(), Vec::new(), <&Schema>::default());
        for (index, record) in records.into_iter().enumerate() {
            let start = body.len();
            body.push_str(record.as_json());
            spans.push(Span { index, start, end: body.len() });
            schema = record.schema();
        }
        let around = Around { number, schema, count: None, has_next: false, read };
        let results = Results { entries: spans.len(), spans, ..Results::default() };
        results.into_page(around, body, &[])
    }

    /// How many records there are; left-out entries are none.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The record at `place` among the records, from 0. One without fields for a place beyond the last.
    #[must_use]
    pub fn record(&self, place: usize) -> Record<'_> {
        let json = self.spans.get(place).and_then(|span| self.body.get(span.start..span.end));
        Record::known(json.unwrap_or("{}"), self.schema)
    }

    /// The records in Cube's order, each with its place in `results` (from 0, left-out entries counted).
    #[must_use]
    pub fn records(&self) -> impl ExactSizeIterator<Item = (usize, Record<'_>)> {
        self.spans.iter().map(|span| {
            let json = self.body.get(span.start..span.end).unwrap_or("{}");
            (span.index, Record::known(json, self.schema))
        })
    }
}

/// What is known of a page besides its entries.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) number: u32,
    pub(super) schema: &'static Schema,
    pub(super) count: Option<u64>,
    pub(super) has_next: bool,
    pub(super) read: Moment,
}

/// The entries of `results` as they are read.
#[derive(Default)]
pub(super) struct Results {
    /// The key that every record has.
    id_key: &'static str,
    pub(super) entries: usize,
    left_out: Vec<LeftOut>,
    spans: Vec<Span>,
    /// Whether words may be among them that are no numbers.
    may_have_words: bool,
}

impl Results {
    /// No entries yet, of a list with this schema.
    pub(super) fn new(schema: &Schema) -> Self {
        Self { id_key: schema.id_key(), ..Self::default() }
    }

    /// Takes the entries of a page some of whose records are no JSON.
    pub(super) fn of_recovered(entries: &[Option<&str>], body: &str, schema: &'static Schema) -> Self {
        let mut results = Self { may_have_words: true, ..Self::new(schema) };
        for entry in entries {
            if let Some(entry) = entry {
                results.add(entry, body);
            } else {
                results.left_out.push(LeftOut { index: results.entries, found: NotARecord::NotJson });
                results.entries += 1;
            }
        }
        results
    }

    /// Takes the next entry, a slice of `body`.
    pub(super) fn add(&mut self, entry: &str, body: &str) {
        let index = self.entries;
        self.entries += 1;
        let found = match json::shape(entry) {
            Shape::Object if has_id(entry, self.id_key) => {
                return self.spans.push(Span::of(index, entry, body));
            }
            Shape::Object => NotARecord::NoId,
            Shape::Null => NotARecord::Null,
            Shape::Bool => NotARecord::Bool,
            Shape::Number => NotARecord::Number,
            Shape::Text => NotARecord::Text,
            Shape::List => NotARecord::List,
        };
        self.left_out.push(LeftOut { index, found });
    }

    /// The page that these entries make, `body` being what they are slices of. At the places `replaced` of it the
    /// bytes that came were not UTF-8.
    pub(super) fn into_page(self, around: Around, body: String, replaced: &[usize]) -> Page {
        let Around { number, schema, count, has_next, read } = around;
        let Self { id_key: _, entries, left_out, spans, may_have_words } = self;
        let odd = Odd::default();
        let mut page = Page { number, count, has_next, entries, left_out, odd, read, schema, body, spans };
        if may_have_words || !replaced.is_empty() {
            let mut odd = Odd::default();
            for (_, record) in page.records() {
                odd.take_replaced(&record, &page.body, replaced);
                odd.take_words(&record);
            }
            page.odd = odd;
        }
        page
    }
}

/// Whether a record has an id at all, be it empty. Nearly every one shows it at a glance.
fn has_id(entry: &str, of_id: &str) -> bool {
    let (key, text) = (of_id.as_bytes(), entry.as_bytes());
    let is_key = |at: usize| {
        let after = text.get(at + key.len()..).and_then(|after| after.strip_prefix(b"\""));
        let is_quoted = at.checked_sub(1).and_then(|before| text.get(before)) == Some(&b'"');
        is_quoted && after.is_some_and(|after| after.trim_ascii_start().starts_with(b":"))
    };
    let glance = memchr::memmem::find(text, key).is_some_and(is_key);
    glance || json::has_key(entry, of_id)
}

impl Span {
    fn of(index: usize, entry: &str, body: &str) -> Self {
        let start = json::place_in(body, entry);
        Self { index, start, end: start + entry.len() }
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("number", &self.number)
            .field("count", &self.count)
            .field("has_next", &self.has_next)
            .field("entries", &self.entries)
            .field("left_out", &self.left_out)
            .field("records", &self.spans.len())
            .finish_non_exhaustive()
    }
}
