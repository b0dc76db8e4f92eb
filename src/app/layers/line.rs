//! The line: digits, names, anything that a caller says. Its text is searched in the list; a number can also be asked
//! of Cube.

use super::{Outcome, Wish};
use crate::app::layers::History;
use crate::app::{Env, Task, Ticket, input};
use crate::cube::{CustomerId, Error};
use crate::keys::Action;
use crossterm::event::{KeyCode, KeyEvent};
use std::sync::Arc;
use tui_input::Input;

/// How far Cube was asked for the id in the line.
#[derive(Debug, Clone, Default)]
pub enum Asked {
    /// Not asked.
    #[default]
    No,
    /// Asked; the ticket of the question.
    Waiting(Ticket),
    /// Cube has no customer with this id.
    NotFound(CustomerId),
    /// The request failed.
    Failed(Arc<Error>),
}

/// An open line.
#[derive(Debug, Default)]
pub struct Line {
    /// The text.
    pub input: Input,
    /// Whether the whole text is selected: what is typed next replaces it.
    pub is_selected: bool,
    /// How far Cube was asked for the id in it.
    pub asked: Asked,
    /// Whether a number's customer is opened as soon as they are known: the browser was started with it.
    pub(in crate::app) opens_caller: bool,
    /// How many uses back in the history the text was taken from.
    recalled: Option<usize>,
}

impl Line {
    /// A line with the text of an older search, selected.
    #[must_use]
    pub(in crate::app) fn with_selected(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()), is_selected: !text.is_empty(), ..Self::default() }
    }

    /// The text without blanks around it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value().trim()
    }

    /// The id that the text is. `None` for words, for a number with a plus, and for more digits than an id has.
    #[must_use]
    pub fn id(&self) -> Option<CustomerId> {
        let digits: String = self.text().chars().filter(|c| !c.is_whitespace()).collect();
        CustomerId::try_from(digits.as_str()).ok()
    }

    /// Selects the text, so that the next caller's replaces it.
    pub(in crate::app) fn select(&mut self) {
        self.is_selected = !self.input.value().is_empty();
    }

    /// Does what a key is for. Up in an empty or selected line, and from there on, goes through the history.
    pub(in crate::app) fn act(&mut self, action: Action, history: &History) -> Outcome {
        match action {
            Action::Up => self.recall(history, true),
            Action::Down if self.recalled.is_some() => self.recall(history, false),
            Action::Down => Outcome::Wish(Wish::NextRow),
            Action::Keep => Outcome::Wish(Wish::Keep),
            Action::Open => Outcome::Wish(Wish::Enter),
            Action::Back => Outcome::Wish(Wish::Close),
            _ => Outcome::Ignored,
        }
    }

    /// Takes a key that is typed.
    pub(in crate::app) fn type_key(&mut self, key: &KeyEvent) -> Outcome {
        let replaces = self.is_selected && input::types_or_deletes(key);
        if replaces {
            self.input = Input::default();
        }
        let moves = matches!(key.code, KeyCode::Left | KeyCode::Right | KeyCode::Home | KeyCode::End);
        if replaces || moves {
            self.is_selected = false;
        }
        let changes = input::edit(&mut self.input, key);
        if changes || replaces { self.changed() } else { Outcome::Done }
    }

    /// Takes pasted text. A whole number or address replaces what was typed; a piece of text is added to it.
    pub(in crate::app) fn paste(&mut self, text: &str) -> Outcome {
        let goes_on = self.input.value().ends_with(' ');
        if self.is_selected || is_whole(text, goes_on) {
            self.input = Input::default();
        }
        self.is_selected = false;
        input::insert(&mut self.input, text);
        self.changed()
    }

    /// Puts another text into the line.
    pub(in crate::app) fn set_text(&mut self, text: &str) {
        self.input = Input::new(text.to_owned());
        self.is_selected = false;
    }

    /// Asks Cube for the id in the line.
    pub(in crate::app) fn ask_cube(&mut self, env: &mut Env<'_>, list: crate::app::ListId, id: CustomerId) {
        self.stop(env);
        let ticket = env.out.ticket(list);
        self.asked = Asked::Waiting(ticket);
        env.out.task(Task::FetchCustomer { ticket, id, or_elsewhere: true });
    }

    /// Whether this line has asked the question.
    #[must_use]
    pub(in crate::app) fn awaits(&self, ticket: Ticket) -> bool {
        matches!(self.asked, Asked::Waiting(asked) if asked == ticket)
    }

    /// Drops the request for an id.
    pub(in crate::app) fn stop(&mut self, env: &mut Env<'_>) {
        if let Asked::Waiting(ticket) = std::mem::take(&mut self.asked) {
            env.out.task(Task::CancelCustomer(ticket));
        }
    }

    fn changed(&mut self) -> Outcome {
        self.recalled = None;
        Outcome::Wish(Wish::Search)
    }

    fn recall(&mut self, history: &History, older: bool) -> Outcome {
        let uses = match (self.recalled, older) {
            (None, _) if !self.is_selected && !self.input.value().is_empty() => return Outcome::Ignored,
            // The text of the last use is selected already.
            (None, _) => usize::from(self.is_selected && history.back(0) == Some(self.text())),
            (Some(uses), true) => uses + 1,
            (Some(0), false) => return Outcome::Wish(Wish::NextRow),
            (Some(uses), false) => uses - 1,
        };
        let Some(text) = history.back(uses) else { return Outcome::Done };
        self.set_text(text);
        self.recalled = Some(uses);
        Outcome::Wish(Wish::Search)
    }
}

/// Whether a pasted text is a whole id, number, e-mail address or name by itself, and no piece of one. A single word
/// `goes_on` with a line that ends in a blank.
fn is_whole(text: &str, goes_on: bool) -> bool {
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-()/.".contains(c));
    if is_number {
        return text.chars().filter(char::is_ascii_digit).count() >= 4;
    }
    text.contains('@') || text.split_whitespace().nth(1).is_some() || !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::an_id("9120011888", "kari", "9120011888")]
    #[case::a_number("+47 909 09 090", "4790909088", "+47 909 09 090")]
    #[case::an_address("kari@x.no", "ola", "kari@x.no")]
    #[case::a_name("Kari Nordmann", "ola ", "Kari Nordmann")]
    #[case::a_word("Kari", "ola", "Kari")]
    #[case::a_word_that_goes_on("oslo", "kari ", "kari oslo")]
    #[case::the_rest_of_a_number("888", "9120011", "9120011888")]
    fn a_whole_paste_replaces_and_a_piece_is_added(
        #[case] pasted: &str,
        #[case] typed: &str,
        #[case] after: &str,
    ) {
        let mut line = Line::default();
        line.set_text(typed);
        assert_eq!(line.paste(pasted), Outcome::Wish(Wish::Search));
        assert_eq!(line.input.value(), after);
    }

    #[rstest]
    #[case::a_letter(KeyCode::Char('x'), "x", false)]
    #[case::delete(KeyCode::Backspace, "", false)]
    #[case::end(KeyCode::End, "kari", false)]
    #[case::right(KeyCode::Right, "kari", false)]
    #[case::another_key(KeyCode::F(9), "kari", true)]
    fn what_is_typed_over_a_selected_text_replaces_it(
        #[case] key: KeyCode,
        #[case] after: &str,
        #[case] selected: bool,
    ) {
        let mut line = Line::with_selected("kari");
        line.type_key(&KeyEvent::from(key));
        assert_eq!((line.input.value(), line.is_selected), (after, selected));
    }
}
