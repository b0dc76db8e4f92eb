//! Lists that do not add up: counts that lie, pages of any size, rows that move while they are read, lists that repeat
//! themselves or never end.

use super::play::{Play, detail, json, page, record, web_page};
use super::server::Server;
use crate::harness::{Screen, Town};
use cubedex::demo::{self, Settings};
use rstest::rstest;

const NEXT: &str = r#""http://cube.example/?page=9""#;

async fn screen(server: &Server) -> Screen {
    Screen::start(server.cube(), (120, 40), None).settle().await
}

/// Records with the ids `from` up to, but not including, `to`.
fn people(from: usize, to: usize) -> Vec<String> {
    (from..to).map(|id| record(&format!("\"{id}\""), &format!("Kunde {id}"))).collect()
}

/// Loads everything, and says what the header says of it.
async fn all(server: &Server) -> Screen {
    screen(server).await.press("/").type_text("kunde").press("tab").settle().await.press("esc")
}

#[rstest]
#[case::one(1)]
#[case::thirty_seven(37)]
#[case::five_hundred(500)]
#[case::five_thousand(5_000)]
#[tokio::test]
async fn pages_of_any_size_bring_every_row_once(#[case] page_size: usize) {
    let settings = Settings { page_size, town: demo::Town::new(75), ..Settings::default() };
    let town = Town::with(settings).await;
    let screen = Screen::open(&town).settle().await.press("/").type_text("a").press("tab").settle().await;
    screen.press("esc").press("end").settle().await.shows("75 customers (").shows("row 75");
    let mut pages = town.log.pages();
    pages.sort_unstable();
    let whole: Vec<u64> = (1..=75_u64.div_ceil(page_size as u64)).collect();
    assert_eq!(pages, whole);
}

#[tokio::test]
async fn pages_of_different_sizes_bring_every_row_once() {
    let server = Server::open().await;
    for (number, (from, to)) in (1..).zip([(0, 10), (10, 11), (11, 48), (48, 50), (50, 60)]) {
        let next = if to < 60 { NEXT } else { "null" };
        server.always(&format!("page {number}"), json(page("60", next, &people(from, to))));
    }
    let screen = all(&server).await.shows("60 customers (");
    screen.press("end").settle().await.shows("row 60").shows("Kunde 59").press("home").shows("Kunde 0");
    let mut asked = server.asked();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), server.asked().len(), "a page was asked for twice: {:?}", server.asked());
}

#[rstest]
#[case::zero("0")]
#[case::below_zero("-1")]
#[case::huge("1e30")]
#[case::text("\"12\"")]
#[case::null("null")]
#[case::too_small("3")]
#[tokio::test]
async fn a_count_that_cannot_be_true_leaves_what_is_loaded(#[case] count: &str) {
    let server = Server::open().await;
    server.always("page 1", json(page(count, NEXT, &people(0, 10))));
    server.always("page 2", json(page(count, NEXT, &people(10, 20))));
    server.always("page 3", json(page(count, "null", &people(20, 25))));
    let screen = screen(&server).await.press("/").type_text("kunde").press("tab").settle().await.press("esc");
    screen.press("end").settle().await.shows("25").shows("Kunde 24");
    assert_eq!(server.asked(), ["page 1", "page 2", "page 3"]);
}

#[rstest]
#[case::grows("25", "30")]
#[case::shrinks("25", "20")]
#[tokio::test]
async fn a_count_that_changes_between_two_pages_is_said(#[case] before: &str, #[case] after: &str) {
    let server = Server::open().await;
    server.always("page 1", json(page(before, NEXT, &people(0, 10))));
    server.always("page 2", json(page(after, NEXT, &people(10, 20))));
    server.always("page 3", json(page(after, "null", &people(20, 25))));
    let screen = all(&server).await;
    screen.shows(&format!("The list changed in Cube ({before} → {after}) · Shift+F5 refreshes it"));
}

#[tokio::test]
async fn a_row_that_is_deleted_between_two_pages_is_missed_and_said() {
    let server = Server::open().await;
    server.always("page 1", json(page("20", NEXT, &people(0, 10))));
    // One of the first ten went, so that the eleventh is on the first page now.
    server.always("page 2", json(page("19", "null", &people(11, 20))));
    let screen = all(&server).await.shows("19 of ");
    let screen = screen.shows("The list changed in Cube (20 → 19) · Shift+F5 refreshes it");
    server.always("page 1", json(page("19", NEXT, &people(1, 11))));
    screen.press("shift+f5").settle().await.shows("19 customers (");
}

#[tokio::test]
async fn a_row_that_is_added_between_two_pages_is_shown_once() {
    let server = Server::open().await;
    server.always("page 1", json(page("20", NEXT, &people(0, 10))));
    // One came before all, so that the tenth is on the second page too.
    server.always("page 2", json(page("21", "null", &people(9, 20))));
    let screen = all(&server).await.shows("20 of ").shows("list changed in Cube (20 → 21)");
    assert_eq!(screen.text().matches("Kunde 9\n").count(), 1);
}

#[tokio::test]
async fn records_with_an_empty_id_are_each_shown_and_none_is_taken_for_another() {
    let server = Server::open().await;
    let nobody: Vec<String> = (0..7).map(|n| record("\"\"", &format!("Anonym {n}"))).collect();
    server.always("page 1", json(page("14", NEXT, &nobody)));
    server.always("page 2", json(page("14", "null", &nobody)));
    let screen = all(&server).await.shows("14 customers (");
    assert_eq!(screen.text().matches("Anonym 6").count(), 2);
    let screen = screen.press("enter").press("f5").settle().await;
    screen.shows("This record has no numeric ID, so it cannot be refreshed on its own");
    assert_eq!(server.asked(), ["page 1", "page 2"]);
}

#[rstest]
#[case::without_a_count("null", 2)]
#[case::with_the_window_asked_for_at_once("5000", 5)]
#[tokio::test]
async fn a_page_that_brings_nobody_new_ends_the_list_and_says_that_it_repeats(
    #[case] count: &str,
    #[case] asked: usize,
) {
    let server = Server::open().await;
    server.always("all", json(page(count, NEXT, &people(0, 10))));
    let screen = screen(&server).await.press("down");
    let screen = screen.shows("Cube repeats its pages: it sends 10 and no more");
    screen.press("/").type_text("kunde").press("tab").settle().await.hides("of all");
    assert_eq!(server.asked().len(), asked);
}

#[rstest]
#[case::from_the_first_page_on(0, 2)]
#[case::after_the_first_page(10, 3)]
#[tokio::test]
async fn empty_pages_that_announce_more_end_the_list(#[case] on_the_first: usize, #[case] asked: usize) {
    let server = Server::open().await;
    server.always("all", json(page("null", NEXT, &[])));
    server.first("page 1", [json(page("null", NEXT, &people(0, on_the_first)))]);
    let screen = screen(&server).await;
    let screen =
        screen.press("end").press("/").type_text("kunde").press("tab").settle().await.hides("of all");
    assert_eq!(server.asked().len(), asked, "{:?}", server.asked());
    screen.hides("repeats");
}

#[tokio::test]
async fn an_empty_page_that_announces_more_is_passed_over_and_told() {
    let server = Server::open().await;
    server.always("page 1", json(page("null", NEXT, &people(0, 10))));
    server.always("page 2", json(page("null", NEXT, &[])));
    server.always("page 3", json(page("null", "null", &people(10, 15))));
    let screen = all(&server).await.shows("Kunde 14").shows("15 customers loaded (");
    let screen =
        screen.shows("Page 2 came empty, though Cube says that more follow · Shift+F5 refreshes the list");
    screen.press("/").type_text("kunde").settle().await.hides("of all");
}

#[tokio::test]
async fn a_count_that_is_far_too_large_does_not_make_a_list_longer() {
    let server = Server::open().await;
    let count = "1000000000";
    server.always("page 1", json(page(count, NEXT, &people(0, 10))));
    server.always("page 2", json(page(count, NEXT, &people(10, 20))));
    server.always("page 3", json(page(count, "null", &people(20, 25))));
    server.always("all", detail("404 Not Found", "", "Invalid page."));
    let screen = all(&server).await.shows("Kunde 24").hides("the rest is not shown");
    let screen = screen.shows("The list changed in Cube (1,000,000,000 → 25) · Shift+F5 refreshes it");
    screen.press("/").type_text("kunde").settle().await.hides("of all");
}

#[rstest]
#[case::in_json(detail("404 Not Found", "", "Invalid page."), "30")]
#[case::in_norwegian(detail("404 Not Found", "", "Ugyldig side."), "30")]
#[case::as_a_web_page(web_page("404 Not Found", "Nothing here"), "30")]
#[case::of_a_list_without_count(detail("404 Not Found", "", "Invalid page."), "null")]
#[tokio::test]
async fn a_page_that_is_not_there_ends_the_list_and_says_that_it_changed(
    #[case] play: Play,
    #[case] count: &str,
) {
    let server = Server::open().await;
    server.always("page 1", json(page(count, NEXT, &people(0, 10))));
    server.always("page 2", json(page(count, NEXT, &people(10, 20))));
    server.always("page 3", play);
    let screen = all(&server).await.shows("20 ").shows("list changed").shows("Shift+F5 refreshes it");
    screen.press("/").type_text("kunde").settle().await.hides("of all");
    assert_eq!(server.asked_for("page 3"), 1);
}

#[tokio::test]
async fn a_bare_list_is_the_only_page() {
    let server = Server::open().await;
    server.always("page 1", json(format!("[{}]", people(0, 10).join(","))));
    screen(&server).await.shows("10 customers (");
    assert_eq!(server.asked(), ["page 1"]);
}

#[tokio::test]
async fn of_a_list_beyond_two_million_rows_no_page_behind_them_is_asked_for_and_it_is_said() {
    let server = Server::open().await;
    server.always("page 1", json(page("3000000", NEXT, &people(0, 500))));
    server.always("page 2", json(page("3000000", NEXT, &people(500, 1_000))));
    server.always("page 4000", json(page("3000000", NEXT, &people(1_999_500, 2_000_000))));
    let screen = screen(&server).await.press("end").settle().await;
    let screen = screen.shows("Kunde 1999999").shows("row 2,000,000");
    screen.shows("The list is longer than 2,000,000 rows: the rest is not shown");
    assert_eq!(server.asked(), ["page 1", "page 2", "page 4000"]);
}

#[tokio::test]
async fn a_late_answer_to_an_older_reading_is_dropped() {
    let server = Server::open().await;
    server.first("page 5", [Play::Stall(Vec::new())]);
    let screen = screen(&server).await.press("end");
    server.arrived(3).await;
    screen.press("shift+f5").settle().await.shows("row 2,400");
    assert_eq!(server.asked_for("page 5"), 2);
}
