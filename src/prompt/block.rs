//! The lines of one question: drawn below the prompt, drawn over when something changes, left as one line when it is
//! answered. The terminal is raw as long as this lives.
//!
//! ```text
//! Which customers?                ← the question
//! > data owner 2 · B2C  Demobyen  ← what can be chosen, or the line that is typed
//!   another one, by its number
//! ↑↓ choose   ⏎ take   Esc back   ← what can be pressed
//! ```

use super::NoAnswer;
use crate::keyboard::{Heard, Reader, Tty};
use crate::system::Raw;
use crate::system::signals::GIVE_PASTES_BACK;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use rustix::termios::tcgetwinsize;
use secrecy::zeroize::Zeroizing;
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// A terminal that claims no width.
const USUAL_WIDTH: usize = 80;

/// Has the terminal mark pastes, so that a line end in one answers nothing.
const TAKE_PASTES: &str = "\x1b[?2004h";

/// A question on the terminal.
pub(super) struct Block {
    /// `None` once the terminal is given back.
    raw: Option<Raw>,
    tty: Tty,
    reader: Reader,
    /// In which of its lines the cursor stands.
    row: usize,
    /// How many lines stand below that one. `None` before the first is drawn, and after the last.
    below: Option<usize>,
}

/// What was pressed, as far as it is the same in all questions.
pub(super) enum Pressed {
    Enter,
    Key(KeyEvent),
    /// A text was pasted, which may be a secret.
    Pasted(Zeroizing<String>),
    /// The window has another size.
    Resized,
}

impl Block {
    /// Makes the terminal raw.
    pub(super) fn open() -> Result<Self, NoAnswer> {
        let raw = Raw::begin().map_err(|error| match error.kind() {
            io::ErrorKind::NotConnected => NoAnswer::NoTerminal,
            _ => NoAnswer::Failed(error),
        })?;
        let tty = Tty::over(rustix::stdio::stdin().try_clone_to_owned()?)?;
        tty.open();
        show(TAKE_PASTES)?;
        // One byte at a time: what is typed ahead is for the next question, or for the browser.
        Ok(Self { raw: Some(raw), tty, reader: Reader::new(1), row: 0, below: None })
    }

    /// Draws the lines over those that are there, with the cursor in the line `row`, behind this many columns.
    pub(super) fn draw(&mut self, lines: &[String], row: usize, column: usize) -> Result<(), NoAnswer> {
        let mut text = self.over(lines);
        let below = lines.len().saturating_sub(row + 1);
        if below > 0 {
            let _ = write!(text, "\x1b[{below}A");
        }
        text.push('\r');
        if column > 0 {
            let _ = write!(text, "\x1b[{column}C");
        }
        (self.row, self.below) = (row, Some(below));
        show(&text)
    }

    /// Waits for a key.
    pub(super) fn pressed(&mut self) -> Result<Pressed, NoAnswer> {
        loop {
            let key = match self.reader.next(&self.tty)? {
                Heard::Resized => return Ok(Pressed::Resized),
                Heard::Event(Event::Paste(text)) => return Ok(Pressed::Pasted(Zeroizing::new(text))),
                Heard::Event(Event::Key(key)) if key.kind != KeyEventKind::Release => key,
                Heard::Event(_) | Heard::Background(_) => continue,
            };
            return match key.code {
                KeyCode::Esc => Err(NoAnswer::GivenUp),
                KeyCode::Char('c') if key.modifiers == KeyModifiers::CONTROL => Err(NoAnswer::Interrupted),
                KeyCode::Enter => Ok(Pressed::Enter),
                _ => Ok(Pressed::Key(key)),
            };
        }
    }

    /// Leaves this line in the place of the question.
    pub(super) fn close(mut self, line: String) -> Result<(), NoAnswer> {
        let text = self.over(&[line]) + "\r\n";
        self.below = None;
        show(&text)
    }

    fn over(&self, lines: &[String]) -> String {
        let up = if self.row > 0 { format!("\x1b[{}A", self.row) } else { String::new() };
        format!("\r{up}\x1b[J{}", lines.join("\r\n"))
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        // Before the modes, so that no line end of a paste becomes a command.
        let _ = show(GIVE_PASTES_BACK);
        drop(self.raw.take());
        // What is said of an end without an answer stands below the question.
        if let Some(below) = self.below {
            let _ = show(&"\r\n".repeat(below + 1));
        }
    }
}

/// Columns of the terminal, of which the last stays free: a full line would go on in the next one.
pub(super) fn width() -> usize {
    let columns = tcgetwinsize(rustix::stdio::stderr()).map_or(0, |size| usize::from(size.ws_col));
    (if columns == 0 { USUAL_WIDTH } else { columns }).saturating_sub(1)
}

fn show(text: &str) -> Result<(), NoAnswer> {
    let mut out = io::stderr();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// A line in bold, and one in the terminal's fainter colour.
pub(super) fn bold(text: &str) -> String {
    format!("\x1b[1m{text}\x1b[0m")
}

pub(super) fn faint(text: &str) -> String {
    format!("\x1b[2m{text}\x1b[0m")
}
