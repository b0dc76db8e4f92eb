//! What `set`, `create` and `apply` share: the values that differ from a record, the change made of them, and why Cube
//! refuses one.

use super::{Failure, Session};
use crate::cube::{Change, CustomerId, Error, Field, Value};
use crate::fields::{FieldMap, value};
use crate::text::{self, Place, SafeText};

/// The exit status for a change that was not saved, or not as it was sent.
pub(super) const NOT_SAVED: u8 = 4;

/// One field whose value is to be another.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) key: String,
    pub(super) old: String,
    pub(super) new: String,
}

impl Difference {
    /// "City: ASKIM → Ås", for the screen.
    pub(super) fn shown(&self, fields: &FieldMap) -> String {
        format!("{}: {} → {}", fields.name_of(&self.key), shown(&self.old), shown(&self.new))
    }
}

/// What `wanted`, keys and values, changes of a record with these fields; of no record, all of it.
pub(super) fn between(
    id: CustomerId,
    wanted: &[(String, String)],
    known: Option<&[Field<'_>]>,
) -> (Change, Vec<Difference>) {
    let sent = known.unwrap_or_default();
    let mut change = Change::of(id);
    let mut differences = Vec::new();
    for (key, new) in wanted {
        let before = sent.iter().find(|field| field.key.as_raw() == key).map(|field| &field.value);
        let old = before.map(value::text).unwrap_or_default();
        if known.is_some() && is_same(old, new, before) {
            continue;
        }
        change.set(key, new, before);
        differences.push(Difference { key: key.clone(), old: old.to_owned(), new: new.clone() });
    }
    (change, differences)
}

/// Up to here every whole number is one of its own in 64 bits of floating point.
const EXACT: f64 = 9.0e15;

/// Whether the new value is the one that is there. A spreadsheet writes 233 for a number that Cube writes 233.0.
fn is_same(old: &str, new: &str, before: Option<&Value<'_>>) -> bool {
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.abs() < EXACT);
    let is_same_number = || number(old).is_some_and(|old| number(new) == Some(old));
    old == new || (matches!(before, Some(Value::Number(_))) && is_same_number())
}

/// What Cube says of a change that it does not take: of the whole first, then field by field under its label.
pub(super) fn reasons(error: &Error, fields: &FieldMap) -> Vec<String> {
    let body = error.body();
    let of_all = body.detail.iter().chain(&body.general).map(ToString::to_string);
    let of_fields = body.fields.iter().map(|field| {
        let words: Vec<&str> = field.messages.iter().map(SafeText::as_str).collect();
        format!("{}: {}", fields.name_of(field.key.as_str()), words.join(" "))
    });
    of_all.chain(of_fields).collect()
}

/// That nothing may be sent, and how that is changed. Nothing, where it may.
///
/// # Errors
/// Writing is turned off, or Cube has no way to do it.
pub(super) fn check_allowed(session: &Session) -> Result<(), Failure> {
    if session.cube.writes() { Ok(()) } else { Err(Failure::Usage(turned_off(session))) }
}

fn turned_off(session: &Session) -> String {
    if let Some(path) = session.settings.locked_by("writes") {
        return format!("not sent: writing is turned off by {} for everybody", text::path(path));
    }
    let profile = match (&session.settings.profile, &session.settings.path) {
        (Some(name), Some(path)) => {
            format!("add writes = true to profile {name} in {}, or ", text::path(path))
        }
        _ => String::new(),
    };
    format!("not sent: writing is turned off; {profile}give --writes for this run")
}

/// That Cube has no route by which customers of this list can be changed.
pub(super) fn no_route(session: &Session) -> Failure {
    Failure::Usage(format!("Cube has no way to change customers of {}", session.cube.list()))
}

fn shown(value: &str) -> String {
    if value.is_empty() { "(empty)".to_owned() } else { text::clean_str(value, Place::Message).to_string() }
}
