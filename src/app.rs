//! The model of the browser, and `update`, which changes it: no clock, no file, no request, no screen.
//!
//! What happens comes in as [`Msg`]; what is to be done goes out as [`Effect`]. Everything that is drawn can be
//! read from [`App`] through shared borrows.

mod action;
mod browse;
pub mod card;
mod columns;
mod effect;
pub mod find;
mod focus;
mod history;
mod keymap;
mod layout;
mod line;
mod load;
mod lookup;
mod msg;
mod popup;
mod profiles;
mod secret;
pub mod status;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use browse::Cursor;
pub use card::Card;
pub use columns::{Column, Columns, title};
pub use effect::Effect;
pub use find::Find;
pub use keymap::{BadKeys, Context, Hint, Keymap};
pub use layout::{Layout, is_too_small};
pub use load::{AT_ONCE, Load};
pub use msg::{Labels, Msg};
pub use popup::{Popup, PopupKind, PopupLine};
pub use profiles::ProfileName;
pub use secret::{Asking, Typed};

use crate::cube::{CustomerId, Error, Moment};
use crate::fields::Source;
use crate::list::Store;
use crossterm::event::{KeyEvent, KeyEventKind};
use find::Purpose;
use history::History;
use ratatui::layout::Rect;
use ratatui::style::Color;
use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

/// Which customers are browsed, in the words of the header.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The account's name, or the host where it has none.
    pub account: String,
    /// The host that is asked.
    pub host: String,
    /// The list: "assignment 9".
    pub list: String,
    /// Where the credential comes from: `CUBEDEX_TOKEN`.
    pub credential: String,
    /// What opens it: "token" or "password".
    pub wanted: &'static str,
    /// Whether this is the demo town.
    pub is_demo: bool,
    /// The profile that is open. `None` without one.
    pub profile: Option<String>,
    /// The colour by which it is known. `None` means the theme's own.
    pub accent: Option<Color>,
}

/// What the browser starts with.
#[derive(Debug, Default)]
pub struct Start {
    /// Which customers.
    pub place: Place,
    /// The profiles that there are.
    pub profiles: Vec<ProfileName>,
    /// Labels from a file; where there are none, Cube is asked.
    pub labels: Labels,
    /// Whose card is open at first.
    pub customer: Option<CustomerId>,
    /// In which colours.
    pub theme: ThemeName,
    /// What was odd about the person's own files; a sentence each.
    pub warnings: Vec<String>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

/// The themes there are. What their colours are is `ui`'s.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own sixteen colours.
    #[default]
    Terminal,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// As much contrast as the terminal has.
    HighContrast,
}

impl ThemeName {
    /// All of them, in the order in which one key goes through them.
    pub const ALL: [Self; 4] = [Self::Terminal, Self::Dark, Self::Light, Self::HighContrast];

    /// Its name, as the command line takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Terminal => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::HighContrast,
            Self::HighContrast => Self::Terminal,
        }
    }
}

/// Everything that the browser knows.
#[derive(Debug)]
pub struct App {
    /// Which customers are browsed.
    pub place: Place,
    /// The customers that are held.
    pub store: Store,
    /// What the custom fields are called.
    pub labels: Labels,
    /// What the keys do.
    pub keymap: Keymap,
    /// How wide the columns are.
    pub columns: Columns,
    /// Where in the table we are.
    pub cursor: Cursor,
    /// The search or lookup that is open or kept.
    pub find: Option<Find>,
    /// The card that is open.
    pub card: Option<Card>,
    /// Whether keys go to the card.
    pub card_has_focus: bool,
    /// Whether the card is that of the customer under the cursor, and not of one who was looked up outside the list.
    follows_cursor: bool,
    /// Whether the card stays beside the table and follows the cursor.
    pub pane: bool,
    /// What is being loaded.
    pub load: Load,
    /// Something to say until the next key.
    pub notice: Option<String>,
    /// The help, the palette or the list of profiles, while one is open.
    pub popup: Option<Popup>,
    /// The line for a new credential, while it is open.
    pub asking: Option<Asking>,
    /// The profiles that there are.
    pub profiles: Vec<ProfileName>,
    /// In which colours it is drawn.
    pub theme: ThemeName,
    /// The ids of customers who were read once, and whom Cube does not know any more.
    gone: BTreeSet<String>,
    /// The card's layout.
    laid: card::Laid,
    /// The lines that were used.
    history: History,
    /// When the last message came.
    pub now: Moment,
    /// Counts the ticks, for what turns round while we wait.
    pub ticks: usize,
    size: (u16, u16),
    tickets: u64,
    effects: Vec<Effect>,
}

impl App {
    /// A browser that has not asked for anything, and what it wants done first.
    #[must_use]
    pub fn new(start: Start, keymap: Keymap, now: Moment) -> (Self, Vec<Effect>) {
        let mut app = Self {
            place: start.place,
            store: Store::new(),
            labels: start.labels,
            keymap,
            columns: Columns::default(),
            cursor: Cursor::default(),
            find: None,
            card: None,
            card_has_focus: false,
            follows_cursor: true,
            pane: false,
            load: Load::default(),
            notice: None,
            popup: None,
            asking: None,
            profiles: start.profiles,
            theme: start.theme,
            gone: BTreeSet::new(),
            laid: card::Laid::default(),
            history: History::default(),
            now,
            ticks: 0,
            size: start.size,
            tickets: 0,
            effects: Vec::new(),
        };
        if let Some(id) = start.customer {
            app.open_card_by_id(id);
        }
        if app.labels.source == Source::Ids {
            app.ask_for_labels();
        } else {
            app.say_labels();
        }
        if !start.warnings.is_empty() {
            app.say(start.warnings.join(" · "));
        }
        app.ask_for_pages();
        let effects = mem::take(&mut app.effects);
        (app, effects)
    }

    /// Takes in one event. What is to be done about it is returned; the screen is to be drawn again.
    #[must_use]
    pub fn update(&mut self, now: Moment, msg: Msg) -> Vec<Effect> {
        self.now = now;
        match msg {
            Msg::Pressed(key) => self.pressed(&key),
            Msg::Pasted(text) => self.pasted(&text),
            Msg::Resized(width, height) => self.resized((width, height)),
            Msg::PageArrived { generation, number, result } => {
                if generation == self.load.generation {
                    self.page_arrived(number, result);
                }
            }
            Msg::CustomerArrived { ticket, result } => {
                if !self.looked_up(ticket, &result) {
                    self.card_arrived(ticket, result);
                }
            }
            Msg::LabelsArrived(result) => self.labels_arrived(result),
            Msg::Searched { ticket, hits } => self.searched(ticket, hits),
            Msg::Suggested { ticket, names } => self.suggested(ticket, names),
            Msg::SecretTaken => self.secret_taken(),
            Msg::SecretRefused(why) => self.secret_refused(&why),
            Msg::SecretWanted { profile, why } => self.want_secret(profile, why),
            Msg::ProfileFailed(why) => self.profile_failed(why),
            Msg::Waiting(wait) => self.load.wait = wait,
            Msg::Ticked => self.ticks = self.ticks.wrapping_add(1),
        }
        self.card_follows();
        self.ask_for_pages();
        mem::take(&mut self.effects)
    }

    /// How the screen is divided now.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::new(
            self.size,
            self.card_has_focus || (self.is_beside() && (self.pane || self.card.is_some())),
        )
    }

    /// Columns and rows of the terminal.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Whether something that shows time is on the screen, so that ticks are wanted.
    #[must_use]
    pub fn shows_time(&self) -> bool {
        self.is_held_back() || self.is_asking()
    }

    /// The part of the screen that the card's fields have, below its head.
    #[must_use]
    pub fn card_area(&self) -> Rect {
        let layout = Layout::new(self.size, true);
        let problem = self.card.as_ref().map_or(0, |card| card.problem_lines(layout.card.width).len());
        let head = card::HEAD + u16::try_from(problem).unwrap_or(u16::MAX).max(1);
        let head = head.min(layout.card.height);
        Rect { y: layout.card.y + head, height: layout.card.height - head, ..layout.card }
    }

    /// Whether Cube said of the customer with this id that there is none.
    #[must_use]
    pub fn is_gone(&self, id: &str) -> bool {
        self.gone.contains(id)
    }

    fn is_beside(&self) -> bool {
        self.size.0 >= layout::BESIDE_FROM
    }

    fn pressed(&mut self, key: &KeyEvent) {
        if key.kind == KeyEventKind::Release {
            return;
        }
        self.notice = None;
        match self.keymap.action(self.context(), key) {
            Some(action) => self.act(action, key),
            None => self.type_into_line(key),
        }
    }

    fn pasted(&mut self, text: &str) {
        self.notice = None;
        let line = line::first_of(text);
        if line.is_empty() || self.paste_into_open_line(&line) {
            return;
        }
        let is_number = find::wrong_character(&line).is_none() && line.contains(|c: char| c.is_ascii_digit());
        self.open_line(if is_number { Purpose::Lookup } else { Purpose::Search }, &line);
    }

    fn resized(&mut self, size: (u16, u16)) {
        self.size = size;
        self.settle_cursor();
        self.scroll_card();
    }

    fn labels_arrived(&mut self, result: Result<Labels, Arc<Error>>) {
        match result {
            Ok(mut labels) => {
                let earlier = mem::take(&mut self.labels.problems);
                labels.problems.splice(0..0, earlier);
                self.labels = labels;
            }
            Err(error) => {
                self.labels.problems.push(error.to_string());
                self.is_refusal(&error);
            }
        }
        self.laid.forget();
        self.load.labels = false;
        self.say_labels();
        self.query_changed();
        self.scroll_card();
    }

    /// Says once which labels are in use, and before that what was wrong with them. The help has it for longer.
    fn say_labels(&mut self) {
        let source = self.labels.source.to_string();
        let words = match self.labels.problems.as_slice() {
            // Nothing is wrong, and somebody is reading something else.
            [] if self.find.is_some() || self.notice.is_some() => return,
            [] => source,
            [only] => format!("{only} · {source}"),
            [first, others @ ..] => format!("{first} (and {} more, see ?) · {source}", others.len()),
        };
        self.notice = Some(words);
    }

    /// Asks Cube for the labels, unless it is being asked.
    fn ask_for_labels(&mut self) {
        if !self.load.labels {
            self.load.labels = true;
            self.effects.push(Effect::FetchLabels);
        }
    }

    fn say(&mut self, words: impl Into<String>) {
        self.notice = Some(words.into());
    }
}
