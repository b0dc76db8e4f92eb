//! A program that is started and left to itself: it reads nothing, what it prints is dropped, no shell is between, and
//! the keys of the terminal are not for it.

use crate::language::tr;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

/// Why a program has not done what it is for.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// No program was named.
    #[error("{}", tr!("no program is named"))]
    Nameless,
    /// It can't be started.
    #[error("{}", tr!("can't be started ({why})", why = reason(*_0)))]
    NotStarted(io::ErrorKind),
    /// It ended with this status.
    #[error("{}", tr!("ended with status {status}", status = _0))]
    Status(i32),
    /// A signal ended it.
    #[error("{}", tr!("was ended by a signal"))]
    Killed,
}

fn reason(kind: io::ErrorKind) -> String {
    match kind {
        io::ErrorKind::NotFound => tr!("entity not found"),
        io::ErrorKind::PermissionDenied => tr!("permission denied"),
        kind => kind.to_string(),
    }
}

/// Starts a program with its arguments, and waits for its end, which may be long from now. Variables of ours, among
/// which a token may be, are not handed to it.
///
/// # Errors
/// [`NotDone`].
pub fn run_to_its_end(arguments: &[String]) -> Result<(), NotDone> {
    let (program, arguments) = arguments.split_first().ok_or(NotDone::Nameless)?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let ours = std::env::vars_os().map(|(name, _)| name);
    for name in ours.filter(|name| name.to_string_lossy().starts_with("CUBEDEX_")) {
        command.env_remove(name);
    }
    let status = command.status().map_err(|error| NotDone::NotStarted(error.kind()))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(status) => Err(NotDone::Status(status)),
        None => Err(NotDone::Killed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing(&[], "no program is named")]
    #[case::not_there(&["/no/such"], "can't be started (entity not found)")]
    #[case::fails(&["sh", "-c", "exit 3"], "ended with status 3")]
    #[case::killed(&["sh", "-c", "kill -9 $$"], "was ended by a signal")]
    fn a_failure_is_told(#[case] arguments: &[&str], #[case] said: &str) {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        assert_eq!(run_to_its_end(&arguments).unwrap_err().to_string(), said);
    }

    #[test]
    fn no_shell_is_between() {
        let arguments = ["test", "$(id)", "=", "$(id)"].map(str::to_owned);
        assert!(run_to_its_end(&arguments).is_ok());
    }
}
