//! `cubedex apply`: a file of changes is refused with its mistakes, shown, sent, stopped and gone on with.

use super::{Run, Shell};
use axum::http::StatusCode;
use cubedex::demo::{Answer, Fault, Settings, Taking, Target, Town};
use rstest::rstest;
use std::fs;

const FIRST: &str = "9120011999";

/// The ids of the first customers of the town.
fn ids() -> Vec<String> {
    super::ids(&Shell::records(3).join("\n"))
}

async fn town(settings: Settings) -> Shell {
    let mut shell = Shell::with(settings).await;
    shell.town.is_written = true;
    shell
}

fn three() -> Settings {
    Settings { town: Town::new(3), ..Settings::default() }
}

/// Applies `csv` with these options.
async fn apply(shell: &Shell, csv: &str, options: &str) -> Run {
    fs::write(shell.home.path().join("changes.csv"), csv).unwrap();
    shell.run(format!("apply changes.csv {options}").trim()).await
}

/// The methods of what was asked of customers, in order.
fn methods(shell: &Shell) -> String {
    let seen = shell.town.log.seen();
    let seen = seen.iter().filter(|seen| seen.path.contains("/customers/"));
    seen.map(|seen| seen.method.clone()).collect::<Vec<_>>().join(" ")
}

fn results(lines: &[(&str, &str)]) -> String {
    let lines = lines.iter().map(|(id, result)| format!("{id},{result}\n"));
    format!("ID,Result\n{}", lines.collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_change_is_shown_and_nothing_is_sent() {
    let shell = town(three()).await;
    let ids = ids();
    let csv = format!("ID,City,Phone 2\n{},Ås,1\n{},,2\n777,x,y\n", ids[0], ids[1]);
    let shown = apply(&shell, &csv, "").await.ends(4);
    shown.says_only(&format!(
        "cubedex: {} City: ASKIM → Ås\ncubedex: {} Phone 2: (empty) → 1\ncubedex: {} Phone 2: (empty) → 2\n\
         cubedex: line 4: no customer 777 in assignment 9\n\
         cubedex: 3 customers: 2 to change (City 1, Phone 2 2), 0 unchanged, 1 not found\n\
         cubedex: nothing was sent; --yes sends it\n",
        ids[0], ids[0], ids[1]
    ));
    assert_eq!(methods(&shell), "GET GET GET");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_is_sent_one_at_a_time_and_each_result_is_a_line() {
    let shell = town(three()).await;
    let ids = ids();
    let csv = format!("\u{feff}ID;City\r\n{};\"Ås\"\r\n{};Ski\r\n777;x\r\n", ids[0], ids[1]);
    let sent = apply(&shell, &csv, "--yes --writes").await.ends(4);
    let lines = [
        (ids[0].as_str(), "saved"),
        (&ids[1], "saved"),
        ("777", "refused: no such customer in assignment 9"),
    ];
    assert_eq!(sent.data(), results(&lines));
    sent.says("cubedex: 3 of 3: 2 saved, 1 refused\n");
    assert_eq!(methods(&shell), "GET GET GET GET PUT GET PUT");
    let again = apply(&shell, csv.replace("777;x\r\n", "").as_str(), "--yes --writes").await.ends(0);
    assert_eq!(again.data(), results(&[(&ids[0], "unchanged"), (&ids[1], "unchanged")]));
}

#[rstest]
#[case::labels("")]
#[case::keys("--headers keys")]
#[case::plain("--plain")]
#[tokio::test(flavor = "multi_thread")]
async fn an_export_changes_nothing(#[case] options: &str) {
    let shell = town(Settings { town: Town::new(300), ..Settings::default() }).await;
    let csv = shell.run(format!("export {options}").trim()).await.ends(0).data();
    let options = if options == "--plain" { "--plain" } else { "" };
    let shown = apply(&shell, &csv, options).await.ends(0);
    shown.says_only(
        "cubedex: 300 customers: 0 to change, 300 unchanged\ncubedex: nothing was sent; --yes sends it\n",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_apostrophe_is_a_value_where_each_cell_is_taken_as_it_is() {
    let shell = town(three()).await;
    let record = Shell::records(1).remove(0).replace("90909090", "+4790909090");
    shell.town.faults.set(Target::Customer(FIRST.into()), Fault::Body(record.into()));
    let csv = format!("ID,Phone 1\n{FIRST},'+4790909090\n");
    apply(&shell, &csv, "").await.ends(0).says("1 customer: 0 to change, 1 unchanged");
    apply(&shell, &csv, "--plain").await.ends(0).says("Phone 1: +4790909090 → '+4790909090");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_cell_empties_where_that_is_asked_for() {
    let shell = town(three()).await;
    let csv = format!("ID,City\n{FIRST},\n");
    apply(&shell, &csv, "").await.ends(0).says("1 customer: 0 to change, 1 unchanged");
    apply(&shell, &csv, "--clear-empty --yes --writes").await.ends(0).says("City: ASKIM → (empty)");
    assert!(methods(&shell).ends_with("PUT"));
}

#[rstest]
#[case::mistakes(
    "ID,Citty\nabc,x\n1\n",
    "changes.csv, line 1: no field is called Citty, but one is called City"
)]
#[case::mistakes_below(
    "ID,City\nabc,x\n1\n",
    "changes.csv, line 3: the row has 1 cell, and there are 2 headings"
)]
#[case::a_field_that_nobody_has(
    "ID,9999\n9120011999,x\n",
    "line 1: no customer has a field Field 9999; nothing was sent"
)]
#[case::latin("ID,City\n9120011999,\u{1}\n", "changes.csv: line 2 is not UTF-8, but perhaps Latin-1")]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_a_mistake_is_refused_before_anything_is_sent(#[case] csv: &str, #[case] said: &str) {
    let shell = town(three()).await;
    let bytes: Vec<u8> = csv.bytes().map(|byte| if byte == 1 { 0xc5 } else { byte }).collect();
    fs::write(shell.home.path().join("changes.csv"), bytes).unwrap();
    shell.run("apply changes.csv --yes --writes").await.ends(2).says(said);
    assert!(!methods(&shell).contains("PUT"));
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_01_a_file_is_sent_only_with_yes_and_where_writing_is_on() {
    let shell = Shell::with(three()).await;
    let csv = format!("ID,City\n{FIRST},Ås\n");
    apply(&shell, &csv, "--yes")
        .await
        .ends(2)
        .says("not sent: writing is turned off; give --writes for this run");
    apply(&shell, &csv, "--writes").await.ends(0);
    assert_eq!(methods(&shell), "GET");
}

fn answer(status: StatusCode, json: &'static str) -> Fault {
    Fault::Answer(Answer::json(status, json))
}

#[rstest]
#[case::wrong_token(
    answer(StatusCode::UNAUTHORIZED, "{}"),
    "refused: Cube does not accept this token (401)",
    true
)]
#[case::no_right(answer(StatusCode::FORBIDDEN, "{}"), "refused: ", true)]
#[case::read_only(
    answer(StatusCode::METHOD_NOT_ALLOWED, "{}"),
    "refused: this account does not take changes yet (405)",
    true
)]
#[case::not_implemented(
    answer(StatusCode::NOT_IMPLEMENTED, "{}"),
    "refused: this account does not take changes yet (501)",
    true
)]
#[case::values(
    answer(StatusCode::BAD_REQUEST, r#"{"crm__custom_info__390":["Not a town."]}"#),
    "refused: Cube does not accept these values (400); City: Not a town.",
    false
)]
#[case::conflict(answer(StatusCode::CONFLICT, "{}"), "conflict", false)]
#[case::precondition(answer(StatusCode::PRECONDITION_FAILED, "{}"), "conflict", false)]
#[case::failed_before_it(
    answer(StatusCode::INTERNAL_SERVER_ERROR, "{}"),
    "refused: not saved: Cube has a problem (500)",
    false
)]
#[case::lost_after_it(Fault::After(Box::new(Fault::Drop)), "saved", false)]
#[case::dropped(Fault::Taking(Taking::Without("crm__custom_info__390".into())), "saved, but Cube took otherwise: City", false)]
#[tokio::test(flavor = "multi_thread")]
async fn what_concerns_all_stops_and_what_concerns_one_does_not(
    #[case] fault: Fault,
    #[case] first: &str,
    #[case] stops: bool,
) {
    let shell = town(three()).await;
    shell.town.faults.set_times(Target::Writes, 1, fault);
    let ids = ids();
    let csv = format!("ID,City\n{},Ås\n{},Ski\n", ids[0], ids[1]);
    let sent = apply(&shell, &csv, "--yes --writes").await.ends(if first == "saved" { 0 } else { 4 });
    let data = sent.data();
    let lines: Vec<&str> = data.lines().skip(1).collect();
    assert!(lines[0].trim_matches('"').replace('"', "").contains(&format!("{},{first}", ids[0])), "{data}");
    assert_eq!(lines.len(), if stops { 1 } else { 2 }, "{data}");
    if stops {
        sent.says("1 of 2: 1 refused; --resume with these results goes on");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_too_many_is_sent_again_later() {
    let shell = town(three()).await;
    let throttled =
        Answer::json(StatusCode::TOO_MANY_REQUESTS, "{}").header(axum::http::header::RETRY_AFTER, "0");
    shell.town.faults.set_times(Target::Writes, 2, Fault::Answer(throttled));
    let sent = apply(&shell, &format!("ID,City\n{FIRST},Ås\n"), "--yes --writes").await.ends(0);
    assert_eq!(sent.data(), results(&[(FIRST, "saved")]));
    assert_eq!(methods(&shell), "GET GET PUT GET PUT GET PUT");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_on_where_it_stopped() {
    let shell = town(three()).await;
    let ids = ids();
    let csv = format!("ID,City\n{},Ås\n{},Ski\n{},Moss\n", ids[0], ids[1], ids[2]);
    shell.town.faults.set_times(Target::Customer(ids[1].clone()), 1, answer(StatusCode::NOT_FOUND, "{}"));
    apply(&shell, &csv, "--yes --writes --results results.csv")
        .await
        .ends(4)
        .says("3 of 3: 2 saved, 1 refused");
    let again = apply(&shell, &csv, "--yes --writes --results results.csv").await.ends(2);
    again.says("results.csv is there already; take another name, or go on with --resume results.csv --results results.csv");
    let options = "--yes --writes --resume results.csv --results results.csv";
    apply(&shell, &csv, options).await.ends(0).says("passing over 2 customers, done before");
    let refused = "refused: no such customer in assignment 9";
    let lines = [(ids[0].as_str(), "saved"), (&ids[1], refused), (&ids[2], "saved"), (&ids[1], "saved")];
    assert_eq!(fs::read_to_string(shell.home.path().join("results.csv")).unwrap(), results(&lines));
    apply(&shell, &csv, "--resume changes.csv")
        .await
        .ends(2)
        .says("changes.csv: these are no results of cubedex apply");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_changed_between_reading_and_sending_is_left_alone() {
    let shell = town(three()).await;
    let other = Shell::records(1).remove(0).replace("ASKIM", "Moss");
    let gate = cubedex::demo::Gate::default();
    shell.town.faults.set_times(Target::Customer(FIRST.into()), 1, Fault::Body(other.into()));
    shell.town.faults.set_times(Target::Customer(FIRST.into()), 1, Fault::Hold(gate.clone()));
    gate.open();
    let sent = apply(&shell, &format!("ID,City\n{FIRST},Ås\n"), "--yes --writes").await.ends(4);
    assert_eq!(sent.data(), results(&[(FIRST, "conflict")]));
    assert_eq!(methods(&shell), "GET GET");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupt_ends_it_after_the_one_that_is_being_sent() {
    let shell = town(three()).await;
    let ids = ids();
    fs::write(shell.home.path().join("c.csv"), format!("ID,City\n{},Ås\n{},Ski\n", ids[0], ids[1])).unwrap();
    let ended = super::interrupted_once(&shell, shell.program("apply c.csv --yes --writes")).await;
    assert_eq!(ended.status, Some(130), "{}", ended.said);
    assert_eq!(ended.said, "cubedex: 1 of 2: 1 saved; --resume with these results goes on\n");
    assert_eq!(ended.out, results(&[(&ids[0], "saved")]));
}
