//! What is said of the calls of a customer.

use super::{age, joined, noun};
use crate::cube::{Error, Moment};
use crate::language::tr;
use crate::text::{SafeText, grouped};
use std::sync::Arc;

/// What a call is called when it is copied.
#[must_use]
pub fn call_as_lines() -> String {
    tr!("the call")
}

/// Everything that decides what is said above a list of calls.
#[derive(Debug, Clone)]
pub struct CallsState {
    /// Whose calls they are.
    pub name: SafeText<'static>,
    /// Of how many days.
    pub days: i32,
    /// How many are theirs.
    pub calls: usize,
    /// How many are read, of all customers.
    pub loaded: usize,
    /// How many there are, as Cube says.
    pub count: Option<u64>,
    /// Whether all are read.
    pub is_whole: bool,
    /// Whether more are being read.
    pub is_reading: bool,
    /// When they were read. `None` before the first page.
    pub read: Option<Moment>,
    /// Why they could not be read.
    pub problem: Option<Arc<Error>>,
    /// The time.
    pub now: Moment,
}

/// What Esc leads to from the calls.
#[must_use]
pub fn back_to_customers() -> String {
    tr!("customers")
}

/// What the list of the calls of these days is called.
#[must_use]
pub fn calls_of(days: i32) -> String {
    match days {
        1 => tr!("calls of today"),
        days => tr!("calls of {days} days", days),
    }
}

/// "Calls of Kari Nord, 7 days: 2 · all 280 calls read 08:12".
#[must_use]
pub fn calls(state: &CallsState) -> String {
    let days = match state.days {
        1 => tr!("today"),
        days => tr!("{days} days", days),
    };
    let head =
        tr!("Calls of {name}, {days}: {calls}", name = state.name, days, calls = grouped(state.calls as u64));
    let loaded = noun::calls(state.loaded as u64);
    let scope = match (&state.problem, state.read, state.count) {
        (Some(problem), ..) => problem.sentence(),
        (None, None, _) => tr!("reading"),
        (None, Some(read), _) if state.is_whole => {
            tr!("all {calls} read {read}", calls = loaded, read = age(read, state.now))
        }
        (None, Some(read), Some(count)) => {
            tr!(
                "{calls} of {count} read {read}",
                calls = loaded,
                count = grouped(count),
                read = age(read, state.now)
            )
        }
        (None, Some(read), None) => tr!("{calls} read {read}", calls = loaded, read = age(read, state.now)),
    };
    let is_read_on = state.is_reading && state.read.is_some();
    let more = if is_read_on { tr!("reading on") } else { String::new() };
    joined([head, scope, more])
}

/// What a field of a call is called: the last part of its key, unless it has a label.
#[must_use]
pub fn label_of_call(key: &str, label: &str) -> String {
    if label != key {
        return label.to_owned();
    }
    let last = key.rsplit("__").next().unwrap_or(key).replace('_', " ");
    let mut letters = last.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let field = format!("{first}{}", letters.as_str());
    let group = key.split("__").next().unwrap_or_default();
    // "name" alone would be the customer's.
    if last == "name" { tr!("{field} of the {group}", field, group) } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::outcome("callflow__outcome", "Outcome")]
    #[case::name("campaign__name", "Name of the campaign")]
    #[case::two_words("callflow__start_time", "Start time")]
    #[case::bare("x", "X")]
    fn a_field_of_a_call_is_called_by_the_last_part_of_its_key(#[case] key: &str, #[case] label: &str) {
        assert_eq!(label_of_call(key, key), label);
        assert_eq!(label_of_call(key, "Label"), "Label");
    }
}
