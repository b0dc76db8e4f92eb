//! Joins the rooms for one run: settings → client → app → loop.

mod account;
mod browse;
mod commands;
mod crash;
mod interrupt;
mod labels;
mod login;
mod logout;
mod opened;
mod profiles;
mod serve;
mod status;
mod welcome;

use crate::cli::{Cli, Command};
use crate::config::{BadSecret, BadSetting};
use crate::prompt::NoAnswer;
use crate::runtime::terminal::NotATerminal;
use anyhow::Context;
use std::io::{self, Write};

/// Why a run ended before its time; [`status`](Self::status) is the program's exit status.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// What opens the account was not found where it should be.
    #[error(transparent)]
    Secret(#[from] BadSecret),
    /// Cube said no, or nothing.
    #[error("{}", .0.to_message())]
    Cube(crate::cube::Error),
    /// A credential that cannot be one.
    #[error(transparent)]
    Credential(#[from] crate::cube::BadCredential),
    /// Nobody answered a question.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// There is no screen to draw on.
    #[error("{0}; cubedex needs a terminal")]
    Terminal(#[from] NotATerminal),
    /// A command without a screen failed.
    #[error(transparent)]
    Command(#[from] crate::commands::Failure),
    /// Anything else, with what we were doing.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl Failure {
    /// The exit status that says so.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Setting(_) | Self::Secret(_) | Self::Credential(_) | Self::Terminal(_) => 2,
            Self::NoAnswer(NoAnswer::Interrupted) => 130,
            Self::NoAnswer(_) | Self::Cube(_) | Self::Other(_) => 1,
            Self::Command(failure) => failure.status(),
        }
    }
}

/// Does what the command line asks for. The exit status of a run that ended as it should: 0, or 128 and the number
/// of the signal that ended it.
///
/// # Errors
/// See [`Failure`].
pub fn run(cli: &Cli) -> Result<u8, Failure> {
    match &cli.command {
        Some(Command::Serve(serve)) => Ok(serve::run(serve)?),
        Some(Command::Login(login)) => login::run(login),
        Some(Command::Logout(logout)) => logout::run(logout),
        Some(Command::Status(status)) => status::run(status),
        Some(Command::Profiles(profiles)) => profiles::run(profiles),
        Some(command) => commands::run(command),
        None => browse::run(&cli.browse),
    }
}

/// Writes data to standard output. A reader that has gone away is no error.
fn print(text: &str) -> Result<u8, Failure> {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow::Error::new(error).context("writing to standard output").into())
        }
        _ => Ok(0),
    }
}

/// What commands without a screen ask Cube on.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("starting the runtime")
}

/// Says one line on standard error. With that closed there is nobody to tell.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "cubedex: {line}");
}
