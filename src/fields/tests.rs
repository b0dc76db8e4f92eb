//! Mappings as Cube sends them, as people write them, and broken ones.

use super::*;
use crate::cube::Record;
use rstest::rstest;

const LISTED: &str = r#"[
  {"id": 64, "key": "Address", "type": "text", "max_length": 200, "hint": "", "lookup__id": "crm__custom_info__64"},
  {"id": 17, "key": "Class", "type": "integer", "max_length": null, "hint": "A to C", "lookup__id": "crm__custom_info__17"},
  {"id": 221, "key": "Address", "type": "text", "lookup__id": "crm__custom_info__221"},
  {"id": 101, "key": "", "type": "date", "lookup__id": "crm__custom_info__101"}
]"#;

fn map(json: &str) -> FieldMap {
    let (map, bad) = FieldMap::read(json).unwrap();
    assert_eq!(bad, []);
    map
}

fn label(map: &FieldMap, key: &str) -> Option<String> {
    map.label(key).map(|label| label.to_string())
}

#[test]
fn the_mapping_gives_label_kind_order_length_and_hint() {
    let map = map(LISTED);
    let keys: Vec<_> = map.fields().map(|field| field.key.as_str()).collect();
    assert_eq!(
        keys,
        ["crm__custom_info__64", "crm__custom_info__17", "crm__custom_info__221", "crm__custom_info__101"]
    );
    let class = map.get("crm__custom_info__17").unwrap();
    assert_eq!((&class.kind, class.max_length, class.hint.as_raw()), (&Kind::Integer, None, "A to C"));
    assert_eq!(map.get("crm__custom_info__64").unwrap().max_length, Some(200));
}

#[test]
fn two_fields_with_one_label_carry_their_numbers() {
    let map = map(LISTED);
    assert_eq!(label(&map, "crm__custom_info__64").as_deref(), Some("Address (64)"));
    assert_eq!(label(&map, "crm__custom_info__221").as_deref(), Some("Address (221)"));
    assert_eq!(label(&map, "crm__custom_info__17").as_deref(), Some("Class"));
}

#[test]
fn an_empty_label_and_an_unknown_key_have_none() {
    let map = map(LISTED);
    assert_eq!((label(&map, "crm__custom_info__101"), label(&map, "crm__custom_info__9")), (None, None));
}

#[rstest]
#[case::numbers(r#"{"17": "Class", "390": "City"}"#)]
#[case::keys(r#"{"crm__custom_info__17": "Class", "crm__custom_info__390": "City"}"#)]
#[case::byte_order_mark("\u{feff}{\"17\": \"Class\", \"390\": \"City\"}")]
#[case::only_ids(r#"[{"id": 17, "key": "Class"}, {"id": "390", "key": "City"}]"#)]
fn a_plain_object_and_an_id_alone_will_do(#[case] json: &str) {
    let map = map(json);
    assert_eq!(label(&map, "crm__custom_info__17").as_deref(), Some("Class"));
    assert_eq!(label(&map, "crm__custom_info__390").as_deref(), Some("City"));
}

#[rstest]
#[case::number(
    "[\n 5,\n {\"id\": 1, \"key\": \"a\"}]",
    "line 2: an entry that is no custom field was left out"
)]
#[case::no_key(
    "[{\"id\": 1, \"key\": \"a\"},\n{\"key\": \"b\"}]",
    "line 2: an entry without lookup__id was left out"
)]
#[case::no_label(
    "[{\"id\": 1, \"key\": \"a\"}, {\"id\": 2, \"key\": 7}]",
    "line 1: an entry whose label is no text was left out"
)]
#[case::twice(
    "{\"1\": \"a\",\n\n\"1\": \"b\"}",
    "line 3: crm__custom_info__1 is there twice; the first counts"
)]
#[case::other_key("{\"1\": \"a\", \"name\": \"b\"}", "line 1: an entry without lookup__id was left out")]
fn an_entry_of_the_wrong_shape_is_named_and_the_rest_kept(#[case] json: &str, #[case] said: &str) {
    let (map, bad) = FieldMap::read(json).unwrap();
    assert_eq!(label(&map, "crm__custom_info__1").as_deref(), Some("a"));
    assert_eq!(bad.iter().map(ToString::to_string).collect::<Vec<_>>(), [said]);
}

#[rstest]
#[case::missing_comma("[{\"id\": 1}\n {\"id\": 2}]", "not JSON from line 2, column 2 on")]
#[case::dots("[\n........\n]", "not JSON from line 2, column 1 on")]
#[case::open("[{\"id\": 1}", "not JSON from line 1, column 10 on")]
#[case::empty("", "not JSON from line 1, column 0 on")]
#[case::text("\"Class\"", "neither a list of custom fields nor an object of labels")]
fn broken_syntax_is_refused_with_its_place(#[case] json: &str, #[case] said: &str) {
    assert_eq!(FieldMap::read(json).unwrap_err().to_string(), said);
}

#[test]
fn a_name_in_a_query_means_a_label_a_key_or_a_number() {
    let map = map(LISTED);
    assert_eq!(map.named("adDRESS"), ["crm__custom_info__64", "crm__custom_info__221"]);
    assert_eq!(map.named("address (221)"), ["crm__custom_info__221"]);
    assert_eq!(map.named("crm__custom_info__17"), ["crm__custom_info__17"]);
    assert_eq!(map.named("17"), ["crm__custom_info__17"]);
    assert_eq!(map.named("nobody"), [] as [&str; 0]);
}

#[test]
fn a_hostile_label_is_cleaned() {
    let map = map("{\"1\": \"Cl\\u001b[31mass\\u202e\"}");
    assert_eq!(label(&map, "crm__custom_info__1").as_deref(), Some("Cl␛[31mass"));
}

#[rstest]
#[case::text(r#""A""#, "A")]
#[case::number("233.0", "233.0")]
#[case::number_in_a_string(r#""233.0""#, "233.0")]
#[case::long_number("12345678901234567890123", "12345678901234567890123")]
#[case::no_data("null", "")]
#[case::empty(r#""""#, "")]
#[case::yes("true", "true")]
#[case::object(r#"{"a":{"b":1}}"#, r#"{"a":{"b":1}}"#)]
fn a_value_is_shown_as_it_was_sent(#[case] json: &str, #[case] shown: &str) {
    let record = Record::new(format!("{{\"x\":{json}}}")).unwrap();
    assert_eq!(value::text(&record.fields()[0].value), shown);
}

#[test]
fn a_file_is_read_and_whatever_else_lies_there_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("good.json"), LISTED).unwrap();
    std::fs::write(at("latin1.json"), b"{\"1\": \"H\xe5r\"}").unwrap();
    std::fs::write(at("broken.json"), "[\n  {\"id\": 1,,}\n]").unwrap();
    assert_eq!(file::read(&at("good.json")).unwrap().0.len(), 4);
    let refused = |name: &str| file::read(&at(name)).unwrap_err().to_string();
    assert!(refused("latin1.json").ends_with("is not UTF-8: save it as UTF-8"));
    assert!(
        refused("broken.json").ends_with("not JSON from line 2, column 12 on"),
        "{}",
        refused("broken.json")
    );
    assert!(refused("missing.json").starts_with("can't read "));
    assert!(refused(".").ends_with("is not a file"));
}
