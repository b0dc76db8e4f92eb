//! The commands beside the browser: a file of arguments each.

use super::{
    Apply, Completions, Config, Create, Doctor, Export, Fields, Find, Get, Licences, Login, Logout, Man,
    Open, Profiles, Serve, Set, Status,
};
use crate::text;
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
    /// Show the settings that are in force, and where each comes from
    Config(Box<Config>),
    /// Show customers by their ids
    Get(Box<Get>),
    /// Show a caller in the browser that runs: for a softphone, or tel: addresses
    Open(Box<Open>),
    /// Find customers among all of the list, as the browser's search does
    Find(Box<Find>),
    /// Change fields of a customer in Cube, where writing is turned on
    Set(Box<Set>),
    /// Add a customer in Cube, where writing is turned on
    Create(Box<Create>),
    /// Change many customers in Cube by a CSV file, where writing is turned on
    Apply(Box<Apply>),
    /// Write all customers as CSV, JSON Lines or an Excel workbook
    Export(Box<Export>),
    /// List, save or check the custom fields and their labels
    Fields(Box<Fields>),
    /// Say what is well and what is not: address, credential, list, labels, terminal, folders
    Doctor(Box<Doctor>),
    /// Print the script by which a shell completes commands and options
    Completions(Completions),
    /// Print the manual page
    Man(Man),
    /// Print the licences of the crates that the program is made of
    Licences(Licences),
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

    /// The command that is most likely meant by `word`. `None` where none is near.
    pub(super) fn nearest(word: &str) -> Option<String> {
        nearest_command(word, &super::Cli::command())
    }

    /// The option that is most likely meant by `option`, of the command of this name or of the browser.
    pub(super) fn nearest_option(option: &str, command: Option<&str>) -> Option<String> {
        let program = super::Cli::command();
        let of = command.and_then(|name| program.find_subcommand(name)).unwrap_or(&program);
        let within = if command.is_some() { of.get_subcommands().collect() } else { Vec::new() };
        let all = std::iter::once(of).chain(within).flat_map(clap::Command::get_arguments);
        let names = all.filter_map(|option| option.get_long().map(|name| format!("--{name}")));
        // Dashes are no letters that a person has right.
        let known: Vec<String> = names.collect();
        let bare = |name: &str| name.trim_start_matches('-').to_owned();
        text::nearest(&bare(option), known.iter().map(|name| bare(name))).map(|name| format!("--{name}"))
    }

    /// The command within `command` that is most likely meant by `word`.
    pub(super) fn nearest_within(word: &str, command: &str) -> Option<String> {
        super::Cli::command().find_subcommand(command).and_then(|command| nearest_command(word, command))
    }
}

fn nearest_command(word: &str, of: &clap::Command) -> Option<String> {
    text::nearest(word, of.get_subcommands().map(|command| command.get_name().to_owned()))
}
