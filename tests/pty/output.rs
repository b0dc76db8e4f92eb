//! What a program in a pseudo-terminal has shown so far, collected by two threads, and the waiting for it.

use std::{
    io::{ErrorKind, Read},
    sync::{Condvar, Mutex, MutexGuard},
    time::Duration,
};

use portable_pty::{Child, ExitStatus};

/// How long a wait may take before the test fails: far more than any takes, also on a busy machine.
const DEADLINE: Duration = Duration::from_secs(90);

/// What the test and the threads of its program share.
pub(super) struct Shared {
    pub(super) state: Mutex<State>,
    pub(super) changed: Condvar,
}

/// All that is known of the program.
pub(super) struct State {
    pub(super) screen: vt100::Parser,
    pub(super) raw: Vec<u8>,
    pub(super) reading: Reading,
    /// Whether the stream has ended: no process has the terminal open any more, or we have let go of it.
    pub(super) ended: bool,
    pub(super) exit: Option<ExitStatus>,
}

/// Whether anyone reads what the program writes.
#[derive(PartialEq)]
pub(super) enum Reading {
    On,
    Paused,
    /// The next bytes are the last.
    LettingGo,
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.changed.notify_all();
    }

    /// Blocks until `done`. Fails after [`DEADLINE`], showing the screen and naming `what` was waited for.
    pub(super) fn wait(&self, what: &str, mut done: impl FnMut(&State) -> bool) -> MutexGuard<'_, State> {
        let (state, late) =
            self.changed.wait_timeout_while(self.state(), DEADLINE, |state| !done(state)).unwrap();
        if late.timed_out() {
            let (screen, exit) = (state.screen.screen().contents(), state.exit.clone());
            // Unlocked first: a poisoned lock would keep the program from being killed.
            drop(state);
            panic!("waited in vain for {what}; exit: {exit:?}; screen:\n{screen}");
        }
        state
    }
}

/// Feeds what the program writes to the screen, until the last of it.
pub(super) fn read(mut source: Box<dyn Read + Send>, shared: &Shared) {
    let mut bytes = [0; 8192];
    loop {
        let paused = |state: &mut State| state.reading == Reading::Paused;
        drop(shared.changed.wait_while(shared.state(), paused).unwrap());
        match source.read(&mut bytes) {
            Ok(read) if read > 0 => shared.change(|state| {
                state.screen.process(&bytes[..read]);
                state.raw.extend_from_slice(&bytes[..read]);
            }),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // Linux ends the stream with an error, macOS with nothing.
            Ok(_) | Err(_) => break,
        }
        if shared.state().reading == Reading::LettingGo {
            break;
        }
    }
    // Before the end is announced: the terminal must be let go of by then.
    drop(source);
    shared.change(|state| state.ended = true);
}

/// Waits for the end of the program.
pub(super) fn reap(mut child: Box<dyn Child + Send + Sync>, shared: &Shared) {
    let exit = child.wait().unwrap();
    shared.change(|state| state.exit = Some(exit));
}
