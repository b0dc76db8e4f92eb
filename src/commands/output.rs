//! Standard output: as it is into a pipe or a file, cleaned onto a terminal.

use super::Failure;
use super::file::words;
use crate::export::NotWritten;
use crate::text::{self, Place, SafeText};
use rustix::fs::FileType;
use rustix::termios;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::fd::AsFd;

/// Bytes that are written at once.
const BUFFER: usize = 64 * 1024;

/// What a message calls standard output.
pub(super) const STANDARD: &str = "standard output";

/// Whether standard output is a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether another program reads standard output.
pub(super) fn is_pipe() -> bool {
    let kind = rustix::fs::fstat(io::stdout()).map(|stat| FileType::from_raw_mode(stat.st_mode));
    matches!(kind, Ok(FileType::Fifo | FileType::Socket))
}

/// How many columns the terminal has. `None` where there is no terminal, or one that does not say.
pub(super) fn width() -> Option<usize> {
    let size = termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|&columns| columns > 0)
}

/// Standard output, to be flushed at the end.
///
/// # Errors
/// The system's, when it is closed.
pub(super) fn standard() -> Result<Box<dyn Write + Send>, Failure> {
    let to = SafeText::from(STANDARD);
    // Our own handle: std's would write line by line, and tell of no failure at the end.
    let handle = io::stdout().as_fd().try_clone_to_owned().map_err(|why| not_written(&to, &why))?;
    let out = BufWriter::with_capacity(BUFFER, File::from(handle));
    Ok(if is_terminal() { Box::new(Cleaned::new(out)) } else { Box::new(out) })
}

/// Writes `data` to standard output, off the threads that wait for Cube: a pipe may keep it waiting.
///
/// # Errors
/// [`Failure::ReaderGone`] when nothing reads it any more, and what the system says.
pub(super) async fn write(data: Vec<u8>) -> Result<(), Failure> {
    let mut out = standard()?;
    let writing = tokio::task::spawn_blocking(move || out.write_all(&data).and_then(|()| out.flush()));
    let written = writing.await.map_err(|_| Failure::Internal)?;
    written.map_err(|why| not_written(&SafeText::from(STANDARD), &why))
}

/// Writes a few clean lines to standard output, where no runtime is running. A reader that has gone away is no error.
///
/// # Errors
/// The system's, such as that a disk is full.
pub fn print(text: &str) -> Result<u8, Failure> {
    let mut out = io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(why) if why.kind() != io::ErrorKind::BrokenPipe => {
            Err(not_written(&SafeText::from(STANDARD), &why))
        }
        _ => Ok(0),
    }
}

/// What became of writing to `to`.
pub(super) fn not_written(to: &SafeText<'static>, why: &io::Error) -> Failure {
    if why.kind() == io::ErrorKind::BrokenPipe {
        Failure::ReaderGone
    } else {
        Failure::Other(anyhow::anyhow!("writing to {to}: {}", words(why)))
    }
}

/// What became of an export into `to`.
pub(super) fn not_exported(to: &SafeText<'static>, why: NotWritten) -> Failure {
    match why {
        NotWritten::Io(why) => not_written(to, &why),
        why => Failure::Other(why.into()),
    }
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
}
