//! Keeps what Cube has accepted: the secret where the person wants it, then the profile.

use super::answers::{Answers, Opening};
use crate::cli::Store;
use crate::config::{self, Change, CredentialStore, keyring, token_file};
use crate::cube::List;
use crate::prompt::{self, tell};
use crate::session::Failure;
use crate::text;
use anyhow::Context;
use secrecy::SecretString;
use std::path::{Path, PathBuf};

/// Keeps the secret and writes the profile, and says where both are.
pub(super) fn keep(answers: &Answers<'_>, opening: Opening, list: List, path: &Path) -> Result<(), Failure> {
    let entry = config::keyring_entry(&answers.name, &answers.origin);
    let file = file(path, &answers.name);
    let store = secret(answers, &opening.secret, &entry, &file)?;
    let change = Change::Put {
        name: answers.name.clone(),
        origin: answers.origin.clone(),
        list,
        user: opening.user,
        store: store.clone(),
    };
    let written = change.write(path).inspect_err(|_| match &store {
        // Nothing may be left of a login that failed.
        CredentialStore::Keyring => drop(keyring::delete(&entry)),
        CredentialStore::File(_) => drop(std::fs::remove_file(&file)),
        CredentialStore::Prompt | CredentialStore::Command(_) => {}
    });
    let written = written.context("keeping the profile")?;
    let place = match &store {
        CredentialStore::Keyring => "kept in the system's keyring".to_owned(),
        CredentialStore::File(_) => format!("kept in {}, readable by you alone", text::path(&file)),
        CredentialStore::Prompt | CredentialStore::Command(_) => "asked for each time".to_owned(),
    };
    let what = if matches!(change, Change::Put { user: Some(_), .. }) { "password" } else { "token" };
    let name = &answers.name;
    tell(format!("profile {name} is set up in {}; the {what} is {place}", text::path(&written.path)));
    let config = answers.login.setup.config.as_ref().map(|path| format!(" --config {}", text::path(path)));
    let profile = (!written.is_usual).then(|| format!(" --profile {name}"));
    tell(format!("now: cubedex{}{}", config.unwrap_or_default(), profile.unwrap_or_default()));
    Ok(())
}

/// The file beside the configuration that holds a profile's secret.
pub(in crate::commands) fn file(path: &Path, name: &str) -> PathBuf {
    // Where a link leads, as the profile's own file is written there too.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    path.with_file_name(format!("{name}.token"))
}

/// Keeps the secret: where it was said, else where the person chooses. Never in a file unless somebody said so.
fn secret(
    answers: &Answers<'_>,
    secret: &SecretString,
    entry: &str,
    file: &Path,
) -> Result<CredentialStore, Failure> {
    let mut wanted = answers.login.store.or(answers.store);
    if wanted.is_none() && !answers.asks {
        wanted = Some(Store::Keyring);
    }
    loop {
        let store = match wanted {
            Some(store) => store,
            None => ask(file)?,
        };
        match store {
            Store::Nowhere => return Ok(CredentialStore::Prompt),
            Store::File => {
                token_file::write(file, secret).with_context(|| format!("writing {}", text::path(file)))?;
                let name = file.file_name().unwrap_or_default();
                return Ok(CredentialStore::File(name.into()));
            }
            Store::Keyring => match keyring::write(entry, secret) {
                Ok(()) => return Ok(CredentialStore::Keyring),
                Err(why) if answers.asks => {
                    tell(why);
                    wanted = None;
                }
                Err(why) => {
                    let file = text::path(file);
                    let words = format!(
                        "{why}; nothing was kept. --store file keeps it in {file}, readable by you alone"
                    );
                    return Err(anyhow::anyhow!(words).into());
                }
            },
        }
    }
}

fn ask(file: &Path) -> Result<Store, Failure> {
    let mut places = vec![
        (Store::Keyring, "in the system's keyring".to_owned()),
        (Store::File, format!("in {}, unencrypted and readable by you alone", text::path(file))),
        (Store::Nowhere, "nowhere: ask me each time".to_owned()),
    ];
    if let Err(why) = keyring::check() {
        tell(format!("{why}, so it cannot be kept there"));
        places.remove(0);
    }
    let words: Vec<&str> = places.iter().map(|(_, words)| words.as_str()).collect();
    let chosen = prompt::choice("Where is it to be kept?", &words)?;
    Ok(places.get(chosen).map_or(Store::Nowhere, |(store, _)| *store))
}
