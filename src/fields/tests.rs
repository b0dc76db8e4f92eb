//! Labels as they are shown and named, values as they are read, and where labels come from.

use super::*;
use crate::cube::Record;
use proptest::prelude::*;
use rstest::rstest;

const LISTED: &str = r#"[
  {"id": 64, "key": "Address", "type": "text", "max_length": 200, "hint": "", "lookup__id": "crm__custom_info__64"},
  {"id": 17, "key": "Class", "type": "integer", "max_length": null, "hint": "A to C", "lookup__id": "crm__custom_info__17"},
  {"id": 221, "key": " Address", "type": "text", "lookup__id": "crm__custom_info__221"},
  {"id": 101, "key": "", "type": "date", "lookup__id": "crm__custom_info__101"}
]"#;

/// A mapping without a bad entry.
fn map(json: &str) -> FieldMap {
    let (map, bad) = FieldMap::read(json).unwrap();
    assert_eq!(bad, []);
    map
}

/// A mapping of labels for the fields 1, 2, 3 …
fn labelled(labels: &[&str]) -> FieldMap {
    let entries = labels.iter().enumerate();
    let entries = entries.map(|(at, label)| serde_json::json!({"id": at + 1, "key": label}).to_string());
    map(&format!("[{}]", entries.collect::<Vec<_>>().join(",")))
}

fn label(map: &FieldMap, id: &str) -> Option<String> {
    map.label(&format!("{CUSTOM_PREFIX}{id}")).map(|label| label.to_string())
}

#[test]
fn the_mapping_gives_label_kind_length_and_hint() {
    let map = map(LISTED);
    let class = map.get("crm__custom_info__17").unwrap();
    assert_eq!((class.label.as_raw(), class.hint.as_raw()), ("Class", "A to C"));
    assert_eq!((&class.kind, class.max_length), (&Kind::Integer, None));
    assert_eq!(map.get("crm__custom_info__64").unwrap().max_length, Some(200));
    assert!(map.get("crm__custom_info__9").is_none());
}

#[test]
fn the_order_is_the_mapping_s_own() {
    let map = map(LISTED);
    let keys = map.fields().map(|field| id(&field.key));
    assert_eq!(keys.collect::<Vec<_>>(), ["64", "17", "221", "101"]);
    assert_eq!(map.position("crm__custom_info__221"), Some(2));
    assert_eq!(map.position("crm__custom_info__9"), None);
    assert_eq!((map.len(), map.is_empty()), (4, false));
    assert!(FieldMap::default().is_empty());
}

#[test]
fn two_fields_with_one_label_carry_their_ids() {
    let map = map(LISTED);
    assert_eq!(label(&map, "64").as_deref(), Some("Address (64)"));
    assert_eq!(label(&map, "221").as_deref(), Some("Address (221)"));
    assert_eq!(label(&map, "17").as_deref(), Some("Class"));
}

#[rstest]
#[case::empty("")]
#[case::blank("  ")]
#[case::invisible("\u{200b}\u{feff}")]
fn an_empty_label_counts_as_none(#[case] text: &str) {
    let map = labelled(&[text, text, "Class"]);
    assert_eq!((label(&map, "1"), label(&map, "2")), (None, None));
    assert_eq!(label(&map, "9"), None);
    assert_eq!(map.named(text), [] as [&str; 0]);
}

#[rstest]
#[case::that_differ_where_nobody_sees("Cla\u{200b}ss", "Class", "Class (1)", "Class (2)")]
#[case::that_differ_in_case("class", "Class", "class", "Class")]
#[case::of_which_one_looks_numbered("Class (2)", "Class", "Class (2)", "Class")]
fn labels_are_compared_as_they_are_shown(
    #[case] one: &str,
    #[case] two: &str,
    #[case] shown_one: &str,
    #[case] shown_two: &str,
) {
    let map = labelled(&[one, two]);
    assert_eq!(label(&map, "1").as_deref(), Some(shown_one));
    assert_eq!(label(&map, "2").as_deref(), Some(shown_two));
}

#[test]
fn a_label_that_looks_like_another_with_its_id_gets_its_own() {
    let map = labelled(&["Class", "Class", "Class (1)"]);
    assert_eq!(label(&map, "1").as_deref(), Some("Class (1)"));
    assert_eq!(label(&map, "3").as_deref(), Some("Class (1) (3)"));
}

#[test]
fn long_labels_that_are_cut_alike_still_show_their_ids() {
    let long = "x".repeat(10_000);
    let map = labelled(&[&format!("{long}1"), &format!("{long}2")]);
    let shown = label(&map, "1").unwrap();
    assert!(shown.ends_with("… (1)") && shown.chars().count() < 210, "{shown}");
}

#[test]
fn a_hostile_label_is_cleaned() {
    let map = labelled(&["Cl\u{1b}[31mass\u{202e}\r\n"]);
    assert_eq!(label(&map, "1").as_deref(), Some("Cl␛[31mass⏎"));
}

#[rstest]
#[case::numbers(r#"{"17": "Class", "390": "City"}"#)]
#[case::keys(r#"{"crm__custom_info__17": "Class", "crm__custom_info__390": "City"}"#)]
#[case::byte_order_mark("\u{feff}{\"17\": \"Class\", \"390\": \"City\"}\n")]
#[case::only_ids(r#"[{"id": 17, "key": "Class"}, {"id": "390", "key": "City"}]"#)]
#[case::lookup_id_wins(
    r#"[{"id": 5, "lookup__id": "crm__custom_info__17", "key": "Class"}, {"id": 390, "key": "City"}]"#
)]
#[case::null_lookup_id(
    r#"[{"id": 17, "lookup__id": null, "key": "Class"}, {"id": 390, "lookup__id": "", "key": "City"}]"#
)]
#[case::carriage_returns("{\r\"17\": \"Class\",\r\"390\": \"City\"\r}")]
#[case::twice_in_one_entry(r#"[{"id": 17, "key": "x", "key": "Class"}, {"id": 390, "key": "City"}]"#)]
fn a_mapping_may_be_written_in_several_ways(#[case] json: &str) {
    let map = map(json);
    assert_eq!(label(&map, "17").as_deref(), Some("Class"));
    assert_eq!(label(&map, "390").as_deref(), Some("City"));
}

#[rstest]
#[case::label("adDRESS", &["64", "221"])]
#[case::label_as_shown("address (221)", &["221"])]
#[case::blanks_around(" Class ", &["17"])]
#[case::key("crm__custom_info__17", &["17"])]
#[case::id("17", &["17"])]
#[case::id_without_label("101", &["101"])]
#[case::nobody("nobody", &[])]
#[case::part("Addr", &[])]
#[case::nothing("", &[])]
fn a_word_means_a_label_a_key_or_an_id(#[case] word: &str, #[case] ids: &[&str]) {
    let keys: Vec<String> = ids.iter().map(|id| format!("{CUSTOM_PREFIX}{id}")).collect();
    assert_eq!(map(LISTED).named(word), keys);
}

#[test]
fn a_word_without_accents_means_the_label_with_them() {
    assert_eq!(labelled(&["Gateadresse på hjørnet"]).named("gateadresse pa hjoernet").len(), 1);
}

#[rstest]
#[case::text(r#""A""#, "A")]
#[case::number("233", "233")]
#[case::fraction("233.0", "233.0")]
#[case::number_in_a_string(r#""1281847542.0""#, "1281847542.0")]
#[case::long_number("12345678901234567890123", "12345678901234567890123")]
#[case::huge_number("1e400", "1e400")]
#[case::minus_nothing("-0", "-0")]
#[case::leading_zero(r#""0235""#, "0235")]
#[case::date(r#""1948-01-01""#, "1948-01-01")]
#[case::no_data("null", "")]
#[case::empty(r#""""#, "")]
#[case::the_word_null(r#""null""#, "null")]
#[case::yes("true", "true")]
#[case::no("false", "false")]
#[case::list("[1, 2]", "[1, 2]")]
#[case::object(r#"{"a":{"b":1}}"#, r#"{"a":{"b":1}}"#)]
fn a_value_is_read_as_it_was_sent(#[case] json: &str, #[case] text: &str) {
    let record = Record::new(format!("{{\"x\":{json}}}")).unwrap();
    assert_eq!(value::text(&record.fields()[0].value), text);
}

#[test]
fn a_huge_nested_value_is_cut_between_characters() {
    let record = Record::new(format!("{{\"x\":[\"{}\"]}}", "漢".repeat(100_000))).unwrap();
    let fields = record.fields();
    let text = value::text(&fields[0].value);
    assert!((16 * 1024..=32 * 1024).contains(&text.len()) && text.ends_with('漢'), "{}", text.len());
}

#[rstest]
#[case::named(Source::Named("/tmp/x/CustomerCustomFields.json".into()), "labels from CustomerCustomFields.json")]
#[case::folder(Source::Folder("/c/CustomerCustomFields.acme.json".into()), "labels from CustomerCustomFields.acme.json")]
#[case::hostile(Source::Named("/tmp/a\u{1b}[2J".into()), "labels from a␛[2J")]
#[case::no_name(Source::Named("/".into()), "labels from /")]
#[case::cube(Source::Cube, "labels from Cube")]
#[case::demo(Source::Demo, "labels of the demo town")]
#[case::ids(Source::default(), "no labels: ids are shown as they are")]
fn a_notice_says_where_labels_come_from(#[case] source: Source, #[case] words: &str) {
    assert_eq!(source.to_string(), words);
}

proptest! {
    #[test]
    fn no_two_fields_are_shown_alike(labels in prop::collection::vec("(A|B)?( \\([1-4]\\)){0,2}", 0..8)) {
        prop_assume!(labels.iter().any(|label| !label.trim().is_empty()));
        let map = labelled(&labels.iter().map(String::as_str).collect::<Vec<_>>());
        let mut shown: Vec<String> = map.fields().filter_map(|field| map.label(&field.key)).map(|label| label.to_string()).collect();
        let all = shown.len();
        shown.sort();
        shown.dedup();
        prop_assert_eq!(shown.len(), all);
        prop_assert_eq!(labels.iter().filter(|label| !label.trim().is_empty()).count(), all);
    }
}
