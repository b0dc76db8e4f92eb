//! Shapes and notes: what is packed comes back to the byte.

use super::*;
use crate::cube::Record;
use proptest::prelude::*;
use rstest::rstest;
use std::collections::HashMap;

/// Packs records with the values of each key in a column, as they are; those that have a key twice are kept whole.
fn packed(records: &[String], packing: &Packing) -> Packed {
    let mut writer = Writer::default();
    let mut columns: HashMap<String, usize> = HashMap::new();
    for json in records {
        let record = Record::new(json.as_str()).unwrap();
        let mut holes: Vec<Hole> = Vec::new();
        record.each(|key, value| {
            let new = columns.len();
            let column = *columns.entry(key.into_owned()).or_insert(new);
            let start = value.as_ptr().addr() - json.as_ptr().addr();
            holes.push(Hole { column, value: start..start + value.len() });
        });
        let is_repeated = |hole: &Hole| holes.iter().filter(|other| other.column == hole.column).count() > 1;
        if holes.iter().any(is_repeated) {
            holes.clear();
        }
        for hole in &holes {
            writer.note(hole.column, json.get(hole.value.clone()).unwrap());
        }
        writer.add(json, &holes);
    }
    Packed::new(writer, packing)
}

fn unpacked(packed: &Packed, row: u32) -> Option<String> {
    let shape = packed.shape_of(row)?;
    let mut columns = packed.columns(shape);
    Some(fill(&packed.shape(shape), |out| {
        let (chunk, at) = Packed::place(row);
        out.push_str(packed.chunk(columns.next().unwrap(), chunk).note(at));
    }))
}

fn all_unpacked(packed: &Packed) -> Vec<String> {
    (0..).map_while(|row| unpacked(packed, row)).collect()
}

#[test]
fn white_space_number_spellings_repeated_keys_and_nesting_come_back_to_the_byte() {
    let records = [
        r#"{ "a" : 1.50 ,"b":"\u00e5\n", "a":[1, {"c": "}"}] }"#,
        "{}",
        "{\"a\"\t:\n{ } }",
        r#"{"a":"x","b":"\u001f"}"#,
        r#"{"a":"y","b":null}"#,
    ];
    let records: Vec<String> = records.iter().cycle().take(1_000).map(|json| (*json).to_owned()).collect();
    assert_eq!(all_unpacked(&packed(&records, &Packing::default())), records);
}

#[rstest]
#[case::none(0)]
#[case::one(1)]
#[case::a_chunk(128)]
#[case::a_chunk_and_one(129)]
fn a_page_has_as_many_records_as_it_was_given(#[case] records: usize) {
    let records: Vec<String> = (0..records).map(|n| format!(r#"{{"a":{n},"b":""}}"#)).collect();
    let packed = packed(&records, &Packing::default());
    assert_eq!(all_unpacked(&packed), records);
    let mut rows = 0;
    packed.each_note(0, |row, note| {
        assert_eq!(note, row.to_string());
        rows += 1;
    });
    assert_eq!(rows, records.len());
}

#[test]
fn a_key_that_few_records_have_is_noted_of_these_alone() {
    let record =
        |n: u32| if n % 300 == 7 { format!(r#"{{"a":1,"b":"{n}"}}"#) } else { r#"{"a":1}"#.to_owned() };
    let records: Vec<String> = (0..1_000).map(record).collect();
    let packed = packed(&records, &Packing::default());
    assert_eq!(all_unpacked(&packed), records);
    let mut noted = Vec::new();
    packed.each_note(1, |row, note| noted.extend((!note.is_empty()).then_some(row)));
    assert_eq!(noted, [7, 307, 607, 907]);
    assert!(packed.len() < 4_500, "{packed:?}");
}

#[test]
fn notes_are_found_in_any_order() {
    let records: Vec<String> = (0..300).map(|n| format!(r#"{{"a":"{n} and more"}}"#)).collect();
    let packed = packed(&records, &Packing::default());
    let mut chunk = packed.chunk(0, 1);
    for at in [5, 5, 0, 127, 126, 7] {
        assert_eq!(chunk.note(at), format!("\"{} and more\"", 128 + at));
    }
}

#[test]
fn what_is_not_there_has_no_note() {
    let packed = packed(&[r#"{"a":1}"#.to_owned()], &Packing::default());
    assert_eq!((packed.shape_of(1), packed.chunk(0, 1).note(0), packed.chunk(1, 0).note(0)), (None, "", ""));
}

#[test]
fn a_long_record_is_kept_by_itself() {
    let long = format!(r#"{{"a":1,"a":"{}"}}"#, "x".repeat(100_000));
    let records = [long.clone(), r#"{"a":1}"#.to_owned(), long];
    let packed = packed(&records, &Packing::default());
    assert_eq!([0, 1, 2].map(|row| packed.is_whole(row)), [true, false, true]);
    assert_eq!(all_unpacked(&packed), records);
}

#[test]
fn pages_that_share_a_dictionary_take_a_fraction_of_what_was_sent() {
    let packing = Packing::default();
    let record = |n: u32| {
        format!(
            r#"{{"crm__customer_id":"{n}","crm__standard_info__name":"Kunde {n}","crm__custom_info__17":"A"}}"#
        )
    };
    let first: Vec<String> = (0..500).map(record).collect();
    let second: Vec<String> = (500..1000).map(record).collect();
    packed(&first, &packing);
    let packed = packed(&second, &packing);
    let sent: usize = second.iter().map(String::len).sum();
    assert!(packed.len() * 6 < sent, "{} of {sent} bytes", packed.len());
    assert_eq!(all_unpacked(&packed), second);
}

proptest! {
    #[test]
    fn any_records_come_back_to_the_byte(values in proptest::collection::vec(proptest::collection::vec(".{0,20}", 0..5), 1..60)) {
        let json = |values: &Vec<String>| {
            let members: Vec<String> = values.iter().enumerate()
                .map(|(n, value)| format!("\"{n}\":{}", serde_json::to_string(value).unwrap())).collect();
            format!("{{{}}}", members.join(", "))
        };
        let records: Vec<String> = values.iter().map(json).collect();
        prop_assert_eq!(all_unpacked(&packed(&records, &Packing::default())), records);
    }
}
