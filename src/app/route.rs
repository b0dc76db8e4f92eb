//! Keys and pasted text: which part gets them, and what the app does for a part that cannot do it itself.

use crate::app::layers::{Choice, Chosen, Large, Layer, Outcome, Pick, Wish};
use crate::app::{
    App, ColumnMenu, Env, Form, Menu, MenuKind, Parts, Profile, SessionCall, TerminalCall, ThemeName,
    ValueMenu, calls, columns, copying, editing, exporting, incoming, input, layout, lists, own_commands,
    reaching, recents, shared, values,
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
        self.layers.open_no_caller();
        self.recents.opens_from = None;
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
        self.layers.open_no_caller();
        self.recents.opens_from = None;
        let text = input::first_line(pasted);
        if text.is_empty() {
            return;
        }
        let Some((outcome, _)) = self.with_top(|layer, env| match layer {
            Layer::Line(line) => line.paste(&text),
            Layer::Menu(Menu { narrowed, .. })
            | Layer::Columns(ColumnMenu { narrowed, .. })
            | Layer::Values(ValueMenu { narrowed, .. })
            | Layer::Pick(Pick { narrowed, .. }) => {
                narrowed.paste(&text);
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
    #[expect(clippy::too_many_lines, reason = "a flat list of what keys do")]
    pub(super) fn act(&mut self, action: Action) {
        let table_width = self.layout().rows.width;
        let language = self.session.language;
        let mut parts = self.parts();
        if parts.list.calls.is_some() && !act_for_calls(&mut parts, action) {
            return;
        }
        let Parts { list, layers, views, incoming, drafts, copied_id, last_path, env, .. } = &mut parts;
        match action {
            Action::Quit => self.quit(false),
            Action::Interrupt => self.interrupt(false),
            Action::Suspend => env.out.terminal(TerminalCall::Suspend),
            Action::Repaint => env.out.terminal(TerminalCall::Repaint),
            Action::Profiles => self.open_profiles(),
            Action::Help => layers.open_menu(MenuKind::Help(layers.context_below_menu()), 0),
            Action::Palette => layers.open_menu(MenuKind::Palette, 0),
            Action::Columns => columns::open(list, layers, env),
            Action::Export => exporting::open(list, layers, env, last_path.as_deref()),
            Action::Views => views.list(layers, env),
            Action::ColumnLeft => list.move_column_cursor(-1),
            Action::ColumnRight => list.move_column_cursor(1),
            Action::WidenColumn => list.change_column_width(table_width, 2),
            Action::NarrowColumn => list.change_column_width(table_width, -2),
            Action::Values => values::open(list, layers, env),
            Action::MarkShown => list.mark_shown(env),
            Action::UnmarkAll => list.unmark_all(env),
            Action::ShowMarked => list.show_marked(env),
            Action::Sort => columns::sort(list, env, false),
            Action::SortThen => columns::sort(list, env, true),
            Action::Theme => self.set_theme(self.session.theme.next()),
            Action::Find => layers.open_line_again(list, env),
            Action::Narrow => list.toggle_reach(env),
            Action::Alike => {
                let are_there = list.show_alike(env);
                if !are_there && env.recents.all().is_empty() {
                    env.say(Notice::NoneAlike);
                } else if !are_there {
                    recents::open(list, layers, env);
                }
            }
            Action::Recents => recents::open(list, layers, env),
            Action::AskCube => layers.ask_cube(list, env),
            Action::LoadRest => list.load_rest(env),
            Action::Retry if layers.top().is_some_and(asks_in_form) => self.act_where_the_focus_is(action),
            Action::Retry => self.retry(),
            Action::Refresh => {
                env.out.session(SessionCall::ReadLabels);
                calls::renew_days(list, env);
                list.refresh(env);
            }
            Action::CopyId => copying::copy_id(list, layers, env, copied_id),
            Action::CopyAs => copying::open_forms(list, layers, env),
            Action::Call => reaching::list_numbers(list, layers, env),
            Action::Mail => reaching::list_addresses(list, layers, env),
            Action::Own(number) => own_commands::run(list, layers, env, number),
            Action::Large => reaching::show_large(layers, env, language),
            Action::Calls => calls::list(&mut parts),
            Action::CallList => calls::open(&mut parts),
            Action::Mask => self.toggle_masks(),
            Action::ShowField => self.show_field(),
            Action::Shared => shared::open(list, layers, env),
            Action::Compare => shared::compare(list, layers, env),
            Action::OpenCaller => incoming::open(&mut parts),
            Action::DismissCaller => incoming.dismiss(env),
            Action::Edit => editing::edit(drafts, layers, env),
            Action::NewCustomer => editing::edit_new(list, drafts, layers, env),
            Action::TakeBack => editing::take_back(drafts, layers, env),
            Action::BackCustomer => recents::go_along(&mut parts, -1),
            Action::ForwardCustomer => recents::go_along(&mut parts, 1),
            Action::CardBeside => layers.toggle_card_beside(env),
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
        if self.layers.form().is_some() {
            self.drafts.touch();
        }
        match outcome {
            Some((Outcome::Wish(wish), _)) => self.fulfil(wish),
            Some((Outcome::Ignored, is_line)) if is_line => {
                let Parts { list, env, .. } = self.parts();
                list.act(&env, action);
            }
            Some((Outcome::Done | Outcome::Ignored, _)) => {}
            None => self.act_in_table(action),
        }
    }

    fn act_in_table(&mut self, action: Action) {
        let mut parts = self.parts();
        let Parts { list, layers, env, .. } = &mut parts;
        match action {
            Action::Open | Action::SwitchFocus => open_selected(&mut parts),
            Action::Back => self.step_back(),
            Action::Mark => list.mark_row(env),
            Action::NextCustomer => layers.step(list, env, 1),
            Action::PreviousCustomer => layers.step(list, env, -1),
            _ => list.act(env, action),
        }
    }

    /// Esc in the table: shows all again after the marked alone, or drops the filter; without either stops what is being
    /// loaded, or goes from calls to the customers.
    fn step_back(&mut self) {
        let (is_throttled, is_silent) = (self.is_throttled(), self.silence().is_some());
        let mut parts = self.parts();
        let Parts { list, env, .. } = &mut parts;
        if list.view.shows_marked() {
            list.show_marked(env);
        } else if !list.find.is_empty() {
            list.clear_search(env);
        } else if list.calls.is_some() && !list.load.is_by_hand() {
            lists::open_customers(&mut parts);
        } else if is_throttled || list.loads_beyond(is_silent) {
            list.stop_loading(env, is_throttled || is_silent);
        }
    }

    fn open_line(&mut self, text: &str) {
        let Parts { list, layers, mut env, .. } = self.parts();
        layers.open_line(list, &mut env, text);
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
            Layer::Menu(Menu { narrowed, .. })
            | Layer::Columns(ColumnMenu { narrowed, .. })
            | Layer::Values(ValueMenu { narrowed, .. })
            | Layer::Pick(Pick { narrowed, .. }) => {
                narrowed.type_key(key);
                Outcome::Done
            }
            Layer::Large(_) | Layer::Compare(_) => Outcome::Ignored,
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
        let mut parts = self.parts();
        let Parts { list, layers, views, drafts, copied_id, env, .. } = &mut parts;
        match wish {
            Wish::Close => close_top(&mut parts),
            Wish::Say(notice) => env.say(notice),
            Wish::CopyId => copying::copy_id(list, layers, env, copied_id),
            Wish::Copy(label, value) => copying::copy_field(layers, env, label, &value),
            Wish::Step(by) => {
                if !calls::step(&mut parts, by) {
                    parts.layers.step(parts.list, &mut parts.env, by);
                }
            }
            Wish::LeaveCard => {
                layers.beside |= env.fits_beside;
                close_card(&mut parts);
            }
            Wish::DropForm => editing::drop_form(drafts, layers, env),
            Wish::Search => layers.search_for_line(list, env),
            Wish::Enter if list.calls.is_some() => calls::enter(&mut parts),
            Wish::Enter => layers.enter(list, env),
            Wish::Keep => layers.keep_or_go_on(list, env),
            Wish::NextRow => layers.keep_and_go_down(list, env),
            Wish::ShowColumns(keys) => list.show_columns(env, &keys),
            Wish::Filter(condition) => values::filter_by(list, layers, env, &condition),
            Wish::Pick(choice) => pick(&mut parts, choice),
            Wish::Pin(id) => recents::pin(list, layers, env, &id),
            Wish::SaveView(name) => views.save(list, layers, env, &name),
            Wish::RemoveView(name) => views.remove(layers, env, &name),
            Wish::Export => exporting::export(list, layers, env),
            Wish::StopExport => exporting::stop(list, layers, env),
            Wish::CompletePath(typed) => env.out.session(SessionCall::CompletePath(typed)),
            Wish::Choose(chosen) => self.choose(chosen),
            Wish::UseCredential(profile, typed) => env.out.session(match profile {
                Some((name, list)) => SessionCall::OpenProfile { name, list, typed: Some(typed) },
                None => SessionCall::UseCredential(typed),
            }),
            Wish::Retry => {
                layers.close_menu();
                self.retry_with_credential();
            }
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

    /// Opens the list of profiles, on the one after the profile that is open.
    fn open_profiles(&mut self) {
        let profiles = &self.session.profiles;
        if profiles.is_empty() {
            return self.say(Notice::NoProfiles);
        }
        let open = profiles.iter().position(|one| self.session.account.is_of(one));
        let row = open.map_or(0, |open| (open + 1) % profiles.len());
        self.layers.open_menu(MenuKind::Profiles, row);
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

    /// Lets the top layer act. Returns what it made of the event, and whether it is the line. `None` while the table has
    /// the focus.
    fn with_top(&mut self, act: impl FnOnce(&mut Layer, &mut Env<'_>) -> Outcome) -> Option<(Outcome, bool)> {
        let Parts { layers, mut env, .. } = self.parts();
        let layer = layers.top_mut()?;
        let is_line = matches!(layer, Layer::Line(_));
        Some((act(layer, &mut env), is_line))
    }
}

/// Does what an action means for calls, which are open, and tells whether there is more to do. What is for a customer is
/// for that of the marked call, whose card opens.
fn act_for_calls(parts: &mut Parts<'_>, action: Action) -> bool {
    match action {
        Action::CopyAs
        | Action::Call
        | Action::Mail
        | Action::Own(_)
        | Action::Large
        | Action::Calls
        | Action::Shared
        | Action::Compare
        | Action::Edit
        | Action::TakeBack => {
            calls::open_customer(parts);
            parts.layers.focused_card().is_some()
        }
        Action::NewCustomer => {
            lists::open_customers(parts);
            true
        }
        Action::OpenCaller => {
            if parts.incoming.waits() {
                lists::open_customers(parts);
            }
            true
        }
        Action::AskCube => {
            calls::ask_cube(parts);
            false
        }
        Action::Views => {
            parts.env.say(Notice::NoViewOfCalls);
            false
        }
        _ => true,
    }
}

/// Opens the card of the customer on the marked row, or of the marked call.
pub(super) fn open_selected(parts: &mut Parts<'_>) {
    let Parts { list, layers, env, .. } = parts;
    match list.selected() {
        Some(_) if list.calls.is_some() => calls::open_customer(parts),
        _ => layers.open_selected(list, env),
    }
}

/// Closes the card, and goes back to where it was opened.
fn close_card(parts: &mut Parts<'_>) {
    let Parts { layers, env, .. } = parts;
    let place = layers.place_of_card(env);
    layers.close_card(env);
    lists::return_to(parts, place);
}

fn close_top(parts: &mut Parts<'_>) {
    let Parts { list, layers, env, .. } = parts;
    match layers.context() {
        Context::Line => layers.close_line(list, env),
        Context::Card => close_card(parts),
        Context::Form | Context::Review => editing::close(parts),
        Context::Columns | Context::Values => columns::close(layers, env),
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
        | Context::Credential => drop(layers.pop()),
    }
}

/// Does what the chosen line of a list leads to.
fn pick(parts: &mut Parts<'_>, choice: Choice) {
    parts.layers.close_menu();
    let Parts { list, layers, views, env, .. } = parts;
    match choice {
        Choice::Customer(id) => recents::open_again(parts, &id),
        Choice::Copy(label, text) => copying::hand_over(env, label, text),
        Choice::Filter(text) => layers.open_line(list, env, &text),
        Choice::InFull => copying::open_forms_in_full(list, layers, env),
        Choice::Run(words, program) => own_commands::start(env, words, program),
        Choice::Call(number) => reaching::call(env, &number),
        Choice::Mail(address) => reaching::mail(env, &address),
        Choice::View(name) => views.open(list, layers, env, &name),
        Choice::TooLong(bytes) => env.say(Notice::TooLongToCopy(bytes)),
    }
}

/// Whether the layer is a form that asks Cube again what became of its change.
fn asks_in_form(layer: &Layer) -> bool {
    matches!(layer, Layer::Form(form) if form.is_unknown())
}
