//! Which of the accounts that are set up.

use clap::Args;
use std::path::PathBuf;

/// The configuration file, and a profile in it.
#[derive(Clone, Default, Args)]
pub struct Setup {
    /// A profile of the configuration file; cubedex profiles lists them
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Another configuration file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}
