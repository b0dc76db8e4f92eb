//! An Excel workbook of one sheet, whose cells are all text: a phone number keeps its plus, a postcode its zeros, and
//! nothing is a formula.
//!
//! A workbook is a ZIP file, which can't be written before its rows are all there. They lie meanwhile in a file that
//! has no name, in the system's folder for such, and is gone with the program however it ends.

use super::{Columns, NotWritten};
use crate::text::{self, Place};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::error::Error;
use std::io::{self, Write};

/// Rows of a sheet, without the header row.
pub(super) const MOST_ROWS: u32 = 1_048_575;
/// Columns of a sheet.
const MOST_COLUMNS: u16 = 16_384;

/// A workbook under way.
pub(super) struct Excel<W> {
    workbook: Workbook,
    rows: u32,
    out: W,
}

impl<W: Write + Send> Excel<W> {
    /// Writes the header row, which stays in sight when the sheet is scrolled.
    pub(super) fn begin(columns: &Columns, out: W) -> Result<Self, NotWritten> {
        if columns.len() > usize::from(MOST_COLUMNS) {
            return Err(NotWritten::TooManyColumns { most: MOST_COLUMNS });
        }
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(refused)?;
        sheet.set_name("Customers").map_err(refused)?;
        sheet.set_freeze_panes(1, 0).map_err(refused)?;
        let header = Format::new().set_bold();
        for (at, column) in (0..).zip(columns.iter()) {
            sheet
                .write_string_with_format(0, at, &column.header, &header)
                .map_err(|error| of_cell(error, &column.key))?;
        }
        Ok(Self { workbook, rows: 0, out })
    }

    /// Writes one row.
    pub(super) fn write(&mut self, row: &[String], columns: &Columns) -> Result<(), NotWritten> {
        if self.rows == MOST_ROWS {
            return Err(NotWritten::TooManyRows);
        }
        self.rows += 1;
        let sheet = self.workbook.worksheet_from_index(0).map_err(refused)?;
        for ((at, value), column) in
            (0..).zip(row).zip(columns.iter()).filter(|((_, value), _)| !value.is_empty())
        {
            sheet.write_string(self.rows, at, value).map_err(|error| of_cell(error, &column.key))?;
        }
        Ok(())
    }

    /// Puts the workbook together.
    pub(super) fn finish(self) -> Result<W, NotWritten> {
        let Self { mut workbook, out, .. } = self;
        let mut out = FailsOnce { out, has_failed: false };
        workbook.save_to_writer(&mut out).map_err(refused)?;
        out.flush()?;
        Ok(out.out)
    }
}

/// A writer that tells of its first failure alone: dropped after one, the ZIP writer tries to end its archive, and
/// prints by itself that it can't.
struct FailsOnce<W> {
    out: W,
    has_failed: bool,
}

impl<W: Write> Write for FailsOnce<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.has_failed {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        self.has_failed = matches!(&written, Err(error) if error.kind() != io::ErrorKind::Interrupted);
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.has_failed { Ok(()) } else { self.out.flush() }
    }
}

fn of_cell(error: XlsxError, key: &str) -> NotWritten {
    match error {
        XlsxError::MaxStringLengthExceeded => {
            NotWritten::TooLong { key: text::clean_str(key, Place::Message).into_owned() }
        }
        error => refused(error),
    }
}

/// Brings out the system's own error where there is one, since a closed pipe is no failure.
fn refused(error: XlsxError) -> NotWritten {
    let again =
        |io: &io::Error| io.raw_os_error().map_or_else(|| io.kind().into(), io::Error::from_raw_os_error);
    let io = match &error {
        XlsxError::IoError(io) => Some(again(io)),
        other => other.source().and_then(|cause| cause.downcast_ref().map(again)),
    };
    io.map_or(NotWritten::Workbook(error), NotWritten::Io)
}
