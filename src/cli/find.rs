//! `cubedex find`.

use super::number::whole;
use super::{Account, Shown};
use clap::Args;

const AFTER: &str = "\
The text is read as the browser's search line is: words in any order, \"phrases\", -without (behind --), numbers in \
any spelling, name: phone: email: id: and the labels of custom fields. Filters are about whole values: city:=Askim,Oslo \
(one of these), -city:=Oslo (all others), turnover:>100, turnover:100..200, founded:1990..1999, email:empty, phone:any.

Control characters, which drive a terminal, are written as they are into a file alone. In a pipe, CSV and tables \
show them as signs (␛, <9B>, <RLO>) unless --plain says otherwise; JSON escapes them (\\u001b), which changes no value.

Examples:
  cubedex find harklip
      Case and accents do not matter.
  cubedex find --phone '+47 909 09 090' --format jsonl
      Who is calling? A phone number in any spelling.
  cubedex find 'city:askim' produksjon --limit 10
      Words and fields together; the ten best.
  cubedex find 'city:=Askim,Oslo' 'turnover:>100'
      Filters: the whole city is one of these, and the number is greater.
  cubedex find jakobsen --alike
      Jacobsen and Jakobssen too, below every Jakobsen.
  cubedex find --name kari -- -nord
      What begins with a dash comes behind two.

Exit codes:
  0      Somebody was found
  1      Not all customers could be read; standard error says how far the search went
  2      Wrong use, or a setting missing or wrong
  3      All customers were searched, and none was found
  128+n  Ended by signal n";

/// Whom to find.
#[derive(Args)]
#[command(after_help = AFTER)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Find {
    /// What to look for, as in the browser's search line
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// A phone number, or a part of one, in any spelling
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub phone: Option<String>,
    /// An e-mail address, or a part of one
    #[arg(long, value_name = "TEXT")]
    pub email: Option<String>,
    /// Words of a name, in any order
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// What the filter of this view finds, in its order and its columns, as it was saved in the browser
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Show those with names spelled or heard alike too, below the others
    #[arg(long)]
    pub alike: bool,
    /// Look in all lists of the profile, not in the first one alone
    #[arg(long)]
    pub all_lists: bool,
    /// Look for words in all fields, not the standard ones alone
    #[arg(long)]
    pub all_fields: bool,
    /// Show at most this many, the best first
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole(1..=u32::MAX))]
    pub limit: Option<u32>,
    /// How: table, json, jsonl or csv; a table on a terminal and jsonl elsewhere, unless said
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
