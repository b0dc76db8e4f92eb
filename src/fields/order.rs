//! The order in which a person reads a record's fields, and what each is called: one rule for the card and for `get`.

use super::FieldMap;
use crate::cube::CUSTOM_PREFIX;
use crate::language::tr;
use crate::text::{self, Place, SafeText};

/// Where a field is read: the fields with a column in the list's schema first, then those with a label in the mapping's order, then all others in
/// Cube's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// A field with a column in the schema, by its place among them.
    Standard(usize),
    /// A field that the mapping has a label for, by its place there.
    Labelled(usize),
    /// Any other.
    Other,
}

impl FieldMap {
    /// Where the field under `key` is read. Sorting by it keeps Cube's order where two are equal.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Position {
        match (self.schema.position(key), self.position(key)) {
            (Some(at), _) => Position::Standard(at),
            (None, Some(at)) if self.label(key).is_some() => Position::Labelled(at),
            (None, _) => Position::Other,
        }
    }

    /// What the field under `key` is called: its title or label; a custom field without one by its number, "Field 388",
    /// and any other by its key.
    #[must_use]
    pub fn name_of(&self, key: &str) -> SafeText<'static> {
        match self.schema.column_of(key) {
            Some(column) => text::clean_str(&column.said(), Place::Row).into_owned(),
            None => self.label(key).unwrap_or_else(|| self.without_label(key)),
        }
    }

    fn without_label(&self, key: &str) -> SafeText<'static> {
        if key.starts_with(CUSTOM_PREFIX) {
            let name = tr!("Field {number}", number = self.number_of(key));
            text::clean_str(&name, Place::Row).into_owned()
        } else {
            text::clean_str(key, Place::Row).into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn fields() -> FieldMap {
        let json = r#"[{"id":9,"key":""},{"id":2,"key":"City"},{"id":1,"key":"Class"}]"#;
        FieldMap::read(json).unwrap().0
    }

    #[test]
    fn standard_fields_come_first_then_labelled_ones_then_the_others_as_cube_sends_them() {
        let fields = fields();
        let mut keys = [
            "crm__custom_info__9",
            "crm__x",
            "crm__change_log__updated",
            "crm__custom_info__1",
            "crm__standard_info__email",
            "crm__custom_info__2",
            "crm__custom_info__7",
            "crm__customer_id",
        ];
        keys.sort_by_key(|key| fields.place_of(key));
        let names = keys.map(|key| fields.name_of(key).to_string());
        assert_eq!(
            names,
            ["ID", "E-mail", "City", "Class", "Field 9", "crm__x", "crm__change_log__updated", "Field 7"]
        );
    }

    #[rstest]
    #[case::a_hostile_number("crm__custom_info__\u{1b}[2J", "Field ␛[2J")]
    #[case::a_hostile_key("a\u{202e}b", "ab")]
    #[case::no_number("crm__custom_info__", "Field ")]
    fn what_has_no_label_is_named_by_its_cleaned_key(#[case] key: &str, #[case] name: &str) {
        assert_eq!(fields().name_of(key).as_str(), name);
    }
}
