//! Command line, environment and `config.toml` → [`Settings`], all resolved and checked: what is typed goes before
//! what is set, and that before what is written. Resolving reads that one file and asks no one;
//! [`CredentialSettings::find`] then goes to where the credential is kept.

mod credential;
mod edit;
mod file;
mod folders;
mod layer;
mod profile;
mod read;
mod sources;
mod views;
mod wrong;

#[cfg(test)]
mod tests;

pub use credential::{
    CredentialError, CredentialLookup, CredentialSettings, CredentialSource, KeyringError, keyring,
    keyring_entry, token_file,
};
pub use edit::{Change, NotWritten, Written};
pub use file::{At, Bad, BadFile, File, Keys, OwnCommand};
pub use folders::Folders;
pub use profile::{CredentialStore, Profile, is_name};
pub use read::{Unreadable, read_text};
pub use sources::SettingSource;
pub use views::{KeptColumn, KeptOrder, KeptView, Views, ViewsOf, view_names};
pub use wrong::BadSetting;

use crate::cli::{self, Account, Browse, Theme};
use crate::cube::{AT_ONCE, List, Origin};
use crate::language::Language;
use crate::text::{self, Country, Template};
use layer::Layer;
use ratatui::style::Color;
use secrecy::SecretString;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Everything that is to be known before anything is asked.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Settings {
    /// Where the customers are.
    pub target: Target,
    /// The configuration file, which need not be there. `None` without a folder for it.
    pub path: Option<PathBuf>,
    /// The profile that is used. `None` without one.
    pub profile: Option<String>,
    /// The administrator's file. `None` where there is none.
    pub everybody: Option<PathBuf>,
    /// The settings that the administrator has locked.
    pub locked: Vec<String>,
    /// All profiles that there are, by name.
    pub profiles: Vec<Profile>,
    /// The mapping file that was named; `None` means that of [`Folders::custom_fields`], or else Cube's labels.
    pub custom_fields: Option<PathBuf>,
    /// How many requests may be under way at once.
    pub at_once: usize,
    /// The country whose phone numbers need no calling code.
    pub country: Country,
    /// Whether customers may be changed in Cube.
    pub writes: bool,
    /// Whether what is typed into forms and not sent is kept in a file.
    pub keep_drafts: bool,
    /// The program that calls, with its arguments. Empty without one.
    pub call: Vec<String>,
    /// The program that writes to an e-mail address, with its arguments. Empty without one.
    pub mail: Vec<String>,
    /// Whether the ids of the customers whose cards were opened are kept in a file.
    pub recents: bool,
    /// The colour by which the account is known.
    pub accent: Option<Color>,
    /// What is typed into the line at once. It may be a customer's, so that no `Debug` shows it.
    pub typed: Option<SecretString>,
    /// The person's own forms in which customers are copied.
    pub templates: Vec<Template>,
    /// The programs of the person's own that are run for a customer.
    pub commands: Vec<OwnCommand>,
    /// The colours to start with, unless they are unwanted.
    pub theme: Theme,
    /// What letters do in the table.
    pub keys: Keys,
    /// Whether the mouse is taken from the terminal.
    pub mouse: bool,
    /// Whether the terminal's window keeps its own title.
    pub leaves_title: bool,
    /// Whether phones, e-mails and other values are masked from the start.
    pub mask: bool,
    /// The language of the screen.
    pub language: Language,
    /// Whether colours are unwanted (`NO_COLOR`).
    pub no_color: bool,
}

/// Where the customers are.
#[derive(Debug)]
pub enum Target {
    /// In the invented town, which brings its own address and credential.
    Demo {
        /// Whether it takes no changes.
        read_only: bool,
    },
    /// In an account.
    Account {
        /// Its address.
        origin: Origin,
        /// The list of customers that is meant.
        list: List,
        /// The lists of the profile, the one that is meant among them.
        lists: Vec<List>,
        /// Where its credential is found.
        credential: Box<CredentialSettings>,
    },
}

/// The configuration file, and whether anything is set up at all.
#[derive(Debug)]
pub struct SetUp {
    /// Where the file is or would be. `None` without a folder for it.
    pub path: Option<PathBuf>,
    /// What it says, above what the administrator's file says. `None` when there is neither.
    pub file: Option<File>,
    /// The administrator's file. `None` where there is none.
    pub everybody: Option<PathBuf>,
    /// What either file says by itself, for those who ask where a setting comes from.
    apart: [Option<File>; 2],
}

impl SetUp {
    /// Reads the configuration file: the one that was named, else the one in its folder, which need not be there.
    ///
    /// # Errors
    /// A file that was named and is not there, or one that can't be used.
    pub fn read(
        named: &cli::Setup,
        folders: &Folders,
        variable: &impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, BadSetting> {
        Self::read_with(named, folders, variable, true)
    }

    /// As [`read`](Self::read), but the file that was named need not be there yet.
    ///
    /// # Errors
    /// A file that can't be used.
    pub fn read_or_new(
        named: &cli::Setup,
        folders: &Folders,
        variable: &impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, BadSetting> {
        Self::read_with(named, folders, variable, false)
    }

    fn read_with(
        named: &cli::Setup,
        folders: &Folders,
        variable: &impl Fn(&str) -> Option<OsString>,
        must_be_there: bool,
    ) -> Result<Self, BadSetting> {
        let set = layer::set(variable, "CUBEDEX_CONFIG")?.map(PathBuf::from);
        let named = named.config.clone().or(set);
        let path = named.clone().or_else(|| folders.settings());
        // A link that leads nowhere is there, though what it leads to is not.
        let is_there = |path: &PathBuf| path.symlink_metadata().is_ok();
        let read = path.clone().filter(|path| (named.is_some() && must_be_there) || is_there(path));
        let own = read.map(|path| File::read(&path)).transpose().map_err(BadSetting::File)?;
        let everybody = folders.everybody.clone().filter(is_there);
        let below = everybody.as_deref().map(File::read_for_everybody).transpose();
        let below = below.map_err(BadSetting::File)?;
        let apart = [own.clone(), below.clone()];
        let file = match (own, below) {
            (own, Some(below)) => Some(own.unwrap_or_default().over(below)),
            (own, None) => own,
        };
        Ok(Self { path, file, everybody, apart })
    }

    /// The file that has a profile: the person's own, else the administrator's.
    fn file_of(&self, profile: &str) -> Option<&Path> {
        let has = |file: &Option<File>| file.as_ref().is_some_and(|file| file.profile(profile).is_some());
        let [own, below] = &self.apart;
        if has(own) {
            return self.path.as_deref();
        }
        self.everybody.as_deref().filter(|_| has(below))
    }

    /// The profile that is meant: the one that was named, else the usual one.
    ///
    /// # Errors
    /// [`BadSetting::NoSuchProfile`].
    pub fn profile(
        &self,
        named: &cli::Setup,
        variable: &impl Fn(&str) -> Option<OsString>,
    ) -> Result<Option<&Profile>, BadSetting> {
        match named
            .profile
            .clone()
            .map_or_else(|| layer::set(variable, "CUBEDEX_PROFILE"), |name| Ok(Some(name)))?
        {
            None => Ok(self.file.as_ref().and_then(File::usual)),
            Some(name) => {
                let found = self.file.as_ref().and_then(|file| file.profile(&name));
                found.map(Some).ok_or_else(|| BadSetting::NoSuchProfile(self.names()))
            }
        }
    }

    /// Why no profile is the usual one.
    #[must_use]
    pub fn nothing_chosen(&self) -> BadSetting {
        match self.file.as_ref().map(|file| file.profiles.len()) {
            Some(2..) => BadSetting::NoProfileChosen(self.names()),
            _ => BadSetting::NothingSetUp,
        }
    }

    /// The profiles' names, for those who name one that there is not.
    fn names(&self) -> String {
        let names = self.file.iter().flat_map(|file| &file.profiles).map(|profile| profile.name.as_str());
        let names: Vec<&str> = names.collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    }
}

impl Settings {
    /// Resolves what was typed for the browser together with environment and file; `variable` gives the value of an
    /// environment's variable by its name.
    ///
    /// # Errors
    /// The first [`BadSetting`] that stands in the way.
    pub fn resolve(
        browse: &Browse,
        folders: &Folders,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, BadSetting> {
        let settings = Self::of(&browse.account, folders, variable)?;
        let settings = settings.allowing(browse.writing)?;
        let typed = browse.typed().map(|typed| SecretString::from(typed.to_owned()));
        let theme = browse.theme.unwrap_or(settings.theme);
        match settings.locked_by("theme") {
            Some(file) if theme != settings.theme => {
                Err(BadSetting::Locked { option: "--theme", file: text::path(file) })
            }
            _ => Ok(Self { typed, theme, ..settings }),
        }
    }

    /// The same settings, where customers may be changed as was typed.
    ///
    /// # Errors
    /// [`BadSetting::ReadOnlyAccount`].
    pub fn allowing(self, typed: cli::Writing) -> Result<Self, BadSetting> {
        match self.locked_by("writes") {
            Some(file) if typed.writes && !self.writes => {
                return Err(BadSetting::Locked { option: "--writes", file: text::path(file) });
            }
            _ => {}
        }
        let target = match self.target {
            Target::Demo { .. } => Target::Demo { read_only: typed.read_only },
            Target::Account { .. } if typed.read_only => return Err(BadSetting::ReadOnlyAccount),
            account @ Target::Account { .. } => account,
        };
        Ok(Self { target, writes: self.writes || typed.writes, ..self })
    }

    /// Resolves which account is meant, for commands without a screen too.
    ///
    /// # Errors
    /// The first [`BadSetting`] that stands in the way.
    pub fn of(
        account: &Account,
        folders: &Folders,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, BadSetting> {
        let set_up = SetUp::read(&account.setup, folders, &variable)?;
        let (typed, set) = (Layer::typed(&account.customers), Layer::set(&variable)?);
        let profile = profile(account, &set_up, &[&typed, &set], &variable)?;
        let general = set_up.file.clone().unwrap_or_default();
        let target = if account.demo {
            demo(account, &typed)?
        } else {
            target(&typed, &set, profile, &set_up, &variable)?
        };
        Ok(Self {
            target,
            custom_fields: account.custom_fields.clone().or_else(|| profile?.custom_fields.clone()),
            at_once: profile
                .and_then(|profile| profile.at_once)
                .filter(|_| !general.is_locked("at_once"))
                .or(general.at_once)
                .unwrap_or(AT_ONCE),
            country: profile.and_then(|profile| profile.country).unwrap_or_default(),
            writes: account.demo
                || profile
                    .and_then(|profile| profile.writes)
                    .filter(|_| !general.is_locked("writes"))
                    .or(general.writes)
                    .unwrap_or(false),
            keep_drafts: profile.is_some_and(|profile| profile.keep_drafts),
            call: profile.map(|profile| profile.call.clone()).unwrap_or_default(),
            mail: profile.map(|profile| profile.mail.clone()).unwrap_or_default(),
            recents: profile.is_some_and(|profile| profile.recents),
            accent: profile.and_then(|profile| profile.accent),
            templates: general.templates.clone(),
            commands: general.commands.clone(),
            typed: None,
            theme: general.theme,
            keys: general.keys,
            mouse: profile
                .and_then(|profile| profile.mouse)
                .filter(|_| !general.is_locked("mouse"))
                .unwrap_or(general.mouse),
            leaves_title: general.leaves_title,
            mask: general.mask,
            language: general.language.unwrap_or_else(|| {
                Language::of_locale(|name| variable(name).and_then(|value| value.into_string().ok()))
            }),
            no_color: variable("NO_COLOR").is_some_and(|value| !value.is_empty()),
            profile: profile.map(|profile| profile.name.clone()),
            path: set_up.path.clone(),
            everybody: set_up.everybody.clone(),
            locked: general.locked,
            profiles: general.profiles,
        })
    }
}

impl Settings {
    /// The administrator's file, where it has locked this setting.
    #[must_use]
    pub fn locked_by(&self, setting: &str) -> Option<&Path> {
        self.everybody.as_deref().filter(|_| self.locked.iter().any(|locked| locked == setting))
    }

    /// Whether a command is run to find what opens the account: it may ask on the terminal.
    #[must_use]
    pub fn runs_a_command(&self) -> bool {
        matches!(&self.target, Target::Account { credential, .. } if credential.runs_a_command())
    }
}

/// The profile that is used: none for the demo, and none for an account that was named without a profile, since the
/// usual profile's labels and colours are another account's.
fn profile<'a>(
    account: &Account,
    set_up: &'a SetUp,
    layers: &[&Layer],
    variable: &impl Fn(&str) -> Option<OsString>,
) -> Result<Option<&'a Profile>, BadSetting> {
    if account.demo {
        return Ok(None);
    }
    let mut is_named = account.setup.profile.is_some();
    is_named |= layer::set(variable, "CUBEDEX_PROFILE")?.is_some();
    let profile = set_up.profile(&account.setup, variable)?;
    let mut named = None;
    for layer in layers {
        named = named.or(layer.origin()?);
    }
    Ok(profile.filter(|profile| is_named || named.is_none_or(|named| named == profile.origin)))
}

fn demo(account: &Account, typed: &Layer) -> Result<Target, BadSetting> {
    let profile = account.setup.profile.as_ref().map(|_| "--profile");
    typed
        .speaks_of()
        .or(profile)
        .map_or(Ok(Target::Demo { read_only: false }), |option| Err(BadSetting::DemoAnd(option)))
}

fn target(
    typed: &Layer,
    set: &Layer,
    profile: Option<&Profile>,
    set_up: &SetUp,
    variable: &impl Fn(&str) -> Option<OsString>,
) -> Result<Target, BadSetting> {
    let is_new = typed.speaks_of().is_none() && set.speaks_of().is_none();
    let none = || if is_new { set_up.nothing_chosen() } else { BadSetting::NoAccount };
    // What is typed is checked though what is set would do, and the other way round.
    let named = (typed.origin()?, set.origin()?);
    let of_profile = profile.map(|profile| profile.origin.clone());
    let origin = named.0.or(named.1).or_else(|| of_profile.clone()).ok_or_else(none)?;
    let first = profile.and_then(|profile| profile.lists.first().copied());
    let below = set.list(first)?.or(first);
    let list = typed.list(below)?.or(below).ok_or(BadSetting::NoList)?;
    // A profile's credential is only sent to its own address, whatever else is typed beside its name.
    let same = profile.filter(|profile| profile.origin == origin);
    let credential = Box::new(CredentialSettings::new(same, variable)?);
    let mut lists = same.map(|profile| profile.lists.clone()).unwrap_or_default();
    if !lists.contains(&list) {
        lists.insert(0, list);
    }
    Ok(Target::Account { origin, list, lists, credential })
}

/// The account and the list that were typed, else those that are set, each where one is named.
///
/// # Errors
/// What contradicts itself.
pub fn named(
    customers: &cli::Customers,
    variable: &impl Fn(&str) -> Option<OsString>,
) -> Result<(Option<Origin>, Option<List>), BadSetting> {
    let (typed, set) = (Layer::typed(customers), Layer::set(variable)?);
    let (origin, below) = (typed.origin()?.or(set.origin()?), set.list(None)?);
    Ok((origin, typed.list(below)?.or(below)))
}
