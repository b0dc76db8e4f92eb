//! A page that is no JSON because of some of its records: these alone are lost, where it can be told where they end.
//!
//! A record ends where its brackets close. Where quotes or brackets do not match, the next record begins where an
//! object begins with the key of an id, as all of Cube's do.

use super::scan::{byte, end_of_string, end_of_value, past, skip_blanks};
use super::words::{check_but_for_words, with_zeros};
use memchr::memmem;
use serde::de::IgnoredAny;
use std::ops::Range;

/// What is left of a page.
pub(crate) struct Recovered<'a> {
    /// The page without its entries: well-formed JSON.
    pub(crate) head: String,
    /// The entries in order: the text of each, which is well-formed but for words that are no numbers; `None` for an
    /// object that is no JSON.
    pub(crate) entries: Vec<Option<&'a str>>,
}

/// Reads a page, an object with a list under `results` or that list alone, of at most `most` entries. `None` when more
/// than some of its records is broken. The text must not just have been cut: that is for the parser to find out before.
pub(crate) fn recover<'a>(text: &'a str, id_key: &str, most: usize) -> Option<Recovered<'a>> {
    let with_head = |(list, entries): Entries<'a>| {
        let head = [text.get(..list.start)?, text.get(list.end..)?].concat();
        let is_any_whole = entries.iter().any(Option::is_some);
        (is_any_whole && super::check(&head).is_ok()).then_some(Recovered { head, entries })
    };
    by_brackets(text, most).and_then(with_head).or_else(|| with_head(by_ids(text, id_key, most)?))
}

/// What is between the brackets of the list, and its entries.
type Entries<'a> = (Range<usize>, Vec<Option<&'a str>>);

fn by_brackets(text: &str, most: usize) -> Option<Entries<'_>> {
    let start = list_start(text)?;
    let mut entries = Vec::new();
    let mut at = skip_blanks(text, start);
    while entries.len() < most {
        let end = end_of_value(text, at)?;
        let entry = text.get(at..end)?;
        // What is no object and no JSON either has no end that brackets tell.
        let is_whole = match entry.strip_prefix('{') {
            Some(_) => check_but_for_words(entry).is_ok(),
            None => super::check(entry).map(|()| true).ok()?,
        };
        entries.push(is_whole.then_some(entry));
        at = skip_blanks(text, end);
        if byte(text, at)? == b']' {
            return Some((start..at, entries));
        }
        at = skip_blanks(text, past(text, at, b',')?);
    }
    None
}

/// The place behind the bracket that opens the list.
fn list_start(text: &str) -> Option<usize> {
    let mut at = skip_blanks(text, 0);
    if byte(text, at)? == b'[' {
        return Some(at + 1);
    }
    at = skip_blanks(text, past(text, at, b'{')?);
    loop {
        let key = end_of_string(text, past(text, at, b'"')? - 1)?;
        let value = skip_blanks(text, past(text, skip_blanks(text, key), b':')?);
        if text.get(at..key)? == "\"results\"" {
            return past(text, value, b'[');
        }
        at = skip_blanks(text, past(text, skip_blanks(text, end_of_value(text, value)?), b',')?);
    }
}

fn by_ids<'a>(text: &'a str, id_key: &str, most: usize) -> Option<Entries<'a>> {
    let end = memchr::memrchr(b']', text.as_bytes())?;
    let list = text.get(..end)?;
    let key = format!("\"{id_key}\"");
    let begins = |at: usize| Some(list.get(..at)?.trim_ascii_end()).filter(|before| before.ends_with('{'));
    let starts = memmem::find_iter(list.as_bytes(), &key).filter_map(|at| Some(begins(at)?.len() - 1));
    let mut starts: Vec<usize> = starts.take(most + 1).collect();
    let first = *starts.first()?;
    let before = list.get(..first)?.trim_ascii_end();
    // Two pages in one text are more than a page with broken records.
    let pages = memmem::find_iter(text.as_bytes(), "\"results\"").take(2).count();
    if !before.ends_with('[') || pages > 1 {
        return None;
    }
    starts.push(end);
    let pieces = starts.windows(2).filter_map(|pair| list.get(*pair.first()?..*pair.last()?));
    let behind = |at: usize| if at + 2 == starts.len() { "" } else { "," };
    let entries: Vec<_> = pieces.enumerate().map(|(at, piece)| alone(piece, behind(at))).collect();
    (entries.len() <= most).then_some((first..end, entries))
}

/// The value that `piece` begins with, if it is JSON and what is `behind` it is as it must be.
fn alone<'a>(piece: &'a str, behind: &str) -> Option<&'a str> {
    let end_in = |text: &str| {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
        values.next().is_some_and(|value| value.is_ok()).then(|| values.byte_offset())
    };
    let end = end_in(piece).or_else(|| end_in(&with_zeros(piece)?))?;
    piece.get(..end).filter(|_| piece.get(end..).is_some_and(|rest| rest.trim_ascii() == behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const GOOD: &str = r#"{"id":"1","a":[1]}"#;

    fn page(middle: &str) -> String {
        format!("{{\"count\":3,\"next\":null,\"results\":[{GOOD}, {middle}\n,{GOOD}]}}")
    }

    fn recovered(text: &str) -> Option<Vec<Option<&str>>> {
        Some(recover(text, "id", 100)?.entries)
    }

    #[rstest]
    #[case::bare_word(r#"{"id":"2","a":undefined}"#)]
    #[case::two_commas(r#"{"id":"2",,"a":1}"#)]
    #[case::trailing_comma(r#"{"id":"2","a":1,}"#)]
    #[case::no_comma(r#"{"id":"2" "a":1}"#)]
    #[case::no_colon(r#"{"id":"2","a" 1}"#)]
    #[case::no_value(r#"{"id":"2","a":}"#)]
    #[case::single_quotes("{'id':'2'}")]
    #[case::no_quotes(r"{id:2}")]
    #[case::dots("{\"id\":\"2\",........}")]
    #[case::a_line_end_in_a_string("{\"id\":\"2\",\"a\":\"b\nc\"}")]
    #[case::no_escape(r#"{"id":"2","a":"\x41"}"#)]
    #[case::leading_zero(r#"{"id":"2","a":007}"#)]
    #[case::python(r#"{"id":"2","a":None,"b":True}"#)]
    #[case::quote_inside(r#"{"id":"2","a":"Kari "Kari" Olsen"}"#)]
    #[case::comment(r#"{"id":"2" /* two */}"#)]
    #[case::open_string(r#"{"id":"2","a":"b}"#)]
    #[case::open_string_before_others(r#"{"id":"2","a":"b,"c":"d"}"#)]
    #[case::open_list(r#"{"id":"2","a":[1}"#)]
    #[case::open_object(r#"{"id":"2","a":{"b":1}"#)]
    #[case::never_closed(r#"{"id":"2","a":1"#)]
    fn a_record_that_is_no_json_is_lost_alone(#[case] bad: &str) {
        let text = page(bad);
        assert_eq!(recovered(&text), Some(vec![Some(GOOD), None, Some(GOOD)]));
        let list = format!("[{GOOD}, {bad}\n,{GOOD}]");
        assert_eq!(recovered(&list), Some(vec![Some(GOOD), None, Some(GOOD)]));
    }

    #[rstest]
    #[case::words(r#"{"id":"2","a":NaN,"b":[-Infinity]}"#)]
    #[case::words_before_an_open_string(r#"{"id":"2","a":NaN},{"id":"3","a":"b}"#)]
    fn a_record_with_words_is_kept(#[case] middle: &str) {
        let entries = recovered(&page(middle)).and_then(|entries| entries[1].map(str::to_owned));
        assert!(entries.is_some_and(|entry| middle.starts_with(&entry) && entry.contains("NaN")));
    }

    #[rstest]
    #[case::stray_brace(r#"{"id":"2"}}"#)]
    #[case::stray_bracket(r#"{"id":"2"}]"#)]
    #[case::two_commas(r#"{"id":"2"},"#)]
    #[case::dots(r#"{"id":"2"} ........ "#)]
    #[case::word_instead("undefined")]
    #[case::number_instead("NaN")]
    fn what_is_between_two_records_costs_the_one_before_it_at_most(#[case] middle: &str) {
        let text = page(middle);
        let entries = recovered(&text).unwrap();
        let whole: Vec<_> = entries.into_iter().flatten().collect();
        assert!(!whole.is_empty() && whole.iter().all(|entry| *entry == GOOD), "{whole:?}");
    }

    #[rstest]
    #[case::comma_behind_the_last(format!("{{\"results\":[{GOOD},]}}"))]
    #[case::only_one_record("{\"results\":[{\"id\":\"1\" \"a\":1}]}".to_owned())]
    #[case::broken_head(page(GOOD).replace("null", "NaN"))]
    #[case::without_a_list("{\"results\":{\"a\" 1}}".to_owned())]
    #[case::two_documents(format!("{0}{0}", page("{,}")))]
    #[case::broken_behind_the_list(page("{,}").replace("]}", "],}"))]
    #[case::web_page("<html>".to_owned())]
    #[case::nothing(String::new())]
    fn what_is_broken_besides_its_records_is_no_page(#[case] text: String) {
        assert_eq!(recovered(&text), None);
    }

    #[test]
    fn a_page_of_too_many_entries_is_not_gone_through() {
        assert!(recover(&page("{,}"), "id", 1).is_none());
        assert!(recover(&page("{\"id\":\""), "id", 2).is_none());
    }

    #[test]
    fn the_head_is_what_is_left_without_the_entries() {
        let head = recover(&page("{,}"), "id", 100).unwrap().head;
        assert_eq!(head, r#"{"count":3,"next":null,"results":[]}"#);
    }
}
