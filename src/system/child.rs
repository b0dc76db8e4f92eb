//! A program that is run for what it prints. It has a process group of its own, so that it can be ended with all that
//! it has started, and the terminal once it asks on it.
//!
//! ```text
//!          start            touches the terminal (SIGTTIN, SIGTTOU), or changes its modes
//! (none) ────────▶ quiet, 10 s ───────────────────────────▶ asks, 120 s: the terminal is its own
//!                    │                                        │
//!                    └──── ends, too late, Ctrl+C ────────────┴──▶ the group is ended, the terminal ours
//! ```
//!
//! A program that asks gets Ctrl+C itself. When it is still there 2 s later, or at the second Ctrl+C, its group is ended.
//!
//! Nothing wakes up while it runs: the system says when it prints, stops or ends.

mod group;
mod output;
mod running;
mod sentinel;

#[cfg(test)]
mod tests;

pub use running::{end_all, interrupt};

use super::signals;
use output::Output;
use running::{News, Running};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use secrecy::zeroize::Zeroizing;
use sentinel::Sentinel;
use signal_hook::consts::SIGINT;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long after its start a line on the terminal says what is waited for.
const SILENCE: Duration = Duration::from_millis(300);
/// How long after it got the terminal it is woken once more: a program that answers the signal itself, as those that
/// read passphrases do, stops itself a moment later than its group.
const NUDGE: Duration = Duration::from_millis(100);
/// How long a program that asks may take to end at Ctrl+C, before it is taken for one that ignores it.
const OBEDIENCE: Duration = Duration::from_secs(2);

/// What a program may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long it may run without asking on the terminal.
    pub quiet: Duration,
    /// How long it may run when it asks.
    pub asking: Duration,
    /// How much it may print, in bytes.
    pub printed: usize,
    /// How much of what it says on standard error is kept, in bytes.
    pub said: usize,
}

/// What a program left.
pub struct Ended {
    /// What it printed on standard output.
    pub printed: Zeroizing<Vec<u8>>,
    /// The beginning of what it said on standard error.
    pub said: Vec<u8>,
    /// How it ended.
    pub status: ExitStatus,
}

/// Why a program did not end by itself.
#[derive(Debug, thiserror::Error)]
pub enum NotEnded {
    /// It can't be started.
    #[error("can't be started ({0})")]
    NotStarted(io::ErrorKind),
    /// It took too long.
    #[error("did not end within {} s; try it in a shell", .0.as_secs())]
    TooLate(Duration),
    /// It asked on the terminal, and took too long.
    #[error("got no answer within {} s", .0.as_secs())]
    NoAnswer(Duration),
    /// It printed more than it may.
    #[error("printed more than is expected")]
    TooMuch,
    /// It asks on a terminal whose foreground is another program's.
    #[error("asks on the terminal, which is another program's now; bring cubedex to the foreground (fg)")]
    InBackground,
    /// Ctrl+C.
    #[error("was interrupted")]
    Interrupted,
    /// The system's reason.
    #[error("can't be waited for ({0})")]
    System(#[from] io::Error),
}

/// Runs `command`, which a line on the terminal calls `name`, to its end. It reads nothing on standard input, and is
/// ended with all that it has started when it takes too long. What it leaves running in the background may go on,
/// unless it has had the terminal.
///
/// # Errors
/// [`NotEnded`].
pub fn run(name: &str, mut command: Command, limits: &Limits) -> Result<Ended, NotEnded> {
    signals::watch()?;
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let (running, output) = Running::start(command, limits)?;
    let mut wait = Wait {
        name,
        limits,
        output,
        began: Instant::now(),
        asks: false,
        is_said: false,
        nudge: None,
        interrupted: None,
        sentinel: None,
    };
    let status = wait.for_end(&running);
    running.finish(status.is_err() || wait.asks, wait.asks);
    let status = status?;
    let Output { printed, said, .. } = wait.output;
    Ok(Ended { printed: printed.into_bytes(), said: said.into_bytes().to_vec(), status })
}

/// The waiting for one program.
struct Wait<'a> {
    name: &'a str,
    limits: &'a Limits,
    output: Output,
    began: Instant,
    /// Whether it asks on the terminal.
    asks: bool,
    /// Whether a line has said what is waited for.
    is_said: bool,
    /// When to wake it once more.
    nudge: Option<Instant>,
    /// When it got Ctrl+C.
    interrupted: Option<Instant>,
    /// Tells of Ctrl+C while it asks.
    sentinel: Option<Sentinel>,
}

impl Wait<'_> {
    fn for_end(&mut self, running: &Running) -> Result<ExitStatus, NotEnded> {
        loop {
            self.sleep(running)?;
            self.output.read()?;
            for news in running.news() {
                match news {
                    // What it has printed is in the pipe, whoever else has that open still.
                    News::Ended(status) if status.signal() == Some(SIGINT) => {
                        return Err(NotEnded::Interrupted);
                    }
                    News::Ended(status) => return self.output.rest().map(|()| status),
                    News::Interrupted => return Err(NotEnded::Interrupted),
                    News::GotInterrupt if self.interrupted.is_some() => return Err(NotEnded::Interrupted),
                    News::GotInterrupt => {
                        self.interrupted = Some(Instant::now());
                        self.sentinel = running.sentinel();
                    }
                    News::Asks => self.lend(running)?,
                    News::Suspended => self.began += running.suspend(),
                }
            }
            self.look_at_the_clock(running)?;
        }
    }

    /// Gives it the terminal that it has reached for.
    fn lend(&mut self, running: &Running) -> Result<(), NotEnded> {
        let is_new = !self.asks;
        let limit = self.limits.asking.as_secs();
        // It may have begun a line of its own.
        let line = format!(
            "\r\ncubedex: {} asks on this terminal ({limit} s at most, Ctrl+C ends it)\r\n",
            self.name
        );
        if is_new {
            // Before the terminal, so that no Ctrl+C goes unseen.
            self.sentinel = running.sentinel();
        }
        if !running.lend(is_new.then_some(line.as_str())) {
            return Err(NotEnded::InBackground);
        }
        (self.asks, self.is_said) = (true, true);
        self.nudge = Some(Instant::now() + NUDGE);
        Ok(())
    }

    fn look_at_the_clock(&mut self, running: &Running) -> Result<(), NotEnded> {
        let now = Instant::now();
        if self.nudge.is_some_and(|nudge| nudge <= now) {
            self.nudge = None;
            running.wake();
        }
        // A program outside of its group, as the helper of an agent is, gets no signal; but it changes the modes.
        if now >= self.next_look() && running.is_terminal_changed() {
            (self.asks, self.is_said) = (true, true);
        }
        if !self.is_said && now >= self.began + SILENCE {
            self.is_said = true;
            let limit = self.limits.quiet.as_secs();
            running.say(&format!(
                "\rcubedex: waiting for {} ({limit} s at most, Ctrl+C ends it)\r\n",
                self.name
            ));
        }
        if self.interrupted.is_some_and(|at| now >= at + OBEDIENCE) {
            Err(NotEnded::Interrupted)
        } else if now < self.deadline() {
            Ok(())
        } else if self.asks {
            Err(NotEnded::NoAnswer(self.limits.asking))
        } else {
            Err(NotEnded::TooLate(self.limits.quiet))
        }
    }

    fn deadline(&self) -> Instant {
        self.began + if self.asks { self.limits.asking } else { self.limits.quiet }
    }

    /// When the clock alone makes a difference next.
    fn next_look(&self) -> Instant {
        if self.is_said { self.deadline() } else { self.deadline().min(self.began + SILENCE) }
    }

    /// Sleeps until something happens, or the clock makes a difference.
    fn sleep(&self, running: &Running) -> io::Result<()> {
        let ends = self.interrupted.map(|at| at + OBEDIENCE);
        let next = self.nudge.into_iter().chain(ends).fold(self.next_look(), Instant::min);
        let left = next.saturating_duration_since(Instant::now());
        let left = Timespec::try_from(left).unwrap_or(Timespec { tv_sec: 0, tv_nsec: 0 });
        let pipes = self.output.open().chain([running.bell()]);
        let mut pipes: Vec<PollFd<'_>> =
            pipes.map(|pipe| PollFd::from_borrowed_fd(pipe, PollFlags::IN)).collect();
        match poll(&mut pipes, Some(&left)) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
