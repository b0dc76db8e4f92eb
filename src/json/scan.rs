//! Finds the way through JSON by its quotes and brackets alone: what is between them is not checked.

use std::borrow::Cow;

/// Calls `member` with each key and value of the object `json`, in order, repeated keys included. The text must have
/// been found well-formed before; words that are no numbers ([`super::words`]) may be in it. It ends early in any other.
pub(crate) fn known_members<'a>(json: &'a str, mut member: impl FnMut(Cow<'a, str>, &'a str)) {
    raw_members(json, |key, value| {
        if let Some(key) = super::text(key) {
            member(key, value);
        }
    });
}

/// Whether the object `json`, which was found well-formed before, has a member with this key.
pub(crate) fn has_key(json: &str, wanted: &str) -> bool {
    let mut has = false;
    known_members(json, |key, _| has |= key == wanted);
    has
}

/// Like [`known_members`], with each key as it is written, in its quotes.
pub(super) fn raw_members<'a>(json: &'a str, member: impl FnMut(&'a str, &'a str)) {
    // There is nothing to tell of text that was checked.
    let _ = scan_members(json, member);
}

fn scan_members<'a>(json: &'a str, mut member: impl FnMut(&'a str, &'a str)) -> Option<()> {
    let mut at = skip_blanks(json, past(json, skip_blanks(json, 0), b'{')?);
    while byte(json, at)? == b'"' {
        let key = end_of_value(json, at)?;
        let value = skip_blanks(json, past(json, skip_blanks(json, key), b':')?);
        let end = end_of_value(json, value)?;
        member(json.get(at..key)?, json.get(value..end)?);
        at = skip_blanks(json, past(json, skip_blanks(json, end), b',')?);
    }
    None
}

/// Where the value that begins at `start` ends. `None` where the text ends before it, or where a bracket closes what
/// another one has opened.
pub(super) fn end_of_value(text: &str, start: usize) -> Option<usize> {
    match byte(text, start)? {
        b'"' => end_of_string(text, start),
        b'{' | b'[' => end_of_nested(text, start),
        _ => {
            let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']') || is_blank(*byte);
            let rest = text.as_bytes().get(start..)?;
            Some(start + rest.iter().position(ends).unwrap_or(rest.len()))
        }
    }
}

/// Where the string ends whose first quote is at `start`.
pub(super) fn end_of_string(text: &str, start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        let found = at + memchr::memchr2(b'"', b'\\', text.as_bytes().get(at..)?)?;
        if byte(text, found)? == b'"' {
            return Some(found + 1);
        }
        at = found + 2;
    }
}

fn end_of_nested(text: &str, start: usize) -> Option<usize> {
    let mut open = Vec::new();
    let mut at = start;
    loop {
        let byte = byte(text, at)?;
        at += 1;
        match byte {
            b'"' => at = end_of_string(text, at - 1)?,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' if open.pop() != Some(byte) => return None,
            b'}' | b']' if open.is_empty() => return Some(at),
            _ => {}
        }
    }
}

/// The first place from `at` on that is no white space.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().position(|&byte| !is_blank(byte)).unwrap_or(rest.len())
}

/// The place behind `wanted`, if that is at `at`.
pub(super) fn past(text: &str, at: usize, wanted: u8) -> Option<usize> {
    (byte(text, at)? == wanted).then_some(at + 1)
}

pub(super) fn byte(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn scanned(json: &str) -> Vec<(String, &str)> {
        let mut found = Vec::new();
        known_members(json, |key, value| found.push((key.into_owned(), value)));
        found
    }

    #[rstest]
    #[case::empty("{}")]
    #[case::blanks(" {\n} ")]
    #[case::plain(r#"{"a":1,"b":"c"}"#)]
    #[case::spaced("{ \"a\" : -1.5e+3 ,\r\n\t\"b\" : null }")]
    #[case::escapes(r#"{"a\"b":"c\\","d":"\u00e5\ud800"}"#)]
    #[case::nested(r#"{"a":{"b":["]","}",{"c":"\""}]},"d":[[],{}]}"#)]
    #[case::twice(r#"{"a":1,"a":2}"#)]
    #[case::wide(r#"{"å":"漢","ø":true}"#)]
    fn members_are_those_that_the_parser_finds(#[case] json: &str) {
        let mut parsed = Vec::new();
        super::super::members(json, |key, value| parsed.push((key.into_owned(), value))).unwrap();
        assert_eq!(scanned(json), parsed);
    }

    #[rstest]
    #[case::cut("{\"a\":1,\"b\":\"c")]
    #[case::cut_behind_an_escape("{\"a\":1,\"b\":\"c\\")]
    #[case::crossed("{\"a\":1,\"b\":[}]}")]
    #[case::no_object("[1]")]
    #[case::nothing("")]
    fn text_that_is_no_object_ends_early(#[case] json: &str) {
        assert!(scanned(json).len() < 2);
    }

    #[test]
    fn nesting_of_any_depth_is_passed() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(scanned(&deep)[0].1.len(), 200_000);
    }
}
