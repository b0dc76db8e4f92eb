//! One field of the form: what Cube has in it, and what was typed.

use crate::app::input::MAX_BYTES;
use crate::cube::{CUSTOM_PREFIX, Field, Record, StandardField, Value};
use crate::fields::{FieldMap, Unfit, unfit, value};
use crate::text::{self, Place, SafeText};
use crate::words::Fixed;
use std::mem;
use tui_input::{Input, InputRequest};

/// One field.
#[derive(Debug, Clone)]
pub struct FormField {
    /// The record's key.
    pub key: String,
    /// What it is called.
    pub label: SafeText<'static>,
    /// What is typed; at first what Cube has.
    pub input: Input,
    /// Why it cannot be changed. `None` where it can.
    pub fixed: Option<Fixed>,
    /// Why what was typed does not fit the field. `None` where it fits, and for what came from Cube.
    pub unfit: Option<Unfit>,
    /// What Cube says about the text that was sent.
    pub refused: Vec<SafeText<'static>>,
    /// What Cube has, as the person has seen it.
    pub(super) base: String,
    /// What Cube has now, where the person and somebody else have changed the field.
    conflict: Option<String>,
    /// What Cube had when the form was opened, where somebody else has changed the field since.
    before: Option<String>,
}

/// The fields that can be written: the standard ones, those of the mapping in its order, then custom fields that only
/// the record has. Whatever else a record holds is Cube's own.
pub(super) fn all(record: &Record<'_>, labels: &FieldMap) -> Vec<FormField> {
    let sent = record.fields();
    let standard = StandardField::ALL.into_iter().skip(1).map(|field| field.key().to_owned());
    let labelled = labels.fields().map(|field| field.key.clone());
    let known: Vec<String> =
        standard.chain(labelled.filter(|key| StandardField::of_key(key).is_none())).collect();
    let is_other = |key: &&str| key.starts_with(CUSTOM_PREFIX) && !known.iter().any(|known| known == key);
    let others: Vec<String> =
        sent.iter().map(|field| field.key.as_raw()).filter(is_other).map(str::to_owned).collect();
    let mut keys: Vec<String> = known.into_iter().chain(others).collect();
    keys.sort_by_key(|key| labels.place_of(key));
    let field = |key: &String| {
        let value = sent.iter().find(|field| field.key.as_raw() == key).map(|field| &field.value);
        FormField::of(key, value, labels)
    };
    keys.iter().map(field).collect()
}

/// The text of a field among those of a record. Empty where it has none.
pub(super) fn text_in<'f>(fields: &'f [Field<'_>], key: &str) -> &'f str {
    let field = fields.iter().find(|field| field.key.as_raw() == key);
    field.map(|field| value::text(&field.value)).unwrap_or_default()
}

impl FormField {
    /// A field without a value.
    pub(super) fn empty(key: &str, labels: &FieldMap) -> Self {
        Self::of(key, None, labels)
    }

    fn of(key: &str, sent: Option<&Value<'_>>, labels: &FieldMap) -> Self {
        let base = sent.map(value::text).unwrap_or_default();
        let fixed = match sent {
            Some(Value::List(_) | Value::Object(_)) => Some(Fixed::Nested),
            _ if base.len() > MAX_BYTES => Some(Fixed::TooLong),
            _ if text::clean_str(base, Place::Clipboard).as_str() != base => Some(Fixed::Unprintable),
            _ => None,
        };
        Self {
            key: key.to_owned(),
            label: labels.name_of(key),
            input: Input::new(if fixed.is_some() { String::new() } else { base.to_owned() }),
            fixed,
            unfit: None,
            refused: Vec::new(),
            base: base.to_owned(),
            conflict: None,
            before: None,
        }
    }

    /// Whether it is the id of a new customer.
    #[must_use]
    pub fn is_id(&self) -> bool {
        self.key == StandardField::Id.key()
    }

    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        if self.fixed.is_some() { &self.base } else { self.input.value() }
    }

    /// What Cube has, as the person has seen it.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What Cube has now, where both have changed the field.
    #[must_use]
    pub fn conflict(&self) -> Option<&str> {
        self.conflict.as_deref()
    }

    /// What Cube had when the form was opened, where somebody else has changed the field since and the person has not.
    #[must_use]
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref().filter(|_| !self.is_changed())
    }

    /// Whether what is typed differs from what Cube has.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.text() != self.base
    }

    /// Whether what was typed is sure to be refused.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.unfit.is_some_and(Unfit::is_certain)
    }

    /// Looks again whether the text fits. What came from Cube fits.
    pub(super) fn check(&mut self, labels: &FieldMap) {
        self.refused.clear();
        let is_changed = self.is_changed();
        self.unfit = if is_changed { unfit(&self.key, labels.get(&self.key), self.text()) } else { None };
    }

    /// Puts another text into the field, where it can be changed.
    pub(super) fn set_text(&mut self, text: String) {
        if self.fixed.is_none() {
            self.input = Input::new(text);
        }
    }

    pub(super) fn go_to_end(&mut self) {
        self.input.handle(InputRequest::GoToEnd);
    }

    /// Takes what Cube has now. Returns whether somebody else has changed a field that the person did not.
    pub(super) fn rebase(&mut self, now: &str) -> bool {
        if now == self.base || self.fixed.is_some() || self.is_id() {
            self.conflict = None;
            return false;
        }
        let is_mine = self.is_changed();
        if is_mine && self.text() != now {
            self.conflict = Some(now.to_owned());
            return false;
        }
        self.conflict = None;
        let before = mem::replace(&mut self.base, now.to_owned());
        self.set_text(now.to_owned());
        if is_mine {
            return false;
        }
        let before = self.before.take().unwrap_or(before);
        self.before = Some(before).filter(|before| before != now);
        self.before.is_some()
    }

    /// Ends a conflict: what Cube has now is known, and stays or is to be replaced.
    pub(super) fn settle(&mut self, mine: bool) {
        let Some(now) = mem::take(&mut self.conflict) else { return };
        if !mine {
            self.set_text(now.clone());
        }
        self.base = now;
    }
}
