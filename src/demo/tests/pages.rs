//! Tests of the list: which page a query means, how pages are linked, and that they are the town.

use rstest::rstest;
use serde_json::{Value, json};

use super::wire::{LIST, Running, TOKEN, reqwest_client};
use crate::demo::{Settings, Town};

#[rstest]
#[case::the_first("", 500, Value::Null, json!("?page=2"))]
#[case::the_first_by_number("?page=1", 500, Value::Null, json!("?page=2"))]
#[case::an_empty_number("?page=", 500, Value::Null, json!("?page=2"))]
#[case::the_second("?page=2", 500, json!(""), json!("?page=3"))]
#[case::the_third("?page=3", 203, json!("?page=2"), Value::Null)]
#[case::the_last("?page=last", 203, json!("?page=2"), Value::Null)]
#[case::the_later_of_two("?page=3&page=2", 500, json!(""), json!("?page=3"))]
#[case::another_parameter("?z=1&page=2&a=%22", 500, json!("?a=%22&z=1"), json!("?a=%22&page=3&z=1"))]
#[tokio::test]
async fn a_page_is_linked_as_drf_links_it(
    #[case] query: &str,
    #[case] rows: usize,
    #[case] previous: Value,
    #[case] next: Value,
) {
    let page = Running::start().await.get(&format!("{LIST}{query}")).await.json();
    let link = |query: Value| match query {
        Value::String(query) => json!(format!("http://acme.headshed.com{LIST}{query}")),
        none => none,
    };
    assert_eq!(page["count"], 1_203);
    assert_eq!(page["results"].as_array().unwrap().len(), rows);
    assert_eq!((&page["previous"], &page["next"]), (&link(previous), &link(next)));
}

#[rstest]
#[case::a_name("localhost")]
#[case::a_name_and_a_port("acme.headshed.com:8443")]
#[case::an_address("127.0.0.1:7")]
#[case::an_address_in_brackets("[::1]:7")]
#[tokio::test]
async fn a_link_names_the_host_that_was_asked(#[case] host: &str) {
    let cube = Running::start().await;
    let page = cube.get_at(host, LIST).await.json();
    assert_eq!(page["next"], format!("http://{host}{LIST}?page=2"));
}

#[rstest]
#[case::missing("")]
#[case::a_quote("a\"b")]
#[case::a_path("a/b")]
#[case::a_user("a@b")]
#[case::a_blank("a b")]
#[tokio::test]
async fn a_host_that_cannot_exist_is_djangos_bad_request(#[case] host: &str) {
    let reply = Running::start().await.get_at(host, LIST).await;
    assert_eq!((reply.status, reply.header("content-type")), (400, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn the_loop_of_the_documents_reads_every_customer_by_following_next() {
    let cube = Running::start().await;
    let client = reqwest_client();
    let mut url = Some(format!("http://{}{LIST}", cube.address));
    let mut customers = Vec::new();
    while let Some(next) = url {
        let answer = client.get(next).header("Authorization", TOKEN).send().await.unwrap();
        let page: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        customers.extend(page["results"].as_array().unwrap().iter().cloned());
        url = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!((customers.len(), cube.log.pages()), (1_203, vec![1, 2, 3]));
}

#[rstest]
#[tokio::test]
async fn what_is_no_page_is_an_invalid_page(
    #[values("4", "0", "-1", "x", "1.5", "99999999999999999999999", "next")] number: &str,
) {
    let reply = Running::start().await.get(&format!("{LIST}?page={number}")).await;
    assert_eq!((reply.status, reply.json()), (404, json!({"detail": "Invalid page."})));
}

#[tokio::test]
async fn the_pages_together_are_the_whole_town_once_and_in_order() {
    let town = Town::new(1_203);
    let cube = Running::with(Settings { town, page_size: 37, ..Settings::default() }).await;
    let mut ids = Vec::new();
    for number in 1.. {
        let page = cube.get(&format!("{LIST}?page={number}")).await.json();
        ids.extend(page["results"].as_array().unwrap().iter().map(|row| row["crm__customer_id"].clone()));
        if page["next"].is_null() {
            break;
        }
    }
    let expected: Vec<Value> = (0..1_203).map(|number| json!(town.id(number).to_string())).collect();
    assert_eq!(ids, expected);
    assert_eq!(cube.log.pages(), (1..=33).collect::<Vec<u64>>());
}

#[rstest]
#[case::nobody(0, 500, 0)]
#[case::exactly_one_page(500, 500, 500)]
#[case::a_page_size_of_nothing(1, 0, 1)]
#[case::pages_larger_than_the_town(3, usize::MAX, 3)]
#[tokio::test]
async fn a_town_on_one_page_has_no_next(
    #[case] customers: u64,
    #[case] page_size: usize,
    #[case] rows: usize,
) {
    let settings = Settings { town: Town::new(customers), page_size, ..Settings::default() };
    let cube = Running::with(settings).await;
    let page = cube.get(LIST).await.json();
    assert_eq!(
        (&page["count"], &page["next"], &page["previous"]),
        (&json!(customers), &Value::Null, &Value::Null)
    );
    assert_eq!(page["results"].as_array().unwrap().len(), rows);
    assert_eq!(cube.get(&format!("{LIST}?page=2")).await.status, 404);
}

#[tokio::test]
async fn the_last_page_of_the_largest_town_comes_at_once() {
    let town = Town::new(Town::MOST);
    let cube = Running::with(Settings { town, ..Settings::default() }).await;
    let page = cube.get(&format!("{LIST}?page=last")).await.json();
    assert_eq!(page["results"][499]["crm__customer_id"], town.id(Town::MOST - 1).to_string());
}

#[tokio::test]
async fn a_page_is_packed_when_the_client_can_unpack_it_and_only_then() {
    let cube = Running::start().await;
    let plain = cube.get_at(&cube.address.to_string(), LIST).await;
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.header("content-length"), plain.body.len().to_string());
    let headers = [("Authorization", TOKEN), ("Accept-Encoding", "gzip")];
    let packed = cube.ask("GET", LIST, &headers).await.unwrap();
    assert_eq!((packed.status, packed.header("content-encoding")), (200, "gzip"));
    assert!(packed.header("vary").to_ascii_lowercase().contains("accept-encoding"));
    assert!(packed.body.len() * 3 < plain.body.len());
    let url = format!("http://{}{LIST}", cube.address);
    let unpacked =
        reqwest_client().get(url).header("Authorization", TOKEN).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(unpacked, plain.body);
}
