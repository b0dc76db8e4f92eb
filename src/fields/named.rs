//! Which field a person means by a word: a title, a label, a key, or the id in a custom field's key.

use super::{FieldMap, standard_named, title};
use crate::cube::{CUSTOM_PREFIX, StandardField};
use crate::text::{self, Place, SafeText};

/// Why a word does not name one field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAField {
    /// No field is called so; the one that may be meant.
    #[error("there is no field called {word}{}", .nearest.as_ref().map(|name| format!(", but one is called {name}")).unwrap_or_default())]
    Unknown {
        /// The word, cleaned.
        word: SafeText<'static>,
        /// The nearest name.
        nearest: Option<SafeText<'static>>,
    },
    /// Several fields are called so.
    #[error("several fields are called {word}; say which by its number: {}", .numbers.join(", "))]
    Several {
        /// The word, cleaned.
        word: SafeText<'static>,
        /// The numbers of the fields, cleaned.
        numbers: Vec<String>,
    },
}

impl FieldMap {
    /// The key of the one field that `word` means. A custom field's number and a whole key name a field that the
    /// mapping does not have, too.
    ///
    /// # Errors
    /// It means none, or several.
    pub fn key_of(&self, word: &str) -> Result<String, NotAField> {
        if let Some(field) = standard_named(word) {
            return Ok(field.key().to_owned());
        }
        let mut keys = self.named(word);
        let word = word.trim();
        let shown = || text::clean_str(word, Place::Message).into_owned();
        match keys.len() {
            1 => Ok(keys.remove(0)),
            0 if word.contains("__") => Ok(word.to_owned()),
            0 if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(format!("{CUSTOM_PREFIX}{word}"))
            }
            0 => Err(NotAField::Unknown { word: shown(), nearest: self.nearest_to(word) }),
            _ => Err(NotAField::Several {
                word: shown(),
                numbers: keys.iter().map(|key| self.number_of(key)).collect(),
            }),
        }
    }

    fn nearest_to(&self, word: &str) -> Option<SafeText<'static>> {
        let standard = StandardField::ALL.into_iter().map(|field| SafeText::from(title(field)));
        let labels = self.fields().filter_map(|field| self.label(&field.key));
        let names: Vec<String> = standard.chain(labels).map(|name| name.to_string()).collect();
        text::nearest(word, names).map(|name| text::clean_str(&name, Place::Message).into_owned())
    }
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
    #[case::unknown("industry", "there is no field called industry")]
    #[case::near("citi", "there is no field called citi, but one is called City")]
    #[case::two("address", "several fields are called address; say which by its number: 64, 221")]
    #[case::nothing("", "there is no field called ")]
    #[case::hostile("\u{1b}[2J", "there is no field called ␛[2J")]
    fn a_word_that_means_none_or_several_is_told(#[case] word: &str, #[case] said: &str) {
        assert_eq!(fields().key_of(word).unwrap_err().to_string(), said);
    }
}
