//! `cubedex login`.

use super::{Customers, Setup};
use clap::{Args, ValueEnum};

const AFTER: &str = "\
Examples:
  cubedex login
      Ask for everything, try it against Cube, and keep it.
  cubedex login --profile beta --account beta
      Set a second account up.
  cubedex login --account acme --assignment 9 --with-token < token
      Without a question, for scripts.

Exit codes: 0 done, 1 Cube said no or it could not be kept, 2 wrong use, 130 interrupted.";

/// What to set up; what is not said is asked for.
#[derive(Default, Args)]
#[command(after_help = AFTER)]
pub struct Login {
    /// Which profile is to be set up.
    #[command(flatten)]
    pub setup: Setup,
    /// Which account, and which of its lists.
    #[command(flatten)]
    pub customers: Customers,
    /// The e-mail address of a user who has a password instead of a token
    #[arg(long, value_name = "EMAIL")]
    pub user: Option<String>,
    /// Read the token (or with --user the password) from standard input, and ask nothing
    #[arg(long)]
    pub with_token: bool,
    /// Where to keep it: keyring (the system's), file (only yours to read), or nowhere (asked for each time)
    #[arg(long, value_name = "WHERE", hide_possible_values = true)]
    pub store: Option<Store>,
}

/// Where a secret can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Store {
    /// In the system's keyring.
    Keyring,
    /// In a file that its owner alone may read.
    File,
    /// Nowhere.
    Nowhere,
}
