//! Where the labels in use come from, in words for a notice. Which source is used is decided in `session`.

use crate::text::{self, Place};
use std::fmt;
use std::path::{Path, PathBuf};

/// Where the labels in use come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Source {
    /// The mapping file named on the command line.
    Named(PathBuf),
    /// The account's mapping file in the configuration folder.
    Folder(PathBuf),
    /// Cube's labels route.
    Cube,
    /// The mapping of the demo town.
    Demo,
    /// Nowhere: custom fields are shown by their keys.
    #[default]
    Ids,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(path) | Self::Folder(path) => write!(f, "labels from {}", file_name(path)),
            Self::Cube => f.write_str("labels from Cube"),
            Self::Demo => f.write_str("labels of the demo town"),
            Self::Ids => f.write_str("no labels: ids are shown as they are"),
        }
    }
}

/// The last part of a path, since a notice has no room for the rest.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    text::clean_str(&name.to_string_lossy(), Place::Message).to_string()
}
