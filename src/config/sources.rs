//! Where each setting comes from: an option, a variable, a profile in one of the files, the top of one, or nowhere.

use super::layer::{self, Layer};
use super::{BadSetting, CredentialStore, File, Folders, Keys, SetUp, Settings, Target};
use crate::cli::{Account, Writing};
use crate::text;
use clap::ValueEnum;
use std::ffi::OsString;
use std::path::Path;

/// One setting as it is in force. No secret is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingSource {
    /// Its name in config.toml.
    pub name: &'static str,
    /// Its value.
    pub value: String,
    /// Where it comes from.
    pub from: String,
}

/// What holds where no one says otherwise.
const DEFAULT: &str = "default";

impl Settings {
    /// Where each setting comes from, for those who ask: the same arguments have led to these settings.
    ///
    /// # Errors
    /// A file or a variable can't be read any more.
    pub fn sources(
        &self,
        (account, writing): (&Account, Writing),
        folders: &Folders,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Vec<SettingSource>, BadSetting> {
        let set_up = SetUp::read(&account.setup, folders, &variable)?;
        let layers = [&Layer::typed(&account.customers), &Layer::set(&variable)?];
        let mut sources = of(account, self, &set_up, layers, &variable);
        if let Some(writes) = sources.iter_mut().find(|one| one.name == "writes" && writing.writes) {
            "--writes".clone_into(&mut writes.from);
        }
        Ok(sources)
    }
}

/// All settings of a run, for the layers that name an account: what is typed, and what is set.
fn of(
    account: &Account,
    settings: &Settings,
    set_up: &SetUp,
    layers: [&Layer; 2],
    variable: &impl Fn(&str) -> Option<OsString>,
) -> Vec<SettingSource> {
    let named = |by: &dyn Fn(&Layer) -> Option<&'static str>| {
        layers.iter().find_map(|layer| by(layer)).map(str::to_owned)
    };
    let profile = settings.profile.as_deref();
    let known = profile.and_then(|name| set_up.file.as_ref()?.profile(name));
    let in_profile = profile.map(|name| {
        let file = set_up.file_of(name).map(|path| format!(" in {}", text::path(path)));
        format!("profile {name}{}", file.unwrap_or_default())
    });
    let from_profile = |says: bool| in_profile.clone().filter(|_| says);
    let on = |value: bool| value.to_string();
    let mut all = Vec::new();
    let mut add = |name, value: String, from: Option<String>| {
        all.push(SettingSource { name, value, from: from.unwrap_or_else(|| DEFAULT.to_owned()) });
    };
    let is_set = |name| matches!(layer::set(variable, name), Ok(Some(_)));
    let chosen = if account.setup.profile.is_some() {
        "--profile".to_owned()
    } else if is_set("CUBEDEX_PROFILE") {
        "CUBEDEX_PROFILE".to_owned()
    } else {
        at_top(set_up, "default_profile").unwrap_or_else(|| "the only one".to_owned())
    };
    add("profile", profile.unwrap_or("none").to_owned(), profile.map(|_| chosen));
    match &settings.target {
        Target::Demo { .. } => add("account", "the demo town".to_owned(), Some("--demo".to_owned())),
        Target::Account { origin, list, .. } => {
            add("account", origin.to_string(), named(&Layer::names_account).or_else(|| from_profile(true)));
            add("list", list.to_string(), named(&Layer::names_list).or_else(|| from_profile(true)));
            let set = ["CUBEDEX_TOKEN", "CUBEDEX_USER"].into_iter().find(|name| is_set(name));
            match (set, known.map(|known| &known.store)) {
                (Some(name), _) => add("token", "set".to_owned(), Some(name.to_owned())),
                (None, Some(store)) if *store != CredentialStore::Prompt => {
                    add("token", kept(store), from_profile(true));
                }
                _ => add("token", "asked for".to_owned(), None),
            }
        }
    }
    let labels = settings.custom_fields.as_deref().map(text::path);
    let typed = account.custom_fields.as_ref().map(|_| "--custom-fields".to_owned());
    add(
        "custom_fields",
        labels.map_or_else(|| "none".to_owned(), |path| path.to_string()),
        typed.or_else(|| from_profile(known.is_some_and(|known| known.custom_fields.is_some()))),
    );
    let country = known.and_then(|known| known.country);
    add("country", settings.country.to_string(), from_profile(country.is_some()));
    let is_locked = |name| settings.locked.iter().any(|locked| locked == name);
    let mut below = |name, value: String, says: bool| {
        let from = from_profile(says && !is_locked(name)).or_else(|| at_top(set_up, name));
        add(name, value, from.map(|from| if is_locked(name) { format!("{from}, locked") } else { from }));
    };
    let says = |is_said: fn(&super::Profile) -> bool| known.is_some_and(is_said);
    if account.demo {
        below("writes", on(settings.writes), false);
    } else {
        below("writes", on(settings.writes), says(|known| known.writes.is_some()));
    }
    below("keep_drafts", on(settings.keep_drafts), says(|known| known.keep_drafts));
    for (name, program) in [("call", &settings.call), ("mail", &settings.mail)] {
        if let Some(program) = program.first() {
            below(name, program.clone(), true);
        }
    }
    below("recents", on(settings.recents), says(|known| known.recents));
    below("at_once", settings.at_once.to_string(), says(|known| known.at_once.is_some()));
    below("mouse", on(settings.mouse), says(|known| known.mouse.is_some()));
    below("title", on(!settings.leaves_title), false);
    below("mask", on(settings.mask), false);
    below("language", settings.language.name().to_owned(), false);
    let theme = settings.theme.to_possible_value().map(|value| value.get_name().to_owned());
    below("theme", theme.unwrap_or_default(), false);
    below("keys", if settings.keys == Keys::Vi { "vi" } else { "typing" }.to_owned(), false);
    if settings.no_color {
        add("colours", "none".to_owned(), Some("NO_COLOR".to_owned()));
    }
    all
}

/// The file that has a setting at its top, where it counts. `None` where neither has it.
fn at_top(set_up: &SetUp, name: &str) -> Option<String> {
    let says = |file: &Option<File>| file.as_ref().is_some_and(|file| file.said.has(name));
    let [own, below] = &set_up.apart;
    let is_locked = below.as_ref().is_some_and(|file| file.is_locked(name));
    let path = if says(own) && !is_locked {
        set_up.path.as_deref()
    } else {
        set_up.everybody.as_deref().filter(|_| says(below) || is_locked)
    };
    path.map(|path: &Path| text::path(path).to_string())
}

fn kept(store: &CredentialStore) -> String {
    match store {
        CredentialStore::Prompt => "asked for".to_owned(),
        CredentialStore::Command(_) => "token_command".to_owned(),
        CredentialStore::Keyring => "keyring".to_owned(),
        CredentialStore::File(path) => format!("token_file {}", text::path(path)),
    }
}
