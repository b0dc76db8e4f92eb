//! An Excel workbook of one sheet, whose cells are all text: a phone number keeps its plus, a postcode its zeros, and
//! nothing is a formula.
//!
//! A workbook is a ZIP file of XML. Its rows are written as they come, so that nothing lies in a temporary file
//! meanwhile, and whatever the system refuses is an error like any other. What is not finished can't be opened.

mod parts;

use super::{Columns, NotWritten};
use crate::text::{self, Place};
use parts::{Cell, PARTS, SHEET, SHEET_BEGINS, SHEET_ENDS};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

/// Rows of a sheet, without the header row.
pub(super) const MOST_ROWS: u32 = 1_048_575;
/// Columns of a sheet.
const MOST_COLUMNS: u16 = 16_384;
/// What a cell holds, in UTF-16 units as Excel counts.
const LONGEST: usize = 32_767;

/// A workbook under way.
pub(super) struct Excel<W: Write> {
    /// `None` once it is finished.
    zip: Option<ZipWriter<StreamWriter<Gate<W>>>>,
    is_shut: Arc<AtomicBool>,
    rows: u32,
}

impl<W: Write + Send> Excel<W> {
    /// Writes the header row, which stays in sight when the sheet is scrolled.
    pub(super) fn begin(columns: &Columns, out: W) -> Result<Self, NotWritten> {
        if columns.len() > usize::from(MOST_COLUMNS) {
            return Err(NotWritten::TooManyColumns { most: MOST_COLUMNS });
        }
        let is_shut = Arc::new(AtomicBool::new(false));
        let zip = ZipWriter::new_stream(Gate { out, is_shut: is_shut.clone() });
        let mut excel = Self { zip: Some(zip), is_shut, rows: 0 };
        for (name, content) in PARTS {
            excel.part(name, content)?;
        }
        excel.part(SHEET, SHEET_BEGINS)?;
        let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
        excel.row(&headers, columns)?;
        Ok(excel)
    }

    /// Writes one row.
    pub(super) fn write(&mut self, row: &[String], columns: &Columns) -> Result<(), NotWritten> {
        if self.rows > MOST_ROWS {
            return Err(NotWritten::TooManyRows);
        }
        self.row(row, columns)
    }

    /// Puts the workbook together.
    pub(super) fn finish(mut self) -> Result<W, NotWritten> {
        self.put(SHEET_ENDS)?;
        let Some(zip) = self.zip.take() else {
            return Err(io::Error::from(io::ErrorKind::NotConnected).into());
        };
        let mut gate = zip.finish().map_err(refused)?.into_inner();
        gate.out.flush()?;
        Ok(gate.out)
    }

    fn row(&mut self, row: &[impl AsRef<str>], columns: &Columns) -> Result<(), NotWritten> {
        let is_header = self.rows == 0;
        self.rows += 1;
        let mut xml = format!("<row r=\"{}\">", self.rows);
        for ((at, value), column) in (0..).zip(row).zip(columns.iter()) {
            let value = value.as_ref();
            if value.encode_utf16().count() > LONGEST {
                return Err(NotWritten::TooLong {
                    key: text::clean_str(&column.key, Place::Message).into_owned(),
                });
            }
            if !value.is_empty() {
                let _ = write!(xml, "{}", Cell { column: at, row: self.rows, value, is_header });
            }
        }
        xml.push_str("</row>");
        self.put(&xml)
    }

    /// Begins the next file of the archive.
    fn part(&mut self, name: &str, content: &str) -> Result<(), NotWritten> {
        if let Some(zip) = &mut self.zip {
            zip.start_file(name, SimpleFileOptions::default()).map_err(refused)?;
        }
        self.put(content)
    }

    fn put(&mut self, xml: &str) -> Result<(), NotWritten> {
        match &mut self.zip {
            Some(zip) => Ok(zip.write_all(xml.as_bytes())?),
            None => Ok(()),
        }
    }
}

impl<W: Write> Drop for Excel<W> {
    /// A part of a workbook is none: what ends the archive, as the ZIP writer does when it is dropped, goes nowhere.
    fn drop(&mut self) {
        self.is_shut.store(true, Relaxed);
    }
}

/// What is written goes through until the first failure, which is told once: dropped after one, the ZIP writer tries to
/// end its archive, and prints by itself that it can't.
struct Gate<W> {
    out: W,
    is_shut: Arc<AtomicBool>,
}

impl<W: Write> Write for Gate<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_shut.load(Relaxed) {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        let has_failed = matches!(&written, Err(error) if error.kind() != io::ErrorKind::Interrupted);
        self.is_shut.store(has_failed, Relaxed);
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_shut.load(Relaxed) { Ok(()) } else { self.out.flush() }
    }
}

/// Brings out the system's own error where there is one, since a closed pipe is no failure.
fn refused(error: ZipError) -> NotWritten {
    match error {
        ZipError::Io(error) => NotWritten::Io(error),
        error => NotWritten::Workbook(error),
    }
}
