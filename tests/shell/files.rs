//! Where data goes: pipes that close, disks that are full, files that are there, signals in the middle.

use super::Shell;
use crate::pty::Pty;
use crate::run;
use cubedex::demo::{Fault, Gate, Settings, Target, Town};
use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;

/// Runs a line of bash in which `$CUBEDEX` is the program and `$AT` says which account.
async fn bash(shell: &Shell, line: &str) -> (Option<i32>, String, String) {
    let mut bash = run::command("bash");
    bash.args(["-o", "pipefail", "-c", line]).env("CUBEDEX", run::PROGRAM);
    bash.env("AT", format!("--url {} --assignment 9", shell.town.address));
    bash.env("HOME", shell.home.path()).env("CUBEDEX_TOKEN", "demo-token").current_dir(shell.home.path());
    let out = tokio::task::spawn_blocking(move || bash.output().unwrap()).await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

#[rstest]
#[case::export("$CUBEDEX export $AT | head -1", "ID,Name")]
#[case::export_nobody_reads("$CUBEDEX export $AT | true", "")]
#[case::jsonl("$CUBEDEX export --format jsonl $AT | head -1", "{\"crm__customer_id\":\"9120011999\"")]
#[case::workbook("$CUBEDEX export --format xlsx $AT | true", "")]
#[case::get("$CUBEDEX get 9120011888 $AT | true", "")]
#[case::fields("$CUBEDEX fields $AT 2>/dev/null | head -1", "ID,Label")]
#[case::man("$CUBEDEX man | head -1", "")]
#[case::completions("$CUBEDEX completions bash | head -2", "\n_clap_complete_cubedex")]
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_has_had_enough_is_no_failure(#[case] line: &str, #[case] data: &str) {
    let shell = Shell::of(3_000).await;
    let (status, out, said) = bash(&shell, line).await;
    assert_eq!((status, said.as_str()), (Some(0), ""));
    assert!(out.starts_with(data), "{out}");
}

#[rstest]
#[case::export("export")]
#[case::workbook("export --format xlsx")]
#[case::get("get 9120011888")]
#[case::find("find harklip")]
#[case::fields("fields")]
#[case::fields_json("fields --format json")]
#[case::doctor("doctor")]
#[case::status("status")]
#[case::man("man")]
#[case::completions("completions bash")]
#[case::serve("serve")]
#[case::help("--help")]
#[case::help_of_a_command("export --help")]
#[case::version("--version")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_an_error(#[case] line: &str) {
    let shell = Shell::of(700).await;
    let asks = ["export", "get", "find", "fields", "doctor", "status"];
    let at = if asks.iter().any(|asks| line.starts_with(asks)) { "$AT" } else { "" };
    let (status, _, said) = bash(&shell, &format!("$CUBEDEX {line} {at} > /dev/full")).await;
    assert_eq!(
        (status, said.as_str()),
        (Some(1), "cubedex: writing to standard output: no space is left there\n")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_a_full_device_is_an_error_too() {
    let shell = Shell::of(700).await;
    shell
        .run("export -o /dev/full")
        .await
        .ends(1)
        .says_only("cubedex: writing to /dev/full: no space is left there\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_in_the_place_of_a_file_is_written_into() {
    let shell = Shell::of(3).await;
    let (status, out, _) = bash(&shell, "$CUBEDEX export $AT -o >(wc -l >count); wait $!; cat count").await;
    assert_eq!((status, out.trim()), (Some(0), "4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_its_owner_s_alone_and_an_existing_one_is_safe() {
    let shell = Shell::of(3).await;
    let path = shell.home.path().join("all.csv");
    shell.run("export -o all.csv").await.ends(0).says_only("cubedex: 3 customers written to all.csv\n");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::write(&path, "old").unwrap();
    shell.town.log.clear();
    let words = "cubedex: all.csv is there already; take another name, or --force to replace it\n";
    shell.run("export -o all.csv").await.ends(2).says_only(words);
    assert_eq!((fs::read(&path).unwrap(), shell.town.log.seen().len()), (b"old".to_vec(), 0));
    shell.run("export -o all.csv --force --columns id").await.ends(0);
    assert!(fs::read_to_string(&path).unwrap().starts_with("ID\r\n"));
    assert_eq!(shell.files(), ["all.csv"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_and_a_folder_are_refused() {
    let shell = Shell::of(3).await;
    symlink("other.csv", shell.home.path().join("link.csv")).unwrap();
    shell
        .run("export -o link.csv --force")
        .await
        .ends(2)
        .says_only("cubedex: link.csv is a link; take another name\n");
    shell.run("export -o .").await.ends(2).says_only("cubedex: . is a folder; take another name\n");
    shell
        .run("export -o none/all.csv")
        .await
        .ends(1)
        .says_only("cubedex: making none/all.csv: there is no such folder\n");
    assert_eq!(shell.files(), ["link.csv"]);
}

#[rstest]
#[case::csv("csv")]
#[case::workbook("xlsx")]
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_vanishes_meanwhile_is_an_error(#[case] ending: &str) {
    let gate = Gate::default();
    let settings = Settings { town: Town::new(1_200), ..Settings::default() };
    let shell = Shell::with(settings).await;
    shell.town.faults.set(Target::Page(3), Fault::Hold(gate.clone()));
    let folder = shell.home.path().join("reports");
    fs::create_dir(&folder).unwrap();
    let vanishes = async {
        gate.reached(1).await;
        fs::remove_dir_all(&folder).unwrap();
        gate.open();
    };
    let line = format!("export -o reports/all.{ending}");
    let (run, ()) = tokio::join!(shell.run(&line), vanishes);
    run.ends(1).says_only(&format!("cubedex: making reports/all.{ending}: there is no such folder\n"));
    assert_eq!(shell.files(), [] as [&str; 0]);
}

/// The system ends a program that does not want to hear of it.
#[rstest]
#[case::csv("export $AT -o all.csv", "all.csv")]
#[case::jsonl("export $AT -o all.jsonl", "all.jsonl")]
#[case::workbook("export $AT -o all.xlsx", "all.xlsx")]
#[case::standard_output("export $AT --format jsonl >all.jsonl", "standard output")]
#[case::found("find as --limit 1000 --format jsonl $AT >all.jsonl", "standard output")]
#[case::labels("fields pull -o labels.json $AT", "labels.json")]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_may_grow_no_further_is_an_error(#[case] line: &str, #[case] name: &str) {
    let shell = Shell::of(1_200).await;
    let (status, _, said) = bash(&shell, &format!("ulimit -f 2; $CUBEDEX {line}")).await;
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains(&format!("writing to {name}: no file may be that large there (see ulimit -f)")),
        "{said}"
    );
    assert!(shell.files().iter().all(|file| line.ends_with(&format!(">{file}"))), "{:?}", shell.files());
}

#[rstest]
#[case::export("export -o reports/all.csv", "making reports/all.csv: you may not write there")]
#[case::workbook("export -o reports/all.xlsx", "making reports/all.xlsx: you may not write there")]
#[case::labels("fields pull -o reports/labels.json", "making reports/labels.json: you may not write there")]
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_can_not_be_written_is_an_error(#[case] line: &str, #[case] said: &str) {
    let shell = Shell::of(3).await;
    let folder = shell.home.path().join("reports");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    // The administrator may write everywhere.
    if fs::write(folder.join("probe"), "").is_ok() {
        return;
    }
    shell.run(line).await.ends(1).says_only(&format!("cubedex: {said}\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_run_has_left_is_named_by_the_next() {
    let shell = Shell::of(3).await;
    fs::write(shell.home.path().join(".cubedex-abc.part"), "customers").unwrap();
    let left = "cubedex: ./.cubedex-abc.part is left of a run that was killed, and may hold customers; \
                remove it with: rm ./.cubedex-abc.part\ncubedex: 3 customers written to all.csv\n";
    shell.run("export -o all.csv").await.ends(0).says_only(left);
}

#[rstest]
#[case::ctrl_c(Signal::INT, 130)]
#[case::killed(Signal::KILL, -1)]
#[case::terminate(Signal::TERM, 143)]
#[case::hang_up(Signal::HUP, 129)]
#[tokio::test(flavor = "multi_thread")]
async fn a_signal_in_the_middle_leaves_no_half_file(#[case] signal: Signal, #[case] status: i32) {
    if signal == Signal::KILL && !cfg!(target_os = "linux") {
        return;
    }
    let gate = Gate::default();
    let settings = Settings { town: Town::new(2_000), ..Settings::default() };
    let shell = Shell::with(settings).await;
    shell.town.faults.set(Target::Page(3), Fault::Hold(gate.clone()));
    let mut program = shell.program("export -o all.csv");
    let mut child = program.stderr(Stdio::piped()).spawn().unwrap();
    gate.reached(1).await;
    if cfg!(target_os = "linux") {
        assert_eq!(shell.files(), Vec::<String>::new(), "what is not whole has no name");
    }
    kill_process(Pid::from_raw(child.id().cast_signed()).unwrap(), signal).unwrap();
    let ended = tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap();
    assert_eq!((ended.code().unwrap_or(-1), shell.files()), (status, Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_takes_nothing_does_not_keep_a_signal_out() {
    let shell = Shell::of(3_000).await;
    let mut program = shell.program("export --format jsonl");
    let mut child = program.stdout(Stdio::piped()).spawn().unwrap();
    // Six pages: one in the pipe, one waiting, four under way. The others are not asked for.
    shell.town.log.arrived(4).await;
    kill_process(Pid::from_raw(child.id().cast_signed()).unwrap(), Signal::TERM).unwrap();
    let ended = tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap();
    assert_eq!(ended.code(), Some(143));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_sees_how_far_it_is_and_a_pipe_does_not() {
    let gate = Gate::default();
    let shell = Shell::of(2_000).await;
    shell.town.faults.set(Target::Page(3), Fault::Hold(gate.clone()));
    let path = shell.home.path().join("all.csv");
    let program = shell.in_terminal(&format!("export -o {}", path.display()));
    let seen = tokio::task::spawn_blocking(move || {
        let pty = Pty::spawn(program, 100, 10);
        pty.wait_for("1,000 of 2,000 customers · ");
        gate.open();
        assert_eq!(pty.wait_exit(), 0);
        pty.screen()
    });
    let screen = seen.await.unwrap();
    // The name is longer than the line.
    assert!(screen.starts_with("cubedex: 2,000 customers written to "), "{screen}");
    assert!(!screen.contains("a second"), "{screen}");
    shell
        .run("export -o again.csv")
        .await
        .ends(0)
        .says_only("cubedex: 2,000 customers written to again.csv\n");
}

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(target_os = "linux"), ignore = "only Linux tells of the most memory that a process had")]
async fn memory_does_not_grow_with_the_account() {
    let gate = Gate::default();
    // 29 MB of JSON, of which all but a few pages are written by the time that the last one is asked for.
    let shell = Shell::of(30_000).await;
    shell.town.faults.set(Target::Page(60), Fault::Hold(gate.clone()));
    let mut program = shell.program("export -o all.csv");
    let mut child = program.stderr(Stdio::null()).spawn().unwrap();
    gate.reached(1).await;
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap().trim();
    let kilobytes: u64 = most.strip_suffix(" kB").unwrap().parse().unwrap();
    gate.open();
    let ended = tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap();
    assert_eq!(ended.code(), Some(0));
    assert!(kilobytes < 40 * 1024, "{most}");
}
