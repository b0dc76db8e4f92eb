//! `cubedex` without a command: what to browse, and how.

use super::{Account, Writing};
use clap::{Args, ValueEnum};

/// What to browse.
#[derive(Clone, Default, Args)]
pub struct Browse {
    /// Whose customers.
    #[command(flatten)]
    pub account: Account,
    /// Whether customers may be changed.
    #[command(flatten)]
    pub writing: Writing,
    /// The colours: auto (by the terminal's background), terminal (its own), dark, light or high-contrast
    #[arg(long, value_name = "NAME", hide_possible_values = true)]
    pub theme: Option<Theme>,
    /// The id of a customer to start with
    #[arg(value_name = "CUSTOMER_ID")]
    pub customer: Option<String>,
}

/// The sets of colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Dark or light, as the terminal says that its background is; else the terminal's own.
    #[default]
    Auto,
    /// The terminal's own colours.
    Terminal,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// As much contrast as there is.
    HighContrast,
}
