//! The command line, as typed. What it means together with the environment is `config`'s.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  cubedex --demo                              an invented town, no account needed
  CUBEDEX_TOKEN=… cubedex --account acme --assignment 9
  cubedex --account acme --data-owner 2 --crm-type B2C 9120011888
                                              starts with that customer's card
  cubedex serve --customers 100000            the demo town as a server of its own

Environment:
  CUBEDEX_TOKEN                     the token of the account (recommended)
  CUBEDEX_USER, CUBEDEX_PASSWORD    e-mail address and password, instead of a token
  CUBEDEX_LOG                       how much the log holds: off, error, warn, info, debug, trace
  NO_COLOR                          set to anything: no colours

Exit status:
  0       quit
  1       something failed; standard error says what
  2       a setting is missing or wrong, or this is not a terminal
  101     a fault of cubedex itself
  128+n   ended by signal n";

/// Browse the customers of a Cube account: find the caller by id, phone or name.
#[derive(Debug, Default, Parser)]
#[command(name = "cubedex", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// Something else than to browse.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to browse.
    #[command(flatten)]
    pub browse: Browse,
}

/// What to browse.
#[derive(Debug, Default, Args)]
pub struct Browse {
    /// Browse an invented town; no account is needed
    #[arg(long)]
    pub demo: bool,
    /// The address of Cube, such as `https://acme.headshed.com`
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The account's name: `acme` means `https://acme.headshed.com`
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// The assignment whose customers to browse
    #[arg(long, value_name = "N")]
    pub assignment: Option<String>,
    /// The data owner whose customers to browse, together with --crm-type
    #[arg(long, value_name = "N")]
    pub data_owner: Option<String>,
    /// Which customers of the data owner
    #[arg(long, value_name = "TYPE", ignore_case = true)]
    pub crm_type: Option<CrmType>,
    /// A CustomerCustomFields file with the labels of the custom fields
    #[arg(long, value_name = "FILE")]
    pub custom_fields: Option<PathBuf>,
    /// The colours to start with; the key t changes them
    #[arg(long, value_name = "NAME", value_enum, default_value_t)]
    pub theme: Theme,
    /// The id of a customer whose card to open at once
    #[arg(value_name = "CUSTOMER_ID")]
    pub customer: Option<String>,
}

/// The themes there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// The terminal's own colours
    #[default]
    Terminal,
    /// For a dark background
    Dark,
    /// For a light background
    Light,
    /// As much contrast as there is
    HighContrast,
}

/// The kinds of customers that a data owner has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CrmType {
    /// Consumers
    #[value(name = "B2C")]
    B2c,
    /// Businesses
    #[value(name = "B2B")]
    B2b,
}

/// Something else than to browse.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the demo town as a Cube of its own, on this computer, until Ctrl-C
    Serve(Serve),
}

/// How to serve the demo town.
#[derive(Debug, Args)]
pub struct Serve {
    /// The port on 127.0.0.1; a free one where none is given
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// How many customers the town has
    #[arg(long, value_name = "N", default_value_t = 12_340, value_parser = clap::value_parser!(u64).range(0..=20_000_000))]
    pub customers: u64,
    /// How many customers a page has
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub page_size: u32,
    /// How long each answer is held back, in milliseconds
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60_000))]
    pub latency_ms: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_made() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_flag_takes_a_secret() {
        let names: Vec<String> = Cli::command().get_arguments().map(|arg| arg.get_id().to_string()).collect();
        assert!(!names.is_empty());
        assert!(names.iter().all(|name| !name.contains("token") && !name.contains("password")));
    }
}
