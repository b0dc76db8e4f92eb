//! What data becomes on its way out, by where it goes:
//!
//! | | tables, CSV | CSV `--plain` | JSON | workbook |
//! | --- | --- | --- | --- | --- |
//! | terminal | cleaned | cleaned | escaped and cleaned | refused |
//! | pipe, socket | controls as signs | to the byte | controls escaped | to the byte |
//! | file, device | to the byte | to the byte | to the byte | to the byte |
//!
//! What reads a pipe may be a terminal in the end.

use crate::text::{self, Place};
use rustix::fs::FileType;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::fd::AsFd;

/// Bytes that are written at once.
const BUFFER: usize = 64 * 1024;

/// What data is, as far as that decides what becomes of its control characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Text to be read: a table, CSV, a page of a manual.
    Text,
    /// Text that is wanted as it is.
    Plain,
    /// JSON, of one value or one a line.
    Json,
    /// No text: a workbook.
    Bytes,
}

/// Whether another program reads what is written there.
pub(super) fn is_pipe(to: impl AsFd) -> bool {
    let kind = rustix::fs::fstat(to).map(|stat| FileType::from_raw_mode(stat.st_mode));
    matches!(kind, Ok(FileType::Fifo | FileType::Socket))
}

/// A writer into `file`, to be flushed at the end.
pub(super) fn to(file: File, form: Form) -> Box<dyn Write + Send> {
    let (is_terminal, is_pipe) = (file.is_terminal(), is_pipe(&file));
    let out = BufWriter::with_capacity(BUFFER, file);
    match form {
        Form::Bytes => Box::new(out),
        Form::Json if is_terminal => Box::new(Changed::new(Cleaned::new(out), text::escape_controls)),
        _ if is_terminal => Box::new(Cleaned::new(out)),
        Form::Json if is_pipe => Box::new(Changed::new(out, text::escape_controls)),
        Form::Text if is_pipe => Box::new(Changed::new(out, text::show_controls)),
        Form::Text | Form::Plain | Form::Json => Box::new(out),
    }
}

/// Changes text however it is cut into pieces: no character, and no line end of two, is seen by half.
struct Changed<W: Write> {
    out: W,
    change: fn(&str) -> Cow<'_, str>,
    /// What has come in and is not written.
    waiting: Vec<u8>,
}

impl<W: Write> Changed<W> {
    fn new(out: W, change: fn(&str) -> Cow<'_, str>) -> Self {
        Self { out, change, waiting: Vec::new() }
    }

    /// Writes the first `length` bytes of what waits.
    fn pass(&mut self, length: usize) -> io::Result<()> {
        let ready = self.waiting.get(..length).unwrap_or_default();
        let text = String::from_utf8_lossy(ready);
        self.out.write_all((self.change)(&text).as_bytes())?;
        self.waiting.drain(..length);
        Ok(())
    }
}

impl<W: Write> Write for Changed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        self.pass(whole(&self.waiting))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass(self.waiting.len())?;
        self.out.flush()
    }
}

/// How many of the bytes are whole characters, but for a `\r` at the end.
fn whole(bytes: &[u8]) -> usize {
    let tail = match std::str::from_utf8(bytes.get(bytes.len().saturating_sub(4)..).unwrap_or_default()) {
        // A character has four bytes at most, so that one that is cut begins among the last three.
        Ok(_) => 0,
        Err(_) => (1..=3).find(|&back| is_cut(bytes, back)).unwrap_or(0),
    };
    let length = bytes.len() - tail;
    if tail == 0 && bytes.last() == Some(&b'\r') { length - 1 } else { length }
}

/// Whether a character begins this many bytes before the end, and is longer than that.
fn is_cut(bytes: &[u8], back: usize) -> bool {
    let first = bytes.len().checked_sub(back).and_then(|at| bytes.get(at)).copied().unwrap_or_default();
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    length > back
}

/// Cleans line by line.
struct Cleaned<W: Write> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> Cleaned<W> {
    fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }

    fn end_line(&mut self) -> io::Result<()> {
        let line = String::from_utf8_lossy(&self.line).into_owned();
        self.line.clear();
        let line = line.strip_suffix('\r').unwrap_or(&line);
        writeln!(self.out, "{}", text::clean_str(line, Place::Clipboard))
    }
}

impl<W: Write> Write for Cleaned<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            let (text, ends) = piece.strip_suffix(b"\n").map_or((piece, false), |text| (text, true));
            self.line.extend_from_slice(text);
            if ends {
                self.end_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Drop for Cleaned<W> {
    fn drop(&mut self) {
        if !self.line.is_empty() {
            let _ = self.end_line().and_then(|()| self.out.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_clean_lines_however_they_come_in() {
        let mut out = Vec::new();
        let mut cleaned = Cleaned::new(&mut out);
        for piece in ["a\u{1b}[2J", "b\r\nKa\u{202e}", "ri\n", "end\u{7}"] {
            cleaned.write_all(piece.as_bytes()).unwrap();
        }
        drop(cleaned);
        assert_eq!(String::from_utf8(out).unwrap(), "a␛[2Jb\nKari\nend␇\n");
    }

    #[test]
    fn text_is_changed_alike_however_it_is_cut() {
        let text = "å\u{9b}31m\r\nb\rc\u{202e}漢👨\u{1b}\r\n\r";
        let expected = text::show_controls(text).into_owned();
        for first in 0..=text.len() {
            for second in first..=text.len() {
                let mut out = Vec::new();
                let mut changed = Changed::new(&mut out, text::show_controls);
                let bytes = text.as_bytes();
                for piece in [&bytes[..first], &bytes[first..second], &bytes[second..]] {
                    changed.write_all(piece).unwrap();
                }
                changed.flush().unwrap();
                assert_eq!(String::from_utf8(out).unwrap(), expected, "cut at {first} and {second}");
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_not_kept_back() {
        let mut out = Vec::new();
        let mut changed = Changed::new(&mut out, text::show_controls);
        changed.write_all(b"a\xff\xfe").unwrap();
        changed.write_all(b"b\xc3").unwrap();
        changed.flush().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\u{fffd}\u{fffd}b\u{fffd}");
    }
}
