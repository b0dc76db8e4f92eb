//! Where the labels in use come from, in words for a notice. Which source is used is decided in `session`.

use crate::text;
use std::fmt;
use std::path::PathBuf;

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
            Self::Named(path) | Self::Folder(path) => write!(f, "labels from {}", text::file_name(path)),
            Self::Cube => f.write_str("labels from Cube"),
            Self::Demo => f.write_str("labels of the demo town"),
            Self::Ids => f.write_str("no labels: ids are shown as they are"),
        }
    }
}
