//! The search text of one row, and how it is laid out.
//!
//! ```text
//! 9120011888 ␟ pers harklipperi as ␟ 47␜90909088 ␟ ␟ ␟ per@klipperiet.no ␞
//! id           name                  phones 1–3           e-mail
//! ```
//!
//! A name with the two letters `oe` is in its field twice, divided by `␝`: folded to `o`, and as it is.
//! Cleaned text never holds a divider.

use crate::cube::Standard;
use crate::list::phone;
use crate::text::{self, Place, RawText};

/// Follows each field but the last.
pub(crate) const FIELD_END: char = '\u{1f}';
/// Follows the last field.
pub(crate) const ROW_END: char = '\u{1e}';
/// Divides the two forms of one field.
pub(crate) const OTHER_FORM: char = '\u{1d}';

/// What a search must know of a page's rows before it may take a short way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Oddities {
    /// There is more in an id than digits, so that its line may not hold it as sent.
    pub worded_ids: bool,
    /// There are words beside a phone number, so that a word may be a whole phone field.
    pub worded_phones: bool,
    /// An id or a number has no more than two characters, or an id has two forms.
    pub short: bool,
}

impl Oddities {
    /// Adds what is odd about other rows.
    pub(crate) fn join(&mut self, other: Self) {
        self.worded_ids |= other.worded_ids;
        self.worded_phones |= other.worded_phones;
        self.short |= other.short;
    }
}

/// Appends the search text of one row, its [`ROW_END`] included.
pub(crate) fn write(standard: &Standard<'_>, out: &mut String) -> Oddities {
    let mut odd = Oddities::default();
    let start = out.len();
    let id = standard.id.as_raw();
    write_words(id, out);
    odd.worded_ids = !id.bytes().all(|byte| byte.is_ascii_digit());
    let folded = out.get(start..).unwrap_or_default();
    odd.short = is_short(folded) || folded.contains(OTHER_FORM);
    out.push(FIELD_END);
    write_words(standard.name.as_raw(), out);
    for phone in [&standard.phone_1, &standard.phone_2, &standard.phone_3] {
        out.push(FIELD_END);
        odd.join(write_phone(phone.as_raw(), out));
    }
    out.push(FIELD_END);
    write_words(standard.email.as_raw(), out);
    out.push(ROW_END);
    odd
}

/// Appends the search text of one value: the folded form, and the other one where there are two.
pub(crate) fn write_words(raw: &str, out: &mut String) {
    if raw.is_empty() {
        return;
    }
    let raw = RawText::from(raw);
    let cleaned = text::clean(&raw, Place::Row);
    text::fold_into(cleaned.as_str(), out);
    if let Some(variant) = text::fold_variant(cleaned.as_str()) {
        out.push(OTHER_FORM);
        out.push_str(&variant);
    }
}

fn write_phone(raw: &str, out: &mut String) -> Oddities {
    if raw.is_empty() {
        return Oddities::default();
    }
    let start = out.len();
    let number = phone::canonical(raw);
    let has_words = raw.chars().any(|c| !phone::is_number_char(c));
    if let Some(number) = &number {
        out.push_str(number);
    }
    if has_words {
        if number.is_some() {
            out.push(OTHER_FORM);
        }
        write_words(raw, out);
    }
    let forms = out.get(start..).unwrap_or_default().split(OTHER_FORM);
    let national = |form: &str| form.rsplit(phone::AFTER_COUNTRY).next().is_some_and(is_short);
    let short = forms.into_iter().any(national);
    Oddities { worded_phones: has_words, short, ..Oddities::default() }
}

fn is_short(form: &str) -> bool {
    (1..=2).contains(&form.len())
}

/// Whether a byte of search text ends a field, or one of its forms.
pub(crate) fn is_divider(byte: u8) -> bool {
    (OTHER_FORM as u8..=FIELD_END as u8).contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn written(standard: &Standard<'_>) -> (String, Oddities) {
        let mut out = String::new();
        let odd = write(standard, &mut out);
        (out.replace(FIELD_END, "|").replace(OTHER_FORM, "=").replace(phone::AFTER_COUNTRY, "~"), odd)
    }

    #[test]
    fn a_line_holds_what_is_searched_of_each_field() {
        let standard = Standard {
            id: "9120011888".into(),
            name: "Joel Hårklipperi Ås".into(),
            phone_1: "+47 909 09 088".into(),
            phone_2: "".into(),
            phone_3: "Kari: 95499097".into(),
            email: "Per@klipperiet.no".into(),
        };
        let (line, odd) = written(&standard);
        let name = "jol harklipperi as=joel harklipperi as";
        assert_eq!(
            line,
            format!("9120011888|{name}|47~90909088||47~95499097=kari: 95499097|per@klipperiet.no\u{1e}")
        );
        assert_eq!(odd, Oddities { worded_phones: true, ..Oddities::default() });
    }

    #[rstest]
    #[case::an_id_in_capitals(Standard { id: "AB1".into(), ..Standard::default() }, Oddities { worded_ids: true, ..Oddities::default() })]
    #[case::an_id_in_two_forms(
        Standard { id: "oe1".into(), ..Standard::default() },
        Oddities { worded_ids: true, short: true, ..Oddities::default() }
    )]
    #[case::one_digit(Standard { phone_1: "7".into(), ..Standard::default() }, Oddities { short: true, ..Oddities::default() })]
    #[case::as_most_are(Standard { id: "123".into(), phone_2: "909".into(), ..Standard::default() }, Oddities::default())]
    fn what_is_odd_is_told(#[case] standard: Standard<'_>, #[case] odd: Oddities) {
        assert_eq!(written(&standard).1, odd);
    }
}
