//! Changing customers in the browser, against the embedded Cube: what is sent, and what the screen says of it.

use crate::harness::{Screen, Town};
use axum::http::StatusCode;
use cubedex::demo::{Answer, Fault, Settings, Taking, Target};
use insta::assert_snapshot;
use rstest::rstest;

/// A town of three customers who may be changed.
async fn writable(settings: Settings) -> Town {
    let mut town = Town::with(Settings { town: cubedex::demo::Town::new(3), ..settings }).await;
    town.is_written = true;
    town
}

/// The form of the first customer, on the first phone, with this typed there.
async fn typed(town: &Town, size: (u16, u16), phone: &str) -> Screen {
    let screen = Screen::start(town.cube().with_writes(), size, None).settle().await;
    screen.press("home").press("enter").settle().await.press("e").press("ctrl+u").type_text(phone)
}

/// What was asked of a customer, in order.
fn methods(town: &Town) -> Vec<String> {
    let seen = town.log.seen();
    seen.iter().filter(|seen| seen.path.contains("/customers/9")).map(|seen| seen.method.clone()).collect()
}

#[rstest]
#[case::small((80, 24))]
#[case::usual((120, 40))]
#[tokio::test]
async fn the_form_and_its_review(#[case] size: (u16, u16)) {
    let town = writable(Settings::default()).await;
    let name = |screen: &str| format!("{screen}_{}x{}", size.0, size.1);
    let form = typed(&town, size, "954 12 345").await;
    assert_snapshot!(name("form"), form.text());
    assert_snapshot!(name("review"), form.press("ctrl+s").text());
}

#[tokio::test]
async fn a_phone_is_corrected_and_found_by_its_new_number() {
    let town = writable(Settings::default()).await;
    let review = typed(&town, (90, 40), "95412399").await.press("ctrl+s").shows("sends this change to Cube");
    assert_eq!(methods(&town), [""; 0], "a review asks nothing");
    let saved = review.press("enter").settle().await.says("Saved in Cube");
    assert_eq!(methods(&town), ["GET", "PUT"]);
    let found = saved.press("esc").type_text("95412399").settle().await;
    found.shows("9120011999").shows("Phone of Olas Produksjon AS");
}

#[rstest]
#[case::lost_answer(Fault::After(Box::new(Fault::Drop)), "Saved in Cube", &["GET", "PUT", "GET"])]
#[case::failed_answer(
    Fault::After(Box::new(Fault::Answer(Answer::json(StatusCode::INTERNAL_SERVER_ERROR, "{}")))),
    "Saved in Cube",
    &["GET", "PUT", "GET"]
)]
#[case::failed(
    Fault::Answer(Answer::json(StatusCode::INTERNAL_SERVER_ERROR, "{}")),
    "Not saved, Cube has the old values",
    &["GET", "PUT", "GET"]
)]
#[case::other_slash(Fault::Slash, "Saved in Cube", &["GET", "PUT", "PUT"])]
#[case::dropped(
    Fault::Taking(Taking::Without("crm__standard_info__phone_1".into())),
    "Cube did not take the change: Phone 1 · e has what you typed",
    &["GET", "PUT"]
)]
#[case::conflict(
    Fault::Answer(Answer::json(StatusCode::CONFLICT, r#"{"detail":"Changed by another."}"#)),
    "Not saved: the customer was changed in Cube meanwhile",
    &["GET", "PUT"]
)]
#[tokio::test]
async fn whatever_becomes_of_a_change_is_said_and_it_is_sent_once(
    #[case] fault: Fault,
    #[case] said: &str,
    #[case] asked: &[&str],
) {
    let town = writable(Settings::default()).await;
    town.faults.set(Target::Writes, fault);
    let sent = typed(&town, (90, 40), "95412399").await.press("ctrl+s").press("enter").settle().await;
    sent.shows(said);
    assert_eq!(methods(&town), asked);
}

#[tokio::test]
async fn what_cube_says_of_a_field_is_under_it_and_what_was_typed_stays() {
    let town = writable(Settings::default()).await;
    let form = typed(&town, (90, 40), "95412399").await.press("down").press("down").press("down");
    let form = form.press("ctrl+u").type_text("per at x").shows("does not look like an e-mail address");
    let refused = form.press("ctrl+s").press("enter").settle().await;
    refused.shows("Not saved: Cube does not accept").shows("Enter a valid email address.").shows("95412399");
    assert_eq!(methods(&town), ["GET", "PUT"]);
}

#[tokio::test]
async fn an_account_that_takes_no_changes_yet_loses_nothing_that_was_typed() {
    let town = writable(Settings { read_only: true, ..Settings::default() }).await;
    let refused = typed(&town, (90, 40), "95412399").await.press("ctrl+s").press("enter").settle().await;
    let kept = refused.shows("this account does not take changes yet (405)").press("esc").press("esc");
    kept.says("1 change kept").press("e").shows("95412399").says("not sent");
}

#[tokio::test]
async fn a_customer_is_created_and_is_in_the_table() {
    let town = writable(Settings::default()).await;
    let screen = Screen::start(town.cube().with_writes(), (90, 40), None).settle().await;
    let form = screen.press("ctrl+n").type_text("777").press("down").type_text("Kari Ny").press("ctrl+s");
    let created = form.settle().await.says("creates this customer").press("enter").settle().await;
    created.says("Saved in Cube").press("esc").type_text("kari ny").settle().await.shows("777");
}

#[tokio::test]
async fn with_writing_turned_off_the_client_itself_sends_no_change() {
    let town = Town::of(3).await;
    let screen = Screen::sized(&town, (90, 40)).settle().await.press("enter").settle().await;
    let form = screen.press("e").press("ctrl+u").type_text("1").press("ctrl+s").press("enter").settle().await;
    form.shows("Not saved: not sent – writing is turned off");
    assert_eq!(methods(&town), ["GET"]);
}
