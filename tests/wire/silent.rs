//! What the log and the terminal hold after a run of the real program in which everything went wrong: the place of each
//! fault, and not one value of a customer's, a word of the server's or a byte of the token.

use super::certificates::Authority;
use super::play::{Play, answer, detail, json, page, record};
use super::server::{Server, TOKEN};
use super::tls::{browser, quit, wait_for_words};

/// The log at its most talkative after `run`, whose list is what the server plays for page 1.
async fn log_of(plays: &[Play], words: &str) -> (String, String) {
    let server = Server::open().await;
    server.always("page 1", plays.last().unwrap().clone());
    server.first("page 1", plays.to_vec());
    let company = Authority::new();
    let pty = browser(&server.address, &company.home(), &company.file(), &[("CUBEDEX_LOG", "trace")]);
    wait_for_words(&pty, words);
    let shown = String::from_utf8_lossy(&pty.raw()).into_owned();
    quit(pty);
    let log = std::fs::read_to_string(company.home().join(".local/state/cubedex/cubedex.log")).unwrap();
    (log, shown)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_broken_answers_neither_log_nor_screen_hold_a_value_or_the_token() {
    let broken = r#"{"results": [{"crm__customer_id": "1", "crm__standard_info__name": "CANARYNAME" "x"}]}"#;
    let plays = [
        detail("500 Internal Server Error", "", "CANARYWORDS"),
        answer("502 Bad Gateway", "Content-Type: text/html\r\n", "<h1>CANARYPAGE</h1>"),
        json(broken),
        json(broken),
    ];
    let (log, shown) = log_of(&plays, "unreadable answer (line 1, column 8").await;
    assert!(log.contains("reading page 1: unreadable answer (line 1, column 8"), "{log}");
    for secret in ["CANARY", TOKEN] {
        assert!(!log.contains(secret), "{secret} in the log:\n{log}");
        assert!(!shown.contains(secret), "{secret} on the screen");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_left_out_and_a_foreign_next_are_noted_by_their_place_alone() {
    let records = [record("\"1\"", "Kari"), "\"CANARY\"".to_owned(), r#"{"name":"CANARY"}"#.to_owned()];
    let next = r#""http://CANARY.example/?page=2""#;
    let list = page("3", next, &records);
    let (log, _) = log_of(&[json(list)], "Kari").await;
    for note in [
        "next names another address, which is not followed",
        "entry 1 of results is a text, not a record",
        "entry 2 of results is an object without an id, not a record",
    ] {
        assert!(log.contains(note), "no \"{note}\" in the log:\n{log}");
    }
    for secret in ["CANARY", "canary", "Kari", TOKEN] {
        assert!(!log.contains(secret), "{secret} in the log:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_says_of_a_failure_is_shown_and_never_logged() {
    let plays = [detail("403 Forbidden", "", "CANARYWORDS")];
    let (log, shown) = log_of(&plays, "(Cube says: CANARYWORDS)").await;
    assert!(shown.contains("CANARYWORDS"));
    assert!(log.contains("reading page 1: not allowed (403)"), "{log}");
    assert!(!log.contains("CANARYWORDS"), "{log}");
}
