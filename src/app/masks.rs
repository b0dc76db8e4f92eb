//! Masks over phone numbers, e-mail addresses and custom values, so that the screen can be shared. A field can be shown
//! for a while.

use crate::cube::{ColumnKind, Moment, Record, Schema};
use crate::text::{MASK, mask_email, mask_phone, mask_typed};
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

    /// Masks values, or shows them again. Returns which.
    pub(super) fn toggle(&mut self) -> bool {
        *self = Self::new(!self.is_on);
        self.is_on
    }

    /// Shows a field of a customer for a while.
    pub(super) fn show_field(&mut self, id: String, key: String, now: Moment) {
        self.shown = Some(Shown { id, key, since: now });
    }

    /// Masks the field again that was shown for long enough, or whose customer's card is no longer on the screen.
    /// Returns whether there was one.
    pub(super) fn end_shown_field(&mut self, now: Moment, on_screen: Option<&str>) -> bool {
        let is_over = |shown: &mut Shown| {
            now.seconds_since(shown.since) >= SHOWN_FOR || on_screen != Some(shown.id.as_str())
        };
        self.shown.take_if(is_over).is_some()
    }

    /// The value of a field as it may be shown.
    #[must_use]
    pub fn value<'v>(&self, schema: &Schema, key: &str, value: &'v str) -> Cow<'v, str> {
        if !self.is_on || value.is_empty() {
            return Cow::Borrowed(value);
        }
        match schema.column_of(key).map(|column| column.kind) {
            // Of a call, when it was; fields of customers that hold a time are no columns of their list.
            Some(ColumnKind::Id | ColumnKind::Name | ColumnKind::Time) => Cow::Borrowed(value),
            Some(ColumnKind::Phone) => Cow::Owned(mask_phone(value)),
            Some(ColumnKind::Email) => Cow::Owned(mask_email(value)),
            Some(ColumnKind::Text | ColumnKind::Number) | None => Cow::Borrowed(MASK),
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
