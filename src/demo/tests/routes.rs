//! Tests of a Cube that is well: routes, credentials, methods, labels, and what the log keeps of them.

use std::collections::HashSet;
use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};

use super::wire::{LIST, Running, TOKEN, reqwest_client};
use crate::demo::{CUSTOM_FIELDS, Settings, Town};

const OLA: &str = "9120011999";

#[rstest]
#[case::older("/api/v1/assignments/9")]
#[case::newer("/api/v1/data_owners/2/B2C")]
#[tokio::test]
async fn both_generations_serve_the_list_the_customer_and_the_labels(#[case] base: &str) {
    let cube = Running::start().await;
    let list = cube.get(&format!("{base}/customers/")).await;
    assert_eq!(list.status, 200);
    assert_eq!(list.header("allow"), "GET, HEAD, OPTIONS");
    assert!(list.header("vary").contains("Accept"));
    assert_eq!(list.json()["results"][0]["crm__customer_id"], OLA);
    let one = cube.get(&format!("{base}/customers/{OLA}")).await;
    assert_eq!((one.status, one.text()), (200, Town::new(1).record(0).as_str()));
    let labels = cube.get(&format!("{base}/crm_custom_fields/")).await;
    assert_eq!((labels.status, labels.text()), (200, CUSTOM_FIELDS));
}

#[rstest]
#[case::route("/api/v1/nothing/")]
#[case::no_api("/")]
#[case::a_customer_with_a_slash("/api/v1/assignments/9/customers/9120011999/")]
#[case::an_id_of_letters("/api/v1/assignments/9/customers/abc")]
#[case::a_negative_id("/api/v1/assignments/9/customers/-1")]
#[case::an_assignment_of_letters("/api/v1/assignments/x/customers/")]
#[case::an_odd_crm_type("/api/v1/data_owners/2/B-C/customers/")]
#[case::campaigns_with_a_slash("/api/v1/campaigns/")]
#[tokio::test]
async fn an_unknown_route_is_djangos_page_even_without_a_credential(#[case] path: &str) {
    let cube = Running::start().await;
    let reply = cube.ask("GET", path, &[]).await.unwrap();
    assert_eq!((reply.status, reply.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(reply.text().contains("<h1>Not Found</h1>"));
}

#[rstest]
#[case::assignment("/api/v1/assignments/8/customers/")]
#[case::assignment_of_labels("/api/v1/assignments/8/crm_custom_fields/")]
#[case::a_huge_assignment("/api/v1/assignments/99999999999999999999999/customers/")]
#[case::data_owner("/api/v1/data_owners/9/B2C/customers/")]
#[case::crm_type("/api/v1/data_owners/2/B2B/customers/")]
#[case::small_letters("/api/v1/data_owners/2/b2c/customers/")]
#[case::customer("/api/v1/assignments/9/customers/777")]
#[case::a_zero_before_the_id("/api/v1/assignments/9/customers/09120011999")]
#[tokio::test]
async fn an_unknown_thing_is_drfs_not_found(#[case] path: &str) {
    let reply = Running::start().await.get(path).await;
    assert_eq!((reply.status, reply.json()), (404, json!({"detail": "Not found."})));
}

#[rstest]
#[case::list("/api/v1/assignments/9/customers", "/api/v1/assignments/9/customers/")]
#[case::list_with_query("/api/v1/assignments/9/customers?page=2", "/api/v1/assignments/9/customers/?page=2")]
#[case::labels("/api/v1/data_owners/2/B2C/crm_custom_fields", "/api/v1/data_owners/2/B2C/crm_custom_fields/")]
#[tokio::test]
async fn a_missing_slash_is_a_redirect_to_the_right_path(#[case] path: &str, #[case] right: &str) {
    let reply = Running::start().await.get(path).await;
    assert_eq!((reply.status, reply.header("location"), reply.text()), (301, right, ""));
}

#[rstest]
#[case::token("Token demo-token")]
#[case::small_letters("token demo-token")]
#[case::basic("Basic ZGVtb0BleGFtcGxlLmNvbTpkZW1vLXBhc3N3b3Jk")]
#[tokio::test]
async fn the_right_credential_passes(#[case] credential: &str) {
    let cube = Running::start().await;
    let reply = cube.ask("GET", LIST, &[("Authorization", credential)]).await.unwrap();
    assert_eq!(reply.status, 200);
    assert!(cube.log.seen()[0].is_authorized);
}

#[test]
fn the_basic_credential_is_the_user_and_the_password() {
    // `reqwest` writes the header: its Base64 is not ours.
    let request = reqwest::Request::new(reqwest::Method::GET, "http://127.0.0.1/".parse().unwrap());
    let client = reqwest_client();
    let request = reqwest::RequestBuilder::from_parts(client, request)
        .basic_auth(crate::demo::USER, Some(crate::demo::PASSWORD))
        .build()
        .unwrap();
    assert_eq!(request.headers()["authorization"], "Basic ZGVtb0BleGFtcGxlLmNvbTpkZW1vLXBhc3N3b3Jk");
}

#[rstest]
#[case::wrong_token("Token other", "Invalid token.")]
#[case::no_token("Token", "Invalid token header. No credentials provided.")]
#[case::two_tokens("Token demo-token x", "Invalid token header. Token string should not contain spaces.")]
#[case::wrong_password("Basic ZGVtbzp4", "Invalid username/password.")]
#[case::no_password("Basic", "Invalid basic header. No credentials provided.")]
#[case::two_passwords("Basic a b", "Invalid basic header. Credentials string should not contain spaces.")]
#[case::no_base64("Basic demo:x", "Invalid basic header. Credentials not correctly base64 encoded.")]
#[case::other_scheme("Bearer demo-token", "Authentication credentials were not provided.")]
#[tokio::test]
async fn a_wrong_credential_is_refused_in_drfs_words(#[case] credential: &str, #[case] detail: &str) {
    let cube = Running::start().await;
    let reply = cube.ask("GET", LIST, &[("Authorization", credential)]).await.unwrap();
    assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Token"));
    assert_eq!(reply.json(), json!({ "detail": detail }));
    let seen = &cube.log.seen()[0];
    assert!(seen.has_authorization && !seen.is_authorized);
}

#[rstest]
#[case::list("GET", LIST)]
#[case::another_list("GET", "/api/v1/assignments/8/customers/")]
#[case::campaigns("GET", "/api/v1/campaigns")]
#[case::a_method_that_is_not_allowed("PUT", LIST)]
#[tokio::test]
async fn without_a_credential_nothing_else_is_told(#[case] method: &str, #[case] path: &str) {
    let cube = Running::start().await;
    let reply = cube.ask(method, path, &[]).await.unwrap();
    assert_eq!(reply.status, 401);
    assert_eq!(reply.json(), json!({"detail": "Authentication credentials were not provided."}));
    assert!(!cube.log.seen()[0].has_authorization);
}

#[rstest]
#[tokio::test]
async fn every_writing_method_is_refused_in_drfs_words(
    #[values("PUT", "POST", "PATCH", "DELETE")] method: &str,
    #[values("customers/", "crm_custom_fields/")] path: &str,
) {
    let cube = Running::start().await;
    let path = format!("/api/v1/assignments/9/{path}");
    let reply = cube.ask(method, &path, &[("Authorization", TOKEN)]).await.unwrap();
    assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(reply.json(), json!({"detail": format!("Method \"{method}\" not allowed.")}));
}

#[tokio::test]
async fn head_is_get_without_a_body_and_options_names_the_view() {
    let cube = Running::start().await;
    let path = "/api/v1/assignments/9/customers/9120011999";
    let head = cube.ask("HEAD", path, &[("Authorization", TOKEN)]).await.unwrap();
    let length = Town::new(1).record(0).len().to_string();
    assert_eq!((head.status, head.header("content-length"), head.text()), (200, length.as_str(), ""));
    let options = cube.ask("OPTIONS", path, &[("Authorization", TOKEN)]).await.unwrap();
    assert_eq!((options.status, options.header("allow")), (200, "GET, HEAD, OPTIONS"));
    assert_eq!(options.json()["name"], "Customers");
}

#[tokio::test]
async fn the_campaigns_name_the_towns_list_twice() {
    let campaigns = Running::start().await.get("/api/v1/campaigns").await.json();
    let campaigns = campaigns.as_array().unwrap();
    assert_eq!(campaigns.len(), 2);
    assert!(campaigns.iter().all(|one| one["data_owner__id"] == 2 && one["campaign__crm_type"] == "B2C"));
    assert_eq!(
        (&campaigns[0]["campaign__is_active"], &campaigns[1]["campaign__is_active"]),
        (&json!(true), &json!(""))
    );
}

#[test]
fn the_labels_leave_one_field_out_and_give_two_the_same() {
    let labels: Vec<Value> = serde_json::from_str(CUSTOM_FIELDS).unwrap();
    let record: Value = serde_json::from_str(&Town::new(3).record(2)).unwrap();
    let labelled: HashSet<&str> = labels.iter().map(|label| label["lookup__id"].as_str().unwrap()).collect();
    let keys = record.as_object().unwrap().keys().filter(|key| key.starts_with("crm__custom_info__"));
    let unlabelled: Vec<&String> = keys.filter(|key| !labelled.contains(key.as_str())).collect();
    assert_eq!(unlabelled, ["crm__custom_info__101"]);
    let addresses: Vec<&Value> =
        labels.iter().filter(|label| label["key"] == "Address").map(|label| &label["id"]).collect();
    assert_eq!(addresses, [64, 221]);
    let words: HashSet<&str> = labels.iter().map(|label| label["key"].as_str().unwrap()).collect();
    assert_eq!((words.len(), labelled.len()), (labels.len() - 1, labels.len()));
    for label in &labels {
        assert_eq!(label["lookup__id"], format!("crm__custom_info__{}", label["id"]));
        assert!(label.as_object().unwrap().keys().eq([
            "id",
            "key",
            "type",
            "max_length",
            "hint",
            "lookup__id"
        ]));
    }
}

#[tokio::test]
async fn what_was_asked_stands_in_the_log_without_the_credential() {
    let cube = Running::start().await;
    let headers =
        [("Authorization", TOKEN), ("Accept", "application/json"), ("Content-Type", "application/json")];
    cube.ask("GET", &format!("{LIST}?page=last"), &headers).await.unwrap();
    cube.get("/api/v1/assignments/9/customers/777").await;
    let seen = cube.log.seen();
    assert_eq!(
        (seen[0].method.as_str(), seen[0].path.as_str()),
        ("GET", "/api/v1/assignments/9/customers/?page=last")
    );
    assert_eq!((seen[0].page, seen[1].page), (Some(3), None));
    assert_eq!(seen[0].host.as_deref(), Some("acme.headshed.com"));
    assert_eq!(
        (seen[0].accept.as_deref(), seen[0].content_type.as_deref()),
        (Some("application/json"), Some("application/json"))
    );
    assert_eq!((seen[1].accept.as_deref(), seen[1].in_flight), (None, 1));
    assert!(!format!("{seen:?}{:?}", cube.log).contains("demo-token"));
    cube.log.clear();
    assert!(cube.log.seen().is_empty() && cube.log.pages().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_latency_passes_before_each_answer() {
    let latency = Duration::from_hours(1);
    let cube = Running::with(Settings { latency, ..Settings::default() }).await;
    let start = tokio::time::Instant::now();
    assert_eq!(cube.get("/api/v1/campaigns").await.status, 200);
    assert!(start.elapsed() >= latency);
}
