//! A change is sent once at most after it may have arrived, and what became of it is found out by reading.

use rstest::rstest;

use super::server::{Play, SOON, Server, answer, detail, json};
use super::*;

const SAVED: &str =
    r#"{"crm__customer_id":"7","crm__standard_info__phone_2":"90978457","crm__custom_info__1":3}"#;
const OLD: &str = r#"{"crm__customer_id":"7","crm__standard_info__phone_2":"","crm__custom_info__1":2}"#;

fn change() -> Change {
    let mut change = Change::of(id("7"));
    change.set("crm__standard_info__phone_2", "90978457", Some(&Value::Text("".into())));
    change.set("crm__custom_info__1", "3", Some(&Value::Number("2")));
    change
}

/// What became of a change that was sent to a server with this script, and the methods that the server saw.
async fn sent(writing: Writing, script: Vec<Play>) -> (Result<Written, Error>, String) {
    let server = Server::playing(script).await;
    let cube = cube_with(&server, Limits { idle: SOON * 20, ..limits() }).with_writes();
    let written = cube.write(writing, &change()).await;
    let methods: Vec<String> =
        server.seen().iter().map(|head| head.split(' ').next().unwrap_or_default().to_owned()).collect();
    (written, methods.join(" "))
}

fn bytes(bytes: Vec<u8>) -> Play {
    Play::Bytes(bytes)
}

fn failing(status: &str) -> Play {
    bytes(detail(status, "", "Something is wrong."))
}

/// The kind of an outcome: "saved", "not saved", "not there", "unknown", or the sentence of the error.
fn kind(written: &Result<Written, Error>) -> String {
    match written {
        Ok(Written::Saved(_)) => "saved".to_owned(),
        Ok(Written::NotSaved { now: Some(_), .. }) => "not saved".to_owned(),
        Ok(Written::NotSaved { now: None, .. }) => "not there".to_owned(),
        Ok(Written::Unknown { .. }) => "unknown".to_owned(),
        Err(error) => error.sentence(),
    }
}

#[rstest]
#[case::saved(vec![bytes(json(SAVED))], "saved", "PUT")]
#[case::reset_after_it(vec![Play::Reset, bytes(json(SAVED))], "saved", "PUT GET")]
#[case::reset_before_it(vec![Play::Reset, bytes(json(OLD))], "not saved", "PUT GET")]
#[case::cut(vec![bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec()), bytes(json(SAVED))], "saved", "PUT GET")]
#[case::silent(vec![Play::Stall(Vec::new()), bytes(json(OLD))], "not saved", "PUT GET")]
#[case::server_after_it(vec![failing("500 Internal Server Error"), bytes(json(SAVED))], "saved", "PUT GET")]
#[case::gateway(vec![failing("502 Bad Gateway"), bytes(json(OLD))], "not saved", "PUT GET")]
#[case::a_page_of_html(vec![bytes(answer("200 OK", "Content-Type: text/html\r\n", "<html>")), bytes(json(OLD))], "not saved", "PUT GET")]
#[case::no_content(vec![bytes(answer("204 No Content", "", "")), bytes(json(SAVED))], "saved", "PUT GET")]
#[case::accepted(vec![bytes(answer("202 Accepted", "", "{}")), bytes(json(OLD))], "not saved", "PUT GET")]
#[case::created(vec![bytes(answer("201 Created", "", SAVED)), bytes(json(SAVED))], "saved", "PUT GET")]
#[case::gone_since(vec![Play::Reset, failing("404 Not Found")], "not there", "PUT GET")]
#[case::nothing_can_be_read(vec![Play::Reset, failing("401 Unauthorized")], "unknown", "PUT GET")]
#[case::wrong_values(vec![failing("400 Bad Request")], "Cube does not accept these values (400)", "PUT")]
#[case::wrong_token(vec![failing("401 Unauthorized")], "Cube does not accept this token (401) – check where it comes from", "PUT")]
#[case::no_such_customer(
    vec![failing("404 Not Found")],
    "no such customer in assignment 9, or this account does not take changes yet (404)",
    "PUT"
)]
#[case::read_only(vec![failing("405 Method Not Allowed")], "this account does not take changes yet (405)", "PUT")]
#[case::not_implemented(vec![failing("501 Not Implemented")], "this account does not take changes yet (501)", "PUT")]
#[case::conflict(
    vec![failing("409 Conflict")],
    "the customer was changed in Cube meanwhile (409) – read them again",
    "PUT"
)]
#[case::precondition(
    vec![failing("412 Precondition Failed")],
    "the customer was changed in Cube meanwhile (412) – read them again",
    "PUT"
)]
#[case::no_right(
    vec![failing("403 Forbidden")],
    "not allowed (403) – the token may be wrong or lack rights for assignment 9",
    "PUT"
)]
#[case::throttled(vec![failing("429 Too Many Requests")], "Cube asks for fewer requests (429) – wait a moment", "PUT")]
#[tokio::test]
async fn what_became_of_a_change_is_said(
    #[case] script: Vec<Play>,
    #[case] said: &str,
    #[case] methods: &str,
) {
    let (written, seen) = sent(Writing::Update, script).await;
    assert_eq!((kind(&written).as_str(), seen.as_str()), (said, methods));
}

#[tokio::test]
async fn a_redirect_to_the_other_slash_is_followed_once_by_us_with_the_same_method() {
    let moved = "Location: /api/v1/assignments/9/customers/7/\r\n";
    let moved = bytes(answer("301 Moved Permanently", moved, ""));
    let (written, seen) = sent(Writing::Update, vec![moved.clone(), bytes(json(SAVED))]).await;
    assert_eq!((kind(&written).as_str(), seen.as_str()), ("saved", "PUT PUT"));
    let elsewhere = bytes(answer("301 Moved Permanently", "Location: https://evil.test/\r\n", ""));
    let (written, seen) = sent(Writing::Create, vec![elsewhere]).await;
    assert!(written.is_err());
    assert_eq!(seen, "POST");
}

#[tokio::test]
async fn both_requests_of_a_redirect_carry_the_same_body_with_its_length() {
    let moved = bytes(answer("301 Moved Permanently", "Location: 7/\r\n", ""));
    let server = Server::playing([moved, bytes(json(SAVED))]).await;
    cube(&server).with_writes().write(Writing::Update, &change()).await.unwrap();
    let body = change().body(List::Assignment(9)).unwrap();
    assert_eq!(
        body,
        r#"{"assignment_id":9,"customer_id":7,"crm__standard_info__phone_2":"90978457","crm__custom_info__1":3}"#
    );
    assert_eq!(server.bodies(), [body.clone(), body.clone()]);
    for head in server.seen() {
        assert!(head.to_lowercase().contains(&format!("\r\ncontent-length: {}\r\n", body.len())), "{head}");
    }
}

#[tokio::test]
async fn the_address_that_worked_for_reading_is_the_one_for_writing() {
    let moved = bytes(answer("301 Moved Permanently", "Location: 7/\r\n", ""));
    let server = Server::playing([moved, bytes(json(OLD)), bytes(json(SAVED))]).await;
    let cube = cube(&server).with_writes();
    cube.customer(&id("7")).await.unwrap();
    cube.write(Writing::Update, &change()).await.unwrap();
    let root = "/api/v1/assignments/9/customers/7";
    assert_eq!(server.paths(), [root.to_owned(), format!("{root}/"), format!("{root}/")]);
}

#[tokio::test]
async fn a_customer_is_created_by_201() {
    let (written, seen) = sent(Writing::Create, vec![bytes(answer("201 Created", "", SAVED))]).await;
    assert_eq!((kind(&written).as_str(), seen.as_str()), ("saved", "POST"));
}

#[tokio::test]
async fn without_writing_turned_on_nothing_leaves() {
    let server = Server::answering(json(SAVED)).await;
    let error = cube(&server).write(Writing::Update, &change()).await.unwrap_err();
    assert_eq!(*error.kind(), Kind::ReadOnly);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_data_owners_list_has_no_route_for_it() {
    let server = Server::answering(json(SAVED)).await;
    let list = List::DataOwner { owner: 2, crm_type: CrmType::B2C };
    let credential = Credential::token(TOKEN.into()).unwrap();
    let cube = Cube::new(server.origin(), list, credential, limits()).unwrap().with_writes();
    let error = cube.write(Writing::Update, &change()).await.unwrap_err();
    assert_eq!(error.sentence(), "not sent – Cube has no way to change customers of data owner 2 · B2C");
    assert!(server.seen().is_empty());
}

#[rstest]
#[case::text("Kåre \"x\"", Some(Value::Text("a".into())), r#""Kåre \"x\"""#)]
#[case::nothing_known("x", None, r#""x""#)]
#[case::was_null("x", Some(Value::Null), r#""x""#)]
#[case::back_to_null("", Some(Value::Null), "null")]
#[case::emptied("", Some(Value::Text("a".into())), r#""""#)]
#[case::a_number("233.0", Some(Value::Number("5")), "233.0")]
#[case::a_number_emptied("", Some(Value::Number("5")), "null")]
#[case::a_number_that_is_none("many", Some(Value::Number("5")), r#""many""#)]
#[case::a_number_in_a_string("12", Some(Value::Text("5".into())), r#""12""#)]
#[case::a_switch("true", Some(Value::Bool(false)), "true")]
fn a_value_goes_in_the_type_in_which_it_came(
    #[case] typed: &str,
    #[case] before: Option<Value<'_>>,
    #[case] sent: &str,
) {
    let mut change = Change::of(id("7"));
    change.set("k", typed, before.as_ref());
    let body = change.body(List::Assignment(9)).unwrap();
    assert_eq!(body, format!(r#"{{"assignment_id":9,"customer_id":7,"k":{sent}}}"#));
}

#[rstest]
#[case::as_it_is("9120011888", "9120011888")]
#[case::leading_zeros("007", r#""007""#)]
#[case::too_long("99999999999999999999", r#""99999999999999999999""#)]
fn an_id_is_a_number_unless_that_would_change_it(#[case] typed: &str, #[case] sent: &str) {
    let body = Change::of(id(typed)).body(List::Assignment(9)).unwrap();
    assert_eq!(body, format!(r#"{{"assignment_id":9,"customer_id":{sent}}}"#));
}

#[test]
fn what_cube_did_not_take_is_known_by_its_key() {
    let record = Record::new(
        r#"{"crm__customer_id":"7","crm__standard_info__phone_2":" 90978457","crm__custom_info__1":"3"}"#,
    );
    assert_eq!(change().not_in(&record.unwrap()), ["crm__standard_info__phone_2"]);
    assert!(!format!("{:?}", change()).contains("90978457"));
}
