//! Redirects and `next`: hints at best. Whatever they name, nothing but our own address is asked; every test here
//! checks that no connection was made elsewhere.

use super::play::{Play, json, moved, page, record};
use super::server::Server;
use crate::harness::Screen;
use rstest::rstest;

async fn screen(server: &Server) -> Screen {
    Screen::start(server.cube(), (160, 40), None).settle().await
}

#[rstest]
#[case::relative("/api/v1/assignments/9/customers?page=2")]
#[case::another_scheme("https://127.0.0.1/api/v1/assignments/9/customers")]
#[case::another_host("http://{elsewhere}/api/v1/assignments/9/customers?page=2")]
#[tokio::test]
async fn a_redirect_to_our_path_without_its_slash_is_asked_at_our_own_address_once_and_remembered(
    #[case] location: &str,
) {
    let server = Server::open().await;
    let location = location.replace("{elsewhere}", &server.elsewhere.host);
    server.first("page 2", [moved("301 Moved Permanently", &location)]);
    let screen = screen(&server).await.shows("1,000 of 2,400 customers loaded");
    screen.press("end").settle().await.shows("row 2,400");
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    let list = "/api/v1/assignments/9/customers";
    let asked =
        [format!("{list}/"), format!("{list}/?page=2"), format!("{list}?page=2"), format!("{list}?page=5")];
    assert_eq!(paths, asked);
}

#[rstest]
#[case::foreign_host("http://{elsewhere}/x", "(127.0.0.1)")]
#[case::same_path_elsewhere("http://{elsewhere}/api/v1/assignments/9/customers/", "another address")]
#[case::named("https://evil.test/api/", "(evil.test)")]
#[case::downgrade("http://acme.headshed.com/", "(acme.headshed.com)")]
#[case::user_info("http://acme.headshed.com@{elsewhere}/", "(127.0.0.1)")]
#[case::two_slashes("//{elsewhere}/", "(127.0.0.1)")]
#[case::backslashes("\\\\{elsewhere}", "(127.0.0.1)")]
#[case::slash_and_backslash("/\\{elsewhere}", "(127.0.0.1)")]
#[case::file("file:///etc/passwd", "another address – refused")]
#[case::script("javascript:alert(1)", "another address – refused")]
#[tokio::test]
async fn a_redirect_to_another_address_is_refused_and_nothing_is_sent_there(
    #[case] location: &str,
    #[case] named: &str,
) {
    let server = Server::open().await;
    let location = location.replace("{elsewhere}", &server.elsewhere.host);
    server.always("page 2", moved("302 Found", &location));
    let screen = screen(&server).await;
    let screen = screen.shows("page 2 failed at 08:12: Cube sent us to another address").shows(named);
    screen.shows("500 of about 2,400 loaded").shows("Olas Produksjon AS");
    assert_eq!(server.asked(), ["page 1", "page 2"]);
}

#[tokio::test]
async fn a_circle_of_redirects_ends_after_one_hop() {
    let server = Server::open().await;
    let with = moved("301 Moved", "/api/v1/assignments/9/customers/");
    let without = moved("301 Moved", "/api/v1/assignments/9/customers");
    server.first("page 1", [without, with]);
    screen(&server).await.shows("Cube sends us round in a circle (redirects)").shows("F5 retries");
    assert_eq!(server.seen().len(), 2);
}

#[rstest]
#[case::login("302 Found", "/login/?next=/api/v1/", "Cube redirects to /login/ (302)")]
#[case::moved(
    "301 Moved",
    "/api/v2/assignments/9/customers/",
    "Cube redirects to /api/v2/assignments/9/customers/ (301)"
)]
#[case::other_method("303 See Other", "/sso", "Cube redirects to /sso (303)")]
#[case::temporary("307 Temporary Redirect", "/sso", "Cube redirects to /sso (307)")]
#[case::permanent("308 Permanent Redirect", "/sso", "Cube redirects to /sso (308)")]
#[case::with_our_own_host("302 Found", "http://{own}/sso?x=1#y", "Cube redirects to /sso (302)")]
#[case::hostile("302 Found", "/\u{202e}a%1b[2J", "Cube redirects to /%E2%80%AEa%1b[2J (302)")]
#[tokio::test]
async fn a_redirect_on_our_own_host_is_named_with_its_status_and_path(
    #[case] status: &str,
    #[case] location: &str,
    #[case] words: &str,
) {
    let server = Server::open().await;
    let own = server.address.replace("http://", "");
    server.always("page 1", moved(status, &location.replace("{own}", &own)));
    let screen = Screen::start(server.cube(), (110, 40), None).settle().await.says(words);
    screen.says("which is not followed – a login portal or proxy?");
    assert_eq!(server.asked(), ["page 1"]);
}

#[rstest]
#[case::plain_http(r#""http://127.0.0.1/api/v1/assignments/9/customers/?page=2""#)]
#[case::foreign_host(r#""http://{elsewhere}/api/v1/assignments/9/customers/?page=2""#)]
#[case::user_info(r#""http://127.0.0.1@{elsewhere}/?page=2""#)]
#[case::longer_name(r#""https://acme.headshed.com.evil.test/?page=2""#)]
#[case::other_port(r#""https://acme.headshed.com:8443/?page=2""#)]
#[case::two_slashes(r#""//{elsewhere}/x""#)]
#[case::backslashes(r#""\\\\{elsewhere}\\x""#)]
#[case::without_a_page(r#""http://127.0.0.1/api/v1/assignments/9/customers/""#)]
#[case::another_list(r#""http://{elsewhere}/api/v1/data_owners/2/crm/B2C/call_outcomes/?page=2""#)]
#[case::backwards(r#""?page=1""#)]
#[case::zero(r#""?page=0""#)]
#[case::below_zero(r#""?page=-1""#)]
#[case::beyond_numbers(r#""?page=18446744073709551616""#)]
#[case::last(r#""?page=last""#)]
#[case::wide_digits(r#""?page=２""#)]
#[case::two_pages(r#""?page=2&page=9""#)]
#[case::nul(r#""?page=2\u0000""#)]
#[case::escape(r#""\u001b[2J""#)]
#[case::script(r#""javascript:alert(1)""#)]
#[case::file(r#""file:///etc/passwd""#)]
#[case::number("5")]
#[case::object("{}")]
#[tokio::test]
async fn whatever_next_says_the_next_page_of_our_own_list_is_asked_for(#[case] next: &str) {
    let server = Server::of(3, 2).await;
    let next = next.replace("{elsewhere}", &server.elsewhere.host);
    let first = page("3", &next, &[record("\"1\"", "Kari"), record("\"2\"", "Ola")]);
    server.always("page 1", json(first));
    server.always("page 2", json(page("3", "null", &[record("\"3\"", "Per")])));
    screen(&server).await.shows("3 customers (").shows("Kari").shows("Per");
    assert_eq!(server.asked(), ["page 1", "page 2"]);
    assert!(server.seen()[1].path.ends_with("/api/v1/assignments/9/customers/?page=2"));
}

#[tokio::test]
async fn a_next_of_a_megabyte_is_only_that_there_is_more() {
    let server = Server::of(3, 2).await;
    let next = format!("\"http://{}/{}\"", server.elsewhere.host, "x".repeat(1 << 20));
    server.always("page 1", json(page("3", &next, &[record("\"1\"", "Kari"), record("\"2\"", "Ola")])));
    server.always("page 2", json(page("3", "null", &[record("\"3\"", "Per")])));
    screen(&server).await.shows("3 customers (");
}

#[rstest]
#[case::null(",\"next\":null")]
#[case::empty(",\"next\":\"\"")]
#[case::missing("")]
#[tokio::test]
async fn a_next_that_names_nothing_is_the_end(#[case] next: &str) {
    let server = Server::open().await;
    let body = format!(r#"{{"count":1{next},"results":[{}]}}"#, record("\"1\"", "Kari"));
    server.always("page 1", json(body));
    screen(&server).await.shows("1 customer (");
    assert_eq!(server.asked(), ["page 1"]);
}

#[tokio::test]
async fn the_token_stands_in_its_header_and_nowhere_else() {
    let server = Server::open().await;
    server.first("page 2", [Play::Reset(Vec::new()), moved("302 Found", "http://{}/x")]);
    let screen = screen(&server).await.hides(super::server::TOKEN);
    for seen in server.seen() {
        assert_eq!(seen.head.matches(super::server::TOKEN).count(), 1);
        assert!(seen.head.contains(&format!("\r\nauthorization: Token {}\r\n", super::server::TOKEN)));
        assert!(!seen.path.contains(super::server::TOKEN));
    }
    drop(screen);
}
