//! Masks over phone numbers, e-mail addresses and custom values, so that the screen can be shared. A field can be shown
//! for a while.

use crate::app::App;
use crate::cube::{ColumnKind, Moment, Record, Schema};
use crate::text::{MASK, mask_email, mask_phone, mask_typed};
use crate::words::Notice;
use std::borrow::Cow;

/// How long a field is shown, in seconds.
const SHOWN_FOR: u64 = 10;

/// Whether values are masked, and the field that is shown all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Masks {
    is_on: bool,
    shown: Option<Shown>,
}

/// A field that is shown: whose it is, which, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    id: String,
    key: String,
    since: Moment,
}

impl Masks {
    /// Masks that are on, or off.
    #[must_use]
    pub fn new(is_on: bool) -> Self {
        Self { is_on, shown: None }
    }

    /// Whether values are masked.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// Whether a field is shown all the same, for a while.
    #[must_use]
    pub fn shows_a_field(&self) -> bool {
        self.shown.is_some()
    }

    /// The value of a field as it may be shown.
    #[must_use]
    pub fn value<'v>(&self, schema: &Schema, key: &str, value: &'v str) -> Cow<'v, str> {
        if !self.is_on || value.is_empty() {
            return Cow::Borrowed(value);
        }
        match schema.column_of(key).map(|column| column.kind) {
            Some(ColumnKind::Id | ColumnKind::Name) => Cow::Borrowed(value),
            Some(ColumnKind::Phone) => Cow::Owned(mask_phone(value)),
            Some(ColumnKind::Email) => Cow::Owned(mask_email(value)),
            Some(ColumnKind::Text | ColumnKind::Number | ColumnKind::Time) | None => Cow::Borrowed(MASK),
        }
    }

    /// What is being typed, or was, as it may be shown: sign for sign.
    #[must_use]
    pub fn typed<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_on { Cow::Owned(mask_typed(text)) } else { Cow::Borrowed(text) }
    }

    /// A record as it may be shown: the same keys, and the values masked.
    #[must_use]
    pub fn record<'r>(&self, record: &'r Record<'_>) -> Cow<'r, Record<'r>> {
        if !self.is_on {
            return Cow::Borrowed(record);
        }
        let schema = record.schema();
        let id = record.standard().id.as_raw().to_owned();
        let is_shown =
            |key: &str| self.shown.as_ref().is_some_and(|shown| shown.id == id && shown.key == key);
        let members = record.fields().into_iter().map(|field| {
            let key = field.key.as_raw();
            let text = crate::fields::value::text(&field.value);
            let masked = self.value(schema, key, text);
            let value = if is_shown(key) || *masked == *text {
                field.json.as_raw().to_owned()
            } else {
                serde_json::Value::from(masked.into_owned()).to_string()
            };
            format!("{}:{value}", serde_json::Value::from(key))
        });
        let members: Vec<String> = members.collect();
        Cow::Owned(Record::again(format!("{{{}}}", members.join(","))).with_schema(schema))
    }
}

impl App {
    /// Masks values, or shows them again.
    pub(super) fn toggle_masks(&mut self) {
        self.masks = Masks::new(!self.masks.is_on);
        self.say(Notice::Masks(self.masks.is_on));
        self.masks_changed();
    }

    /// Shows the field under the card's cursor for a while.
    pub(super) fn show_field(&mut self) {
        let Some(card) = self.layers.focused_card().filter(|_| self.masks.is_on) else { return };
        let Some(field) = card.field_under_cursor() else { return };
        let (id, key) = (card.id.clone(), field.key.clone());
        self.masks.shown = Some(Shown { id, key, since: self.clock.now });
        self.masks_changed();
    }

    /// Masks the field again that was shown for long enough, or is no longer on the screen.
    pub(super) fn end_shown_field(&mut self) {
        let is_on_screen = |id: &str| self.layers.card().is_some_and(|card| card.id == id);
        let is_over = self.masks.shown.as_ref().is_some_and(|shown| {
            self.clock.now.seconds_since(shown.since) >= SHOWN_FOR || !is_on_screen(&shown.id)
        });
        if is_over {
            self.masks.shown = None;
            self.masks_changed();
        }
    }

    fn masks_changed(&mut self) {
        let (_, layers, env) = self.parts();
        layers.cards_mut().for_each(|card| card.labels_changed(&env));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KARI: &str = r#"{"crm__customer_id":"9120011888","crm__standard_info__name":"Kari \"K\" Nord",
        "crm__standard_info__phone_1":"90909088","crm__standard_info__phone_2":null,
        "crm__standard_info__email":"kari@nord.no","crm__custom_info__390":"ASKIM","crm__custom_info__7":233.0}"#;

    #[test]
    fn a_masked_record_has_the_same_keys_and_of_the_values_only_id_and_name() {
        let record = Record::new(KARI).unwrap();
        let masked = Masks::new(true).record(&record).into_owned();
        let text = |record: &Record<'_>| -> Vec<String> {
            let fields = record.fields();
            let text = |field: &crate::cube::Field<'_>| crate::fields::value::text(&field.value).to_owned();
            fields.iter().map(text).collect()
        };
        assert_eq!(
            text(&masked),
            ["9120011888", "Kari \"K\" Nord", "90 •• •• 88", "", "k•••@•••", MASK, MASK]
        );
        assert!(Record::new(masked.as_json().to_owned()).is_some(), "it is JSON");
    }

    #[test]
    fn without_masks_a_record_is_as_sent() {
        let record = Record::new(KARI).unwrap();
        assert_eq!(Masks::default().record(&record).as_json(), KARI);
    }
}
