//! Gives the terminal back when a signal ends the program in the middle of a question: the questions themselves
//! give it back in all other ends. Also the way out when the window is closed, which their reader does not notice.

use super::NoAnswer;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;
use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::{io, thread};

/// The terminal's modes before the first question.
static BEFORE: OnceLock<Termios> = OnceLock::new();
/// Whether signals are somebody else's business now.
static HANDED_OVER: AtomicBool = AtomicBool::new(false);

/// Leaves signals to whoever takes the screen; the next question takes them back.
pub fn hand_over() {
    HANDED_OVER.store(true, SeqCst);
}

/// Watches for signals from now on. The terminal's modes as they are.
pub(super) fn watch() -> Result<Termios, NoAnswer> {
    HANDED_OVER.store(false, SeqCst);
    let modes = tcgetattr(rustix::stdio::stdin()).map_err(|_| NoAnswer::NoTerminal)?;
    if BEFORE.set(modes.clone()).is_ok() {
        let signals = Signals::new([SIGTERM, SIGHUP, SIGQUIT]).map_err(NoAnswer::Failed)?;
        thread::Builder::new()
            .name("prompt".to_owned())
            .spawn(|| end_on(signals))
            .map_err(NoAnswer::Failed)?;
    }
    Ok(modes)
}

fn end_on(mut signals: Signals) {
    for signal in signals.forever() {
        if HANDED_OVER.load(SeqCst) {
            continue;
        }
        if let Some(modes) = BEFORE.get() {
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, modes);
            // A style is all that a question sets besides.
            let _ = io::stderr().write_all(b"\x1b[0m\r\n");
        }
        low_level::exit(128 + signal);
    }
}
