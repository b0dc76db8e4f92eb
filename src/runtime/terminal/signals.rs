//! Signals, on a thread of their own: the ones that end the program, the ones that stop it and let it go on. The
//! loop is told through [`Events`]; if it does not end in time, this thread ends the process.

use std::{
    future,
    sync::atomic::{AtomicU8, Ordering::SeqCst},
    thread,
    time::Duration,
};

use rustix::process::{Signal as SystemSignal, kill_current_process_group};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP},
    iterator::Signals,
    low_level,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::session::Session;
use crate::system::child;

/// How long the loop may take to end after a signal has asked it to.
const GRACE: Duration = Duration::from_millis(1500);

/// How long to wait in the background for what came with a SIGCONT. A shell ends a stopped job with SIGTERM and then
/// SIGCONT, which can be seen the other way round; stopped again in between, the program would never see SIGTERM.
const SETTLE: Duration = Duration::from_millis(100);

/// The exit status that a signal has asked for; 0 while none has.
static ASKED: AtomicU8 = AtomicU8::new(0);

/// What the system tells the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// End now, with this exit status: 128 and the number of the signal.
    Quit(u8),
    /// The program was stopped and goes on: clear the screen and draw it anew, its size may be another.
    Resumed,
}

/// What the system tells the loop, one at a time.
///
/// A terminal that vanishes is told here too, as [`Signal::Quit`], possibly after the keyboard has failed
/// or ended: that alone need not end the loop.
#[derive(Debug)]
pub struct Events(UnboundedReceiver<Signal>);

impl Events {
    /// Waits for the next signal, for ever if there is none; safe to be cancelled.
    pub async fn next(&mut self) -> Signal {
        match self.0.recv().await {
            Some(signal) => signal,
            None => future::pending().await,
        }
    }
}

/// A sender of signals and its receiver: the loop's own in a session, any other in a test.
#[must_use]
pub fn channel() -> (UnboundedSender<Signal>, Events) {
    let (told, events) = unbounded_channel();
    (told, Events(events))
}

/// The exit status that a signal has asked for, `None` if none has.
#[must_use]
pub fn asked_to_end() -> Option<u8> {
    Some(ASKED.load(SeqCst)).filter(|status| *status != 0)
}

/// Starts the thread that receives signals.
///
/// # Errors
/// The system's, when signals cannot be received or there can be no thread.
pub(super) fn listen(session: &'static Session, told: UnboundedSender<Signal>) -> std::io::Result<()> {
    let signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT])?;
    let receive = move || receive(signals, session, &told);
    thread::Builder::new().name("signals".to_owned()).spawn(receive)?;
    Ok(())
}

/// Receives signals for ever.
fn receive(mut signals: Signals, session: &'static Session, told: &UnboundedSender<Signal>) {
    let mut asked = false;
    loop {
        let mut arrived: Vec<i32> = signals.wait().collect();
        if arrived.contains(&SIGCONT) && !session.is_lent() && !session.in_foreground() {
            session.let_go();
            thread::sleep(SETTLE);
            arrived.extend(signals.pending());
        }
        // The ones that end come first: the others then no longer matter.
        arrived.sort_by_key(|signal| [SIGCONT, SIGTSTP].contains(signal));
        for signal in arrived {
            match signal {
                // A closed window is told of up to three times, by the kernel, the shell and the watchdog: a SIGHUP
                // more is not someone who has lost patience.
                SIGCONT | SIGTSTP | SIGHUP if asked_to_end().is_some() => {}
                // Whoever lends the terminal to a child takes it back.
                SIGCONT if session.is_lent() => {}
                // Ctrl+C while a child runs ends the child alone.
                SIGINT if child::interrupt() => {}
                SIGTSTP => stop(session),
                SIGCONT => resume(session, told),
                ending if asked => end_now(session, status_of(ending)),
                ending => {
                    asked = true;
                    ask_to_end(told, status_of(ending));
                    let _ = child::interrupt();
                    end_within(session, GRACE, status_of(ending));
                }
            }
        }
    }
}

/// Gives the terminal back and stops the job: the whole process group, as the terminal itself would on Ctrl+Z, so
/// that a script or `cargo run` around this program stops too and the shell shows its prompt.
pub(super) fn stop(session: &Session) {
    session.leave();
    // SIGTSTP is ours to receive, so that it cannot stop us any more; SIGSTOP stops everybody.
    let _ = kill_current_process_group(SystemSignal::STOP);
}

/// Ends the process if the loop has not done so within `grace` from now, or at once if no one can wait for that.
pub(super) fn end_within(session: &'static Session, grace: Duration, status: u8) {
    let wait = move || {
        thread::sleep(grace);
        end_now(session, status);
    };
    if thread::Builder::new().name("deadline".to_owned()).spawn(wait).is_err() {
        end_now(session, status);
    }
}

/// Asks the loop to end with `status`, unless it has been asked to end with another.
pub(super) fn ask_to_end(told: &UnboundedSender<Signal>, status: u8) {
    if ASKED.compare_exchange(0, status, SeqCst, SeqCst).is_ok() {
        // A loop that is gone ends the process by itself.
        let _ = told.send(Signal::Quit(status));
    }
}

/// 128 and the number of `signal`, as a shell reports the end by it.
pub(super) fn status_of(signal: i32) -> u8 {
    u8::try_from(signal).unwrap_or_default().saturating_add(128)
}

/// Gives the terminal back and ends the process on the spot.
fn end_now(session: &Session, status: u8) {
    child::end_all();
    session.end();
    low_level::exit(status.into());
}

/// Takes the terminal again after a stop; not in the background, where it is the shell's. There the job is stopped
/// once more, as the terminal does with any program that touches it: only then will `fg` send it SIGCONT again.
fn resume(session: &Session, told: &UnboundedSender<Signal>) {
    if !session.in_foreground() {
        let _ = kill_current_process_group(SystemSignal::STOP);
    } else if session.enter().is_ok() {
        let _ = told.send(Signal::Resumed);
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

    use super::{Signal, channel, status_of};

    #[rstest]
    #[case::hang_up(SIGHUP, 129)]
    #[case::interrupt(SIGINT, 130)]
    #[case::quit(SIGQUIT, 131)]
    #[case::terminate(SIGTERM, 143)]
    fn the_exit_status_is_the_one_that_a_shell_reports(#[case] signal: i32, #[case] status: u8) {
        assert_eq!(status_of(signal), status);
    }

    #[tokio::test]
    async fn signals_arrive_in_order() {
        let (told, mut events) = channel();
        told.send(Signal::Resumed).unwrap();
        told.send(Signal::Quit(143)).unwrap();
        assert_eq!((events.next().await, events.next().await), (Signal::Resumed, Signal::Quit(143)));
    }
}
