//! The terminal as a source of bytes that can be opened and shut: while it is shut, not one byte is taken from it.

use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io::Errno;
use signal_hook::SigId;
use signal_hook::consts::SIGWINCH;
use signal_hook::low_level::{pipe, unregister};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A terminal that is read, and what wakes its reader.
#[derive(Debug)]
pub struct Tty {
    terminal: OwnedFd,
    /// Held by whoever reads: after [`Tty::shut`] nothing is read any more.
    open: Mutex<bool>,
    /// Rings when the window has another size, and when the terminal was opened.
    bell: UnixStream,
    ringer: UnixStream,
    resized: SigId,
}

impl Tty {
    /// A source over this terminal, still shut.
    ///
    /// # Errors
    /// The system's, when no signal can be received.
    pub fn over(terminal: OwnedFd) -> io::Result<Self> {
        let (bell, ringer) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        ringer.set_nonblocking(true)?;
        let resized = pipe::register(SIGWINCH, ringer.try_clone()?)?;
        Ok(Self { terminal, open: Mutex::new(false), bell, ringer, resized })
    }

    /// From now on what is typed is read here.
    pub fn open(&self) {
        *self.gate() = true;
        // A bell that rings already wakes as well.
        let _ = (&self.ringer).write(&[0]);
    }

    /// From now on not one byte is read: it is for somebody else.
    pub fn shut(&self) {
        *self.gate() = false;
    }

    pub(super) fn is_open(&self) -> bool {
        *self.gate()
    }

    /// What can be waited for beside the terminal.
    pub(super) fn bell(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }

    pub(super) fn terminal(&self) -> BorrowedFd<'_> {
        self.terminal.as_fd()
    }

    /// Ends the ringing of the bell.
    pub(super) fn calm(&self) {
        let mut rung = [0; 64];
        while (&self.bell).read(&mut rung).is_ok_and(|read| read == rung.len()) {}
    }

    /// Takes what was typed. `None` if that is nothing after all.
    pub(super) fn read(&self, into: &mut [u8]) -> io::Result<Option<usize>> {
        let open = self.gate();
        if !*open {
            return Ok(None);
        }
        match rustix::io::read(&self.terminal, into) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => Ok(Some(read)),
            Err(Errno::AGAIN | Errno::INTR) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn gate(&self) -> MutexGuard<'_, bool> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        unregister(self.resized);
    }
}
