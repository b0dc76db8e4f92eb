//! Ends the program when its terminal has vanished, also where no SIGHUP says so (`nohup`, another session), and while
//! no one reads the keyboard.

use std::{io, thread, time::Duration};

use signal_hook::consts::SIGHUP;
use tokio::sync::mpsc::UnboundedSender;

use crate::system::child;

use super::{
    session::Session,
    signals::{Signal, ask_to_end, end_within, status_of},
};

/// How long the loop may take to end: short, as no one sees the screen any more.
const GRACE: Duration = Duration::from_millis(500);

/// Starts the thread that sleeps until the terminal's other side is closed; nothing else wakes it.
///
/// # Errors
/// The system's, when there can be no thread.
pub(super) fn watch(session: &'static Session, told: UnboundedSender<Signal>) -> io::Result<()> {
    let wait = move || {
        if session.wait_for_hang_up() {
            ask_to_end(&told, status_of(SIGHUP));
            let _ = child::interrupt();
            end_within(session, GRACE, status_of(SIGHUP));
        }
    };
    thread::Builder::new().name("watchdog".to_owned()).spawn(wait)?;
    Ok(())
}
