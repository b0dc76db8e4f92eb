//! `cubedex profiles`.

use clap::Args;
use std::path::PathBuf;

/// Which file's profiles to list.
#[derive(Args)]
pub struct Profiles {
    /// Another configuration file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}
