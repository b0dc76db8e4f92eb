//! How it stands with the folders: whether they are there, and whether they are what they should be.

use super::{Line, Surroundings};
use crate::text::{self, Place};
use std::fs;
use std::path::{Path, PathBuf};

pub(super) fn lines(around: &Surroundings) -> Vec<Line> {
    let folders = [("settings", &around.folders.config), ("log", &around.folders.state)];
    let of = |(what, folder): (&'static str, &Option<PathBuf>)| match folder {
        Some(folder) => line(what, folder),
        None => Line::to_do(what, "there is no folder for it; set HOME to your home folder"),
    };
    folders.into_iter().map(of).collect()
}

fn line(what: &'static str, folder: &Path) -> Line {
    let shown = text::path(folder).to_string();
    match fs::metadata(folder) {
        Err(_) => Line::ok(what, format!("{shown} is not there yet; nothing is needed in it")),
        Ok(there) if !there.is_dir() => Line::to_do(what, format!("{shown} is no folder; move it away")),
        Ok(_) => match fs::read_dir(folder) {
            Ok(entries) => Line::ok(what, format!("{shown} ({})", names(entries))),
            Err(_) => {
                Line::to_do(what, format!("{shown} can't be read; give yourself leave with chmod u+rwx"))
            }
        },
    }
}

/// The names of cubedex's own files; any other says too much.
fn names(entries: fs::ReadDir) -> String {
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let is_own = |name: &String| {
        matches!(name.as_str(), "config.toml" | "keys.toml" | "cubedex.log")
            || name.starts_with("CustomerCustomFields.")
    };
    let mut own: Vec<String> =
        names.filter(is_own).map(|name| text::clean_str(&name, Place::Message).to_string()).collect();
    own.sort();
    if own.is_empty() { "nothing of cubedex in it".to_owned() } else { own.join(", ") }
}
