//! What comes from the keyboard, read on a thread of its own: a terminal that blocks must not stop the loop.

use super::session::Session;
use crate::keyboard::{Heard, Reader, Tty};
use std::{io, thread};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// How many events may wait for the loop; more wait in the terminal.
const WAITING: usize = 1024;

/// How many bytes are read at once.
const AT_ONCE: usize = 4096;

/// What comes from the keyboard, one event at a time.
#[derive(Debug)]
pub struct Keyboard(Receiver<Heard>);

impl Keyboard {
    /// Starts to read what is typed while the terminal is ours.
    ///
    /// # Errors
    /// The system's, when there can be no thread.
    pub(super) fn over(session: &'static Session, tty: &'static Tty) -> io::Result<Self> {
        let (typed, events) = channel(WAITING);
        thread::Builder::new().name("keyboard".to_owned()).spawn(move || read(session, tty, &typed))?;
        Ok(Self(events))
    }

    /// Waits for what comes next; `None` when the terminal cannot be read any more. Safe to be cancelled.
    pub async fn next(&mut self) -> Option<Heard> {
        self.0.recv().await
    }
}

/// Reads until no one listens or the terminal is gone.
fn read(session: &Session, tty: &Tty, typed: &Sender<Heard>) {
    let mut reader = Reader::new(AT_ONCE);
    while let Ok(heard) = reader.next(tty) {
        if matches!(heard, Heard::Background(_)) {
            session.expect_answer(false);
        }
        if typed.blocking_send(heard).is_err() {
            break;
        }
    }
}
