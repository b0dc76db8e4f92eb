//! `cubedex set` and `cubedex create`.

use super::{Account, Writing};
use clap::Args;

const AFTER_SET: &str = "\
Examples:
  cubedex set 9120011888 'Phone 2=90978457'
      Change one field. What differs is shown before it is sent.
  cubedex set 9120011888 City=ASKIM 389=1832 --dry-run
      Print the request's body, and send nothing.
  cubedex set 9120011888 'E-mail='
      Empty a field.

Writing is off unless the profile says writes = true, or --writes is given. Cube is asked once: when no answer
comes, the customer is read again, and their values say what became of the change.

Exit codes:
  0      Saved, or there was nothing to change
  1      Cube could not be asked; standard error says why
  2      Wrong use, writing is off, or a setting is missing or wrong
  3      There is no such customer
  4      Not saved, or not all of it; standard error says what
  128+n  Ended by signal n";

const AFTER_CREATE: &str = "\
Examples:
  cubedex create 9120099999 'Name=Kari Nordmann' 'Phone 1=90978457'
      Add a customer under an id of your own.

Writing is off unless the profile says writes = true, or --writes is given.

Exit codes:
  0      Saved
  1      Cube could not be asked; standard error says why
  2      Wrong use, writing is off, or a setting is missing or wrong
  4      Not saved, or not all of it; standard error says what
  128+n  Ended by signal n";

/// Whom to change, and how.
#[derive(Args)]
#[command(after_help = AFTER_SET)]
pub struct Set {
    /// What is written.
    #[command(flatten)]
    pub values: Values,
}

/// Whom to add, and with what.
#[derive(Args)]
#[command(after_help = AFTER_CREATE)]
pub struct Create {
    /// What is written.
    #[command(flatten)]
    pub values: Values,
}

/// A customer and the values of some fields.
#[derive(Args)]
pub struct Values {
    /// The customer's id
    #[arg(value_name = "ID")]
    pub id: String,
    /// A field and its value; the field is a title, a label, a key, or a custom field's number
    #[arg(value_name = "FIELD=VALUE", required = true)]
    pub values: Vec<String>,
    /// Print the request's body, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Whether customers may be changed.
    #[command(flatten)]
    pub writing: Writing,
    /// Whose customers.
    #[command(flatten)]
    pub account: Account,
}
