//! Whether customers may be changed in Cube: the options of the browser and of every command that writes.

use clap::Args;

/// Whether this run may change customers.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct Writing {
    /// Allow changing customers in Cube for this run
    #[arg(long)]
    pub writes: bool,
    /// With --demo: take no changes, as an account that cannot be written yet
    #[arg(long)]
    pub read_only: bool,
}
