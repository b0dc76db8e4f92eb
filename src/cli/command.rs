//! The commands beside the browser: a file of arguments each.

use super::Serve;
use clap::{CommandFactory, Subcommand};

/// Something else to do than to browse.
#[derive(Subcommand)]
pub enum Command {
    /// Serve the invented town over HTTP on this computer, until Ctrl-C
    Serve(Serve),
}

impl Command {
    /// The command called `word`, by the name that the parser has for it. `None` iff there is none.
    pub(super) fn named(word: &str) -> Option<String> {
        let names = super::Cli::command();
        let found = names.get_subcommands().find(|command| command.get_name() == word);
        found.map(|command| command.get_name().to_owned())
    }
}
