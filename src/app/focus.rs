//! Who gets a key, and what the key does there.

use crate::app::find::Purpose;
use crate::app::{Action, App, Context, Effect};
use crossterm::event::{KeyCode, KeyEvent};

impl App {
    /// What has the focus: the ladder from the top down.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.find {
            _ if self.help.is_some() => Context::Help,
            Some(find) if find.typing && find.purpose == Purpose::Search => Context::Search,
            Some(find) if find.typing => Context::Lookup,
            _ if self.card_has_focus => Context::Card,
            _ => Context::Table,
        }
    }

    /// Whether letters go into a line.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        matches!(self.context(), Context::Search | Context::Lookup)
    }

    /// Does what was asked for.
    pub(super) fn act(&mut self, action: Action, key: &KeyEvent) {
        match action {
            Action::Quit => self.effects.push(Effect::Quit),
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Back => self.step_back(),
            Action::Help => self.help = Some(0),
            _ if self.help.is_some() => self.move_help(action),
            Action::Search => self.open_line(Purpose::Search, ""),
            Action::Lookup => self.open_line(Purpose::Lookup, ""),
            Action::TypeLookup => {
                let KeyCode::Char(typed) = key.code else { return };
                self.find = self.find.take().filter(|find| find.purpose != Purpose::Lookup);
                self.open_line(Purpose::Lookup, &typed.to_string());
            }
            Action::Keep => self.keep_filter(),
            Action::LoadRest => self.load_rest(),
            Action::Widen => self.change_reach(),
            Action::Open => self.open(),
            Action::Pane => self.toggle_pane(),
            Action::SwitchFocus => self.switch_focus(),
            Action::NextCustomer => self.step_customer(1),
            Action::PreviousCustomer => self.step_customer(-1),
            Action::Retry => self.retry(),
            Action::ReadAgain => self.read_again(),
            _ if self.context() == Context::Card => self.move_in_card(action),
            _ => self.move_in_table(action),
        }
    }

    /// One step a press: popup, then running load, then text line and filter, then card.
    fn step_back(&mut self) {
        let stopped_load =
            self.help.take().is_some() || self.stop_lookup() || self.stop_card() || self.stop_loading();
        if stopped_load {
            return;
        }
        if self.find.is_some() {
            self.clear_find();
        } else {
            self.leave_card();
        }
    }

    fn open(&mut self) {
        if self.context() == Context::Lookup {
            self.lookup_entered();
        } else if let Some(slot) = self.selected() {
            self.open_card(slot);
        } else if self.row_count() > 0 {
            self.say("this customer is not here yet");
        }
    }

    fn switch_focus(&mut self) {
        if self.card_has_focus && self.is_beside() {
            self.card_has_focus = false;
        } else if self.card_has_focus {
            self.leave_card();
        } else {
            self.open();
        }
    }

    fn retry(&mut self) {
        let labels_failed = self.labels.source == crate::fields::Source::Ids;
        if labels_failed {
            self.labels.problems.clear();
            self.effects.push(Effect::FetchLabels);
        }
        let pages = self.retry_pages();
        if !pages && !self.refresh_card() && !labels_failed {
            self.say("nothing failed · R reads the list again");
        }
    }

    fn move_in_table(&mut self, action: Action) {
        match action {
            Action::Up => self.move_by(-1),
            Action::Down => self.move_by(1),
            Action::PageUp => self.move_window(-1.0),
            Action::PageDown => self.move_window(1.0),
            Action::HalfUp => self.move_window(-0.5),
            Action::HalfDown => self.move_window(0.5),
            Action::First => self.move_to(0),
            Action::Last => self.move_to_end(),
            _ => return,
        }
        self.card_follows();
    }

    fn move_in_card(&mut self, action: Action) {
        let window = isize::try_from(self.card_area().height).unwrap_or(1).max(1);
        match action {
            Action::Up => self.move_field(-1),
            Action::Down => self.move_field(1),
            Action::PageUp => self.move_field(-window),
            Action::PageDown => self.move_field(window),
            Action::HalfUp => self.move_field(-window / 2),
            Action::HalfDown => self.move_field(window / 2),
            Action::First => self.move_field(isize::MIN),
            Action::Last => self.move_field(isize::MAX),
            _ => {}
        }
    }
}
