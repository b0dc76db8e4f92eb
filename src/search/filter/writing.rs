//! A filter as the text that says it, so that what was chosen can be typed and edited.

use super::Fields;
use crate::fields::FieldMap;
use crate::search::names;
use crate::search::query::{Query, Reach};

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Its whole value is one of these.
    OneOf(Vec<String>),
    /// It is in this range: `100..199`.
    Within(String),
    /// It has no value.
    Empty,
}

impl Condition {
    /// The filter in a search line: `city:=Askim,Oslo`. The field has the name that means it alone: its label, or its key
    /// where others are called so too.
    #[must_use]
    pub fn of_field(&self, key: &str, fields: &FieldMap) -> String {
        let name = name(key, fields);
        match self {
            Self::OneOf(values) => {
                let values: Vec<String> = values.iter().map(|value| written(value)).collect();
                format!("{name}:={}", values.join(","))
            }
            Self::Within(range) => format!("{name}:{range}"),
            Self::Empty => format!("{name}:empty"),
        }
    }
}

/// The name that means this field and no other, as it is typed. That of a standard field is English on any screen: a filter
/// that is kept is read whatever the language is then.
fn name(key: &str, fields: &FieldMap) -> String {
    let title = fields.schema().column_of(key).map(|column| column.title.to_owned());
    let label = title.unwrap_or_else(|| fields.name_of(key).to_string()).to_lowercase();
    let meant = names::of_key(key, fields.schema());
    let means_it = |name: &String| named(&format!("{name}:any"), fields).as_ref() == Some(&meant);
    [written(&label), key.to_owned()].into_iter().find(means_it).unwrap_or_else(|| written(&label))
}

/// The fields that the only filter of a line is about.
fn named(line: &str, fields: &FieldMap) -> Option<Fields> {
    let mut query = Query::search(line, Reach::Standard, fields);
    let filter = query.filters.pop().filter(|_| query.filters.is_empty() && query.terms.is_empty());
    filter.map(|filter| filter.fields)
}

/// A text as it is typed: in quotes where it has more than letters and digits. A quote within is typed twice.
fn written(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '@' | '_'));
    let begins = text.starts_with(char::is_alphanumeric);
    if is_plain && begins { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::in_norwegian;
    use rstest::rstest;

    fn fields() -> FieldMap {
        let labels =
            r#"{"1": "City", "2": "Post sted", "3": "Note", "4": "Note", "5": "Phone", "6": "2019"}"#;
        FieldMap::read(labels).unwrap().0
    }

    #[rstest]
    #[case::a_label("crm__custom_info__1", "city")]
    #[case::with_a_space("crm__custom_info__2", "\"post sted\"")]
    #[case::one_of_two_alike("crm__custom_info__3", "\"note (3)\"")]
    #[case::all_phones_are_called_so("crm__custom_info__5", "crm__custom_info__5")]
    #[case::a_number("crm__custom_info__6", "2019")]
    #[case::without_a_label("crm__custom_info__77", "crm__custom_info__77")]
    #[case::a_standard_field("crm__standard_info__phone_2", "\"phone 2\"")]
    #[case::the_name("crm__standard_info__name", "name")]
    #[case::of_no_schema("own__x", "own__x")]
    fn a_field_has_a_name_that_means_it_alone(#[case] key: &str, #[case] name: &str) {
        assert_eq!(Condition::Empty.of_field(key, &fields()), format!("{name}:empty"));
    }

    #[test]
    fn a_filter_is_the_same_on_a_screen_in_another_language_and_its_heads_may_be_typed_too() {
        in_norwegian(|| {
            assert_eq!(
                Condition::Empty.of_field("crm__standard_info__phone_2", &fields()),
                "\"phone 2\":empty"
            );
            let meant = names::of_key("crm__standard_info__phone_2", fields().schema());
            for line in ["\"phone 2\":any", "\"telefon 2\":any", "telefon2:any"] {
                assert_eq!(named(line, &fields()), Some(meant.clone()), "{line}");
            }
        });
    }

    #[rstest]
    #[case::a_word("Askim", "city:=Askim")]
    #[case::words("Bø i Telemark", "city:=\"Bø i Telemark\"")]
    #[case::a_comma("Nord, Sør", "city:=\"Nord, Sør\"")]
    #[case::quotes("\"Nord\" AS", "city:=\"\"\"Nord\"\" AS\"")]
    #[case::lines("a\nb", "city:=\"a b\"")]
    #[case::a_sign_first("-5", "city:=\"-5\"")]
    fn a_value_is_written_so_that_it_can_be_read(#[case] value: &str, #[case] filter: &str) {
        let condition = Condition::OneOf(vec![value.to_owned()]);
        assert_eq!(condition.of_field("crm__custom_info__1", &fields()), filter);
    }
}
