//! Signals for the commands without a screen: each ends the command, which takes its unfinished file along.

use crate::system::signals;
use std::future;
use tokio::signal::unix::{Signal, SignalKind, signal};

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
