//! Another account in the place of one, and a new credential in the place of one that is refused.

use crate::harness::{Screen, Town};
use axum::http::StatusCode;
use cubedex::demo::{Answer, Fault, Gate, Target};

#[tokio::test]
async fn a_new_token_goes_on_where_the_old_one_was_refused() {
    let town = Town::of(12_340).await;
    let screen = Screen::start(town.cube_with("revoked"), (120, 40), None).settle().await;
    let screen = screen
        .shows("F5 enters a new one")
        .press("f5")
        .shows("Cube no longer accepts your token · paste a new one");
    let screen = screen.type_text("demo-tøken").hides("demo").shows(" * ••••••••••").press("enter");
    let screen = screen.with_credential(town.cube()).settle().await;
    screen.shows("1,000 of 12,340 customers loaded").shows("Olas Produksjon AS").shows("cubedex login");
}

#[tokio::test]
async fn a_token_that_is_revoked_on_the_way_keeps_cursor_and_search() {
    let town = Town::of(12_340).await;
    let screen = Screen::open(&town).settle().await.press("/").type_text("brekke");
    let refusal = Answer::json(StatusCode::UNAUTHORIZED, r#"{"detail":"Invalid token."}"#);
    town.faults.set(Target::All, Fault::Answer(refusal));
    let screen = screen.settle().await.press("f5").shows("paste a new one").type_text("x").press("enter");
    town.faults.clear();
    screen.with_credential(town.cube()).settle().await.shows("12,340 customers (08:12)").shows(" / brekke");
}

#[tokio::test]
async fn an_answer_for_the_account_before_is_not_shown_in_the_next_one() {
    let (acme, beta) = (Town::of(12_340).await, Town::of(3).await);
    let gate = Gate::default();
    acme.faults.set(Target::List, Fault::Hold(gate.clone()));
    let screen = Screen::open(&acme).press("f2").shows("beta · assignment 9").press("enter");
    let screen = screen.with_profile("beta", beta.cube());
    gate.open();
    let screen = screen.settle().await;
    screen.shows("cubedex  beta").shows("3 customers (").hides("12,340");
}

#[tokio::test]
async fn the_list_of_accounts_says_which_one_is_open() {
    let town = Town::of(3).await;
    let screen = Screen::open(&town).settle().await.press("f2");
    screen.shows(" Accounts").shows("acme · assignment 9  · open now").press("esc").hides(" Accounts");
}
