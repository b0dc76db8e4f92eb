//! The kinds of file, and how each is named.

use super::NotWritten;
use super::excel::MOST_ROWS;
use crate::language::tr;
use crate::text::{self, SafeText};
use std::path::Path;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180: commas, quotes where they are needed, `\r\n`, a header row.
    Csv,
    /// A JSON object a line, as Cube sent it.
    JsonLines,
    /// A workbook of one sheet.
    Excel,
}

/// A name whose ending names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownEnding {
    /// It has none.
    #[error("{}", tr!("{name} has no ending that names a format; take .csv, .jsonl or .xlsx, or say which with --format", name = _0))]
    None(SafeText<'static>),
    /// No format has it.
    #[error("{}", tr!("no format has the ending .{ending}; take .csv, .jsonl or .xlsx, or say which with --format", ending = _0))]
    Unknown(SafeText<'static>),
}

impl Format {
    /// Whether a file of this kind holds this many customers.
    ///
    /// # Errors
    /// [`NotWritten::TooManyRows`] when it does not.
    pub fn takes(self, customers: u64) -> Result<(), NotWritten> {
        match self {
            Self::Excel if customers > u64::from(MOST_ROWS) => Err(NotWritten::TooManyRows),
            Self::Csv | Self::JsonLines | Self::Excel => Ok(()),
        }
    }

    /// The format that a file's ending names.
    ///
    /// # Errors
    /// [`UnknownEnding`] for a name without an ending, and for an ending that no format has.
    pub fn of_path(path: &Path) -> Result<Self, UnknownEnding> {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "xlsx" => Ok(Self::Excel),
            "" => Err(UnknownEnding::None(text::typed(&path.to_string_lossy()))),
            _ => Err(UnknownEnding::Unknown(text::typed(&ending))),
        }
    }
}
