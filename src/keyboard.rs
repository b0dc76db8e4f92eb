//! What comes from the terminal: keys, pastes, the mouse, new sizes, and answers of the terminal itself. Bytes become
//! crossterm's events here and not in crossterm. Its parser fails for good on answers that it does not know, types
//! others as text, and takes a key that comes in two reads for letters.

mod color;
mod mouse;
mod parser;
mod sequence;
#[cfg(test)]
mod tests;
mod tty;

pub use color::Color;
pub use parser::{Heard, Parser};
pub use tty::Tty;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io;
use std::time::{Duration, Instant};

/// Reads what comes from a terminal.
#[derive(Debug)]
pub struct Reader {
    parser: Parser,
    /// Where bytes are read into; as many as are taken at once.
    buffer: Vec<u8>,
}

impl Reader {
    /// A reader that takes this many bytes at once. With one it never takes more than it has used, so that what was typed
    /// ahead is there for whoever reads next.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self { parser: Parser::default(), buffer: vec![0; at_once.max(1)] }
    }

    /// Waits for what comes next.
    ///
    /// # Errors
    /// The system's, when the terminal can't be read any more.
    pub fn next(&mut self, tty: &Tty) -> io::Result<Heard> {
        loop {
            if let Some(heard) = self.parser.heard() {
                return Ok(heard);
            }
            let limit = self.parser.deadline().map(|at| at.saturating_duration_since(Instant::now()));
            let Ready { rung, typed } = wait(tty, limit)?;
            if rung {
                tty.calm();
                return Ok(Heard::Resized);
            }
            match if typed { tty.read(&mut self.buffer)? } else { None } {
                Some(read) => self.parser.feed(self.buffer.get(..read).unwrap_or_default(), Instant::now()),
                // Only where nothing is left to read: when a sequence is read does not tell when it came.
                None => self.parser.expire(Instant::now()),
            }
        }
    }
}

/// What a wait has ended with; neither when the time was over.
struct Ready {
    rung: bool,
    typed: bool,
}

/// Waits until something comes, at most so long.
fn wait(tty: &Tty, limit: Option<Duration>) -> io::Result<Ready> {
    let limit = limit.map(|limit| Timespec {
        tv_sec: limit.as_secs().try_into().unwrap_or(i64::MAX),
        tv_nsec: limit.subsec_nanos().into(),
    });
    let mut waiting = [
        PollFd::from_borrowed_fd(tty.bell(), PollFlags::IN),
        PollFd::from_borrowed_fd(tty.terminal(), PollFlags::IN),
    ];
    // A terminal that is shut wakes no reader, not even by its end.
    let watched = if tty.is_open() { 2 } else { 1 };
    match poll(waiting.get_mut(..watched).unwrap_or_default(), limit.as_ref()) {
        Ok(_) | Err(Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    let [bell, terminal] = waiting;
    Ok(Ready { rung: !bell.revents().is_empty(), typed: !terminal.revents().is_empty() })
}
