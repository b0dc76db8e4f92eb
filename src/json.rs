//! Reads JSON one level deep: members and entries are slices of the text, strings are decoded on demand.
//! It builds no tree and never recurses, so neither the size nor the depth of the text can hurt.

mod cut;
mod recover;
mod scan;
mod words;

pub(crate) use cut::with_short_members;
pub(crate) use recover::recover;
pub(crate) use scan::{has_key, known_members};
pub(crate) use words::{check_but_for_words, has_words, with_nulls};

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The type of a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

/// The type of the well-formed JSON value `json`, told from its first byte; white space before it is skipped.
pub(crate) fn shape(json: &str) -> Shape {
    match json.trim_ascii_start().as_bytes().first() {
        Some(b'{') => Shape::Object,
        Some(b'[') => Shape::List,
        Some(b'"') => Shape::Text,
        Some(b't' | b'f') => Shape::Bool,
        Some(b'n') | None => Shape::Null,
        Some(_) => Shape::Number,
    }
}

/// Where `part`, a slice of `text`, begins in it.
pub(crate) fn place_in(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// Reads `json` to its end as one value of any type and keeps nothing.
///
/// # Errors
/// When `json` is not one well-formed value. The error's own text may quote the JSON.
pub(crate) fn check(json: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(json).map(|_| ())
}

/// Whether text that is not JSON arrived as its writer meant it: a whole value followed by more than surplus closing
/// brackets, or the numbers that some writers emit and JSON lacks (`NaN`, `Infinity`).
pub(crate) fn was_written_so(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => {
            let rest = text.get(values.byte_offset()..).unwrap_or_default().trim_ascii();
            !rest.trim_start_matches(['}', ']', ',']).trim_ascii().is_empty()
        }
        Some(Err(error)) => {
            let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len);
            let place = lines.sum::<usize>() + error.column().saturating_sub(1);
            let rest = text.get(place..).unwrap_or_default();
            // A minus is read before what follows it is found to be no number.
            ["NaN", "Infinity"].iter().any(|word| rest.starts_with(word))
        }
        None => false,
    }
}

/// Calls `member` with each key and value of the object `json`, in order, repeated keys included.
///
/// # Errors
/// When `json` is not one well-formed object. `member` was then called for what comes before the error.
pub(crate) fn members<'a>(
    json: &'a str,
    member: impl FnMut(Cow<'a, str>, &'a str),
) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    (&mut reader).deserialize_map(Members(member))?;
    reader.end()
}

/// Calls `entry` with each value of the list `json`, in order.
///
/// # Errors
/// When `json` is not one well-formed list. `entry` was then called for what comes before the error.
pub(crate) fn entries<'a>(json: &'a str, entry: impl FnMut(&'a str)) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    (&mut reader).deserialize_seq(Entries(entry))?;
    reader.end()
}

/// The text of the JSON string `json`, borrowed where it holds no escapes; each lone surrogate becomes one U+FFFD.
/// `None` when `json` is not a string.
pub(crate) fn text(json: &str) -> Option<Cow<'_, str>> {
    if let [b'"', inner @ .., b'"'] = json.as_bytes()
        && memchr::memchr(b'\\', inner).is_none()
    {
        return json.get(1..json.len() - 1).map(Cow::Borrowed);
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    Text.deserialize(&mut reader).ok()
}

struct Members<F>(F);

impl<'de, F: FnMut(Cow<'de, str>, &'de str)> Visitor<'de> for Members<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Text)? {
            (self.0)(key, map.next_value::<&RawValue>()?.get());
        }
        Ok(())
    }
}

struct Entries<F>(F);

impl<'de, F: FnMut(&'de str)> Visitor<'de> for Entries<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        while let Some(entry) = seq.next_element::<&RawValue>()? {
            (self.0)(entry.get());
        }
        Ok(())
    }
}

/// Reads a string as bytes: asked for a `str`, the parser refuses lone surrogates.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(replace_surrogates(bytes)),
        })
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(replace_surrogates(bytes)))
    }
}

/// Decodes UTF-8 that may hold lone surrogates as three bytes each (`ED A0…BF xx`). Each becomes one U+FFFD; std's
/// lossy decoding makes three of it.
fn replace_surrogates(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(tail) => {
                text.push_str(tail);
                return text;
            }
            Err(broken) => {
                let (good, bad) = rest.split_at(broken.valid_up_to());
                text.push_str(&String::from_utf8_lossy(good));
                text.push(char::REPLACEMENT_CHARACTER);
                let width = if matches!(bad, [0xED, 0xA0..=0xBF, ..]) { 3 } else { 1 };
                rest = bad.get(width..).unwrap_or_default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain(r#""Kari""#, "Kari")]
    #[case::escapes(r#""a\tb\u00e5""#, "a\tbå")]
    #[case::a_pair(r#""\ud83d\ude00""#, "😀")]
    #[case::lone_high(r#""a\ud800b""#, "a\u{fffd}b")]
    #[case::lone_low_at_the_end(r#""a\udc00""#, "a\u{fffd}")]
    #[case::two_highs(r#""\ud800\ud800""#, "\u{fffd}\u{fffd}")]
    #[case::low_before_high(r#""\udc00\ud800""#, "\u{fffd}\u{fffd}")]
    #[case::a_pair_after_a_lone_one(r#""\ud800\ud83d\ude00""#, "\u{fffd}😀")]
    #[case::beside_letters_of_two_bytes(r#""å\ud800ø""#, "å\u{fffd}ø")]
    fn a_string_is_decoded_and_each_lone_surrogate_becomes_one_replacement(
        #[case] json: &str,
        #[case] text: &str,
    ) {
        assert_eq!(super::text(json).as_deref(), Some(text));
    }

    #[rstest]
    #[case::number("12")]
    #[case::list("[34]")]
    #[case::nothing("")]
    fn a_value_that_is_not_a_string_has_no_text(#[case] json: &str) {
        assert_eq!(super::text(json), None);
    }

    #[test]
    fn a_string_without_escapes_is_borrowed() {
        assert!(matches!(super::text("\"Hårklipperi\""), Some(Cow::Borrowed(_))));
    }

    #[test]
    fn nesting_of_any_depth_is_skipped() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let mut length = 0;
        members(&deep, |_, value| length = value.len()).unwrap();
        assert_eq!(length, 200_000);
        assert!(check(&"[".repeat(100_000)).unwrap_err().is_eof());
    }
}
