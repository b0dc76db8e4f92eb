//! Redirects: hints about our own path at best, and never a way to another address.

use rstest::rstest;

use super::server::{Play, Server, answer, empty_page, json};
use super::*;

const CUSTOMER: &str = r#"{"crm__customer_id":"7"}"#;

fn moved(status: &str, location: &str) -> Play {
    Play::Bytes(answer(status, &format!("Location: {location}\r\n"), ""))
}

#[rstest]
#[case::relative("/api/v1/assignments/9/customers/7/")]
#[case::plain("http://acme.headshed.com/api/v1/assignments/9/customers/7/")]
#[case::foreign("https://evil.test:8443/api/v1/assignments/9/customers/7/")]
#[tokio::test]
async fn a_slash_hint_is_taken_on_our_own_address_and_remembered(#[case] location: &str) {
    let good = Play::Bytes(json(CUSTOMER));
    let server = Server::playing([moved("301 Moved Permanently", location), good]).await;
    let cube = cube(&server);
    cube.customer(&id("7")).await.unwrap();
    cube.customer(&id("8")).await.unwrap();
    let root = "/api/v1/assignments/9/customers";
    assert_eq!(server.paths(), [format!("{root}/7"), format!("{root}/7/"), format!("{root}/8/")]);
}

#[tokio::test]
async fn a_hint_about_customers_says_nothing_about_pages() {
    let script =
        [moved("308 Permanent Redirect", "7/"), Play::Bytes(json(CUSTOMER)), Play::Bytes(empty_page())];
    let server = Server::playing(script).await;
    let cube = cube(&server);
    cube.customer(&id("7")).await.unwrap();
    cube.page(1).await.unwrap();
    assert_eq!(server.paths()[2], "/api/v1/assignments/9/customers/");
}

#[tokio::test]
async fn a_circle_of_slashes_ends_after_one_hop() {
    let there = moved("301 Moved", "/api/v1/assignments/9/customers/7/");
    let back = moved("301 Moved", "/api/v1/assignments/9/customers/7");
    let server = Server::playing([there, back]).await;
    let error = cube(&server).customer(&id("7")).await.unwrap_err();
    assert_eq!(*error.kind(), Kind::RedirectLoop);
    assert_eq!(server.seen().len(), 2);
}

#[rstest]
#[case::found("302 Found", "http://{}/api/v1/assignments/9/customers/7")]
#[case::see_other("303 See Other", "http://{}/login/")]
#[case::temporary("307 Temporary Redirect", "//{}/")]
#[case::user("301 Moved", "http://acme.headshed.com@{}/")]
#[case::backslashes("302 Found", "\\\\{}\\")]
#[tokio::test]
async fn nothing_is_ever_sent_to_another_address(#[case] status: &str, #[case] location: &str) {
    let evil = Server::answering(json(CUSTOMER)).await;
    let host = evil.origin().to_string().replace("http://", "");
    let server = Server::playing([moved(status, &location.replace("{}", &host))]).await;
    let error = cube(&server).customer(&id("7")).await.unwrap_err();
    assert_eq!(*error.kind(), Kind::Redirected(Some("127.0.0.1".into())));
    assert_eq!(server.seen().len(), 1);
    assert!(evil.seen().is_empty());
}

fn here(path: &'static str) -> Kind {
    Kind::RedirectedHere { status: 302, path: ServerPath(path.into()) }
}

#[rstest]
#[case::login("/login/?next=/api/v1/", here("/login/"))]
#[case::hostile("/\u{202e}a%1b[2J", here("/%E2%80%AEa%1b[2J"))]
#[case::itself("/api/v1/assignments/9/customers/7", Kind::RedirectLoop)]
#[case::script("javascript:alert(1)", Kind::Redirected(None))]
#[case::file("file:///etc/passwd", Kind::Redirected(None))]
#[tokio::test]
async fn other_redirects_are_refused_at_once(#[case] location: &str, #[case] kind: Kind) {
    let server = Server::playing([moved("302 Found", location)]).await;
    assert_eq!(*cube(&server).customer(&id("7")).await.unwrap_err().kind(), kind);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_redirect_without_an_address_is_an_unexpected_answer() {
    let server = Server::answering(answer("302 Found", "", "")).await;
    assert_eq!(*cube(&server).page(1).await.unwrap_err().kind(), Kind::Status(302));
}
