//! Which field a person means by a word: a title, a label, a key, or the id in a custom field's key.

use super::FieldMap;
use crate::cube::CUSTOM_PREFIX;
use crate::language::tr;
use crate::text::{self, Place, SafeText};

/// Why a word does not name one field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAField {
    /// No field is called so; the one that may be meant.
    #[error("{}", tr!("no field is called {word}{near}", word, near = near(nearest.as_ref())))]
    Unknown {
        /// The word, as far as it may be repeated.
        word: SafeText<'static>,
        /// The nearest name there is, when one is near.
        nearest: Option<SafeText<'static>>,
    },
    /// Several fields are called so.
    #[error("{}", tr!("several fields are called {word}; say which by its number: {numbers}", word, numbers = numbers.join(", ")))]
    Several {
        /// The word, cleaned.
        word: SafeText<'static>,
        /// The numbers of the fields, cleaned.
        numbers: Vec<String>,
    },
}

impl FieldMap {
    /// The keys of all fields that `word` means. A custom field's number and a whole key name a field that the mapping
    /// does not have, too: customers may have it all the same.
    ///
    /// # Errors
    /// [`NotAField::Unknown`] when it means none.
    pub fn keys_of(&self, word: &str) -> Result<Vec<String>, NotAField> {
        if let Some(column) = self.column_named(word) {
            return Ok(vec![column.key.to_owned()]);
        }
        let named = self.named(word);
        let word = word.trim();
        if !named.is_empty() {
            return Ok(named);
        }
        if word.contains("__") {
            return Ok(vec![word.to_owned()]);
        }
        if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(vec![format!("{CUSTOM_PREFIX}{word}")]);
        }
        Err(NotAField::Unknown { word: text::typed(word), nearest: self.nearest_to(word) })
    }

    /// The key of the one field that `word` means, as [`keys_of`](Self::keys_of) reads it.
    ///
    /// # Errors
    /// It means none, or several.
    pub fn key_of(&self, word: &str) -> Result<String, NotAField> {
        let mut keys = self.keys_of(word)?;
        if keys.len() == 1 {
            return Ok(keys.remove(0));
        }
        let numbers = keys.iter().map(|key| self.number_of(key)).collect();
        Err(NotAField::Several { word: text::typed(word.trim()), numbers })
    }

    fn nearest_to(&self, word: &str) -> Option<SafeText<'static>> {
        let standard =
            self.schema.columns.iter().map(|column| text::clean_str(&column.said(), Place::Row).into_owned());
        let labels = self.fields().filter_map(|field| self.label(&field.key));
        let names: Vec<String> = standard.chain(labels).map(|name| name.to_string()).collect();
        text::nearest(word, names).map(|name| text::clean_str(&name, Place::Message).into_owned())
    }
}

fn near(nearest: Option<&SafeText<'static>>) -> String {
    nearest.map(|name| tr!(", but one is called {name}", name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn fields() -> FieldMap {
        let json = r#"[{"id":390,"key":"City"},{"id":64,"key":"Address"},{"id":221,"key":"Address"}]"#;
        FieldMap::read(json).unwrap().0
    }

    #[rstest]
    #[case::title("phone 2", "crm__standard_info__phone_2")]
    #[case::label("city", "crm__custom_info__390")]
    #[case::number("390", "crm__custom_info__390")]
    #[case::number_without_a_label("7", "crm__custom_info__7")]
    #[case::key("crm__custom_info__390", "crm__custom_info__390")]
    #[case::one_of_two("Address (64)", "crm__custom_info__64")]
    fn a_word_means_one_field(#[case] word: &str, #[case] key: &str) {
        assert_eq!(fields().key_of(word).as_deref(), Ok(key));
    }

    #[rstest]
    #[case::unknown("industry", "no field is called industry")]
    #[case::near("citi", "no field is called citi, but one is called City")]
    #[case::two("address", "several fields are called address; say which by its number: 64, 221")]
    #[case::nothing("", "no field is called ")]
    #[case::a_token("c0ffee00c0ffee00c0ffee00", "no field is called …")]
    #[case::hostile("\u{1b}[2J", "no field is called ␛[2J")]
    fn a_word_that_means_none_or_several_is_told(#[case] word: &str, #[case] said: &str) {
        assert_eq!(fields().key_of(word).unwrap_err().to_string(), said);
    }
}
