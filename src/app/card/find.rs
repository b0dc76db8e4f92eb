//! Finding a field in the card by typing a part of its label or value.

use crate::app::{App, line};
use crossterm::event::KeyEvent;
use tui_input::Input;

/// What is looked for in a card.
#[derive(Debug, Clone, Default)]
pub struct FieldFind {
    /// The line.
    pub input: Input,
    /// Whether the line has the focus.
    pub typing: bool,
}

impl App {
    /// Opens the line in which a field is looked for, empty.
    pub(in crate::app) fn open_field_find(&mut self) {
        if let Some(card) = &mut self.card {
            card.find = Some(FieldFind { typing: true, ..FieldFind::default() });
        }
    }

    /// Gives a key to the line.
    pub(in crate::app) fn type_field_key(&mut self, key: &KeyEvent) {
        let find = self.card.as_mut().and_then(|card| card.find.as_mut());
        if find.is_some_and(|find| line::edit(&mut find.input, key)) {
            self.first_field();
        }
    }

    /// Adds pasted text to the line.
    pub(in crate::app) fn paste_into_field_find(&mut self, text: &str) {
        if let Some(find) = self.card.as_mut().and_then(|card| card.find.as_mut()) {
            line::insert(&mut find.input, text);
            self.first_field();
        }
    }

    /// Keeps what is shown and gives the keys back to the card; an empty line is closed.
    pub(in crate::app) fn keep_field_find(&mut self) {
        if let Some(card) = &mut self.card {
            card.find = card.find.take().filter(|find| !find.input.value().trim().is_empty());
            if let Some(find) = &mut card.find {
                find.typing = false;
            }
        }
    }

    /// Shows all fields again, the cursor on the same one. Whether some were hidden.
    pub(in crate::app) fn clear_field_find(&mut self) -> bool {
        let key = self.field_under_cursor().map(|field| field.key);
        let Some(card) = &mut self.card else { return false };
        let was_open = card.find.take().is_some();
        if was_open {
            self.move_to_field(key.as_deref());
        }
        was_open
    }

    fn first_field(&mut self) {
        self.move_to_field(None);
    }
}
