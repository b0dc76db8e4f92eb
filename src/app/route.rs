//! Keys and pasted text: which part gets them, and what the app does for a part that cannot do it itself.

use crate::app::layers::{Choice, Chosen, CredentialLine, Large, Layer, Outcome, Pick, Wish};
use crate::app::{
    App, Env, Form, Menu, MenuKind, Profile, SessionCall, TerminalCall, ThemeName, input, layout,
};
use crate::keys::{Action, Context};
use crate::words::{Colors, Notice};
use crossterm::event::{KeyEvent, KeyEventKind};

/// Within this many seconds Ctrl+C must be pressed again to quit.
const AGAIN_WITHIN: u64 = 2;

impl App {
    pub(super) fn pressed(&mut self, key: &KeyEvent) {
        if key.kind == KeyEventKind::Release {
            return;
        }
        self.forget_what_was_said();
        self.open_no_caller();
        let before = self.interrupted.take();
        let is_second = before.is_some_and(|at| self.clock.now.seconds_since(at) <= AGAIN_WITHIN);
        let action = self.keymap.action(self.context(), key);
        if action != Some(Action::CopyId) {
            self.copied_id = None;
        }
        match action {
            Some(Action::Interrupt) => self.interrupt(is_second),
            Some(Action::Quit) => self.quit(is_second),
            Some(action) => self.act(action),
            None => self.type_key(key),
        }
    }

    /// A key ends what was said until then. What was not seen yet stays.
    pub(super) fn forget_what_was_said(&mut self) {
        if self.said_remark().is_some() {
            self.notices.drop_remark();
        }
        self.notices.drop_answer();
    }

    /// Ctrl+C quits when pressed twice, or at once while there is nothing to lose.
    fn interrupt(&mut self, is_second: bool) {
        if is_second || self.list.store.scope().loaded == 0 || self.holds_unsent() {
            self.quit(is_second);
        } else {
            self.interrupted = Some(self.clock.now);
            self.say(Notice::InterruptAgain);
        }
    }

    /// Takes in pasted text: the line that has the focus gets it, else a new one opens.
    pub(super) fn pasted(&mut self, pasted: &str) {
        self.forget_what_was_said();
        self.open_no_caller();
        let text = input::first_line(pasted);
        if text.is_empty() {
            return;
        }
        let Some((outcome, _)) = self.with_top(|layer, env| match layer {
            Layer::Line(line) => line.paste(&text),
            Layer::Menu(menu) => {
                menu.paste(&text);
                Outcome::Done
            }
            Layer::Columns(menu) => {
                menu.paste(&text);
                Outcome::Done
            }
            Layer::Values(menu) => {
                menu.paste(&text);
                Outcome::Done
            }
            Layer::Pick(pick) => {
                pick.paste(&text);
                Outcome::Done
            }
            Layer::Export(line) => {
                line.paste(&text);
                Outcome::Done
            }
            Layer::Credential(line) => {
                line.paste(pasted.trim());
                Outcome::Done
            }
            Layer::Form(form) => {
                form.paste(env, &text);
                Outcome::Done
            }
            Layer::Card(card) if card.is_typing() => {
                card.paste(env, &text);
                Outcome::Done
            }
            Layer::Card(_) | Layer::Large(_) | Layer::Compare(_) => Outcome::Ignored,
        }) else {
            return self.open_line(&text);
        };
        match outcome {
            Outcome::Done => {}
            Outcome::Ignored => self.open_line(&text),
            Outcome::Wish(wish) => self.fulfil(wish),
        }
    }

    /// Does what a key is for: what works everywhere here, the rest in the layer with the focus or in the list.
    pub(super) fn act(&mut self, action: Action) {
        match action {
            Action::Quit => self.quit(false),
            Action::Interrupt => self.interrupt(false),
            Action::Suspend => self.out.terminal(TerminalCall::Suspend),
            Action::Repaint => self.out.terminal(TerminalCall::Repaint),
            Action::Profiles => self.open_profiles(),
            Action::Help => self.open_menu(MenuKind::Help(self.layers.context_below_menu()), 0),
            Action::Palette => self.open_menu(MenuKind::Palette, 0),
            Action::Columns => self.open_columns(),
            Action::Export => self.open_export(),
            Action::Views => self.open_views(),
            Action::ColumnLeft => self.move_column_cursor(-1),
            Action::ColumnRight => self.move_column_cursor(1),
            Action::WidenColumn => self.change_column_width(2),
            Action::NarrowColumn => self.change_column_width(-2),
            Action::Values => self.open_values(),
            Action::Sort => self.sort_by_column(false),
            Action::SortThen => self.sort_by_column(true),
            Action::Theme => self.set_theme(self.session.theme.next()),
            Action::Find => self.open_line_again(),
            Action::Narrow => self.toggle_reach(),
            Action::Alike => self.show_alike(),
            Action::AskCube => self.ask_cube(),
            Action::LoadRest => self.load_rest(),
            Action::Retry if self.layers.top().is_some_and(asks_in_form) => {
                self.act_where_the_focus_is(action);
            }
            Action::Retry => self.retry(),
            Action::Refresh => self.refresh_list(),
            Action::CopyId => self.copy_id(),
            Action::CopyAs => self.open_copy_forms(),
            Action::Call => self.list_numbers(),
            Action::Mail => self.list_addresses(),
            Action::Own(number) => self.run_own(number),
            Action::Large => self.show_large(),
            Action::Calls => self.list_calls(),
            Action::Mask => self.toggle_masks(),
            Action::ShowField => self.show_field(),
            Action::Shared => self.list_shared(),
            Action::Compare => self.compare(),
            Action::OpenCaller => self.open_incoming(),
            Action::DismissCaller => self.dismiss_incoming(),
            Action::Edit => self.edit(),
            Action::NewCustomer => self.edit_new(),
            Action::TakeBack => self.take_back(),
            Action::BackCustomer => self.go_along(-1),
            Action::ForwardCustomer => self.go_along(1),
            Action::Recents => self.open_recents(),
            Action::CardBeside => self.toggle_card_beside(),
            Action::WidenCard => self.change_card_width(4),
            Action::NarrowCard => self.change_card_width(-4),
            Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::HalfUp
            | Action::HalfDown
            | Action::First
            | Action::Last
            | Action::Open
            | Action::Keep
            | Action::Back
            | Action::SwitchFocus
            | Action::NextCustomer
            | Action::PreviousCustomer
            | Action::FindField
            | Action::AllFields
            | Action::Raw
            | Action::Review
            | Action::UndoField
            | Action::DropChanges
            | Action::TakeMine
            | Action::TakeCubes
            | Action::ShowColumn
            | Action::CompletePath
            | Action::Mark
            | Action::SaveView
            | Action::RemoveView
            | Action::MoveUp
            | Action::MoveDown
            | Action::Pin
            | Action::Copy => self.act_where_the_focus_is(action),
        }
    }

    fn act_where_the_focus_is(&mut self, action: Action) {
        let menu_lines = self.layers.menu().map(|_| self.menu_lines()).unwrap_or_default();
        let height = layout::menu(self.screen.size).height;
        let window = usize::from(height).max(1);
        let outcome = self.with_top(|layer, env| match layer {
            Layer::Card(card) => card.act(env, action),
            Layer::Form(form) => form.act(env, action),
            Layer::Line(line) => line.act(action, env.history),
            Layer::Menu(menu) => menu.act(action, &menu_lines, window),
            Layer::Columns(menu) => menu.act(action, window),
            Layer::Values(menu) => menu.act(action, window),
            Layer::Pick(pick) => pick.act(action, height),
            Layer::Large(_) => Large::act(action),
            Layer::Export(line) => line.act(action),
            Layer::Compare(compare) => compare.act(action, window),
            Layer::Credential(line) => line.act(action),
        });
        if self.context() == Context::Form || self.context() == Context::Review {
            self.keep_drafts();
        }
        match outcome {
            Some((Outcome::Wish(wish), _)) => self.fulfil(wish),
            Some((Outcome::Ignored, is_line)) if is_line => self.move_in_table(action),
            Some((Outcome::Done | Outcome::Ignored, _)) => {}
            None => self.act_in_table(action),
        }
    }

    fn act_in_table(&mut self, action: Action) {
        match action {
            Action::Open | Action::SwitchFocus => self.open_selected(),
            Action::Back => self.step_back(),
            Action::NextCustomer => self.step(1),
            Action::PreviousCustomer => self.step(-1),
            _ => self.move_in_table(action),
        }
    }

    fn move_in_table(&mut self, action: Action) {
        let (list, _, env) = self.parts();
        match action {
            Action::Up => list.move_by(&env, -1),
            Action::Down => list.move_by(&env, 1),
            Action::PageUp => list.move_viewport(&env, -1.0),
            Action::PageDown => list.move_viewport(&env, 1.0),
            Action::HalfUp => list.move_viewport(&env, -0.5),
            Action::HalfDown => list.move_viewport(&env, 0.5),
            Action::First => list.move_to(&env, 0),
            Action::Last => list.move_to_end(&env),
            _ => {}
        }
    }

    /// Gives a key that no binding has to the layer with the focus. In the table, typing opens the line.
    fn type_key(&mut self, key: &KeyEvent) {
        let outcome = self.with_top(|layer, env| match layer {
            Layer::Line(line) => line.type_key(key),
            Layer::Card(card) => {
                card.type_key(env, key);
                Outcome::Ignored
            }
            Layer::Form(form) => {
                form.type_key(env, key);
                Outcome::Done
            }
            Layer::Menu(menu) => {
                menu.type_key(key);
                Outcome::Done
            }
            Layer::Columns(menu) => {
                menu.type_key(key);
                Outcome::Done
            }
            Layer::Large(_) | Layer::Compare(_) => Outcome::Ignored,
            Layer::Values(menu) => {
                menu.type_key(key);
                Outcome::Done
            }
            Layer::Pick(pick) => {
                pick.type_key(key);
                Outcome::Done
            }
            Layer::Export(line) => {
                line.type_key(key);
                Outcome::Done
            }
            Layer::Credential(line) => {
                line.type_key(key);
                Outcome::Done
            }
        });
        match outcome {
            Some((Outcome::Done, _)) => {}
            Some((Outcome::Wish(wish), _)) => self.fulfil(wish),
            Some((Outcome::Ignored, _)) | None => {
                let mut buffer = [0; 4];
                let typed = self.keymap.opens_line(self.context(), key);
                let typed = typed.map(|typed| &*typed.encode_utf8(&mut buffer));
                // What cannot be shown cannot be typed.
                if let Some(typed) = typed.filter(|typed| input::first_line(typed) == *typed) {
                    self.open_line(typed);
                }
            }
        }
    }

    /// Does what a layer cannot do itself.
    fn fulfil(&mut self, wish: Wish) {
        match wish {
            Wish::Close => self.close_top(),
            Wish::Say(notice) => self.say(notice),
            Wish::CopyId => self.copy_id(),
            Wish::Copy(label, value) => self.copy_field(label, &value),
            Wish::Step(by) => self.step(by),
            Wish::LeaveCard => self.leave_card(),
            Wish::DropForm => self.drop_form(),
            Wish::Search => self.search_for_line(),
            Wish::Enter => self.enter(),
            Wish::Keep => self.keep_or_go_on(),
            Wish::NextRow => self.keep_and_go_down(),
            Wish::ShowColumns(keys) => self.show_columns(&keys),
            Wish::Filter(condition) => self.filter_by(&condition),
            Wish::Pick(choice) => self.pick(choice),
            Wish::Pin(id) => self.pin(&id),
            Wish::SaveView(name) => self.save_view(&name),
            Wish::RemoveView(name) => self.remove_view(&name),
            Wish::Export => self.export(),
            Wish::StopExport => self.stop_export(),
            Wish::CompletePath(typed) => self.out.session(SessionCall::CompletePath(typed)),
            Wish::Choose(chosen) => self.choose(chosen),
            Wish::UseCredential(profile, typed) => self.out.session(match profile {
                Some((name, list)) => SessionCall::OpenProfile { name, list, typed: Some(typed) },
                None => SessionCall::UseCredential(typed),
            }),
            Wish::Retry => {
                self.layers.close_menu();
                self.retry_with_credential();
            }
        }
    }

    fn close_top(&mut self) {
        match self.layers.context() {
            Context::Line => self.close_line(),
            Context::Card => self.close_card(),
            Context::Form | Context::Review => self.close_form(),
            Context::Columns => self.close_columns(),
            Context::Values => self.close_values(),
            Context::Table
            | Context::Field
            | Context::Help
            | Context::Palette
            | Context::Profiles
            | Context::Recents
            | Context::Choices
            | Context::Calls
            | Context::Large
            | Context::File
            | Context::Views
            | Context::Compare
            | Context::Credential => drop(self.layers.pop()),
        }
    }

    fn choose(&mut self, chosen: Chosen) {
        self.layers.close_menu();
        match chosen {
            Chosen::Action(action) => self.act(action),
            Chosen::Profile(_, false) if self.layers.form().is_some_and(Form::is_sending) => {
                self.say(Notice::BeingSent);
            }
            Chosen::Profile(profile, true) => self.say(Notice::ProfileIsOpen(profile.name)),
            Chosen::Profile(Profile { name, list, .. }, false) => {
                self.out.session(SessionCall::OpenProfile { name, list, typed: None });
            }
        }
    }

    /// Does what the chosen line of a list leads to.
    fn pick(&mut self, choice: Choice) {
        self.layers.close_menu();
        match choice {
            Choice::Customer(id) => self.open_again(&id),
            Choice::Copy(label, text) => self.hand_over(label, text),
            Choice::Filter(text) => self.open_line(&text),
            Choice::InFull => self.open_forms_in_full(),
            Choice::Run(words, program) => self.start_own(words, program),
            Choice::Call(number) => self.call(&number),
            Choice::Mail(address) => self.mail(&address),
            Choice::View(name) => self.open_view(&name),
            Choice::TooLong(bytes) => self.say(Notice::TooLongToCopy(bytes)),
        }
    }

    pub(super) fn open_pick(&mut self, pick: Pick) {
        self.layers.close_menu();
        self.layers.push(Layer::Pick(pick));
    }

    fn open_menu(&mut self, kind: MenuKind, row: usize) {
        self.layers.close_menu();
        self.layers.push(Layer::Menu(Menu::new(kind, row)));
    }

    /// Opens the list of profiles, on the one after the profile that is open.
    fn open_profiles(&mut self) {
        let profiles = &self.session.profiles;
        if profiles.is_empty() {
            return self.say(Notice::NoProfiles);
        }
        let open = profiles.iter().position(|one| self.session.account.is_of(one));
        let row = open.map_or(0, |open| (open + 1) % profiles.len());
        self.open_menu(MenuKind::Profiles, row);
    }

    fn set_theme(&mut self, theme: ThemeName) {
        if self.session.no_color {
            return self.say(Notice::Colors(Colors::Unwanted));
        }
        if self.session.is_theme_locked {
            return self.say(Notice::Colors(Colors::Locked));
        }
        self.session.theme = theme;
        self.say(Notice::Colors(Colors::Now(theme.name())));
    }

    pub(super) fn open_credential_line(&mut self, line: CredentialLine) {
        self.layers.close_menu();
        self.layers.push(Layer::Credential(line));
    }

    /// Lets the top layer act. Returns what it made of the event, and whether it is the line. `None` while the table has
    /// the focus.
    fn with_top(&mut self, act: impl FnOnce(&mut Layer, &mut Env<'_>) -> Outcome) -> Option<(Outcome, bool)> {
        let (_, layers, mut env) = self.parts();
        let layer = layers.top_mut()?;
        let is_line = matches!(layer, Layer::Line(_));
        Some((act(layer, &mut env), is_line))
    }
}

/// Whether the layer is a form that asks Cube again what became of its change.
fn asks_in_form(layer: &Layer) -> bool {
    matches!(layer, Layer::Form(form) if form.is_unknown())
}
