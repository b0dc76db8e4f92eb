//! A filter finds whom a plain loop over the records finds, whichever way the page holds the values.

use crate::cube::{Moment, Page, Value};
use crate::fields::FieldMap;
use crate::list::{Packing, Segment, Store};
use crate::search::{Found, Query, Reach, Unsearched, run};
use proptest::prelude::*;
use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn fields() -> FieldMap {
    let labels = r#"{"390": "City", "20": "Turnover", "24": "Founded", "388": "Post sted", "7": "Note"}"#;
    FieldMap::read(labels).unwrap().0
}

fn query(line: &str) -> Query {
    Query::search(line, Reach::Standard, &fields())
}

/// A list in pages of this many of these records.
fn store(records: &[String], on_page: usize) -> Store {
    let (mut store, packing) = (Store::new(), Packing::default());
    let pages: Vec<&[String]> = records.chunks(on_page).collect();
    for (number, records) in (1..).zip(&pages) {
        let next = if (number as usize) < pages.len() { "\"http://elsewhere/?page=2\"" } else { "null" };
        let body = format!(r#"{{"count":null,"next":{next},"results":[{}]}}"#, records.join(","));
        let page = Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap();
        store.page_arrived(Arc::new(Segment::new(&page, &packing)));
    }
    store
}

fn found_on(store: &Store, line: &str) -> Vec<String> {
    let mut found = Found::default();
    let pages: Vec<Unsearched> = store.searchable().into_iter().map(Unsearched::from).collect();
    found.add(run(&query(line), &pages, &AtomicBool::new(false)).unwrap());
    (0..found.len())
        .filter_map(|row| found.slot(row))
        .map(|slot| store.segment(slot.page).unwrap().id(slot.index))
        .collect()
}

fn people() -> Store {
    let records = [
        r#"{"crm__customer_id":"1","crm__standard_info__name":"Kari Ås","crm__standard_info__phone_2":"+47 909 09 090","crm__standard_info__email":"k@a.no","crm__custom_info__390":"ASKIM","crm__custom_info__20":1500.50,"crm__custom_info__24":"1990-05-17"}"#,
        r#"{"crm__customer_id":"2","crm__standard_info__name":"Ola Nord","crm__standard_info__phone_1":"22 33 44 55","crm__standard_info__email":null,"crm__custom_info__390":"Oslo","crm__custom_info__20":"99","crm__custom_info__24":"1999-12-31"}"#,
        r#"{"crm__customer_id":"3","crm__standard_info__name":"Per","crm__standard_info__email":"","crm__custom_info__390":"Nord, Sør","crm__custom_info__20":"1 000,5","crm__custom_info__24":"2000"}"#,
        r#"{"crm__customer_id":"4","crm__standard_info__name":"Åse","crm__custom_info__390":"","crm__custom_info__20":"much"}"#,
    ];
    store(&records.map(str::to_owned), 2)
}

#[rstest]
#[case::a_value("city:=Askim", &["1"])]
#[case::in_another_case("city:=ASKIM", &["1"])]
#[case::only_the_whole_value("city:=Ask", &[])]
#[case::one_of_two("city:=Askim,Oslo", &["1", "2"])]
#[case::all_others("-city:=Oslo", &["1", "3", "4"])]
#[case::with_a_comma_in_it("city:=\"Nord, Sør\"", &["3"])]
#[case::by_its_number("390:=oslo", &["2"])]
#[case::by_its_key("crm__custom_info__390:=oslo", &["2"])]
#[case::greater("turnover:>99", &["1", "3"])]
#[case::at_least("turnover:>=99", &["1", "2", "3"])]
#[case::less("turnover:<1000,5", &["2"])]
#[case::at_most("turnover:<=1000.5", &["2", "3"])]
#[case::between("turnover:99..1000.5", &["2", "3"])]
#[case::up_to("turnover:..100", &["2"])]
#[case::from("turnover:1001..", &["1"])]
#[case::not_greater("-turnover:>99", &["2", "4"])]
#[case::years("founded:1990..1999", &["1", "2"])]
#[case::a_year_as_a_number("founded:>=2000", &["3"])]
#[case::behind_a_month("founded:>1990-05", &["2"])]
#[case::from_a_day("founded:>=17.05.1990", &["1", "2"])]
#[case::before_a_day("founded:<1990-05-18", &["1"])]
#[case::empty("email:empty", &["2", "3", "4"])]
#[case::any("email:any", &["1"])]
#[case::not_empty("-email:empty", &["1"])]
#[case::any_phone("phone:any", &["1", "2"])]
#[case::one_phone_in_quotes("\"phone 1\":any", &["2"])]
#[case::no_city("city:empty", &["4"])]
#[case::a_whole_name("name:=\"kari as\"", &["1"])]
#[case::a_phone("phone:=90909090", &["1"])]
#[case::a_phone_in_another_spelling("phone:=\"+47 22334455\"", &["2"])]
#[case::an_id("id:=2", &["2"])]
#[case::no_value_that_is_known("city:=Bergen", &[])]
#[case::no_value_that_is_known_left_out("-city:=Bergen", &["1", "2", "3", "4"])]
#[case::no_record_has_the_field("note:any", &[])]
#[case::all_records_lack_the_field("note:empty", &["1", "2", "3", "4"])]
#[case::nobody_is_left_for_the_second("city:=Bergen turnover:>1 ola", &[])]
#[case::with_a_word("turnover:>1 ola", &["2"])]
#[case::two_filters("turnover:>1 -city:=oslo", &["1", "3"])]
fn a_filter_finds(#[case] line: &str, #[case] ids: &[&str]) {
    assert_eq!(found_on(&people(), line), ids);
}

#[rstest]
#[case::a_whole_name("name:=\"kari as\"", "name", "Kari Ås", true)]
#[case::spaces_around_a_name("name:=kari", "name", " Kari  ", true)]
#[case::two_letters_for_one("name:=bjorn", "name", "Bjoern", true)]
#[case::a_word_of_a_name("name:=kari", "name", "Kari Ås", false)]
#[case::the_form_of_a_word("name:=aas", "name", "Kari Ås", false)]
#[case::the_dots_of_a_form("name:=as", "name", "Kari A.S.", false)]
#[case::a_number("phone:=90909090", "phone_3", "+47 909 09 090", true)]
#[case::a_number_beside_words("phone:=90909090", "phone_1", "Kari: 909 09 090", true)]
#[case::a_number_beside_another("phone:=90909090", "phone_1", "22334455 / 90909090", true)]
#[case::a_number_abroad("phone:=\"+46 8 123 456 78\"", "phone_1", "08-123 456 78", true)]
#[case::a_trunk_zero("phone:=08-12345678", "phone_1", "+46812345678", true)]
#[case::another_country("phone:=\"+45 22334455\"", "phone_1", "+47 22334455", false)]
#[case::a_part_of_a_number("phone:=9090", "phone_1", "90909090", false)]
#[case::another_phone("phone1:=90909090", "phone_2", "90909090", false)]
#[case::words_for_a_number("phone:=\"ring kari\"", "phone_1", "Ring Kari", true)]
#[case::an_address("email:=KARI@x.no", "email", "kari@X.no", true)]
#[case::another_address("email:=jo@x.no", "email", "joe@x.no", false)]
#[case::another_address_in_two_letters("email:=joe@x.no", "email", "jo@x.no", false)]
#[case::a_part_of_an_address("email:=kari", "email", "kari@x.no", false)]
fn the_same_is(#[case] line: &str, #[case] field: &str, #[case] value: &str, #[case] is: bool) {
    let key = format!("crm__standard_info__{field}");
    let one = serde_json::json!({ "crm__customer_id": "1", key: value });
    let ids = found_on(&store(&[one.to_string()], 1), line);
    assert_eq!(!ids.is_empty(), is);
    let others = (2..100).map(|id| format!(r#"{{"crm__customer_id":"{id}"}}"#));
    let records: Vec<String> = std::iter::once(one.to_string()).chain(others).collect();
    assert_eq!(found_on(&store(&records, 50), line), ids);
}

#[rstest]
#[case::as_it_is("id:=007", "007", true)]
#[case::without_its_zeros("id:=7", "007", false)]
#[case::in_capitals("id:=AB1", "ab1", true)]
#[case::two_letters("id:=o1", "oe1", false)]
fn the_same_id_is(#[case] line: &str, #[case] id: &str, #[case] is: bool) {
    let record = serde_json::json!({ "crm__customer_id": id });
    assert_eq!(!found_on(&store(&[record.to_string()], 1), line).is_empty(), is);
}

#[rstest]
#[case::no_field("towns:=oslo", 1, "there is no field towns, at character 1")]
#[case::nearly_a_field("kari ctiy:=oslo", 6, "there is no field ctiy, at character 6; did you mean City?")]
#[case::no_value("city:=", 1, "city:= at character 1 has no value yet")]
#[case::no_bound("kari turnover:>", 6, "turnover:> at character 6 has no value yet")]
#[case::no_number(
    "turnover:>abc",
    1,
    "abc in turnover:>abc at character 1 is neither a number nor a date: type 100, 1990, 1990-05 or 1990-05-17"
)]
#[case::backwards(
    "turnover:9..1",
    1,
    "turnover:9..1 at character 1 is no range: type two numbers or two dates, the smaller one first"
)]
fn what_is_no_filter_is_said_with_its_place_and_leaves_no_one_out(
    #[case] line: &str,
    #[case] at: usize,
    #[case] said: &str,
) {
    let bad = query(line).bad_filter.unwrap();
    assert_eq!((bad.at, bad.to_string()), (at, said.to_owned()));
    assert!(query(line).filters.is_empty());
}

#[rstest]
#[case::in_quotes("name:\"empty\"")]
#[case::dots("name:a..b")]
#[case::no_field("kari=ola")]
#[case::a_time("08:12")]
fn text_is_no_filter(#[case] line: &str) {
    let query = query(line);
    assert!(query.bad_filter.is_none() && query.filters.is_empty(), "{query:?}");
}

/// A value of a record as JSON, of few kinds or of many.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        Just("\"\"".to_owned()),
        "\"[abÅå]{0,2}\"",
        "[0-9]{1,3}(\\.[05])?"
            .prop_map(|number| number.trim_start_matches('0').to_owned())
            .prop_filter("a JSON number", |number| number.starts_with(|c: char| c.is_ascii_digit())),
        "\"(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])\"",
    ]
}

fn condition() -> impl Strategy<Value = String> {
    prop_oneof![
        "=[abå]{1,2}(,[abå]{1,2})?",
        "[<>]=?[0-9]{1,3}",
        "[0-4]{1,2}\\.\\.[5-9]{2,3}",
        "[<>]=?(19|20)[0-9]{2}(-0[1-9])?",
        "19[0-4][0-9]\\.\\.20[0-9]{2}",
        Just("empty".to_owned()),
        Just("any".to_owned()),
    ]
}

proptest! {
    #[test]
    fn every_filter_equals_a_plain_loop_over_the_records(
        values in proptest::collection::vec(proptest::option::weighted(0.9, value()), 1..60),
        condition in condition(),
        negated: bool,
        on_page in 1..30usize,
        again in proptest::option::of((0..60usize, value())),
    ) {
        let record = |(id, value): (usize, &Option<String>)| {
            let field = value.as_ref().map(|value| format!(r#","crm__custom_info__7":{value}"#)).unwrap_or_default();
            format!(r#"{{"crm__customer_id":"{id}"{field}}}"#)
        };
        let mut values = values;
        let mut store = store(&values.iter().enumerate().map(record).collect::<Vec<_>>(), on_page);
        if let Some((at, value)) = again.filter(|(at, _)| *at < values.len()) {
            values[at] = Some(value);
            let json = record((at, &values[at]));
            store.reread(&crate::cube::Record::new(json).unwrap(), Moment::at(9, 8, 12));
        }
        let sign = if negated { "-" } else { "" };
        let line = format!("{sign}note:{condition}");
        let query = query(&line);
        prop_assert!(query.bad_filter.is_none(), "{:?}", query.bad_filter);
        let filter = &query.filters[0];
        let holds = |value: &Option<String>| {
            let text = value.as_deref().map(|json| Value::text_of(json).as_raw().to_owned());
            let mut form = String::new();
            crate::list::row_text::write_words(&text.unwrap_or_default(), &mut form);
            filter.test.holds(&form) != filter.negated
        };
        let expected: Vec<String> =
            values.iter().enumerate().filter(|(_, value)| holds(value)).map(|(id, _)| id.to_string()).collect();
        prop_assert_eq!(found_on(&store, &line), expected);
    }

    #[test]
    fn a_whole_value_is_found_in_any_field_and_whatever_is_left(
        values in proptest::collection::vec(name(), 1..60),
        wanted in name(),
        field in proptest::sample::select(vec!["crm__standard_info__name", "crm__custom_info__7"]),
        on_page in 1..30usize,
        few: bool,
    ) {
        let record = |(id, value): (usize, &String)| {
            let member = if value.is_empty() { String::new() } else { format!(r#","{field}":"{value}""#) };
            format!(r#"{{"crm__customer_id":"{id}"{member}}}"#)
        };
        let store = store(&values.iter().enumerate().map(record).collect::<Vec<_>>(), on_page);
        let word = if few { " id:1" } else { "" };
        let line = format!("{field}:=\"{wanted}\"{word}");
        let plain = |(id, value): &(usize, &String)| {
            let fold = |text: &str| crate::text::fold(text).trim().to_owned();
            fold(value) == fold(&wanted) && (!few || id.to_string().contains('1'))
        };
        let expected: Vec<String> = if wanted.trim().is_empty() {
            return Ok(());
        } else {
            let rows = values.iter().enumerate().filter(plain);
            rows.map(|(id, _)| id.to_string()).collect()
        };
        let mut found = found_on(&store, &line);
        found.sort_by_key(|id| id.parse::<usize>().unwrap());
        prop_assert_eq!(found, expected);
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![1 => "[akø]{1,2}( [aåo]{1,2})?", 4 => Just(String::new())]
}
