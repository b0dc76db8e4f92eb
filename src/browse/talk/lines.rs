//! Lines from standard input, on a thread of their own: a terminal's line comes when it is ended, and no read can be
//! given up.

use std::io::{self, BufRead, IsTerminal, Read};
use std::thread;
use tokio::sync::mpsc;

/// More of a line is dropped.
const LONGEST: u64 = 16 * 1024;

/// The lines that are typed.
pub(super) struct Lines {
    lines: mpsc::Receiver<String>,
    /// Whether a person types them.
    pub(super) is_terminal: bool,
}

impl Lines {
    /// Begins to read.
    ///
    /// # Errors
    /// There can be no thread for it.
    pub(super) fn read() -> io::Result<Self> {
        let (told, lines) = mpsc::channel(1);
        let reads = move || {
            let mut input = io::stdin().lock();
            while let Ok(Some(line)) = line(&mut input) {
                if told.blocking_send(line).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().name("lines".to_owned()).spawn(reads)?;
        Ok(Self { lines, is_terminal: io::stdin().is_terminal() })
    }

    /// The next line, without its end. `None` once there is none any more. Safe to drop at any time.
    pub(super) async fn next(&mut self) -> Option<String> {
        self.lines.recv().await
    }
}

/// The next line. `None` at the end.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    input.take(LONGEST).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_end_and_of_a_long_one_the_rest_is_dropped() {
        let long = "x".repeat(20_000);
        let mut input = io::Cursor::new(format!("kari\r\n\n{long}\nlast").into_bytes());
        let mut next = || line(&mut input).unwrap();
        assert_eq!((next().as_deref(), next().as_deref()), (Some("kari"), Some("")));
        assert_eq!(next().map(|line| line.len()), usize::try_from(LONGEST).ok());
        assert_eq!((next().as_deref(), next()), (Some("last"), None));
    }
}
