//! The model of the browser, and `update`, which changes it: no clock, no file, no request, no screen.
//!
//! What happens comes in as [`Msg`]; what is to be done goes out as [`Effect`]. The app routes a message to the part
//! that it is for, and then reconciles the parts with each other. What a part does is a method of it, or a function over
//! the parts that it needs, with an `Env` of what every part may use:
//!
//! ```text
//! Msg ─▶ App::update ─▶ top layer (card, line, menu, credential) ─▶ Wish ─▶ App
//!              │                                                            │
//!              ├──────▶ List (records, cursor, view, search, loading) ◀─────┘
//!              └─ reconcile: the card beside follows the cursor, pages are asked for ─▶ Vec<Effect>
//! ```

mod asked;
mod calls;
mod clock;
mod columns;
mod copy_forms;
mod copying;
mod editing;
mod effect;
mod exporting;
mod incoming;
mod input;
pub mod layers;
mod layout;
mod list;
mod lists;
mod masks;
mod matched;
mod mouse;
mod msg;
mod notices;
mod own_commands;
mod reaching;
mod recents;
mod reply;
mod request;
mod route;
mod session;
mod shared;
mod status;
mod values;
mod views;

#[cfg(test)]
mod tests;

pub use crate::search::sort::Order as SortOrder;
pub use calls::{CallRange, CallsOf};
pub use clock::Clock;
pub use effect::{Effect, SessionCall, Task, TerminalCall};
pub use exporting::{ExportOrder, ExportedPart};
pub use incoming::{CallerAnswer, number_or_address as caller_as_typed};
pub use layers::card::page::{BELOW, BESIDES, CardLine, WAS};
pub use layers::card::{Card, HEAD};
pub use layers::form::{
    Draft, DraftField, DraftOf, Drafts, Form, FormField, FormLine, FormStage, LineKind, Then,
};
pub use layers::{
    Asked, ColumnMenu, Compare, Compared, CredentialLine, ExportLine, ExportStage, Large, LargeShape, Layers,
    Line, Listed, Menu, MenuKind, MenuLine, Pick, PickItem, PickKind, Typed, ValueLine, ValueMenu,
};
pub use layout::{Layout, is_too_small, menu as menu_area};
pub use list::{
    ChosenColumn, Column, Columns, Cursor, FieldCount, FieldCounts, Find, List, Load, Marks, Sorting, View,
};
pub use masks::Masks;
pub use matched::Match;
pub use msg::{Labels, Msg, Reply, SessionReply};
pub use notices::Notices;
pub use own_commands::OwnCommand;
pub use reaching::{Opener, Programs};
pub use recents::Recent;
pub use request::{ListId, Ticket};
pub use session::{Account, Background, Profile, Session, ThemeName};
pub use shared::Shared;
pub use views::{SavedView, SavedViews};

use crate::cube::{FetchedCustomer, Moment};
use crate::fields::{FieldMap, Source};
use crate::keys::{Context, Keymap};
use crate::list::Slot;
use crate::words::{Banner, Notice};
use calls::Naming;
use incoming::Incoming;
use layers::History;
use lists::KeptLists;
use ratatui::layout::Rect;
use recents::Recents;
use request::Outbox;

/// What the browser starts with.
#[derive(Debug, Default)]
pub struct Start {
    /// The account, the profiles and the colours.
    pub session: Session,
    /// Labels from a file; where there are none, Cube is asked.
    pub labels: Labels,
    /// What is typed into the line at once: a customer's id, or anything else that a caller says.
    pub typed: Option<String>,
    /// What is odd about the person's own files; a sentence each.
    pub warnings: Vec<String>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// How wide the card is, as the person chose it. `None` for the width as delivered.
    pub card_width: Option<u16>,
    /// What was typed into forms and not sent, and what can be taken back.
    pub drafts: Drafts,
    /// Whether values are masked from the start.
    pub is_masked: bool,
    /// The customers whose cards were opened before.
    pub recents: Vec<Recent>,
    /// The columns, the order and the views of the list, as the person chose them.
    pub views: SavedViews,
    /// The view to begin with. `None` for how the table was last.
    pub view: Option<String>,
}

/// Everything that the browser knows.
#[derive(Debug)]
pub struct App {
    /// The account, the profiles and the colours.
    pub session: Session,
    /// What the custom fields are called.
    pub labels: Labels,
    /// What the keys do.
    pub keymap: Keymap,
    /// The list that is open.
    pub list: List,
    kept: KeptLists,
    /// What lies above the table.
    pub layers: Layers,
    /// What time it is.
    pub clock: Clock,
    /// What is said for a while.
    pub notices: Notices,
    /// What is masked on the screen.
    pub masks: Masks,
    /// When Ctrl+C was the last key; pressed again it quits.
    interrupted: Option<Moment>,
    /// The id that the last key has copied.
    copied_id: Option<String>,
    /// Whether the labels are being asked for.
    asks_for_labels: bool,
    /// Whether Cube is asked for labels once the first page is here.
    labels_can_wait: bool,
    /// What was typed into forms that are closed, of every account of this run, and what can be taken back.
    drafts: Drafts,
    recents: Recents,
    /// Where the last export of this run was written to.
    last_path: Option<String>,
    views: SavedViews,
    incoming: Incoming,
    naming: Naming,
    screen: Screen,
    history: History,
    out: Outbox,
}

/// The terminal's size, and how wide the card is in it.
#[derive(Debug, Clone, Copy, Default)]
struct Screen {
    size: (u16, u16),
    card_width: Option<u16>,
}

/// What a part may know and use while it changes.
pub(in crate::app) struct Env<'a> {
    /// When the message came.
    pub now: Moment,
    /// How many lines of the table fit on the screen.
    pub window: usize,
    /// The part of the screen that a card has, or would have.
    pub card: Rect,
    /// What the custom fields are called.
    pub labels: &'a FieldMap,
    /// Whether a card has room beside the table.
    pub fits_beside: bool,
    /// Whose customers they are.
    pub account: &'a Account,
    /// What is masked on the screen.
    pub masks: &'a Masks,
    /// The lines that were used.
    pub history: &'a mut History,
    /// The customers whose cards were opened.
    pub recents: &'a mut Recents,
    /// What is said for a while.
    pub notices: &'a mut Notices,
    /// Collects what is to be done.
    pub out: &'a mut Outbox,
}

impl Env<'_> {
    /// Answers a key.
    pub(in crate::app) fn say(&mut self, notice: Notice) {
        self.notices.answer_with(notice);
    }

    /// Says that values of a customer were not UTF-8.
    pub(in crate::app) fn say_what_is_odd(&mut self, reading: &FetchedCustomer) {
        let not_utf8 = &reading.odd.not_utf8;
        if let Some(whose) = not_utf8.whose() {
            self.notices.remark_on(Notice::NotUtf8(not_utf8.count, whose));
        }
    }
}

/// What the app consists of, each by itself, so that one part can use another while it changes.
struct Parts<'a> {
    list: &'a mut List,
    kept: &'a mut KeptLists,
    layers: &'a mut Layers,
    views: &'a mut SavedViews,
    naming: &'a mut Naming,
    incoming: &'a mut Incoming,
    drafts: &'a mut Drafts,
    copied_id: &'a mut Option<String>,
    last_path: &'a mut Option<String>,
    env: Env<'a>,
}

impl<'a> Parts<'a> {
    /// A list, open or not, and what it may use while it changes. `None` for one that there is not.
    fn list_with(&mut self, id: ListId) -> Option<(&mut List, &mut Env<'a>)> {
        let list = [&mut *self.list].into_iter().chain(self.kept.iter_mut()).find(|list| list.id == id)?;
        Some((list, &mut self.env))
    }
}

impl App {
    /// A browser that has not asked for anything, and what it wants done first.
    #[must_use]
    pub fn new(start: Start, keymap: Keymap, now: Moment) -> (Self, Vec<Effect>) {
        let screen = Screen { size: start.size, card_width: start.card_width };
        let layers = Layers::new(layout::opens_beside(start.size.0));
        let mut list = List::new(start.session.account.open, start.session.account.schema);
        list.take_columns(start.views.last.columns.clone(), &start.labels.fields);
        list.take_orders(start.views.last.orders.clone());
        let mut app = Self {
            session: start.session,
            labels: start.labels,
            keymap,
            list,
            kept: KeptLists::default(),
            layers,
            clock: Clock::new(now),
            notices: Notices::default(),
            interrupted: None,
            copied_id: None,
            asks_for_labels: false,
            labels_can_wait: false,
            drafts: start.drafts,
            masks: Masks::new(start.is_masked),
            recents: Recents::new(start.recents),
            last_path: None,
            views: start.views,
            incoming: Incoming::default(),
            naming: Naming::default(),
            screen,
            history: History::default(),
            out: Outbox::default(),
        };
        if !start.warnings.is_empty() {
            app.notices.remark_on(Notice::Warnings(start.warnings));
        }
        if app.labels.source == Source::Ids {
            app.ask_for_labels();
        } else {
            // The fields have labels: those of Cube, which are added, can wait until it has answered at all.
            app.labels_can_wait = app.labels.source.wants_cube();
            app.say_label_problems();
        }
        app.check_templates();
        let Parts { list, layers, views, mut env, .. } = app.parts();
        match start.view {
            Some(view) => views.open(list, layers, &mut env, &view),
            // Whoever begins with a caller wants no one's view.
            None if start.typed.is_none() => views.open_again(list, layers, &mut env),
            None => {}
        }
        if let Some(typed) = start.typed {
            layers.begin_with(list, &mut env, &typed);
        }
        let effects = app.reconcile();
        (app, effects)
    }

    /// Takes in one event. What is to be done about it is returned; the screen is to be drawn again.
    #[must_use]
    pub fn update(&mut self, now: Moment, msg: Msg) -> Vec<Effect> {
        self.clock.now = now;
        match msg {
            Msg::Pressed(key) => self.pressed(&key),
            Msg::Pasted(text) => self.pasted(&text),
            Msg::Asked(action) => self.asked(action),
            Msg::Chosen(slot) => self.chosen(slot),
            Msg::Moused(mouse) => self.moused(mouse),
            Msg::Resized(width, height) => self.resized((width, height)),
            Msg::Replied(reply) => self.replied(reply),
            Msg::Session(reply) => self.session_replied(reply),
            Msg::Throttled(wait) => self.session.throttled = wait,
            Msg::Background(background) => self.session.background = Some(background),
            Msg::Caller(sender, said) => {
                let Parts { list, kept, incoming, mut env, .. } = self.parts();
                let customers = kept.get(env.account.open).unwrap_or(list);
                incoming.came(customers, &mut env, sender, &said);
            }
            Msg::Ticked => self.clock.ticks = self.clock.ticks.wrapping_add(1),
        }
        self.reconcile()
    }

    /// Brings the parts together again after anything happened.
    fn reconcile(&mut self) -> Vec<Effect> {
        let on_screen = self.layers.card().map(|card| card.id.as_str());
        let masks_again = self.masks.end_shown_field(self.clock.now, on_screen);
        let Parts { list, kept, layers, views, naming, mut env, .. } = self.parts();
        let env = &mut env;
        if masks_again {
            layers.masks_changed(env);
        }
        layers.follow_cursor(list, env);
        shared::look(list, layers, env);
        editing::check_new_id(list, layers);
        layers.cards_mut().for_each(|card| card.lay_out(env));
        if let Some(form) = layers.form_mut() {
            form.lay_out(env);
        }
        list.look_for_alike(env);
        [&mut *list].into_iter().chain(kept.iter_mut()).for_each(|list| {
            list.ask_for_pages(env);
            list.sort_rows(env);
        });
        naming.go_on(list, kept, env);
        exporting::go_on(list, layers, env);
        values::count(list, layers, env);
        if list.calls.is_none() {
            views.follow(list, layers, env);
        }
        if env.recents.take_changed() && env.account.keeps_recents {
            env.out.session(SessionCall::KeepRecents(env.recents.all().to_vec()));
        }
        if self.drafts.take_touched() {
            self.keep_drafts();
        }
        if self.out.asks_cube() {
            self.clock.hear();
        }
        self.out.take()
    }

    fn parts(&mut self) -> Parts<'_> {
        let env = Env {
            now: self.clock.now,
            window: self.layout().window(),
            card: Layout::new(self.screen.size, true, self.screen.card_width).card,
            fits_beside: self.fits_beside(),
            account: &self.session.account,
            labels: &self.labels.fields,
            masks: &self.masks,
            history: &mut self.history,
            recents: &mut self.recents,
            notices: &mut self.notices,
            out: &mut self.out,
        };
        Parts {
            list: &mut self.list,
            layers: &mut self.layers,
            views: &mut self.views,
            naming: &mut self.naming,
            kept: &mut self.kept,
            incoming: &mut self.incoming,
            drafts: &mut self.drafts,
            copied_id: &mut self.copied_id,
            last_path: &mut self.last_path,
            env,
        }
    }

    /// How the screen is divided now.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let shows_card = self.layers.shows_card(self.fits_beside());
        Layout::new(self.screen.size, shows_card, self.screen.card_width)
    }

    /// Columns and rows of the terminal.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.screen.size
    }

    /// How wide the card is, as the person chose it.
    #[must_use]
    pub fn card_width(&self) -> Option<u16> {
        self.screen.card_width
    }

    /// What has the focus.
    #[must_use]
    pub fn context(&self) -> Context {
        self.layers.context()
    }

    /// The part of the screen that the card's fields have, below its head.
    #[must_use]
    pub fn card_area(&self) -> Rect {
        let area = self.layout().card;
        let head = self.layers.card().map_or(HEAD + 1, |card| card.head_lines(area.width)).min(area.height);
        Rect { y: area.y + head, height: area.height - head, ..area }
    }

    /// The row under the cursor in the table. `None` on an empty table, and while the card of a customer who is not on
    /// that row has the screen.
    #[must_use]
    pub fn cursor_row(&self) -> Option<usize> {
        self.layers.cursor_row(&self.list)
    }

    /// The customer that commands act on: the one whose card has the screen, else the one under the cursor.
    #[must_use]
    pub fn customer(&self) -> Option<Slot> {
        self.layers.customer(&self.list)
    }

    /// Whether something that shows time is on the screen, so that ticks are wanted.
    #[must_use]
    pub fn shows_time(&self) -> bool {
        self.is_throttled() || self.asks_cube() || self.masks.shows_a_field()
    }

    /// Whether something that we want from Cube waits for a throttle to end. Whoever gave up does not wait, though
    /// that time goes on: whatever is asked for next waits again.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        let wants = self.list.load.stopped().is_none() || self.asks_cube();
        self.session.throttled.is_some() && wants
    }

    /// Whether Cube is being asked for anything.
    #[must_use]
    pub fn asks_cube(&self) -> bool {
        let looks_up = self.layers.line().is_some_and(|line| matches!(line.asked, Asked::Waiting(_)));
        let refreshes = self.layers.opened_card().is_some_and(|card| card.refresh.is_some());
        let writes = self.layers.form().is_some_and(Form::waits);
        self.list.store.loading() > 0 || looks_up || refreshes || writes
    }

    /// For how many seconds Cube has not answered what is asked. `None` while that is too short to mention.
    #[must_use]
    pub fn silence(&self) -> Option<u64> {
        self.clock.silence().filter(|_| self.asks_cube())
    }

    fn fits_beside(&self) -> bool {
        layout::fits_beside(self.screen.size.0)
    }

    fn resized(&mut self, size: (u16, u16)) {
        self.screen.size = size;
        let Parts { list, kept, env, .. } = self.parts();
        [list].into_iter().chain(kept.iter_mut()).for_each(|list| list.settle_cursor(&env));
    }

    /// The customers whose cards were opened, of every account of this run.
    #[must_use]
    pub fn recents(&self) -> &[Recent] {
        self.recents.all()
    }

    /// The list of customers, whether it is open or not.
    fn customers(&self) -> &List {
        self.kept.get(self.session.account.open).unwrap_or(&self.list)
    }

    /// The caller the agent is told of.
    #[must_use]
    pub fn banner(&self) -> Option<Banner> {
        self.incoming.banner(self.customers(), &self.masks, self.session.account.country)
    }

    /// Masks values, or shows them again.
    fn toggle_masks(&mut self) {
        let is_on = self.masks.toggle();
        self.say(Notice::Masks(is_on));
        let Parts { layers, env, .. } = self.parts();
        layers.masks_changed(&env);
    }

    /// Shows the field under the card's cursor for a while.
    fn show_field(&mut self) {
        let Some(card) = self.layers.focused_card().filter(|_| self.masks.is_on()) else { return };
        let Some(field) = card.field_under_cursor() else { return };
        self.masks.show_field(card.id.clone(), field.key.clone(), self.clock.now);
        let Parts { layers, env, .. } = self.parts();
        layers.masks_changed(&env);
    }

    /// Makes the card beside the table wider or narrower.
    fn change_card_width(&mut self, by: i16) {
        let width = self.layout().card.width;
        if !self.layout().has_table() || width == 0 {
            return self.say(Notice::NoCardBeside);
        }
        let wanted = layout::card_width(self.screen.size.0, Some(width.saturating_add_signed(by)));
        self.screen.card_width = Some(wanted);
        self.out.session(SessionCall::KeepCardWidth(wanted));
    }

    /// Quits; with forms that are not sent only when asked twice.
    fn quit(&mut self, confirmed: bool) {
        if confirmed || !self.holds_unsent() {
            self.keep_drafts();
            self.out.session(SessionCall::Quit);
        } else {
            self.interrupted = Some(self.clock.now);
            self.say(Notice::QuitAgain(self.unsent().len()));
        }
    }

    /// Says which fields of the person's own forms there are not, once the labels are known.
    fn check_templates(&mut self) {
        if self.labels.source != Source::Ids {
            let Parts { list, mut env, .. } = self.parts();
            copying::check_templates(list, &mut env);
        }
    }

    /// Answers a key.
    fn say(&mut self, notice: Notice) {
        self.notices.answer_with(notice);
    }

    /// Asks Cube for the labels, unless it is being asked.
    fn ask_for_labels(&mut self) {
        if !self.asks_for_labels {
            self.asks_for_labels = true;
            self.out.task(Task::FetchLabels);
        }
    }

    /// Says once what was wrong with the labels. The help says it for longer.
    fn say_label_problems(&mut self) {
        if !self.labels.problems.is_empty() {
            self.remark_on_labels();
        }
    }

    fn remark_on_labels(&mut self) {
        let Labels { problems, source, .. } = self.labels.clone();
        self.notices.remark_on(Notice::LabelProblems(problems, source));
    }
}
