//! `cubedex apply`.

use super::{Account, Writing};
use clap::Args;
use std::path::PathBuf;

const AFTER: &str = "\
The file has a column of ids, one column for each field that is to change, and a heading above each, as cubedex \
export writes them: labels, keys or titles. Commas, semicolons or tabs divide the cells. Take out the columns that \
you do not mean to change. A file with a mistake in it is refused as a whole, each mistake with its line.

An empty cell leaves the field as it is; with --clear-empty it empties the field. One apostrophe at the beginning of a \
cell is dropped, as export puts one there; --plain takes each cell as it is.

Every customer is read first, and what would change is shown. With --yes each change is sent, one at a time, after the \
customer was read once more: where one of the fields was changed in Cube meanwhile, nothing is sent. A line with the id \
and the result is written as each one ends:
  saved            Cube has the values
  saved, but …     Cube took the named fields otherwise
  unchanged        Cube had the values already
  conflict         The customer was changed in Cube meanwhile
  refused: …       Cube does not take the values, or has no such customer
  unknown          No answer, and the customer could not be read again
All ends at the first 401, 403, 405 or 501, and when Cube cannot be reached. Ctrl+C ends it after the customer who is \
being sent.

Examples:
  cubedex apply changes.csv
      Show what would change, and send nothing.
  cubedex apply changes.csv --yes --results results.csv
      Send it, where writing is turned on.
  cubedex apply changes.csv --yes --resume results.csv --results results.csv
      Go on where it stopped, with everything that is neither saved nor unchanged.

Exit codes:
  0      All are saved or unchanged; without --yes, all could be
  1      Cube could not be asked, or the results not be written; standard error says why
  2      Wrong use, a mistake in the file, writing is off, or a setting is missing or wrong
  4      Some are not; the results say which
  128+n  Ended by signal n";

/// Whom to change, and how.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Apply {
    /// A CSV file with a column of ids and a column for each field; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Send the changes; without it they are shown and nothing is sent
    #[arg(long)]
    pub yes: bool,
    /// An empty cell empties the field
    #[arg(long)]
    pub clear_empty: bool,
    /// Take each cell as it is, as export --plain writes it
    #[arg(long)]
    pub plain: bool,
    /// The file to write the results into, readable by you alone; standard output without it
    #[arg(long, value_name = "FILE")]
    pub results: Option<PathBuf>,
    /// The results of an earlier run: whoever is saved or unchanged there is passed over
    #[arg(long, value_name = "FILE")]
    pub resume: Vec<PathBuf>,
    /// Whether customers may be changed.
    #[command(flatten)]
    pub writing: Writing,
    /// Whose customers.
    #[command(flatten)]
    pub account: Account,
}
