//! How much of a list was searched or is loaded, and what is odd about it. "All" is only said of all.

use super::{age, joined};
use crate::cube::Moment;
use crate::list::{MAX_ROWS, Scope};
use crate::text::{SafeText, counted, grouped};

/// "all 12,340 (08:12)", or "1,500 of 12,340 (08:12)".
#[must_use]
pub fn searched(scope: &Scope, now: Moment) -> String {
    let loaded = grouped(scope.loaded as u64);
    let read = scope.as_of.map(|read| format!(" ({})", age(read, now))).unwrap_or_default();
    match scope.total() {
        _ if scope.is_all() => format!("all {loaded}{read}"),
        Some(total) => format!("{loaded} of {}{read}", grouped(total)),
        None => format!("{loaded}{read}"),
    }
}

/// "12,340 customers (08:12)", or "1,500 of 12,340 customers loaded (08:12)". Empty before the first page.
#[must_use]
pub fn extent(scope: &Scope, noun: &str, now: Moment) -> String {
    let Some(read) = scope.as_of.map(|read| age(read, now)) else { return String::new() };
    let loaded = grouped(scope.loaded as u64);
    let nouns = |number: u64| if number == 1 { noun.to_owned() } else { format!("{noun}s") };
    match scope.total() {
        Some(total) if scope.is_all() => format!("{} {} ({read})", grouped(total), nouns(total)),
        Some(total) => format!("{loaded} of {} {} loaded ({read})", grouped(total), nouns(total)),
        None => format!("{loaded} {} loaded ({read})", nouns(scope.loaded as u64)),
    }
}

/// What is not as it should be about the list itself. `refresh` is the key that refreshes it.
#[must_use]
pub fn anomaly(scope: &Scope, refresh: &str) -> Option<String> {
    if scope.cut {
        let most = grouped(MAX_ROWS);
        return Some(format!("The list is longer than {most} rows: the rest is not shown"));
    }
    if scope.repeats {
        let loaded = grouped(scope.loaded as u64);
        return Some(format!("Cube repeats its pages: it sends {loaded} and no more"));
    }
    if let Some(page) = scope.empty {
        let page = grouped(u64::from(page));
        return Some(format!(
            "Page {page} came empty, though Cube says that more follow · {refresh} refreshes the list"
        ));
    }
    if let Some((before, now)) = scope.changed {
        let numbers = format!("{} → {}", grouped(before), grouped(now));
        return Some(format!("The list changed in Cube ({numbers}) · {refresh} refreshes it"));
    }
    if scope.cut_short {
        return Some(format!("The list changed in Cube while it was read · {refresh} refreshes it"));
    }
    unreadable(scope)
}

/// How many records could not be read. `None` when all could.
#[must_use]
pub fn unreadable(scope: &Scope) -> Option<String> {
    match scope.left_out {
        0 => None,
        1 => Some("1 record could not be read".to_owned()),
        more => Some(format!("{} records could not be read", grouped(more as u64))),
    }
}

/// How many values were not UTF-8, and whose the first is.
pub(super) fn not_utf8(count: usize, whose: &SafeText<'_>) -> String {
    format!("{} not in UTF-8 (first: {whose}): � stands for what could not be read", counted(count, "value"))
}

/// What keeps an answer from being about all: pages that failed, records that could not be read, a list that changed.
pub(super) fn incomplete(scope: &Scope, retry: &str, refresh: &str) -> String {
    let failed = match scope.failed {
        0 => String::new(),
        1 => format!("1 page failed · {retry} retries"),
        more => format!("{} pages failed · {retry} retries", grouped(more as u64)),
    };
    let other = if scope.missing == 0 { anomaly(scope, refresh) } else { unreadable(scope) };
    joined([failed, other.unwrap_or_default()])
}
