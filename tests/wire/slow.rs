//! Servers that keep us waiting, with the real time limits and a clock that the test moves.

use super::clock::StillClock;
use super::play::{Play, detail, head, town_page};
use super::server::{Server, TOKEN};
use crate::harness::{Screen, clock as screen_clock};
use cubedex::cube::{Credential, Cube, Limits, List};
use cubedex::demo::Town;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};

const SECOND: Duration = Duration::from_secs(1);

/// The real limits and one try, so that what is seen is the end of that one.
fn one_try() -> Limits {
    Limits { retries: 0, ..Limits::default() }
}

fn screen(server: &Server, limits: Limits) -> Screen {
    Screen::start(server.cube_within(limits), (140, 40), None)
}

#[tokio::test]
async fn nobody_behind_a_full_queue_is_no_answer_in_ten_seconds_and_tried_three_times_more() {
    let clock = StillClock::new();
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    // The one place in the queue: whoever comes after it gets no answer of any kind.
    let _first = TcpStream::connect(address).await.unwrap();
    let credential = Credential::token(TOKEN.into()).unwrap();
    let origin = format!("http://{address}").parse().unwrap();
    let cube = Cube::new(origin, List::Assignment(9), credential, Limits::default())
        .unwrap()
        .with_clock(screen_clock);
    let screen = clock.settle(Screen::start(cube, (120, 40), None)).await;
    screen.shows("reading page 1: no answer in 10 s").shows("F5 retries");
    assert!((40..=52).contains(&clock.passed().as_secs()), "{:?}", clock.passed());
}

#[tokio::test]
async fn a_server_that_accepts_and_says_nothing_has_stopped_answering_after_twenty_seconds() {
    let clock = StillClock::new();
    let server = Server::open().await;
    server.always("page 1", Play::Stall(Vec::new()));
    let screen = clock.settle(screen(&server, Limits::default())).await;
    screen.shows("reading page 1: Cube stopped answering (no answer in 20 s)").shows("F5 retries");
    assert_eq!(server.asked_for("page 1"), 4);
    assert!((80..=92).contains(&clock.passed().as_secs()), "{:?}", clock.passed());
}

#[tokio::test]
async fn a_head_that_is_not_whole_in_twenty_seconds_is_no_answer() {
    let clock = StillClock::new();
    let server = Server::open().await;
    let bytes = [b"HTTP/1.1 200 OK\r\n".to_vec(), vec![b'x'; 500]].concat();
    server.always("page 1", Play::Trickle(Vec::new(), SECOND, bytes));
    let screen = clock.settle(screen(&server, one_try())).await;
    screen.shows("reading page 1: Cube stopped answering (no answer in 20 s)").shows("F5 retries");
    assert!((20..=22).contains(&clock.passed().as_secs()), "{:?}", clock.passed());
}

#[tokio::test]
async fn announcements_without_an_answer_are_no_answer() {
    let server = Server::open().await;
    server.always("page 1", Play::Endless(Vec::new(), b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec()));
    // The flood must go on in real time, so that the limit is a short one.
    let limits = Limits { idle: Duration::from_millis(200), ..one_try() };
    screen(&server, limits).settle().await.shows("Cube stopped answering (no answer in 0.2 s)");
}

#[tokio::test]
async fn a_body_that_comes_byte_by_byte_is_left_after_ninety_seconds_and_its_bytes_are_counted() {
    let clock = StillClock::new();
    let server = Server::open().await;
    server.always("page 1", Play::Trickle(head(1_000), 10 * SECOND, vec![b' '; 1_000]));
    let screen = clock.settle(screen(&server, one_try())).await;
    screen.shows("reading page 1: no whole answer in 90 s (8 bytes came)").shows("F5 retries");
    assert!((90..=92).contains(&clock.passed().as_secs()), "{:?}", clock.passed());
}

#[tokio::test]
async fn a_body_that_is_slow_but_never_silent_for_long_is_read() {
    let clock = StillClock::new();
    let server = Server::of(3, 500).await;
    let body = town_page(Town::new(3), 500, 1).unwrap().into_bytes();
    let (start, end) = body.split_at(body.len() - 4);
    let first = [head(body.len()), start.to_vec()].concat();
    server.always("page 1", Play::Trickle(first, 19 * SECOND, end.to_vec()));
    clock.settle(screen(&server, one_try())).await.shows("3 customers (");
}

#[tokio::test]
async fn a_server_that_falls_silent_inside_a_page_has_stopped_answering() {
    let clock = StillClock::new();
    let server = Server::open().await;
    server.always("page 2", Play::Stall([head(1_000), b"{\"count\"".to_vec()].concat()));
    let screen = clock.settle(screen(&server, one_try()).next().await).await;
    screen
        .shows("page 2 failed at 08:12: Cube stopped answering (nothing for 20 s) · F5 retries")
        .shows("500 of about 2,400 loaded");
    assert!((20..=22).contains(&clock.passed().as_secs()), "{:?}", clock.passed());
}

#[tokio::test]
async fn a_computer_that_slept_in_the_middle_of_a_request_asks_once_more_and_not_in_a_burst() {
    let clock = StillClock::new();
    let server = Server::open().await;
    server.first("page 1", [Play::Stall(Vec::new())]);
    let screen = screen(&server, Limits::default());
    server.arrived(1).await;
    clock.pass(600 * SECOND).await;
    let screen = clock.settle(screen).await;
    screen.shows("1,000 of 2,400 customers loaded");
    assert_eq!(server.asked(), ["page 1", "page 1", "page 2"]);
}

#[tokio::test]
async fn who_waits_sees_for_how_long_and_escape_ends_it_at_once() {
    let server = Server::open().await;
    server.always("page 1", Play::Stall(Vec::new()));
    let screen = screen(&server, Limits::default());
    server.arrived(1).await;
    let screen = screen.shows("asking acme.headshed.com for the first page").hides("Esc stops");
    let screen = screen.seconds_later(7).shows("for the first page").shows(" s · Esc stops");
    let screen = screen.press("esc").settle().await.shows("stopped").shows("F5 goes on");
    server.repair();
    screen.press("f5").settle().await.shows("1,000 of 2,400 customers loaded");
    assert_eq!(server.asked(), ["page 1", "page 1", "page 2"]);
}

#[tokio::test]
async fn escape_gives_up_a_page_that_hangs_and_keeps_the_rows() {
    let server = Server::open().await;
    server.always("page 5", Play::Stall(Vec::new()));
    let screen = screen(&server, Limits::default()).settle().await.press("end");
    server.arrived(3).await;
    let screen = screen.seconds_later(7).shows(" s · Esc stops").press("esc").settle().await;
    screen.shows("stopped").shows("1,000 of ").press("home").shows("Olas Produksjon AS");
}

#[tokio::test]
async fn a_wait_that_cube_asks_for_is_counted_down_and_nothing_is_sent_before_it_is_over() {
    let clock = StillClock::new();
    let server = Server::open().await;
    let slow = || detail("429 Too Many Requests", "Retry-After: 3\r\n", "Request was throttled.");
    server.first("page 1", [slow()]);
    let screen = screen(&server, Limits::default()).next().await;
    assert_eq!(countdown(&screen), 3);
    let screen = screen.shows("s · Esc cancels").seconds_later(2);
    assert_eq!(countdown(&screen), 1);
    clock.pass(Duration::from_millis(2_900)).await;
    assert_eq!(server.asked(), ["page 1"]);
    clock.pass(Duration::from_millis(200)).await;
    assert_eq!(server.asked(), ["page 1", "page 1"]);
    clock.settle(screen).await.shows("1,000 of 2,400 customers loaded").hides("wait");
}

/// The seconds that the countdown shows.
fn countdown(screen: &Screen) -> u64 {
    let text = screen.text();
    let (_, after) = text.split_once("next try in ").unwrap_or_else(|| panic!("{text}"));
    after.split(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_429_without_a_time_waits_longer_each_time_and_is_counted_down() {
    let clock = StillClock::new();
    let server = Server::open().await;
    server.first("page 1", vec![detail("429 Too Many Requests", "", "Slowly."); 3]);
    let mut screen = screen(&server, Limits::default());
    for (tries, wait) in [(1, 1), (2, 2), (3, 4)] {
        server.arrived(tries).await;
        while !screen.text().contains("Cube is busy") || server.seen().len() < tries {
            screen = screen.next().await;
        }
        assert_eq!(countdown(&screen), wait);
        clock.pass(Duration::from_millis(1000 * wait - 100)).await;
        assert_eq!(server.seen().len(), tries);
        clock.pass(Duration::from_millis(200)).await;
        screen.take_what_is_ready();
    }
    clock.settle(screen).await.shows("1,000 of 2,400 customers loaded").hides("busy");
}

#[tokio::test]
async fn escape_ends_a_wait_that_cube_asks_for_and_r_goes_on() {
    let server = Server::open().await;
    let slow = detail("503 Service Unavailable", "Retry-After: 100\r\n", "Back soon.");
    server.always("page 2", slow);
    let mut screen = screen(&server, Limits::default());
    while !screen.text().contains("Cube is busy") {
        screen = screen.next().await;
    }
    let screen = screen.press("esc").settle().await;
    let screen = screen.shows("stopped · 500 loaded · F5 goes on").shows("Olas Produksjon AS").hides("wait");
    let screen = screen.press("f5").shows("Cube is busy").press("esc").shows("F5 goes on");
    assert_eq!(server.asked(), ["page 1", "page 2"]);
    drop(screen);
}
