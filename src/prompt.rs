//! Questions asked on the terminal below the shell's prompt, before the screen is taken or without one.
//! They are written to standard error, so that a pipe gets data alone.

mod block;
mod choice;
mod line;

pub use choice::choice;
pub use line::{line, secret};

use std::io::{self, IsTerminal, Write};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// The person stepped back (Esc).
    #[error("given up; nothing was changed")]
    GivenUp,
    /// The person wants out (Ctrl+C).
    #[error("interrupted; nothing was changed")]
    Interrupted,
    /// There is no one to ask.
    #[error("there is no terminal to ask on")]
    NoTerminal,
    /// The terminal failed.
    #[error("asking on the terminal")]
    Failed(#[from] io::Error),
}

/// Whether somebody can be asked.
#[must_use]
pub fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Says one line on standard error, with the program's name before it.
pub fn tell(words: impl std::fmt::Display) {
    // With standard error closed no one can read it.
    let _ = writeln!(io::stderr(), "cubedex: {words}");
}

/// Writes lines that a question is about.
pub fn say(text: &str) {
    // With standard error closed there is no one to tell.
    let _ = io::stderr().write_all(text.as_bytes());
}
