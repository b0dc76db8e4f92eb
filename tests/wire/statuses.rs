//! Answers whose status is not the one for success: a sentence that says what to do, and no more tries than are worth
//! it. What the server itself says is shown cleaned and cut, and a web page never.

use super::play::{Play, answer, detail, web_page};
use super::server::Server;
use crate::harness::Screen;
use cubedex::cube::{CustomerId, Operation};
use rstest::rstest;

async fn at_the_start(server: &Server) -> Screen {
    Screen::start(server.cube(), (160, 40), None).settle().await
}

#[rstest]
#[case::token(
    detail("401 Unauthorized", "", "Invalid token."),
    "Cube does not accept this token (401)",
    "It comes from CUBEDEX_TOKEN",
    1
)]
#[case::rights_in_norwegian(
    detail("403 Forbidden", "", "Ugyldig token."),
    "not allowed (403) – the token may be wrong or lack rights for assignment 9",
    "(Cube says: Ugyldig token.)",
    1
)]
#[case::no_such_list(
    web_page("404 Not Found", "Not Found"),
    "no such list (404) – check the assignment's number",
    "F5 retries",
    1
)]
#[case::unknown_host(
    web_page("400 Bad Request", "DisallowedHost"),
    "Cube does not know this host name",
    "F5 retries",
    1
)]
#[case::method(
    detail("405 Method Not Allowed", "", "x"),
    "the API has changed (405)",
    "please report this",
    1
)]
#[case::not_acceptable(detail("406 Not Acceptable", "", "x"), "the API has changed (406)", "report this", 1)]
#[case::media_type(detail("415 Unsupported", "", "x"), "the API has changed (415)", "report this", 1)]
#[case::throttled_without_a_time(
    detail("429 Too Many Requests", "", "Slowly."),
    "Cube asks for fewer requests (429)",
    "F5 retries",
    8
)]
#[case::server(web_page("500 Internal Server Error", "Oops"), "Cube has a problem (500)", "F5 retries", 4)]
#[case::server_in_json(
    answer("500 Internal Server Error", "", r#"{"error":"database is away"}"#),
    "Cube has a problem (500)",
    "(Cube says: database is away)",
    4
)]
#[case::gateway(web_page("502 Bad Gateway", "nginx"), "Cube has a problem (502)", "F5 retries", 4)]
#[case::unavailable(
    web_page("503 Service Unavailable", "nginx"),
    "Cube has a problem (503)",
    "F5 retries",
    4
)]
#[case::gateway_time(web_page("504 Gateway Time-out", "nginx"), "Cube has a problem (504)", "F5 retries", 4)]
#[case::no_content(Play::Bytes(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()), "unexpected answer (204)", "F5 retries", 1)]
#[case::partial(
    answer("206 Partial Content", "", "{\"results\":[]}"),
    "unexpected answer (206)",
    "F5 retries",
    1
)]
#[case::switching(
    Play::Bytes(b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n".to_vec()),
    "unexpected answer (101)",
    "F5 retries",
    1
)]
#[case::not_modified(Play::Bytes(b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()), "unexpected answer (304)", "F5 retries", 1)]
#[case::odd_success(answer("299 Odd", "", "{\"results\":[]}"), "unexpected answer (299)", "F5 retries", 1)]
#[case::odd_failure(answer("599 Odd", "", "x"), "unexpected answer (599)", "F5 retries", 1)]
#[case::beyond_all(answer("999 Odd", "", "x"), "unexpected answer (999)", "F5 retries", 1)]
#[case::login_page(
    answer("200 OK", "Content-Type: text/html\r\n", "<!doctype html><title>Log in</title>"),
    "got a web page instead of data – a login portal or proxy?",
    "F5 retries",
    1
)]
#[tokio::test]
async fn a_status_is_said_in_words_with_what_to_do_and_r_recovers(
    #[case] play: Play,
    #[case] words: &str,
    #[case] next: &str,
    #[case] tries: usize,
) {
    let server = Server::open().await;
    server.always("page 1", play);
    let screen = at_the_start(&server).await.says(words).says(next).hides("<").hides("nginx");
    assert_eq!(server.asked(), vec!["page 1"; tries]);
    server.repair();
    // After a 401 a new token can be typed; Enter in the empty line asks with the one in use.
    let screen = screen.press("f5");
    let screen = if words.contains("(401)") { screen.press("enter") } else { screen };
    screen.settle().await.shows("1,000 of 2,400 customers loaded").hides("(4").hides("(5");
}

#[tokio::test]
async fn a_token_that_is_revoked_in_the_middle_stops_the_list_and_says_what_was_loaded_before() {
    let server = Server::open().await;
    server.always("all", detail("401 Unauthorized", "", "Invalid token."));
    server.first("page 1", [Play::Good]);
    server.first("page 2", [Play::Good]);
    let screen = at_the_start(&server).await.press("end").settle().await;
    let screen = screen.shows("does not accept your token (401)").shows("1,000 loaded before");
    let asked = server.seen().len();
    let screen = screen.press("home").press("/").type_text("zzz").settle().await;
    assert_eq!(server.seen().len(), asked, "asked on: {:?}", server.asked());
    screen.press("esc").press("home").shows("Olas Produksjon AS").shows("1,000 of 2,400 customers loaded");
}

#[rstest]
#[case::by_number("3600", "until about 09:12")]
#[case::by_date("Tue, 13 Jan 2026 08:12:00 GMT", "until about 09:12")]
#[case::by_a_date_far_away("Fri, 31 Dec 2100 23:59:59 GMT", "for more than a day")]
#[tokio::test]
async fn maintenance_tells_until_when_and_waits_for_a_person(#[case] until: &str, #[case] words: &str) {
    let server = Server::open().await;
    let down = answer("503 Service Unavailable", &format!("Retry-After: {until}\r\n"), "<h1>Down</h1>");
    server.always("page 2", down);
    let screen = at_the_start(&server).await;
    let screen = screen
        .shows(&format!("Cube is down for maintenance {words}"))
        .shows("500 loaded before")
        .shows("F5 retries");
    assert_eq!(server.asked(), ["page 1", "page 2"]);
    server.repair();
    screen.press("f5").settle().await.shows("1,000 of ");
}

#[rstest]
#[case::absurd("99999999999", "Cube asks us to wait for more than a day, 99999999999 s (429)")]
#[case::ten_minutes("600", "Cube asks us to wait 600 s (429) – try again at about 08:22")]
#[tokio::test]
async fn a_wait_that_is_too_long_is_told_and_not_waited(#[case] asked: &str, #[case] words: &str) {
    let server = Server::open().await;
    server.always("page 1", detail("429 Too Many Requests", &format!("Retry-After: {asked}\r\n"), "Slowly."));
    at_the_start(&server).await.says(words);
    assert_eq!(server.asked(), ["page 1"]);
}

#[rstest]
#[case::negative("-5")]
#[case::a_word("soon")]
#[case::empty("")]
#[case::a_date_in_the_past("Thu, 01 Jan 1970 00:00:00 GMT")]
#[tokio::test]
async fn a_wait_that_makes_no_sense_does_not_keep_us(#[case] asked: &str) {
    let server = Server::open().await;
    server
        .first("page 1", [detail("429 Too Many Requests", &format!("Retry-After: {asked}\r\n"), "Slowly.")]);
    at_the_start(&server).await.shows("1,000 of 2,400 customers loaded");
}

#[tokio::test]
async fn a_customer_who_is_gone_in_cube_is_marked_and_stays() {
    let server = Server::open().await;
    server.always("customer 9120011999", detail("404 Not Found", "", "Not found."));
    let screen = at_the_start(&server).await.resize(90, 40).press("enter").press("f5").settle().await;
    let screen = screen.says("This customer is no longer in Cube (404) · shown as read at").shows("ASKIM");
    let screen = screen.press("esc");
    let screen = screen.shows("This customer is no longer in Cube (404)");
    let screen = screen.press("down").hides("no longer in Cube").shows("×9120011999");
    server.repair();
    screen.press("up").press("enter").press("f5").settle().await.hides("no longer").press("esc").hides("×");
}

#[tokio::test]
async fn a_customer_who_may_not_be_read_says_so_on_the_card_alone() {
    let server = Server::open().await;
    server.always("customer 9120011999", detail("403 Forbidden", "", "Nei."));
    let screen = at_the_start(&server).await.press("enter").press("f5").settle().await;
    let screen = screen.shows("not allowed to read this customer (403)").shows("ASKIM");
    screen.press("esc").press("esc").press("end").settle().await.shows("row 2,400");
}

#[rstest]
#[case::escapes("\u{1b}[2J\u{1b}]0;pwned\u{7}", "\u{1b}")]
#[case::right_to_left("Invoice\u{202e}gnp.exe", "\u{202e}")]
#[case::a_megabyte(&"x".repeat(1 << 20), "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
#[case::a_line_of_its_own("a\r\nb", "\n")]
#[tokio::test]
async fn what_a_server_says_is_at_most_two_hundred_clean_characters(
    #[case] words: &str,
    #[case] banned: &str,
) {
    let server = Server::open().await;
    let screen = {
        server.always("page 1", detail("403 Forbidden", "", words));
        at_the_start(&server).await
    };
    if banned != "\n" {
        screen.shows("not allowed (403)").hides(banned);
    }
    let error = server.cube().page(1).await.unwrap_err();
    assert_eq!(error.operation(), Operation::Page(1));
    let said = error.said().map(|said| said.to_string()).unwrap_or_default();
    assert!(said.chars().count() <= 200 && !said.contains(banned), "{said}");
}

#[tokio::test]
async fn a_flood_of_announcements_before_the_answer_is_passed_over() {
    let server = Server::open().await;
    let good = super::play::json_bytes("{\"results\":[]}");
    let flood = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(2_000).into_bytes();
    server.always("page 1", Play::Bytes([flood, good].concat()));
    at_the_start(&server).await.shows("assignment 9 has no customers");
}

#[tokio::test]
async fn a_lookup_that_is_refused_says_why_in_its_own_line() {
    let server = Server::open().await;
    server.always("customer 777000777", detail("500 Internal Server Error", "", "x"));
    let screen =
        at_the_start(&server).await.type_text("777000777").settle().await.press("enter").settle().await;
    screen.shows("reading the customer: Cube has a problem (500)").press("esc").shows("Olas Produksjon AS");
    assert_eq!(server.asked_for("customer 777000777"), 4);
    let id = CustomerId::try_from("777000777").unwrap();
    assert!(server.cube().customer(&id).await.is_err());
}
