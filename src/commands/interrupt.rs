//! Signals for the commands without a screen: each ends the command, which takes its unfinished file along.

use crate::prompt::tell;
use crate::system::signals;
use std::future;
use std::pin::pin;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What was waited for although a signal came.
pub(super) struct Awaited<T> {
    /// What came of it. `None` when a second signal has ended the wait.
    pub(super) came: Option<T>,
    /// The exit status of the first signal. `None` where none came.
    pub(super) signal: Option<u8>,
}

/// The signals that ask for the end. Those that come while nothing waits for the next one are kept.
pub(super) struct Interrupts {
    interrupt: Option<Signal>,
    quit: Option<Signal>,
    terminate: Option<Signal>,
    hangup: Option<Signal>,
}

impl Interrupts {
    /// Begins to listen.
    pub(super) fn listen() -> Self {
        // Where the system refuses, its own way ends the program.
        let listen = |kind: SignalKind| signal(kind).ok();
        // `nohup` has it ignored, and wants the command to go on.
        let is_hangup_ignored = signals::is_hangup_ignored();
        let signals = Self {
            interrupt: listen(SignalKind::interrupt()),
            quit: listen(SignalKind::quit()),
            terminate: listen(SignalKind::terminate()),
            hangup: (!is_hangup_ignored).then(|| listen(SignalKind::hangup())).flatten(),
        };
        signals::hand_over();
        signals
    }

    /// Waits for the next one; the exit status that says so.
    pub(super) async fn next(&mut self) -> u8 {
        tokio::select! {
            () = received(&mut self.interrupt) => 130,
            () = received(&mut self.quit) => 131,
            () = received(&mut self.terminate) => 143,
            () = received(&mut self.hangup) => 129,
        }
    }

    /// Does what can be left at any time, before anything is sent.
    ///
    /// # Errors
    /// The exit status, when a signal comes first.
    pub(super) async fn before_sending<T>(&mut self, work: impl Future<Output = T>) -> Result<T, u8> {
        tokio::select! {
            biased;
            status = self.next() => {
                tell("interrupted; nothing was sent");
                Err(status)
            }
            done = work => Ok(done),
        }
    }

    /// Waits for the verdict on a change that is being sent. The first signal is answered with `what` is waited for, and
    /// only the second ends the wait.
    pub(super) async fn verdict<T>(&mut self, what: &str, sending: impl Future<Output = T>) -> Awaited<T> {
        let mut sending = pin!(sending);
        let mut signal = None;
        loop {
            tokio::select! {
                biased;
                status = self.next() => {
                    if signal.is_some() {
                        return Awaited { came: None, signal };
                    }
                    signal = Some(status);
                    tell(format!("{what}; Ctrl+C again ends it at once"));
                }
                came = &mut sending => return Awaited { came: Some(came), signal },
            }
        }
    }
}

async fn received(signal: &mut Option<Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => future::pending().await,
    }
}

/// Waits for a signal that asks for the end; the exit status that says so.
pub(super) async fn interrupted() -> u8 {
    Interrupts::listen().next().await
}
