//! `cubedex fields`.

use super::{Account, Shown};
use clap::{Args, Subcommand};
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  cubedex fields
      List the custom fields: id, label, kind, longest value.
  cubedex fields pull
      Keep Cube's labels as the account's mapping file, to change them.
  cubedex fields check
      Read all customers, and name the problems between them and the mapping.

Exit codes:
  0      All went well; check found no problem
  1      Something failed, as standard error says, or check found a problem
  2      Wrong use, or a setting missing or wrong
  128+n  Ended by signal n";

/// What about the custom fields.
#[derive(Args)]
#[command(after_help = AFTER, args_conflicts_with_subcommands = true)]
pub struct Fields {
    /// What to do; `None` means to list them.
    #[command(subcommand)]
    pub command: Option<FieldsCommand>,
    /// How they are listed.
    #[command(flatten)]
    pub list: FieldsList,
}

/// What to do with the custom fields.
#[derive(Subcommand)]
pub enum FieldsCommand {
    /// List the custom fields: id, label, kind, longest value
    List(FieldsList),
    /// Save Cube's labels as a mapping file
    Pull(FieldsPull),
    /// Compare the mapping with all customers: fields without a label, unused, alike or too long
    Check(FieldsCheck),
}

/// How the fields are listed.
#[derive(Args)]
pub struct FieldsList {
    /// How: table, json, jsonl or csv; a table on a terminal and csv elsewhere, unless said
    #[arg(long, value_name = "FORMAT", ignore_case = true, hide_possible_values = true)]
    pub format: Option<Shown>,
    /// Whose fields.
    #[command(flatten)]
    pub account: Account,
}

/// Where the labels are saved.
#[derive(Args)]
pub struct FieldsPull {
    /// The file to make; the account's own in the configuration folder unless said, and - for standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Take the place of a file that is there already
    #[arg(long)]
    pub force: bool,
    /// Whose fields.
    #[command(flatten)]
    pub account: Account,
}

/// Which mapping is checked.
#[derive(Args)]
pub struct FieldsCheck {
    /// Whose fields.
    #[command(flatten)]
    pub account: Account,
}
