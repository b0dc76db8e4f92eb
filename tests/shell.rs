//! The commands without a screen: the real program against the embedded Cube, its data, its words and its status.

mod apply;
mod controls;
mod export;
mod fields;
mod files;
mod find;
mod get;
mod words;
mod write;

use crate::harness::Town;
use crate::run;
use assert_cmd::Command;
use assert_cmd::assert::Assert;
use cubedex::demo;
use portable_pty::CommandBuilder;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process;
use tempfile::TempDir;

/// A shell in which the town is the account, and the home folder is empty.
pub(super) struct Shell {
    pub(super) town: Town,
    pub(super) home: TempDir,
}

impl Shell {
    pub(super) async fn of(customers: u64) -> Self {
        Self::in_town(Town::of(customers).await)
    }

    pub(super) async fn with(settings: demo::Settings) -> Self {
        Self::in_town(Town::with(settings).await)
    }

    fn in_town(town: Town) -> Self {
        Self { town, home: tempfile::tempdir().unwrap() }
    }

    /// The program with `line` as its arguments, divided by blanks.
    pub(super) fn command(&self, line: &str) -> Command {
        Command::from_std(self.program(line))
    }

    /// As [`Shell::command`], to be started and left running.
    pub(super) fn program(&self, line: &str) -> process::Command {
        let mut program = run::cubedex(&line.split(' ').collect::<Vec<_>>());
        program.args(["--url", &self.town.address, "--assignment", "9"]);
        program.env("HOME", self.home.path()).env("CUBEDEX_TOKEN", demo::TOKEN);
        program.current_dir(self.home.path());
        program
    }

    /// As [`Shell::command`], in a terminal.
    pub(super) fn in_terminal(&self, line: &str) -> CommandBuilder {
        let at = ["--url", &self.town.address, "--assignment", "9"];
        let args: Vec<&str> = line.split(' ').chain(at).collect();
        let mut program = run::in_terminal(run::PROGRAM, &args);
        program.env("HOME", self.home.path());
        program.env("CUBEDEX_TOKEN", demo::TOKEN);
        program.cwd(self.home.path());
        program
    }

    /// Runs it to its end.
    pub(super) async fn run(&self, line: &str) -> Run {
        self.run_command(self.command(line)).await
    }

    pub(super) async fn run_command(&self, mut command: Command) -> Run {
        // The town answers on this runtime meanwhile.
        Run(tokio::task::spawn_blocking(move || command.assert()).await.unwrap())
    }

    /// Keeps a view as the browser does: "Askim" has a filter, names from the last to the first, and two columns.
    pub(super) fn has_view(&self) {
        let host = self.town.address.strip_prefix("http://").unwrap();
        let views = format!(
            r#"[[list]]
            place = "{host} · assignment 9"
            [[list.view]]
            name = "Askim"
            filter = "city:=askim"
            sort = [{{ key = "crm__standard_info__name", descending = true }}]
            column = [{{ key = "crm__standard_info__name" }}, {{ key = "crm__custom_info__390" }}]"#
        );
        let folder = self.home.path().join(".config/cubedex");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("views.toml"), views).unwrap();
    }

    /// The records of the town, as they are sent.
    pub(super) fn records(customers: u64) -> Vec<String> {
        let town = demo::Town::new(customers);
        (0..customers).map(|number| town.record(number)).collect()
    }

    /// The names of what lies in the home folder, hidden ones too.
    pub(super) fn files(&self) -> Vec<String> {
        names(self.home.path())
    }
}

pub(super) fn names(folder: &Path) -> Vec<String> {
    let names =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != ".local").collect();
    names.sort();
    names
}

/// What a run left.
pub(super) struct Run(Assert);

impl Run {
    #[track_caller]
    pub(super) fn ends(self, status: i32) -> Self {
        let out = self.0.get_output();
        assert_eq!(out.status.code(), Some(status), "{}", self.said());
        self
    }

    /// Standard error.
    pub(super) fn said(&self) -> String {
        String::from_utf8(self.0.get_output().stderr.clone()).unwrap()
    }

    #[track_caller]
    pub(super) fn says(self, words: &str) -> Self {
        assert!(self.said().contains(words), "no \"{words}\" in {}", self.said());
        self
    }

    #[track_caller]
    pub(super) fn says_only(self, words: &str) -> Self {
        assert_eq!(self.said(), words);
        self
    }

    /// Standard output.
    pub(super) fn data(&self) -> String {
        String::from_utf8(self.0.get_output().stdout.clone()).unwrap()
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.get_output().stdout.clone()
    }
}

/// How a run ended that was interrupted while a change was being sent.
pub(super) struct Interrupted {
    pub(super) status: Option<i32>,
    pub(super) out: String,
    /// What was said once it was said that the verdict is waited for.
    pub(super) said: String,
}

/// Interrupts a program once a change is under way, and lets the town answer when the program has said that it waits.
pub(super) async fn interrupted_once(shell: &Shell, mut program: process::Command) -> Interrupted {
    let gate = demo::Gate::default();
    shell.town.faults.set(demo::Target::Writes, demo::Fault::Hold(gate.clone()));
    program.stdout(process::Stdio::piped()).stderr(process::Stdio::piped());
    let mut child = program.spawn().unwrap();
    gate.reached(1).await;
    let id = rustix::process::Pid::from_raw(child.id().cast_signed()).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let read = move || {
        let mut line = String::new();
        while !line.ends_with("ends it at once\n") {
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "{line}");
        }
        said
    };
    let mut said = tokio::task::spawn_blocking(read).await.unwrap();
    gate.open();
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    Interrupted { status: ended.status.code(), out: String::from_utf8(ended.stdout).unwrap(), said: rest }
}

/// The customers' ids in JSON Lines.
pub(super) fn ids(jsonl: &str) -> Vec<String> {
    let id = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        record["crm__customer_id"].as_str().unwrap().to_owned()
    };
    jsonl.lines().map(id).collect()
}
