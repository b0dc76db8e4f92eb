//! The beginning of what is too long to be worked with, with its quotes and brackets closed.

use super::place_in;
use super::scan::{byte, end_of_string, raw_members};

/// The object `json` with each key and value of more than `most` bytes cut to that. `None` when it has none. Quotes and
/// brackets match in it; inside a list or an object that was cut it may be no JSON otherwise.
pub(crate) fn with_short_members(json: &str, most: usize) -> Option<String> {
    if json.len() <= most {
        return None;
    }
    let (mut short, mut end) = (String::new(), 0);
    raw_members(json, |key, value| {
        for part in [key, value].into_iter().filter(|part| part.len() > most) {
            let start = place_in(json, part);
            short.push_str(json.get(end..start).unwrap_or_default());
            short.push_str(&cut(part, most));
            end = start + part.len();
        }
    });
    short.push_str(json.get(end..).filter(|_| end > 0)?);
    Some(short)
}

/// Text of the same type as the value `json`: at most `most` bytes of it, and what closes them.
fn cut(json: &str, most: usize) -> String {
    match byte(json, 0) {
        Some(b'"') => cut_string(json, 0, most),
        Some(b'{' | b'[') => cut_nested(json, most),
        _ => json.get(..json.floor_char_boundary(most)).unwrap_or_default().to_owned(),
    }
}

/// The text up to `most`, where the string is cut that begins at `start`.
fn cut_string(json: &str, start: usize, most: usize) -> String {
    let mut at = start + 1;
    // An escape is not cut: the last place before or behind one.
    loop {
        let rest = json.as_bytes().get(at..most).unwrap_or_default();
        let Some(escape) = memchr::memchr(b'\\', rest).map(|found| at + found) else { break };
        let end = escape + if byte(json, escape + 1) == Some(b'u') { 6 } else { 2 };
        if end > most {
            return json.get(..escape).unwrap_or_default().to_owned() + "\"";
        }
        at = end;
    }
    json.get(..json.floor_char_boundary(most)).unwrap_or_default().to_owned() + "\""
}

fn cut_nested(json: &str, most: usize) -> String {
    let mut open = Vec::new();
    let mut at = 0;
    let mut text = loop {
        let byte = byte(json, at).filter(|_| at < most);
        match byte {
            None => break json.get(..json.floor_char_boundary(at)).unwrap_or_default().to_owned(),
            Some(b'"') => match end_of_string(json, at).filter(|&end| end <= most) {
                Some(end) => {
                    at = end;
                    continue;
                }
                None => break cut_string(json, at, most.max(at + 1)),
            },
            Some(b'{') => open.push('}'),
            Some(b'[') => open.push(']'),
            Some(b'}' | b']') => drop(open.pop()),
            Some(_) => {}
        }
        at += 1;
    };
    text.extend(open.into_iter().rev());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::scan::end_of_value;
    use rstest::rstest;

    #[rstest]
    #[case::text(r#""abcdef""#, 4, r#""abc""#)]
    #[case::between_letters("\"aåå\"", 5, "\"aå\"")]
    #[case::before_an_escape(r#""ab\u00e5c""#, 5, r#""ab""#)]
    #[case::behind_an_escape(r#""ab\n\nc""#, 5, r#""ab\n""#)]
    #[case::escaped_escape(r#""\\\\\\""#, 4, r#""\\""#)]
    #[case::number("123456", 3, "123")]
    #[case::list("[1,[2,3],4]", 6, "[1,[2,]]")]
    #[case::behind_a_list("[1,[2,3],4]", 9, "[1,[2,3],]")]
    #[case::object(r#"{"a":{"b":"cdefg"}}"#, 13, r#"{"a":{"b":"cd"}}"#)]
    #[case::at_a_quote(r#"{"a":"b"}"#, 6, r#"{"a":""}"#)]
    #[case::brackets_in_a_text(r#"["]}",1,2]"#, 7, r#"["]}",1]"#)]
    fn a_value_is_cut_and_closed(#[case] json: &str, #[case] most: usize, #[case] expected: &str) {
        assert_eq!(cut(json, most), expected);
    }

    #[test]
    fn only_members_that_are_too_long_are_cut() {
        let json = r#"{"a":"12345678","b": "1" ,"12345678":[1,2,3,4,5]}"#;
        assert_eq!(
            with_short_members(json, 6).as_deref(),
            Some(r#"{"a":"12345","b": "1" ,"12345":[1,2,3]}"#)
        );
        assert_eq!(with_short_members(json, 11), None);
    }

    #[test]
    fn a_value_that_is_cut_anywhere_ends_where_its_text_ends() {
        for json in
            [r#"{"a\"b":["c\\",{"d":"\u00e5åø"},[[]],-1.5e3],"e":null}"#, r#""a\\\"\u00e5\ud83d\ude00å""#]
        {
            for most in 1..json.len() {
                let cut = cut(json, most);
                assert_eq!(end_of_value(&cut, 0), Some(cut.len()), "{most}: {cut}");
                assert!(
                    crate::json::shape(json) != crate::json::Shape::Text || crate::json::text(&cut).is_some()
                );
            }
        }
    }
}
