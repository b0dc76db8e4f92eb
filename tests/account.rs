//! The real program in a real terminal, on an account whose Cube the test holds: what it answers, what it has seen.

use crate::harness::Town;
use crate::pty::Pty;
use crate::run::{PROGRAM, in_terminal};
use axum::body::Bytes;
use cubedex::demo::{self, Fault, Gate, Settings, Target};
use portable_pty::CommandBuilder;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// An account, and a home of its own for whoever browses it.
pub(crate) struct Account {
    pub(crate) town: Town,
    home: TempDir,
    /// Last, because the town's server runs on it.
    runtime: Runtime,
}

impl Account {
    /// An account of this many invented customers.
    pub(crate) fn of(customers: u64) -> Self {
        Self::with(Settings { town: demo::Town::new(customers), ..Settings::default() })
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let town = runtime.block_on(Town::with(settings));
        Self { town, home: tempfile::tempdir().unwrap(), runtime }
    }

    /// Answers `target` with these bytes from now on.
    pub(crate) fn answer(&self, target: Target, body: impl Into<Bytes>) {
        self.town.faults.set(target, Fault::Body(body.into()));
    }

    /// Keeps the answers to `target` back until the gate opens.
    pub(crate) fn hold(&self, target: Target) -> Gate {
        let gate = Gate::default();
        self.town.faults.set(target, Fault::Hold(gate.clone()));
        gate
    }

    /// Blocks until this many requests have come to the gate.
    pub(crate) fn wait_for_requests(&self, gate: &Gate, requests: usize) {
        self.runtime.block_on(gate.reached(requests));
    }

    /// The home of whoever browses.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Every file in that home, by its path from there, with what is in it.
    pub(crate) fn files_of_home(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.home().to_owned()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.is_file() {
                    // A socket is no file: nothing can lie in it.
                    found
                        .insert(path.strip_prefix(self.home()).unwrap().to_owned(), fs::read(&path).unwrap());
                }
            }
        }
        found
    }

    /// The command that browses the account.
    pub(crate) fn browser(&self) -> CommandBuilder {
        let mut browser = in_terminal(PROGRAM, &["--url", &self.town.address, "--assignment", "9"]);
        browser.env("CUBEDEX_TOKEN", demo::TOKEN);
        browser.env("HOME", self.home());
        browser.cwd(self.home());
        browser
    }

    /// Browses it in a terminal of 120 × 40.
    pub(crate) fn browse(&self) -> Pty {
        Pty::spawn(self.browser(), 120, 40)
    }
}
