//! Customers as what another program reads: CSV, JSON Lines or an Excel workbook, record by record into any `Write`.
//! It asks no one, opens no file of its own, and holds one record at a time.
//!
//! ```text
//! records ─▶ columns ─▶ values as text ─▶ protect ─▶ csv ────────┐
//!                              └────────────────────▶ excel ─────┤
//!    └──────── members as sent ──────────────────────▶ jsonl ────┴─▶ Write
//! ```

mod columns;
mod csv;
mod excel;
mod format;
mod jsonl;
mod protect;
mod row;

#[cfg(test)]
mod tests;

pub use columns::{BadColumns, Choice, Column, Columns, Headers};
pub use format::{Format, UnknownEnding};
pub use protect::{protect, unprotect};

use crate::cube::Record;
use crate::text::grouped;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// More keys without a column than this are not named one by one.
const MOST_NAMED: usize = 100;

/// Why an export cannot go on. It names fields, never a value.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The system does not take it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A sheet has no further row.
    #[error("an Excel sheet holds {} customers and there are more; choose --format csv", grouped(excel::MOST_ROWS.into()))]
    TooManyRows,
    /// A sheet has no such column.
    #[error("an Excel sheet holds {most} columns and there are more; choose some with --columns")]
    TooManyColumns {
        /// How many it holds.
        most: u16,
    },
    /// A cell does not hold the whole value.
    #[error("a value of {key} is longer than an Excel cell can be; choose --format csv")]
    TooLong {
        /// The field's key.
        key: crate::text::SafeText<'static>,
    },
    /// The workbook refuses otherwise.
    #[error("the Excel workbook would be too large; choose --format csv")]
    Workbook(#[source] zip::result::ZipError),
}

/// How an export is to look.
#[derive(Debug)]
pub struct Shape {
    /// Which kind of file.
    pub format: Format,
    /// The fields of every customer, and the header of each.
    pub columns: Columns,
    /// Whether CSV holds each value as it is, for programs, instead of as a spreadsheet can open it safely.
    pub plain: bool,
    /// Whether JSON Lines have `null` in place of `NaN` and `Infinity`, which JSON does not have.
    pub strict_json: bool,
}

/// An export under way.
pub struct Export<W: Write + Send> {
    columns: Columns,
    to: To<W>,
    written: u64,
    without_column: BTreeSet<String>,
}

enum To<W: Write + Send> {
    Csv(Box<csv::Csv<W>>),
    JsonLines(jsonl::JsonLines<W>),
    Excel(Box<excel::Excel<W>>),
}

/// An export that is whole.
#[derive(Debug)]
pub struct Finished<W> {
    /// What it was written into, flushed.
    pub out: W,
    /// How many customers were written.
    pub written: u64,
    /// The keys that had values but no column, though all fields were wanted; at most a hundred.
    pub without_column: Vec<String>,
}

impl<W: Write + Send> Export<W> {
    /// Begins an export, with a header row where the format has one.
    ///
    /// # Errors
    /// See [`NotWritten`].
    pub fn begin(shape: Shape, out: W) -> Result<Self, NotWritten> {
        let Shape { format, columns, plain, strict_json } = shape;
        let to = match format {
            Format::Csv => To::Csv(Box::new(csv::Csv::begin(&columns, plain, out)?)),
            Format::JsonLines => To::JsonLines(jsonl::JsonLines::new(strict_json, out)),
            Format::Excel => To::Excel(Box::new(excel::Excel::begin(&columns, out)?)),
        };
        Ok(Self { columns, to, written: 0, without_column: BTreeSet::new() })
    }

    /// Writes one customer.
    ///
    /// # Errors
    /// See [`NotWritten`].
    pub fn write(&mut self, record: &Record<'_>) -> Result<(), NotWritten> {
        match &mut self.to {
            To::JsonLines(lines) => lines.write(record, &self.columns)?,
            To::Csv(csv) => csv.write(&row::read(record, &self.columns, &mut self.without_column))?,
            To::Excel(excel) => {
                let row = row::read(record, &self.columns, &mut self.without_column);
                excel.write(&row, &self.columns)?;
            }
        }
        self.written += 1;
        Ok(())
    }

    /// How many customers were written so far.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Writes what is still held back, and gives back what was written into.
    ///
    /// # Errors
    /// See [`NotWritten`].
    pub fn finish(self) -> Result<Finished<W>, NotWritten> {
        let out = match self.to {
            To::Csv(csv) => csv.finish()?,
            To::JsonLines(lines) => lines.finish()?,
            To::Excel(excel) => excel.finish()?,
        };
        let without_column = self.without_column.into_iter().collect();
        Ok(Finished { out, written: self.written, without_column })
    }
}

impl<W: Write + Send> std::fmt::Debug for Export<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export").field("written", &self.written).finish_non_exhaustive()
    }
}
