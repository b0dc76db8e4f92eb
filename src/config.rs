//! Command line and environment → [`Settings`], all resolved. Asks nobody and reads no file.

mod folders;

#[cfg(test)]
mod tests;

pub use folders::Folders;

use crate::cli::{Browse, CrmType, Theme};
use crate::cube::{self, BadCredential, BadOrigin, Credential, CustomerId, List, Origin};
use secrecy::SecretString;
use std::path::PathBuf;

/// Everything that the browser needs to start.
#[derive(Debug)]
pub struct Settings {
    /// Where the customers are.
    pub place: Place,
    /// The mapping file that was named.
    pub custom_fields: Option<PathBuf>,
    /// Whose card to open at once.
    pub customer: Option<CustomerId>,
    /// In which colours.
    pub theme: Theme,
    /// Whether the screen is to have no colours.
    pub no_color: bool,
}

/// Where the customers are.
#[derive(Debug)]
pub enum Place {
    /// In the demo town.
    Demo,
    /// In an account.
    Account {
        /// Its address.
        origin: Origin,
        /// Which of its lists.
        list: List,
        /// What opens it.
        credential: Credential,
    },
}

/// A setting that is missing or wrong: one line that names it, with an example.
#[derive(Debug, thiserror::Error)]
pub enum BadSetting {
    /// Neither `--demo` nor an account.
    #[error("which account? For example: cubedex --account acme --assignment 9 (or try: cubedex --demo)")]
    NoAccount,
    /// Both `--url` and `--account`.
    #[error("--url and --account both name the account; give one of them, for example: --account acme")]
    TwoAccounts,
    /// `--demo` together with a setting of an account.
    #[error("--demo has its own account; leave out {0}")]
    DemoAnd(&'static str),
    /// An address that cubedex does not talk to.
    #[error("{flag}: {cause}")]
    Origin {
        /// The flag it came from.
        flag: &'static str,
        /// What is wrong with it.
        cause: BadOrigin,
    },
    /// No list.
    #[error("which list? For example: --assignment 9, or --data-owner 2 --crm-type B2C")]
    NoList,
    /// Two lists.
    #[error("--assignment and --data-owner name two lists; give one of them, for example: --assignment 9")]
    TwoLists,
    /// One half of a data owner's list.
    #[error("--data-owner and --crm-type go together, for example: --data-owner 2 --crm-type B2C")]
    HalfAList,
    /// A list's number that is none.
    #[error("{0} takes a whole number, for example: {0} 9")]
    Number(&'static str),
    /// No credential.
    #[error("no credential: set CUBEDEX_TOKEN to the account's token (or CUBEDEX_USER and CUBEDEX_PASSWORD)")]
    NoCredential,
    /// One half of a credential.
    #[error("CUBEDEX_USER and CUBEDEX_PASSWORD go together; {0} is not set")]
    HalfACredential(&'static str),
    /// A credential that can't be one.
    #[error("{variable}: {cause}")]
    Credential {
        /// The variable it came from.
        variable: &'static str,
        /// What is wrong with it; tells the length, never the text.
        cause: BadCredential,
    },
    /// A file of keys that can't be used; the words name the file and the line.
    #[error("{0}")]
    Keys(String),
    /// Not an id.
    #[error("CUSTOMER_ID: an id is 1 to 20 digits, for example: cubedex --demo 9120011888")]
    Customer,
}

impl Settings {
    /// Joins the command line and the environment; `env` gives a variable's value.
    ///
    /// # Errors
    /// The first setting that is missing or wrong.
    pub fn resolve(browse: &Browse, env: impl Fn(&str) -> Option<String>) -> Result<Self, BadSetting> {
        let customer = match browse.customer.as_deref() {
            Some(id) => Some(CustomerId::try_from(id).map_err(|_| BadSetting::Customer)?),
            None => None,
        };
        Ok(Self {
            place: place(browse, &env)?,
            custom_fields: browse.custom_fields.clone(),
            customer,
            theme: browse.theme,
            no_color: env("NO_COLOR").is_some_and(|value| !value.is_empty()),
        })
    }
}

fn place(browse: &Browse, env: &impl Fn(&str) -> Option<String>) -> Result<Place, BadSetting> {
    if browse.demo {
        let given = [
            ("--url", browse.url.is_some()),
            ("--account", browse.account.is_some()),
            ("--assignment", browse.assignment.is_some()),
            ("--data-owner", browse.data_owner.is_some()),
            ("--crm-type", browse.crm_type.is_some()),
        ];
        return match given.into_iter().find(|(_, given)| *given) {
            Some((flag, _)) => Err(BadSetting::DemoAnd(flag)),
            None => Ok(Place::Demo),
        };
    }
    Ok(Place::Account { origin: origin(browse)?, list: list(browse)?, credential: credential(env)? })
}

fn origin(browse: &Browse) -> Result<Origin, BadSetting> {
    match (&browse.url, &browse.account) {
        (Some(url), None) => url.parse().map_err(|cause| BadSetting::Origin { flag: "--url", cause }),
        (None, Some(name)) => {
            Origin::account(name).map_err(|cause| BadSetting::Origin { flag: "--account", cause })
        }
        (Some(_), Some(_)) => Err(BadSetting::TwoAccounts),
        (None, None) => Err(BadSetting::NoAccount),
    }
}

fn list(browse: &Browse) -> Result<List, BadSetting> {
    match (&browse.assignment, &browse.data_owner, browse.crm_type) {
        (Some(assignment), None, None) => Ok(List::Assignment(number("--assignment", assignment)?)),
        (None, Some(owner), Some(crm_type)) => {
            let crm_type = match crm_type {
                CrmType::B2c => cube::CrmType::B2C,
                CrmType::B2b => cube::CrmType::B2B,
            };
            Ok(List::DataOwner { owner: number("--data-owner", owner)?, crm_type })
        }
        (None, None, None) => Err(BadSetting::NoList),
        (Some(_), _, _) => Err(BadSetting::TwoLists),
        (None, _, _) => Err(BadSetting::HalfAList),
    }
}

/// ASCII digits alone: other scripts' digits would look like a number and be another.
fn number(flag: &'static str, text: &str) -> Result<u64, BadSetting> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits).ok_or(BadSetting::Number(flag))
}

fn credential(env: &impl Fn(&str) -> Option<String>) -> Result<Credential, BadSetting> {
    let bad = |variable| move |cause| BadSetting::Credential { variable, cause };
    if let Some(token) = env("CUBEDEX_TOKEN") {
        return Credential::token(secret(&token)).map_err(bad("CUBEDEX_TOKEN"));
    }
    match (env("CUBEDEX_USER"), env("CUBEDEX_PASSWORD")) {
        (Some(user), Some(password)) => {
            Credential::basic(&user, secret(&password)).map_err(bad("CUBEDEX_USER, CUBEDEX_PASSWORD"))
        }
        (Some(_), None) => Err(BadSetting::HalfACredential("CUBEDEX_PASSWORD")),
        (None, Some(_)) => Err(BadSetting::HalfACredential("CUBEDEX_USER")),
        (None, None) => Err(BadSetting::NoCredential),
    }
}

/// A secret without the line end that reading it from a file leaves.
fn secret(text: &str) -> SecretString {
    let text = text.strip_suffix('\n').unwrap_or(text);
    SecretString::from(text.strip_suffix('\r').unwrap_or(text))
}
