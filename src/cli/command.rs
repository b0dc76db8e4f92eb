//! The commands beside the browser: a file of arguments each.

use super::{Login, Logout, Profiles, Serve, Status};
use clap::{CommandFactory, Subcommand};

/// Something else to do than to browse.
#[derive(Subcommand)]
pub enum Command {
    /// Set an account up: asks, tries it against Cube, and keeps it as a profile
    Login(Login),
    /// Remove the token that cubedex login has kept
    Logout(Logout),
    /// Say which account is used, where its token comes from, and whether Cube accepts it
    Status(Status),
    /// List the accounts that are set up
    Profiles(Profiles),
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
