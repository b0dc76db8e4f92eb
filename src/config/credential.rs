//! Where the credential is found: the environment, else what the profile names (a command, the system's keyring, or
//! a file), else nowhere, so that it must be asked for. It says which of them it was, and never what it found.

mod command;
pub mod keyring;
pub mod token_file;

pub use keyring::KeyringError;

use command::NoSecret;

use super::BadSetting;
use super::layer::set;
use super::profile::{CredentialStore, Profile};
use super::read::Unreadable;
use crate::cube::{BadCredential, Credential, Origin};
use crate::language::tr;
use crate::text::{self, Place, SafeText};
use secrecy::SecretString;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;

/// The names of the variables that hold a credential.
const TOKEN: &str = "CUBEDEX_TOKEN";
const USER: &str = "CUBEDEX_USER";
const PASSWORD: &str = "CUBEDEX_PASSWORD";
const BOTH: &str = "CUBEDEX_USER and CUBEDEX_PASSWORD";

/// Where a credential came from, for the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialSource {
    /// A variable of the environment, or two.
    Environment(&'static str),
    /// The program of a `token_command`; its arguments are not said.
    Command(SafeText<'static>),
    /// The system's keyring.
    Keyring,
    /// A file.
    File(SafeText<'static>),
    /// A prompt. It is kept in memory alone.
    Typed,
}

impl fmt::Display for CredentialSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(variables) => f.write_str(variables),
            Self::Command(program) => f.write_str(&tr!("token_command ({program})", program)),
            Self::Keyring => f.write_str(&tr!("the system's keyring")),
            Self::File(path) => f.write_str(&tr!("the file {path}", path)),
            Self::Typed => f.write_str(&tr!("what was typed, kept in memory")),
        }
    }
}

/// Why no credential was found where it should be. None holds any of it.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// The command printed none.
    #[error("token_command ({program}) {why}")]
    Command {
        /// Its program.
        program: SafeText<'static>,
        /// What went wrong.
        why: String,
    },
    /// Ctrl+C ended the command.
    #[error("token_command ({0}) was interrupted")]
    Interrupted(SafeText<'static>),
    /// The keyring can't be asked, or has none.
    #[error("{0}; cubedex login stores it anew")]
    Keyring(#[from] KeyringError),
    /// The file can't be read.
    #[error("token_file {path}: {why}")]
    File {
        /// The file.
        path: SafeText<'static>,
        /// Why.
        why: Unreadable,
    },
    /// Others may read the file.
    #[error("token_file {0} can be read by others, so it is not used; fix: chmod 600 {0}")]
    Open(SafeText<'static>),
    /// The file is another user's.
    #[error("token_file {path} belongs to {owner}, so it is not used; copy it, and then: chmod 600 {path}")]
    Others {
        /// The file.
        path: SafeText<'static>,
        /// Whose it is.
        owner: SafeText<'static>,
    },
    /// No one keeps one, and no one can be asked.
    #[error(
        "no token is set up for this account; cubedex login does that, \
         or for this once: read -rs CUBEDEX_TOKEN && export CUBEDEX_TOKEN"
    )]
    Nowhere,
    /// What was found can't be one; told by its length alone.
    #[error("{source_name} is wrong: {why}")]
    Unusable {
        /// Where it was found.
        source_name: String,
        /// What is wrong.
        why: BadCredential,
    },
}

/// What was found.
#[derive(Debug)]
pub enum CredentialLookup {
    /// A credential, and where.
    Found(Credential, CredentialSource),
    /// Nothing: it must be asked for, and why where something should have been there.
    Missing(Option<KeyringError>),
}

/// Where to look for a credential.
#[derive(Debug)]
pub struct CredentialSettings {
    given: Option<(Credential, CredentialSource)>,
    user: Option<String>,
    store: CredentialStore,
    entry: Option<String>,
}

impl CredentialSettings {
    /// Takes what the environment holds; of `profile` only where its secret is kept.
    ///
    /// # Errors
    /// When the environment holds what cannot be a credential.
    pub(super) fn new(
        profile: Option<&Profile>,
        variable: &impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, BadSetting> {
        let store = profile.map(|profile| profile.store.clone()).unwrap_or_default();
        let given = given(variable, store == CredentialStore::Prompt)?;
        let entry = profile.map(|profile| keyring_entry(&profile.name, &profile.origin));
        Ok(Self { given, user: profile.and_then(|profile| profile.user.clone()), store, entry })
    }

    /// Looks for the credential; may take as long as a command takes, so it is not for a screen.
    ///
    /// # Errors
    /// [`CredentialError`] when it should be somewhere and is not.
    pub fn find(&self) -> Result<CredentialLookup, CredentialError> {
        if let Some((credential, source)) = &self.given {
            return Ok(CredentialLookup::Found(credential.clone(), source.clone()));
        }
        let (secret, source) = match &self.store {
            CredentialStore::Prompt => return Ok(CredentialLookup::Missing(None)),
            CredentialStore::Command(words) => {
                let program = program(words);
                let source = CredentialSource::Command(program.clone());
                let secret = command::run(&source.to_string(), words).map_err(|why| match why {
                    NoSecret::Interrupted => CredentialError::Interrupted(program),
                    NoSecret::Wrong(why) => CredentialError::Command { program, why },
                })?;
                (secret, source)
            }
            CredentialStore::Keyring => match keyring::read(self.entry.as_deref().unwrap_or_default()) {
                Ok(secret) => (secret, CredentialSource::Keyring),
                Err(why) => return Ok(CredentialLookup::Missing(Some(why))),
            },
            CredentialStore::File(path) => {
                (token_file::read(path)?, CredentialSource::File(text::path(path)))
            }
        };
        let wrong = |why| CredentialError::Unusable { source_name: source.to_string(), why };
        let credential = self.with_secret(&secret).map_err(wrong)?;
        Ok(CredentialLookup::Found(credential, source))
    }

    /// Makes a credential of a secret: a token, or the password of the profile's user.
    ///
    /// # Errors
    /// [`BadCredential`] when it cannot be one.
    pub fn with_secret(&self, secret: &SecretString) -> Result<Credential, BadCredential> {
        Credential::pasted(secret, self.user.as_deref())
    }

    /// Whether a command is run to find it.
    #[must_use]
    pub fn runs_a_command(&self) -> bool {
        self.given.is_none() && matches!(self.store, CredentialStore::Command(_))
    }

    /// What is to be typed where no one keeps it.
    #[must_use]
    pub fn secret_name(&self) -> String {
        self.user.as_ref().map_or_else(
            || "token".to_owned(),
            |user| format!("password of {}", text::clean_str(user, Place::Message)),
        )
    }
}

/// What the keyring calls a profile's secret. The address is part of it: another one in the file, and it is not found.
#[must_use]
pub fn keyring_entry(profile: &str, origin: &Origin) -> String {
    format!("{profile} at {origin}")
}

fn program(words: &[String]) -> SafeText<'static> {
    let first = words.first().map(String::as_str).unwrap_or_default();
    let name = Path::new(first).file_name().unwrap_or_default().to_string_lossy();
    text::clean_str(&name, Place::Message).into_owned()
}

/// The environment's credential: a token before a user, as the better of the two. What is set to nothing counts as
/// not set; but an empty token is told from a missing one where no one else has any.
fn given(
    variable: &impl Fn(&str) -> Option<OsString>,
    is_last: bool,
) -> Result<Option<(Credential, CredentialSource)>, BadSetting> {
    if let Some(token) = set(variable, TOKEN)? {
        let wrong = |why| BadSetting::Credential { variable: TOKEN, why };
        let credential = Credential::pasted(&token.into(), None).map_err(wrong)?;
        return Ok(Some((credential, CredentialSource::Environment(TOKEN))));
    }
    let wrong = |why| BadSetting::Credential { variable: "CUBEDEX_USER or CUBEDEX_PASSWORD", why };
    match (set(variable, USER)?, set(variable, PASSWORD)?) {
        (Some(user), Some(password)) => {
            let credential = Credential::pasted(&password.into(), Some(&user)).map_err(wrong)?;
            Ok(Some((credential, CredentialSource::Environment(BOTH))))
        }
        (Some(_), None) => Err(BadSetting::HalfACredential(PASSWORD)),
        (None, Some(_)) => Err(BadSetting::HalfACredential(USER)),
        (None, None) if is_last && variable(TOKEN).is_some() => {
            Err(BadSetting::Credential { variable: TOKEN, why: BadCredential::Empty("token") })
        }
        (None, None) => Ok(None),
    }
}
