//! What is said about a card and the field under its cursor.

use super::{Keys, Said};
use crate::cube::{Error, Moment};
use crate::fields::{CustomField, Kind};
use crate::keys::Action;
use crate::language::tr;
use crate::text::{self, Place};

/// Why the card's record could not be refreshed.
#[must_use]
pub fn card_problem(error: &Error, read: Moment) -> String {
    if error.is_not_found() {
        tr!("This customer is no longer in Cube (404) · shown as read at {read}", read)
    } else {
        error.sentence()
    }
}

/// What the mapping says about a field. `known` is `None` for a field that it does not name.
#[must_use]
pub fn field(label: &str, key: &str, known: Option<&CustomField>, is_unlabelled: bool) -> Option<Said> {
    let Some(known) = known else {
        let key = text::clean_str(key, Place::Message);
        return is_unlabelled.then(|| Said::quiet(tr!("! {key} has no label in the mapping", key)));
    };
    Some(Said::quiet(about(label, known)))
}

/// "Founded: date · at most 10 characters": what the mapping says about a field.
pub(super) fn about(label: &str, known: &CustomField) -> String {
    let kind = match &known.kind {
        Kind::Text => tr!("text"),
        Kind::Integer => tr!("whole number"),
        Kind::Number => tr!("number"),
        Kind::Date => tr!("date"),
        Kind::Other(word) => text::clean(word, Place::Message).to_string(),
    };
    let length =
        known.max_length.map(|length| tr!("at most {length} characters", length)).unwrap_or_default();
    let hint = text::clean(&known.hint, Place::Message).to_string();
    format!("{label}: {}", super::joined([kind, length, hint]))
}

/// "10 empty fields · a shows them".
#[must_use]
pub fn empty_fields(count: usize, keys: &Keys<'_>) -> String {
    let key = keys.key(Action::AllFields);
    tr!(
        "{count} empty field · {key} shows it" | "{count} empty fields · {key} shows them" % count,
        count = count,
        key
    )
}

/// "12 more lines": how much of a card is below its window.
#[must_use]
pub fn more_below(lines: usize) -> String {
    tr!("{count} more line" | "{count} more lines" % lines, count = text::grouped(lines as u64))
}
