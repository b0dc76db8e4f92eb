//! What a name before a colon means in a list: a column of its schema, all columns of a kind, or custom fields.

use crate::cube::Schema;
use crate::fields::FieldMap;
use crate::language::{Language, spoken};
use crate::search::filter::Fields;
use crate::text;

/// The fields that a name means in a list whose fields are called so. `None` iff it means none.
pub(crate) fn named(name: &str, fields: &FieldMap) -> Option<Fields> {
    let schema = fields.schema();
    if let Some(column) = fields.column_named(name) {
        return Some(of_key(column.key, schema));
    }
    let folded = text::fold(name);
    if let Some((_, kind)) = schema.words.iter().find(|(word, _)| *word == folded) {
        return Some(Fields { standard: schema.fields_of(*kind).collect(), keys: Vec::new() });
    }
    let keys = fields.named(name);
    (!keys.is_empty()).then_some(Fields { standard: Vec::new(), keys })
}

/// The field with this key: a standard one of the list, or another.
pub(crate) fn of_key(key: &str, schema: &Schema) -> Fields {
    match schema.field_of(key) {
        Some(field) => Fields { standard: vec![field], keys: Vec::new() },
        None => Fields { standard: Vec::new(), keys: vec![key.to_owned()] },
    }
}

/// The name nearest to `word`, when near enough to be meant.
pub(crate) fn nearest(word: &str, fields: &FieldMap) -> Option<String> {
    let schema = fields.schema();
    let words = schema.columns.iter().map(|column| {
        let of_kind = schema.words.iter().find(|(_, kind)| *kind == column.kind);
        of_kind.map_or(column.title, |(word, _)| word).to_owned()
    });
    let labels = fields.fields().filter_map(|field| fields.label(&field.key)).map(|label| label.to_string());
    // A Norwegian may mean the word of either language.
    let spoken = schema.words.iter().filter(|_| spoken() == Language::Norwegian);
    text::nearest(word, spoken.map(|(word, _)| (*word).to_owned()).chain(words).chain(labels))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::in_norwegian;

    #[test]
    fn a_norwegian_screen_offers_the_norwegian_word_too() {
        let nearest = || ["navm", "telefn", "phon"].map(|word| nearest(word, &FieldMap::default()));
        assert_eq!(in_norwegian(nearest), ["navn", "telefon", "phone"].map(|word| Some(word.to_owned())));
        assert_eq!(nearest()[0].as_deref(), Some("name"));
    }
}
