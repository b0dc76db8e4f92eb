//! How often one request goes out, and what holds the next one back.

use futures_util::FutureExt;
use rstest::rstest;

use super::server::{Play, SOON, Server, answer, detail, empty_page, json};
use super::*;

#[rstest]
#[case::throttled("429 Too Many Requests", 8)]
#[case::server("500 Internal Server Error", 4)]
#[case::gateway("502 Bad Gateway", 4)]
#[case::unavailable("503 Service Unavailable", 4)]
#[case::gateway_timeout("504 Gateway Timeout", 4)]
#[case::not_modified("304 Not Modified", 1)]
#[case::no_content("204 No Content", 1)]
#[case::bad_request("400 Bad Request", 1)]
#[case::unauthorised("401 Unauthorized", 1)]
#[case::forbidden("403 Forbidden", 1)]
#[case::not_found("404 Not Found", 1)]
#[case::method("405 Method Not Allowed", 1)]
#[case::odd("299 Odd", 1)]
#[case::beyond("599 Beyond", 1)]
#[case::nine("999 Nine", 1)]
#[tokio::test]
async fn each_status_is_tried_as_often_as_it_is_worth(#[case] status: &str, #[case] tries: usize) {
    let server = Server::answering(answer(status, "Content-Type: text/html\r\n", "<h1>nginx</h1>")).await;
    let error = cube(&server).page(1).await.unwrap_err();
    assert_eq!(server.seen().len(), tries);
    assert_eq!(error.status().map(|status| status.to_string()).as_deref(), status.get(..3));
    assert!(!error.to_message().contains("nginx"));
}

#[rstest]
#[case::cut(Play::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec()), 4)]
#[case::empty(Play::Bytes(json("")), 4)]
#[case::reset(Play::Reset, 4)]
#[case::no_head(Play::Bytes(Vec::new()), 4)]
#[case::stalled(Play::Stall(Vec::new()), 4)]
#[case::unreadable(Play::Bytes(json("{\"a\" 1}")), 2)]
#[case::stray_brace(Play::Bytes(json("{\"results\":[]}}")), 2)]
#[case::not_a_number(Play::Bytes(json("{\"results\":[NaN]}")), 1)]
#[case::two_documents(Play::Bytes(json("{\"results\":[]}{}")), 1)]
#[case::trailing_blanks(Play::Bytes(json("{} \n")), 1)]
#[case::odd(Play::Bytes(json("{}")), 1)]
#[case::too_large(Play::Bytes(json(" ".repeat(200))), 1)]
#[tokio::test]
async fn each_failure_is_tried_as_often_as_it_is_worth(#[case] play: Play, #[case] tries: usize) {
    // A busy machine can be slower than a short limit: only what never answers gets one.
    let idle = if matches!(play, Play::Stall(_)) { SOON } else { limits().idle };
    let server = Server::playing([play]).await;
    let cube = cube_with(&server, Limits { idle, body: 100, ..limits() });
    cube.page(1).await.unwrap_err();
    assert_eq!(server.seen().len(), tries);
}

#[tokio::test]
async fn a_failure_that_passes_is_not_told() {
    let script = [
        Play::Reset,
        Play::Bytes(answer("502 Bad Gateway", "", "")),
        Play::Bytes(json("{\"results\":[")),
        Play::Bytes(empty_page()),
    ];
    let server = Server::playing(script).await;
    assert!(cube(&server).page(3).await.is_ok());
    assert_eq!(server.paths(), ["/api/v1/assignments/9/customers/?page=3"; 4]);
}

#[tokio::test]
async fn retry_after_holds_back_everything_and_is_told() {
    let slow = detail("429 Too Many Requests", "Retry-After: 100\r\n", "Request was throttled.");
    let server = Server::answering(slow).await;
    let cube = cube(&server);
    let mut waiting = cube.waiting();
    let mut page = Box::pin(cube.page(1));
    tokio::select! {
        _ = &mut page => panic!("the page came before the wait was over"),
        told = waiting.changed() => told.unwrap(),
    }
    assert_eq!(waiting.borrow_and_update().unwrap().status, 429);
    let seven = id("7");
    assert!(page.as_mut().now_or_never().is_none());
    assert!(cube.customer(&seven).now_or_never().is_none());
    assert!(cube.custom_fields().now_or_never().is_none());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_wait_that_is_over_already_is_no_wait() {
    let header = "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
    let script = [Play::Bytes(detail("429 Slow", header, "")), Play::Bytes(empty_page())];
    let server = Server::playing(script).await;
    assert!(cube(&server).page(1).await.is_ok());
}

#[rstest]
#[case::maintenance("503 Service Unavailable", "3600", 3600)]
#[case::absurd("429 Too Many Requests", "99999999999", 99_999_999_999)]
#[case::beyond_numbers("429 Too Many Requests", "99999999999999999999999", u64::MAX)]
#[tokio::test]
async fn a_wait_that_is_too_long_is_told_instead(
    #[case] status: &str,
    #[case] asked: &str,
    #[case] expected: u64,
) {
    let server = Server::answering(detail(status, &format!("Retry-After: {asked}\r\n"), "Vent litt.")).await;
    let cube = cube(&server);
    let error = cube.page(1).await.unwrap_err();
    assert!(matches!(error.kind(), Kind::AskedToWait { seconds, .. } if *seconds == expected));
    assert_eq!(server.seen().len(), 1);
    assert!(error.stops_the_list() && error.can_be_retried());
    assert!(error.to_message().contains("Vent litt."));
    assert_eq!(*cube.waiting().borrow(), None);
}

#[rstest]
#[case::negative("-5")]
#[case::word("soon")]
#[case::empty("")]
#[tokio::test]
async fn a_senseless_wait_is_our_own_backoff(#[case] asked: &str) {
    let script = [
        Play::Bytes(detail("429 Slow", &format!("Retry-After: {asked}\r\n"), "")),
        Play::Bytes(empty_page()),
    ];
    let server = Server::playing(script).await;
    assert!(cube(&server).page(1).await.is_ok());
}

#[tokio::test]
async fn a_lookup_passes_pages_that_hang_and_a_dropped_page_gives_its_place_back() {
    let script = [
        Play::Stall(Vec::new()),
        Play::Bytes(json(r#"{"crm__customer_id":"7"}"#)),
        Play::Bytes(empty_page()),
    ];
    let server = Server::playing(script).await;
    let cube = cube_with(&server, Limits { at_once: 1, ..limits() });
    let hanging = tokio::spawn({
        let cube = cube.clone();
        async move { cube.page(1).await.map(|_| ()) }
    });
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(cube.customer(&id("7")).await.unwrap().record.standard().id.as_raw(), "7");
    hanging.abort();
    assert!(hanging.await.unwrap_err().is_cancelled());
    assert!(cube.page(2).await.is_ok());
}

#[rstest]
#[case::labels("403 Forbidden", false)]
#[case::unauthorised("401 Unauthorized", true)]
#[tokio::test]
async fn only_401_stops_the_list_from_elsewhere(#[case] status: &str, #[case] stops: bool) {
    let server = Server::answering(detail(status, "", "Nei.")).await;
    let cube = cube(&server);
    assert_eq!(cube.custom_fields().await.unwrap_err().stops_the_list(), stops);
    assert_eq!(cube.customer(&id("7")).await.unwrap_err().stops_the_list(), stops);
    assert!(cube.page(1).await.unwrap_err().stops_the_list());
}

#[test]
fn the_futures_can_be_spawned() {
    fn spawnable<T: Send>(_: impl Fn(Cube) -> T) {}
    spawnable(|cube: Cube| async move { cube.page(1).await });
    spawnable(|cube: Cube| async move { cube.customer(&id("7")).await });
    spawnable(|cube: Cube| async move { cube.custom_fields().await });
}
