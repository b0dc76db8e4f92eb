//! Whole runs of the browser against the embedded Cube.

use crate::harness::{Screen, Town};
use axum::http::StatusCode;
use cubedex::cube::CustomerId;
use cubedex::demo::{Answer, Fault, Settings, Target};
use cubedex::keys::{Action, Context, Keymap};

#[tokio::test]
async fn the_first_frame_stands_before_the_first_answer() {
    let town = Town::open().await;
    Screen::open(&town)
        .shows("cubedex  acme · assignment 9")
        .shows("asking acme.headshed.com for the first page");
}

#[tokio::test]
async fn with_nothing_touched_the_server_sees_the_first_page_and_one_more() {
    let town = Town::open().await;
    let screen = Screen::open(&town).settle().await;
    let screen = screen.shows("Olas Produksjon AS").shows("1,000 of 12,340 customers loaded");
    assert_eq!(town.log.pages(), [1, 2]);
    screen.press("end").settle().await.shows("row 12,340");
    assert_eq!(town.log.pages(), [1, 2, 25]);
}

#[tokio::test]
async fn pages_come_as_the_window_needs_them() {
    let town =
        Town::with(Settings { page_size: 50, town: cubedex::demo::Town::new(300), ..Settings::default() })
            .await;
    let mut screen = Screen::open(&town).settle().await;
    for _ in 0..3 {
        screen = screen.press("pgdn").settle().await;
    }
    assert_eq!(town.log.pages(), [1, 2, 3, 4]);
}

#[tokio::test]
async fn rows_that_are_not_here_are_dots_until_they_come() {
    let town = Town::open().await;
    let screen = Screen::open(&town).settle().await.press("end").shows("·······");
    screen.settle().await.hides("·······");
}

#[tokio::test]
async fn a_search_narrows_and_loads_the_rest_by_itself() {
    let town = Town::of(1200).await;
    let screen = Screen::open(&town).settle().await.press("/").type_text("harklip").settle().await;
    screen.shows("Pers Hårklipperi AS").shows(" of all 1,200 (08:12)");
    let mut pages = town.log.pages();
    pages.sort_unstable();
    assert_eq!(pages, [1, 2, 3], "each page once");
}

#[tokio::test]
async fn a_customer_who_is_not_loaded_is_opened_by_id_with_one_request() {
    let town = Town::open().await;
    let id = cubedex::demo::Town::new(12_340).id(9_000).to_string();
    let wanted = CustomerId::try_from(id.as_str()).unwrap();
    let screen = Screen::start(town.cube(), (120, 40), Some(wanted)).settle().await;
    screen.shows(&id).shows("read 08:12");
    let singles =
        town.log.seen().iter().filter(|seen| seen.path.ends_with(&format!("customers/{id}"))).count();
    assert_eq!((singles, town.log.pages()), (1, vec![1]));
}

#[tokio::test]
async fn an_unknown_id_is_said_to_be_neither_customer_nor_phone() {
    let town = Town::of(700).await;
    let screen = Screen::open(&town)
        .settle()
        .await
        .type_text("777000777")
        .settle()
        .await
        .press("enter")
        .settle()
        .await;
    screen.shows("Cube has no customer with the ID 777000777 · No match in any field of all 700 (08:12)");
}

#[tokio::test]
async fn the_card_shows_labels_and_counts_what_is_empty() {
    let town = Town::of(10).await;
    let screen = Screen::open(&town).settle().await.press("enter");
    screen.shows("Olas Produksjon AS").shows("City").shows("ASKIM").shows("read 08:12").shows(" empty");
}

#[tokio::test]
async fn a_wrong_token_is_said_in_the_middle_and_asked_once() {
    let town = Town::of(10).await;
    let screen = Screen::start(town.cube_with("wrong"), (120, 40), None).settle().await;
    screen.shows("Cube does not accept this token (401)").shows("F5 enters a new one");
    assert_eq!(town.log.pages().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_down_is_said_and_r_goes_on_once_it_is_back() {
    let town = Town::open().await;
    let screen = Screen::open(&town).settle().await;
    town.faults
        .set(Target::List, Fault::Answer(Answer::html(StatusCode::BAD_GATEWAY, "<h1>Bad Gateway</h1>")));
    let screen = screen.press("end").settle().await.shows("F5 retries").hides("<h1>");
    let screen = screen.press("home").shows("Olas Produksjon AS");
    town.faults.clear();
    screen.press("end").press("f5").settle().await.shows("row 12,340");
}

#[tokio::test]
async fn the_help_names_every_key_of_every_place_in_order() {
    let keymap = Keymap::delivered().unwrap();
    let mut every_key = Vec::new();
    for binding in Context::ALL.into_iter().flat_map(|context| keymap.bindings(context)) {
        let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
        let palette = || format!("{} …", keymap.key_for(Context::Table, Action::Palette));
        let keys = if keys.is_empty() { palette() } else { keys.join(" ") };
        every_key.push(format!("{keys} {}", binding.words));
    }
    let town = Town::of(10).await;
    let help = Screen::sized(&town, (120, 500)).settle().await.press("f1").text();
    let lines = help.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let shown: Vec<String> = lines.filter(|line| every_key.contains(line)).collect();
    assert_eq!(shown, every_key);
}

#[tokio::test]
async fn quitting_works_from_the_table() {
    let town = Town::of(10).await;
    assert!(Screen::open(&town).press("ctrl+q").has_ended());
    assert!(Screen::open(&town).press("/").press("ctrl+c").has_ended());
}

#[tokio::test]
async fn every_size_can_be_drawn() {
    let town = Town::of(700).await;
    let mut screen = Screen::open(&town).settle().await.press("f9");
    for (width, height) in
        [(1, 1), (19, 5), (20, 4), (20, 5), (80, 24), (99, 24), (100, 24), (120, 40), (200, 60), (500, 200)]
    {
        screen = screen.resize(width, height).settle().await;
    }
    screen.resize(10, 3).shows("window too");
}
