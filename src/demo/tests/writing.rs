//! PUT and POST: what is kept, what is refused and in which words, and where there is no writing.

use rstest::rstest;
use serde_json::{Value, json};

use super::wire::{Reply, Running};
use crate::demo::{Settings, Town};

const OLA: &str = "/api/v1/assignments/9/customers/9120011999";
const NEW: &str = "/api/v1/assignments/9/customers/777";

fn body(id: u64, values: &Value) -> String {
    let mut body = json!({"assignment_id": 9, "customer_id": id});
    body.as_object_mut().unwrap().extend(values.as_object().unwrap().clone());
    body.to_string()
}

async fn put(cube: &Running, values: &Value) -> Reply {
    cube.write("PUT", OLA, &body(9_120_011_999, values)).await
}

#[tokio::test]
async fn what_is_put_is_in_the_answer_in_the_record_and_in_the_list_and_nothing_else_changes() {
    let cube = Running::start().await;
    let before = cube.get(OLA).await.json();
    let reply =
        put(&cube, &json!({"crm__standard_info__phone_2": "90978457", "crm__custom_info__253": 7})).await;
    assert_eq!((reply.status, reply.header("allow")), (200, "GET, PUT, POST, HEAD, OPTIONS"));
    let mut wanted = before;
    wanted["crm__standard_info__phone_2"] = json!("90978457");
    wanted["crm__custom_info__253"] = json!(7);
    assert_eq!(reply.json(), wanted);
    assert_eq!(cube.get(OLA).await.text(), reply.text());
    assert_eq!(cube.get("/api/v1/assignments/9/customers/").await.json()["results"][0], wanted);
    assert_eq!(cube.get("/api/v1/data_owners/2/B2C/customers/9120011999").await.json(), wanted);
}

#[tokio::test]
async fn who_is_posted_is_the_last_of_the_list_and_counts() {
    let settings = Settings { town: Town::new(3), page_size: 3, ..Settings::default() };
    let cube = Running::with(settings).await;
    let values = json!({"crm__standard_info__name": "Nye Kari", "phone_1": "22334455"});
    let reply = cube.write("POST", NEW, &body(777, &values)).await;
    assert_eq!((reply.status, &reply.json()["crm__customer_id"]), (201, &json!("777")));
    assert_eq!(reply.json()["crm__standard_info__phone_1"], "22334455");
    let list = cube.get("/api/v1/assignments/9/customers/?page=2").await.json();
    assert_eq!((&list["count"], &list["next"]), (&json!(4), &Value::Null));
    assert_eq!(list["results"], json!([reply.json()]));
    let again = cube.write("POST", NEW, &body(777, &json!({}))).await;
    assert_eq!(again.status, 400);
    assert!(again.text().contains("already exists"), "{}", again.text());
    let changed = cube.write("PUT", NEW, &body(777, &json!({"crm__standard_info__name": "Kari"}))).await;
    assert_eq!(changed.json()["crm__standard_info__name"], "Kari");
}

#[rstest]
#[case::no_ids(json!({}), json!({"assignment_id": ["This field is required."], "customer_id": ["This field is required."]}))]
#[case::another_id(
    json!({"assignment_id": 9, "customer_id": 1}),
    json!({"customer_id": ["This is not the one in the address."]})
)]
#[case::an_id_of_letters(
    json!({"assignment_id": "x", "customer_id": "9120011999"}),
    json!({"assignment_id": ["A valid integer is required."]})
)]
#[case::a_list(json!([1]), json!({"non_field_errors": ["Invalid data. Expected a dictionary."]}))]
#[tokio::test]
async fn a_body_without_its_ids_is_refused(#[case] sent: Value, #[case] said: Value) {
    let reply = Running::start().await.write("PUT", OLA, &sent.to_string()).await;
    assert_eq!((reply.status, reply.json()), (400, said));
}

#[rstest]
#[case::a_long_name("crm__standard_info__name", json!("x".repeat(201)), "Ensure this field has no more than 200 characters.")]
#[case::a_list("crm__standard_info__name", json!(["x"]), "Not a valid string.")]
#[case::no_address("crm__standard_info__email", json!("per at x.no"), "Enter a valid email address.")]
#[case::no_integer("crm__custom_info__253", json!("many"), "A valid integer is required.")]
#[case::no_such_day("crm__custom_info__24", json!("2023-02-30"), "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.")]
#[tokio::test]
async fn a_value_that_the_field_does_not_take_is_named_under_its_key(
    #[case] key: &str,
    #[case] value: Value,
    #[case] words: &str,
) {
    let cube = Running::start().await;
    let before = cube.get(OLA).await.json();
    let reply = put(&cube, &json!({key: value, "crm__standard_info__phone_1": "1"})).await;
    assert_eq!((reply.status, reply.json()), (400, json!({key: [words]})));
    assert_eq!(cube.get(OLA).await.json(), before, "nothing of it is kept");
}

#[rstest]
#[case::null("crm__standard_info__email", json!(null))]
#[case::empty("crm__custom_info__24", json!(""))]
#[case::a_number_in_a_string("crm__custom_info__253", json!("12"))]
#[tokio::test]
async fn an_empty_value_and_a_number_in_a_string_are_taken(#[case] key: &str, #[case] value: Value) {
    let reply = put(&Running::start().await, &json!({key: value})).await;
    assert_eq!((reply.status, &reply.json()[key]), (200, &value));
}

#[tokio::test]
async fn an_unknown_key_is_passed_over_as_drf_does() {
    let reply =
        put(&Running::start().await, &json!({"crm__custom_info__9999": "x", "crm__customer_id": "1"})).await;
    assert_eq!((reply.status, &reply.json()["crm__customer_id"]), (200, &json!("9120011999")));
    assert_eq!(reply.json().get("crm__custom_info__9999"), None);
}

#[rstest]
#[case::the_list("/api/v1/assignments/9/customers/")]
#[case::a_data_owner("/api/v1/data_owners/2/B2C/customers/9120011999")]
#[case::labels("/api/v1/assignments/9/crm_custom_fields/")]
#[tokio::test]
async fn other_routes_take_no_changes(#[case] path: &str) {
    let reply = Running::start().await.write("PUT", path, "{}").await;
    assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD, OPTIONS"));
}

#[tokio::test]
async fn a_read_only_account_refuses_both_and_says_what_it_allows() {
    let cube = Running::with(Settings { read_only: true, ..Settings::default() }).await;
    for method in ["PUT", "POST"] {
        let reply = cube.write(method, OLA, &body(9_120_011_999, &json!({}))).await;
        assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD, OPTIONS"));
        assert_eq!(reply.json()["detail"], format!("Method \"{method}\" not allowed."));
    }
}

#[tokio::test]
async fn nobody_is_changed_who_is_not_there_or_in_another_assignment() {
    let cube = Running::start().await;
    assert_eq!(cube.write("PUT", NEW, &body(777, &json!({}))).await.status, 404);
    let other = cube.write("PUT", "/api/v1/assignments/8/customers/9120011999", "{}").await;
    assert_eq!(other.status, 405);
}
