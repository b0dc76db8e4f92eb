//! What is asked for without keys: an action by its name, a customer by the number under which they were shown.

use crate::app::{App, Parts};
use crate::keys::Action;
use crate::list::Slot;

impl App {
    /// Does an action that was asked for by its name. To quit with forms that are not sent it is asked for twice in a row.
    pub(super) fn asked(&mut self, action: Action) {
        let is_second = self.begin_to_answer();
        if action != Action::CopyId {
            self.copied_id = None;
        }
        match action {
            Action::Quit => self.quit(is_second),
            action => self.act(action),
        }
    }

    /// Opens the card of a customer of the list.
    pub(super) fn chosen(&mut self, slot: Slot) {
        self.begin_to_answer();
        let Parts { list, layers, mut env, .. } = self.parts();
        layers.open_chosen(list, &mut env, slot);
    }

    /// What was said is over. Returns whether quitting was asked for just before.
    fn begin_to_answer(&mut self) -> bool {
        self.forget_what_was_said();
        self.layers.open_no_caller();
        self.interrupted.take().is_some()
    }
}
