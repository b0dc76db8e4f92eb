//! What is to be set up: from the options, from the profile that there is, else from the one who sits there.

use crate::cli::{Login, Store};
use crate::config::{self, BadSetting, CredentialStore, File, Profile, SetUp, is_name};
use crate::cube::{BadCredential, Credential, List, Origin};
use crate::prompt::{self, NoAnswer, tell};
use crate::session::{Failure, account_name};
use secrecy::SecretString;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read};

/// No secret is longer, in bytes.
const LONGEST: u64 = 64 << 10;

/// What was said so far.
pub(super) struct Answers<'a> {
    pub login: &'a Login,
    /// Whether somebody sits there.
    pub asks: bool,
    pub origin: Origin,
    /// The profile's name.
    pub name: String,
    /// The list, where one was named.
    pub list: Option<List>,
    /// Where the profile keeps its secret by now.
    pub store: Option<Store>,
}

/// What opens the account.
pub(super) struct Opening {
    pub user: Option<String>,
    pub secret: SecretString,
    pub credential: Credential,
}

impl<'a> Answers<'a> {
    /// Takes what was typed and set, and asks for the account where neither names one.
    pub(super) fn new(
        login: &'a Login,
        set_up: &SetUp,
        variable: &impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Failure> {
        let asks = !login.with_token;
        let named = login.setup.profile.as_deref();
        if named.is_some_and(|name| !is_name(name)) {
            return Err(BadSetting::ProfileName.into());
        }
        let file = set_up.file.clone().unwrap_or_default();
        let known = named.map_or_else(|| file.usual(), |name| file.profile(name));
        let (origin, list) = config::named(&login.customers, variable)?;
        let origin = match origin {
            Some(origin) => origin,
            None if asks => ask_account(known)?,
            None => known.map(|known| known.origin.clone()).ok_or(BadSetting::NoAccount)?,
        };
        let name = named.map_or_else(|| name_for(&origin, &file), str::to_owned);
        // Without a question, a profile that is there keeps what is not named.
        let profile = file.profile(&name).filter(|profile| !asks && profile.origin == origin);
        let list = list.or_else(|| profile?.lists.first().copied());
        let store = profile.and_then(|profile| match profile.store {
            CredentialStore::Keyring => Some(Store::Keyring),
            CredentialStore::File(_) => Some(Store::File),
            CredentialStore::Prompt | CredentialStore::Command(_) => None,
        });
        Ok(Self { login, asks, origin, name, list, store })
    }

    /// Asks for a token, or a user and a password; from a pipe reads it.
    pub(super) fn opening(&self) -> Result<Opening, Failure> {
        if !self.asks {
            let secret = from_pipe()?;
            return opening(self.login.user.as_deref(), &secret).map_err(Failure::from);
        }
        let user = match &self.login.user {
            Some(user) => Some(user.clone()),
            None => ask_user()?,
        };
        loop {
            let secret = prompt::secret(if user.is_some() { "Password:" } else { "Token:" })?;
            match opening(user.as_deref(), &secret) {
                Ok(opening) => return Ok(opening),
                Err(why) => tell(why),
            }
        }
    }
}

/// What is kept is the bare secret, whatever was pasted.
fn opening(user: Option<&str>, text: &SecretString) -> Result<Opening, BadCredential> {
    let credential = Credential::pasted(text, user)?;
    let (user, secret) = credential.parts();
    Ok(Opening { user: user.map(str::to_owned), secret: secret.clone(), credential })
}

fn ask_account(known: Option<&Profile>) -> Result<Origin, NoAnswer> {
    let read = |typed: &str| {
        let origin = if typed.contains("://") { typed.parse() } else { Origin::account(typed) };
        origin.map_err(|why| why.to_string())
    };
    let initial = known.map(|known| match known.origin.account_name() {
        Some(name) => name.to_owned(),
        None => known.origin.to_string(),
    });
    let help = "acme for acme.headshed.com, or an address that begins with https://";
    loop {
        let typed = prompt::line("Account:", initial.as_deref().unwrap_or(""), help, move |typed| {
            read(typed).map(|_| ())
        })?;
        if let Ok(origin) = read(&typed) {
            return Ok(origin);
        }
    }
}

/// Asks how one signs in. `None` for a token.
fn ask_user() -> Result<Option<String>, NoAnswer> {
    let words = ["a token (recommended)", "an e-mail address and a password"];
    if prompt::choice("Sign in with:", &words)? == 0 {
        return Ok(None);
    }
    let check = |typed: &str| Credential::basic(typed, "x".into()).map(|_| ()).map_err(|why| why.to_string());
    prompt::line("E-mail address:", "", "as in Cube", check).map(Some)
}

/// A new profile is called as its account; an account that has one keeps it.
fn name_for(origin: &Origin, file: &File) -> String {
    let is_of_account = |profile: &&Profile| profile.origin == *origin;
    if let Some(profile) = file.usual().filter(is_of_account).or(file.profiles.iter().find(is_of_account)) {
        return profile.name.clone();
    }
    let name = account_name(origin);
    let plain = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    plain.collect::<String>().trim_matches('-').chars().take(40).collect()
}

/// The secret from standard input.
fn from_pipe() -> Result<SecretString, Failure> {
    if io::stdin().is_terminal() {
        return Err(BadSetting::NoPipe.into());
    }
    let mut text = String::new();
    io::stdin().take(LONGEST).read_to_string(&mut text).map_err(|_| BadSetting::NotUtf8("standard input"))?;
    Ok(text.into())
}
