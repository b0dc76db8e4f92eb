//! Setting accounts up with the real program: from pipes, in a terminal, with dead and hanging helpers.

mod browser;
mod children;
mod completions;
mod lists;
mod login;
mod settings;
mod sources;

use crate::pty::Pty;
use crate::run::{PROGRAM, cubedex, in_terminal};
use crate::server::Server;
use assert_cmd::Command;
use portable_pty::CommandBuilder;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A person's home, with nothing in it.
pub(crate) struct Home(pub(crate) tempfile::TempDir);

/// How a run ended.
pub(crate) struct Ended {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) said: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn with_settings(text: impl AsRef<[u8]>) -> Self {
        let home = Self::new();
        fs::create_dir_all(home.folder()).unwrap();
        fs::write(home.settings(), text).unwrap();
        home
    }

    pub(crate) fn folder(&self) -> PathBuf {
        let mac = self.0.path().join("Library/Application Support/cubedex");
        if cfg!(target_os = "macos") { mac } else { self.0.path().join(".config/cubedex") }
    }

    pub(crate) fn settings(&self) -> PathBuf {
        self.folder().join("config.toml")
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = cubedex(args);
        command.env("HOME", self.0.path()).current_dir(self.0.path());
        Command::from_std(command)
    }

    pub(crate) fn run(&self, args: &[&str], input: &str) -> Ended {
        ended(self.command(args).write_stdin(input))
    }

    pub(crate) fn pty(&self, args: &[&str]) -> Pty {
        Pty::spawn(self.terminal(args), 120, 40)
    }

    pub(crate) fn terminal(&self, args: &[&str]) -> CommandBuilder {
        self.in_terminal(PROGRAM, args)
    }

    pub(crate) fn in_terminal(&self, program: &str, args: &[&str]) -> CommandBuilder {
        let mut command = in_terminal(program, args);
        command.env("HOME", self.0.path());
        command.cwd(self.0.path());
        command
    }

    /// All files below the home, by their names within it.
    pub(crate) fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, home: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, home, found);
                } else {
                    found.push(path.strip_prefix(home).unwrap().to_string_lossy().into_owned());
                }
            }
        }
        let mut found = Vec::new();
        walk(self.0.path(), self.0.path(), &mut found);
        found.sort();
        found
    }
}

pub(crate) fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, said) = (text(output.stdout), text(output.stderr));
    assert!(!out.contains("CANARY") && !said.contains("CANARY"), "{out}{said}");
    Ended { status: output.status.code().unwrap(), out, said }
}

pub(crate) fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

pub(crate) fn profile(server: &Server, more: &str) -> String {
    format!("[profile.work]\nurl = \"{}\"\nassignment = 9\n{more}\n", server.address)
}
