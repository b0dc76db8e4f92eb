//! What the columns of a list's schema are called, and by which words a person may mean one.

use super::FieldMap;
use crate::cube::SchemaColumn;
use crate::text;

impl FieldMap {
    /// The column of the schema that `word` means: by its key, or by its title, in English and in the language of the screen, with or without blanks and dashes.
    /// `None` for any other word.
    #[must_use]
    pub fn column_named(&self, word: &str) -> Option<&'static SchemaColumn> {
        let plain =
            |text: &str| -> String { text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
        let wanted = plain(word);
        let is_title =
            |column: &SchemaColumn| plain(column.title) == wanted || plain(&column.said()) == wanted;
        let is_meant = |column: &&SchemaColumn| column.key == word.trim() || is_title(column);
        self.schema.columns.iter().find(is_meant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::CALLS;
    use rstest::rstest;

    #[rstest]
    #[case::title("Phone 1", "crm__standard_info__phone_1")]
    #[case::together("phone1", "crm__standard_info__phone_1")]
    #[case::as_in_the_key("phone_2", "crm__standard_info__phone_2")]
    #[case::email("email", "crm__standard_info__email")]
    #[case::e_mail(" E-mail ", "crm__standard_info__email")]
    #[case::key("crm__standard_info__name", "crm__standard_info__name")]
    #[case::id("id", "crm__customer_id")]
    #[case::which_phone("phone", "")]
    #[case::nothing("", "")]
    #[case::of_another_list("outcome", "")]
    fn a_standard_field_is_named_in_several_ways(#[case] word: &str, #[case] key: &str) {
        let found = FieldMap::default().column_named(word);
        assert_eq!(found.map_or("", |column| column.key), key);
    }

    #[rstest]
    #[case::title("outcome", "callflow__outcome")]
    #[case::of_customers("name", "")]
    fn another_list_has_its_own_names(#[case] word: &str, #[case] key: &str) {
        let found = FieldMap::default().of(&CALLS).column_named(word);
        assert_eq!(found.map_or("", |column| column.key), key);
    }
}
