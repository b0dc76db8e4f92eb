//! What the log has of an hour in which everything fails.

use std::fs::{self, File};
use std::sync::Arc;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;

use super::server::{Play, SOON, Server, answer, detail, empty_page, json};
use super::*;
use crate::language::in_norwegian;

/// What must be in no log: a customer's, and the server's own words.
const CANARY: &str = "Kanarina";

/// A failure, and what its line says: the status, where an answer came, and the kind.
fn failures() -> Vec<(Play, Option<u16>, &'static str)> {
    let page = |status: &str| Play::Bytes(answer(status, "Content-Type: text/html\r\n", CANARY));
    let said = |status: &str, headers: &str| Play::Bytes(detail(status, headers, CANARY));
    let moved = |to: &str| Play::Bytes(answer("302 Found", &format!("Location: {to}\r\n"), CANARY));
    let cut = format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{{\"{CANARY}");
    vec![
        (Play::Reset, None, "Broken"),
        (Play::Bytes(cut.into_bytes()), None, "Cut(10)"),
        (Play::Stall(Vec::new()), None, "Stalled"),
        (Play::Bytes(CANARY.into()), None, "Protocol"),
        (page("500 Internal Server Error"), Some(500), "Status(500)"),
        (page("502 Bad Gateway"), Some(502), "Status(502)"),
        (said("503 Service Unavailable", ""), Some(503), "Status(503)"),
        (said("503 Service Unavailable", "Retry-After: 3600\r\n"), Some(503), "AskedToWait"),
        (said("429 Too Many Requests", ""), Some(429), "Status(429)"),
        (said("400 Bad Request", ""), Some(400), "Status(400)"),
        (said("401 Unauthorized", ""), Some(401), "Status(401)"),
        (said("403 Forbidden", ""), Some(403), "Status(403)"),
        (said("404 Not Found", ""), Some(404), "Status(404)"),
        (page("200 OK"), Some(200), "WebPage"),
        (Play::Bytes(json("")), Some(200), "Empty"),
        (Play::Bytes(json(format!("{{\"{CANARY}\" 1}}"))), Some(200), "Unreadable"),
        (Play::Bytes(json(format!("[{{\"{CANARY}\": 1}}]"))), Some(200), ""),
        (Play::Bytes(json(format!("\"{CANARY}\""))), Some(200), ""),
        (moved("https://evil.test/Kanarina"), Some(302), "Redirected(Some(\\\"evil.test\\\"))"),
        (moved("/Kanarina/?next=Kanarina"), Some(302), "RedirectedHere"),
    ]
}

/// Reads a page after one failure, which the log tells too.
async fn fail_and_pass() {
    let passing = Server::playing([Play::Reset, Play::Bytes(empty_page())]).await;
    cube(&passing).page(3).await.unwrap();
}

#[tokio::test]
async fn an_hour_of_failures_leaves_a_line_of_each_kind_and_nothing_of_a_customers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let file = Arc::new(File::create(&path).unwrap());
    let log = fmt::layer().with_ansi(false).with_writer(file);
    let subscriber = tracing_subscriber::registry().with(log).with(LevelFilter::INFO);
    fail_and_pass().await;
    let guard = tracing::subscriber::set_default(subscriber);
    // A place in the code that logs for the first time in another test, just when a subscriber comes, stays silent. By
    // now all of them have logged.
    fail_and_pass().await;
    tracing::callsite::rebuild_interest_cache();
    let who = id("47011229900");
    for (play, ..) in failures() {
        let idle = if matches!(play, Play::Stall(_)) { SOON } else { limits().idle };
        let server = Server::playing([play]).await;
        let cube = cube_with(&server, Limits { idle, ..limits() });
        assert!(cube.custom_fields().await.is_ok() || cube.page(3).await.is_err());
        let _ = (cube.page(3).await, cube.customer(&who).await);
    }
    fail_and_pass().await;
    drop(guard);

    let log = fs::read_to_string(&path).unwrap();
    for (_, status, kind) in failures() {
        let status = status.map(|status| format!("status={status} ")).unwrap_or_default();
        let words = format!("/customers/?page=3\" {status}kind=\"{kind}");
        let line =
            log.lines().find(|line| line.contains(&words)).unwrap_or_else(|| panic!("no {words} in\n{log}"));
        let (time, rest) = line.split_once(' ').unwrap();
        assert!(time.ends_with('Z') && rest.trim_start().starts_with("WARN "), "{line}");
        assert!(line.contains("path=\"/api/v1/assignments/{assignment}/customers/"), "{line}");
    }
    assert!(log.contains("path=\"/api/v1/assignments/{assignment}/customers/{customer}\""), "{log}");
    assert!(log.contains("answered in the end"), "{log}");
    for word in [CANARY, TOKEN, who.as_str()] {
        assert!(!log.contains(word), "{word} is in\n{log}");
    }
}

#[test]
fn on_a_norwegian_screen_an_error_is_told_in_norwegian_and_logged_in_english() {
    let error = Error::of_kind(Operation::Page(3), List::Assignment(9), Kind::Refused);
    in_norwegian(|| {
        assert_eq!(error.to_message(), "henter side 3: Får ikke kontakt med Cube (avvist)");
        assert_eq!(error.in_short(), error.to_message());
        assert_eq!(error.to_string(), "reading page 3: Cube can't be reached (refused)");
    });
}
