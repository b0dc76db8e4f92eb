//! An Excel workbook as a person would make it: a sheet with a bold header row that stays in sight and filters, columns
//! as wide as their values, and behind it a sheet that says which customers these are. Its cells are text: a phone number keeps its plus, a postcode its zeros, and nothing is a
//! formula. Numbers and days are some only where the mapping says so and the value stays what it is.
//!
//! A workbook is a ZIP file of XML. Its rows are written as they come, so that nothing lies in a temporary file
//! meanwhile, and whatever the system refuses is an error like any other. What is not finished can't be opened.

mod parts;
mod typed;

use super::{About, Columns, CutValues, NotWritten};
use parts::{ABOUT, AboutSheet, Cell, Content, PARTS, SHEET, SheetBegins, SheetEnds};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use typed::Typed;
use unicode_width::UnicodeWidthStr;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

/// Rows of a sheet, without the header row.
pub(super) const MOST_ROWS: u32 = 1_048_575;
/// Columns of a sheet.
const MOST_COLUMNS: u16 = 16_384;
/// What a cell holds, in UTF-16 units as Excel counts.
const LONGEST: usize = 32_767;
/// Stands at the end of a value that a cell does not hold.
const CUT: char = '…';
/// The widths of columns are those of the first rows, which are held back until then: a sheet says them before its rows.
const ROWS_MEASURED: u32 = 500;
/// How wide a column is at least and at most, in characters.
const WIDTHS: (usize, usize) = (8, 60);
/// What the button of the filter takes of a header.
const BUTTON: usize = 3;

/// A workbook under way.
pub(super) struct Excel<W: Write> {
    /// `None` once it is finished.
    zip: Option<ZipWriter<StreamWriter<Gate<W>>>>,
    is_shut: Arc<AtomicBool>,
    rows: u32,
    all_text: bool,
    /// Which customers they are.
    pub(super) about: About,
    /// The first rows, until the widths of their columns are known.
    held: String,
    widths: Vec<usize>,
    cut: CutValues,
}

impl<W: Write + Send> Excel<W> {
    /// Begins with the header row.
    pub(super) fn begin(
        columns: &Columns,
        (all_text, about): (bool, About),
        out: W,
    ) -> Result<Self, NotWritten> {
        if columns.len() > usize::from(MOST_COLUMNS) {
            return Err(NotWritten::TooManyColumns { most: MOST_COLUMNS });
        }
        let is_shut = Arc::new(AtomicBool::new(false));
        let zip = ZipWriter::new_stream(Gate { out, is_shut: is_shut.clone() });
        let (held, widths) = (String::new(), vec![WIDTHS.0; columns.len()]);
        let cut = CutValues::default();
        let mut excel = Self { zip: Some(zip), is_shut, rows: 0, all_text, about, held, widths, cut };
        for (name, content) in PARTS {
            excel.part(name, content)?;
        }
        let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
        excel.row("", &headers, columns)?;
        Ok(excel)
    }

    /// Writes one row, the customer's with this id.
    pub(super) fn write(&mut self, id: &str, row: &[String], columns: &Columns) -> Result<(), NotWritten> {
        if self.rows > MOST_ROWS {
            return Err(NotWritten::TooManyRows);
        }
        self.row(id, row, columns)
    }

    /// Puts the workbook together.
    pub(super) fn finish(mut self, columns: &Columns) -> Result<(W, CutValues), NotWritten> {
        if self.rows < ROWS_MEASURED {
            self.begin_sheet()?;
        }
        let (columns, rows) = (columns.len(), self.rows);
        self.put(&SheetEnds { columns, rows }.to_string())?;
        let lines = self.about.lines(u64::from(rows.saturating_sub(1)));
        self.part(ABOUT, &AboutSheet { lines: &lines }.to_string())?;
        let Some(zip) = self.zip.take() else {
            return Err(io::Error::from(io::ErrorKind::NotConnected).into());
        };
        let mut gate = zip.finish().map_err(refused)?.into_inner();
        gate.out.flush()?;
        Ok((gate.out, std::mem::take(&mut self.cut)))
    }

    fn row(&mut self, id: &str, row: &[impl AsRef<str>], columns: &Columns) -> Result<(), NotWritten> {
        let is_header = self.rows == 0;
        self.rows += 1;
        let mut xml = format!("<row r=\"{}\">", self.rows);
        for ((at, value), column) in (0..).zip(row).zip(columns.iter()) {
            let mut value = value.as_ref();
            let shorter = shortened(value);
            if let Some(shorter) = &shorter {
                self.cut.add(id, &column.header);
                value = shorter;
            }
            let typed = Typed::read(value, &column.kind).filter(|_| !is_header && !self.all_text);
            let content = match typed {
                Some(typed) => Content::Typed(typed),
                None if is_header => Content::Header(value),
                None => Content::Text(value),
            };
            if !value.is_empty() {
                let _ = write!(xml, "{}", Cell { column: at, row: self.rows, content });
            }
            if self.rows <= ROWS_MEASURED {
                self.measure(at.into(), value, is_header);
            }
        }
        xml.push_str("</row>");
        if self.rows > ROWS_MEASURED {
            return self.put(&xml);
        }
        self.held.push_str(&xml);
        if self.rows == ROWS_MEASURED { self.begin_sheet() } else { Ok(()) }
    }

    /// Makes a column as wide as a value, as far as a column may be.
    fn measure(&mut self, column: usize, value: &str, is_header: bool) {
        if let Some(width) = self.widths.get_mut(column).filter(|width| **width < WIDTHS.1) {
            let widest_line = value.lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
            let needed = widest_line + if is_header { BUTTON } else { 0 };
            *width = needed.clamp(*width, WIDTHS.1);
        }
    }

    /// Begins the sheet with the rows that were held back.
    fn begin_sheet(&mut self) -> Result<(), NotWritten> {
        let begin = SheetBegins { widths: &self.widths }.to_string();
        let rows = std::mem::take(&mut self.held);
        self.part(SHEET, &begin)?;
        self.put(&rows)
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

/// What a cell holds of a value, with a mark at the end. `None` for a value that it holds whole.
fn shortened(value: &str) -> Option<String> {
    // No character is more units of UTF-16 than bytes of UTF-8.
    if value.len() <= LONGEST || value.encode_utf16().count() <= LONGEST {
        return None;
    }
    let mut units = CUT.len_utf16();
    let held = value.chars().take_while(|c| {
        units += c.len_utf16();
        units <= LONGEST
    });
    Some(held.chain([CUT]).collect())
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
