//! The command line, as typed. What it means together with the environment is decided in `config`.
//!
//! What is typed can be a secret in the wrong place, so nothing here has a `Debug`, and no message repeats a value.

mod refused;

#[cfg(test)]
mod tests;

pub use refused::{Stop, Wrong};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

const USAGE: &str = "\
cubedex --demo [CUSTOMER_ID]
       cubedex --account NAME --assignment N [CUSTOMER_ID]
       cubedex --account NAME --data-owner N --crm-type B2C|B2B [CUSTOMER_ID]
       cubedex serve [OPTIONS]";

const AFTER: &str = "\
Examples:
  cubedex --demo
      Look around in an invented town; no account is needed.
  cubedex --account acme --assignment 9
      Browse the customers of assignment 9 of the account acme.
  cubedex --account acme --data-owner 2 --crm-type B2C 9120011888
      Start with the card of customer 9120011888.
  cubedex serve --customers 100000
      Serve the invented town to other programs.

Environment:
  CUBEDEX_TOKEN      The token that opens the account (recommended)
  CUBEDEX_USER       The e-mail address of a user, where there is no token ...
  CUBEDEX_PASSWORD   ... and that user's password
  CUBEDEX_LOG        How much is logged: off, error, warn, info, debug or trace
  NO_COLOR           No colours, when set to anything

Exit codes:
  0      All went well
  1      Something else failed; standard error says what
  2      Wrong use, a setting missing or wrong, or not started in a terminal
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

/// What to browse.
#[derive(Default, Args)]
pub struct Browse {
    /// Browse an invented town instead of an account
    #[arg(long)]
    pub demo: bool,
    /// The account's name, such as acme for acme.headshed.com
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// The account's address, where it has one of its own
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The assignment whose customers to browse
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = id)]
    pub assignment: Option<u64>,
    /// The data owner whose customers to browse; needs --crm-type
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = id)]
    pub data_owner: Option<u64>,
    /// Which customers of the data owner: B2C (consumers) or B2B (businesses)
    #[arg(long, value_name = "TYPE", ignore_case = true, hide_possible_values = true)]
    pub crm_type: Option<CrmType>,
    /// A CustomerCustomFields file (JSON) that says what the custom fields are called
    #[arg(long, value_name = "FILE")]
    pub custom_fields: Option<PathBuf>,
    /// The colours to start with: terminal (its own), dark, light or high-contrast; the key t changes them
    #[arg(
        long,
        value_name = "NAME",
        default_value = "terminal",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub theme: Theme,
    /// The id of a customer to start with
    #[arg(value_name = "CUSTOMER_ID")]
    pub customer: Option<String>,
}

/// The sets of colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// The terminal's own colours.
    #[default]
    Terminal,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// As much contrast as there is.
    HighContrast,
}

/// The two kinds of customers that a data owner can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CrmType {
    /// Consumers.
    #[value(name = "B2C")]
    B2C,
    /// Businesses.
    #[value(name = "B2B")]
    B2B,
}

/// Something else to do than to browse.
#[derive(Subcommand)]
pub enum Command {
    /// Serve the invented town over HTTP on this computer, until Ctrl-C
    Serve(Serve),
}

/// How to serve the invented town.
#[derive(Args)]
pub struct Serve {
    /// The port on 127.0.0.1; 0 means one that is free
    #[arg(long, value_name = "N", default_value = "0", allow_negative_numbers = true, value_parser = whole(0..=u16::MAX))]
    pub port: u16,
    /// How many customers live in the town
    #[arg(long, value_name = "N", default_value = "12340", allow_negative_numbers = true, value_parser = whole(0..=20_000_000_u64))]
    pub customers: u64,
    /// How many customers stand on a page
    #[arg(long, value_name = "N", default_value = "500", allow_negative_numbers = true, value_parser = whole(1..=1_000_000_u32))]
    pub page_size: u32,
    /// How long each answer is held back, in milliseconds
    #[arg(long, value_name = "N", default_value = "0", allow_negative_numbers = true, value_parser = whole(0..=60_000_u64))]
    pub latency_ms: u64,
}

impl Cli {
    /// Reads the arguments of the program, its own name first.
    ///
    /// # Errors
    /// [`Stop`] when the help or the version is asked for, or when the arguments are not ones that cubedex takes.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Stop> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        refused::refuse_secrets(&arguments)?;
        let cli = Self::try_parse_from(arguments).map_err(|error| Stop::of(&error))?;
        // Behind an option of the browser, the parser takes the command for an id.
        if cli.browse.customer.as_deref() == Some("serve") {
            return Err(Wrong::BrowseAndServe.into());
        }
        Ok(cli)
    }
}

/// Reads the number of an assignment or a data owner, of which Cube counts from 1.
fn id(text: &str) -> Result<u64, String> {
    whole(1..=u64::MAX)(text).map_err(|_| "a whole number from 1 on".to_owned())
}

/// Reads a whole number within `range`. Digits of other scripts would look like one number and mean another.
fn whole<N>(range: RangeInclusive<N>) -> impl Fn(&str) -> Result<N, String> + Clone
where
    N: FromStr + PartialOrd + Display + Clone,
{
    move |text| {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| is_plain && range.contains(number));
        number.ok_or_else(|| format!("a whole number from {} to {}", range.start(), range.end()))
    }
}
