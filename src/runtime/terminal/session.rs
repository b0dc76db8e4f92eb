//! Whether the terminal is ours at this moment, for all threads: taken once, given back once, no frame outside. It
//! does not know why; that is for its callers, the guard, the panic hook, the signals and the watchdog.

use std::{
    io,
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError, TryLockError,
        atomic::{AtomicBool, AtomicU8, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use ratatui::layout::Size;
use rustix::io::Errno;

use super::device::Device;
use crate::keyboard::Tty;

#[cfg(test)]
mod tests;

/// The one session of the process: a panic hook and a signal reach it without being handed anything.
static SESSION: OnceLock<Session> = OnceLock::new();

/// How long a leaver waits for its turn. The writer of a frame lets go within a fraction of it; only a thread that
/// panicked in its turn never does.
const TURN: Duration = Duration::from_millis(500);

/// Where the program stands towards the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Phase {
    /// Not entered yet, or stopped: the terminal is the shell's.
    Away,
    /// Frames are shown.
    Inside,
    /// On the way out; there is no way back.
    Gone,
}

/// The terminal and the account of what was done to it.
#[derive(Debug)]
pub(super) struct Session {
    device: Device,
    /// A [`Phase`]; set before the turn is taken, so that the writer of a frame sees it and lets go.
    phase: AtomicU8,
    /// Whether there are modes to give back; changed in one's turn only.
    taken: AtomicBool,
    /// Whether a child has the terminal, which then must not be taken as after a stop.
    lent: AtomicBool,
    /// Held by whoever writes to the terminal or changes its modes.
    turn: Mutex<()>,
}

impl Session {
    /// Makes `device` the terminal of this process; changes nothing on it.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] at the second call in a process.
    pub(super) fn begin(device: Device) -> io::Result<&'static Self> {
        SESSION.set(Self::over(device)).map_err(|_| io::ErrorKind::AlreadyExists)?;
        Self::current().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn over(device: Device) -> Self {
        Self {
            device,
            phase: AtomicU8::new(Phase::Away as u8),
            taken: AtomicBool::new(false),
            lent: AtomicBool::new(false),
            turn: Mutex::new(()),
        }
    }

    /// `None` until a session has begun.
    pub(super) fn current() -> Option<&'static Self> {
        SESSION.get()
    }

    /// Takes the terminal over, also when it is ours already: a stop that we had no warning of (`kill -STOP`) took
    /// it away unseen. Does nothing once the session has ended.
    ///
    /// # Errors
    /// The system's; what was taken so far has been given back then.
    pub(super) fn enter(&self) -> io::Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is(Phase::Gone) {
            return Ok(());
        }
        // Noted first: whoever ends the session from now on waits for the turn, and must find it.
        self.taken.store(true, SeqCst);
        if let Err(error) = self.device.take() {
            self.give_back();
            return Err(error);
        }
        self.move_to(Phase::Inside);
        Ok(())
    }

    /// Gives the terminal back for now.
    pub(super) fn leave(&self) {
        self.move_to(Phase::Away);
        let _turn = self.turn_within(TURN);
        self.give_back();
    }

    /// Gives the terminal back for a child.
    pub(super) fn lend(&self) {
        self.lent.store(true, SeqCst);
        self.leave();
    }

    /// The child has ended: takes the terminal over again, if it is `wanted`.
    ///
    /// # Errors
    /// As [`enter`](Self::enter).
    pub(super) fn take_back(&self, wanted: bool) -> io::Result<()> {
        self.lent.store(false, SeqCst);
        if wanted { self.enter() } else { Ok(()) }
    }

    /// Whether a child has the terminal.
    pub(super) fn is_lent(&self) -> bool {
        self.lent.load(SeqCst)
    }

    /// Shows no frame from now on, and touches nothing: the terminal has been taken from us.
    pub(super) fn let_go(&self) {
        self.move_to(Phase::Away);
    }

    /// Gives the terminal back for good, or waits until another thread has.
    pub(super) fn end(&self) {
        self.move_to(Phase::Gone);
        let _turn = self.turn_within(TURN);
        self.give_back();
    }

    /// Writes one frame; it goes nowhere unless the terminal is ours, and is cut short when it ceases to be.
    ///
    /// # Errors
    /// The system's, but not that the terminal has vanished: the watchdog sees to that.
    pub(super) fn show(&self, frame: &[u8]) -> io::Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is(Phase::Inside) {
            return Ok(());
        }
        match self.device.write(frame, || self.is(Phase::Inside)) {
            Err(_) if !self.is(Phase::Inside) => Ok(()),
            Err(error) if is_hang_up(&error) => {
                self.move_to(Phase::Gone);
                Ok(())
            }
            written => written,
        }
    }

    /// Takes the mouse from the terminal, or gives it back.
    ///
    /// # Errors
    /// As [`show`](Self::show).
    pub(super) fn want_mouse(&self, wanted: bool) -> io::Result<()> {
        self.show(self.device.want_mouse(wanted))
    }

    /// Calls the window this, or gives it its own title back.
    ///
    /// # Errors
    /// As [`show`](Self::show).
    pub(super) fn want_title(&self, wanted: Option<&str>) -> io::Result<()> {
        self.show(&self.device.want_title(wanted))
    }

    /// As [`Device::expect_answer`].
    pub(super) fn expect_answer(&self, is_expected: bool) {
        self.device.expect_answer(is_expected);
    }

    /// The terminal's own idea of its size.
    ///
    /// # Errors
    /// The system's, when the terminal is gone.
    pub(super) fn size(&self) -> io::Result<Size> {
        self.device.size()
    }

    /// As [`Device::tty`].
    pub(super) fn tty(&self) -> Option<&Tty> {
        self.device.tty()
    }

    /// As [`Device::in_foreground`].
    pub(super) fn in_foreground(&self) -> bool {
        self.device.in_foreground()
    }

    /// As [`Device::wait_for_hang_up`].
    pub(super) fn wait_for_hang_up(&self) -> bool {
        self.device.wait_for_hang_up()
    }

    fn is(&self, phase: Phase) -> bool {
        self.phase.load(SeqCst) == phase as u8
    }

    /// Changes the phase, unless the session has ended.
    fn move_to(&self, phase: Phase) {
        let unless_gone = |now| (now != Phase::Gone as u8).then_some(phase as u8);
        let _ = self.phase.fetch_update(SeqCst, SeqCst, unless_gone);
    }

    /// To be called in one's turn, or when waiting for it is over.
    fn give_back(&self) {
        if self.taken.swap(false, SeqCst) {
            self.device.give_back();
        }
    }

    /// `None` if the turn's holder has not let go within `limit`: it never will.
    fn turn_within(&self, limit: Duration) -> Option<MutexGuard<'_, ()>> {
        let start = Instant::now();
        loop {
            match self.turn.try_lock() {
                Ok(turn) => return Some(turn),
                Err(TryLockError::Poisoned(turn)) => return Some(turn.into_inner()),
                Err(TryLockError::WouldBlock) if start.elapsed() < limit => {
                    thread::sleep(Duration::from_millis(1));
                }
                Err(TryLockError::WouldBlock) => return None,
            }
        }
    }
}

/// Whether `error` is what a terminal whose other side is closed answers to a write.
fn is_hang_up(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::IO | Errno::NXIO))
}
