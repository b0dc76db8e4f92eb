//! What is sent, and what is read from the answers that Cube's own document shows.

use reqwest::Method;
use rstest::rstest;

use super::server::{Play, Server, answer, detail, empty_page, json};
use super::*;

/// The list of Cube's document, byte by byte. It ends in the middle, after the comma behind its second record.
const LIST: &str = include_str!("list.json");
/// The single customer of Cube's document, byte by byte.
const CUSTOMER: &str = include_str!("customer.json");

fn documented_list() -> String {
    format!("{}]}}", LIST.trim_end().trim_end_matches(','))
}

#[tokio::test]
async fn the_documented_list_is_read() {
    let server = Server::answering(json(documented_list())).await;
    let page = cube(&server).page(1).await.unwrap();
    assert_eq!((page.number, page.count, page.has_next, page.entries), (1, Some(701), true, 2));
    assert!(page.left_out.is_empty());
    let records: Vec<_> = page.records().collect();
    let (index, second) = &records[1];
    assert_eq!(*index, 1);
    let standard = second.standard();
    let texts = StandardField::ALL.map(|field| standard.get(field).as_raw());
    assert_eq!(texts, ["9120011888", "Pers Hårklipperi AS", "90909088", "", "", "per@klipperiet.no"]);
    assert_eq!(records[0].1.fields().len(), 28);
    assert_eq!(server.paths(), ["/api/v1/assignments/9/customers/"]);
}

#[tokio::test]
async fn the_documented_customer_is_read_and_keeps_order_and_spelling() {
    let server = Server::answering(json(CUSTOMER)).await;
    let reading = cube(&server).customer(&id("9120011888")).await.unwrap();
    assert_eq!(reading.record.as_json().trim(), CUSTOMER.trim());
    let fields = reading.record.fields();
    let keys: Vec<_> = fields.iter().map(|field| field.key.as_raw()).collect();
    assert_eq!(keys[..3], ["crm__customer_id", "crm__standard_info__name", "crm__standard_info__phone_1"]);
    assert_eq!(keys[keys.len() - 2..], ["crm__custom_info__386", "crm__custom_info__389"]);
    assert!(matches!(fields[11].value, Value::Number("233")));
    assert!(matches!(&fields[25].value, Value::Text(text) if text.as_raw() == "233.0"));
    assert_eq!(server.paths(), ["/api/v1/assignments/9/customers/9120011888"]);
}

#[tokio::test]
async fn the_documents_broken_list_is_never_a_short_list() {
    let server = Server::answering(json(LIST)).await;
    let error = cube(&server).page(1).await.unwrap_err();
    assert_eq!(*error.kind(), Kind::Cut(LIST.len() as u64));
}

#[tokio::test]
async fn labels_are_handed_on_as_text() {
    let labels = r#"[{"id": 64, "key": "Address street", "lookup__id": "crm__custom_info__64"}]"#;
    let server = Server::answering(json(format!("\u{feff}{labels}"))).await;
    assert_eq!(cube(&server).custom_fields().await.unwrap(), labels);
    assert_eq!(server.paths(), ["/api/v1/assignments/9/crm_custom_fields/"]);
}

#[tokio::test]
async fn a_request_is_a_get_with_the_documented_headers() {
    let server = Server::answering(empty_page()).await;
    cube(&server).page(2).await.unwrap();
    let head = server.seen().remove(0).to_lowercase();
    assert!(head.starts_with("get /api/v1/assignments/9/customers/?page=2 http/1.1\r\n"));
    for line in [
        format!("authorization: token {TOKEN}"),
        "accept: application/json".into(),
        "content-type: application/json".into(),
        "accept-encoding: identity".into(),
        format!("user-agent: cubedex/{}", env!("CARGO_PKG_VERSION")),
    ] {
        assert_eq!(head.matches(&format!("\r\n{line}\r\n")).count(), 1, "{line}");
    }
    for name in ["cookie:", "referer:"] {
        assert!(!head.contains(name));
    }
}

#[rstest]
#[case::post(Method::POST)]
#[case::put(Method::PUT)]
#[case::patch(Method::PATCH)]
#[case::delete(Method::DELETE)]
#[case::head(Method::HEAD)]
#[tokio::test]
async fn no_other_method_ever_leaves(#[case] method: Method) {
    let server = Server::answering(empty_page()).await;
    let seven = id("7");
    let request = Request::write(method, Route::Customer(&seven), r#"{"name":"CANARY"}"#);
    let error = cube(&server)
        .ask(&request, Lane::Lookup, |body: Body| body.into_record(&CUSTOMERS))
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.operation()), (&Kind::ReadOnly, Operation::Writing));
    assert_eq!(error.to_message(), "writing to Cube: not sent – writing is turned off");
    assert!(server.seen().is_empty() && !error.can_be_retried());
    assert!(!format!("{error:?} {request:?}").contains("CANARY"));
}

/// Past the choke point, which lets nothing of this kind leave: the bytes that would go.
#[rstest]
#[case::put(Method::PUT)]
#[case::post(Method::POST)]
#[tokio::test]
async fn a_body_would_go_with_its_length_and_not_in_chunks(#[case] method: Method) {
    let server = Server::answering(empty_page()).await;
    let seven = id("7");
    let request = Request::write(method.clone(), Route::Customer(&seven), r#"{"name":"Kåre"}"#);
    let cube = cube(&server);
    let url = request.route().url(cube.origin(), cube.list(), Slash::AsDocumented);
    let cube = cube.shared;
    cube.bound.sign(&cube.client, &request, url).unwrap().send().await.unwrap();
    let head = server.seen().remove(0).to_lowercase();
    let method = method.as_str().to_lowercase();
    assert!(head.starts_with(&format!("{method} /api/v1/assignments/9/customers/7 http/1.1\r\n")), "{head}");
    assert_eq!(head.matches("\r\ncontent-length: 16\r\n").count(), 1, "{head}");
    assert_eq!(head.matches("\r\ncontent-type: application/json\r\n").count(), 1, "{head}");
    assert!(!head.contains("transfer-encoding"));
}

#[tokio::test]
async fn messages_by_field_are_a_typed_error_and_stay_out_of_logs() {
    let body = r#"{"phone_1": ["CANARY is no phone number."], "non_field_errors": ["CANARY exists."]}"#;
    let server =
        Server::answering(answer("400 Bad Request", "Content-Type: application/json\r\n", body)).await;
    let error = cube(&server).page(1).await.unwrap_err();
    assert_eq!(error.body().fields[0].key.as_str(), "phone_1");
    assert_eq!(error.body().fields[0].messages[0].as_str(), "CANARY is no phone number.");
    assert_eq!(error.body().general[0].as_str(), "CANARY exists.");
    assert!(error.to_message().ends_with("(Cube says: CANARY exists.; phone_1: CANARY is no phone number.)"));
    assert!(!format!("{error} {error:?}").contains("CANARY"));
}

#[tokio::test]
async fn a_user_and_password_are_sent_as_basic() {
    let server = Server::answering(empty_page()).await;
    let credential = Credential::basic("kåri@olsen.no", "blå bær".into()).unwrap();
    let list = List::DataOwner { owner: 2, crm_type: CrmType::B2B };
    let cube = Cube::new(server.origin(), list, credential, limits()).unwrap();
    cube.page(1).await.unwrap();
    let head = server.seen().remove(0);
    assert!(head.starts_with("GET /api/v1/data_owners/2/B2B/customers/ "));
    assert!(head.contains("Basic a8OlcmlAb2xzZW4ubm86YmzDpSBiw6Zy\r\n"), "{head}");
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    // {"results":[]} as gzip packs it.
    let packed = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56, 0x2a, 0x4a, 0x2d, 0x2e, 0xcd, 0x29, 0x29, 0x56, 0xb2,
        0x8a, 0x8e, 0xad, 0x05, 0x00, 0x0a, 0x27, 0x7c, 0x9e, 0x0e, 0, 0, 0,
    ];
    let server = Server::answering(answer("200 OK", "Content-Encoding: gzip\r\n", packed)).await;
    assert_eq!(cube(&server).page(1).await.unwrap().entries, 0);
}

#[rstest]
#[case::null("null", false)]
#[case::empty(r#""""#, false)]
#[case::documented(r#""http://YOURDOMAIN.headshed.com/api/v1/assignments/1/customers/?page=2""#, true)]
#[case::without_page(r#""https://acme.headshed.com/api/v1/call_outcomes/""#, true)]
#[case::number("5", true)]
#[case::object("{}", true)]
#[case::script(r#""javascript:alert(1)""#, true)]
#[tokio::test]
async fn of_next_only_null_or_not_counts(#[case] next: &str, #[case] has_next: bool) {
    let body = format!(r#"{{"count": 3, "next": {next}, "results": []}}"#);
    let server = Server::answering(json(body)).await;
    assert_eq!(cube(&server).page(1).await.unwrap().has_next, has_next);
}

#[tokio::test]
async fn a_foreign_next_is_never_contacted() {
    let evil = Server::answering(empty_page()).await;
    let body = format!(
        r#"{{"next": "{}/api/v1/assignments/9/customers/?page=2", "results": [{{}}]}}"#,
        evil.origin()
    );
    let server = Server::answering(json(body)).await;
    let cube = cube(&server);
    assert!(cube.page(1).await.unwrap().has_next);
    assert!(cube.page(2).await.unwrap().has_next);
    assert_eq!(server.paths()[1], "/api/v1/assignments/9/customers/?page=2");
    assert!(evil.seen().is_empty());
}

#[tokio::test]
async fn pages_customers_and_failures_carry_the_time_of_the_clients_clock() {
    let noon = Moment::at(1_732_968_000, 12, 0);
    let script = [
        Play::Bytes(empty_page()),
        Play::Bytes(json(r#"{"crm__customer_id":"7"}"#)),
        Play::Bytes(detail("503 Service Unavailable", "Retry-After: Sat, 30 Nov 2024 13:00:00 GMT\r\n", "")),
    ];
    let server = Server::playing(script).await;
    let cube = cube(&server).with_clock(|| Moment::at(1_732_968_000, 12, 0));
    assert_eq!(cube.page(1).await.unwrap().read, noon);
    assert_eq!(cube.customer(&id("7")).await.unwrap().read, noon);
    let error = cube.page(2).await.unwrap_err();
    assert_eq!(error.at(), noon);
    let until = Some(Moment::at(1_732_971_600, 13, 0));
    assert_eq!(*error.kind(), Kind::AskedToWait { status: 503, seconds: 3600, until });
}

#[tokio::test]
async fn debug_of_everything_is_silent_about_secrets_and_customers() {
    let server = Server::answering(json(documented_list())).await;
    let cube = cube(&server);
    let page = cube.page(1).await.unwrap();
    let record = page.records().next().unwrap().1;
    let fields = record.fields();
    let shown = format!("{cube:?} {page:?} {record:?} {fields:?} {:?}", record.standard());
    for secret in [TOKEN, "Olas", "9120011999", "90909090", "1948"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn a_client_of_another_list_asks_there_through_the_same_gate() {
    let server = Server::playing([
        Play::Bytes(answer("429 Too Many Requests", "retry-after: 1\r\n", "")),
        Play::Bytes(json(CUSTOMER)),
    ])
    .await;
    let cube = cube(&server);
    let other = cube.of_list(List::DataOwner { owner: 2, crm_type: CrmType::B2B });
    assert_eq!((cube.list(), other.list().to_string().as_str()), (List::Assignment(9), "data owner 2 · B2B"));
    let waiting = cube.waiting();
    other.customer(&id("7")).await.unwrap();
    assert!(waiting.has_changed().unwrap(), "a wait of one list holds for all");
    assert_eq!(server.paths(), ["/api/v1/data_owners/2/B2B/customers/7"; 2]);
}

const OTHERS: [List; 2] = [List::DataOwner { owner: 2, crm_type: CrmType::B2B }, List::Assignment(3)];

#[tokio::test]
async fn a_customer_of_this_list_is_asked_of_no_other() {
    let server = Server::answering(json(CUSTOMER)).await;
    let (_, list) = cube(&server).customer_or_in(&OTHERS, &id("7")).await.unwrap();
    assert_eq!((list, server.paths().len()), (List::Assignment(9), 1));
}

#[tokio::test]
async fn a_customer_of_another_list_takes_one_request_each() {
    let missing = Play::Bytes(detail("404 Not Found", "", "Not found."));
    let server = Server::playing([missing.clone(), Play::Bytes(json(CUSTOMER))]).await;
    let (found, list) = cube(&server).customer_or_in(&OTHERS[..1], &id("7")).await.unwrap();
    assert_eq!((found.record.standard().id.as_raw(), list), ("9120011888", OTHERS[0]));
    let paths = ["/api/v1/assignments/9/customers/7", "/api/v1/data_owners/2/B2B/customers/7"];
    assert_eq!(server.paths(), paths);
}

#[tokio::test]
async fn a_customer_of_no_list_is_not_found_and_a_list_that_refuses_is_told() {
    let missing = Play::Bytes(detail("404 Not Found", "", "Not found."));
    let server = Server::playing([missing.clone()]).await;
    let error = cube(&server).customer_or_in(&OTHERS, &id("7")).await.unwrap_err();
    assert!(error.is_not_found() && server.paths().len() == 3);
    let server = Server::playing([missing, Play::Bytes(detail("403 Forbidden", "", "No."))]).await;
    let error = cube(&server).customer_or_in(&OTHERS[..1], &id("7")).await.unwrap_err();
    assert_eq!(error.status(), Some(403));
}
