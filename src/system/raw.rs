//! The terminal in raw mode while a question is asked on it.

use super::signals;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io;

/// Standard input is raw as long as this lives.
#[derive(Debug)]
pub struct Raw {
    before: Termios,
}

impl Raw {
    /// Makes it raw. A signal gives it back from now on.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotConnected`] where it is no terminal, else the system's.
    pub fn begin() -> io::Result<Self> {
        let before = tcgetattr(rustix::stdio::stdin()).map_err(|_| io::ErrorKind::NotConnected)?;
        signals::watch_with(&before)?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &raw)?;
        Ok(Self { before })
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.before);
    }
}
