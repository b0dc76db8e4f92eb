//! `cubedex set` and `cubedex create`: what is sent, what is said of it, and what an account without writing does.

use super::{Run, Shell};
use axum::http::StatusCode;
use cubedex::demo::{Answer, Fault, Settings, Taking, Target, Town};
use rstest::rstest;
use std::fs;

const OLA: &str = "9120011999";

/// Runs a command whose values may hold blanks.
async fn run(shell: &Shell, line: &str, values: &[&str]) -> Run {
    let mut command = shell.command(line);
    command.args(values);
    shell.run_command(command).await
}

/// A shell in whose town customers may be changed.
async fn writing(settings: Settings) -> Shell {
    let mut shell = Shell::with(settings).await;
    shell.town.is_written = true;
    shell
}

fn three() -> Settings {
    Settings { town: Town::new(3), ..Settings::default() }
}

/// The methods that came, in order, without what asked for labels.
fn methods(shell: &Shell) -> Vec<String> {
    let seen = shell.town.log.seen();
    seen.iter().filter(|seen| seen.path.contains("/customers/")).map(|seen| seen.method.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_is_changed_and_read_back() {
    let shell = writing(three()).await;
    let set = run(&shell, "set 9120011999 --writes", &["Phone 2=90978457", "city=Ås", "253=7"]).await.ends(0);
    set.says_only(
        "cubedex: Phone 2: (empty) → 90978457\ncubedex: City: ASKIM → Ås\n\
         cubedex: Employees: 233 → 7\ncubedex: saved: customer 9120011999\n",
    );
    assert_eq!(methods(&shell), ["GET", "PUT"]);
    let record: serde_json::Value =
        serde_json::from_str(&shell.run("get 9120011999 --format json").await.data()).unwrap();
    assert_eq!(record["crm__standard_info__phone_2"], "90978457");
    assert_eq!(record["crm__custom_info__390"], "Ås");
    assert_eq!(record["crm__custom_info__253"], 7, "a number stays a number");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_differs_is_sent() {
    let shell = writing(three()).await;
    let line = "set 9120011999 --dry-run";
    let dry = run(&shell, line, &["Phone 1=90909090", "Phone 2=1", "Class="]).await.ends(0);
    assert_eq!(
        dry.data(),
        "{\"assignment_id\":9,\"customer_id\":9120011999,\"crm__standard_info__phone_2\":\"1\",\
         \"crm__custom_info__17\":\"\"}\n"
    );
    run(&shell, "set 9120011999 --writes", &["Phone 1=90909090"])
        .await
        .ends(0)
        .says_only("cubedex: unchanged: the customer has these values already\n");
    assert_eq!(methods(&shell), ["GET", "GET"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_created_once() {
    let shell = writing(three()).await;
    let values = ["Name=Kari Nordmann", "Phone 1=22334455"];
    run(&shell, "create 777 --writes", &values).await.ends(0).says("saved: customer 777");
    let again = run(&shell, "create 777 --writes", &values).await.ends(4);
    again.says_only("cubedex: customer 777 is in assignment 9 already; cubedex set 777 changes them\n");
    assert_eq!(methods(&shell), ["GET", "POST", "GET"]);
    assert!(shell.run("find 22334455").await.ends(0).data().contains("\"777\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_01_without_writing_turned_on_nothing_but_get_is_sent() {
    let shell = Shell::of(3).await;
    let off = run(&shell, "set 9120011999", &["Phone 2=1"]).await.ends(2);
    off.says("cubedex: not sent: writing is turned off; give --writes for this run\n");
    assert_eq!(methods(&shell), ["GET"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_turns_writing_on_and_another_one_is_told_where() {
    let shell = writing(three()).await;
    let (path, at) = (shell.home.path().join("config.toml"), &shell.town.address);
    let profiles =
        ["writer", "reader"].map(|name| format!("[profile.{name}]\nurl = \"{at}\"\nassignment = 9\n"));
    fs::write(&path, format!("{}writes = true\n{}", profiles[0], profiles[1])).unwrap();
    let named = |profile: &str| {
        let mut command =
            crate::run::cubedex(&["set", OLA, "--profile", profile, "--config", "config.toml", "Phone 2=1"]);
        command.env("HOME", shell.home.path()).env("CUBEDEX_TOKEN", cubedex::demo::TOKEN);
        command.current_dir(shell.home.path());
        assert_cmd::Command::from_std(command)
    };
    let off = shell.run_command(named("reader")).await.ends(2);
    off.says("writing is turned off; add writes = true to profile reader in config.toml, or give --writes");
    shell.run_command(named("writer")).await.ends(0).says("saved");
}

#[rstest]
#[case::no_id("set abc", &["Phone 2=1"], "abc is no id")]
#[case::no_sign("set 9120011999", &["Phone 2"], "Phone 2 has no =, for example: 'Phone 2=90978457'")]
#[case::unknown("set 9120011999", &["Phon=1"], "no field is called Phon, but one is called Phone 1")]
#[case::several("set 9120011999", &["Address=x"], "several fields are called Address; say which by its number: 64, 221")]
#[case::twice("set 9120011999", &["Phone 2=1", "phone2=2"], "Phone 2 is given twice")]
#[case::the_id("set 9120011999", &["ID=5"], "the id of a customer cannot be changed")]
#[tokio::test(flavor = "multi_thread")]
async fn wrong_use_is_told_before_anything_is_sent(
    #[case] line: &str,
    #[case] values: &[&str],
    #[case] said: &str,
) {
    let shell = Shell::of(3).await;
    run(&shell, line, values).await.ends(2).says(said);
    assert_eq!(methods(&shell), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_there_is_not_changed() {
    let shell = Shell::of(3).await;
    run(&shell, "set 777 --writes", &["Phone 2=1"]).await.ends(3).says("no customer 777 in assignment 9");
    assert_eq!(methods(&shell), ["GET"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cube_says_of_a_field_stands_under_its_label() {
    let shell = writing(three()).await;
    let refused = run(&shell, "set 9120011999 --writes", &["Employees=7x", "E-mail=per at x"]).await.ends(4);
    refused
        .says("cubedex: refused: customer 9120011999: writing to Cube: Cube does not accept these values (400)\n")
        .says("cubedex:   E-mail: Enter a valid email address.\n")
        .says("cubedex:   Employees: A valid integer is required.\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_account_is_named_as_one() {
    let shell = writing(Settings { read_only: true, ..three() }).await;
    let refused = run(&shell, "set 9120011999 --writes", &["Phone 2=1"]).await.ends(4);
    refused.says("this account does not take changes yet (405)");
}

#[rstest]
#[case::set("set 9120011999 --demo", 0, "saved: customer 9120011999")]
#[case::create("create 777 --demo", 0, "saved: customer 777")]
#[case::set_read_only("set 9120011999 --demo --read-only", 4, "this account does not take changes yet (405)")]
#[case::create_read_only("create 777 --demo --read-only", 4, "this account does not take changes yet (405)")]
#[case::no_demo(
    "set 777 --read-only --account acme --assignment 9",
    2,
    "--read-only goes with --demo; an account"
)]
fn the_demo_takes_changes_unless_it_is_read_only(
    #[case] line: &str,
    #[case] status: i32,
    #[case] said: &str,
) {
    let ended = crate::run::cubedex(&line.split(' ').collect::<Vec<_>>())
        .arg("Phone 2=90978457")
        .env("CUBEDEX_TOKEN", "x")
        .output()
        .unwrap();
    let words = String::from_utf8(ended.stderr).unwrap();
    assert!(words.contains(said), "{words}");
    assert_eq!(ended.status.code(), Some(status), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cube_that_wants_the_other_slash_is_written_to_there() {
    let shell = writing(three()).await;
    shell.town.faults.set(Target::Writes, Fault::Slash);
    run(&shell, "set 9120011999 --writes", &["Phone 2=1"]).await.ends(0).says("saved: customer 9120011999");
    assert_eq!(methods(&shell), ["GET", "PUT", "PUT"]);
    shell.town.faults.set(Target::Customers, Fault::Slash);
    run(&shell, "set 9120011999 --writes", &["Phone 2=2"]).await.ends(0).says("saved: customer 9120011999");
    assert_eq!(methods(&shell)[3..], ["GET", "GET", "PUT"]);
}

#[rstest]
#[case::lost(Fault::After(Box::new(Fault::Drop)), 0, "saved: customer 9120011999")]
#[case::failed_after_it(
    Fault::After(Box::new(Fault::Answer(Answer::json(StatusCode::INTERNAL_SERVER_ERROR, "{}")))),
    0,
    "saved: customer 9120011999"
)]
#[case::failed_before_it(
    Fault::Answer(Answer::json(StatusCode::INTERNAL_SERVER_ERROR, "{}")),
    4,
    "not saved: customer 9120011999: writing to Cube: Cube has a problem (500)"
)]
#[case::conflict(
    Fault::Answer(Answer::json(StatusCode::CONFLICT, r#"{"detail":"Changed by another."}"#)),
    4,
    "refused: customer 9120011999: writing to Cube: the customer was changed in Cube meanwhile (409)"
)]
#[case::dropped(
    Fault::Taking(Taking::Without("crm__standard_info__phone_2".into())),
    4,
    "saved: customer 9120011999, but Cube took otherwise: Phone 2"
)]
#[case::trimmed(
    Fault::Taking(Taking::Trimmed),
    4,
    "saved: customer 9120011999, but Cube took otherwise: Phone 2"
)]
#[tokio::test(flavor = "multi_thread")]
async fn what_became_of_it_is_said_and_it_is_sent_once(
    #[case] fault: Fault,
    #[case] status: i32,
    #[case] said: &str,
) {
    let shell = writing(three()).await;
    shell.town.faults.set(Target::Writes, fault);
    run(&shell, "set 9120011999 --writes", &["Phone 2=90978457 "]).await.ends(status).says(said);
    assert_eq!(methods(&shell).iter().filter(|method| *method == "PUT").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupt_waits_for_the_verdict_on_the_change_that_is_under_way() {
    let shell = writing(three()).await;
    let mut program = shell.program("set 9120011999 --writes");
    program.arg("City=Ås");
    let ended = super::interrupted_once(&shell, program).await;
    assert_eq!((ended.status, ended.said.as_str()), (Some(0), "cubedex: saved: customer 9120011999\n"));
}
