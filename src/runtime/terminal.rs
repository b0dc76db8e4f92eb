//! The terminal, borrowed from the user's shell: [`enter`] takes it over and [`Guard`] gives it back, whatever ends
//! the program: the end of the loop, an error, a panic on any thread, a signal, Ctrl+Z, or the window being closed.
//! All that only Unix has stays in here. It knows no keys and draws nothing.
//!
//! ```text
//!              enter                       quit, panic, signal
//!   (shell) ──────────▶ Inside ───────────────────────────────▶ Gone: frames go nowhere, for good
//!                        │  ▲
//!      Ctrl+Z, SIGTSTP   ▼  │  SIGCONT, and the terminal is ours
//!                       Away ──▶ SIGCONT in the background: stopped again
//! ```

mod background;
mod core_file;
mod device;
mod keyboard;
mod panic;
mod screen;
mod session;
mod signals;
mod title;
mod watchdog;

use std::{env, io};

use ratatui::Terminal;
use rustix::termios::isatty;

pub use self::{
    core_file::forbid_core_files,
    keyboard::Keyboard,
    panic::replace_panic_hook,
    screen::{Screen, clamped},
    signals::{Events, Signal, asked_to_end, channel},
};
use self::{device::Device, session::Session};
use crate::system::{self, has_job_control};
use crate::text::SafeText;

/// Why the screen could not be opened; the program then says so on one line and ends with status 2.
///
/// Not one byte has been written to the terminal when this is returned.
#[derive(Debug, thiserror::Error)]
pub enum NotATerminal {
    /// Keys could not be read: standard input is a file, a pipe or closed.
    #[error("standard input is not a terminal")]
    Input,
    /// Nothing could be drawn: standard output is a file, a pipe or closed.
    #[error("standard output is not a terminal")]
    Output,
    /// `TERM` is unset, empty or `dumb`: such a terminal shows escape sequences instead of obeying them.
    #[error("the terminal cannot move its cursor (TERM is not set, or is \"dumb\")")]
    Dumb,
    /// The system refused one of the steps of taking the terminal over.
    #[error("taking over the terminal")]
    Refused(#[source] io::Error),
}

/// The terminal is ours as long as this lives.
///
/// Dropping it gives the terminal back; so do, without it, a panic and a signal. Whoever comes first does it, the
/// others find it done.
#[derive(Debug)]
pub struct Guard {
    session: &'static Session,
}

impl Guard {
    /// Gives the terminal back for good: the screen, cursor and modes as they were before [`enter`].
    ///
    /// Errors are swallowed, there is no one left to tell; what is drawn afterwards goes nowhere.
    pub fn restore(&self) {
        self.session.end();
    }

    /// Starts to read what is typed. To be called once.
    ///
    /// # Errors
    /// The system's, when there can be no thread.
    pub fn keyboard(&self) -> io::Result<Keyboard> {
        self.session
            .tty()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
            .and_then(|tty| Keyboard::over(self.session, tty))
    }

    /// Asks the terminal for its background, if it can answer; the answer comes from the keyboard, whenever it comes.
    pub fn ask_background(&self) {
        if background::can_be_asked(|name| env::var(name).ok()) {
            self.session.expect_answer(true);
            self.send(background::QUESTION);
        }
    }

    /// Takes the mouse from the terminal, or gives it back. Errors are swallowed: the next frame meets them too.
    pub fn want_mouse(&self, wanted: bool) {
        let _ = self.session.want_mouse(wanted);
    }

    /// Calls the terminal's window this where it has a title, or gives it its own back. Errors are swallowed: the next
    /// frame meets them too.
    pub fn want_title(&self, wanted: Option<&SafeText<'_>>) {
        let has_title = env::var("TERM").is_ok_and(|term| title::can_be_set(&term));
        let _ = self.session.want_title(wanted.filter(|_| has_title).map(SafeText::as_str));
    }

    /// Sends bytes that are no part of a frame. Errors are swallowed: the next frame meets them too.
    pub fn send(&self, bytes: &[u8]) {
        let _ = self.session.show(bytes);
    }

    /// Gives the terminal back while `task` runs a child that may ask there. Afterwards the screen is to be drawn anew,
    /// as after [`Signal::Resumed`]; but it is not taken again when a signal has asked the program to end meanwhile.
    ///
    /// # Errors
    /// The system's, when the terminal can't be taken again.
    pub fn lend<T>(&self, task: impl FnOnce() -> T) -> io::Result<T> {
        self.session.lend();
        let done = task();
        self.session.take_back(asked_to_end().is_none())?;
        Ok(done)
    }

    /// Gives the terminal back and stops the program until the shell's `fg`; [`Signal::Resumed`] follows then.
    ///
    /// `false` iff no one could bring it back, because no shell with job control started it (a terminal emulator
    /// or a tmux pane did): nothing has happened then.
    #[must_use]
    pub fn suspend(&self) -> bool {
        let resumable = has_job_control();
        if resumable {
            signals::stop(self.session);
        }
        resumable
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.restore();
    }
}

/// Takes the terminal over: raw mode, the alternate screen, no cursor, bracketed paste; the mouse stays the
/// terminal's own until it is wanted, so that its selection works.
///
/// From here on panics and signals are ours too. To be called once in a process.
///
/// # Errors
/// [`NotATerminal`] says why there is nothing to draw on; nothing has been changed then.
pub fn enter() -> Result<(Guard, Terminal<Screen>, Events), NotATerminal> {
    check(
        isatty(rustix::stdio::stdin()),
        isatty(rustix::stdio::stdout()),
        env::var_os("TERM").as_deref().and_then(|term| term.to_str()),
    )?;
    let session = Device::open().and_then(Session::begin).map_err(NotATerminal::Refused)?;
    // From here on an error on the way out gives back what was taken so far.
    let guard = Guard { session };
    let (told, events) = channel();
    // Before the first mode is set, so that there is no moment in which a signal or a panic leaves it set.
    replace_panic_hook();
    signals::listen(session, told.clone()).map_err(NotATerminal::Refused)?;
    system::signals::hand_over();
    session.enter().map_err(NotATerminal::Refused)?;
    watchdog::watch(session, told).map_err(NotATerminal::Refused)?;
    // The font of the Linux console has letters and few signs.
    let knows_signs = crate::text::is_utf8(|name| env::var(name).ok())
        && env::var("TERM").is_ok_and(|term| term != "linux");
    let terminal = Terminal::new(Screen::new(session, knows_signs)).map_err(NotATerminal::Refused)?;
    Ok((guard, terminal, events))
}

/// What can be known without touching the terminal; `term` is `None` where `TERM` is unset or not UTF-8.
fn check(input: bool, output: bool, term: Option<&str>) -> Result<(), NotATerminal> {
    match (input, output, term) {
        (false, _, _) => Err(NotATerminal::Input),
        (_, false, _) => Err(NotATerminal::Output),
        (_, _, None | Some("" | "dumb")) => Err(NotATerminal::Dumb),
        (true, true, Some(_)) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::check;

    #[rstest]
    #[case::a_terminal(true, true, Some("xterm-256color"), None)]
    #[case::no_input(false, true, Some("xterm"), Some("standard input is not a terminal"))]
    #[case::no_output(true, false, Some("xterm"), Some("standard output is not a terminal"))]
    #[case::neither(false, false, None, Some("standard input is not a terminal"))]
    #[case::unset(
        true,
        true,
        None,
        Some("the terminal cannot move its cursor (TERM is not set, or is \"dumb\")")
    )]
    #[case::empty(
        true,
        true,
        Some(""),
        Some("the terminal cannot move its cursor (TERM is not set, or is \"dumb\")")
    )]
    #[case::dumb(
        true,
        true,
        Some("dumb"),
        Some("the terminal cannot move its cursor (TERM is not set, or is \"dumb\")")
    )]
    fn a_screen_that_cannot_be_drawn_on_is_refused_with_the_reason(
        #[case] input: bool,
        #[case] output: bool,
        #[case] term: Option<&str>,
        #[case] refused: Option<&str>,
    ) {
        let said = check(input, output, term).err().map(|error| error.to_string());
        assert_eq!(said.as_deref(), refused);
    }
}
