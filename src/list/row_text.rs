//! The search text of one row, and how it is laid out.
//!
//! ```text
//! 9120011888 ␟ pers harklipperi as ␟ 47␜90909088␚ ␟ ␟ ␟ per@klipperiet.no ␞
//! id           name                  phones 1–3            e-mail
//! ```
//!
//! Forms of one field are divided by `␝`. A name with two letters for one, as `Hoel`, is there folded and as it is. A
//! family like `Aas` is there a second time in a form that tells it from the company's `as`. A phone field has a form
//! for each number, and one for the words beside them. Cleaned text never holds a divider.

use crate::cube::Standard;
use crate::list::phone;
use crate::text::{self, Country, Place, RawText};

/// Follows each field but the last.
pub(crate) const FIELD_END: char = '\u{1f}';
/// Follows the last field.
pub(crate) const ROW_END: char = '\u{1e}';
/// Divides the two forms of one field.
pub(crate) const OTHER_FORM: char = '\u{1d}';

/// An id or a number with no more characters than these is odd.
const SHORT: usize = 2;

/// What a search must know of a page's rows before it may take a short way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct UnusualTexts {
    /// There is more in an id than digits, so that its line may not hold it as sent.
    pub worded_ids: bool,
    /// There are words beside a phone number, so that a word may be a whole phone field.
    pub worded_phones: bool,
    /// An id or a number has no more than two characters, or an id has two forms.
    pub short: bool,
}

impl UnusualTexts {
    /// Adds what is odd about other rows.
    pub(crate) fn join(&mut self, other: Self) {
        self.worded_ids |= other.worded_ids;
        self.worded_phones |= other.worded_phones;
        self.short |= other.short;
    }
}

/// Appends the search text of one row of an account in `country`, its [`ROW_END`] included.
pub(crate) fn write(standard: &Standard<'_>, country: Country, out: &mut String) -> UnusualTexts {
    let mut odd = UnusualTexts::default();
    let start = out.len();
    let id = standard.id.as_raw();
    write_words(id, out);
    odd.worded_ids = !id.bytes().all(|byte| byte.is_ascii_digit());
    let folded = out.get(start..).unwrap_or_default();
    odd.short = (1..=SHORT).contains(&folded.len()) || folded.contains(OTHER_FORM);
    out.push(FIELD_END);
    write_name(standard.name.as_raw(), out);
    for phone in [&standard.phone_1, &standard.phone_2, &standard.phone_3] {
        out.push(FIELD_END);
        odd.join(write_phone(phone.as_raw(), country, out));
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
    let has_slash = cleaned.as_str().contains('/');
    let push = |mut form: String, out: &mut String| {
        text::join_initials(&mut form);
        out.push_str(&form);
    };
    if has_slash {
        push(text::fold(cleaned.as_str()), out);
    } else {
        text::fold_into(cleaned.as_str(), out);
    }
    if let Some(variant) = text::fold_variant(cleaned.as_str()) {
        out.push(OTHER_FORM);
        push(variant, out);
    }
}

/// Appends a name, and a further form of each of its words that is the form of a company with dots, or only looks like
/// one.
fn write_name(raw: &str, out: &mut String) {
    write_words(raw, out);
    for word in raw.split_whitespace().filter(|word| word.len() <= 6) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some(written) = text::dotted_form(word).or_else(|| text::not_a_form(word)) {
            out.push(OTHER_FORM);
            out.push_str(&written);
        }
    }
}

fn write_phone(raw: &str, country: Country, out: &mut String) -> UnusualTexts {
    if raw.is_empty() {
        return UnusualTexts::default();
    }
    let start = out.len();
    let scan = phone::scan(raw, country);
    for number in &scan.numbers {
        if out.len() > start {
            out.push(OTHER_FORM);
        }
        phone::write(number, country, out);
    }
    if scan.has_words {
        if out.len() > start {
            out.push(OTHER_FORM);
        }
        write_words(raw, out);
    }
    let forms = out.get(start..).unwrap_or_default().split(OTHER_FORM);
    let national = |form: &str| form.rsplit(phone::AFTER_COUNTRY).next().is_some_and(is_short);
    let short = forms.into_iter().any(national);
    UnusualTexts { worded_phones: scan.has_words, short, ..UnusualTexts::default() }
}

fn is_short(national: &str) -> bool {
    national.trim_end_matches(phone::IMPLICIT).len() <= SHORT
}

/// The fields of a text that [`FIELD_END`] divides.
pub(crate) fn fields(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(FIELD_END as u8, text.as_bytes()).chain([text.len()]);
    ends.map(move |end| text.get(std::mem::replace(&mut start, end + 1)..end).unwrap_or_default())
}

/// Whether a byte of search text ends a field, or one of its forms.
pub(crate) fn is_divider(byte: u8) -> bool {
    (OTHER_FORM as u8..=FIELD_END as u8).contains(&byte)
}

/// Whether a byte of search text ends a text: a divider, or the mark behind a number.
pub(crate) fn is_end(byte: u8) -> bool {
    is_divider(byte) || byte == phone::IMPLICIT as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn written(standard: &Standard<'_>) -> (String, UnusualTexts) {
        let mut out = String::new();
        let odd = write(standard, Country::default(), &mut out);
        let marks =
            [(FIELD_END, "|"), (OTHER_FORM, "="), (phone::AFTER_COUNTRY, "~"), (phone::IMPLICIT, "?")];
        (marks.iter().fold(out, |out, (mark, shown)| out.replace(*mark, shown)), odd)
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
        let name = "jol harklipperi as=joel harklipperi as=aas";
        assert_eq!(
            line,
            format!("9120011888|{name}|47~90909088||47~95499097?=kari: 95499097|per@klipperiet.no\u{1e}")
        );
        assert_eq!(odd, UnusualTexts { worded_phones: true, ..UnusualTexts::default() });
    }

    #[rstest]
    #[case::nothing("", &[""])]
    #[case::one("a", &["a"])]
    #[case::some("a\u{1f}\u{1f}å", &["a", "", "å"])]
    #[case::an_end_behind_the_last("a\u{1f}", &["a", ""])]
    fn a_text_is_divided_into_its_fields(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(fields(text).collect::<Vec<_>>(), expected);
    }

    #[rstest]
    #[case::an_id_in_capitals(Standard { id: "AB1".into(), ..Standard::default() }, UnusualTexts { worded_ids: true, ..UnusualTexts::default() })]
    #[case::an_id_in_two_forms(
        Standard { id: "oe1".into(), ..Standard::default() },
        UnusualTexts { worded_ids: true, short: true, ..UnusualTexts::default() }
    )]
    #[case::one_digit(Standard { phone_1: "7".into(), ..Standard::default() }, UnusualTexts { short: true, ..UnusualTexts::default() })]
    #[case::as_most_are(Standard { id: "123".into(), phone_2: "909".into(), ..Standard::default() }, UnusualTexts::default())]
    fn what_is_odd_is_told(#[case] standard: Standard<'_>, #[case] odd: UnusualTexts) {
        assert_eq!(written(&standard).1, odd);
    }
}
