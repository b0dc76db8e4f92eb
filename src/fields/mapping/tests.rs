//! Mappings of every form, broken ones, and those with entries of the wrong shape.

use super::*;
use crate::cube::Value;
use crate::fields::FieldMap;
use proptest::prelude::*;
use rstest::rstest;

const LISTED: &str = r#"[
  {"id": 64, "key": "Address", "type": "text", "max_length": 200, "hint": "", "lookup__id": "crm__custom_info__64"},
  {"id": 17, "key": "Class", "type": "integer", "hint": "A to C", "lookup__id": "crm__custom_info__17"}
]"#;

/// A mapping without a bad entry.
fn map(json: &str) -> FieldMap {
    let (map, bad) = FieldMap::read(json).unwrap();
    assert_eq!(bad, []);
    map
}

fn label(map: &FieldMap, id: &str) -> Option<String> {
    map.label(&format!("{CUSTOM_PREFIX}{id}")).map(|label| label.to_string())
}

fn said(bad: &[BadEntry]) -> Vec<String> {
    bad.iter().map(ToString::to_string).collect()
}

#[rstest]
#[case::text(r#""text""#, Kind::Text)]
#[case::missing("null", Kind::Text)]
#[case::odd("7", Kind::Text)]
#[case::integer(r#""Integer""#, Kind::Integer)]
#[case::float(r#""float""#, Kind::Number)]
#[case::date(r#""date""#, Kind::Date)]
#[case::unknown(r#""Farge""#, Kind::Other("Farge".into()))]
fn a_type_is_a_kind(#[case] json: &str, #[case] kind: Kind) {
    let map = map(&format!(r#"[{{"id": 1, "key": "a", "type": {json}}}]"#));
    assert_eq!(map.get("crm__custom_info__1").unwrap().kind, kind);
}

#[rstest]
#[case::number("200", Some(200))]
#[case::null("null", None)]
#[case::nothing("0", None)]
#[case::negative("-1", None)]
#[case::fraction("2.5", None)]
#[case::text(r#""200""#, None)]
#[case::too_large("99999999999999999999", None)]
fn an_odd_length_is_none(#[case] json: &str, #[case] length: Option<u64>) {
    let map = map(&format!(r#"[{{"id": 1, "key": "a", "max_length": {json}}}]"#));
    assert_eq!(map.get("crm__custom_info__1").unwrap().max_length, length);
}

#[rstest]
#[case::number("[\n 5,\n {\"id\": 1, \"key\": \"a\"}]", "entry on line 2 is not an object")]
#[case::no_key("[{\"id\": 1, \"key\": \"a\"},\r\n{\"key\": \"b\"}]", "entry on line 2 has no lookup__id")]
#[case::odd_id(
    "[{\"id\": 1, \"key\": \"a\"},\r{\"id\": 2.5, \"key\": \"b\"}]",
    "entry on line 2 has an id or lookup__id that no custom field has"
)]
#[case::other_digits(
    "[{\"id\": 1, \"key\": \"a\"},{\"id\": \"٣\", \"key\": \"b\"}]",
    "entry on line 1 has an id or lookup__id that no custom field has"
)]
#[case::standard_field(
    "[{\"id\": 1, \"key\": \"a\"},{\"lookup__id\": \"crm__standard_info__name\", \"key\": \"b\"}]",
    "entry on line 1 has an id or lookup__id that no custom field has"
)]
#[case::under_another_name(
    "[{\"id\": 1, \"key\": \"a\"},\n{\"id\": 2, \"name\": \"b\"}]",
    "entry on line 2 has its label under \"name\" instead of \"key\""
)]
#[case::label_without_a_name(
    "[{\"id\": 1, \"key\": \"a\"},\n{\"id\": 2}]",
    "entry on line 2 has no \"key\", which holds the label"
)]
#[case::no_label(
    "[{\"id\": 1, \"key\": \"a\"}, {\"id\": 2, \"key\": 7}]",
    "entry on line 1 has a label that is not text"
)]
#[case::nested("{\"1\": \"a\", \"2\": {\"key\": \"b\"}}", "entry on line 1 has a label that is not text")]
#[case::twice(
    "{\"1\": \"a\",\n\n\"1\": \"b\"}",
    "entry on line 3 is a second one for crm__custom_info__1; the first counts"
)]
#[case::other_name(
    "{\"1\": \"a\",\n \"na\\u001bme\": \"b\"}",
    "entry on line 2: \"na␛me\" is not a custom field's id"
)]
#[case::no_id(
    "{\"1\": \"a\", \"crm__custom_info__\": \"b\"}",
    "entry on line 1: \"crm__custom_info__\" is not a custom field's id"
)]
#[case::capitals(
    "{\"1\": \"a\", \"CRM__CUSTOM_INFO__17\": \"b\"}",
    "entry on line 1: \"CRM__CUSTOM_INFO__17\" is not a custom field's id"
)]
fn an_entry_of_the_wrong_shape_is_named_and_the_rest_kept(#[case] json: &str, #[case] words: &str) {
    let (map, bad) = FieldMap::read(json).unwrap();
    assert_eq!((map.len(), label(&map, "1").as_deref()), (1, Some("a")));
    assert_eq!(said(&bad), [words]);
}

#[test]
fn a_bad_entry_is_named_without_its_values() {
    let bad = r#"{"key": "CANARY"}, {"id": "CANARY"}, "CANARY", {"id": 1, "key": ["CANARY"]}"#;
    let (_, bad) = FieldMap::read(&format!(r#"[{bad}, {{"id": 1, "key": "a"}}]"#)).unwrap();
    assert_eq!(bad.len(), 4);
    assert!(!format!("{:?}{bad:?}", said(&bad)).contains("CANARY"));
}

#[test]
fn a_long_name_in_the_wrong_place_is_cut() {
    let json = format!("{{\"1\": \"a\", \"{}\": \"b\"}}", "x".repeat(100_000));
    let (_, bad) = FieldMap::read(&json).unwrap();
    assert!(said(&bad)[0].len() < 100);
}

#[test]
fn a_flood_of_bad_entries_is_counted_and_good_ones_among_them_are_kept() {
    let json = format!("[{}{{\"id\": 1, \"key\": \"a\"}}, 7]", "0,\n".repeat(5_000));
    let (map, bad) = FieldMap::read(&json).unwrap();
    assert_eq!((map.len(), bad.len()), (1, 1_001));
    assert_eq!(bad[999].to_string(), "entry on line 1000 is not an object");
    assert_eq!(bad[1_000].to_string(), "4001 more such entries from line 1001 on");
}

#[test]
fn five_thousand_fields_are_a_mapping() {
    let entries: Vec<String> = (0..5_000).map(|id| format!("\"{id}\": \"Field\"")).collect();
    let map = map(&format!("{{{}}}", entries.join(",\n")));
    assert_eq!((map.len(), label(&map, "4999").as_deref()), (5_000, Some("Field (4999)")));
}

#[rstest]
#[case::missing_comma("[{\"id\": 1}\n {\"id\": 2}]", "the JSON is broken at line 2, column 2")]
#[case::dots("[\n........\n]", "the JSON is broken at line 2, column 1")]
#[case::after_wide_letters(
    "[{\"id\": 1, \"key\": \"Blåbær\" \"x\"}]",
    "the JSON is broken at line 1, column 28"
)]
#[case::open_text("[{\"id\": 1,\n\"key\": \"Cla", "the JSON ends too early, at line 2, column 11")]
#[case::open("[{\"id\": 1}", "the JSON ends too early, at line 1, column 10")]
#[case::stray_brace("[{\"id\": 1}]\n}", "the JSON is broken at line 2, column 1")]
#[case::trailing_comma("{\"1\": \"a\",\r\n}", "the JSON is broken at line 2, column 1")]
#[case::carriage_returns("{\r\"1\": \"a\",\r}", "the JSON is broken at line 3, column 1")]
#[case::nul("[1,\0]", "the JSON is broken at line 1, column 4")]
#[case::padding("cb([])", "the JSON is broken at line 1, column 1")]
#[case::not_a_number("[NaN]", "the JSON is broken at line 1, column 2")]
#[case::empty("", "there is nothing in it")]
#[case::only_byte_order_mark("\u{feff}", "there is nothing in it")]
#[case::text("\"Class\"", "it is neither a list of custom fields nor an object of labels")]
#[case::broken_envelope("{\"results\": [{\"id\": 1}\n {}]}", "the JSON is broken at line 2, column 2")]
fn broken_syntax_is_refused_with_its_place(#[case] json: &str, #[case] words: &str) {
    assert_eq!(FieldMap::read(json).unwrap_err().to_string(), words);
}

#[rstest]
#[case::empty_list("[]", "the list in it is empty")]
#[case::empty_object(" {} ", "the object in it is empty")]
#[case::empty_results(r#"{"count": 0, "results": []}"#, "the list in it is empty")]
#[case::label_before_id(
    r#"{"Class": "17", "City": "390"}"#,
    "none of its 2 entries gives a label: entry on line 1 has its label before its id; write the id first"
)]
#[case::label_before_number(
    r#"{"Class": 17}"#,
    "its only entry gives no label: entry on line 1 has its label before its id; write the id first"
)]
#[case::label_before_key(
    r#"{"Class": "crm__custom_info__17"}"#,
    "its only entry gives no label: entry on line 1 has its label before its id; write the id first"
)]
#[case::name_for_key(
    r#"[{"id": 1, "name": "Class"}, {"id": 2, "name": "City"}]"#,
    "none of its 2 entries gives a label: entry on line 1 has its label under \"name\" instead of \"key\""
)]
#[case::label_for_key(
    r#"[{"lookup__id": "crm__custom_info__1", "label": "Class"}]"#,
    "its only entry gives no label: entry on line 1 has its label under \"label\" instead of \"key\""
)]
#[case::no_key_at_all(
    r#"[{"id": 1}]"#,
    "its only entry gives no label: entry on line 1 has no \"key\", which holds the label"
)]
#[case::empty_labels(
    r#"[{"id": 1, "key": ""}, {"id": 2, "key": " \u200b"}, {"id": 3, "key": null}]"#,
    "none of its 3 entries gives a label, since all labels are empty"
)]
#[case::list_inside(
    r#"{"custom_fields": [{"id": 1, "key": "Class"}]}"#,
    "its only entry gives no label: entry on line 1: \"custom_fields\" is not a custom field's id; save the list in \
     it alone"
)]
#[case::blanks_in_the_id(
    r#"{" 5 ": "Class"}"#,
    "its only entry gives no label: entry on line 1: \" 5 \" is not a custom field's id"
)]
#[case::blanks_in_a_listed_id(
    r#"[{"id": " 5 ", "key": "Class"}]"#,
    "its only entry gives no label: entry on line 1 has an id or lookup__id that no custom field has"
)]
#[case::blanks_in_a_key(
    r#"[{"lookup__id": " crm__custom_info__5", "key": "Class"}]"#,
    "its only entry gives no label: entry on line 1 has an id or lookup__id that no custom field has"
)]
#[case::one_field(
    r#"{"id": 5, "key": "Class"}"#,
    "it is one custom field by itself; write it in a list: [ … ]"
)]
#[case::labels_in_objects(
    "{\"17\":\n{\"key\": \"Class\"}}",
    "its only entry gives no label: entry on line 2 has a label that is not text"
)]
#[case::lists_in_a_list(
    r#"[[17, "Class"]]"#,
    "its only entry gives no label: entry on line 1 is not an object"
)]
#[case::records(
    r#"{"count": 1, "results": [{"crm__customer_id": "1"}]}"#,
    "its only entry gives no label: entry on line 1 has no lookup__id"
)]
#[case::results_of_another_shape(
    r#"{"results": {"17": "Class"}}"#,
    "its only entry gives no label: entry on line 1: \"results\" is not a custom field's id"
)]
fn a_mapping_without_a_label_is_refused_with_what_was_found(#[case] json: &str, #[case] words: &str) {
    assert_eq!(FieldMap::read(json).unwrap_err().to_string(), words);
}

#[rstest]
#[case::whole(r#"{"count": 1, "next": null, "previous": null, "results": [{"id": 5, "key": "a"}]}"#, &[])]
#[case::bare(r#"{"results": [{"id": 5, "key": "a"}]}"#, &[])]
#[case::count_as_text(r#"{"results": [{"id": 5, "key": "a"}], "count": "x"}"#, &[])]
#[case::one_page(
    r#"{"count": 40, "next": "https://x.test/?page=2", "results": [{"id": 5, "key": "a"}]}"#,
    &["it is one page of several: 1 of 40 fields"]
)]
#[case::one_page_without_a_count(
    r#"{"next": "https://x.test/?page=2", "results": [{"id": 5, "key": "a"}]}"#,
    &["it is one page of several: 1 field"]
)]
#[case::with_a_bad_entry(
    "{\"results\":\n[{\"id\": 5, \"key\": \"a\"},\n7]}",
    &["entry on line 3 is not an object"]
)]
fn a_mapping_in_an_envelope_is_read_as_the_list_in_it(#[case] json: &str, #[case] words: &[&str]) {
    let (map, bad) = FieldMap::read(json).unwrap();
    assert_eq!((map.len(), label(&map, "5").as_deref()), (1, Some("a")));
    assert_eq!(said(&bad), words);
}

#[rstest]
#[case::in_a_list(r#"[{"id": 5, "key": "a"}, {"lookup__id": "crm__custom_info__5", "key": "b"}]"#)]
#[case::in_an_object(r#"{"5": "a", "crm__custom_info__5": "b"}"#)]
fn an_id_with_two_labels_is_said(#[case] json: &str) {
    let (map, bad) = FieldMap::read(json).unwrap();
    assert_eq!(label(&map, "5").as_deref(), Some("a"));
    assert_eq!(said(&bad), ["entry on line 1 is a second one for crm__custom_info__5; the first counts"]);
}

#[rstest]
#[case::lists("[", "]")]
#[case::objects("{\"a\":", "}")]
fn nesting_is_never_recursed_into(#[case] open: &str, #[case] close: &str) {
    let deep = |inner: &str| format!("{}{inner}{}", open.repeat(100_000), close.repeat(100_000));
    let json = format!("[{{\"id\": 1, \"key\": \"a\", \"hint\": {}}}]", deep("0"));
    assert_eq!(label(&map(&json), "1").as_deref(), Some("a"));
    let (open, length) = (open.repeat(100_000), open.len() * 100_000);
    let broken = FieldMap::read(&open).unwrap_err().to_string();
    assert_eq!(broken, format!("the JSON ends too early, at line 1, column {length}"));
}

#[rstest]
#[case::plain(r#""Class""#)]
#[case::escapes(r#""Cl\u00e5ss \"A\" \\ B""#)]
#[case::a_pair(r#""A\ud83d\ude00B""#)]
#[case::a_lone_surrogate(r#""A\ud800B""#)]
#[case::two_lone_surrogates(r#""\udc00A\ud800\ud800""#)]
#[case::raw_letters(r#""Hårklipperi""#)]
fn a_label_is_decoded_as_a_records_value_is(#[case] json: &str) {
    let listed = map(&format!(r#"[{{"id": 1, "key": {json}}}]"#));
    let labelled = map(&format!(r#"{{"1": {json}}}"#));
    let value = Value::read(json).into_text();
    for map in [listed, labelled] {
        assert_eq!(map.get("crm__custom_info__1").unwrap().label.as_raw(), value.as_raw());
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(json in "[\\[\\]{}\":,0-9a-z\\\\ \r\nå]{0,40}") {
        if let Ok((map, _)) = FieldMap::read(&json) {
            for field in map.fields() {
                prop_assert!(map.named(&field.key).contains(&field.key));
            }
        }
    }

    #[test]
    fn a_mapping_cut_anywhere_is_refused_at_its_end(end in 1..LISTED.len() - 1) {
        let cut = LISTED.get(..end).unwrap();
        let lines = cut.split('\n').count();
        let NotAMapping::Early { line, .. } = FieldMap::read(cut).unwrap_err() else {
            return Err(TestCaseError::fail("not at its end"));
        };
        prop_assert!(line <= lines && line + 1 >= lines);
    }
}
