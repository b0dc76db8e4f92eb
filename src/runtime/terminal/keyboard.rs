//! What comes from the keyboard: keys, pastes, new sizes, read by crossterm on a thread of their own.
//!
//! Not by crossterm's own stream. That one reads a terminal that blocks, so that an escape sequence without an end
//! would stop the loop until the next key; and is woken once for many bytes of which it takes the first thousand.

use std::{io, os::unix::net::UnixStream, thread};

use crossterm::event::{self, Event};
use rustix::{
    fd::OwnedFd,
    fs::{Mode, OFlags, open},
    process::{Signal, getpid, kill_process},
    stdio::{dup2_stdin, stdin},
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

/// What standard input is: the keys while the terminal is ours, else nothing, so that whatever is typed once the shell
/// has its screen again is the shell's and not taken by a reader that has not ended yet.
#[derive(Debug)]
pub(super) struct Keys {
    /// The terminal that standard input was, through an open file of our own: to set `O_NONBLOCK` on the one that was
    /// there would set it for the shell too.
    terminal: OwnedFd,
    /// Two ends of which nothing comes, ever: `/dev/null` would have its reader wake up without end.
    nothing: (UnixStream, UnixStream),
}

impl Keys {
    /// Opens both; changes nothing.
    ///
    /// # Errors
    /// The system's, when standard input is no terminal or cannot be opened anew.
    pub(super) fn open() -> io::Result<Self> {
        let flags = OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let name = ttyname(stdin(), Vec::new())?;
        let nothing = UnixStream::pair()?;
        nothing.0.set_nonblocking(true)?;
        Ok(Self { terminal: open(name, OFlags::RDONLY | flags, Mode::empty())?, nothing })
    }

    /// From now on what is typed is read here.
    pub(super) fn take(&self) {
        let _ = dup2_stdin(&self.terminal);
        // A reader that went to sleep meanwhile waits for what never comes; a new size wakes it, and it looks here.
        let _ = kill_process(getpid(), Signal::WINCH);
    }

    /// From now on nothing is.
    pub(super) fn let_go(&self) {
        let _ = dup2_stdin(&self.nothing.0);
    }
}
