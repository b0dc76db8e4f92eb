//! The lists that open over everything: the help, which says what every key does, the palette, which does it, and the
//! profiles that are set up. All of them narrow while one types.

use super::{Narrowed, Outcome, Wish};
use crate::app::Profile;
use crate::keys::{Action, Context};
use crate::text;

/// Which menu is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuKind {
    /// All keys by where they act; the part for this context first.
    Help(Context),
    /// All actions by name.
    Palette,
    /// The profiles that are set up.
    Profiles,
}

impl MenuKind {
    /// What has the focus while the menu is open.
    #[must_use]
    pub const fn context(self) -> Context {
        match self {
            Self::Help(_) => Context::Help,
            Self::Palette => Context::Palette,
            Self::Profiles => Context::Profiles,
        }
    }
}

/// An open menu.
#[derive(Debug, Clone)]
pub struct Menu {
    /// Which one.
    pub kind: MenuKind,
    /// What is typed; the first line of the help, or the selected line of another menu.
    pub narrowed: Narrowed,
}

/// One line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuLine {
    /// Names the lines below it.
    Title(String),
    /// Keys and what they do.
    Keys {
        /// The keys' names, separated by blanks.
        keys: String,
        /// What they do.
        words: String,
        /// The action itself.
        action: Action,
    },
    /// A profile that is set up.
    Profile {
        /// The profile, or one of its lists.
        profile: Profile,
        /// Whether it is the one that is open.
        is_open: bool,
    },
    /// A sentence of its own.
    Text(String),
}

/// What was chosen in a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Chosen {
    /// An action of the palette.
    Action(Action),
    /// A profile, and whether it is open already.
    Profile(Profile, bool),
}

impl MenuLine {
    fn matches(&self, wanted: &str) -> bool {
        let holds = |text: &String| text::fold(text).contains(wanted);
        match self {
            Self::Title(_) => true,
            Self::Keys { keys, words, .. } => holds(keys) || holds(words),
            Self::Profile { profile, .. } => holds(&profile.name) || holds(&profile.place),
            Self::Text(text) => holds(text),
        }
    }

    fn chosen(&self) -> Option<Chosen> {
        match self {
            Self::Keys { action, .. } => Some(Chosen::Action(*action)),
            Self::Profile { profile, is_open } => Some(Chosen::Profile(profile.clone(), *is_open)),
            Self::Title(_) | Self::Text(_) => None,
        }
    }
}

impl Menu {
    /// A menu that is not narrowed.
    #[must_use]
    pub(in crate::app) fn new(kind: MenuKind, row: usize) -> Self {
        Self { kind, narrowed: Narrowed::on(row) }
    }

    /// Those of `lines` that match what is typed. A title stays only above something.
    #[must_use]
    pub fn narrow(&self, lines: Vec<MenuLine>) -> Vec<MenuLine> {
        let wanted = self.narrowed.wanted();
        let lines: Vec<MenuLine> = lines.into_iter().filter(|line| line.matches(&wanted)).collect();
        let is_above = |at: usize| !matches!(lines.get(at + 1), None | Some(MenuLine::Title(_)));
        let stays = |(at, line): &(usize, &MenuLine)| !matches!(line, MenuLine::Title(_)) || is_above(*at);
        lines.iter().enumerate().filter(stays).map(|(_, line)| line.clone()).collect()
    }

    /// The first line that is shown of those that there are, where `window` fit.
    #[must_use]
    pub fn first_shown(&self, window: usize) -> usize {
        match self.kind {
            MenuKind::Help(_) => self.narrowed.row,
            MenuKind::Palette | MenuKind::Profiles => self.narrowed.first_shown(window),
        }
    }

    /// Does what a key is for. `lines` are those that are shown, of which `window` fit.
    pub(in crate::app) fn act(&mut self, action: Action, lines: &[MenuLine], window: usize) -> Outcome {
        let last = match self.kind {
            MenuKind::Help(_) => lines.len().saturating_sub(window),
            MenuKind::Palette | MenuKind::Profiles => lines.len().saturating_sub(1),
        };
        match action {
            Action::Back => Outcome::Wish(Wish::Close),
            Action::Open => {
                let chosen = lines.get(self.narrowed.row).and_then(MenuLine::chosen);
                chosen.map_or(Outcome::Done, |chosen| Outcome::Wish(Wish::Choose(chosen)))
            }
            _ => Outcome::of(self.narrowed.step(action, window, last)),
        }
    }
}
