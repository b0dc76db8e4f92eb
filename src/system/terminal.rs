//! The terminal that this process belongs to: who is in its foreground, and its modes. A child may have both for a
//! while; this is what gives it them and takes them back.

use nix::sys::signal::{SigSet, Signal as NixSignal};
use rustix::fd::OwnedFd;
use rustix::fs::{Mode, OFlags, open};
use rustix::process::{Pid, getpgrp, getsid};
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcsetattr, tcsetpgrp,
};

/// The terminal, and its modes as they were when it was opened.
#[derive(Debug)]
pub(super) struct Terminal {
    fd: OwnedFd,
    before: Termios,
}

impl Terminal {
    /// `None` where the process has no terminal.
    pub(super) fn open() -> Option<Self> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let fd = open(c"/dev/tty", flags, Mode::empty()).ok()?;
        let before = tcgetattr(&fd).ok()?;
        Some(Self { fd, before })
    }

    /// Whether the terminal's foreground is our process group.
    pub(super) fn is_ours(&self) -> bool {
        tcgetpgrp(&self.fd).is_ok_and(|group| group == getpgrp())
    }

    /// The process group in the foreground, unless that is ours.
    pub(super) fn foreign_group(&self) -> Option<Pid> {
        tcgetpgrp(&self.fd).ok().filter(|group| *group != getpgrp())
    }

    /// Whether a program that asks on it has changed how it echoes or takes lines.
    pub(super) fn is_changed(&self) -> bool {
        let asks = |modes: &Termios| modes.local_modes & (LocalModes::ECHO | LocalModes::ICANON);
        tcgetattr(&self.fd).is_ok_and(|now| asks(&now) != asks(&self.before))
    }

    /// Makes `group` the foreground.
    pub(super) fn give_to(&self, group: Pid) {
        let _ = in_background(|| tcsetpgrp(&self.fd, group));
    }

    /// Makes our own group the foreground, whoever is it.
    pub(super) fn take(&self) {
        if !self.is_ours() {
            self.give_to(getpgrp());
        }
    }

    /// The modes at this moment, for [`set_modes`](Self::set_modes).
    pub(super) fn modes(&self) -> Option<Termios> {
        tcgetattr(&self.fd).ok()
    }

    /// Sets modes that were read before.
    pub(super) fn set_modes(&self, modes: &Termios) {
        let _ = tcsetattr(&self.fd, OptionalActions::Now, modes);
    }

    /// Takes the terminal back from a child that had it: the foreground, the modes, and without what was typed for it.
    pub(super) fn restore(&self) {
        self.take();
        let _ = tcflush(&self.fd, QueueSelector::IFlush);
        self.set_modes(&self.before);
    }

    /// Writes text.
    pub(super) fn say(&self, text: &str) {
        let _ = rustix::io::write(&self.fd, text.as_bytes());
    }
}

/// Does what stops any process in the background (SIGTTOU) but one that has the signal blocked.
fn in_background<T>(change: impl FnOnce() -> T) -> T {
    let signal = SigSet::from(NixSignal::SIGTTOU);
    // Blocked for the moment alone: a child would inherit it.
    let blocked = signal.thread_block();
    let changed = change();
    if blocked.is_ok() {
        let _ = signal.thread_unblock();
    }
    changed
}

/// Whether a shell waits for us to stop: an interactive one gives every job a process group of its own, while a
/// program that a terminal emulator or tmux starts is in that of its session.
#[must_use]
pub fn has_job_control() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}
