//! The lines that were searched for, to be had again. Kept in memory only: they can name a customer.

use crate::app::App;
use crate::app::find::Purpose;
use tui_input::Input;

/// As many lines as anybody goes back.
const LONGEST: usize = 100;

/// Lines that were used, the last one at the end.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    lines: Vec<(Purpose, String)>,
}

impl History {
    /// Remembers a line. One that was used before moves to the end.
    pub(super) fn add(&mut self, purpose: Purpose, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        self.lines.retain(|known| *known != (purpose, line.to_owned()));
        self.lines.push((purpose, line.to_owned()));
        if self.lines.len() > LONGEST {
            self.lines.remove(0);
        }
    }

    /// The line so many uses back, 0 for the last. `None` iff there are not so many.
    fn back(&self, purpose: Purpose, uses: usize) -> Option<&str> {
        let mut lines = self.lines.iter().rev().filter(|(known, _)| *known == purpose);
        lines.nth(uses).map(|(_, line)| line.as_str())
    }
}

impl App {
    /// In an empty line, and from there on in lines that were had again: the line used before, or after. Whether the
    /// key was for that.
    pub(super) fn recall(&mut self, older: bool) -> bool {
        let Some(find) = &mut self.find else { return false };
        let at = match (find.recalled, older) {
            (None, true) if find.input.value().is_empty() => Some(0),
            (None, _) => return false,
            (Some(at), true) => Some(at + 1),
            (Some(0), false) => {
                // Below the last line are the rows.
                find.recalled = None;
                return false;
            }
            (Some(at), false) => Some(at - 1),
        };
        if let Some(line) = at.and_then(|at| self.history.back(find.purpose, at)) {
            find.input = Input::new(line.to_owned());
            self.line_changed();
            if let Some(find) = &mut self.find {
                find.recalled = at;
            }
        }
        true
    }
}
