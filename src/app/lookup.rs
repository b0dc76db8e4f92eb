//! What Enter does in the lookup line: open who is under the cursor, else ask Cube for the id.

use crate::app::find::{Asked, wrong_character};
use crate::app::{App, Card, Effect};
use crate::cube::{CustomerId, Error, Reading};
use std::sync::Arc;

impl App {
    /// Opens the customer under the cursor; with nobody found, asks Cube for the id. When the answer to what was
    /// typed is not here yet, this waits for it.
    pub(super) fn lookup_entered(&mut self) {
        let Some(find) = &mut self.find else { return };
        let line = find.input.value().trim().to_owned();
        if find.is_behind() {
            find.enter = true;
            return;
        }
        find.enter = false;
        if line.is_empty() || wrong_character(&line).is_some() || matches!(find.asked, Asked::Waiting(_)) {
            return;
        }
        if let Some(slot) = self.selected().filter(|_| self.found().is_some()) {
            self.clear_find();
            self.move_to_customer(slot);
            self.open_card(slot);
            return;
        }
        match id_in(&line) {
            Some(id) => self.ask_for_id(id),
            None => self.load_rest_by_itself(),
        }
    }

    /// Asks Cube for the id in the line, whoever is found: an id may begin like many numbers.
    pub(super) fn ask_cube(&mut self) {
        let id = self.find.as_ref().and_then(|find| id_in(find.input.value().trim()));
        match id {
            Some(id) => {
                self.stop_lookup();
                self.ask_for_id(id);
            }
            None => self.say("Cube can be asked for 1 to 20 digits"),
        }
    }

    fn ask_for_id(&mut self, id: CustomerId) {
        self.tickets += 1;
        if let Some(find) = &mut self.find {
            find.asked = Asked::Waiting(self.tickets);
        }
        self.load.heard = Some(self.now);
        self.effects.push(Effect::FetchCustomer { ticket: self.tickets, id });
    }

    /// Takes in Cube's answer to the lookup. Whether it was the lookup that had asked.
    pub(super) fn looked_up(&mut self, ticket: u64, result: &Result<Reading, Arc<Error>>) -> bool {
        let Some(find) = &mut self.find else { return false };
        if !matches!(find.asked, Asked::Waiting(asked) if asked == ticket) {
            return false;
        }
        match result {
            Ok(reading) => {
                self.clear_find();
                self.show_reading(reading);
            }
            Err(error) if error.is_not_found() => {
                find.asked = Asked::NotThere(find.input.value().trim().to_owned());
                self.load_rest_by_itself();
            }
            Err(error) => {
                find.asked = Asked::Failed(Arc::clone(error));
                self.is_refusal(error);
            }
        }
        true
    }

    /// Opens the card of a customer that was just read, and puts the cursor on her where she is in the list.
    fn show_reading(&mut self, reading: &Reading) {
        if let Some(slot) = self.take_in(reading) {
            self.move_to_customer(slot);
            self.open_card(slot);
        } else {
            self.open_detached(Card::read(reading));
        }
    }

    /// Asks again for an id that could not be asked for.
    pub(super) fn retry_lookup(&mut self) {
        if self.find.as_ref().is_some_and(|find| matches!(find.asked, Asked::Failed(_))) {
            self.ask_cube();
        }
    }

    /// Drops the question for an id. Whether there was one.
    pub(super) fn stop_lookup(&mut self) -> bool {
        let Some(find) = &mut self.find else { return false };
        let Asked::Waiting(ticket) = find.asked else { return false };
        find.asked = Asked::No;
        self.effects.push(Effect::CancelCustomer { ticket });
        true
    }
}

/// The id that a line of digits is. `None` for a number with a plus, and for more digits than an id has.
fn id_in(line: &str) -> Option<CustomerId> {
    let digits: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    CustomerId::try_from(digits.as_str()).ok()
}
