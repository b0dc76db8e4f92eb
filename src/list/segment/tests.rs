//! What a page gives back of its records, whatever their keys are.

use super::*;
use crate::list::packed::Packing;
use rstest::rstest;

const KEYS: [&str; 6] = ["crm__customer_id", "crm__standard_info__name", "note", "city", "rare", "none"];

fn page(records: &[String]) -> Page {
    let body = format!(r#"{{"count":1,"next":null,"results":[{}]}}"#, records.join(","));
    Page::from_json(1, body, Moment::at(0, 8, 12)).unwrap()
}

fn records(count: u32, members: impl Fn(u32) -> String) -> Vec<String> {
    (0..count).map(|n| format!(r#"{{"crm__customer_id":"{n}","city":"ASKIM"{}}}"#, members(n))).collect()
}

fn assert_same(segment: &Segment, index: u32, sent: &str) {
    let record = Record::new(sent.to_owned()).unwrap();
    let raw = |texts: Vec<RawText<'_>>| -> Vec<String> {
        texts.iter().map(|text| text.as_raw().to_owned()).collect()
    };
    assert_eq!(raw(segment.records().texts(index, &KEYS)), raw(record.texts(&KEYS)));
    for key in KEYS {
        assert_eq!(segment.value(index, key), value_of(&record, key));
    }
}

#[rstest]
#[case::one_record(records(1, |_| r#","note":"a""#.to_owned()))]
#[case::an_empty_column(records(300, |_| r#","note":"""#.to_owned()))]
#[case::a_column_of_one_value(records(300, |_| r#","crm__standard_info__name":"Kari Olsen""#.to_owned()))]
#[case::no_members(vec![r#"{"crm__customer_id":"1"}"#.to_owned(), r#"{ "crm__customer_id" : "" }"#.to_owned()])]
#[case::a_field_that_few_have(records(300, |n| if n % 100 == 7 { format!(r#","rare":[{n}, 1.50]"#) } else { String::new() }))]
#[case::control_characters(records(300, |n| format!(r#","note":"\u001f{n}\u001e\u0001","crm__standard_info__name":"\u001f\u0002{n}""#)))]
#[case::a_key_twice(records(300, |n| format!(r#","note":"{n}","city":"{}" , "note":{n}"#, n % 5)))]
#[case::a_key_twice_in_some(records(300, |n| if n % 9 == 4 { format!(r#","city":{n}"#) } else { format!(r#","note":"N. {n}""#) }))]
#[case::a_number_a_word_and_no_data(records(300, |n| format!(r#","note":{}"#, ["1.50", "true", "null", "\"A b\"", "{ }"][n as usize % 5])))]
fn every_value_of_every_record_is_as_it_was_sent(#[case] records: Vec<String>) {
    let packing = Packing::default();
    let segment = Segment::new(&page(&records), &packing);
    for (index, sent) in (0..).zip(&records) {
        assert_eq!(segment.record(index).as_json(), sent);
        assert_same(&segment, index, sent);
    }
    for key in KEYS.into_iter().filter(|key| segment.coded(key).is_none()) {
        let mut values = Vec::new();
        segment.each_value(key, |_, json| values.push(json.to_owned()));
        let sent = records.iter().map(|json| value_of(&Record::new(json.as_str()).unwrap(), key));
        assert_eq!(values, sent.collect::<Vec<_>>());
    }
}

#[test]
fn a_record_that_is_read_again_has_its_new_values_and_its_neighbours_theirs() {
    let records = records(300, |n| format!(r#","note":"Notat {n}""#));
    let segment = Segment::new(&page(&records), &Packing::default());
    let later = r#"{"crm__customer_id":"130","note":"later","rare":1}"#;
    let changed = segment.with_reread(130, Record::new(later).unwrap(), Moment::at(1, 8, 12));
    assert_eq!(changed.records().whole(130).as_json(), records[130]);
    for index in changed.indices() {
        assert_same(&changed, index, if index == 130 { later } else { &records[index as usize] });
    }
}

#[test]
fn a_page_whose_records_have_keys_of_their_own_grows_with_its_text_and_no_faster() {
    let of = |count: u32| records(count, |n| format!(r#","own_{n}":"value {n}""#));
    let bytes = |records: &[String]| Segment::new(&page(records), &Packing::default()).bytes();
    let (some, many) = (of(500), of(8_000));
    assert!(bytes(&many) < 24 * bytes(&some), "{} and {}", bytes(&some), bytes(&many));
    let segment = Segment::new(&page(&many), &Packing::default());
    for index in [0, 1, 7_999] {
        assert_same(&segment, index, &many[index as usize]);
        assert_eq!(segment.record(index).as_json(), many[index as usize]);
        let key = format!("own_{index}");
        assert_eq!(segment.value(index, &key), format!("\"value {index}\""));
    }
}

#[test]
fn a_record_that_is_not_there_has_no_values() {
    let segment = Segment::new(&page(&records(2, |_| String::new())), &Packing::default());
    assert_eq!((segment.record(2).as_json(), segment.value(2, "city")), ("{}", String::new()));
}
