//! `cubedex export`.

use super::Account;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;

const AFTER: &str = "\
CSV is made for spreadsheets: a value that would run as a formula, or lose its plus or its zeros in front, begins \
with an apostrophe; --plain leaves it out, for programs. Where lists are divided by semicolons, as in Norway, Excel \
opens CSV with --separator ';' --bom. JSON Lines hold the records as Cube sent them. In an Excel workbook a number or a \
day is one where the labels say that the field holds them and nothing of it changes; all else is text, and so is \
everything with --text. A value longer than a cell can be (32,767 characters) is cut, and said.

Control characters, which drive a terminal, are written as they are into a file alone. In a pipe, CSV and tables \
show them as signs (␛, <9B>, <RLO>) unless --plain says otherwise; JSON escapes them (\\u001b), which changes no value.

Examples:
  cubedex export --output customers.xlsx
      All customers with all fields; the ending says the format.
  cubedex export --columns id,name,\"Phone 1\",City | head
      Some columns, by name, label, key or id. all and standard stand for many at once.
  cubedex export --search 'city:=Askim,Oslo -email:empty' --output askim.xlsx
      Those with these cities and an e-mail address.
  cubedex export --format jsonl | jq -r .crm__standard_info__email
      Every record, one a line.

Exit codes:
  0      All customers were written, or the reader had enough
  1      They were not: no file is left, and standard error says why
  2      Wrong use, or a setting missing or wrong
  128+n  Ended by signal n; no file is left";

/// What to write, and where.
#[derive(Args)]
#[command(after_help = AFTER)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Export {
    /// csv, jsonl (JSON Lines) or xlsx (Excel); what the file's ending says, and csv without a file
    #[arg(long, value_name = "FORMAT", ignore_case = true, hide_possible_values = true)]
    pub format: Option<Written>,
    /// The file to make, readable by you alone; standard output without it
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Take the place of a file that is there already
    #[arg(long)]
    pub force: bool,
    /// The columns, separated by commas: standard names, labels, keys or ids; all of them unless said
    #[arg(long, value_name = "LIST")]
    pub columns: Option<String>,
    /// Only the customers that this search finds, in the words of the browser's search line: city:=Askim
    #[arg(long, value_name = "LINE", allow_hyphen_values = true)]
    pub search: Option<String>,
    /// The columns, the order and the filter of this view, as it was saved in the browser
    #[arg(long, value_name = "NAME", conflicts_with = "search")]
    pub view: Option<String>,
    /// Search for words in all fields, not the standard ones alone
    #[arg(long, requires = "search")]
    pub all_fields: bool,
    /// What the header row says: labels or keys
    #[arg(long, value_name = "WHAT", ignore_case = true, hide_possible_values = true)]
    pub headers: Option<Headers>,
    /// CSV with each value as it is, for programs: a spreadsheet may run it, and a terminal obey it
    #[arg(long)]
    pub plain: bool,
    /// What is between the values of CSV: ',' ';' or tab
    #[arg(long, value_name = "SIGN")]
    pub separator: Option<Separator>,
    /// CSV that begins with the mark by which Excel knows UTF-8
    #[arg(long)]
    pub bom: bool,
    /// A workbook whose cells are all text
    #[arg(long)]
    pub text: bool,
    /// JSON Lines with null in place of NaN and Infinity, which JSON does not have
    #[arg(long)]
    pub strict_json: bool,
    /// Whose customers.
    #[command(flatten)]
    pub account: Account,
}

/// What is between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separator(pub u8);

impl FromStr for Separator {
    type Err = &'static str;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        match typed {
            "," => Ok(Self(b',')),
            ";" => Ok(Self(b';')),
            "\t" | "\\t" | "tab" => Ok(Self(b'\t')),
            _ => Err("',' ';' or tab"),
        }
    }
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Written {
    /// RFC 4180.
    Csv,
    /// JSON Lines.
    #[value(alias = "ndjson")]
    Jsonl,
    /// An Excel workbook.
    #[value(alias = "excel")]
    Xlsx,
}

/// What the header row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Headers {
    /// What people call the fields.
    Labels,
    /// What Cube calls them.
    Keys,
}
