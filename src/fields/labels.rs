//! Labels as they were found: the mapping, where it comes from, and what was wrong with it or with a better source.

use super::file::{self, BadFile};
use super::{BadEntry, FieldMap, NotAMapping, Source};
use crate::cube::Error;
use crate::language::tr;
use crate::text;
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
    #[error("{}", tr!("the labels from Cube can't be used: {words}", words = _0))]
    Cube(NotAMapping),
    /// Cube did not answer with labels.
    #[error("{}", .0.to_message())]
    NoAnswer(Error),
}

impl Labels {
    /// Reads the mapping file that `source` names.
    ///
    /// # Errors
    /// The file is no mapping, or one without a label.
    pub fn of_file(path: &Path, source: Source) -> Result<Self, BadSource> {
        let (fields, left_out) = file::read(path).map_err(BadSource::File)?;
        Ok(Self { fields, source, unusable: Vec::new(), left_out })
    }

    /// Reads what Cube's labels route answered. An answer that is no mapping gives no labels and is named. An empty
    /// list is one: the account has no custom fields.
    #[must_use]
    pub fn of_cube(json: &str) -> Self {
        let (fields, left_out) = match FieldMap::read(json) {
            Ok(read) => read,
            Err(NotAMapping::EmptyList) => Default::default(),
            Err(broken) => return Self { unusable: vec![BadSource::Cube(broken)], ..Self::default() },
        };
        Self { fields, source: Source::Cube, unusable: Vec::new(), left_out }
    }

    /// Goes on to `next`, which was tried after these. The labels of a file are added to those of `next`; without any
    /// here, `next` counts alone. What was wrong with these is kept.
    #[must_use]
    pub fn or(self, next: Self) -> Self {
        let Some(file) = self.source.file() else {
            let unusable = self.unusable.into_iter().chain(next.unusable).collect();
            return Self { unusable, ..next };
        };
        let (source, fields) = if next.fields.is_empty() {
            (self.source.clone(), self.fields)
        } else {
            (next.source.with(file), self.fields.over(&next.fields))
        };
        // Where a file has labels, it is well that Cube has none for us.
        let others = next.unusable.into_iter().filter(|bad| !bad.is_refusal());
        Self {
            fields,
            source,
            unusable: self.unusable.into_iter().chain(others).collect(),
            left_out: self.left_out.into_iter().chain(next.left_out).collect(),
        }
    }

    /// All that is wrong, a short sentence each: a file goes by its name alone.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let unusable = self.unusable.iter().map(BadSource::in_short);
        unusable.chain(self.left_out.iter().map(ToString::to_string)).collect()
    }
}

impl From<Error> for Labels {
    /// No labels, and why Cube has not sent any.
    fn from(error: Error) -> Self {
        Self { unusable: vec![BadSource::NoAnswer(error)], ..Self::default() }
    }
}

impl BadSource {
    /// Whether it is as it is meant to be: Cube has no labels for us (404), or does not show them to us (403).
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::NoAnswer(error) if matches!(error.status(), Some(403 | 404)))
    }

    fn in_short(&self) -> String {
        match self {
            Self::File(bad) => {
                format!("{}: {}", text::file_name(&bad.path), bad.why)
            }
            Self::Cube(broken) => broken.to_string(),
            Self::NoAnswer(error) => error.in_short(),
        }
    }
}
