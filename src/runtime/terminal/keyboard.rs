//! What comes from the keyboard: keys, pastes, new sizes, read by crossterm on a thread of their own.
//!
//! Not by crossterm's own stream. That one reads a terminal that blocks, so that an escape sequence without an end
//! would stop the loop until the next key; and is woken once for many bytes of which it takes the first thousand.

use std::{io, thread};

use crossterm::event::{self, Event};
use rustix::{
    fs::{Mode, OFlags, open},
    stdio::dup2_stdin,
    termios::ttyname,
};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// How many events may wait for the loop; more wait in the terminal.
const WAITING: usize = 1024;

/// What comes from the keyboard, one event at a time.
#[derive(Debug)]
pub struct Keyboard(Receiver<Event>);

impl Keyboard {
    /// Starts to read what is typed. To be called once, after [`enter`](super::enter): before that it is the shell's.
    ///
    /// # Errors
    /// The system's, when there can be no thread.
    pub fn open() -> io::Result<Self> {
        // A terminal that blocks is better than none.
        let _ = read_without_blocking();
        let (typed, events) = channel(WAITING);
        thread::Builder::new().name("keyboard".to_owned()).spawn(move || read(&typed))?;
        Ok(Self(events))
    }

    /// Waits for the next event; `None` when the terminal cannot be read any more. Safe to be cancelled.
    pub async fn next(&mut self) -> Option<Event> {
        self.0.recv().await
    }
}

/// Reads until nobody listens or the terminal is gone.
fn read(typed: &Sender<Event>) {
    while let Ok(event) = event::read() {
        if typed.blocking_send(event).is_err() {
            break;
        }
    }
}

/// Puts the same terminal in the place of standard input, through an open file of our own: to set `O_NONBLOCK` on
/// the one that is there would set it for the shell too.
fn read_without_blocking() -> io::Result<()> {
    let name = ttyname(rustix::stdio::stdin(), Vec::new())?;
    let flags = OFlags::RDONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    dup2_stdin(open(name, flags, Mode::empty())?)?;
    Ok(())
}
