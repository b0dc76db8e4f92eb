//! A list whose records are no customers: a page of it is read, held and searched.

use super::*;
use crate::cube::{CALLS, StandardField};
use rstest::rstest;

fn calls() -> Store {
    let body = serde_json::json!({ "count": 3, "next": null, "results": [
        { "callflow__id": 71, "callflow__outcome": "Avtalt møte", "callflow__number": "+47 909 09 088",
          "callflow__time": "2026-01-31T08:12:00", "crm__customer_id": "9120011888", "user__email": "per@x.no",
          "campaign__name": "Høst" },
        { "callflow__id": 72, "callflow__outcome": "Ikke svar", "callflow__number": "95499097",
          "callflow__time": "2026-01-30T10:00:00", "crm__customer_id": "9120013102", "user__email": "kari@x.no",
          "crm__standard_info__name": "Åse Nord" },
        { "crm__customer_id": "9120011888" },
    ]});
    let page = Page::from_json_of(&CALLS, 1, body.to_string(), Moment::at(0, 8, 12)).unwrap();
    assert_eq!((page.len(), page.left_out.len()), (2, 1));
    let mut store = Store::new();
    store.page_arrived(Arc::new(Segment::new(&page, &Packing::default())));
    store
}

#[rstest]
#[case::by_its_outcome("avtalt", &["71"])]
#[case::by_the_number("909 09 088", &["71"])]
#[case::by_the_agent("kari", &["72"])]
#[case::by_its_own_id("72", &["72"])]
#[case::by_the_customer("9120013102", &["72"])]
#[case::in_a_field_without_a_column("høst", &["71"])]
#[case::in_a_field_that_customers_have_a_column_for("åse", &["72"])]
fn a_call_is_found(#[case] line: &str, #[case] ids: &[&str]) {
    assert_eq!(hits(&Query::search(line, Reach::AllFields, &FieldMap::default())), ids);
}

/// The ids of the calls that a query finds.
fn hits(query: &Query) -> Vec<String> {
    let store = calls();
    let mut found = Found::default();
    found.add(run(query, &unsearched(&store), &AtomicBool::new(false)).unwrap());
    let slots = (0..found.len()).filter_map(|row| found.slot(row));
    slots.map(|slot| store.segment(slot.page).unwrap().id(slot.index)).collect()
}

#[rstest]
#[case::a_phone("number:90909", &["71"])]
#[case::an_address("agent:kari", &["72"])]
#[case::its_id("call:72", &["72"])]
#[case::a_column_that_is_no_standard_field("outcome:avtalt", &["71"])]
#[case::the_customer("customer:9120013102", &["72"])]
#[case::by_its_key("callflow__outcome:svar", &["72"])]
#[case::no_words_of_customers("name:høst", &[])]
#[case::a_customers_number("kundenr:9120013102", &["72"])]
#[case::an_address_of_a_telephone("tel:+4795499097", &["72"])]
#[case::the_same_number("number:=+4790909088", &["71"])]
#[case::the_same_address("agent:=PER@x.no", &["71"])]
#[case::the_same_id("call:=71", &["71"])]
#[case::the_same_outcome("outcome:=\"ikke svar\"", &["72"])]
#[case::a_day("time:>=2026-01-31", &["71"])]
#[case::no_value("seconds:empty", &["71", "72"])]
#[case::a_key_without_a_column("crm__standard_info__name:=\"åse nord\"", &["72"])]
fn a_name_before_a_colon_is_one_of_its_own_list(#[case] line: &str, #[case] ids: &[&str]) {
    let query = Query::search(line, Reach::Standard, &FieldMap::default().of(&CALLS));
    assert_eq!(query.bad_filter, None);
    assert_eq!(hits(&query), ids);
}

#[rstest]
#[case::a_name_of_customers("email:=per@x.no", "there is no field email, at character 1")]
#[case::near_one_of_its_own("agnet:=per", "there is no field agnet, at character 1; did you mean Agent?")]
fn a_name_of_another_list_is_no_field(#[case] line: &str, #[case] said: &str) {
    let query = Query::search(line, Reach::Standard, &FieldMap::default().of(&CALLS));
    assert_eq!(query.bad_filter.unwrap().to_string(), said);
    assert!(query.filters.is_empty());
}

#[test]
fn a_match_in_a_hidden_column_is_named_by_the_key_of_its_own_list() {
    let store = calls();
    let record = store.record(store.find_id("71").unwrap()).unwrap();
    let query = Query::search("9120011888", Reach::AllFields, &FieldMap::default());
    let visible = [StandardField::Id, StandardField::Name, StandardField::Phone1];
    assert_eq!(match_elsewhere(&query, &record, &visible).as_deref(), Some("crm__customer_id"));
}
