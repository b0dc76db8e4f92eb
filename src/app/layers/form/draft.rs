//! What was typed into a form and not sent: kept until the customer's form is opened again.

use super::{Form, FormField};
use crate::cube::{Moment, Writing};
use crate::fields::FieldMap;

/// The changes of one form.
///
/// `Debug` tells how many: the values are a customer's.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// The account and the list that it is for.
    pub place: String,
    /// The customer. `None` for one who is to be created.
    pub id: Option<String>,
    /// When the form was closed.
    pub closed: Moment,
    /// What was typed.
    pub fields: Vec<DraftField>,
}

/// One field that was changed.
#[derive(Clone, PartialEq, Eq)]
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

impl Form {
    /// What was typed and not sent. `None` where nothing was.
    #[must_use]
    pub fn draft(&self, place: String, closed: Moment) -> Option<Draft> {
        let fields = self.fields.iter().filter(|field| field.is_changed()).map(|field| DraftField {
            key: field.key.clone(),
            base: field.base().to_owned(),
            text: field.text().to_owned(),
        });
        let fields: Vec<DraftField> = fields.collect();
        let id = (self.writing == Writing::Update).then(|| self.id());
        (!fields.is_empty()).then_some(Draft { place, id, closed, fields })
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
