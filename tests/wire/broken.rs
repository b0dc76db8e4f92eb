//! Answers that break off or make no sense: never a short list, said with what came, asked again as often as it is
//! worth, and over with `r` once the server is well.

use super::play::{Play, answer, bytes_of, chunk, chunked_head, head, json_bytes, town_page, web_page};
use super::server::Server;
use crate::harness::Screen;
use cubedex::demo::Town;
use rstest::rstest;

/// The whole body of page 3, and the part of it up to the end of its hundredth record.
fn third_page() -> (String, String) {
    let whole = town_page(Town::new(2_400), 500, 3).unwrap();
    let hundredth = Town::new(2_400).record(1_099);
    let end = whole.find(&hundredth).unwrap() + hundredth.len();
    (whole[..end].to_owned(), whole)
}

/// A screen that has read two pages of five, and wants the third.
async fn wanting_the_third(server: &Server) -> Screen {
    let mut screen = Screen::start(server.cube(), (140, 40), None).settle().await.shows("1,000 of ");
    while server.asked_for("page 3") == 0 {
        screen = screen.press("pgdn").settle().await;
    }
    screen
}

fn reset_in_the_middle() -> Play {
    let (part, whole) = third_page();
    Play::Reset([head(whole.len()), part.into_bytes()].concat())
}

fn shorter_than_its_length() -> Play {
    let (part, whole) = third_page();
    Play::Bytes([head(whole.len()), part.into_bytes()].concat())
}

fn without_its_last_chunk() -> Play {
    let (part, _) = third_page();
    Play::Bytes([chunked_head(), chunk(part.as_bytes())].concat())
}

fn without_length_cut_between_two_records() -> Play {
    let (part, _) = third_page();
    Play::Bytes([b"HTTP/1.0 200 OK\r\n\r\n".to_vec(), part.into_bytes()].concat())
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, body).unwrap();
    packer.finish().unwrap()
}

fn packed_and_cut() -> Play {
    let (_, whole) = third_page();
    let packed = packed(whole.as_bytes());
    let half = &packed[..packed.len() / 2];
    answer("200 OK", "Content-Encoding: gzip\r\n", half)
}

fn packed_and_spoilt() -> Play {
    let (_, whole) = third_page();
    let mut packed = packed(whole.as_bytes());
    // Behind the head of ten bytes: blocks of a type that there is not, for whichever way they were packed.
    packed[10..].fill(0xff);
    answer("200 OK", "Content-Encoding: gzip\r\n", packed)
}

fn not_packed_at_all() -> Play {
    answer("200 OK", "Content-Encoding: gzip\r\n", third_page().1)
}

fn a_comma_too_few() -> Play {
    super::play::json(r#"{"count": 2400 "next": null, "results": []}"#)
}

#[rstest]
#[case::reset_before_the_answer(Play::Reset(Vec::new()), "connection broken", 4)]
#[case::closed_before_the_head(Play::Bytes(Vec::new()), "connection broken", 4)]
#[case::closed_inside_the_head(Play::Bytes(b"HTTP/1.1 200 OK\r\nConte".to_vec()), "connection broken", 4)]
#[case::reset_inside_the_body(reset_in_the_middle(), "incomplete answer", 4)]
#[case::shorter_than_its_length(shorter_than_its_length(), "incomplete answer", 4)]
#[case::without_its_last_chunk(without_its_last_chunk(), "incomplete answer", 4)]
#[case::without_length_cut_between_two_records(
    without_length_cut_between_two_records(),
    "incomplete answer",
    4
)]
#[case::empty(answer("200 OK", "", ""), "Cube sent an empty answer", 4)]
#[case::packed_and_cut(packed_and_cut(), "incomplete answer", 4)]
#[case::packed_and_spoilt(packed_and_spoilt(), "unreadable answer", 2)]
#[case::not_packed_though_it_says_so(not_packed_at_all(), "unreadable answer", 2)]
#[case::a_comma_too_few(a_comma_too_few(), "unreadable answer (line 1, column 16)", 2)]
#[case::no_http(Play::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec()), "the answer is not understood", 1)]
#[tokio::test]
async fn a_page_that_breaks_off_is_never_a_short_list_and_r_recovers(
    #[case] play: Play,
    #[case] words: &str,
    #[case] tries: usize,
) {
    let server = Server::open().await;
    server.always("page 3", play);
    let screen = wanting_the_third(&server).await;
    assert_eq!(server.asked_for("page 3"), tries);
    let screen = screen
        .shows(&format!("page 3 failed at 08:12: {words}"))
        .shows("F5 retries")
        .shows("1,000 of about 2,400 loaded")
        .shows("1,000 of 2,400 customers loaded")
        .hides(" customers (");
    let screen = screen.press("home").shows("Olas Produksjon AS").press("ctrl+d");
    server.repair();
    let mut screen = screen.press("f5").settle().await.hides("tries again");
    while server.asked_for("page 3") == tries {
        screen = screen.press("pgdn").settle().await;
    }
    screen.shows("1,500 of ");
}

#[rstest]
#[case::reset(Play::Reset(Vec::new()))]
#[case::cut(shorter_than_its_length())]
#[case::empty(answer("200 OK", "", ""))]
#[case::bad_gateway(web_page("502 Bad Gateway", "nginx"))]
#[tokio::test]
async fn a_failure_that_passes_is_not_told(#[case] play: Play) {
    let server = Server::open().await;
    server.first("page 3", [play.clone(), play.clone(), play]);
    let screen = wanting_the_third(&server).await;
    screen.shows("1,500 of ").hides("tries again");
    assert_eq!(server.asked_for("page 3"), 4);
}

#[tokio::test]
async fn a_search_over_a_list_with_a_broken_page_says_what_it_has_not_searched() {
    let server = Server::open().await;
    server.always("page 3", shorter_than_its_length());
    let screen = Screen::start(server.cube(), (120, 40), None).settle().await;
    let screen = screen.press("/").type_text("olas").settle().await;
    screen.shows("1,900 of 2,400 (08:12) · 1 page failed · F5 retries").hides("of all");
}

#[tokio::test]
async fn a_connection_that_was_closed_while_nobody_used_it_is_not_noticed() {
    let server = Server::open().await;
    let body = town_page(Town::new(2_400), 500, 1).unwrap();
    // Nothing here says that the connection will be closed, and then it is.
    server.first("page 1", [Play::Bytes([head(body.len()), body.into_bytes()].concat())]);
    Screen::start(server.cube(), (120, 40), None).settle().await.shows("1,000 of ");
}

#[rstest]
#[case::a_megabyte_in_one(format!("X-Filler: {}\r\n", "x".repeat(1 << 20)))]
#[case::ten_thousand("X-Filler: x\r\n".repeat(10_000))]
#[tokio::test]
async fn headers_beyond_measure_are_a_protocol_error_at_once(#[case] headers: String) {
    let server = Server::open().await;
    server.always("page 1", Play::Bytes(bytes_of("200 OK", &headers, "{\"results\":[]}")));
    let screen = Screen::start(server.cube(), (120, 40), None).settle().await;
    screen.shows("reading page 1: the answer is not understood (protocol error)").shows("F5 retries");
    assert_eq!(server.asked(), ["page 1"]);
}

#[tokio::test]
async fn a_body_without_end_is_left_at_the_limit_and_not_asked_for_again() {
    let server = Server::open().await;
    server.always("page 1", Play::Endless(chunked_head(), chunk(&vec![b' '; 1 << 16])));
    let limits = cubedex::cube::Limits { body: 8 << 20, ..crate::harness::quick() };
    let screen = Screen::start(server.cube_within(limits), (120, 40), None).settle().await;
    screen.shows("the answer is larger than 8 MiB");
    assert_eq!(server.asked(), ["page 1"]);
}

#[tokio::test]
async fn a_small_answer_that_unpacks_without_end_is_left_at_the_limit_and_not_asked_for_again() {
    let server = Server::open().await;
    let bomb = packed(&vec![b' '; 9 << 20]);
    assert!(bomb.len() < 100_000);
    server.always("page 1", answer("200 OK", "Content-Encoding: gzip\r\n", bomb));
    let limits = cubedex::cube::Limits { body: 8 << 20, ..crate::harness::quick() };
    let screen = Screen::start(server.cube_within(limits), (120, 40), None).settle().await;
    screen.shows("the answer is larger than 8 MiB");
    assert_eq!(server.asked(), ["page 1"]);
}

#[tokio::test]
async fn a_page_cut_at_any_byte_is_told_and_never_shown() {
    let body = super::play::page(
        "2",
        "null",
        &[super::play::record("\"1\"", "Kari"), super::play::record("\"2\"", "Ola \u{e5}")],
    );
    let limits = cubedex::cube::Limits { retries: 0, ..crate::harness::quick() };
    let server = Server::open().await;
    let cube = server.cube_within(limits);
    for end in 0..body.len() {
        // Its length is that of the part: nothing but the JSON itself tells that something is missing.
        server.always("page 1", Play::Bytes(json_bytes(&body.as_bytes()[..end])));
        let error = cube.page(1).await.unwrap_err().to_string();
        let known = ["incomplete answer", "an empty answer"].iter().any(|words| error.contains(words));
        assert!(known, "{end}: {error}");
    }
}
