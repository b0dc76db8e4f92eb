//! Snapshots of whole screens, at the sizes that people use. `INSTA_UPDATE=always cargo test screens` renews them.

use crate::harness::{Screen, Town};
use axum::http::StatusCode;
use cubedex::demo::{Answer, Fault, Settings, Target};
use insta::assert_snapshot;
use rstest::rstest;

/// A town in pages of 50, so that little has to be loaded.
async fn small_town() -> Town {
    Town::with(Settings { town: cubedex::demo::Town::new(300), page_size: 50, ..Settings::default() }).await
}

#[rstest]
#[case::small((80, 24))]
#[case::usual((120, 40))]
#[case::large((200, 60))]
#[tokio::test]
async fn every_screen(#[case] size: (u16, u16)) {
    let town = small_town().await;
    let name = |screen: &str| format!("{screen}_{}x{}", size.0, size.1);
    let table = Screen::sized(&town, size).settle().await.press("down");
    assert_snapshot!(name("table"), table.text());
    let card = table.press("enter").settle().await;
    assert_snapshot!(name("card"), card.text());
    let raw = card.press("z");
    assert_snapshot!(name("card_raw"), raw.text());
    let search = raw.press("z").press("esc").press("/").type_text("hår -as").settle().await;
    assert_snapshot!(name("search"), search.text());
    let lookup = search.press("esc").press("i").type_text("9120011").settle().await;
    assert_snapshot!(name("lookup"), lookup.text());
    let nobody = lookup.press("ctrl+u").type_text("55512345").settle().await.press("enter").settle().await;
    assert_snapshot!(name("lookup_of_nobody"), nobody.text());
    let help = nobody.press("esc").press("f1");
    assert_snapshot!(name("help"), help.text());
    let palette = help.press("esc").press("ctrl+p").type_text("win");
    assert_snapshot!(name("palette"), palette.text());
    let columns = palette.press("esc").press("esc").press("f7").settle().await.press("down");
    assert_snapshot!(name("columns"), columns.text());
    let chosen = columns.type_text("city").press(" ").press("esc");
    let chosen = (0..7).fold(chosen, |screen, _| screen.press("right"));
    assert_snapshot!(name("table_with_a_chosen_column"), chosen.text());
    let sorted = chosen.press("ctrl+s").settle().await;
    assert_snapshot!(name("table_that_is_sorted"), sorted.text());
    let values = sorted.press("f6").settle().await.press("down").press(" ");
    assert_snapshot!(name("values"), values.text());
}

#[tokio::test]
async fn the_first_frame() {
    let town = small_town().await;
    assert_snapshot!("first_frame_80x24", Screen::sized(&town, (80, 24)).text());
}

#[tokio::test]
async fn an_empty_list_and_a_refused_token() {
    let town = Town::of(0).await;
    assert_snapshot!("nobody_80x24", Screen::sized(&town, (80, 24)).settle().await.text());
    let refused = Screen::start(town.cube_with("wrong"), (80, 24), None).settle().await;
    assert_snapshot!("refused_80x24", refused.text());
}

#[tokio::test]
async fn a_page_that_failed() {
    let town = small_town().await;
    let screen = Screen::sized(&town, (80, 24)).settle().await;
    town.faults
        .set(Target::List, Fault::Answer(Answer::html(StatusCode::BAD_GATEWAY, "<h1>Bad Gateway</h1>")));
    assert_snapshot!("failed_page_80x24", screen.press("end").settle().await.text());
}

/// Themes change colours and never words: which style stands where, on the first lines.
#[rstest]
#[case::dark(1, "dark")]
#[case::light(2, "light")]
#[tokio::test]
async fn a_theme_colours_by_role(#[case] presses: usize, #[case] name: &str) {
    let town = small_town().await;
    let mut screen = Screen::sized(&town, (80, 8))
        .settle()
        .await
        .press("/")
        .type_text("olas")
        .settle()
        .await
        .press("enter");
    for _ in 0..presses {
        screen = screen.press("t");
    }
    assert_snapshot!(format!("styles_{name}"), screen.styles());
}
