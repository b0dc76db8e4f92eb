//! `cubedex config`: the settings that are in force, and where each comes from. Nothing is asked.

use super::Failure;
use super::output::print;
use crate::cli::Config;
use crate::config::{Folders, SettingSource, Settings};

/// Shows them. The exit status.
pub(super) fn run(args: &Config) -> Result<u8, Failure> {
    let folders = Folders::of_this_person();
    let variable = |name: &str| std::env::var_os(name);
    let settings = Settings::of(&args.account, &folders, variable)?.allowing(args.writing)?;
    let sources = settings.sources((&args.account, args.writing), &folders, variable)?;
    let width = sources.iter().map(|one| one.value.chars().count()).max().unwrap_or_default();
    let line = |one: &SettingSource| format!("{:<14}{:<width$}  {}\n", one.name, one.value, one.from);
    print(&sources.iter().map(line).collect::<String>())
}
