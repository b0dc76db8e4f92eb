//! The system's keyring: the Secret Service on Linux, the Keychain on macOS. Every question to it is given a limit:
//! without a session bus, or with a locked keyring and no one there, it may never answer.

use keyring::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long the keyring may take.
const TAKES: Duration = Duration::from_secs(2);

/// What all entries of this program are kept under.
const SERVICE: &str = "cubedex";

/// Why the keyring did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is none, or it does not let us.
    #[error("the system's keyring is not available")]
    NotAvailable,
    /// It has not answered in time.
    #[error("the system's keyring did not answer within 2 s (is it locked?)")]
    Silent,
    /// It holds nothing under that name.
    #[error("the system's keyring holds nothing for this profile and address")]
    NoEntry,
}

/// Reads what is kept as `entry`.
///
/// # Errors
/// [`KeyringError`].
pub fn read(entry: &str) -> Result<SecretString, KeyringError> {
    ask(entry, |entry| entry.get_password().map(SecretString::from))
}

/// Whether there is one that answers.
///
/// # Errors
/// [`KeyringError::NotAvailable`] or [`KeyringError::Silent`].
pub fn check() -> Result<(), KeyringError> {
    match read("whether there is a keyring") {
        Ok(_) | Err(KeyringError::NoEntry) => Ok(()),
        Err(why) => Err(why),
    }
}

/// Keeps `secret` as `entry`, in place of what was kept so.
///
/// # Errors
/// [`KeyringError`].
pub fn write(entry: &str, secret: &SecretString) -> Result<(), KeyringError> {
    let secret = secret.clone();
    ask(entry, move |entry| entry.set_password(secret.expose_secret()))
}

/// Removes what is kept as `entry`.
///
/// # Errors
/// [`KeyringError`].
pub fn delete(entry: &str) -> Result<(), KeyringError> {
    ask(entry, Entry::delete_credential)
}

/// Asks on a thread of its own, which is left behind when it does not come back.
fn ask<T: Send + 'static>(
    entry: &str,
    question: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<T, KeyringError> {
    let entry = entry.to_owned();
    let (tell, told) = mpsc::channel();
    let asking = move || tell.send(Entry::new(SERVICE, &entry).and_then(|entry| question(&entry)));
    thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(asking)
        .map_err(|_| KeyringError::NotAvailable)?;
    match told.recv_timeout(TAKES) {
        Ok(answer) => answer.map_err(|error| match error {
            Error::NoEntry => KeyringError::NoEntry,
            // The words of the others may hold anything.
            _ => KeyringError::NotAvailable,
        }),
        Err(_) => Err(KeyringError::Silent),
    }
}
