//! `cubedex config`.

use super::{Account, Writing};
use clap::Args;

const AFTER: &str = "\
What is typed goes before the environment, that before your config.toml, and that before the administrator's file \
(Linux: /etc/xdg/cubedex/config.toml, macOS: /Library/Application Support/cubedex/config.toml), unless it has locked \
the setting. No secret is shown.

Exit codes: 0 done, 2 wrong use or settings.";

/// Whose settings are shown.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Config {
    /// Whether customers may be changed.
    #[command(flatten)]
    pub writing: Writing,
    /// Whose settings.
    #[command(flatten)]
    pub account: Account,
}
