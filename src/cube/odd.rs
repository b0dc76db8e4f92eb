//! Values that are not what they should be, counted: those that were not UTF-8, and numbers that JSON does not have.

use crate::cube::record::Record;
use crate::json;
use crate::language::tr;
use crate::text::{Place, RawText, SafeText, clean, clean_str};

/// Values of one kind that are shown otherwise than they were meant, or otherwise than JSON has them.
#[derive(Debug, Clone, Default)]
pub struct OddValues {
    /// How many.
    pub count: usize,
    /// The id of the first record that has one, as sent. `None` iff there are none.
    pub first_id: Option<RawText<'static>>,
}

/// The odd values of some records.
#[derive(Debug, Clone, Default)]
pub struct Odd {
    /// Values that hold U+FFFD where the bytes that came were not UTF-8.
    pub not_utf8: OddValues,
    /// Values that are or hold `NaN`, `Infinity` or `-Infinity`. They are kept as sent.
    pub not_numbers: OddValues,
}

impl OddValues {
    /// Whose the first one is: "customer 9120011888". `None` iff there are none.
    #[must_use]
    pub fn whose(&self) -> Option<SafeText<'static>> {
        let id = clean(self.first_id.as_ref()?, Place::Message);
        Some(if id.as_str().is_empty() {
            clean_str(&tr!("a customer without an id"), Place::Message).into_owned()
        } else {
            clean_str(&tr!("customer {id}", id), Place::Message).into_owned()
        })
    }

    fn take(&mut self, count: usize, record: &Record<'_>) {
        if count > 0 {
            self.count += count;
            let id = || RawText::from(record.standard().id.as_raw().to_owned());
            self.first_id.get_or_insert_with(id);
        }
    }

    fn add(&mut self, more: Self) {
        self.count += more.count;
        self.first_id = self.first_id.take().or(more.first_id);
    }
}

impl Odd {
    /// Counts the values of `record` that have one of the places in `replaced`, which are ascending places of `body`.
    pub(super) fn take_replaced(&mut self, record: &Record<'_>, body: &str, replaced: &[usize]) {
        let is_in = |part: &str| {
            let start = json::place_in(body, part);
            let next = replaced.partition_point(|&place| place < start);
            replaced.get(next).is_some_and(|&place| place < start + part.len())
        };
        if is_in(record.as_json()) {
            self.not_utf8.take(count(record, is_in), record);
        }
    }

    /// Counts the values of `record` that have words instead of numbers.
    pub(super) fn take_words(&mut self, record: &Record<'_>) {
        self.not_numbers.take(count(record, json::has_words), record);
    }

    /// Adds what later records have.
    pub fn add(&mut self, more: Self) {
        self.not_utf8.add(more.not_utf8);
        self.not_numbers.add(more.not_numbers);
    }
}

fn count(record: &Record<'_>, is_odd: impl Fn(&str) -> bool) -> usize {
    let mut count = 0;
    record.each(|_, value| count += usize::from(is_odd(value)));
    count
}
