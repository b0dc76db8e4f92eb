//! The kinds of file, and how each is named.

use super::NotWritten;
use super::excel::MOST_ROWS;
use std::ffi::OsStr;
use std::path::Path;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180: commas, quotes where they are needed, `\r\n`, a header row.
    Csv,
    /// A JSON object a line, as Cube sent it.
    JsonLines,
    /// A workbook of one sheet, whose cells are all text.
    Excel,
}

impl Format {
    /// Whether a file of this kind holds so many customers.
    ///
    /// # Errors
    /// [`NotWritten::TooManyRows`] when it does not.
    pub fn takes(self, customers: u64) -> Result<(), NotWritten> {
        match self {
            Self::Excel if customers > u64::from(MOST_ROWS) => Err(NotWritten::TooManyRows),
            Self::Csv | Self::JsonLines | Self::Excel => Ok(()),
        }
    }

    /// The format that a file's ending names. `None` for an ending that no format has.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension().and_then(OsStr::to_str)?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "xlsx" => Some(Self::Excel),
            _ => None,
        }
    }
}
