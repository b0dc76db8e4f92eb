//! Any JSON value as the text a person reads. Digits are never changed: what Cube sent is what is shown.

use crate::cube::Value;
use std::borrow::Cow;

/// The value as text: strings as sent, numbers in their spelling, lists and objects as their JSON. `null` and `""`
/// are both empty.
#[must_use]
pub fn text<'v>(value: &'v Value<'_>) -> Cow<'v, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Bool(true) => Cow::Borrowed("true"),
        Value::Bool(false) => Cow::Borrowed("false"),
        Value::Text(text) => Cow::Borrowed(text.as_raw()),
        Value::Number(json) | Value::List(json) | Value::Object(json) => Cow::Borrowed(json),
    }
}
