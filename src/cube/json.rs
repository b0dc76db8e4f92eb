//! JSON skimmed where it lies: members and entries as slices of the text they came in.
//! Nothing is built from the text and nesting is never recursed into, so neither size nor depth can hurt.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// What a JSON value is, told from its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

/// The shape of a well-formed JSON value, which `json` must be (white space before it is fine).
pub(super) fn shape(json: &str) -> Shape {
    match json.trim_ascii_start().as_bytes().first() {
        Some(b'{') => Shape::Object,
        Some(b'[') => Shape::List,
        Some(b'"') => Shape::Text,
        Some(b't' | b'f') => Shape::Bool,
        Some(b'n') | None => Shape::Null,
        Some(_) => Shape::Number,
    }
}

/// Reads `json` to its end as one value of any shape, keeping nothing.
pub(super) fn check(json: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(json).map(|_| ())
}

/// Whether text that is no JSON came as its writer meant it: a whole value with something behind it that is not just
/// a closing bracket too many, or the numbers that some writers have and JSON has not (`NaN`, `Infinity`).
pub(super) fn was_written_so(text: &str) -> bool {
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

/// Calls `member` with each key and value of the object `json`, in its order, duplicates and all.
pub(super) fn members<'a>(
    json: &'a str,
    member: impl FnMut(Cow<'a, str>, &'a str),
) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    (&mut reader).deserialize_map(Members(member))?;
    reader.end()
}

/// Calls `entry` with each value of the list `json`, in its order.
pub(super) fn entries<'a>(json: &'a str, entry: impl FnMut(&'a str)) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    (&mut reader).deserialize_seq(Entries(entry))?;
    reader.end()
}

/// The text of the JSON string `json`, borrowed where it holds no escapes; a lone surrogate becomes U+FFFD.
/// `None` when `json` is not a string.
pub(super) fn text(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if let Some(inner) = inner.filter(|inner| memchr::memchr(b'\\', inner.as_bytes()).is_none()) {
        return Some(Cow::Borrowed(inner));
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
            Err(_) => Cow::Owned(mend_surrogates(bytes)),
        })
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(mend_surrogates(bytes)))
    }
}

/// UTF-8 in which a lone surrogate may stand as three bytes (`ED A0…BF xx`): each becomes one U+FFFD, where
/// std's own replacement would make three of it.
fn mend_surrogates(bytes: &[u8]) -> String {
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
    fn a_string_is_read_and_mended(#[case] json: &str, #[case] text: &str) {
        assert_eq!(super::text(json).as_deref(), Some(text));
    }

    #[rstest]
    #[case::number("12")]
    #[case::list("[34]")]
    #[case::nothing("")]
    fn what_is_no_string_has_no_text(#[case] json: &str) {
        assert_eq!(super::text(json), None);
    }

    #[test]
    fn a_string_without_escapes_is_borrowed() {
        assert!(matches!(super::text("\"Hårklipperi\""), Some(Cow::Borrowed(_))));
    }

    #[test]
    fn nesting_of_any_depth_is_skimmed() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let mut length = 0;
        members(&deep, |_, value| length = value.len()).unwrap();
        assert_eq!(length, 200_000);
        assert!(check(&"[".repeat(100_000)).unwrap_err().is_eof());
    }
}
