//! Command line and environment → [`Settings`], all resolved and checked. It asks nobody and opens no file: whether a
//! credential is the right one, or a mapping file is there, is found out by whoever uses them.

mod folders;

#[cfg(test)]
mod tests;

pub use folders::Folders;

use crate::cli::{self, Account, Browse, Theme};
use crate::cube::{BadCredential, BadOrigin, Credential, CrmType, CustomerId, List, NotAnId, Origin};
use secrecy::SecretString;
use std::ffi::OsString;
use std::path::PathBuf;

/// The names of the variables that hold a credential.
const TOKEN: &str = "CUBEDEX_TOKEN";
const USER: &str = "CUBEDEX_USER";
const PASSWORD: &str = "CUBEDEX_PASSWORD";

/// Everything that is to be known before the browser starts.
#[derive(Debug)]
pub struct Settings {
    /// Where the customers are.
    pub place: Place,
    /// The mapping file that was named; `None` means that of [`Folders::custom_fields`], or else Cube's labels.
    pub custom_fields: Option<PathBuf>,
    /// Whose card to start with; `None` means with the table.
    pub customer: Option<CustomerId>,
    /// The colours to start with, unless they are unwanted.
    pub theme: Theme,
    /// Whether colours are unwanted (`NO_COLOR`).
    pub no_color: bool,
}

/// Where the customers are.
#[derive(Debug)]
pub enum Place {
    /// In the invented town, which brings its own address and credential.
    Demo,
    /// In an account.
    Account {
        /// Its address.
        origin: Origin,
        /// The list of customers to browse.
        list: List,
        /// What opens it.
        credential: Credential,
    },
}

/// A setting that is missing, wrong or contradicts another, in one line that names it and gives an example. None
/// repeats a value. The program ends with exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSetting {
    /// No account is named.
    #[error(
        "no account is named, for example: cubedex --account acme --assignment 9 \
         (cubedex --demo needs none)"
    )]
    NoAccount,
    /// Both `--account` and `--url`.
    #[error("--account and --url name the account twice; give one of them, for example: --account acme")]
    TwoAccounts,
    /// `--account` is not a name.
    #[error("--account is wrong: {0}")]
    Account(BadOrigin),
    /// A user name or a password in `--url`.
    #[error(
        "--url must not hold a user name or password, which others can read there; set CUBEDEX_TOKEN instead, \
         for example: --url https://acme.headshed.com"
    )]
    SecretInUrl,
    /// `--url` is not an address to talk to.
    #[error("--url is wrong: {0} (for example: --url https://acme.headshed.com)")]
    Url(BadOrigin),
    /// `--demo` and an option, named here, that is about an account.
    #[error(
        "--demo has its own account, so {0} contradicts it; leave one of them out, for example: cubedex --demo"
    )]
    DemoAnd(&'static str),
    /// No list is named.
    #[error("no list is named, for example: --assignment 9 (or: --data-owner 2 --crm-type B2C)")]
    NoList,
    /// An assignment together with an option, named here, that is about a data owner.
    #[error("--assignment and {0} name two lists; give one of them, for example: --assignment 9")]
    TwoLists(&'static str),
    /// `--data-owner` alone.
    #[error("--data-owner needs --crm-type, for example: --data-owner 2 --crm-type B2C")]
    NoCrmType,
    /// `--crm-type` alone.
    #[error("--crm-type needs --data-owner, for example: --data-owner 2 --crm-type B2C")]
    NoDataOwner,
    /// No credential in the environment.
    #[error(
        "CUBEDEX_TOKEN is not set, nor CUBEDEX_USER with CUBEDEX_PASSWORD, \
         for example: read -rs CUBEDEX_TOKEN && export CUBEDEX_TOKEN"
    )]
    NoCredential,
    /// One of `CUBEDEX_USER` and `CUBEDEX_PASSWORD`, here the one that is missing.
    #[error("{0} is not set; CUBEDEX_USER and CUBEDEX_PASSWORD go together, or set CUBEDEX_TOKEN alone")]
    HalfACredential(&'static str),
    /// A variable holds what cannot be a credential; told by its length alone.
    #[error("{variable} is wrong: {why}")]
    Credential {
        /// The variable, or both of them.
        variable: &'static str,
        /// What is wrong.
        why: BadCredential,
    },
    /// A variable whose bytes are not text.
    #[error("{0} is not UTF-8, so it cannot be sent")]
    NotUtf8(&'static str),
    /// The user's own keys are broken, here with their file and line.
    #[error("{0}")]
    Keys(String),
    /// The argument is not an id, and not a command either.
    #[error("CUSTOMER_ID is wrong: {0}, for example: cubedex --demo 9120011888")]
    Customer(NotAnId),
}

impl Settings {
    /// Resolves what was typed together with the environment, of which `variable` gives a value by its name.
    ///
    /// # Errors
    /// The first [`BadSetting`] that stands in the way.
    pub fn resolve(browse: &Browse, variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, BadSetting> {
        let customer = browse.customer.as_deref().map(CustomerId::try_from);
        Ok(Self {
            customer: customer.transpose().map_err(BadSetting::Customer)?,
            place: place(&browse.account, &variable)?,
            custom_fields: browse.account.custom_fields.clone(),
            theme: browse.theme,
            no_color: variable("NO_COLOR").is_some_and(|value| !value.is_empty()),
        })
    }
}

fn place(account: &Account, variable: &impl Fn(&str) -> Option<OsString>) -> Result<Place, BadSetting> {
    if !account.demo {
        return Ok(Place::Account {
            origin: origin(account)?,
            list: list(account)?,
            credential: credential(variable)?,
        });
    }
    let given = [
        ("--account", account.account.is_some()),
        ("--url", account.url.is_some()),
        ("--assignment", account.assignment.is_some()),
        ("--data-owner", account.data_owner.is_some()),
        ("--crm-type", account.crm_type.is_some()),
    ];
    let contradiction = given.into_iter().find(|(_, is_given)| *is_given);
    contradiction.map_or(Ok(Place::Demo), |(option, _)| Err(BadSetting::DemoAnd(option)))
}

fn origin(account: &Account) -> Result<Origin, BadSetting> {
    match (&account.account, &account.url) {
        (None, None) => Err(BadSetting::NoAccount),
        (Some(_), Some(_)) => Err(BadSetting::TwoAccounts),
        (Some(name), None) => Origin::account(name).map_err(BadSetting::Account),
        (None, Some(url)) => url.parse().map_err(|why| match why {
            BadOrigin::UserInfo => BadSetting::SecretInUrl,
            why => BadSetting::Url(why),
        }),
    }
}

fn list(account: &Account) -> Result<List, BadSetting> {
    match (account.assignment, account.data_owner, account.crm_type) {
        (Some(assignment), None, None) => Ok(List::Assignment(assignment)),
        (Some(_), Some(_), _) => Err(BadSetting::TwoLists("--data-owner")),
        (Some(_), None, Some(_)) => Err(BadSetting::TwoLists("--crm-type")),
        (None, None, None) => Err(BadSetting::NoList),
        (None, Some(_), None) => Err(BadSetting::NoCrmType),
        (None, None, Some(_)) => Err(BadSetting::NoDataOwner),
        (None, Some(owner), Some(crm_type)) => Ok(List::DataOwner {
            owner,
            crm_type: match crm_type {
                cli::CrmType::B2C => CrmType::B2C,
                cli::CrmType::B2B => CrmType::B2B,
            },
        }),
    }
}

/// A token before a user, as the better of the two. What is set to nothing counts as not set; but an empty token is
/// told from a missing one where there is no user either.
fn credential(variable: &impl Fn(&str) -> Option<OsString>) -> Result<Credential, BadSetting> {
    let token = text(variable, TOKEN)?;
    let has_token = token.as_ref().is_some_and(|token| !token.is_empty());
    if !has_token && let Some(credential) = user(variable)? {
        return Ok(credential);
    }
    let token = token.ok_or(BadSetting::NoCredential)?;
    let wrong = |why| BadSetting::Credential { variable: TOKEN, why };
    Credential::token(SecretString::from(token)).map_err(wrong)
}

/// A user with a password; `None` iff neither is set.
fn user(variable: &impl Fn(&str) -> Option<OsString>) -> Result<Option<Credential>, BadSetting> {
    let set = |name| text(variable, name).map(|text| text.filter(|text| !text.is_empty()));
    let wrong = |why| BadSetting::Credential { variable: "CUBEDEX_USER or CUBEDEX_PASSWORD", why };
    match (set(USER)?, set(PASSWORD)?) {
        (Some(user), Some(password)) => {
            let credential = Credential::basic(&user, SecretString::from(password));
            credential.map(Some).map_err(wrong)
        }
        (Some(_), None) => Err(BadSetting::HalfACredential(PASSWORD)),
        (None, Some(_)) => Err(BadSetting::HalfACredential(USER)),
        (None, None) => Ok(None),
    }
}

/// A variable's text without the one line end that reading it from a file leaves; `None` iff it is not set.
fn text(
    variable: &impl Fn(&str) -> Option<OsString>,
    name: &'static str,
) -> Result<Option<String>, BadSetting> {
    let Some(value) = variable(name) else {
        return Ok(None);
    };
    let mut text = value.into_string().map_err(|_| BadSetting::NotUtf8(name))?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(Some(text))
}
