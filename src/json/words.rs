//! `NaN`, `Infinity` and `-Infinity`: Python writes them where a number is missing, and JSON does not have them.

use super::scan::{byte, end_of_string};
use std::borrow::Cow;
use std::ops::Range;

/// Reads `json` to its end as one value of any type; the three words count as numbers.
///
/// # Errors
/// When `json` is not one well-formed value even so. The error's own text may quote the JSON.
pub(crate) fn check_but_for_words(json: &str) -> Result<(), serde_json::Error> {
    super::check(json).or_else(|error| match with_zeros(json) {
        Some(zeros) => super::check(&zeros).map_err(|_| error),
        None => Err(error),
    })
}

/// Whether one of the words is in `json`, outside of its strings.
pub(crate) fn has_words(json: &str) -> bool {
    let mut has = false;
    each_word(json, |_| has = true);
    has
}

/// `json` with `null` in place of each word.
pub(crate) fn with_nulls(json: &str) -> Cow<'_, str> {
    let (mut out, mut end) = (String::new(), 0);
    each_word(json, |word| {
        out.push_str(json.get(end..word.start).unwrap_or_default());
        out.push_str("null");
        end = word.end;
    });
    if end == 0 {
        return Cow::Borrowed(json);
    }
    out.push_str(json.get(end..).unwrap_or_default());
    Cow::Owned(out)
}

/// `json` with a zero in place of each word, as long as that: every other byte keeps its place. `None` without a word.
pub(super) fn with_zeros(json: &str) -> Option<String> {
    let mut zeros: Option<Vec<u8>> = None;
    each_word(json, |word| {
        let zeros = zeros.get_or_insert_with(|| json.as_bytes().to_vec());
        let word = zeros.get_mut(word).unwrap_or_default();
        word.fill(b' ');
        word.iter_mut().take(1).for_each(|first| *first = b'0');
    });
    String::from_utf8(zeros?).ok()
}

/// Calls `found` with the place of each word that is a value by itself.
fn each_word(json: &str, mut found: impl FnMut(Range<usize>)) {
    let mut at = 0;
    while let Some(next) = json
        .as_bytes()
        .get(at..)
        .and_then(|rest| memchr::memchr3(b'"', b'N', b'I', rest))
        .map(|next| at + next)
    {
        if byte(json, next) == Some(b'"') {
            let Some(end) = end_of_string(json, next) else { return };
            at = end;
            continue;
        }
        let word = ["NaN", "Infinity"]
            .into_iter()
            .find(|word| json.get(next..).is_some_and(|rest| rest.starts_with(word)));
        at = next + word.map_or(1, str::len);
        let has_minus = word == Some("Infinity") && next > 0 && byte(json, next - 1) == Some(b'-');
        let start = next - usize::from(has_minus);
        let is_apart = |at: Option<u8>| at.is_none_or(|byte| b",:[]{} \t\r\n".contains(&byte));
        let before = start.checked_sub(1).and_then(|before| byte(json, before));
        if word.is_some() && is_apart(before) && is_apart(byte(json, at)) {
            found(start..at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::alone("NaN", "null")]
    #[case::in_an_object(
        r#"{"a":NaN,"b": -Infinity ,"c":[Infinity,1]}"#,
        r#"{"a":null,"b": null ,"c":[null,1]}"#
    )]
    #[case::behind_escapes(r#"{"a\"NaN":"\\","b":NaN}"#, r#"{"a\"NaN":"\\","b":null}"#)]
    fn words_are_numbers_that_can_be_nulls(#[case] json: &str, #[case] nulls: &str) {
        assert!(check_but_for_words(json).is_ok() && has_words(json));
        assert_eq!(with_nulls(json), nulls);
        assert_eq!(with_zeros(json).unwrap().len(), json.len());
    }

    #[rstest]
    #[case::in_a_string(r#"{"a":"NaN, Infinity"}"#)]
    #[case::in_a_key(r#"{"NaN":1,"Infinity":2}"#)]
    #[case::nothing("{}")]
    fn words_in_strings_are_text(#[case] json: &str) {
        assert!(check_but_for_words(json).is_ok() && !has_words(json));
        assert_eq!(with_nulls(json), json);
        assert_eq!(with_zeros(json), None);
    }

    #[rstest]
    #[case::lower_case("nan")]
    #[case::longer("NaNs")]
    #[case::minus_nan("-NaN")]
    #[case::plus("+Infinity")]
    #[case::glued("1NaN")]
    #[case::a_key("{NaN:1}")]
    #[case::open_string("[\"NaN,NaN")]
    #[case::broken_otherwise("[NaN,,1]")]
    fn other_words_are_no_json(#[case] json: &str) {
        assert!(check_but_for_words(json).is_err());
    }
}
