//! What Django REST Framework says in the body of an error: one sentence, or messages by field.
//! All of it is cleaned and bounded. It is for the screen alone: the messages may repeat what a customer is called.

use std::fmt;

use crate::json::{self, Shape};
use crate::text::{Place, SafeText, clean_str};

/// The most fields that are kept of one error. A customer has about thirty.
const MOST_FIELDS: usize = 50;
/// The most messages that are kept of one field, and of all fields together that have none.
const MOST_MESSAGES: usize = 5;

/// The server's own words about a request that it refused, in any language. They are shown, never compared.
///
/// There is no `Display`, and `Debug` only counts: neither can put the words into a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// The one sentence under `detail`, or under `error`.
    pub detail: Option<SafeText<'static>>,
    /// What is wrong with the request as a whole, as `non_field_errors` says.
    pub general: Vec<SafeText<'static>>,
    /// What is wrong with single fields, in the server's order.
    pub fields: Vec<FieldErrors>,
}

/// What is wrong with one field.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldErrors {
    /// The field's key, such as `phone_1`; of a nested one the outer key.
    pub key: SafeText<'static>,
    /// The messages; none when the server names the field in a form that is not known here.
    pub messages: Vec<SafeText<'static>>,
}

impl ErrorBody {
    /// Reads the body that came with `status`. Only a 400 has messages by field; in any other JSON but a sentence
    /// could be anything.
    pub(super) fn read(status: u16, json: &str) -> Self {
        if status == 400 { Self::of_validation(json) } else { Self::of_sentence(json) }
    }

    /// Reads the sentence alone.
    pub(super) fn of_sentence(json: &str) -> Self {
        let (mut detail, mut error) = (None, None);
        let members = json::members(json, |key, value| match &*key {
            "detail" => detail = sentence(value),
            "error" => error = sentence(value),
            _ => {}
        });
        members.map_or_else(|_| Self::default(), |()| Self { detail: detail.or(error), ..Self::default() })
    }

    /// Reads the answer to values that the server does not accept: an object of messages by field, or a bare list.
    fn of_validation(json: &str) -> Self {
        let mut body = Self::of_sentence(json);
        if json::shape(json) == Shape::List {
            body.general = messages(json);
            return body;
        }
        let mut fields = Vec::new();
        let members = json::members(json, |key, value| match &*key {
            "detail" | "error" => {}
            "non_field_errors" => body.general = messages(value),
            _ if fields.len() < MOST_FIELDS => {
                fields.push(FieldErrors { key: safe(&key), messages: messages(value) });
            }
            _ => {}
        });
        if members.is_ok() { Self { fields, ..body } } else { Self::default() }
    }

    /// All of it in one line for the screen, at most 200 characters. `None` iff the server said nothing.
    #[must_use]
    pub fn to_line(&self) -> Option<SafeText<'static>> {
        let mut parts: Vec<String> =
            self.detail.iter().chain(&self.general).map(ToString::to_string).collect();
        parts.extend(self.fields.iter().map(|field| {
            let messages: Vec<&str> = field.messages.iter().map(SafeText::as_str).collect();
            format!("{}: {}", field.key, messages.join(" "))
        }));
        (!parts.is_empty()).then(|| safe(&parts.join("; ")))
    }
}

/// The messages in `json`, be they a list, one string, or the values of an object one level deeper.
fn messages(json: &str) -> Vec<SafeText<'static>> {
    let mut messages = Vec::new();
    let mut take = |value: &str| {
        if messages.len() < MOST_MESSAGES {
            messages.extend(sentence(value));
        }
    };
    match json::shape(json) {
        Shape::Text => take(json),
        // The body as a whole was found to be well-formed, or will be: there is no error of its own to tell.
        Shape::List => drop(json::entries(json, &mut take)),
        Shape::Object => drop(json::members(json, |_, value| drop(json::entries(value, &mut take)))),
        Shape::Null | Shape::Bool | Shape::Number => {}
    }
    messages
}

/// A JSON string that says something, cleaned and cut.
fn sentence(json: &str) -> Option<SafeText<'static>> {
    let words = json::text(json).filter(|words| !words.trim().is_empty())?;
    Some(safe(&words))
}

fn safe(text: &str) -> SafeText<'static> {
    clean_str(text, Place::Message).into_owned()
}

impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorBody")
            .field("has_detail", &self.detail.is_some())
            .field("general", &self.general.len())
            .field("fields", &self.fields.len())
            .finish()
    }
}

impl fmt::Debug for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldErrors").field("messages", &self.messages.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
