//! Customers as what another program reads: CSV, JSON Lines or an Excel workbook, record by record into any `Write`.
//! It asks no one, opens no file of its own, and holds one record at a time.
//!
//! ```text
//! records ─▶ columns ─▶ values as text ─▶ protect ─▶ csv ────────┐
//!                              └────────────────────▶ excel ─────┤
//!    └──────── members as sent ──────────────────────▶ jsonl ────┴─▶ Write
//! ```

mod about;
mod columns;
mod csv;
mod excel;
mod format;
mod jsonl;
mod protect;
mod row;

#[cfg(test)]
mod tests;

pub use about::About;
pub use columns::{BadColumns, Choice, Column, Columns, Headers};
pub use csv::CsvStyle;
pub use format::{Format, UnknownEnding};
pub use protect::{protect, unprotect};

use crate::cube::Record;
use crate::language::tr;
use crate::text::grouped;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// More keys without a column than this are not named one by one.
const MOST_NAMED: usize = 100;

/// More values that were cut than this are not named one by one.
const MOST_CUT_NAMED: usize = 20;

/// Why an export cannot go on. It names fields, never a value.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The system does not take it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A sheet has no further row.
    #[error("{}", tr!("an Excel sheet holds {most} customers and there are more; choose --format csv", most = grouped(excel::MOST_ROWS.into())))]
    TooManyRows,
    /// A sheet has no such column.
    #[error("{}", tr!("an Excel sheet holds {most} columns and there are more; choose some with --columns", most))]
    TooManyColumns {
        /// How many it holds.
        most: u16,
    },
    /// The workbook refuses otherwise.
    #[error("{}", tr!("the Excel workbook would be too large; choose --format csv"))]
    Workbook(#[source] zip::result::ZipError),
}

/// How an export is to look.
#[derive(Debug)]
pub struct Shape {
    /// Which kind of file.
    pub format: Format,
    /// The fields of every customer, and the header of each.
    pub columns: Columns,
    /// How CSV is written.
    pub csv: CsvStyle,
    /// Whether all cells of a workbook are text, numbers and days too.
    pub all_text: bool,
    /// Which customers they are, for the workbook.
    pub about: About,
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
    /// The values that no cell of a workbook holds, of which only the beginning was written.
    pub cut: CutValues,
}

/// Values of which only the beginning was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CutValues {
    /// The first of them, at most twenty: the customer's id and the field's header, both as they were sent.
    pub first: Vec<(String, String)>,
    /// How many there are.
    pub count: u64,
}

impl CutValues {
    fn add(&mut self, id: &str, header: &str) {
        self.count += 1;
        if self.first.len() < MOST_CUT_NAMED {
            self.first.push((id.to_owned(), header.to_owned()));
        }
    }
}

impl<W: Write + Send> Export<W> {
    /// Begins an export, with a header row where the format has one.
    ///
    /// # Errors
    /// See [`NotWritten`].
    pub fn begin(shape: Shape, out: W) -> Result<Self, NotWritten> {
        let Shape { format, columns, csv, all_text, about, strict_json } = shape;
        let to = match format {
            Format::Csv => To::Csv(Box::new(csv::Csv::begin(&columns, csv, out)?)),
            Format::JsonLines => To::JsonLines(jsonl::JsonLines::new(strict_json, out)),
            Format::Excel => To::Excel(Box::new(excel::Excel::begin(&columns, (all_text, about), out)?)),
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
                excel.write(record.standard().id.as_raw(), &row, &self.columns)?;
            }
        }
        self.written += 1;
        Ok(())
    }

    /// Says how many customers the list has, of whom those that are written are some.
    pub fn are_of(&mut self, all: Option<u64>) {
        if let To::Excel(excel) = &mut self.to {
            excel.about.of = all;
        }
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
        let (out, cut) = match self.to {
            To::Csv(csv) => (csv.finish()?, CutValues::default()),
            To::JsonLines(lines) => (lines.finish()?, CutValues::default()),
            To::Excel(excel) => excel.finish(&self.columns)?,
        };
        let without_column = self.without_column.into_iter().collect();
        Ok(Finished { out, written: self.written, without_column, cut })
    }
}

impl<W: Write + Send> std::fmt::Debug for Export<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export").field("written", &self.written).finish_non_exhaustive()
    }
}
