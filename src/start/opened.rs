//! The account that is open in the browser, and what the browser is told of it.

use super::account::Account;
use super::labels::labels;
use super::{Failure, profiles};
use crate::app::{self, Session, Start};
use crate::cli;
use crate::config::{Folders, Profile, Settings};
use crate::cube::{Credential, Cube};
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// The variables that say what opens an account.
const CREDENTIALS: [&str; 3] = ["CUBEDEX_TOKEN", "CUBEDEX_USER", "CUBEDEX_PASSWORD"];
/// The variables that a profile which is chosen from the list still heeds.
const GENERAL: [&str; 2] = ["CUBEDEX_CONFIG", "NO_COLOR"];

/// Settings and the account that they have led to.
pub(super) struct Opened {
    settings: Settings,
    pub account: Account,
}

impl Opened {
    /// Opens the demo where the settings lead to no account.
    pub(super) async fn new(settings: Settings, account: Option<Account>) -> anyhow::Result<Self> {
        let account = match account {
            Some(account) => account,
            None => Account::demo().await?,
        };
        Ok(Self { settings, account })
    }

    pub(super) fn cube(&self) -> anyhow::Result<Cube> {
        self.account.cube(self.settings.at_once)
    }

    /// The settings of another profile, as it is written: what was typed and set was about this one.
    pub(super) fn settings_of(
        &self,
        name: &str,
        config: Option<&PathBuf>,
        folders: &Folders,
    ) -> Result<Settings, Failure> {
        let profile = self.settings.profiles.iter().find(|profile| profile.name == name);
        // A token in the environment is of the address that is open now, and goes to no other.
        let is_same = profile.is_some_and(|profile| profile.origin == self.account.origin);
        let heeds = |name: &str| GENERAL.contains(&name) || (is_same && CREDENTIALS.contains(&name));
        let variable = |name: &str| -> Option<OsString> { env::var_os(name).filter(|_| heeds(name)) };
        let setup = cli::Setup { profile: Some(name.to_owned()), config: config.cloned() };
        Ok(Settings::of(&cli::Account { setup, ..cli::Account::default() }, folders, variable)?)
    }

    /// What the browser starts with; size, colours and customer are for who opens it to say.
    pub(super) fn start(&self, folders: &Folders) -> Start {
        let Self { settings, account } = self;
        let is_demo = account.source.is_none();
        let named = settings.custom_fields.as_deref();
        let name =
            |profile: &Profile| app::Profile { name: profile.name.clone(), place: profiles::place(profile) };
        let session = Session {
            account: app::Account {
                name: account.name(),
                host: if is_demo { "the demo town".to_owned() } else { account.origin.host().to_owned() },
                list: account.list.to_string(),
                credential: account.source.as_ref().map(ToString::to_string),
                credential_kind: match &account.credential {
                    Credential::Token(_) => "token",
                    Credential::Basic { .. } => "password",
                },
                is_demo,
                profile: settings.profile.clone(),
                accent: settings.accent.filter(|_| !settings.no_color),
            },
            profiles: settings.profiles.iter().map(name).collect(),
            ..Session::default()
        };
        Start { session, labels: labels(named, folders, &account.origin, is_demo), ..Start::default() }
    }
}
