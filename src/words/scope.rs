//! How much of a list was searched or is loaded, and what is odd about it. "All" is only said of all.

use super::{age, joined, noun};
use crate::cube::Moment;
use crate::language::tr;
use crate::list::{MAX_ROWS, Scope};
use crate::text::{SafeText, grouped};

/// "all 12,340 (08:12)", or "1,500 of 12,340 (08:12)".
#[must_use]
pub fn searched(scope: &Scope, now: Moment) -> String {
    let loaded = grouped(scope.loaded as u64);
    let read = scope.as_of.map(|read| format!(" ({})", age(read, now))).unwrap_or_default();
    match scope.total() {
        _ if scope.is_all() => tr!("all {loaded}{read}", loaded, read),
        Some(total) => tr!("{loaded} of {total}{read}", loaded, total = grouped(total), read),
        None => format!("{loaded}{read}"),
    }
}

/// "12,340 customers (08:12)", or "1,500 of 12,340 customers loaded (08:12)". Empty before the first page.
#[must_use]
pub fn extent(scope: &Scope, noun: &str, now: Moment) -> String {
    let Some(read) = scope.as_of.map(|read| age(read, now)) else { return String::new() };
    let loaded = grouped(scope.loaded as u64);
    let records = |number| noun::records(noun, number);
    match scope.total() {
        Some(total) if scope.is_all() => format!("{} ({read})", records(total)),
        Some(total) => {
            tr!("{loaded} of {records} loaded ({read})", loaded, records = records(total), read)
        }
        None => tr!("{records} loaded ({read})", records = records(scope.loaded as u64), read),
    }
}

/// What is not as it should be about the list itself. `refresh` is the key that refreshes it.
#[must_use]
pub fn anomaly(scope: &Scope, refresh: &str) -> Option<String> {
    if scope.cut {
        let most = grouped(MAX_ROWS);
        return Some(tr!("The list is longer than {most} rows: the rest is not shown", most));
    }
    if scope.repeats {
        let loaded = grouped(scope.loaded as u64);
        return Some(tr!("Cube repeats its pages: it sends {loaded} and no more", loaded));
    }
    if let Some(page) = scope.empty {
        let page = grouped(u64::from(page));
        return Some(tr!(
            "Page {page} came empty, though Cube says that more follow · {refresh} refreshes the list",
            page,
            refresh
        ));
    }
    if let Some((before, now)) = scope.changed {
        let numbers = format!("{} → {}", grouped(before), grouped(now));
        return Some(tr!("The list changed in Cube ({numbers}) · {refresh} refreshes it", numbers, refresh));
    }
    if scope.cut_short {
        return Some(tr!("The list changed in Cube while it was read · {refresh} refreshes it", refresh));
    }
    unreadable(scope)
}

/// How many records could not be read. `None` when all could.
#[must_use]
pub fn unreadable(scope: &Scope) -> Option<String> {
    match scope.left_out {
        0 => None,
        more => Some(tr!(
            "{count} record could not be read" | "{count} records could not be read" % more,
            count = grouped(more as u64)
        )),
    }
}

/// How many values were not UTF-8, and whose the first is.
pub(super) fn not_utf8(count: usize, whose: &SafeText<'_>) -> String {
    tr!(
        "{values} not in UTF-8 (first: {whose}): � stands for what could not be read",
        values = noun::values(count as u64),
        whose
    )
}

/// What keeps an answer from being about all: pages that failed, records that could not be read, a list that changed.
pub(super) fn incomplete(scope: &Scope, retry: &str, refresh: &str) -> String {
    let failed = match scope.failed {
        0 => String::new(),
        more => tr!(
            "{count} page failed · {retry} retries" | "{count} pages failed · {retry} retries" % more,
            count = grouped(more as u64),
            retry
        ),
    };
    let other = if scope.missing == 0 { anomaly(scope, refresh) } else { unreadable(scope) };
    joined([failed, other.unwrap_or_default()])
}
