//! Whether what a person types into a field is what the field holds, as the mapping says.

use super::{CustomField, Kind};
use crate::cube::StandardField;
use crate::text;
use jiff::civil::Date;

/// Why a text does not fit its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The field holds whole numbers.
    NotAnInteger,
    /// The field holds numbers.
    NotANumber,
    /// The field holds days, written `1948-01-31`.
    NotADate,
    /// The field takes fewer characters.
    TooLong {
        /// How many it takes.
        most: u64,
        /// How many there are.
        typed: u64,
    },
    /// It does not look like an e-mail address.
    NotAnAddress,
    /// It does not look like a phone number.
    NotAPhoneNumber,
}

impl Unfit {
    /// Whether Cube is sure to refuse it. A phone number is whatever Cube takes for one; so is an address.
    #[must_use]
    pub const fn is_certain(self) -> bool {
        !matches!(self, Self::NotAnAddress | Self::NotAPhoneNumber)
    }
}

/// Why `text` does not fit the field under `key`, which the mapping describes as `field`. `None` where it fits; no text
/// fits every field.
#[must_use]
pub fn unfit(key: &str, field: Option<&CustomField>, text: &str) -> Option<Unfit> {
    if text.is_empty() {
        return None;
    }
    match StandardField::of_key(key) {
        Some(StandardField::Email) => return (!text::is_address(text)).then_some(Unfit::NotAnAddress),
        Some(StandardField::Phone1 | StandardField::Phone2 | StandardField::Phone3) => {
            return (!text.chars().any(|c| c.is_ascii_digit())).then_some(Unfit::NotAPhoneNumber);
        }
        Some(StandardField::Id | StandardField::Name) => return None,
        None => {}
    }
    let field = field?;
    let typed = text.chars().count() as u64;
    if let Some(most) = field.max_length.filter(|most| typed > *most) {
        return Some(Unfit::TooLong { most, typed });
    }
    let (fits, unfit) = match &field.kind {
        Kind::Text => return None,
        Kind::Integer => (is_integer(text), Unfit::NotAnInteger),
        Kind::Number => (text.parse::<serde_json::Number>().is_ok(), Unfit::NotANumber),
        Kind::Date => (text.len() == "1948-01-31".len() && text.parse::<Date>().is_ok(), Unfit::NotADate),
        Kind::Other(word) => match text::fold(word.as_raw()).as_str() {
            "email" | "e-mail" => (text::is_address(text), Unfit::NotAnAddress),
            _ => return None,
        },
    };
    (!fits).then_some(unfit)
}

/// Digits, with a minus in front or none.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::FieldMap;
    use rstest::rstest;

    const EMAIL: &str = "crm__standard_info__email";
    const PHONE: &str = "crm__standard_info__phone_1";
    const INTEGER: &str = "crm__custom_info__1";
    const DATE: &str = "crm__custom_info__2";
    const SHORT: &str = "crm__custom_info__3";
    const NUMBER: &str = "crm__custom_info__4";

    fn fields() -> FieldMap {
        let json = r#"[{"id":1,"key":"Employees","type":"integer"},{"id":2,"key":"Founded","type":"date"},
            {"id":3,"key":"Class","type":"string","max_length":3},{"id":4,"key":"Rate","type":"number"}]"#;
        FieldMap::read(json).unwrap().0
    }

    #[rstest]
    #[case::nothing(INTEGER, "", None)]
    #[case::an_integer(INTEGER, "-233", None)]
    #[case::a_huge_integer(INTEGER, "99999999999999999999999", None)]
    #[case::letters(INTEGER, "12a", Some(Unfit::NotAnInteger))]
    #[case::a_blank(INTEGER, " 12", Some(Unfit::NotAnInteger))]
    #[case::a_minus(INTEGER, "-", Some(Unfit::NotAnInteger))]
    #[case::decimals_of_an_integer(INTEGER, "12.5", Some(Unfit::NotAnInteger))]
    #[case::decimals(NUMBER, "12.5", None)]
    #[case::a_comma(NUMBER, "12,5", Some(Unfit::NotANumber))]
    #[case::a_day(DATE, "1948-02-29", None)]
    #[case::no_such_day(DATE, "1949-02-29", Some(Unfit::NotADate))]
    #[case::norwegian_order(DATE, "01.02.1948", Some(Unfit::NotADate))]
    #[case::a_day_with_time(DATE, "1948-02-29T10:00", Some(Unfit::NotADate))]
    #[case::characters_count(SHORT, "åøæ", None)]
    #[case::too_long(SHORT, "åøæå", Some(Unfit::TooLong { most: 3, typed: 4 }))]
    #[case::address(EMAIL, "kari@x.no", None)]
    #[case::no_host(EMAIL, "kari@x", Some(Unfit::NotAnAddress))]
    #[case::two_addresses(EMAIL, "a@x.no b@x.no", Some(Unfit::NotAnAddress))]
    #[case::phone(PHONE, "+47 909 09 090", None)]
    #[case::no_phone(PHONE, "ukjent", Some(Unfit::NotAPhoneNumber))]
    #[case::a_name("crm__standard_info__name", "12", None)]
    #[case::a_field_without_a_mapping("crm__custom_info__9", "x", None)]
    fn a_text_fits_its_field_or_says_why_not(
        #[case] key: &str,
        #[case] text: &str,
        #[case] expected: Option<Unfit>,
    ) {
        let fields = fields();
        assert_eq!(unfit(key, fields.get(key), text), expected);
    }
}
