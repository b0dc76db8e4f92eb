//! `cubedex status`.

use super::Account;
use clap::Args;

const AFTER: &str = "\
Exit codes: 0 Cube accepts the credential, 1 it does not or there is none, 2 wrong use or settings.";

/// What to tell of.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Status {
    /// Which account.
    #[command(flatten)]
    pub account: Account,
}
