//! What is asked of Cube for a form: the record is read, the change is sent, and the answers are taken in.

use super::field::text_in;
use super::{Form, FormField, FormStage, Then};
use crate::app::{Env, Task};
use crate::cube::{Change, CustomerId, Error, FetchedCustomer, Record, Writing, Written};
use crate::fields::FieldMap;
use crate::words::Obstacle;
use std::sync::Arc;

impl Form {
    pub(super) fn read(&mut self, env: &mut Env<'_>, then: Then) {
        let Ok(id) = CustomerId::try_from(self.id().as_str()) else { return };
        self.stop(env);
        let ticket = env.out.ticket(self.list);
        self.stage = FormStage::Reading(ticket, then);
        env.out.task(Task::FetchCustomer { ticket, id, or_elsewhere: false });
    }

    /// Takes in the customer's record as Cube has it now, or why it could not be read. Returns the reading in which
    /// the change that was sent is found to be saved.
    pub(in crate::app) fn was_read(
        &mut self,
        env: &mut Env<'_>,
        result: Result<FetchedCustomer, Arc<Error>>,
    ) -> Option<(Arc<Change>, Box<FetchedCustomer>)> {
        let FormStage::Reading(_, then) = self.stage else { return None };
        self.stage = FormStage::Review;
        match result {
            Ok(reading) => return self.was_found(env, then, reading),
            Err(error) if error.is_not_found() => self.was_not_found(env, then),
            Err(error) if self.is_unknown() => self.obstacle = Some(Obstacle::Unknown(error)),
            Err(error) => {
                self.obstacle = Some(Obstacle::NotRead(error));
                if then == Then::Review {
                    self.stage = FormStage::Typing;
                }
            }
        }
        None
    }

    pub(super) fn was_found(
        &mut self,
        env: &mut Env<'_>,
        then: Then,
        reading: FetchedCustomer,
    ) -> Option<(Arc<Change>, Box<FetchedCustomer>)> {
        let is_saved = self.sent.as_ref().is_some_and(|sent| sent.not_in(&reading.record).is_empty());
        if is_saved {
            return Some((self.sent.take()?, Box::new(reading)));
        }
        let failed = match self.obstacle.take() {
            Some(Obstacle::Unknown(error)) => Some(Obstacle::NotSaved(error)),
            _ => None,
        };
        if self.writing == Writing::Create {
            let name = reading.record.standard().name.as_raw().to_owned();
            self.sent = None;
            self.obstacle = Some(Obstacle::Exists(name));
            self.stage = FormStage::Typing;
            self.cursor = 0;
            return None;
        }
        self.sent = None;
        let others = self.rebase(reading.record);
        let has_conflict = self.fields.iter().any(|field| field.conflict().is_some());
        if has_conflict {
            self.show_review();
        } else if self.changed().next().is_none() {
            self.obstacle = Some(Obstacle::Unchanged);
            self.stage = FormStage::Typing;
        } else if failed.is_some() {
            self.obstacle = failed;
        } else if others > 0 {
            self.show_review();
            self.obstacle = Some(Obstacle::Meanwhile(others));
        } else if then == Then::Send {
            self.send(env);
        }
        None
    }

    pub(super) fn was_not_found(&mut self, env: &mut Env<'_>, then: Then) {
        let unknown = self.obstacle.take();
        match (self.writing, unknown) {
            (Writing::Update, _) => self.obstacle = Some(Obstacle::Gone),
            (Writing::Create, Some(Obstacle::Unknown(error))) => {
                self.sent = None;
                self.obstacle = Some(Obstacle::NotSaved(error));
            }
            (Writing::Create, _) if then == Then::Send => self.send(env),
            (Writing::Create, _) => self.show_review(),
        }
    }

    pub(super) fn send(&mut self, env: &mut Env<'_>) {
        let Some(change) = self.change() else { return };
        let (ticket, change) = (env.out.ticket(self.list), Arc::new(change));
        self.obstacle = None;
        self.stage = FormStage::Sending(ticket);
        self.sent = Some(Arc::clone(&change));
        env.out.task(Task::Write { ticket, writing: self.writing, change });
    }

    /// What is to be sent: the fields that differ, in the record's own JSON types. `None` without an id for Cube.
    #[must_use]
    pub fn change(&self) -> Option<Change> {
        let id = CustomerId::try_from(self.id().as_str()).ok()?;
        let sent = self.record.fields();
        let mut change = Change::of(id);
        for field in self.changed().filter_map(|at| self.fields.get(at)) {
            let before = sent.iter().find(|sent| sent.key.as_raw() == field.key);
            change.set(field.key.clone(), field.text(), before.map(|before| &before.value));
        }
        Some(change)
    }

    /// Takes in what became of the change. Returns the record that has it.
    pub(in crate::app) fn was_written(
        &mut self,
        labels: &FieldMap,
        result: Result<Written, Arc<Error>>,
    ) -> Option<(Arc<Change>, Box<FetchedCustomer>)> {
        self.stage = FormStage::Review;
        match result {
            Ok(Written::Saved(reading)) => return Some((self.sent.take()?, reading)),
            Ok(Written::NotSaved { why, now }) => {
                self.sent = None;
                if let Some(now) = now {
                    self.rebase(now.record);
                }
                self.obstacle = Some(Obstacle::NotSaved(Arc::new(why)));
                if self.fields.iter().any(|field| field.conflict().is_some()) {
                    self.show_review();
                }
            }
            Ok(Written::Unknown { why }) => self.obstacle = Some(Obstacle::Unknown(Arc::new(why))),
            Err(error) => {
                self.sent = None;
                self.refused(labels, &error);
            }
        }
        None
    }

    /// Shows what the server says of single fields under them.
    pub(super) fn refused(&mut self, labels: &FieldMap, error: &Arc<Error>) {
        for told in &error.body().fields {
            let name = told.key.as_str();
            let is_meant = |field: &&mut FormField| {
                field.key == name
                    || labels.key_of(name).is_ok_and(|key| key == field.key)
                    || (name == "customer_id" && field.is_id())
            };
            if let Some(field) = self.fields.iter_mut().find(is_meant) {
                field.refused.clone_from(&told.messages);
            }
        }
        let first = self.fields.iter().position(|field| !field.refused.is_empty());
        if let Some(first) = first {
            self.cursor = first;
            self.stage = FormStage::Typing;
        }
        self.obstacle = Some(Obstacle::Refused(Arc::clone(error)));
    }

    /// Whether a record has the value that the field had before it was changed here.
    #[must_use]
    pub fn has_old_value(&self, key: &str, record: &Record<'_>) -> bool {
        let fields = record.fields();
        let now = text_in(&fields, key);
        self.fields.iter().any(|field| field.key == key && field.base() == now)
    }

    /// Takes the record as Cube has it now. A field that the person did not change follows it; one that both changed
    /// is a conflict. Returns how many fields others alone have changed.
    pub(super) fn rebase(&mut self, record: Record<'static>) -> usize {
        let sent = record.fields();
        let mut others = 0;
        for field in &mut self.fields {
            others += usize::from(field.rebase(text_in(&sent, &field.key)));
        }
        drop(sent);
        self.record = record;
        others
    }
}
