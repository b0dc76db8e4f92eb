//! `cubedex get`.

use super::Shell;
use crate::pty::Pty;
use axum::http::StatusCode;
use cubedex::demo::{Answer, Fault, Target};
use rstest::rstest;

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_gets_the_record_byte_for_byte() {
    let shell = Shell::of(3).await;
    let run = shell.run("get 9120011888").await.ends(0).says_only("");
    assert_eq!(run.data(), format!("{}\n", Shell::records(3)[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_customers_are_a_list_in_the_order_of_their_ids() {
    let shell = Shell::of(3).await;
    let records = Shell::records(3);
    let run = shell.run("get 9120011888 9120011999").await.ends(0);
    assert_eq!(run.data(), format!("[{},\n{}]\n", records[1], records[0]));
    let lines = shell.run("get 9120011888 9120011999 --format jsonl").await.ends(0);
    assert_eq!(lines.data(), format!("{}\n{}\n", records[1], records[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_there_is_told_and_the_others_are_shown() {
    let shell = Shell::of(3).await;
    let run = shell.run("get 777 9120011888 --format jsonl").await.ends(3);
    assert_eq!(run.data(), format!("{}\n", Shell::records(3)[1]));
    run.says_only("cubedex: no customer 777 in assignment 9\n");
    assert_eq!(shell.run("get 777").await.ends(3).data(), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_has_labels_for_heads() {
    let shell = Shell::of(3).await;
    let run = shell.run("get 9120011888 --format csv").await.ends(0);
    let data = run.bytes();
    let mut csv = csv::Reader::from_reader(data.as_slice());
    let city = csv.headers().unwrap().iter().position(|head| head == "City").unwrap();
    assert_eq!(csv.records().next().unwrap().unwrap().get(city), Some("ASKIM"));
}

#[rstest]
#[case::letters(
    "get abc",
    "abc is no id: a customer's id is 1 to 20 digits, for example: cubedex get 9120011888"
)]
#[case::secret(
    "get 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
    "cubedex: what was typed is no id: a customer's id is 1 to 20 digits"
)]
#[case::word("get 7 CANARY", "cubedex: what was typed is no id: ")]
#[case::path("get ../../x", "../../x is no id: a customer's id is 1 to 20 digits")]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_id_is_never_asked_for(#[case] line: &str, #[case] words: &str) {
    let shell = Shell::of(3).await;
    shell.run(line).await.ends(2).says(words);
    assert_eq!(shell.town.log.seen().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_told_with_cubes_own_words() {
    let shell = Shell::of(3).await;
    let mut command = shell.command("get 9120011888");
    command.env("CUBEDEX_TOKEN", "wrong");
    let run = shell.run_command(command).await.ends(1);
    assert_eq!(run.data(), "");
    run.says("Cube does not accept this token (401)").says("Cube says: Invalid token.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_gets_a_table_with_labels_and_nothing_that_controls_it() {
    let shell = Shell::of(3).await;
    let hostile = r#"{"crm__customer_id":"7","crm__standard_info__name":"Kari\u001b[2J","crm__custom_info__390":"AS\u202eKIM","crm__custom_info__999":"x"}"#;
    shell.town.faults.set(Target::Customer("7".to_owned()), Fault::Body(hostile.into()));
    let program = shell.in_terminal("get 7");
    let seen = tokio::task::spawn_blocking(move || {
        let pty = Pty::spawn(program, 60, 20);
        assert_eq!(pty.wait_exit(), 0);
        (pty.screen(), pty.raw())
    });
    let (screen, raw) = seen.await.unwrap();
    let lines = ["ID         7", "Name       Kari␛[2J", "City       AS<RLO>KIM", "Field 999  x"];
    for line in lines {
        assert!(screen.contains(line), "{screen}");
    }
    assert!(!raw.contains(&0x1b), "{screen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_page_is_never_shown_raw() {
    let shell = Shell::of(3).await;
    let page = Answer::html(StatusCode::FORBIDDEN, "<h1>Kari \u{1b}[2J</h1>");
    shell.town.faults.set(Target::Customers, Fault::Answer(page));
    let words = "cubedex: reading the customer: not allowed to read this customer (403) – the token may lack rights \
                 for assignment 9\n";
    shell.run("get 9120011888").await.ends(1).says_only(words);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_with_odd_values_is_shown_and_told() {
    let shell = Shell::of(3).await;
    let body = b"{\"crm__customer_id\":\"7\",\"a\":NaN,\"b\":\"\xe5\"}";
    shell.town.faults.set(Target::Customers, Fault::Body(body.as_slice().into()));
    let run = shell.run("get 7").await.ends(0);
    assert_eq!(run.data(), "{\"crm__customer_id\":\"7\",\"a\":NaN,\"b\":\"\u{fffd}\"}\n");
    run.says("1 value not in UTF-8, the first of customer 7")
        .says("written as sent; --strict-json writes null");
    let run = shell.run("get 7 --strict-json").await.ends(0);
    assert!(run.data().contains("\"a\":null,"), "{}", run.data());
    run.says("written as null");
    let run = shell.run("get 7 --format table").await.ends(0);
    assert!(run.data().contains("NaN"), "{}", run.data());
}
