//! `config.toml`: profiles by name and the settings for all of them. Every mistake in it is told with its line,
//! its column, its key and what is allowed, and never with its value, which can be a secret in the wrong place.

mod section;

#[cfg(test)]
mod tests;

pub use section::{At, Bad};

use super::profile::{self, Profile};
use super::read::{Unreadable, read_text};
use crate::cli::Theme;
use crate::language::Language;
use crate::text::{self, Place, SafeText, Template};
use clap::ValueEnum;
pub(super) use section::{Section, Setting};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use toml::de::DeTable;

/// The settings at the top of the file.
const SETTINGS: &[Setting] = &[
    ("default_profile", "the name of a profile in this file", "default_profile = \"acme\""),
    ("theme", "auto, terminal, dark, light or high-contrast", "theme = \"dark\""),
    ("keys", "typing or vi", "keys = \"vi\""),
    ("mouse", "true or false", "mouse = true"),
    ("title", "true or false", "title = false"),
    ("mask", "true or false", "mask = true"),
    ("language", "en or nb", "language = \"nb\""),
    ("at_once", "a whole number from 1 to 4", "at_once = 2"),
    ("copy", "a list of names and texts", COPY),
    ("command", "a list of words and programs", COMMAND),
    ("profile", "tables of settings", "[profile.acme]"),
];

/// How forms in which customers are copied are named.
const COPY: &str = "copy = [{ name = \"Ticket\", text = \"{name} ({id})\" }]";

/// The settings of a form in which customers are copied.
const COPY_SETTINGS: &[Setting] = &[
    ("name", "what the form is called", "name = \"Ticket\""),
    ("text", "a text with fields in braces", "text = \"{name} ({id}) {phone_1|phone_2}\""),
];

/// How programs that are run for a customer are named.
const COMMAND: &str = "command = [{ key = \"ctrl+t\", words = \"open in Cube\", run = [\"xdg-open\", \"https://acme.no/{id}\"] }]";

/// The settings of a program that is run for a customer.
const COMMAND_SETTINGS: &[Setting] = &[
    ("key", "the name of a key", "key = \"ctrl+t\""),
    ("words", "what the help says it does", "words = \"open in Cube\""),
    ("run", "a program and its arguments", "run = [\"xdg-open\", \"https://acme.no/{id}\"]"),
];

/// The settings at the top of the administrator's file alone.
const OF_EVERYBODY: [Setting; 2] = [
    ("writes", "true or false", "writes = false"),
    ("locked", "a list of settings at the top of this file", "locked = [\"writes\"]"),
];

/// The settings at the top of the administrator's file that can be locked.
const LOCKABLE: [&str; 5] = ["writes", "theme", "keys", "mouse", "at_once"];

/// What letters do in the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keys {
    /// They open the line.
    #[default]
    Typing,
    /// They are commands, as in vi.
    Vi,
}

/// What the file says; `Default` is what holds without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// The profile that is used when none is named.
    pub default_profile: Option<String>,
    /// The colours to start with.
    pub theme: Theme,
    /// What letters do in the table.
    pub keys: Keys,
    /// Whether the mouse is taken from the terminal, where a profile does not say.
    pub mouse: bool,
    /// Whether the terminal's window keeps its own title.
    pub leaves_title: bool,
    /// Whether values are masked from the start.
    pub mask: bool,
    /// The language of the screen. `None` means that of the locale.
    pub language: Option<Language>,
    /// How many requests may be under way at once, where a profile does not say.
    pub at_once: Option<usize>,
    /// The forms of one's own in which customers are copied.
    pub templates: Vec<Template>,
    /// The programs of one's own that are run for a customer.
    pub commands: Vec<OwnCommand>,
    /// The profiles, by name.
    pub profiles: Vec<Profile>,
    /// Whether customers may be changed, where a profile does not say: in the administrator's file.
    pub writes: Option<bool>,
    /// The settings that hold whatever else says otherwise: in the administrator's file.
    pub locked: Vec<String>,
    /// The settings at the top that the file has.
    pub(super) said: Said,
}

/// A program that a person runs for a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCommand {
    /// The name of its key. `None` for a command that only the palette has.
    pub key: Option<String>,
    /// Where the key is, or the command where it has none.
    pub at: At,
    /// The file that has it.
    pub file: SafeText<'static>,
    /// What help and palette call it.
    pub words: String,
    /// The program and its arguments. The program has no gap.
    pub program: Vec<Template>,
}

/// The settings at the top that a file has. Two files with the same settings are equal, though one may spell out what
/// holds anyway.
#[derive(Debug, Clone, Default)]
pub(super) struct Said(Vec<&'static str>);

impl Said {
    /// Whether the file has the setting.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains(&key)
    }
}

impl PartialEq for Said {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Said {}

/// Why the file can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    /// It can't be read.
    #[error("{path}: {why}")]
    Unreadable {
        /// The file.
        path: SafeText<'static>,
        /// Why.
        why: Unreadable,
    },
    /// What it says can't be used.
    #[error("{path}, {bad}")]
    Bad {
        /// The file.
        path: SafeText<'static>,
        /// What is wrong, and where.
        bad: Bad,
    },
}

impl File {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// [`BadFile`], with the place where it is wrong.
    pub fn read(path: &Path) -> Result<Self, BadFile> {
        let text = read_text(path).map_err(|why| BadFile::Unreadable { path: text::path(path), why })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = Self::parse(&text, folder);
        file.map(|file| file.named(path)).map_err(|bad| BadFile::Bad { path: text::path(path), bad })
    }

    /// Reads the administrator's file at `path`, which has settings of its own.
    ///
    /// # Errors
    /// [`BadFile`], with the place where it is wrong.
    pub fn read_for_everybody(path: &Path) -> Result<Self, BadFile> {
        static SETTINGS_OF_EVERYBODY: LazyLock<Vec<Setting>> =
            LazyLock::new(|| SETTINGS.iter().chain(&OF_EVERYBODY).copied().collect());
        let text = read_text(path).map_err(|why| BadFile::Unreadable { path: text::path(path), why })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = Self::parse_with(&text, folder, &SETTINGS_OF_EVERYBODY);
        file.map(|file| file.named(path)).map_err(|bad| BadFile::Bad { path: text::path(path), bad })
    }

    /// The same, where its commands say which file has them.
    fn named(mut self, path: &Path) -> Self {
        self.commands.iter_mut().for_each(|command| command.file = text::path(path));
        self
    }

    /// These settings, and below them those of the administrator's file, of which the locked ones go first. What is locked and
    /// not said there is as it is where no one says anything.
    #[must_use]
    pub fn over(mut self, below: Self) -> Self {
        let wins = |own: &Self, key: &'static str| {
            below.is_locked(key) || (below.said.has(key) && !own.said.has(key))
        };
        if wins(&self, "theme") {
            self.theme = below.theme;
        }
        if wins(&self, "keys") {
            self.keys = below.keys;
        }
        if wins(&self, "mouse") {
            self.mouse = below.mouse;
        }
        if wins(&self, "title") {
            self.leaves_title = below.leaves_title;
        }
        if wins(&self, "mask") {
            self.mask = below.mask;
        }
        if wins(&self, "language") {
            self.language = below.language;
        }
        if wins(&self, "at_once") {
            self.at_once = below.at_once;
        }
        self.default_profile = self.default_profile.or(below.default_profile);
        self.templates.extend(below.templates);
        self.commands.extend(below.commands);
        let own: Vec<String> = self.profiles.iter().map(|profile| profile.name.clone()).collect();
        self.profiles.extend(below.profiles.into_iter().filter(|profile| !own.contains(&profile.name)));
        Self { writes: below.writes, locked: below.locked, ..self }
    }

    /// Whether the administrator has locked a setting.
    #[must_use]
    pub fn is_locked(&self, key: &str) -> bool {
        self.locked.iter().any(|locked| locked == key)
    }

    /// Reads the file's text; paths in it are meant from `folder`.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, Bad> {
        Self::parse_with(text, folder, SETTINGS)
    }

    fn parse_with(text: &str, folder: &Path, settings: &'static [Setting]) -> Result<Self, Bad> {
        let document = DeTable::parse(text).map_err(|error| syntax(&error, text))?;
        let section = Section::new(text, document.get_ref(), settings)?;
        let theme = section.word("theme")?.map(|name| Theme::from_str(name, false));
        let mut file = Self {
            default_profile: section.word("default_profile")?.map(str::to_owned),
            theme: theme.transpose().map_err(|_| section.wrong("theme"))?.unwrap_or_default(),
            keys: match section.word("keys")? {
                None | Some("typing") => Keys::Typing,
                Some("vi") => Keys::Vi,
                Some(_) => return Err(section.wrong("keys")),
            },
            mouse: section.flag("mouse")?.unwrap_or(false),
            leaves_title: !section.flag("title")?.unwrap_or(true),
            mask: section.flag("mask")?.unwrap_or(false),
            language: match section.word("language")? {
                None => None,
                Some("en") => Some(Language::English),
                Some("nb") => Some(Language::Norwegian),
                Some(_) => return Err(section.wrong("language")),
            },
            at_once: profile::at_once(&section)?,
            templates: templates(&section)?,
            commands: commands(&section)?,
            profiles: Vec::new(),
            writes: section.flag("writes")?,
            locked: section.words("locked")?.unwrap_or_default(),
            said: Said(settings.iter().map(|(key, ..)| *key).filter(|key| section.has(key)).collect()),
        };
        if !file.locked.iter().all(|locked| LOCKABLE.contains(&locked.as_str())) {
            let known = LOCKABLE.join(", ");
            return Err(section
                .bad("locked", format!("locked takes some of {known}, for example: locked = [\"writes\"]")));
        }
        for (name, at, table) in section.tables("profile")? {
            file.profiles.push(Profile::read(
                name,
                at,
                &Section::new(text, table, profile::SETTINGS)?,
                folder,
            )?);
        }
        match &file.default_profile {
            Some(name) if file.profile(name).is_none() => Err(section.wrong("default_profile")),
            _ => Ok(file),
        }
    }

    /// The profile of that name.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// The profile that is used when none is named: the default one, or the only one.
    #[must_use]
    pub fn usual(&self) -> Option<&Profile> {
        match (&self.default_profile, self.profiles.as_slice()) {
            (Some(name), _) => self.profile(name),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}

fn templates(section: &Section<'_>) -> Result<Vec<Template>, Bad> {
    let tables = section.each_table("copy")?.unwrap_or_default().into_iter();
    let template = |table| {
        let one = section.of(table, COPY_SETTINGS)?;
        let (name, text) = (one.word("name")?, one.word("text")?);
        let (Some(name), Some(text)) = (name, text) else { return Err(section.wrong("copy")) };
        let name = text::clean_str(name, Place::Row);
        let read = Template::read(name.as_str(), one.at("text").line, text);
        read.map_err(|why| one.bad("text", format!("text can't be used: {why}")))
    };
    tables.map(template).collect()
}

fn commands(section: &Section<'_>) -> Result<Vec<OwnCommand>, Bad> {
    let tables = section.each_table("command")?.unwrap_or_default().into_iter();
    let command = |table| {
        let one = section.of(table, COMMAND_SETTINGS)?;
        let (words, run) = (one.word("words")?, one.words("run")?);
        let (Some(words), Some(run)) = (words, run) else { return Err(section.wrong("command")) };
        let words = text::clean_str(words, Place::Row).to_string();
        let line = one.at("run").line;
        let read = |text: &String| Template::read(&words, line, text);
        let program: Result<Vec<Template>, _> = run.iter().map(read).collect();
        let program = program.map_err(|why| one.bad("run", format!("run can't be used: {why}")))?;
        if program.first().is_some_and(|program| program.words().next().is_some()) {
            return Err(one.bad("run", "run takes a program without a gap; only its arguments have gaps"));
        }
        let key = one.word("key")?.map(str::to_owned);
        let at = one.at(if key.is_some() { "key" } else { "run" });
        Ok(OwnCommand { key, at, file: SafeText::default(), words, program })
    };
    tables.map(command).collect()
}

/// A path in the file: from the file's folder, or from the home where it begins with `~/`.
pub(super) fn path(written: &str, folder: &Path) -> PathBuf {
    match (written.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => folder.join(written),
    }
}

/// What is said of a text that is no TOML: the parser's own words hold nothing of it.
fn syntax(error: &toml::de::Error, text: &str) -> Bad {
    let words = error.message().lines().next().unwrap_or_default();
    Bad { at: At::of(&error.span().unwrap_or_default(), text), why: format!("this is not TOML: {words}") }
}
