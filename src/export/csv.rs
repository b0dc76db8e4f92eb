//! CSV as RFC 4180 has it.

use super::protect::protect;
use super::{Columns, NotWritten};
use std::borrow::Cow;
use std::io::{self, Write};

/// How CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvStyle {
    /// Whether each value is as it is, for programs, instead of as a spreadsheet can open it safely.
    pub plain: bool,
    /// What is between two values.
    pub separator: u8,
    /// Whether the file begins with the mark by which Excel knows UTF-8.
    pub bom: bool,
}

/// Commas, for spreadsheets, without a mark.
impl Default for CsvStyle {
    fn default() -> Self {
        Self { plain: false, separator: b',', bom: false }
    }
}

/// The mark of UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// CSV under way.
pub(super) struct Csv<W: Write> {
    writer: ::csv::Writer<W>,
    plain: bool,
}

impl<W: Write> Csv<W> {
    /// Writes the header row.
    pub(super) fn begin(columns: &Columns, style: CsvStyle, mut out: W) -> Result<Self, NotWritten> {
        if style.bom {
            out.write_all(BOM)?;
        }
        let mut writer = ::csv::WriterBuilder::new();
        let writer = writer.terminator(::csv::Terminator::CRLF).delimiter(style.separator).from_writer(out);
        let mut csv = Self { writer, plain: style.plain };
        let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
        csv.write(&headers)?;
        Ok(csv)
    }

    /// Writes one line.
    pub(super) fn write(&mut self, row: &[impl AsRef<str>]) -> Result<(), NotWritten> {
        for cell in row {
            let cell = cell.as_ref();
            let cell = if self.plain { Cow::Borrowed(cell) } else { protect(cell) };
            self.writer.write_field(cell.as_bytes()).map_err(broken)?;
        }
        Ok(self.writer.write_record(None::<&[u8]>).map_err(broken)?)
    }

    /// Writes what is still held back.
    pub(super) fn finish(self) -> Result<W, NotWritten> {
        let mut out = self.writer.into_inner().map_err(|error| NotWritten::from(unwrapped(error.error())))?;
        out.flush()?;
        Ok(out)
    }
}

/// A row has the length of the header row, so only the system can refuse it.
fn broken(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        _ => io::ErrorKind::InvalidData.into(),
    }
}

/// The error that is behind a buffer that could not be emptied.
fn unwrapped(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}
