//! Which account and which of its lists: the options that every command takes which asks Cube.

use super::Setup;
use super::number::id;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Whose customers.
#[derive(Clone, Default, Args)]
pub struct Account {
    /// Which of the accounts that are set up.
    #[command(flatten)]
    pub setup: Setup,
    /// An invented town instead of an account
    #[arg(long)]
    pub demo: bool,
    /// Which account, and which of its lists.
    #[command(flatten)]
    pub customers: Customers,
    /// A CustomerCustomFields file (JSON) that says what the custom fields are called
    #[arg(long, value_name = "FILE")]
    pub custom_fields: Option<PathBuf>,
}

/// An account, and one of its lists.
#[derive(Clone, Default, Args)]
pub struct Customers {
    /// The account's name, such as acme for acme.headshed.com
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// The account's address, where it has one of its own
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The assignment whose customers are meant
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = id)]
    pub assignment: Option<u64>,
    /// The data owner whose customers are meant; needs --crm-type
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = id)]
    pub data_owner: Option<u64>,
    /// Which customers of the data owner: B2C (consumers) or B2B (businesses)
    #[arg(long, value_name = "TYPE", ignore_case = true, hide_possible_values = true)]
    pub crm_type: Option<CrmType>,
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
