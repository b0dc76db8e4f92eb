//! TLS as the real program meets it: whom it trusts, what it says of a certificate that is wrong, and that it neither
//! tries again nor offers a way round.

use super::certificates::{Authority, Wrong};
use super::play::{Play, head, town_page};
use super::server::{Elsewhere, Server, TOKEN};
use crate::pty::Pty;
use crate::run::{PROGRAM, cubedex, in_terminal};
use cubedex::demo::Town;
use rstest::rstest;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

/// The browser on `address`, with a home of its own and these certificates alone to trust. It knows its labels, so that
/// all it asks for is the list.
pub(super) fn browser(address: &str, home: &Path, trusted: &Path, more: &[(&str, &str)]) -> Pty {
    let labels = home.join("labels.json");
    std::fs::write(&labels, "{\"17\": \"Class\"}").unwrap();
    let labels = labels.to_string_lossy();
    let mut browser =
        in_terminal(PROGRAM, &["--url", address, "--assignment", "9", "--custom-fields", &labels]);
    browser.env("CUBEDEX_TOKEN", TOKEN);
    browser.env("HOME", home);
    browser.env("SSL_CERT_FILE", trusted);
    for (name, value) in more {
        browser.env(name, value);
    }
    Pty::spawn(browser, 120, 40)
}

/// Blocks until these words are on the screen, on however many lines.
pub(super) fn wait_for_words(pty: &Pty, words: &str) {
    pty.wait_until(words, |screen| {
        let shown: Vec<String> = screen.contents().split_whitespace().map(str::to_owned).collect();
        shown.join(" ").contains(words)
    });
}

pub(super) fn quit(mut pty: Pty) {
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[rstest]
#[case::unknown_authority(
    Wrong::Nothing,
    "certificate of localhost not trusted – ask IT; a company CA belongs in the system store"
)]
#[case::self_signed(
    Wrong::SelfSigned,
    "certificate of localhost not trusted – ask IT; a company CA belongs in the system store"
)]
#[case::expired(
    Wrong::Expired,
    "certificate of localhost has expired (on 2002-02-03) – check this computer's clock, which says 2"
)]
#[case::not_yet_valid(
    Wrong::NotYet,
    "certificate of localhost is not valid yet (from 2998-04-05) – check this computer's clock, which says 2"
)]
#[case::for_another_host(Wrong::Host, "the certificate is for other.test, not for localhost")]
#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_wrong_is_explained_and_nothing_is_sent(
    #[case] wrong: Wrong,
    #[case] words: &str,
) {
    let (company, stranger) = (Authority::new(), Authority::new());
    // Of all that is tried here only the unknown authority's certificate has nothing else wrong with it.
    let signer = if matches!(wrong, Wrong::Nothing) { &stranger } else { &company };
    let server = Server::secure(signer.acceptor(wrong)).await;
    let pty = browser(&server.address, &company.home(), &company.file(), &[]);
    wait_for_words(&pty, words);
    wait_for_words(&pty, "F5 retries");
    assert_eq!((server.connections(), server.seen().len()), (1, 0));
    quit(pty);
}

/// A server that speaks only TLS 1.1, which says so by an alert.
const REFUSES_VERSION: &[u8] = b"\x15\x03\x02\x00\x02\x02\x46";
/// One that does not know newer versions: it answers in its own.
const ANSWERS_IN_1_1: &[u8] = b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02\
    0123456789abcdef0123456789abcdef\x00\xc0\x14\x00";

#[rstest]
#[case::plain_http(
    b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "localhost is not a secure server (no TLS)"
)]
#[case::tls_1_1(REFUSES_VERSION, "localhost speaks no TLS that is safe (1.2 or newer) – ask IT")]
#[case::tls_1_1_alone(ANSWERS_IN_1_1, "localhost speaks no TLS that is safe (1.2 or newer) – ask IT")]
#[case::another_alert(b"\x15\x03\x03\x00\x02\x02\x28", "no secure connection to localhost – ask IT")]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_safe_tls_is_named_and_not_tried_again(
    #[case] says: &'static [u8],
    #[case] words: &str,
) {
    let company = Authority::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        // The connections stay open, so that nothing but these bytes is the news.
        let mut open = Vec::new();
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            counted.fetch_add(1, Ordering::Relaxed);
            let _ = socket.write_all(says).await;
            open.push(socket);
        }
    });
    let pty = browser(&address, &company.home(), &company.file(), &[]);
    wait_for_words(&pty, words);
    wait_for_words(&pty, "F5 retries");
    quit(pty);
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_companys_own_authority_is_trusted_once_the_computer_knows_it_and_no_key_is_logged() {
    let company = Authority::new();
    let server = Server::secure(company.acceptor(Wrong::Nothing)).await;
    let keys = company.home().join("keys.txt");
    let pty = browser(
        &server.address,
        &company.home(),
        &company.file(),
        &[("SSLKEYLOGFILE", &keys.to_string_lossy())],
    );
    pty.wait_for("1,000 of 2,400 customers loaded");
    quit(pty);
    assert!(!keys.exists());
    let names = company.asked_for();
    assert!(!names.is_empty() && names.iter().all(|name| name.as_deref() == Some("localhost")), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_closed_without_goodbye_after_a_whole_answer_is_fine_and_after_a_part_is_not() {
    let company = Authority::new();
    let server = Server::secure(company.acceptor(Wrong::Nothing)).await;
    let body = town_page(Town::new(2_400), 500, 1).unwrap().into_bytes();
    let whole = [head(body.len()), body.clone()].concat();
    let half = [head(body.len()), body[..body.len() / 2].to_vec()].concat();
    server.first("page 1", [Play::Drop(half), Play::Drop(whole)]);
    let pty = browser(&server.address, &company.home(), &company.file(), &[]);
    pty.wait_for("1,000 of 2,400 customers loaded");
    let pages: Vec<String> = server.asked().into_iter().filter(|asked| asked != "labels").collect();
    assert_eq!(pages, ["page 1", "page 1", "page 2"]);
    quit(pty);
}

#[test]
fn a_plain_address_that_is_not_this_computer_is_refused_before_anything_is_sent() {
    let elsewhere = Elsewhere::new();
    let mut program = cubedex(&["--url", "http://acme.headshed.com", "--assignment", "9"]);
    program.env("CUBEDEX_TOKEN", TOKEN);
    // Whatever it sent would go there.
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"] {
        program.env(proxy, format!("http://{}", elsewhere.host));
    }
    let ended = program.output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("plain http is only for this computer itself; write https://"), "{said}");
    assert!(!said.contains(TOKEN));
    elsewhere.assert_alone();
}
