//! Standard output, and how writing to it fails.

use super::Failure;
use super::file::words;
use super::sink::{self, Form};
use crate::export::NotWritten;
use crate::text::SafeText;
use rustix::termios;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;

/// What a message calls standard output.
pub(super) const STANDARD: &str = "standard output";

/// Whether standard output is a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether another program reads standard output.
pub(super) fn is_pipe() -> bool {
    sink::is_pipe(io::stdout())
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
pub(super) fn standard(form: Form) -> Result<Box<dyn Write + Send>, Failure> {
    let to = SafeText::from(STANDARD);
    // Our own handle: std's would write line by line, and tell of no failure at the end.
    let handle = io::stdout().as_fd().try_clone_to_owned().map_err(|why| not_written(&to, &why))?;
    Ok(sink::to(File::from(handle), form))
}

/// Writes `data` to standard output, off the threads that wait for Cube: a pipe may keep it waiting.
///
/// # Errors
/// [`Failure::ReaderGone`] when nothing reads it any more, and what the system says.
pub(super) async fn write(data: Vec<u8>, form: Form) -> Result<(), Failure> {
    let mut out = standard(form)?;
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
