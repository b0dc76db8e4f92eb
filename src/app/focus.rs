//! Who gets a key, and what the key does there.

use crate::app::find::Purpose;
use crate::app::{Action, App, Card, Context, Effect, Popup, PopupKind};
use crate::fields::Source;
use crate::list::{PageState, Row};
use crate::text::{self, Place, RawText};
use crossterm::event::{KeyCode, KeyEvent};

impl App {
    /// What has the focus: the ladder from the top down.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.popup {
            _ if self.asking.is_some() => Context::Secret,
            Some(Popup { kind: PopupKind::Profiles, .. }) => Context::Profiles,
            Some(Popup { kind: PopupKind::Help, .. }) => Context::Help,
            Some(Popup { kind: PopupKind::Palette, .. }) => Context::Palette,
            None => self.context_below(),
        }
    }

    /// What has the focus, or will have it when the popup is closed.
    pub(super) fn context_below(&self) -> Context {
        match &self.find {
            Some(find) if find.typing && find.purpose == Purpose::Search => Context::Search,
            Some(find) if find.typing => Context::Lookup,
            _ if !self.card_has_focus => Context::Table,
            _ if self.card.as_ref().is_some_and(Card::is_typing) => Context::Field,
            _ => Context::Card,
        }
    }

    /// Gives a key to the line that has the focus, if one has.
    pub(super) fn type_into_line(&mut self, key: &KeyEvent) {
        match self.context() {
            Context::Table | Context::Card => {}
            Context::Search | Context::Lookup => self.type_key(key),
            Context::Field => self.type_field_key(key),
            Context::Help | Context::Palette | Context::Profiles => self.type_popup_key(key),
            Context::Secret => self.type_secret_key(key),
        }
    }

    /// Adds pasted text to the line that has the focus. Whether one has.
    pub(super) fn paste_into_open_line(&mut self, text: &str) -> bool {
        match self.context() {
            Context::Table | Context::Card => return false,
            Context::Search | Context::Lookup => self.paste_into_line(text),
            Context::Field => self.paste_into_field_find(text),
            Context::Help | Context::Palette | Context::Profiles => self.paste_into_popup(text),
            Context::Secret => self.paste_into_secret(text),
        }
        true
    }

    /// Does what was asked for.
    pub(super) fn act(&mut self, action: Action, key: &KeyEvent) {
        match action {
            Action::Quit => self.effects.push(Effect::Quit),
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Back => self.step_back(),
            Action::Open if self.asking.is_some() => self.secret_entered(),
            _ if self.asking.is_some() => {}
            Action::Profiles => self.open_profiles(),
            Action::Help => self.open_popup(PopupKind::Help),
            Action::Palette => self.open_popup(PopupKind::Palette),
            _ if self.popup.is_some() => self.act_in_popup(action),
            Action::Theme => {
                self.theme = self.theme.next();
                self.say(format!("colours: {}", self.theme.name()));
            }
            Action::Search => self.open_line(Purpose::Search, ""),
            Action::Lookup => self.open_line(Purpose::Lookup, ""),
            Action::TypeLookup => {
                let KeyCode::Char(typed) = key.code else {
                    return self.open_line(Purpose::Lookup, "");
                };
                self.find = self.find.take().filter(|find| find.purpose != Purpose::Lookup);
                self.open_line(Purpose::Lookup, &typed.to_string());
            }
            Action::Keep if self.context() == Context::Field => self.keep_field_find(),
            Action::Keep => self.keep_filter(),
            Action::FindField => self.open_field_find(),
            Action::AllFields => self.change_card(|card| card.all_fields = !card.all_fields),
            Action::Raw => self.change_card(|card| card.raw = !card.raw),
            Action::Copy => self.copy(),
            Action::LoadRest if self.take_suggestion() => {}
            Action::LoadRest => self.load_rest(),
            Action::Up | Action::Down if self.recall(action == Action::Up) => {}
            Action::Widen => self.change_reach(),
            Action::AskCube => self.ask_cube(),
            Action::Open => self.open(),
            Action::Pane => self.toggle_pane(),
            Action::SwitchFocus => self.switch_focus(),
            Action::NextCustomer => self.step_customer(1),
            Action::PreviousCustomer => self.step_customer(-1),
            Action::Retry => self.retry(),
            Action::ReadAgain => self.read_again(),
            _ if matches!(self.context(), Context::Card | Context::Field) => self.move_in_card(action),
            _ => self.move_in_table(action),
        }
    }

    /// One step a press: masked line, then popup, then running load, then text line and filter, then card.
    fn step_back(&mut self) {
        let stopped = self.asking.take().is_some()
            || self.popup.take().is_some()
            || self.stop_lookup()
            || self.stop_card()
            || self.stop_loading();
        if stopped || (self.context() == Context::Field && self.clear_field_find()) {
            return;
        }
        if self.find.is_some() {
            self.clear_find();
        } else if !(self.card_has_focus && self.clear_field_find()) {
            self.leave_card();
        }
    }

    /// Copies the value under the card's cursor, or the id of the customer under the table's.
    fn copy(&mut self) {
        let copied = match self.context() {
            Context::Card => {
                self.field_under_cursor().map(|field| (field.label.to_string(), field.value.to_string()))
            }
            _ => self.selected().and_then(|slot| {
                let segment = self.store.segment(slot.page)?;
                Some(("ID".to_owned(), segment.id(slot.index)))
            }),
        };
        match copied.filter(|(_, value)| !value.is_empty()) {
            Some((label, value)) => {
                let value = RawText::from(value);
                self.effects.push(Effect::Copy(text::clean(&value, Place::Clipboard).into_owned()));
                self.say(format!("{label} sent to the terminal's clipboard"));
            }
            None => self.say("there is nothing to copy here"),
        }
    }

    fn open(&mut self) {
        if self.context() == Context::Lookup {
            self.lookup_entered();
        } else if let Some(slot) = self.selected() {
            self.open_card(slot);
        } else if let Some(Row::Absent { page, .. }) = self.row(self.cursor.row()) {
            let failed = matches!(self.store.page_state(page), PageState::Failed(_));
            self.say(if failed {
                "this page could not be read · r tries again"
            } else {
                "this customer is not here yet"
            });
        }
    }

    fn switch_focus(&mut self) {
        if self.card_has_focus {
            self.leave_card_open();
        } else {
            self.open();
        }
    }

    pub(super) fn retry(&mut self) {
        let no_labels = self.labels.source == Source::Ids;
        if no_labels {
            self.labels.problems.clear();
            self.ask_for_labels();
        }
        let pages = self.retry_pages();
        if pages && self.find.is_some() {
            self.load.declined = false;
            self.load_rest_by_itself();
        }
        if self.card_has_focus || (self.card.is_some() && !pages) {
            self.refresh_card();
        } else if !pages && !no_labels {
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
        self.follows_cursor = true;
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
