//! What was typed into a form and not sent: kept until the customer's form is opened again.

use super::field::text_in;
use super::{Form, FormField};
use crate::cube::{Moment, Record, Writing};
use crate::fields::FieldMap;
use serde::{Deserialize, Serialize};
use std::mem;

/// No more changes than this can be taken back, each of another customer.
const TAKEN_BACK_AT_MOST: usize = 50;

/// The changes of one form.
///
/// `Debug` tells how many: the values are a customer's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Whose form it was.
    pub of: DraftOf,
    /// When the form was closed.
    pub closed: Moment,
    /// What was typed.
    pub fields: Vec<DraftField>,
}

/// Whose form it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftOf {
    /// The account.
    pub account: String,
    /// The list, in the words of the header.
    pub list: String,
    /// The customer. `None` for one who is to be created.
    pub id: Option<String>,
}

/// One field that was changed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftField {
    /// The record's key.
    pub key: String,
    /// What Cube had.
    pub base: String,
    /// What was typed.
    pub text: String,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({} fields)", self.fields.len())
    }
}

/// What was typed and not sent, and what can be taken back. Both outlive the account that is open.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// What was typed into forms that are closed and were not sent.
    pub unsent: Vec<Draft>,
    /// The last changes that were saved, each turned round: what to send to have the old values again.
    taken_back: Vec<Draft>,
    /// Whether what was typed may be other than what was kept in a file.
    is_touched: bool,
}

impl Drafts {
    /// What was typed into forms that were closed before.
    #[must_use]
    pub fn new(unsent: Vec<Draft>) -> Self {
        Self { unsent, ..Self::default() }
    }

    /// Takes what was typed into the form of the same customer before.
    pub(in crate::app) fn take(&mut self, of: &DraftOf) -> Option<Draft> {
        let at = self.unsent.iter().position(|draft| draft.of == *of)?;
        Some(self.unsent.remove(at))
    }

    /// Keeps what was typed. It is newer than what was kept of the same customer.
    pub(in crate::app) fn keep(&mut self, draft: Draft) {
        self.unsent.retain(|older| older.of != draft.of);
        if !draft.fields.is_empty() {
            self.unsent.push(draft);
        }
    }

    /// What was typed may be other than before.
    pub(in crate::app) fn touch(&mut self) {
        self.is_touched = true;
    }

    /// Whether that was so since the last call.
    pub(in crate::app) fn take_touched(&mut self) -> bool {
        mem::take(&mut self.is_touched)
    }

    /// How to take the last change of a customer back. `None` where there is none.
    pub(in crate::app) fn last_change(&self, of: &DraftOf) -> Option<&Draft> {
        self.taken_back.iter().rfind(|draft| draft.of == *of)
    }

    /// Remembers how to take a change back that was saved; `record` is what Cube has now.
    pub(in crate::app) fn note_saved(&mut self, saved: Draft, record: &Record<'_>) {
        self.taken_back.retain(|other| other.of != saved.of);
        self.taken_back.extend(saved.turned_round(record));
        let beyond = self.taken_back.len().saturating_sub(TAKEN_BACK_AT_MOST);
        self.taken_back.drain(..beyond);
    }
}

impl Draft {
    /// The change that gives the record its old values again. `None` where it has them.
    fn turned_round(mut self, record: &Record<'_>) -> Option<Self> {
        let fields = record.fields();
        for typed in &mut self.fields {
            let now = text_in(&fields, &typed.key).to_owned();
            typed.text = mem::replace(&mut typed.base, now);
        }
        self.fields.retain(|field| field.text != field.base);
        (!self.fields.is_empty()).then_some(self)
    }
}

impl Form {
    /// What was typed and not sent. `None` where nothing was.
    #[must_use]
    pub fn draft(&self, of: DraftOf, closed: Moment) -> Option<Draft> {
        let fields = self.fields.iter().filter(|field| field.is_changed()).map(|field| DraftField {
            key: field.key.clone(),
            base: field.base().to_owned(),
            text: field.text().to_owned(),
        });
        let fields: Vec<DraftField> = fields.collect();
        (!fields.is_empty()).then_some(Draft { of, closed, fields })
    }

    /// Whose form it is, for an account and a list of these names.
    #[must_use]
    pub fn draft_of(&self, account: &str, list: String) -> DraftOf {
        let id = (self.writing == Writing::Update).then(|| self.id());
        DraftOf { account: account.to_owned(), list, id }
    }

    /// Fills in what was typed before. Where Cube has another value than it had then, that is a conflict.
    pub(in crate::app) fn fill(&mut self, draft: &Draft, labels: &FieldMap) {
        for typed in &draft.fields {
            let Some(field) = self.fields.iter_mut().find(|field| field.key == typed.key) else { continue };
            let now = field.base().to_owned();
            field.restore(typed);
            field.rebase(&now);
            field.check(labels);
        }
    }
}

impl FormField {
    fn restore(&mut self, typed: &DraftField) {
        if self.fixed.is_none() {
            typed.base.clone_into(&mut self.base);
            self.set_text(typed.text.clone());
        }
    }
}
