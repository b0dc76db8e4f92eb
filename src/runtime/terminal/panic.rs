//! Our own panic hook: the terminal first, then one line with the place, then the end of the process, whichever
//! thread it was. Not what panicked: the text of a panic can hold a customer's name.

use std::{
    panic::{self, Location},
    sync::atomic::{AtomicBool, Ordering::SeqCst},
    thread,
};

use signal_hook::low_level;

use super::{device, session::Session};
use crate::system::child;

/// The exit status after a panic, the one that Rust itself uses.
const STATUS: i32 = 101;

/// Puts our panic hook in the place of the default one, which prints the payload and lets the other threads draw on.
///
/// To be called as early as possible; [`enter`](super::enter) does so again, in case it was not.
pub fn replace_panic_hook() {
    panic::set_hook(Box::new(|panic| end(panic.location())));
}

/// Ends the process without unwinding: no destructor runs and no one catches it, so nothing is drawn any more.
fn end(place: Option<&Location<'_>>) -> ! {
    static ENDING: AtomicBool = AtomicBool::new(false);
    if ENDING.swap(true, SeqCst) {
        // Another thread panicked first and is about to end the process, this one with it.
        loop {
            thread::park();
        }
    }
    child::end_all();
    if let Some(session) = Session::current() {
        session.end();
    }
    let place = place.map_or_else(|| "an unknown place".to_owned(), Location::to_string);
    device::say(&format!("cubedex: stopped by a fault of its own at {place}"));
    tracing::error!(%place, "panicked");
    low_level::exit(STATUS)
}
