//! Bodies read into what they should be: a page, a customer, labels; or the fault that they are instead.
//! Text is decoded with replacement, so that one bad byte does not lose the answer around it.

use std::borrow::Cow;

use url::Url;

use crate::cube::campaigns::Campaign;
use crate::cube::error::{BodyPosition, Fault, Kind};
use crate::cube::error_body::ErrorBody;
use crate::cube::moment::Moment;
use crate::cube::odd::Odd;
use crate::cube::origin::Origin;
use crate::cube::page::{Around, Page, Results};
use crate::cube::record::Record;
use crate::cube::schema::Schema;
use crate::cube::text::{self, Text};
use crate::json::{self, Shape};

/// A page with more entries than this is not read. No account has as many customers on all its pages.
const MOST_ENTRIES: usize = 1_000_000;

/// An answer's body as text.
pub(super) struct Body {
    text: Text,
    is_html: bool,
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self { text: text.into(), is_html: false }
    }
}

impl Body {
    /// Decodes bytes; a text that grows beyond `limit` by that is refused. `content_type` is as sent.
    pub(super) fn decode(bytes: Vec<u8>, content_type: &str, limit: usize) -> Result<Self, Fault> {
        let text = Text::decode(bytes, text::charset(content_type), limit)?;
        Ok(Self { text, is_html: is_html(content_type) })
    }

    /// Reads one page; a bare list, as Cube sends it with its paging off, is the only page there is. Of a `next` that
    /// names another address than `own` a note is taken, and nothing else.
    pub(super) fn into_page(
        self,
        number: u32,
        schema: &'static Schema,
        read: Moment,
        own: Option<&Origin>,
    ) -> Result<Page, Fault> {
        let json = self.json()?;
        let around = |head: &Head<'_>| {
            if own.is_some_and(|own| head.points_elsewhere(own)) {
                tracing::debug!(page = number, "next names another address, which is not followed");
            }
            Around { number, schema, count: head.count(), has_next: head.has_next(), read }
        };
        let (around, results) = match self.head(json) {
            Ok(head) => (around(&head), self.results(&head, json, schema)?),
            // An answer that was cut is not looked at: it would be a page with fewer records than there are.
            Err(fault) if !matches!(fault.kind, Kind::Unreadable(_) | Kind::NotJson(_)) => return Err(fault),
            Err(fault) => {
                let recovered = json::recover(json, schema.id_key(), MOST_ENTRIES).ok_or(fault)?;
                let results = Results::of_recovered(&recovered.entries, &self.text.text, schema);
                (around(&self.head(&recovered.head)?), results)
            }
        };
        Ok(results.into_page(around, self.text.text, &self.text.replaced))
    }

    /// Reads what is around the records of a page.
    fn head<'a>(&self, json: &'a str) -> Result<Head<'a>, Fault> {
        let mut head = Head::default();
        match json::shape(json) {
            Shape::Object => self.well_formed(json::members(json, |key, value| head.take(&key, value)))?,
            Shape::List => {
                self.well_formed(json::check(json))?;
                head.results = Some(json);
            }
            _ => return Err(self.odd_or_unreadable(json)),
        }
        Ok(head)
    }

    /// Reads the records of a page, slices of `json`.
    fn results(&self, head: &Head<'_>, json: &str, schema: &'static Schema) -> Result<Results, Fault> {
        let Some(list) = head.results.filter(|results| json::shape(results) == Shape::List) else {
            return Err(odd(json));
        };
        let mut results = Results::new(schema);
        let all = json::entries(list, |entry| {
            if results.entries < MOST_ENTRIES {
                results.add(entry, &self.text.text);
            } else {
                results.entries += 1;
            }
        });
        self.well_formed(all)?;
        if results.entries > MOST_ENTRIES {
            return Err(Kind::TooMany(MOST_ENTRIES as u64).into());
        }
        Ok(results)
    }

    /// Reads what a page names as the next one, as sent; `None` when it names none. A hint to tell of, never an address.
    pub(super) fn into_next(self) -> Result<Option<String>, Fault> {
        let json = self.json()?;
        let mut next = None;
        if json::shape(json) == Shape::Object {
            let members = json::members(json, |key, value| {
                if key == "next" {
                    next = json::text(value).map(Cow::into_owned);
                }
            });
            self.well_formed(members)?;
        }
        Ok(next)
    }

    /// Reads one record, an object that has at least an id, be it empty, and counts its odd values.
    pub(super) fn into_record(self, schema: &'static Schema) -> Result<(Record<'static>, Odd), Fault> {
        let json = self.json()?;
        self.well_formed(json::check_but_for_words(json))?;
        let record = Record::known(json.trim_ascii(), schema);
        if json::shape(json) != Shape::Object || !record.has_id() {
            return Err(odd(json));
        }
        let mut odd = Odd::default();
        odd.take_replaced(&record, &self.text.text, &self.text.replaced);
        odd.take_words(&record);
        Ok((record.into_owned(), odd))
    }

    /// Hands on the labels as well-formed JSON of any shape; what it says is for the room `fields` to read.
    pub(super) fn into_labels(self) -> Result<String, Fault> {
        let json = self.json()?;
        self.well_formed(json::check(json))?;
        Ok(json.to_owned())
    }

    /// Reads the campaigns that name a list.
    pub(super) fn into_campaigns(self) -> Result<Vec<Campaign>, Fault> {
        let json = self.json()?;
        if json::shape(json) != Shape::List {
            return Err(self.odd_or_unreadable(json));
        }
        let mut campaigns = Vec::new();
        self.well_formed(json::entries(json, |entry| campaigns.extend(Campaign::new(entry))))?;
        Ok(campaigns)
    }

    /// The text without a byte order mark, if it can be JSON at all.
    fn json(&self) -> Result<&str, Fault> {
        let json = self.text.text.strip_prefix('\u{feff}').unwrap_or(&self.text.text);
        match json.trim_ascii_start().bytes().next() {
            None => Err(Kind::Empty.into()),
            Some(b'<') => Err(Kind::WebPage.into()),
            Some(_) => Ok(json),
        }
    }

    /// Keeps of a syntax error the place alone: the parser's words hold a piece of the text.
    fn well_formed(&self, read: Result<(), serde_json::Error>) -> Result<(), Fault> {
        read.map_err(|error| {
            Fault::from(if self.is_html {
                Kind::WebPage
            } else if error.is_eof() {
                Kind::Cut(self.text.text.len() as u64)
            } else {
                let at = BodyPosition { line: error.line(), column: error.column() };
                if json::was_written_so(&self.text.text) {
                    Kind::NotJson(at)
                } else {
                    Kind::Unreadable(Some(at))
                }
            })
        })
    }

    fn odd_or_unreadable(&self, json: &str) -> Fault {
        match self.well_formed(json::check(json)) {
            Ok(()) => odd(json),
            Err(fault) => fault,
        }
    }
}

fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim_ascii();
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

/// What stands around the results of a page.
#[derive(Default)]
struct Head<'a> {
    count: Option<&'a str>,
    next: Option<&'a str>,
    results: Option<&'a str>,
}

impl<'a> Head<'a> {
    fn take(&mut self, key: &str, value: &'a str) {
        match key {
            "count" => self.count = Some(value),
            "next" => self.next = Some(value),
            "results" => self.results = Some(value),
            _ => {}
        }
    }

    /// A hint at the list's size, unless it is anything but a number from 0 on.
    fn count(&self) -> Option<u64> {
        self.count?.parse().ok()
    }

    /// Whether `next` is an address on another origin, as it is behind many a proxy.
    fn points_elsewhere(&self, own: &Origin) -> bool {
        let next = self.next.and_then(json::text);
        next.and_then(|next| Url::parse(&next).ok()).is_some_and(|next| !own.holds(&next))
    }

    /// Whether there is more. Where to is not looked at: Cube's documents name a `next` on other hosts, without a
    /// page number, and of other lists.
    fn has_next(&self) -> bool {
        self.next.is_some_and(|next| !matches!(next, "null" | "\"\""))
    }
}

/// JSON of another shape than asked for, with what Cube says in it.
fn odd(json: &str) -> Fault {
    Fault { body: Box::new(ErrorBody::of_sentence(json)), ..Kind::WrongShape.into() }
}
