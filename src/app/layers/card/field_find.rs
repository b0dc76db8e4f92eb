//! Finding a field in the card by typing a part of its label or value.

use crate::app::input;
use crossterm::event::KeyEvent;
use tui_input::Input;

/// What is looked for in a card.
#[derive(Debug, Clone, Default)]
pub struct FieldFind {
    /// The text.
    pub input: Input,
    /// Whether the line has the focus.
    pub(super) typing: bool,
}

impl FieldFind {
    /// An empty line with the focus.
    pub(super) fn typing() -> Self {
        Self { typing: true, ..Self::default() }
    }

    /// What is looked for, without blanks around it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value().trim()
    }

    /// Edits the line. Returns whether its text changed.
    pub(super) fn type_key(&mut self, key: &KeyEvent) -> bool {
        input::edit(&mut self.input, key)
    }

    pub(super) fn paste(&mut self, text: &str) {
        input::insert(&mut self.input, text);
    }
}
