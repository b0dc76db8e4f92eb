//! How many records have a value under each key, with an example of one.

use crate::list::Searchable;
use crate::text::{self, Place, SafeText};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The counts of all keys, in the order in which they were seen first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldCounts {
    /// How many records were looked at.
    pub records: usize,
    /// Every key that a record has.
    pub fields: Vec<FieldCount>,
}

/// The count of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCount {
    /// The key.
    pub key: Arc<str>,
    /// How many records have a value under it.
    pub values: usize,
    /// The first of these values, cleaned; `""` where there is none.
    pub example: SafeText<'static>,
}

impl FieldCounts {
    /// The count of a key. `None` where no record has the key.
    #[must_use]
    pub fn of(&self, key: &str) -> Option<&FieldCount> {
        self.fields.iter().find(|field| *field.key == *key)
    }

    /// Counts the fields of the records on these pages: work for another thread than the one that draws. `None` when it
    /// was cancelled.
    #[must_use]
    pub fn count(pages: &[Searchable], cancelled: &AtomicBool) -> Option<Self> {
        pages
            .par_iter()
            .map(|page| Self::of_page(page, cancelled))
            .try_reduce(Self::default, |one, other| Some(one.and(other)))
    }

    fn of_page(page: &Searchable, cancelled: &AtomicBool) -> Option<Self> {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let mut counts = Self::default();
        let mut records = page.segment.records();
        for index in page.segment.indices().filter(|index| page.repeats.binary_search(index).is_err()) {
            counts.records += 1;
            let record = records.record(index);
            // Records of one list have their keys in the same order, so that the next key is nearly always the next.
            let mut at = 0;
            record.each(|key, value| {
                at = counts.add(&key, at);
                if let Some(field) = counts.fields.get_mut(at).filter(|_| value != "null" && value != "\"\"")
                {
                    field.take(value);
                }
                at += 1;
            });
        }
        Some(counts)
    }

    /// The place of a key, which is probably `at`. A new key gets the last one.
    fn add(&mut self, key: &str, at: usize) -> usize {
        let is_key = |field: &FieldCount| *field.key == *key;
        if self.fields.get(at).is_some_and(is_key) {
            return at;
        }
        self.fields.iter().position(is_key).unwrap_or_else(|| {
            self.fields.push(FieldCount { key: key.into(), values: 0, example: SafeText::default() });
            self.fields.len() - 1
        })
    }

    fn and(mut self, other: Self) -> Self {
        self.records += other.records;
        for (guess, field) in other.fields.into_iter().enumerate() {
            let at = self.add(&field.key, guess);
            if let Some(known) = self.fields.get_mut(at) {
                known.values += field.values;
                if known.example.as_str().is_empty() {
                    known.example = field.example;
                }
            }
        }
        self
    }
}

impl FieldCount {
    fn take(&mut self, json: &str) {
        self.values += 1;
        if self.example.as_str().is_empty() {
            let text = crate::cube::Value::read(json).into_text();
            self.example = text::clean(&text, Place::Row).into_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::{Moment, Page};
    use crate::list::{Packing, Segment, Store};

    fn pages() -> Vec<Searchable> {
        let mut store = Store::new();
        for (number, results) in [
            (
                1,
                r#"{"crm__customer_id":"1","a":"","b":null},{"crm__customer_id":"2","b":"x\u001b[2J","a":0}"#,
            ),
            (2, r#"{"crm__customer_id":"3","c":[],"b":"y"},{"crm__customer_id":"1","b":"again"}"#),
        ] {
            let body = format!(r#"{{"count":4,"next":"x","results":[{results}]}}"#);
            let page = Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap();
            store.page_arrived(Arc::new(Segment::new(&page, &Packing::default())));
        }
        store.searchable()
    }

    #[test]
    fn a_value_that_is_null_or_empty_is_none_and_a_customer_who_comes_twice_counts_once() {
        let counts = FieldCounts::count(&pages(), &AtomicBool::new(false)).unwrap();
        let said = |key| counts.of(key).map(|field| (field.values, field.example.to_string()));
        assert_eq!(counts.records, 3);
        assert_eq!(said("crm__customer_id"), Some((3, "1".into())));
        assert_eq!(said("a"), Some((1, "0".into())));
        assert_eq!(said("b"), Some((2, "x␛[2J".into())));
        assert_eq!(said("c"), Some((1, "[]".into())));
        assert_eq!(said("d"), None);
    }

    #[test]
    fn a_count_that_is_not_wanted_any_more_ends() {
        assert_eq!(FieldCounts::count(&pages(), &AtomicBool::new(true)), None);
    }
}
