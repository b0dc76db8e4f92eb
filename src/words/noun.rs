//! What is counted, with its number: "3 customers".

use crate::cube::CALL_OUTCOMES;
use crate::language::tr;
use crate::text::grouped;

pub(super) fn customers(number: u64) -> String {
    tr!("{count} customer" | "{count} customers" % number, count = grouped(number))
}

pub(super) fn calls(number: u64) -> String {
    tr!("{count} call" | "{count} calls" % number, count = grouped(number))
}

pub(super) fn columns(number: u64) -> String {
    tr!("{count} column" | "{count} columns" % number, count = grouped(number))
}

pub(super) fn fields(number: u64) -> String {
    tr!("{count} field" | "{count} fields" % number, count = grouped(number))
}

pub(super) fn values(number: u64) -> String {
    tr!("{count} value" | "{count} values" % number, count = grouped(number))
}

pub(super) fn changes(number: u64) -> String {
    tr!("{count} change" | "{count} changes" % number, count = grouped(number))
}

pub(super) fn requests(number: u64) -> String {
    tr!("{count} request" | "{count} requests" % number, count = grouped(number))
}

pub(super) fn others(number: u64) -> String {
    tr!("{count} other" | "{count} others" % number, count = grouped(number))
}

/// The records of a list, which says what one of them is called.
pub(super) fn records(noun: &str, number: u64) -> String {
    if noun == CALL_OUTCOMES.noun { calls(number) } else { customers(number) }
}

/// Records without a number.
pub(super) fn several(noun: &str) -> String {
    if noun == CALL_OUTCOMES.noun { tr!("calls") } else { tr!("customers") }
}
