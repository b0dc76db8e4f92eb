//! What a line means where it is typed, and the messages that it becomes.
//!
//! A number of one to three digits is a row that was shown, and never anything else; any longer one is looked up, and
//! where it could be a row too, that is asked. So no digits that a caller says open another customer's row, and the
//! number of a row searches for no one.

use super::{Dialogue, Intent, MOST_TOLD};
use crate::app::{App, Msg};
use crate::keys::{Action, Context};
use crate::search;
use crate::text;
use crate::words::Misheard;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Empties the line that is open.
const CLEAR: KeyEvent = KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL);

/// What a person does with one customer; in a list it wants the number of a row.
const ON_CARD: [Action; 8] = [
    Action::CopyId,
    Action::CopyAs,
    Action::Edit,
    Action::Call,
    Action::Mail,
    Action::Calls,
    Action::Shared,
    Action::TakeBack,
];

impl Dialogue {
    /// Takes a line in. What it means for the model is told by [`next`](Self::next).
    pub fn hear(&mut self, app: &App, line: &str) {
        self.intents.clear();
        self.told = 0;
        let line = line.trim();
        if line.is_empty() {
            self.again = true;
            return;
        }
        let context = app.context();
        if let Some(action) = app.keymap.spoken(context, line) {
            return self.act(action);
        }
        match context {
            Context::Form => self.in_form(app, line),
            Context::Review => self.misheard = Some(Misheard::InReview),
            Context::Recents | Context::Choices | Context::Calls | Context::Views => {
                self.in_choices(app, line);
            }
            Context::File => self.intents.push_back(Intent::Path(line.to_owned())),
            Context::Table
            | Context::Line
            | Context::Card
            | Context::Field
            | Context::Help
            | Context::Palette
            | Context::Profiles
            | Context::Columns
            | Context::Values
            | Context::Large
            | Context::Compare
            | Context::Credential => self.in_browser(app, line),
        }
    }

    /// Takes a line in that was typed while the answer to the last one was awaited: whoever typed it has not heard which
    /// rows there are now.
    pub fn hear_early(&mut self, app: &App, line: &str) {
        match row_number(line.trim()) {
            Some(number) if app.layers.pick().is_none() => self.misheard = Some(Misheard::TooEarly(number)),
            _ => self.hear(app, line),
        }
    }

    /// The next message for the model. `None` once it has all of them.
    pub fn next(&mut self, app: &App) -> Option<Msg> {
        self.told += 1;
        if self.told > MOST_TOLD {
            self.intents.clear();
            return None;
        }
        loop {
            let Some(intent) = self.intents.pop_front() else { return self.leave_what_cannot_be_said(app) };
            match intent {
                Intent::Tell(msg) => return Some(msg),
                Intent::Field(wanted) => {
                    let at = match app.layers.form() {
                        Some(form) => Some(form.cursor()),
                        None => app.layers.focused_card().map(|card| card.field().map_or(0, |at| at + 1)),
                    };
                    // The head of a card is above its first field.
                    let wanted_at = if app.layers.form().is_some() { wanted } else { wanted + 1 };
                    if let Some(step) = at.and_then(|at| towards(at, wanted_at)) {
                        self.intents.push_front(Intent::Field(wanted));
                        return Some(step);
                    }
                }
                Intent::Item(wanted) => {
                    if let Some(step) = app.layers.pick().and_then(|pick| towards(pick.narrowed.row, wanted))
                    {
                        self.intents.push_front(Intent::Item(wanted));
                        return Some(step);
                    }
                }
                Intent::Path(path) => {
                    if app.context() == Context::File {
                        self.do_action(Action::Open);
                        self.intents.push_front(Intent::Tell(Msg::Pasted(path)));
                        return Some(Msg::Pressed(CLEAR));
                    }
                }
            }
        }
    }

    /// A layer that a dialogue has no lines for is closed again.
    fn leave_what_cannot_be_said(&mut self, app: &App) -> Option<Msg> {
        let is_closed = match app.context() {
            Context::Credential => {
                self.misheard = Some(Misheard::Credential);
                true
            }
            Context::Field
            | Context::Help
            | Context::Palette
            | Context::Profiles
            | Context::Columns
            | Context::Values
            | Context::Large
            | Context::Compare => true,
            Context::Table
            | Context::Card
            | Context::Line
            | Context::Form
            | Context::Review
            | Context::Recents
            | Context::Choices
            | Context::Calls
            | Context::Views
            | Context::File => false,
        };
        is_closed.then_some(Msg::Asked(Action::Back))
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Help => self.wants_help = true,
            action => {
                self.pages =
                    matches!(action, Action::PageUp | Action::PageDown | Action::First | Action::Last);
                self.do_action(action);
            }
        }
    }

    fn do_action(&mut self, action: Action) {
        self.intents.push_back(Intent::Tell(Msg::Asked(action)));
    }

    fn in_browser(&mut self, app: &App, line: &str) {
        if let Some(text) = line.strip_prefix('/') {
            return self.search(text, false);
        }
        if let Some(number) = row_number(line) {
            return self.open_row(app, number);
        }
        let rows = &self.said.rows;
        if let Some(number) = line.parse().ok().filter(|number| rows.contains_key(number)) {
            self.misheard = Some(Misheard::RowOrNumber(number));
            return;
        }
        let own =
            |line| app.keymap.spoken(Context::Card, line).filter(|action| matches!(action, Action::Own(_)));
        if own(line).is_some() {
            self.misheard = Some(Misheard::OnCard(text::typed(line).to_string()));
            return;
        }
        if let Some((action, row)) = line
            .rsplit_once(char::is_whitespace)
            .and_then(|(command, row)| Some((own(command)?, row_number(row)?)))
        {
            return self.on_row(app, row, action);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let on_card = app.keymap.spoken(Context::Card, word).filter(|action| ON_CARD.contains(action));
        if let Some(number) = rest.parse().ok().filter(|_| word.eq_ignore_ascii_case("row")) {
            return self.open_row(app, number);
        }
        match (app.keymap.spoken(app.context(), word), on_card) {
            (Some(Action::Export), _) if !rest.is_empty() => {
                self.do_action(Action::Export);
                self.intents.push_back(Intent::Path(rest.to_owned()));
            }
            (Some(Action::CopyId), _) => self.with_field(app, rest, Action::Copy),
            (Some(Action::ShowField), _) if !rest.is_empty() => self.with_field(app, rest, Action::ShowField),
            (None, Some(action)) if row_number(rest).is_some() => {
                if let Some(number) = row_number(rest) {
                    self.on_row(app, number, action);
                }
            }
            (None, Some(_)) if rest.is_empty() => self.misheard = Some(Misheard::OnCard(word.to_owned())),
            _ if line.chars().nth(1).is_none() => {
                self.misheard = Some(Misheard::NoWord(text::typed(line).to_string()));
            }
            _ => self.search(line, search::is_number(line)),
        }
    }

    /// Searches for a text; a number's own customer is opened, and an ID that is not loaded is asked of Cube.
    fn search(&mut self, text: &str, opens: bool) {
        self.do_action(Action::Find);
        self.intents.push_back(Intent::Tell(Msg::Pasted(text.to_owned())));
        if opens {
            self.do_action(Action::Open);
        }
    }

    /// Opens the customer who was shown under this number, and no other who may be on that row now.
    fn open_row(&mut self, app: &App, number: usize) {
        let Some((slot, id)) = self.said.rows.get(&number) else {
            let first = self.said.rows.keys().next().copied();
            let shown = first.zip(self.said.rows.keys().next_back().copied());
            self.misheard = Some(Misheard::NoRow(number, shown));
            return;
        };
        let is_there = app.list.id_at(*slot) == *id;
        let found = id.as_ref().and_then(|id| app.list.store.find_id(id));
        if let Some(slot) = Some(*slot).filter(|_| is_there).or(found) {
            self.intents.push_back(Intent::Tell(Msg::Chosen(slot)));
        } else {
            self.misheard = Some(Misheard::RowMoved(number));
            self.said.rows.clear();
            self.again = true;
        }
    }

    /// Opens the customer who was shown under this number and does something with them.
    fn on_row(&mut self, app: &App, number: usize, action: Action) {
        self.open_row(app, number);
        if !self.intents.is_empty() {
            self.do_action(action);
        }
    }

    /// Does something with the field of the card that has this label.
    fn with_field(&mut self, app: &App, label: &str, action: Action) {
        let wanted = text::fold(label);
        let fields = app.layers.focused_card().map(|card| &card.page().fields);
        let folded: Vec<String> =
            fields.into_iter().flatten().map(|field| text::fold(field.label.as_str())).collect();
        let is_it = folded.iter().position(|label| *label == wanted);
        let begins = || folded.iter().position(|label| label.starts_with(&wanted));
        match is_it.or_else(begins) {
            Some(at) => {
                self.intents.push_back(Intent::Field(at));
                self.do_action(action);
            }
            None => self.misheard = Some(Misheard::NoField(text::typed(label).to_string())),
        }
    }

    fn in_form(&mut self, app: &App, line: &str) {
        let Some(form) = app.layers.form() else { return };
        let place = |name: &str| {
            let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let wanted = text::fold(name);
            let labelled = || form.fields.iter().position(|field| text::fold(field.label.as_str()) == wanted);
            number.filter(|at| *at < form.fields.len()).or_else(labelled)
        };
        if let Some((name, value)) = line.split_once('=') {
            let (name, value) = (name.trim(), value.trim());
            let Some(at) = place(name) else {
                self.misheard = Some(Misheard::InForm);
                return;
            };
            self.intents.push_back(Intent::Field(at));
            self.intents.push_back(Intent::Tell(Msg::Pressed(CLEAR)));
            if !value.is_empty() {
                self.intents.push_back(Intent::Tell(Msg::Pasted(value.to_owned())));
            }
            return;
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match (app.keymap.spoken(Context::Form, word), place(rest.trim())) {
            (Some(Action::UndoField), Some(at)) => {
                self.intents.push_back(Intent::Field(at));
                self.do_action(Action::UndoField);
            }
            _ => self.misheard = Some(Misheard::InForm),
        }
    }

    fn in_choices(&mut self, app: &App, line: &str) {
        let count = app.layers.pick().map_or(0, |pick| pick.lines().len());
        match line.parse::<usize>() {
            Ok(number) if (1..=count).contains(&number) => {
                self.intents.push_back(Intent::Item(number - 1));
                self.do_action(Action::Open);
            }
            Ok(number) => self.misheard = Some(Misheard::NoItem(number)),
            Err(_) => self.misheard = Some(Misheard::InChoices),
        }
    }
}

/// The number of a row that a line is: one to three digits.
fn row_number(line: &str) -> Option<usize> {
    let is_number = (1..=3).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit());
    line.parse().ok().filter(|_| is_number)
}

/// One step from where the cursor is. `None` where it has arrived.
fn towards(at: usize, wanted: usize) -> Option<Msg> {
    match at.cmp(&wanted) {
        std::cmp::Ordering::Less => Some(Msg::Asked(Action::Down)),
        std::cmp::Ordering::Greater => Some(Msg::Asked(Action::Up)),
        std::cmp::Ordering::Equal => None,
    }
}
