//! The command line, as typed. What it means together with the environment is decided in `config`.
//!
//! What is typed can be a secret in the wrong place, so nothing here has a `Debug`, and no message repeats a value.

mod account;
mod apply;
mod browse;
mod command;
mod completions;
mod config;
mod doctor;
mod expected;
mod export;
mod fields;
mod find;
mod get;
mod licences;
mod login;
mod logout;
mod man;
mod number;
mod open;
mod profiles;
mod refused;
mod serve;
mod setup;
mod status;
mod topics;
mod write;
mod writing;

#[cfg(test)]
mod tests;

pub use account::{Account, CrmType, Customers};
pub use apply::Apply;
pub use browse::{Browse, Theme};
pub use command::Command;
pub use completions::{CompletedShell, Completions};
pub use config::Config;
pub use doctor::Doctor;
pub use export::{Export, Headers, Separator, Written};
pub use fields::{Fields, FieldsCheck, FieldsCommand, FieldsList, FieldsPull};
pub use find::Find;
pub use get::{Get, Shown};
pub use licences::Licences;
pub use login::{Login, Store};
pub use logout::Logout;
pub use man::Man;
pub use open::Open;
pub use profiles::Profiles;
pub use refused::{Stop, Wrong};
pub use serve::Serve;
pub use setup::Setup;
pub use status::Status;
pub use write::{Create, Set, Values};
pub use writing::Writing;

use crate::text;
use clap::Parser;
use std::ffi::OsString;

const USAGE: &str = "\
cubedex [--profile NAME] [CALLER]
       cubedex --demo [CALLER]
       cubedex --account NAME --assignment N [CALLER]
       cubedex --account NAME --data-owner N --crm-type B2C|B2B [CALLER]
       cubedex COMMAND [OPTIONS]";

const AFTER: &str = "\
Examples:
  cubedex --demo
      Look around in an invented town; no account is needed.
  cubedex login
      Set an account up; after that cubedex alone opens it.
  cubedex --account acme --assignment 9
      Browse the customers of assignment 9 of the account acme.
  cubedex --account acme --data-owner 2 --crm-type B2C 9120011888
      Start with the card of customer 9120011888.
  cubedex '+47 909 09 090'
      Start with whoever has this phone number.
  cubedex export --account acme --assignment 9 --output customers.xlsx
      Write all customers into a file; cubedex export --help says more.

Topics:
  cubedex help search    Words, numbers, filters, names as they are heard
  cubedex help columns   Columns, the card, where labels come from
  cubedex help call      Before and after a call
  cubedex help writing   Change customers, one or many
  cubedex help shell     get, find, export and the others
  cubedex help settings  Profiles, tokens, keys, the mouse, files
  cubedex help plain     The browser as a dialogue of lines, for screen readers
  cubedex help it        Network, settings for everybody, credentials, the diagnosis

Environment:
  CUBEDEX_TOKEN      The token that opens the account (recommended)
  CUBEDEX_USER       The e-mail address of a user, where there is no token ...
  CUBEDEX_PASSWORD   ... and that user's password
  CUBEDEX_PROFILE, CUBEDEX_CONFIG, CUBEDEX_ACCOUNT, CUBEDEX_URL,
  CUBEDEX_ASSIGNMENT, CUBEDEX_DATA_OWNER, CUBEDEX_CRM_TYPE
                     As the options of these names, which go before them
  CUBEDEX_LOG        How much is logged: off, error, warn, info, debug or trace
  NO_COLOR           No colours, when set to anything

Exit codes:
  0      All went well
  1      Something else failed; standard error says what
  2      Wrong use, a setting missing or wrong, or not started in a terminal
  3      get, find: no such customer
  4      open: no browser runs
  101    cubedex itself failed
  128+n  Ended by signal n";

/// Browse the customers of a Cube account, and find the one who is calling by id, phone or name.
#[derive(Parser)]
#[command(
    name = "cubedex",
    version,
    override_usage = USAGE,
    after_help = AFTER,
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
pub struct Cli {
    /// What to do; `None` means to browse.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to browse.
    #[command(flatten)]
    pub browse: Browse,
}

impl Cli {
    /// Reads the arguments of the program, its own name first.
    ///
    /// # Errors
    /// [`Stop`] when the help or the version is asked for, or when the arguments are not ones that cubedex takes.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Stop> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        refused::refuse_secrets(&arguments)?;
        if let [_, help, topic] = arguments.as_slice()
            && help == "help"
            && let Some(page) = topic.to_str().and_then(topics::page)
        {
            return Err(Stop::Shown(page.to_owned()));
        }
        let cli = Self::try_parse_from(arguments).map_err(|error| Stop::of(&error))?;
        match cli.browse.caller.as_deref() {
            Some(word) if !browse::is_caller(word) => Err(match Command::named(word) {
                // Behind an option of the browser, the parser takes the command for a caller.
                Some(command) => Wrong::CommandLater(command),
                None => Wrong::NoCommand { word: text::typed(word), nearest: Command::nearest(word) },
            }
            .into()),
            _ => Ok(cli),
        }
    }
}
