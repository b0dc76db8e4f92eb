//! PUT and POST on a customer, as the documents describe them and DRF answers them: the body is checked field by field,
//! unknown keys are passed over, and the whole record is the answer.

use std::sync::OnceLock;

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::changes::Records;
use super::{ASSIGNMENT, CUSTOM_FIELDS, answer};

/// A larger body than this is refused. A record with every field full takes a tenth of it.
pub(super) const LARGEST: usize = 256 * 1024;

const STANDARD: &str = "crm__standard_info__";
/// The standard fields by name, and how many characters each may have.
const FIELDS: [(&str, usize); 5] =
    [("name", 200), ("phone_1", 50), ("phone_2", 50), ("phone_3", 50), ("email", 254)];

/// One field that may be written: its key, what it holds, how many characters it may have.
struct Field {
    key: String,
    kind: Kind,
    longest: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Email,
    Integer,
    Date,
}

/// Changes the fields that `body` names of the customer `id`.
pub(super) fn put(records: &Records, id: &str, body: &[u8]) -> Response {
    let Some(number) = records.position_of(id) else {
        return answer::detail(StatusCode::NOT_FOUND, "Not found.");
    };
    let values = match checked(id, body) {
        Ok(values) => values,
        Err(response) => return *response,
    };
    let known: Value = serde_json::from_str(&records.record(number)).unwrap_or_default();
    let mut record = match known {
        Value::Object(record) => record,
        _ => Map::new(),
    };
    record.extend(values);
    let record = Value::Object(record).to_string();
    records.change(number, record.clone());
    answer::written(StatusCode::OK, record)
}

/// Creates the customer `id` with the fields that `body` names; all others are empty.
pub(super) fn post(records: &Records, id: &str, body: &[u8]) -> Response {
    let values = match checked(id, body) {
        Ok(values) => values,
        Err(response) => return *response,
    };
    let mut record = Map::from_iter([("crm__customer_id".to_owned(), Value::from(id))]);
    record.extend(fields().iter().map(|field| (field.key.clone(), Value::from(""))));
    record.extend(values);
    let record = Value::Object(record).to_string();
    if records.create(id, record.clone()) {
        answer::written(StatusCode::CREATED, record)
    } else {
        let taken = json!({"customer_id": ["customer with this customer id already exists."]});
        answer::written(StatusCode::BAD_REQUEST, taken.to_string())
    }
}

/// The values that `body` sets, if all of it can be accepted; else the answer that says what cannot. Boxed, because an
/// answer is large.
fn checked(id: &str, body: &[u8]) -> Result<Map<String, Value>, Box<Response>> {
    let refused = |body: Value| Box::new(answer::written(StatusCode::BAD_REQUEST, body.to_string()));
    let read: Value = serde_json::from_slice(body)
        .map_err(|error| refused(json!({"detail": format!("JSON parse error - line {}", error.line())})))?;
    let Value::Object(sent) = read else {
        let words = "Invalid data. Expected a dictionary.";
        return Err(refused(json!({"non_field_errors": [words]})));
    };
    let mut errors = Map::new();
    let mut fail = |key: &str, words: String| errors.insert(key.to_owned(), json!([words]));
    for (key, wanted) in [("assignment_id", ASSIGNMENT.to_string()), ("customer_id", id.to_owned())] {
        match sent.get(key).map(spelt) {
            None => fail(key, "This field is required.".to_owned()),
            Some(Some(value)) if value == wanted => None,
            Some(Some(value)) if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                fail(key, "This is not the one in the address.".to_owned())
            }
            Some(_) => fail(key, "A valid integer is required.".to_owned()),
        };
    }
    let mut values = Map::new();
    for field in fields() {
        let short = field.key.strip_prefix(STANDARD).unwrap_or(&field.key);
        let Some(value) = sent.get(&field.key).or_else(|| sent.get(short)) else { continue };
        match field.wrong(value) {
            Some(words) => drop(fail(&field.key, words)),
            None => drop(values.insert(field.key.clone(), value.clone())),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(refused(Value::Object(errors))) }
}

impl Field {
    /// Why this field does not take `value`. `None` when it does.
    fn wrong(&self, value: &Value) -> Option<String> {
        let text = match value {
            Value::Null => return None,
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Some("Not a valid string.".to_owned());
            }
            Value::String(_) | Value::Number(_) => spelt(value).unwrap_or_default(),
        };
        if text.chars().count() > self.longest {
            return Some(format!("Ensure this field has no more than {} characters.", self.longest));
        }
        let is_fine = text.is_empty()
            || match self.kind {
                Kind::Text => true,
                Kind::Email => text.split_once('@').is_some_and(|(name, host)| {
                    !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
                }),
                Kind::Integer => text.parse::<i64>().is_ok(),
                Kind::Date => is_date(&text),
            };
        (!is_fine).then(|| {
            match self.kind {
                Kind::Text => "Not a valid string.",
                Kind::Email => "Enter a valid email address.",
                Kind::Integer => "A valid integer is required.",
                Kind::Date => "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
            }
            .to_owned()
        })
    }
}

/// A string's text, or a number as it is spelt; `None` for any other value.
fn spelt(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a text is a day of the calendar: `1948-01-31`.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// All fields that may be written: the standard ones, then those of the labels route and the one that it leaves out.
fn fields() -> &'static [Field] {
    static FIELDS_OF_THE_TOWN: OnceLock<Vec<Field>> = OnceLock::new();
    FIELDS_OF_THE_TOWN.get_or_init(|| {
        let standard = FIELDS.map(|(name, longest)| Field {
            key: format!("{STANDARD}{name}"),
            kind: if name == "email" { Kind::Email } else { Kind::Text },
            longest,
        });
        let custom: Vec<Value> = serde_json::from_str(CUSTOM_FIELDS).unwrap_or_default();
        let custom = custom.iter().filter_map(|entry| {
            let kind = match entry["type"].as_str() {
                Some("integer") => Kind::Integer,
                Some("date") => Kind::Date,
                _ => Kind::Text,
            };
            let longest = entry["max_length"].as_u64().and_then(|length| usize::try_from(length).ok());
            let key = entry["lookup__id"].as_str()?.to_owned();
            Some(Field { key, kind, longest: longest.unwrap_or(usize::MAX) })
        });
        let unlabelled =
            Field { key: "crm__custom_info__101".to_owned(), kind: Kind::Text, longest: usize::MAX };
        standard.into_iter().chain(custom).chain([unlabelled]).collect()
    })
}
