//! Any value of a record as the text a person reads. It is not cleaned here, and no digit is ever changed: what Cube
//! sent is what is read, whatever kind the mapping says the field is.

use crate::cube::Value;

/// How much of a nested value is read, in bytes: more than any place shows, so that cleaning marks the cut.
const NESTED_BYTES: usize = 32 * 1024;

/// The value as text, `""` for no data: strings as sent, numbers in their spelling, lists and objects as their JSON.
#[must_use]
pub fn text<'v>(value: &'v Value<'_>) -> &'v str {
    match value {
        Value::Null => "",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(spelling) => spelling,
        Value::Text(text) => text.as_raw(),
        Value::List(json) | Value::Object(json) => {
            json.get(..json.floor_char_boundary(NESTED_BYTES)).unwrap_or(json)
        }
    }
}
