//! What was written to the town: changed records and new customers, kept for the server's life.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Town;

/// The town with what was written to it. A clone is another handle to the same.
#[derive(Clone, Debug)]
pub(super) struct Records {
    town: Town,
    changes: Arc<Mutex<Changes>>,
}

#[derive(Debug, Default)]
struct Changes {
    /// The records that differ from the town's own, by the customer's number.
    changed: HashMap<u64, String>,
    /// The customers who came after the town's own, in order: id and record.
    created: Vec<(String, String)>,
}

impl Records {
    /// The town as it is before anything was written.
    pub(super) fn of(town: Town) -> Self {
        Self { town, changes: Arc::default() }
    }

    /// How many customers there are.
    pub(super) fn count(&self) -> u64 {
        self.town.customers() + self.changes().created.len() as u64
    }

    /// The number of the customer whose id is spelt exactly so, counted from 0; `None` when there is none.
    pub(super) fn position_of(&self, id: &str) -> Option<u64> {
        let created = || self.changes().created.iter().position(|(known, _)| known == id);
        self.town.position_of(id).or_else(|| Some(self.town.customers() + created()? as u64))
    }

    /// The record of customer `number`, counted from 0. One is invented past the end too.
    pub(super) fn record(&self, number: u64) -> String {
        let mut out = String::new();
        self.write(number, &mut out);
        out
    }

    /// Appends the record of customer `number` to `out`.
    pub(super) fn write(&self, number: u64, out: &mut String) {
        let changes = self.changes();
        let created = number.checked_sub(self.town.customers()).and_then(|place| usize::try_from(place).ok());
        let created = created.and_then(|place| changes.created.get(place)).map(|(_, record)| record);
        match changes.changed.get(&number).or(created) {
            Some(record) => out.push_str(record),
            None => self.town.write(number, out),
        }
    }

    /// Puts `record` in place of that of customer `number`.
    pub(super) fn change(&self, number: u64, record: String) {
        self.changes().changed.insert(number, record);
    }

    /// Adds a customer behind all others. Returns whether there was none with this id.
    pub(super) fn create(&self, id: &str, record: String) -> bool {
        if self.position_of(id).is_some() {
            return false;
        }
        self.changes().created.push((id.to_owned(), record));
        true
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
