//! How many records have a value under each key, with an example of one.

use crate::cube::Value;
use crate::list::columns::has_text;
use crate::list::{Searchable, Slot};
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
        let counted = pages
            .par_iter()
            .try_fold(Counting::default, |counting, page| {
                (!cancelled.load(Ordering::Relaxed)).then(|| counting.with_page(page))
            })
            .try_reduce(Counting::default, |one, other| Some(one.with(other)))?;
        let field = |key: MetKey| FieldCount {
            example: key.first.map(|slot| example(&key.key, slot, pages)).unwrap_or_default(),
            key: key.key,
            values: key.values,
        };
        Some(Self { records: counted.records, fields: counted.keys.into_iter().map(field).collect() })
    }
}

/// What was counted so far.
#[derive(Default)]
struct Counting {
    records: usize,
    keys: Vec<MetKey>,
}

/// A key that was met.
struct MetKey {
    key: Arc<str>,
    values: usize,
    /// The first record whose value has any text.
    first: Option<Slot>,
}

impl Counting {
    fn with_page(mut self, page: &Searchable) -> Self {
        let segment = &page.segment;
        // Records of one list have their keys in the same order, so that the next key is nearly always the next.
        let mut at = 0;
        let mut take = |key: &str, values, first: Option<u32>| {
            at = 1 + self.add(key, at, values, first.map(|row| Slot::new(page.page, row)));
        };
        if page.repeats.is_empty() && segment.each_key(&mut take) {
            self.records += segment.len();
            return self;
        }
        let mut records = segment.records();
        for index in segment.indices().filter(|index| page.repeats.binary_search(index).is_err()) {
            self.records += 1;
            for (at, field) in records.record(index).fields().iter().enumerate() {
                let json = field.json.as_raw();
                let at = self.add(field.key.as_raw(), at, usize::from(!Value::is_no_data(json)), None);
                if let Some(key) = self.keys.get_mut(at)
                    && key.first.is_none()
                    && has_text(json)
                {
                    key.first = Some(Slot::new(page.page, index));
                }
            }
        }
        self
    }

    fn with(mut self, other: Self) -> Self {
        self.records += other.records;
        for (guess, key) in other.keys.into_iter().enumerate() {
            self.add(&key.key, guess, key.values, key.first);
        }
        self
    }

    /// Adds to the count of a key, whose place is probably `guess`. Its place; a new key gets the last one.
    fn add(&mut self, key: &str, guess: usize, values: usize, first: Option<Slot>) -> usize {
        let is_key = |known: &MetKey| *known.key == *key;
        let known = Some(guess).filter(|&at| self.keys.get(at).is_some_and(is_key));
        let at = known.or_else(|| self.keys.iter().position(is_key)).unwrap_or_else(|| {
            self.keys.push(MetKey { key: key.into(), values: 0, first: None });
            self.keys.len() - 1
        });
        if let Some(known) = self.keys.get_mut(at) {
            known.values += values;
            known.first = known.first.or(first);
        }
        at
    }
}

/// The value of a key in the record at a slot, cleaned.
fn example(key: &str, slot: Slot, pages: &[Searchable]) -> SafeText<'static> {
    let page = pages.iter().find(|page| page.page == slot.page);
    let record = page.map(|page| page.segment.record(slot.index));
    let texts = record.as_ref().map(|record| record.texts(&[key])).unwrap_or_default();
    texts.first().map(|text| text::clean(text, Place::Row).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
