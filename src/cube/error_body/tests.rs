//! DRF's error bodies, the documented forms and those that no document has.

use super::*;
use rstest::rstest;

/// The parts of a body as plain text: the sentence, the general messages, the fields with their messages.
type Parts<'a> = (Option<&'a str>, Vec<&'a str>, Vec<(&'a str, Vec<&'a str>)>);

fn parts(body: &ErrorBody) -> Parts<'_> {
    let fields = body.fields.iter().map(|field| (field.key.as_str(), texts(&field.messages)));
    (body.detail.as_ref().map(SafeText::as_str), texts(&body.general), fields.collect())
}

fn texts<'a>(texts: &'a [SafeText<'static>]) -> Vec<&'a str> {
    texts.iter().map(SafeText::as_str).collect()
}

#[rstest]
#[case::one_field(
    r#"{"phone_1": ["Enter a valid phone number."]}"#,
    (None, vec![], vec![("phone_1", vec!["Enter a valid phone number."])])
)]
#[case::two_fields_in_the_servers_order(
    r#"{"name": ["This field is required."], "email": ["a", "b"]}"#,
    (None, vec![], vec![("name", vec!["This field is required."]), ("email", vec!["a", "b"])])
)]
#[case::the_request_as_a_whole(
    r#"{"non_field_errors": ["Already there."], "email": ["x"]}"#,
    (None, vec!["Already there."], vec![("email", vec!["x"])])
)]
#[case::a_bare_list(r#"["Already there."]"#, (None, vec!["Already there."], vec![]))]
#[case::a_sentence(r#"{"detail": "JSON parse error."}"#, (Some("JSON parse error."), vec![], vec![]))]
#[case::one_string_for_a_field(r#"{"name": "No."}"#, (None, vec![], vec![("name", vec!["No."])]))]
#[case::a_nested_field(
    r#"{"address": {"street": ["Too long."]}}"#,
    (None, vec![], vec![("address", vec!["Too long."])])
)]
#[case::a_field_without_words(r#"{"name": [{}], "email": 7}"#, (None, vec![], vec![("name", vec![]), ("email", vec![])]))]
#[case::no_fields("{}", (None, vec![], vec![]))]
#[case::not_json("<h1>Bad Request</h1>", (None, vec![], vec![]))]
#[case::cut(r#"{"name": ["This field"#, (None, vec![], vec![]))]
fn a_refusal_of_values_is_read(#[case] json: &str, #[case] expected: Parts<'_>) {
    assert_eq!(parts(&ErrorBody::read(400, json)), expected);
}

#[rstest]
#[case::detail(r#"{"detail": "Ugyldig token."}"#, Some("Ugyldig token."))]
#[case::error(r#"{"error": "database is away"}"#, Some("database is away"))]
#[case::detail_before_error(r#"{"error": "a", "detail": "b"}"#, Some("b"))]
#[case::blank(r#"{"detail": "  "}"#, None)]
#[case::other_members(r#"{"traceback": ["CANARY"]}"#, None)]
#[case::list(r#"["CANARY"]"#, None)]
fn of_any_other_status_only_the_sentence_is_read(#[case] json: &str, #[case] detail: Option<&str>) {
    assert_eq!(parts(&ErrorBody::read(500, json)), (detail, vec![], vec![]));
}

#[rstest]
#[case::one(r#"{"phone_1": ["Too short.", "No digits."]}"#, Some("phone_1: Too short. No digits."))]
#[case::several(
    r#"{"non_field_errors": ["A."], "name": ["B."], "email": ["C."]}"#,
    Some("A.; name: B.; email: C.")
)]
#[case::nothing("{}", None)]
fn one_line_tells_all_of_it(#[case] json: &str, #[case] line: Option<&str>) {
    assert_eq!(ErrorBody::read(400, json).to_line().as_ref().map(SafeText::as_str), line);
}

#[test]
fn keys_and_messages_are_cleaned_and_bounded() {
    let message = format!("\\u001b[2J{}", "x".repeat(1000));
    let list = vec![format!("\"{message}\""); 100].join(",");
    let fields: Vec<String> =
        (0..200).map(|n| format!("\"{n}\\u202e{}\": [{list}]", "k".repeat(500))).collect();
    let body = ErrorBody::read(400, &format!("{{{}}}", fields.join(",")));
    assert_eq!((body.fields.len(), body.fields[0].messages.len()), (MOST_FIELDS, MOST_MESSAGES));
    let line = body.to_line().unwrap();
    let texts = body.fields.iter().flat_map(|field| field.messages.iter().chain([&field.key])).chain([&line]);
    for text in texts {
        assert!(text.as_str().chars().count() <= 200, "{text}");
        assert!(!text.as_str().contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn debug_only_counts() {
    let body =
        ErrorBody::read(400, r#"{"detail": "CANARY", "CANARY": ["CANARY"], "non_field_errors": ["CANARY"]}"#);
    let shown = format!("{body:?} {:?}", body.fields);
    assert!(!shown.contains("CANARY"), "{shown}");
}
