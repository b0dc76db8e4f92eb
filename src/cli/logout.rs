//! `cubedex logout`.

use super::Setup;
use clap::Args;

/// Whose secret to remove.
#[derive(Args)]
pub struct Logout {
    /// Which profile.
    #[command(flatten)]
    pub setup: Setup,
}
