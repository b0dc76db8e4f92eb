//! Labels as they were found: the mapping, where it comes from, and what was wrong with it or with a better source.

use super::file::{self, BadFile};
use super::{BadEntry, BrokenSyntax, FieldMap, Source};
use crate::text::{self, Place};
use std::path::Path;

/// Labels and where they come from. The default has none.
#[derive(Debug, Default)]
pub struct Labels {
    /// The mapping.
    pub fields: FieldMap,
    /// Where it comes from.
    pub source: Source,
    /// The sources that were tried before it.
    pub unusable: Vec<BadSource>,
    /// The entries that were left out of the mapping.
    pub left_out: Vec<BadEntry>,
}

/// A source of labels that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadSource {
    /// A mapping file.
    #[error("{0}: {why}", why = .0.why)]
    File(BadFile),
    /// Cube's answer.
    #[error("the labels from Cube can't be used: {0}")]
    Cube(BrokenSyntax),
}

impl Labels {
    /// Reads the mapping file that `source` names.
    ///
    /// # Errors
    /// The file is no mapping.
    pub fn of_file(path: &Path, source: Source) -> Result<Self, BadSource> {
        let (fields, left_out) = file::read(path).map_err(BadSource::File)?;
        Ok(Self { fields, source, unusable: Vec::new(), left_out })
    }

    /// Reads what Cube's labels route answered. An answer that is no mapping gives no labels and is named.
    #[must_use]
    pub fn of_cube(json: &str) -> Self {
        match FieldMap::read(json) {
            Ok((fields, left_out)) => Self { fields, source: Source::Cube, unusable: Vec::new(), left_out },
            Err(broken) => Self { unusable: vec![BadSource::Cube(broken)], ..Self::default() },
        }
    }

    /// All that is wrong, a short sentence each: a file goes by its name alone.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let unusable = self.unusable.iter().map(BadSource::in_short);
        unusable.chain(self.left_out.iter().map(ToString::to_string)).collect()
    }
}

impl BadSource {
    fn in_short(&self) -> String {
        match self {
            Self::File(bad) => {
                let name = bad.path.file_name().unwrap_or_default().to_string_lossy();
                format!("{}: {}", text::clean_str(&name, Place::Message), bad.why)
            }
            Self::Cube(broken) => broken.to_string(),
        }
    }
}
