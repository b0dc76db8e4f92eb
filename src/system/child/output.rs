//! What a child prints and says, read from its pipes without ever waiting.

use super::{Limits, NotEnded};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::Errno;
use secrecy::zeroize::Zeroizing;
use std::io;

/// Bytes that are read at once.
const BUFFER: usize = 4096;

/// Both pipes.
pub(super) struct Output {
    pub(super) printed: Pipe,
    pub(super) said: Pipe,
}

impl Output {
    /// Reads from these ends, as much as `limits` allows.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn of(printed: OwnedFd, said: OwnedFd, limits: &Limits) -> io::Result<Self> {
        Ok(Self { printed: Pipe::of(printed, limits.printed)?, said: Pipe::of(said, limits.said)? })
    }

    /// The ends from which something may come.
    pub(super) fn open(&self) -> impl Iterator<Item = BorrowedFd<'_>> {
        [&self.printed, &self.said].into_iter().filter_map(|pipe| pipe.end.as_ref().map(AsFd::as_fd))
    }

    /// Reads a little of what is there.
    pub(super) fn read(&mut self) -> Result<(), NotEnded> {
        self.printed.read()?;
        self.said.read()?;
        if self.printed.is_over() { Err(NotEnded::TooMuch) } else { Ok(()) }
    }

    /// Reads all that is there.
    pub(super) fn rest(&mut self) -> Result<(), NotEnded> {
        while self.printed.read()? && !self.printed.is_over() {}
        while self.said.read()? && !self.said.is_over() {}
        if self.printed.is_over() { Err(NotEnded::TooMuch) } else { Ok(()) }
    }
}

/// One pipe, and what came from it.
pub(super) struct Pipe {
    /// `None` once the other end is closed.
    end: Option<OwnedFd>,
    /// With room from the start, so that it is never copied and left behind.
    bytes: Zeroizing<Vec<u8>>,
    most: usize,
    is_over: bool,
}

impl Pipe {
    fn of(end: OwnedFd, most: usize) -> io::Result<Self> {
        fcntl_setfl(&end, fcntl_getfl(&end)? | OFlags::NONBLOCK)?;
        Ok(Self { end: Some(end), bytes: Zeroizing::new(Vec::with_capacity(most)), most, is_over: false })
    }

    /// Whether more came than is kept.
    fn is_over(&self) -> bool {
        self.is_over
    }

    /// Reads a buffer's worth; whether there may be more. What is too much is thrown away.
    fn read(&mut self) -> io::Result<bool> {
        let Some(end) = &self.end else { return Ok(false) };
        let mut buffer = Zeroizing::new([0; BUFFER]);
        match rustix::io::read(end, buffer.as_mut_slice()) {
            Ok(0) => {
                self.end = None;
                Ok(false)
            }
            Ok(length) => {
                let kept = length.min(self.most - self.bytes.len());
                self.bytes.extend_from_slice(buffer.get(..kept).unwrap_or_default());
                self.is_over |= kept < length;
                Ok(true)
            }
            Err(Errno::INTR) => Ok(true),
            Err(Errno::AGAIN) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// What came from it.
    pub(super) fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.bytes
    }
}
