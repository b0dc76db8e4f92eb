//! Tests of a Cube that misbehaves to order, and of its end.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use rstest::rstest;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::wire::{LIST, Running, TOKEN};
use crate::demo::{Answer, Fault, Gate, Settings, Target};

const ONE: &str = "/api/v1/assignments/9/customers/9120011999";
const LABELS: &str = "/api/v1/data_owners/2/B2C/crm_custom_fields/";
const CAMPAIGNS: &str = "/api/v1/campaigns";
const NOWHERE: &str = "/api/v1/nothing/";

fn teapot() -> Fault {
    Fault::Answer(Answer::new(StatusCode::IM_A_TEAPOT, ""))
}

#[rstest]
#[case::all(Target::All, &[LIST, "?page=2", ONE, LABELS, CAMPAIGNS, NOWHERE])]
#[case::list(Target::List, &[LIST, "?page=2"])]
#[case::the_first_page(Target::Page(1), &[LIST])]
#[case::another_page(Target::Page(2), &["?page=2"])]
#[case::customers(Target::Customers, &[ONE])]
#[case::this_customer(Target::Customer("9120011999".into()), &[ONE])]
#[case::another_customer(Target::Customer("9120011888".into()), &[])]
#[case::labels(Target::Labels, &[LABELS])]
#[case::campaigns(Target::Campaigns, &[CAMPAIGNS])]
#[tokio::test]
async fn a_fault_is_met_by_its_target_and_by_nothing_else(#[case] target: Target, #[case] hit: &[&str]) {
    let cube = Running::start().await;
    cube.faults.set(target, teapot());
    for path in [LIST, "?page=2", ONE, LABELS, CAMPAIGNS, NOWHERE] {
        let full = if path.starts_with('?') { format!("{LIST}{path}") } else { path.to_owned() };
        assert_eq!(cube.get(&full).await.status == 418, hit.contains(&path), "{path}");
    }
    cube.faults.clear();
    assert_eq!(cube.get(LIST).await.status, 200);
}

#[tokio::test]
async fn an_answer_brings_its_status_its_headers_and_its_body() {
    let cube = Running::start().await;
    let answer =
        Answer::json(StatusCode::TOO_MANY_REQUESTS, r#"{"detail":"slowly"}"#).header(RETRY_AFTER, "17");
    cube.faults.set(Target::List, Fault::Answer(answer));
    let reply = cube.get(LIST).await;
    assert_eq!((reply.status, reply.header("retry-after")), (429, "17"));
    assert_eq!(reply.json(), json!({"detail": "slowly"}));
    cube.faults
        .set(Target::List, Fault::Answer(Answer::html(StatusCode::BAD_GATEWAY, "<h1>Bad Gateway</h1>")));
    let reply = cube.get(LIST).await;
    assert_eq!((reply.status, reply.header("content-type")), (502, "text/html; charset=utf-8"));
    let redirect = Answer::redirect(StatusCode::FOUND, "http://evil.test/");
    cube.faults.set(Target::List, Fault::Answer(redirect));
    let reply = cube.get(LIST).await;
    assert_eq!((reply.status, reply.header("location")), (302, "http://evil.test/"));
}

#[tokio::test]
async fn the_latest_fault_is_met_first_and_as_often_as_it_was_set_for() {
    let cube = Running::start().await;
    cube.faults.set(Target::List, Fault::Body(Bytes::from_static(b"[")));
    cube.faults.set_times(Target::Page(1), 2, teapot());
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(cube.get(LIST).await.status);
    }
    assert_eq!(statuses, [418, 418, 200]);
    assert_eq!(cube.get(LIST).await.text(), "[");
}

#[tokio::test]
async fn a_replaced_body_arrives_byte_by_byte() {
    let cube = Running::start().await;
    cube.faults.set(Target::Page(2), Fault::Body(Bytes::from_static(b"{\"count\": \xff\0")));
    let reply = cube.get(&format!("{LIST}?page=2")).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
    assert_eq!(reply.body, b"{\"count\": \xff\0");
}

#[tokio::test]
async fn another_host_is_named_by_the_links_alone() {
    let cube = Running::start().await;
    let true_page = cube.get(LIST).await.json();
    cube.faults.set(Target::List, Fault::OtherHost("cube.headshed.example:8443".into()));
    let page = cube.get(LIST).await.json();
    assert_eq!(page["next"], format!("http://cube.headshed.example:8443{LIST}?page=2"));
    assert_eq!(page["results"], true_page["results"]);
    assert_eq!(cube.log.seen()[1].host.as_deref(), Some("acme.headshed.com"), "the log keeps what was asked");
}

#[tokio::test]
async fn a_dropped_connection_ends_without_a_byte() {
    let cube = Running::start().await;
    cube.faults.set(Target::Customers, Fault::Drop);
    assert!(cube.raw("GET", ONE, &[("Authorization", TOKEN)]).await.is_empty());
    assert_eq!(cube.log.seen().len(), 1);
    assert_eq!(cube.get(LIST).await.status, 200);
}

#[rstest]
#[case::at_the_start(0)]
#[case::in_the_middle(1_000)]
#[case::one_byte_short(usize::MAX)]
#[tokio::test]
async fn a_cut_answer_promises_more_than_it_sends(#[case] bytes: usize) {
    let cube = Running::start().await;
    let whole = cube.get(LIST).await.body;
    let bytes = bytes.min(whole.len() - 1);
    cube.faults.set(Target::List, Fault::Cut(bytes));
    let reply = cube.get(LIST).await;
    assert_eq!((reply.status, reply.header("content-length")), (200, whole.len().to_string().as_str()));
    assert_eq!(reply.body, whole[..bytes]);
}

#[tokio::test]
async fn a_held_request_waits_for_its_gate_while_others_pass() {
    let cube = Running::start().await;
    let gate = Gate::default();
    cube.faults.set(Target::Page(2), Fault::Hold(gate.clone()));
    let second = format!("{LIST}?page=2");
    let held = async { tokio::join!(cube.get(&second), cube.get(&second)) };
    let meanwhile = async {
        gate.reached(2).await;
        assert_eq!(cube.get(LIST).await.status, 200);
        assert_eq!((cube.log.in_flight(), cube.log.most_in_flight()), (2, 3));
        gate.open();
    };
    let ((one, other), ()) = tokio::join!(held, meanwhile);
    assert_eq!((one.status, other.status), (200, 200));
    assert_eq!(one.json()["results"][0], other.json()["results"][0]);
    cube.log.quiet().await;
    assert_eq!(cube.get(&second).await.status, 200, "an open gate holds nobody");
}

#[tokio::test]
async fn a_request_that_its_client_gives_up_is_no_longer_in_flight() {
    let cube = Running::start().await;
    let gate = Gate::default();
    cube.faults.set(Target::All, Fault::Hold(gate.clone()));
    let mut stream = TcpStream::connect(cube.address).await.unwrap();
    stream.write_all(format!("GET {LIST} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.unwrap();
    cube.log.arrived(1).await;
    gate.reached(1).await;
    assert_eq!(cube.log.in_flight(), 1);
    drop(stream);
    cube.log.quiet().await;
}

#[tokio::test]
async fn a_stopped_server_answers_nobody_and_keeps_nobody_waiting() {
    let cube = Running::with(Settings::default()).await;
    let address = cube.address;
    cube.faults.set(Target::Page(1), Fault::Hold(Gate::default()));
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /api/v1/campaigns HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut held = TcpStream::connect(address).await.unwrap();
    held.write_all(format!("GET {LIST} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.unwrap();
    cube.log.arrived(2).await;
    cube.stop().await;
    let mut bytes = Vec::new();
    let _ = tokio::io::AsyncReadExt::read_to_end(&mut held, &mut bytes).await;
    assert!(bytes.is_empty());
    assert!(TcpStream::connect(address).await.is_err());
}
