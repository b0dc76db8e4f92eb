//! What the status line says of the card: the field under the cursor, and what is looked for.

use super::{Status, counted};
use crate::app::App;
use crate::fields::Kind;
use crate::text::{self, Place};

impl App {
    /// What the mapping says about the field under the cursor. `None` where it says nothing but the label.
    pub(super) fn says_of_field(&self) -> Option<String> {
        let field = self.field_under_cursor()?;
        let known = self.labels.fields.get(&field.key);
        let key = text::clean_str(&field.key, Place::Message);
        let Some(known) = known else {
            return field.unlabelled.then(|| format!("{key} has no label in the mapping"));
        };
        let kind = match &known.kind {
            Kind::Text => "text".to_owned(),
            Kind::Integer => "whole number".to_owned(),
            Kind::Number => "number".to_owned(),
            Kind::Date => "date".to_owned(),
            Kind::Other(word) => text::clean(word, Place::Message).to_string(),
        };
        let length = known.max_length.map(|length| format!("at most {length} characters"));
        let hint = text::clean(&known.hint, Place::Message).to_string();
        let hint = Some(hint).filter(|hint| !hint.is_empty());
        let parts: Vec<String> = [Some(kind), length, hint].into_iter().flatten().collect();
        Some(format!("{}: {}", field.label, parts.join(" · ")))
    }

    pub(super) fn field_find_status(&self) -> Status {
        Status::quiet(counted(self.shown_fields(), "field"))
    }

    /// That the card shows only the fields that were looked for. `None` while it shows them all.
    pub(super) fn says_of_kept_fields(&self) -> Option<String> {
        let find = self.card.as_ref()?.find.as_ref()?;
        Some(format!("/ {}   {} · Esc shows all", find.input.value(), counted(self.shown_fields(), "field")))
    }

    fn shown_fields(&self) -> usize {
        self.card_page().map_or(0, |page| page.fields.len())
    }
}
