//! An account that can be asked: from settings to its credential, its client and the labels of its custom fields.
//! Commands and browser both open their account here, and end with the same [`Failure`].
//!
//! ```text
//! settings ─▶ environment, command, keyring, file, else the prompt ─▶ Account ─▶ Session: client, labels
//! ```

mod account;
mod failure;
mod labels;

pub use account::{Account, Lookup, account_name, account_of, place_in, place_of};
pub use failure::Failure;
pub use labels::known as known_labels;

use crate::cli;
use crate::config::{Folders, Settings, Target, ViewsOf};
use crate::cube::{Credential, CrmType, Cube, List};
use crate::demo;
use crate::fields::Labels;
use std::env;
use std::ffi::OsString;

/// The variables that hold a credential.
const CREDENTIALS: [&str; 3] = ["CUBEDEX_TOKEN", "CUBEDEX_USER", "CUBEDEX_PASSWORD"];
/// The variables that also count for a profile that is opened from the browser's list.
const GENERAL: [&str; 2] = ["CUBEDEX_CONFIG", "NO_COLOR"];

/// An open account.
#[derive(Debug)]
pub struct Session {
    /// The settings that led to the account.
    pub settings: Settings,
    /// Where the account's own files may be.
    pub folders: Folders,
    /// The account.
    pub account: Account,
    /// Its client.
    pub cube: Cube,
}

impl Session {
    /// Opens the account; the demo, where the settings lead to no account.
    ///
    /// # Errors
    /// The client can't be made, or the demo can't be started.
    pub async fn open(
        settings: Settings,
        folders: Folders,
        account: Option<Account>,
    ) -> anyhow::Result<Self> {
        let account = match account {
            Some(account) => account,
            None => Account::demo(matches!(settings.target, Target::Demo { read_only: true })).await?,
        };
        let cube = account.cube(settings.at_once, settings.writes)?;
        Ok(Self { settings, folders, account, cube })
    }

    /// Makes a new client that sends `credential`.
    ///
    /// # Errors
    /// The client can't be made; then the old one stays.
    pub fn use_credential(&mut self, credential: Credential) -> anyhow::Result<()> {
        let account = Account { credential, ..self.account.clone() };
        self.cube = account.cube(self.settings.at_once, self.settings.writes)?;
        self.account = account;
        Ok(())
    }

    /// Goes to another list of the account, which is asked through the same gate.
    pub fn use_list(&mut self, list: List) {
        self.cube = self.cube.of_list(list);
        self.account.list = list;
    }

    /// The settings of another profile as the file has them: options and variables were about this one.
    ///
    /// # Errors
    /// The settings of that profile can't be used.
    pub fn settings_of(&self, name: &str) -> Result<Settings, Failure> {
        let profile = self.settings.profiles.iter().find(|profile| profile.name == name);
        // A token in the environment belongs to the address that is open now, and is sent to no other.
        let is_same = profile.is_some_and(|profile| profile.origin == self.account.origin);
        let counts = |name: &str| GENERAL.contains(&name) || (is_same && CREDENTIALS.contains(&name));
        let variable = |name: &str| -> Option<OsString> { env::var_os(name).filter(|_| counts(name)) };
        // The person's own file need not be there, where the profile is in the administrator's.
        let config = self.settings.path.clone().filter(|path| self.folders.settings().as_ref() != Some(path));
        let setup = cli::Setup { profile: Some(name.to_owned()), config };
        let account = cli::Account { setup, ..cli::Account::default() };
        Ok(Settings::of(&account, &self.folders, variable)?)
    }

    /// Whose views are those of the open list.
    #[must_use]
    pub fn views_of(&self) -> ViewsOf {
        let place = format!("{} · {}", self.account.name(), self.account.list);
        ViewsOf { profile: self.settings.profile.clone(), place }
    }

    /// The list whose calls are read: the open one, or another of the account, where it is a data owner's. The demo has
    /// its town's.
    #[must_use]
    pub fn calls_of(&self) -> Option<List> {
        if self.is_demo() {
            let owner = demo::DATA_OWNER;
            return Some(List::DataOwner { owner, crm_type: CrmType::B2C });
        }
        let lists = [self.account.list].into_iter().chain(self.account.other_lists());
        lists.into_iter().find(|list| list.has_calls())
    }

    /// Whether this is the demo town.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.account.source.is_none()
    }

    /// The labels that need no request. [`Source::wants_cube`](crate::fields::Source::wants_cube) tells whether Cube is to
    /// be asked for others.
    #[must_use]
    pub fn labels(&self) -> Labels {
        let named = self.settings.custom_fields.as_deref();
        labels::without_request(named, &self.folders, Some(&self.account.origin), self.is_demo())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[tokio::test]
    async fn a_profile_of_the_administrators_file_is_opened_without_a_file_of_ones_own() {
        let folder = tempfile::tempdir().unwrap();
        let everybody = folder.path().join("everybody.toml");
        fs::write(&everybody, "[profile.work]\naccount = \"acme\"\nassignment = 9\n").unwrap();
        let config = Some(folder.path().join("none"));
        let folders = Folders { config, everybody: Some(everybody), ..Folders::default() };
        let demo = cli::Account { demo: true, ..cli::Account::default() };
        let settings = Settings::of(&demo, &folders, |_| None).unwrap();
        let session = Session::open(settings, folders, None).await.unwrap();
        let names: Vec<&str> =
            session.settings.profiles.iter().map(|profile| profile.name.as_str()).collect();
        assert_eq!(names, ["work"]);
        assert_eq!(session.settings_of("work").unwrap().profile.as_deref(), Some("work"));
    }
}
