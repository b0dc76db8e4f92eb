//! The program under test, and the one environment in which tests run it: whatever the variables of the person who runs
//! the tests are, no program sees them.

use portable_pty::CommandBuilder;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::process::Command;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_cubedex");

/// Below a file there is no folder: nothing can be read from this home, and nothing written into it. A test that needs
/// a home sets its own.
const NO_HOME: &str = "/dev/null/home";

/// Where a program runs whose test names no folder.
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

/// All the variables that a program gets: what a shell needs to find programs, and what would otherwise be taken from
/// the computer.
fn environment() -> [(&'static str, OsString); 7] {
    [
        ("PATH", std::env::var_os("PATH").unwrap()),
        ("HOME", NO_HOME.into()),
        ("SHELL", "/bin/sh".into()),
        ("TERM", "xterm-256color".into()),
        ("LC_ALL", "C.UTF-8".into()),
        ("TZ", "UTC".into()),
        // No bus: a test never asks the keyring of the person who runs it.
        ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus".into()),
    ]
}

/// A program to run without a terminal.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env_clear().envs(environment()).current_dir(FOLDER);
    command
}

/// The program under test, without a terminal.
pub(crate) fn cubedex(args: &[&str]) -> Command {
    let mut cubedex = command(PROGRAM);
    cubedex.args(args);
    cubedex
}

/// A program to run in a terminal.
pub(crate) fn in_terminal(program: &str, args: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.args(args);
    command.env_clear();
    for (name, value) in environment() {
        command.env(name, value);
    }
    // Without one it would be the home, which is none.
    command.cwd(FOLDER);
    command
}

/// Each variable of a listing by `env`, but for those that macOS sets by itself.
fn names(listed: &str) -> BTreeSet<&str> {
    let names = listed.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name);
    names.filter(|name| !name.starts_with("__")).collect()
}

/// Cargo alone sets dozens of variables for the tests, so that one that passes is seen.
#[test]
fn a_program_sees_no_variable_of_the_person_who_runs_the_tests() {
    let given = environment();
    let given: BTreeSet<&str> = given.iter().map(|(name, _)| *name).collect();
    let listed = command("env").output().unwrap().stdout;
    assert_eq!(names(&String::from_utf8(listed).unwrap()), given);
    let pty = crate::pty::Pty::spawn(in_terminal("env", &[]), 1000, 40);
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(names(&pty.screen()), given);
}
