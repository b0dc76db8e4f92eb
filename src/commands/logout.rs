//! `cubedex logout`: removes what `cubedex login` has kept, and says what stays because it is the person's own.

use super::Failure;
use super::login::file;
use crate::cli::Logout;
use crate::config::{self, BadSetting, Change, CredentialStore, Folders, KeyringError, SetUp, keyring};
use crate::prompt::tell;
use anyhow::Context;
use std::io;

/// Removes the secret and the profile's word of it. The exit status.
pub(super) fn run(logout: &Logout) -> Result<u8, Failure> {
    let variable = |name: &str| std::env::var_os(name);
    let set_up = SetUp::read(&logout.setup, &Folders::of_this_person(), &variable)?;
    let profile = set_up.profile(&logout.setup, &variable)?.ok_or_else(|| set_up.nothing_chosen())?;
    let path = set_up.path.as_deref().ok_or(BadSetting::NoFolder)?;
    let own_file = file(path, &profile.name);
    let name = &profile.name;
    let is_removed = match &profile.store {
        CredentialStore::Prompt => {
            tell(format!("nothing is kept for profile {name}"));
            false
        }
        CredentialStore::Command(_) => {
            tell(format!("profile {name} has a token_command, which is yours: nothing was removed"));
            false
        }
        CredentialStore::File(file) if *file != own_file => {
            tell(format!("profile {name} has a token_file of your own: nothing was removed"));
            false
        }
        CredentialStore::File(file) => match std::fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(anyhow::Error::new(error).context("removing the file with the token").into());
            }
            _ => true,
        },
        CredentialStore::Keyring => match keyring::delete(&config::keyring_entry(name, &profile.origin)) {
            Ok(()) | Err(KeyringError::NoEntry) => true,
            Err(why) => return Err(anyhow::anyhow!("{why}; nothing was removed").into()),
        },
    };
    if is_removed {
        Change::Forget { name: name.clone() }.write(path).context("removing the profile's word of it")?;
        tell(format!("what opens profile {name} is removed; its settings stay"));
    }
    if variable("CUBEDEX_TOKEN").is_some() {
        tell("CUBEDEX_TOKEN is still set");
    }
    Ok(0)
}
