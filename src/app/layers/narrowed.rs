//! What all lists have that one types into: the text that narrows them, and the selected row.

use crate::app::input;
use crate::keys::Action;
use crate::text;
use crossterm::event::KeyEvent;
use tui_input::Input;

/// The text, and the row.
#[derive(Debug, Clone, Default)]
pub struct Narrowed {
    /// What is typed.
    pub input: Input,
    /// The selected one of the lines that are listed; of a text that is only read, the first one that is shown.
    pub row: usize,
}

impl Narrowed {
    /// Nothing typed, and this row selected.
    pub(in crate::app) fn on(row: usize) -> Self {
        Self { input: Input::default(), row }
    }

    /// What a line must hold, folded. Empty where every line is listed.
    #[must_use]
    pub fn wanted(&self) -> String {
        text::fold(self.input.value().trim())
    }

    /// The first line on the screen, where this many lines fit.
    #[must_use]
    pub fn first_shown(&self, window: usize) -> usize {
        (self.row + 1).saturating_sub(window)
    }

    /// Goes to another row, `last` at most. Returns whether the key was for that.
    pub(in crate::app) fn step(&mut self, action: Action, window: usize, last: usize) -> bool {
        let row = match action {
            Action::Up => self.row.saturating_sub(1),
            Action::Down => self.row.saturating_add(1),
            Action::PageUp => self.row.saturating_sub(window),
            Action::PageDown => self.row.saturating_add(window),
            Action::First => 0,
            Action::Last => last,
            _ => return false,
        };
        self.row = row.min(last);
        true
    }

    /// Selects a row. Returns whether it was selected before.
    pub(in crate::app) fn click(&mut self, row: usize) -> bool {
        std::mem::replace(&mut self.row, row) == row
    }

    /// Gives a key to the text.
    pub(in crate::app) fn type_key(&mut self, key: &KeyEvent) {
        if input::edit(&mut self.input, key) {
            self.row = 0;
        }
    }

    /// Adds pasted text.
    pub(in crate::app) fn paste(&mut self, text: &str) {
        input::insert(&mut self.input, text);
        self.row = 0;
    }

    /// Forgets what was typed.
    pub(in crate::app) fn clear(&mut self) {
        self.input = Input::default();
    }
}
