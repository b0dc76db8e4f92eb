//! `cubedex doctor`.

use super::Account;
use clap::Args;

const AFTER: &str = "\
Each line says that something is well, or what to do about it. Nothing of a customer's is in it, and no secret: it \
is made to be pasted into a ticket.

Exit codes:
  0      All is well
  1      Something is not
  2      Wrong use
  128+n  Ended by signal n";

/// Whose account is looked at.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Doctor {
    /// One JSON object in place of the lines, for a help desk's tool
    #[arg(long)]
    pub json: bool,
    /// Whose account.
    #[command(flatten)]
    pub account: Account,
}
