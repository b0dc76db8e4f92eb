//! Joins the rooms for one run: settings → client → app → loop.

mod account;
mod browse;
mod crash;
mod labels;
mod serve;

use crate::cli::{Cli, Command};
use crate::config::{BadSecret, BadSetting};
use crate::prompt::NoAnswer;
use crate::runtime::terminal::NotATerminal;
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
    /// Nobody answered a question.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// There is no screen to draw on.
    #[error("{0}; cubedex needs a terminal")]
    Terminal(#[from] NotATerminal),
    /// Anything else, with what we were doing.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl Failure {
    /// The exit status that says so.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Setting(_) | Self::Secret(_) | Self::Terminal(_) => 2,
            Self::NoAnswer(NoAnswer::Interrupted) => 130,
            Self::NoAnswer(_) | Self::Other(_) => 1,
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
        None => browse::run(&cli.browse),
    }
}

/// Says one line on standard error. With that closed there is nobody to tell.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "cubedex: {line}");
}
