//! Where the labels in use come from, in words for a notice. Which source is used is decided in `session`.

use crate::language::tr;
use crate::text;
use std::fmt;
use std::path::{Path, PathBuf};

/// Where the labels in use come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Source {
    /// The mapping file named on the command line.
    Named(PathBuf),
    /// The account's mapping file in the configuration folder.
    Folder(PathBuf),
    /// A mapping file, which is added to what comes from there.
    Added {
        /// The file.
        file: PathBuf,
        /// What it is added to.
        to: Box<Self>,
    },
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
            Self::Named(path) | Self::Folder(path) => {
                f.write_str(&tr!("labels from {file}", file = text::file_name(path)))
            }
            Self::Added { file, to } => {
                f.write_str(&tr!("labels from {file}, then {more}", file = text::file_name(file), more = to))
            }
            Self::Cube => f.write_str(&tr!("labels from Cube")),
            Self::Demo => f.write_str(&tr!("labels of the demo town")),
            Self::Ids => f.write_str(&tr!("no labels: ids are shown as they are")),
        }
    }
}

impl Source {
    /// Whether Cube is to be asked for labels: there are none yet, or a file that is added to Cube's.
    #[must_use]
    pub const fn wants_cube(&self) -> bool {
        matches!(self, Self::Ids | Self::Named(_) | Self::Folder(_))
    }

    /// The mapping file. `None` without one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Named(file) | Self::Folder(file) | Self::Added { file, .. } => Some(file),
            Self::Cube | Self::Demo | Self::Ids => None,
        }
    }

    /// What a mapping file makes of this: it is added.
    #[must_use]
    pub fn with(self, file: &Path) -> Self {
        match self {
            Self::Added { to, .. } => Self::Added { file: file.to_owned(), to },
            Self::Cube | Self::Demo => Self::Added { file: file.to_owned(), to: Box::new(self) },
            Self::Named(_) | Self::Folder(_) | Self::Ids => Self::Named(file.to_owned()),
        }
    }

    /// Where one field's label comes from, in a word or two.
    #[must_use]
    pub fn of_field(&self, is_added: bool) -> String {
        match self {
            Self::Added { file, .. } if is_added => text::file_name(file).to_string(),
            Self::Added { to, .. } => to.of_field(false),
            Self::Named(file) | Self::Folder(file) => text::file_name(file).to_string(),
            Self::Cube => "Cube".to_owned(),
            Self::Demo => "demo".to_owned(),
            Self::Ids => String::new(),
        }
    }
}
