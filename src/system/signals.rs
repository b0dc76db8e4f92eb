//! Signals from the first question or child on, until another part of the program takes them over: each ends the
//! program, and what was taken is given back before. Ctrl+C while a child runs ends the child alone.

use super::child;
use rustix::termios::{OptionalActions, Termios, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, OnceLock};
use std::thread;

/// Ends the marks of pastes that a question has asked for.
pub const GIVE_PASTES_BACK: &str = "\x1b[?2004l";

/// The terminal's modes before the first question.
static MODES: OnceLock<Termios> = OnceLock::new();
/// Whether the thread that waits for signals is there.
static WATCHED: AtomicBool = AtomicBool::new(false);
/// Whether another part of the program answers signals now.
static HANDED_OVER: AtomicBool = AtomicBool::new(false);

/// Leaves signals to the caller, for good: to be called once it waits for them itself.
pub fn hand_over() {
    HANDED_OVER.store(true, SeqCst);
}

/// From now on a file that may grow no further (`ulimit -f`) is an error of the write, and not the end of the program.
pub fn outlive_file_limits() {
    // Where that can't be had, it ends the program as before.
    let _ = flag::register(SIGXFSZ, Arc::default());
}

/// Watches for signals from now on, unless they are handed over.
///
/// # Errors
/// The system's, when signals can't be received or there can be no thread.
pub(super) fn watch() -> io::Result<()> {
    // Asked before our own handler hides the answer.
    let hang_up = (!is_hangup_ignored()).then_some(SIGHUP);
    if HANDED_OVER.load(SeqCst) || WATCHED.swap(true, SeqCst) {
        return Ok(());
    }
    let signals = Signals::new([SIGINT, SIGTERM, SIGQUIT].into_iter().chain(hang_up))?;
    thread::Builder::new().name("signals before".to_owned()).spawn(|| end_on(signals)).map(drop)
}

/// As [`watch`], for a question that changes the terminal's modes, which are these before.
pub(super) fn watch_with(modes: &Termios) -> io::Result<()> {
    let _ = MODES.set(modes.clone());
    watch()
}

fn end_on(mut signals: Signals) {
    for signal in signals.forever() {
        if HANDED_OVER.load(SeqCst) || (signal == SIGINT && child::interrupt()) {
            continue;
        }
        child::end_all();
        if let Some(modes) = MODES.get() {
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, modes);
            // A style is all that a question sets besides.
            let _ = io::stderr().write_all(format!("{GIVE_PASTES_BACK}\x1b[0m\r\n").as_bytes());
        }
        low_level::exit(128 + signal);
    }
}

/// Whether whoever started the program has SIGHUP ignored, as `nohup` does. `false` where the system does not tell.
#[must_use]
pub fn is_hangup_ignored() -> bool {
    static IGNORED: OnceLock<bool> = OnceLock::new();
    *IGNORED.get_or_init(|| {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let bits = ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or_default();
        // Signal 1 has the lowest bit.
        bits & 1 == 1
    })
}
