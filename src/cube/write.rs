//! Writing one customer: the change that is sent, and what became of it.
//!
//! A change is never sent twice by itself once it may have arrived. Where no answer says what became of it, the record
//! is read again, and its values say.
//!
//! ```text
//! Change ─▶ PUT, POST ─▶ 200, 201 ──────────────────────▶ Written::Saved
//!                    ├─▶ 4xx, never arrived ────────────▶ Error: nothing was changed
//!                    └─▶ cut, silent, 5xx ─▶ GET ─ same ─▶ Written::Saved
//!                                             ├─ other ──▶ Written::NotSaved
//!                                             └─ failed ─▶ Written::Unknown
//! ```

use reqwest::Method;
use serde_json::Value as Json;

use crate::cube::error::{Error, Kind};
use crate::cube::gate::Lane;
use crate::cube::record::{Record, Value};
use crate::cube::request::Request;
use crate::cube::retry;
use crate::cube::route::{CustomerId, List, Route};
use crate::cube::wire::Body;
use crate::cube::{Cube, FetchedCustomer};

/// What is to be done with a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// The fields of a customer who is in Cube are changed (PUT).
    Update,
    /// A customer is added (POST).
    Create,
}

/// The fields of one customer that are to be written, in the order in which they are sent.
///
/// `Debug` tells how many: the values are a customer's.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    id: CustomerId,
    fields: Vec<(String, String)>,
}

/// What became of a change that was sent.
#[derive(Debug, Clone)]
pub enum Written {
    /// The record has the values, as Cube's answer or the record read afterwards shows.
    Saved(Box<FetchedCustomer>),
    /// Cube failed, and the record read afterwards does not have the values. `None` for a customer who is not there.
    NotSaved {
        /// How it failed.
        why: Error,
        /// The record as it is.
        now: Option<Box<FetchedCustomer>>,
    },
    /// Cube failed, and the record cannot be read: nothing tells whether it was saved.
    Unknown {
        /// How it failed.
        why: Error,
    },
}

impl Written {
    /// The same with what is too long for the screen cut in its record.
    #[must_use]
    pub fn shortened(self) -> Self {
        match self {
            Self::Saved(now) => Self::Saved(Box::new(now.shortened())),
            Self::NotSaved { why, now } => {
                Self::NotSaved { why, now: now.map(|now| Box::new(now.shortened())) }
            }
            Self::Unknown { why } => Self::Unknown { why },
        }
    }
}

impl Writing {
    const fn method(self) -> Method {
        match self {
            Self::Update => Method::PUT,
            Self::Create => Method::POST,
        }
    }
}

impl Change {
    /// A change of the customer `id` without a field.
    #[must_use]
    pub const fn of(id: CustomerId) -> Self {
        Self { id, fields: Vec::new() }
    }

    /// Adds a field: its key, and the text that a person typed. It is sent in the JSON type that `before`, the value
    /// that the record has, was sent in: a number that came as a string goes as one, and nothing goes as `null` where
    /// nothing came as `null`.
    pub fn set(&mut self, key: impl Into<String>, text: &str, before: Option<&Value<'_>>) {
        let number = || serde_json::from_str::<serde_json::Number>(text).is_ok().then(|| text.to_owned());
        let json = match before {
            Some(Value::Null | Value::Number(_)) if text.is_empty() => Some("null".to_owned()),
            Some(Value::Number(_)) => number(),
            Some(Value::Bool(_)) if text == "true" || text == "false" => Some(text.to_owned()),
            _ => None,
        };
        self.fields.push((key.into(), json.unwrap_or_else(|| Json::from(text).to_string())));
    }

    /// Whose fields they are.
    #[must_use]
    pub const fn id(&self) -> &CustomerId {
        &self.id
    }

    /// Whether no field is to be written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The body of the request: both ids, which the documents demand, and the fields. `None` for a list without an
    /// assignment, which no document lets anybody write.
    #[must_use]
    pub fn body(&self, list: List) -> Option<String> {
        let List::Assignment(assignment) = list else { return None };
        let id = self.id.as_str();
        // Leading zeros and more than 64 bits are lost in a JSON number.
        let id = id
            .parse::<u64>()
            .ok()
            .filter(|number| number.to_string() == id)
            .map_or(Json::from(id), Json::from);
        let mut body = format!("{{\"assignment_id\":{assignment},\"customer_id\":{id}");
        for (key, json) in &self.fields {
            body.push(',');
            body.push_str(&Json::from(key.as_str()).to_string());
            body.push(':');
            body.push_str(json);
        }
        body.push('}');
        Some(body)
    }

    /// The keys whose values `record` does not have as they were sent: Cube has dropped them, or taken them otherwise.
    #[must_use]
    pub fn not_in(&self, record: &Record<'_>) -> Vec<&str> {
        let fields = record.fields();
        let has = |key: &str, sent: &str| {
            let found = fields.iter().find(|field| field.key.as_raw() == key);
            let found = found.map(|field| field.value.clone().into_text().as_raw().to_owned());
            found.unwrap_or_default() == *Value::text_of(sent).as_raw()
        };
        self.fields.iter().filter(|(key, sent)| !has(key, sent)).map(|(key, _)| key.as_str()).collect()
    }
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Change({} fields)", self.fields.len())
    }
}

impl Cube {
    /// Sends a change, if writing is turned on. Changes go one at a time.
    ///
    /// # Errors
    /// Nothing was changed: it was not sent, or Cube does not take it. What the server says of single fields is in
    /// [`Error::body`].
    pub async fn write(&self, writing: Writing, change: &Change) -> Result<Written, Error> {
        let Some(body) = change.body(self.list()) else {
            return Err(self.own_error(Kind::NoWriting));
        };
        let request = Request::write(writing.method(), Route::Customer(change.id()), body);
        let schema = self.list().schema();
        let why = match self.ask(&request, Lane::Write, |body: Body| body.into_record(schema)).await {
            Ok((record, odd)) => {
                return Ok(Written::Saved(Box::new(FetchedCustomer { record, odd, read: (self.clock)() })));
            }
            Err(error) => error,
        };
        if !is_open(why.kind()) {
            return Err(why);
        }
        match self.customer(change.id()).await {
            Ok(now) if change.not_in(&now.record).is_empty() => Ok(Written::Saved(Box::new(now))),
            Ok(now) => Ok(Written::NotSaved { why, now: Some(Box::new(now)) }),
            Err(error) if error.is_not_found() => Ok(Written::NotSaved { why, now: None }),
            Err(_) => Ok(Written::Unknown { why }),
        }
    }
}

/// Whether a change that failed so may have been made all the same. From 400 to 499 a status is an answer: it was not. One
/// below 400, such as 204, says that it was, and does not show the record.
fn is_open(kind: &Kind) -> bool {
    match kind {
        Kind::Status(status) | Kind::AskedToWait { status, .. } => {
            !(400..500).contains(status) && *status != 501
        }
        Kind::Redirected(_) | Kind::RedirectedHere { .. } | Kind::RedirectLoop => false,
        kind => retry::may_have_arrived(kind),
    }
}
