//! Children without a terminal: what is kept of them, and what is ended with them.

use super::{Ended, Limits, NotEnded, run};
use rstest::rstest;
use rustix::process::{Pid, test_kill_process};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const LIMITS: Limits =
    Limits { quiet: Duration::from_secs(10), asking: Duration::from_secs(10), printed: 100, said: 10 };

fn sh(script: &str, limits: &Limits) -> Result<Ended, NotEnded> {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    run("it", command, limits)
}

#[test]
fn what_it_prints_is_whole_and_what_it_says_is_cut() {
    let ended = sh("printf '%0100d' 7; printf '%050d' 7 >&2; exit 3", &LIMITS).unwrap();
    assert_eq!((ended.printed.len(), ended.said.len(), ended.status.code()), (100, 10, Some(3)));
}

#[rstest]
#[case::ended("printf '%0101d' 7")]
#[case::endless("yes")]
fn more_than_it_may_print_is_an_error(#[case] script: &str) {
    assert!(matches!(sh(script, &LIMITS), Err(NotEnded::TooMuch)));
}

#[test]
fn its_end_counts_and_not_that_of_its_pipes() {
    let ended = sh("echo $$; sleep 1000 & exit 0", &LIMITS).unwrap();
    assert!(ended.status.success() && !ended.printed.is_empty());
}

/// Fails unless the process whose number is in the file `pid` of the folder ends.
fn assert_ends(folder: &Path) {
    let pid = std::fs::read_to_string(folder.join("pid")).unwrap();
    let pid = Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while test_kill_process(pid).is_ok() {
        assert!(Instant::now() < until, "it lives on");
        std::thread::yield_now();
    }
}

#[rstest]
#[case::child("echo $$ >pid; yes")]
#[case::grandchild("sh -c 'echo $$ >pid; yes'; exit 1")]
#[case::deaf("sh -c 'trap \"\" TERM PIPE; echo $$ >pid; while :; do yes; done'; exit 1")]
#[case::stopped("sh -c 'echo $$ >pid; yes & kill -STOP $$'; exit 1")]
fn all_that_it_has_started_ends_with_it(#[case] script: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", script]).current_dir(folder.path());
    assert!(matches!(run("it", command, &LIMITS), Err(NotEnded::TooMuch)));
    assert_ends(folder.path());
}

#[test]
fn one_that_takes_too_long_is_ended() {
    let limits = Limits { quiet: Duration::ZERO, ..LIMITS };
    let late = sh("sleep 1000", &limits).map(|_| ()).unwrap_err();
    assert_eq!(late.to_string(), "did not end within 0 s; try it in a shell");
}
