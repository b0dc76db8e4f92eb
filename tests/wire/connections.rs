//! Connections that do not come about, at the start and later, and how the program goes on once they do.

use super::certificates::Authority;
use super::server::{Elsewhere, Server, TOKEN};
use super::tls::{browser, quit, wait_for_words};
use crate::harness::{Screen, Town, clock, quick};
use cubedex::cube::{Credential, Cube, Limits, List};
use cubedex::demo::Settings;

fn cube_at(address: &str, limits: Limits) -> Cube {
    let credential = Credential::token(TOKEN.into()).unwrap();
    Cube::new(address.parse().unwrap(), List::Assignment(9), credential, limits).unwrap().with_clock(clock)
}

/// A port on which nothing listens.
fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn offline_at_the_start_is_said_in_the_middle_and_r_begins_once_the_server_is_there() {
    let port = closed_port();
    let cube = cube_at(&format!("http://127.0.0.1:{port}"), quick());
    let screen = Screen::start(cube, (120, 40), None).settle().await;
    let screen = screen.shows("reading page 1: Cube can't be reached (refused)").shows("F5 retries");
    let screen = screen.press("down").press("end").seconds_later(600);
    assert!(!screen.is_busy(), "nothing is asked for by itself");
    let settings = Settings { town: cubedex::demo::Town::new(700), ..Settings::default() };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let _town = Town::on(listener, settings);
    // The town knows another token, so that what it says proves that it was asked.
    screen.press("f5").settle().await.shows("Cube does not accept this token (401)");
}

#[tokio::test]
async fn a_refused_connection_keeps_the_rows_and_says_which_key_tries_again() {
    let town = Town::of(2_400).await;
    let screen = Screen::open(&town).settle().await;
    drop(town);
    let screen = screen.press("end").settle().await;
    screen
        .shows("page 5 failed at 08:12: Cube can't be reached (refused) · F5 retries · 1,000 of about 2,400 loaded")
        .press("home")
        .shows("Olas Produksjon AS");
}

/// The real program, since a secure client in this process would take the proxies and the certificates of the person who
/// runs the tests.
#[test]
fn a_host_without_an_address_is_named() {
    let company = Authority::new();
    // A name with an empty part is asked of no resolver outside this computer.
    let pty = browser("https://x..invalid", &company.home(), &company.file(), &[]);
    wait_for_words(&pty, "unknown host x..invalid – check the account name");
    wait_for_words(&pty, "F5 retries");
    quit(pty);
}

#[tokio::test]
async fn nothing_is_sent_to_another_address_while_pages_load_and_fail() {
    let elsewhere = Elsewhere::new();
    let server = Server::open().await;
    server.first("page 2", [super::play::moved("302 Found", &format!("http://{}/", elsewhere.host))]);
    Screen::start(server.cube(), (120, 40), None).settle().await.shows("sent us to another address");
    elsewhere.assert_alone();
}
