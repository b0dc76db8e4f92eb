//! Signals for the commands without a screen: each ends the command, which takes its unfinished file along.

use std::future;
use tokio::signal::unix::{SignalKind, signal};

/// Waits for a signal that asks for the end; the exit status that says so.
pub(super) async fn interrupted() -> u8 {
    let ended = |kind: SignalKind| async move {
        match signal(kind) {
            Ok(mut signals) => signals.recv().await,
            // Then the system's own way ends the program.
            Err(_) => future::pending().await,
        };
    };
    tokio::select! {
        () = ended(SignalKind::interrupt()) => 130,
        () = ended(SignalKind::quit()) => 131,
        () = ended(SignalKind::terminate()) => 143,
        // `nohup` has it ignored, and wants the command to go on.
        () = ended(SignalKind::hangup()), if !is_hangup_ignored() => 129,
    }
}

/// Whether whoever started the program has SIGHUP ignored. `false` where the system does not tell.
fn is_hangup_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let bits = ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or_default();
    // Signal 1 has the lowest bit.
    bits & 1 == 1
}
