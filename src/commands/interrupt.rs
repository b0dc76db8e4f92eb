//! Signals for the commands without a screen: each ends the command, which takes its unfinished file along.

use crate::system::signals;
use std::future;
use tokio::signal::unix::{SignalKind, signal};

/// Waits for a signal that asks for the end; the exit status that says so.
pub(super) async fn interrupted() -> u8 {
    // `nohup` has it ignored, and wants the command to go on.
    let is_hangup_ignored = signals::is_hangup_ignored();
    let ended = |kind: SignalKind| {
        let signals = signal(kind);
        async move {
            match signals {
                Ok(mut signals) => signals.recv().await,
                // Then the system's own way ends the program.
                Err(_) => future::pending().await,
            }
        }
    };
    let interrupt = ended(SignalKind::interrupt());
    let (quit, terminate) = (ended(SignalKind::quit()), ended(SignalKind::terminate()));
    let hangup = (!is_hangup_ignored).then(|| ended(SignalKind::hangup()));
    signals::hand_over();
    tokio::select! {
        _ = interrupt => 130,
        _ = quit => 131,
        _ = terminate => 143,
        Some(_) = async { Some(hangup?.await) } => 129,
    }
}
