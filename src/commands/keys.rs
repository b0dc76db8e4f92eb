//! The keys that the browser has: the delivered ones, with the person's own where there is a file of them, and those of
//! their commands.

use super::Failure;
use crate::config::{self, BadSetting, Folders, OwnCommand};
use crate::keys::Keymap;
use crate::text;
use anyhow::Context;

/// The keys, and what is to be warned of.
///
/// # Errors
/// The person's own file can't be read, or not be used, or a command can't have its key.
pub fn keymap(
    folders: &Folders,
    keys: config::Keys,
    commands: &[OwnCommand],
) -> Result<(Keymap, Vec<String>), Failure> {
    let (keymap, warnings) = without_commands(folders, keys)?;
    let rows = commands.iter().map(|command| (command.key.as_deref(), command.words.as_str()));
    let keymap = keymap.with_commands(rows).map_err(|bad| {
        let place = commands.get(bad.command).map(|command| {
            format!("{}, line {}, column {}: ", command.file, command.at.line, command.at.column)
        });
        BadSetting::Keys(format!("{}{bad}", place.unwrap_or_default()))
    })?;
    Ok((keymap, warnings))
}

fn without_commands(folders: &Folders, keys: config::Keys) -> Result<(Keymap, Vec<String>), Failure> {
    let delivered = match keys {
        config::Keys::Typing => Keymap::delivered().context("reading the keys")?,
        config::Keys::Vi => Keymap::vi().context("reading the keys")?,
    };
    let Some(path) = folders.keys().filter(|path| path.symlink_metadata().is_ok()) else {
        return Ok((delivered, Vec::new()));
    };
    let wrong = |why: &dyn std::fmt::Display| BadSetting::Keys(format!("{}: {why}", text::path(&path)));
    let toml = config::read_text(&path).map_err(|why| wrong(&why))?;
    Ok(delivered.with(&toml).map_err(|bad| wrong(&bad))?)
}
