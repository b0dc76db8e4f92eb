//! `cubedex get`.

use super::Account;
use clap::{Args, ValueEnum};

const AFTER: &str = "\
Control characters, which drive a terminal, are written as they are into a file alone. In a pipe, CSV and tables \
show them as signs (␛, <9B>, <RLO>) unless --plain says otherwise; JSON escapes them (\\u001b), which changes no value.

Examples:
  cubedex get 9120011888
      Show a customer: a table on a terminal, else their record as Cube sent it.
  cubedex get 9120011888 --format json | jq .crm__standard_info__name
      Hand one value to another program.
  cubedex get 9120011888 9120011999 --format csv > two.csv
      Several customers as a table for a spreadsheet.

A customer whom the list does not have is asked of the profile's other lists too; standard error says who has them.

Exit codes:
  0      All of them were found
  1      Cube could not be asked; standard error says why
  2      Wrong use, or a setting missing or wrong
  3      At least one of them is not there; the others are shown
  128+n  Ended by signal n";

/// Which customers.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Get {
    /// The ids of the customers
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// How: table, json, jsonl or csv; a table on a terminal and json elsewhere, unless said
    #[arg(long, value_name = "FORMAT", ignore_case = true, hide_possible_values = true)]
    pub format: Option<Shown>,
    /// csv with each value as it is, for programs: a spreadsheet may run it, and a terminal obey it
    #[arg(long)]
    pub plain: bool,
    /// json and jsonl with null in place of NaN and Infinity, which JSON does not have
    #[arg(long)]
    pub strict_json: bool,
    /// Whose customers.
    #[command(flatten)]
    pub account: Account,
}

/// How records are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// For people.
    Table,
    /// One JSON value: the object that one customer is, or the list that several are.
    Json,
    /// An object a line.
    Jsonl,
    /// RFC 4180, safe to be opened in a spreadsheet.
    Csv,
}
