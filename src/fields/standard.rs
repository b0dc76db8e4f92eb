//! What the six standard fields are called, and by which words a person may mean one.

use crate::cube::{CUSTOMERS, StandardField};
use crate::text;

/// What a customer's standard field is called.
#[must_use]
pub const fn title(field: StandardField) -> &'static str {
    CUSTOMERS.column(field).title
}

/// The standard field that `word` means: by its key, or by its title with or without blanks and dashes. `None` for
/// any other word.
#[must_use]
pub fn standard_named(word: &str) -> Option<StandardField> {
    let plain = |text: &str| -> String { text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let wanted = plain(word);
    let is_meant = |field: &StandardField| field.key() == word.trim() || plain(title(*field)) == wanted;
    StandardField::ALL.into_iter().find(is_meant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::title("Phone 1", Some(StandardField::Phone1))]
    #[case::together("phone1", Some(StandardField::Phone1))]
    #[case::as_in_the_key("phone_2", Some(StandardField::Phone2))]
    #[case::email("email", Some(StandardField::Email))]
    #[case::e_mail(" E-mail ", Some(StandardField::Email))]
    #[case::key("crm__standard_info__name", Some(StandardField::Name))]
    #[case::id("id", Some(StandardField::Id))]
    #[case::which_phone("phone", None)]
    #[case::nothing("", None)]
    fn a_standard_field_is_named_in_several_ways(#[case] word: &str, #[case] field: Option<StandardField>) {
        assert_eq!(standard_named(word), field);
    }
}
