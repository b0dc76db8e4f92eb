//! Answers that are too long, too slow, cut or broken.

use rstest::rstest;

use super::server::{A_WHILE, Play, SOON, Server, answer, json};
use super::*;

const HEAD: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

/// One attempt only, so that a test sees the failure of that one.
fn one_try() -> Limits {
    Limits { retries: 0, ..limits() }
}

async fn failure(play: Play, limits: Limits) -> Kind {
    let server = Server::playing([play]).await;
    cube_with(&server, limits).page(1).await.unwrap_err().kind().clone()
}

#[rstest]
#[case::length(format!("{HEAD}Content-Length: 1000\r\n\r\n{{\"results\":[]}}"), Kind::Cut(14))]
#[case::chunks(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\ne\r\n{{\"results\":[]}}\r\n"), Kind::Cut(14))]
#[case::inside_a_chunk(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nff\r\n{{\"results\":[]}}"), Kind::Cut(14))]
#[case::at_a_token("HTTP/1.0 200 OK\r\n\r\n{\"results\":[{}".into(), Kind::Cut(14))]
#[case::inside_the_head("HTTP/1.1 200 OK\r\nConte".into(), Kind::Broken)]
#[case::before_the_head(String::new(), Kind::Broken)]
#[case::not_http("SSH-2.0-OpenSSH_9.6\r\n\r\n".into(), Kind::Protocol)]
#[case::no_body(format!("{HEAD}Content-Length: 0\r\n\r\n"), Kind::Empty)]
#[case::blank_body(format!("{HEAD}Content-Length: 2\r\n\r\n\r\n"), Kind::Empty)]
#[case::false_gzip(format!("{HEAD}Content-Encoding: gzip\r\nContent-Length: 14\r\n\r\n{{\"results\":[]}}"), Kind::Unreadable(None))]
#[case::false_chunks(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n"), Kind::Unreadable(None))]
#[tokio::test]
async fn a_broken_answer_is_never_a_short_list(#[case] bytes: String, #[case] kind: Kind) {
    assert_eq!(failure(Play::Bytes(bytes.into_bytes()), one_try()).await, kind);
}

#[tokio::test]
async fn a_reset_is_a_broken_connection() {
    assert_eq!(failure(Play::Reset, one_try()).await, Kind::Broken);
}

#[tokio::test]
async fn a_closed_port_is_refused() {
    let gone = Server::answering("").await;
    let cube = cube_with(&gone, limits());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed: Origin = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    let credential = Credential::token(TOKEN.into()).unwrap();
    let refused = Cube::new(closed, cube.list(), credential, limits()).unwrap();
    assert_eq!(*refused.page(1).await.unwrap_err().kind(), Kind::Refused);
}

#[rstest]
#[case::silence("", 0, SOON)]
#[case::half_a_head("HTTP/1.1 200 OK\r\n", 0, SOON)]
#[case::half_a_body("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"res", 5, A_WHILE)]
#[tokio::test]
async fn who_stops_sending_is_not_waited_for(
    #[case] bytes: &str,
    #[case] received: u64,
    #[case] limit: Duration,
) {
    let play = Play::Stall(bytes.into());
    let idle = failure(play.clone(), Limits { idle: limit, ..one_try() }).await;
    assert_eq!(idle, Kind::Stalled { idle: limit, received });
    let total = failure(play, Limits { total: limit, ..one_try() }).await;
    assert_eq!(total, Kind::TooSlow { total: limit, received });
}

#[tokio::test]
async fn a_body_that_never_ends_is_cut_at_the_limit() {
    let head = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n");
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
    let play = Play::Endless(head.into_bytes(), chunk.into_bytes());
    assert_eq!(failure(play, Limits { body: 1 << 20, ..limits() }).await, Kind::TooLarge(1 << 20));
}

#[tokio::test]
async fn the_limit_counts_what_is_unpacked() {
    // 64 KiB of blanks as gzip packs them.
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    packed.extend_from_slice(&[0xed, 0xc1, 0x81, 0, 0, 0, 0, 0x80, 0x20, 0x95, 0xfd, 0x29, 0x17, 0xa9, 0x0a]);
    packed.extend_from_slice(&[0; 63]);
    packed.extend_from_slice(&[0x6a, 0x94, 0x19, 0x2c, 0xb4, 0, 0, 1, 0]);
    let server = Server::answering(answer("200 OK", "Content-Encoding: gzip\r\n", &packed)).await;
    let error = cube_with(&server, Limits { body: 10_000, ..limits() }).page(1).await.unwrap_err();
    assert_eq!(*error.kind(), Kind::TooLarge(10_000));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_body_of_exactly_the_limit_is_read() {
    let body = "{\"results\":[]}";
    let server = Server::answering(json(body)).await;
    assert!(cube_with(&server, Limits { body: body.len(), ..limits() }).page(1).await.is_ok());
    let less = Limits { body: body.len() - 1, ..limits() };
    assert_eq!(*cube_with(&server, less).page(1).await.unwrap_err().kind(), Kind::TooLarge(13));
}

#[tokio::test]
async fn too_many_headers_are_not_http() {
    let headers = "X-Filler: x\r\n".repeat(10_000);
    let play = Play::Bytes(answer("200 OK", &headers, "{\"results\":[]}"));
    assert_eq!(failure(play, limits()).await, Kind::Protocol);
}

#[tokio::test]
async fn an_errors_body_is_not_read_beyond_its_limit_and_its_status_stands() {
    let head = "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
    let endless = Play::Endless(head.into(), chunk.into_bytes());
    assert_eq!(failure(endless, limits()).await, Kind::Status(403));
    let stalled = Play::Stall("HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\n{".into());
    assert_eq!(failure(stalled, Limits { idle: A_WHILE, ..limits() }).await, Kind::Status(403));
}

#[rstest]
#[case::escapes(r"{\u0022detail\u0022: 1}", None)]
#[case::norwegian("Ugyldig token.", Some("Ugyldig token."))]
#[case::blank("  ", None)]
#[tokio::test]
async fn cubes_own_words_stand_beside_ours(#[case] words: &str, #[case] said: Option<&str>) {
    let bytes = server::detail("401 Unauthorized", "", words);
    let server = Server::answering(bytes).await;
    let error = cube(&server).page(1).await.unwrap_err();
    assert!(error.stops_the_list());
    assert_eq!(error.status(), Some(401));
    match said {
        Some(said) => assert_eq!(error.said().unwrap().to_string(), said),
        None => assert!(error.said().is_none_or(|said| !said.to_string().trim().is_empty())),
    }
}
