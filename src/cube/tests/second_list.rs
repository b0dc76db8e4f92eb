//! A list whose records are no customers: a schema is all that it needs.

use super::*;

fn page(json: &str) -> Page {
    Body::from(json.to_owned()).into_page(1, &CALLS, Moment::at(0, 8, 12), None).unwrap()
}

#[test]
fn a_record_is_what_has_the_id_of_its_own_list() {
    let page = page(
        r#"{"results":[{"callflow__id":7},{"crm__customer_id":"1"},{"x":"callflow__id"},{"callflow_\u005fid":null}]}"#,
    );
    assert_eq!(page.records().map(|(index, _)| index).collect::<Vec<_>>(), [0, 3]);
    assert_eq!(page.left_out.len(), 2);
}

#[test]
fn the_columns_hold_what_the_schema_puts_there() {
    let page = page(
        r#"[{"callflow__outcome":"Answered","crm__standard_info__name":"Kari","callflow__id":7,"user__email":"per@x.no"}]"#,
    );
    let record = page.record(0).into_owned();
    let standard = record.standard();
    let shown = StandardField::ALL.map(|field| standard.get(field).as_raw().to_owned());
    assert_eq!(shown, ["7", "", "", "", "", "per@x.no"], "the outcome is no standard field");
    let keys: Vec<&str> = CALLS.columns.iter().map(|column| column.key).collect();
    let texts: Vec<_> = record.texts(&keys).iter().map(|text| text.as_raw().to_owned()).collect();
    assert_eq!(texts, ["7", "Answered", "", "", "", "", "per@x.no"]);
}

#[test]
fn the_first_column_of_a_kind_fills_its_field_and_a_second_id_is_no_id() {
    let fields = CALLS.columns.iter().map(|column| CALLS.field_of(column.key));
    let expected = [
        Some(StandardField::Id),
        None,
        Some(StandardField::Phone1),
        None,
        None,
        None,
        Some(StandardField::Email),
    ];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
    assert_eq!(CALLS.column(StandardField::Name), None);
}

#[test]
fn both_routes_of_customers_have_the_schema_of_customers() {
    let data_owner = List::DataOwner { owner: 2, crm_type: CrmType::B2C };
    for list in [List::Assignment(9), data_owner] {
        assert_eq!(list.schema(), &CUSTOMERS);
        assert_eq!(list.schema().id_key(), "crm__customer_id");
    }
}
