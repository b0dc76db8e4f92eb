//! Control characters in what Cube sends: what becomes of them in a pipe, in a file and on a terminal.

use super::Shell;
use crate::pty::Pty;
use cubedex::demo::{Fault, Target};
use rstest::rstest;
use std::fs::{self, File};

/// A name as it is in the JSON: ESC is escaped, as JSON asks for, and the rest is not.
const SENT: &str = "a\\u001b[2Jb\u{7f}c\u{9b}31md\u{202e}e";
const RAW: &str = "a\u{1b}[2Jb\u{7f}c\u{9b}31md\u{202e}e";
const SIGNS: &str = "a␛[2Jb␡c<9B>31md<RLO>e";
const ESCAPED: &str = "a\\u001b[2Jb\\u007fc\\u009b31md\\u202ee";

async fn hostile() -> Shell {
    let shell = Shell::of(3).await;
    let record = format!(
        r#"{{"crm__customer_id":"7","crm__standard_info__name":"{SENT}","crm__custom_info__390":"{SENT}"}}"#
    );
    let page = format!(r#"{{"count":1,"next":null,"results":[{record}]}}"#);
    shell.town.faults.set(Target::List, Fault::Body(page.into()));
    shell.town.faults.set(Target::Customers, Fault::Body(record.into()));
    shell
}

/// How often each spelling of the name is in a text.
fn found(text: &str) -> [usize; 3] {
    [SIGNS, ESCAPED, RAW].map(|name| text.matches(name).count())
}

#[rstest]
#[case::export("export", [2, 0, 0], [0, 0, 2])]
#[case::export_plain("export --plain", [0, 0, 2], [0, 0, 2])]
#[case::export_jsonl("export --format jsonl", [0, 2, 0], [0, 0, 0])]
#[case::find("find 7", [0, 2, 0], [0, 0, 0])]
#[case::find_json("find 7 --format json", [0, 2, 0], [0, 0, 0])]
#[case::find_csv("find 7 --format csv", [2, 0, 0], [0, 0, 2])]
#[case::find_csv_plain("find 7 --format csv --plain", [0, 0, 2], [0, 0, 2])]
#[case::find_table("find 7 --format table", [0, 0, 0], [0, 0, 0])]
#[case::get("get 7", [0, 2, 0], [0, 0, 0])]
#[case::get_jsonl("get 7 --format jsonl", [0, 2, 0], [0, 0, 0])]
#[case::get_csv("get 7 --format csv", [2, 0, 0], [0, 0, 2])]
#[case::get_csv_plain("get 7 --format csv --plain", [0, 0, 2], [0, 0, 2])]
#[case::get_table("get 7 --format table", [2, 0, 0], [2, 0, 0])]
#[tokio::test(flavor = "multi_thread")]
async fn promise_10_a_pipe_gets_signs_or_escapes_and_a_file_every_byte(
    #[case] line: &str,
    #[case] in_pipe: [usize; 3],
    #[case] in_file: [usize; 3],
) {
    let shell = hostile().await;
    let run = shell.run(line).await.ends(0);
    let piped = run.data();
    assert_eq!(found(&piped), in_pipe, "{piped:?}");
    let is_raw = piped.contains(['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}']);
    assert_eq!(is_raw, line.ends_with("--plain"), "{piped:?}");

    let path = shell.home.path().join("out");
    let mut program = shell.program(line);
    program.stdout(File::create(&path).unwrap());
    let ended = tokio::task::spawn_blocking(move || program.status().unwrap()).await.unwrap();
    let filed = fs::read_to_string(&path).unwrap();
    assert_eq!((ended.code(), found(&filed)), (Some(0), in_file), "{filed:?}");
    let is_json = piped.starts_with(['{', '[']);
    assert_eq!(filed.matches(SENT).count(), if is_json { 2 } else { 0 }, "{filed:?}");
    if is_json {
        let values = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(values(&piped), values(&filed), "another value");
    }

    let program = shell.in_terminal(line);
    let shown = tokio::task::spawn_blocking(move || {
        let pty = Pty::spawn(program, 1000, 40);
        assert_eq!(pty.wait_exit(), 0);
        String::from_utf8(pty.raw()).unwrap()
    });
    let shown = shown.await.unwrap();
    // A bar on standard error has sequences of its own.
    assert!(shown.contains("[2Jb") && !shown.contains("\u{1b}[2Jb"), "{shown:?}");
    assert!(!shown.contains(['\u{7f}', '\u{9b}', '\u{202e}']), "{shown:?}");
}

#[rstest]
#[case::file("all.csv", RAW)]
#[case::pipe("pipe", SIGNS)]
#[tokio::test(flavor = "multi_thread")]
async fn what_output_names_is_treated_as_what_it_is(#[case] name: &str, #[case] expected: &str) {
    let shell = hostile().await;
    let path = shell.home.path().join(name);
    let reader = (name == "pipe").then(|| {
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        let path = path.clone();
        std::thread::spawn(move || fs::read_to_string(path).unwrap())
    });
    // A pipe that nobody reads yet is refused.
    let run = loop {
        let run = shell.run(&format!("export -o {name}")).await;
        if !run.said().contains("making") {
            break run;
        }
    };
    run.ends(0);
    let written = reader.map_or_else(|| fs::read_to_string(&path).unwrap(), |reader| reader.join().unwrap());
    assert_eq!(written.matches(expected).count(), 2, "{written:?}");
}
