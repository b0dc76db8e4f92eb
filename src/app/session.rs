//! What is open: the account and its list, the profiles that there are, and in which colours all is drawn.

use crate::app::ListId;
use crate::app::{OwnCommand, Programs};
use crate::cube::{List, Schema, Wait};
use crate::language::Language;
use crate::text::{Country, Template};
use crate::words::NoWriting;
use ratatui::style::Color;

/// What is open, and what else could be.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The account and the list.
    pub account: Account,
    /// The profiles that are set up.
    pub profiles: Vec<Profile>,
    /// In which colours it is drawn, as the person chose.
    pub theme: ThemeName,
    /// The terminal's background. `None` while the terminal has not said.
    pub background: Option<Background>,
    /// Whether nothing is to be coloured (`NO_COLOR`), whatever the theme is.
    pub no_color: bool,
    /// The language of the screen, in which the person spells too.
    pub language: Language,
    /// Whether the administrator has chosen the colours for everybody.
    pub is_theme_locked: bool,
    /// Set while Cube wants to be asked nothing.
    pub throttled: Option<Wait>,
}

/// Which customers are browsed, in the words of the header.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// The account's name, or the host where it has none.
    pub name: String,
    /// The host that is asked.
    pub host: String,
    /// The list: "assignment 9".
    pub list: String,
    /// What the list's records are.
    pub schema: &'static Schema,
    /// The lists of the account that are set up. The number of a [`ListId`] is a place among them.
    pub lists: Vec<List>,
    /// The one that is open.
    pub open: ListId,
    /// Where the credential comes from: `CUBEDEX_TOKEN`. `None` for one that was typed here.
    pub credential: Option<String>,
    /// What kind of credential it is: "token" or "password".
    pub credential_kind: &'static str,
    /// Whether this is the demo town.
    pub is_demo: bool,
    /// Why no customer can be changed here. `None` where writing is turned on.
    pub no_writing: Option<NoWriting>,
    /// Whether what is typed into forms and not sent is kept in a file.
    pub keeps_drafts: bool,
    /// Whether the ids of the customers whose cards were opened are kept in a file.
    pub keeps_recents: bool,
    /// The list whose calls can be read. `None` where the account has none.
    pub calls: Option<List>,
    /// The country whose phone numbers need no calling code.
    pub country: Country,
    /// What calls and writes.
    pub programs: Programs,
    /// The person's own forms in which customers are copied.
    pub templates: Vec<Template>,
    /// The person's own commands.
    pub commands: Vec<OwnCommand>,
    /// The profile that is open. `None` without one.
    pub profile: Option<String>,
    /// The colour by which it is known. `None` means the theme's own.
    pub accent: Option<Color>,
}

/// A profile, or one of its lists, in the words of the list of profiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// What it is called.
    pub name: String,
    /// Its account and list: "acme · assignment 9".
    pub place: String,
    /// The list, where the profile has several: each is a line of its own.
    pub list: Option<List>,
}

/// How bright the terminal's background is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Darker than its text.
    Dark,
    /// Brighter than its text.
    Light,
}

impl Account {
    /// The account and the list that are open, as the name of a place.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{} {}", self.name, self.list)
    }

    /// Why the customers of a list cannot be changed. `None` where they can.
    #[must_use]
    pub fn no_writing(&self, list: ListId) -> Option<NoWriting> {
        let list = self.lists.get(list.0 as usize);
        let no_way = list.filter(|list| !list.can_be_written());
        no_way.map(|list| NoWriting::NoWay(list.said())).or_else(|| self.no_writing.clone())
    }

    /// The name of a list: "assignment 9". Empty for one that there is not.
    #[must_use]
    pub fn list_name(&self, list: ListId) -> String {
        self.lists.get(list.0 as usize).map(ToString::to_string).unwrap_or_default()
    }

    /// Whether this is what the profile opens.
    #[must_use]
    pub fn is_of(&self, profile: &Profile) -> bool {
        let open = self.lists.get(self.open.0 as usize);
        self.profile.as_ref() == Some(&profile.name)
            && (profile.list.is_none() || profile.list.as_ref() == open)
    }
}

impl Session {
    /// The theme to draw with: where the person leaves it to the terminal, the one for its background.
    #[must_use]
    pub const fn shown_theme(&self) -> ThemeName {
        match (self.theme, self.background) {
            (ThemeName::Auto, Some(Background::Dark)) => ThemeName::Dark,
            (ThemeName::Auto, Some(Background::Light)) => ThemeName::Light,
            (ThemeName::Auto, None) => ThemeName::Terminal,
            (chosen, _) => chosen,
        }
    }
}

/// The themes there are. What their colours are is decided in `ui`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// Dark or light by the terminal's background; the terminal's own while that is not known.
    #[default]
    Auto,
    /// The terminal's own colours.
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
    pub const ALL: [Self; 5] = [Self::Auto, Self::Terminal, Self::Dark, Self::Light, Self::HighContrast];

    /// Its name, as the command line takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Terminal => "terminal",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
        }
    }

    /// The theme after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Terminal,
            Self::Terminal => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::HighContrast,
            Self::HighContrast => Self::Auto,
        }
    }
}
