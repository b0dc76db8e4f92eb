//! What can be wrong with the settings, each in one line.

use super::file::BadFile;
use super::layer::Words;
use crate::cube::{BadCredential, BadOrigin};
use crate::text::SafeText;

/// A setting that is missing, wrong or contradicts another, in one line that names it and gives an example. None
/// repeats a value. The program ends with exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSetting {
    /// Neither options nor a variable nor a file say anything.
    #[error(
        "nothing is set up yet: cubedex --demo looks around in an invented town, cubedex login sets an account up, \
         and cubedex --account acme --assignment 9 does without"
    )]
    NothingSetUp,
    /// No account is named.
    #[error(
        "no account is named, for example: cubedex --account acme --assignment 9 \
         (cubedex --demo needs none)"
    )]
    NoAccount,
    /// Several profiles, here their names, and none is the default one.
    #[error(
        "there are several profiles ({0}) and none is chosen; name one with --profile, or as default_profile"
    )]
    NoProfileChosen(String),
    /// A profile that there is not; here the names of those that there are.
    #[error("there is no such profile; there are: {0} (cubedex login --profile NAME makes one)")]
    NoSuchProfile(String),
    /// There is no home for the configuration file.
    #[error("there is no folder for the settings, as HOME is not set; name a file with --config")]
    NoFolder,
    /// Questions without anybody to ask.
    #[error(
        "there is no terminal to ask on; give all of it, for example: \
         cubedex login --account acme --assignment 9 --with-token < token"
    )]
    NobodyToAsk,
    /// A terminal where a pipe is expected.
    #[error("--with-token reads standard input, for example: cubedex login --with-token < token")]
    NoPipe,
    /// A name that no profile can have.
    #[error("--profile takes a name of 1 to 40 letters (a–z), digits, - or _, for example: --profile acme")]
    ProfileName,
    /// The account by its name and by its address.
    #[error("{} and {} name the account twice; give one of them, for example: {}{}acme", .0.account, .0.url, .0.account, .0.is)]
    TwoAccounts(&'static Words),
    /// Not an account's name.
    #[error("{} is wrong: {why}", words.account)]
    Account {
        /// What it is called.
        words: &'static Words,
        /// What is wrong.
        why: BadOrigin,
    },
    /// A user name or a password in an address.
    #[error(
        "{} must not hold a user name or password, which others can read there; set CUBEDEX_TOKEN instead, \
         for example: {}{}https://acme.headshed.com", .0.url, .0.url, .0.is
    )]
    SecretInUrl(&'static Words),
    /// Not an address to talk to.
    #[error("{0} is wrong: {why} (for example: {0}{1}https://acme.headshed.com)", words.url, words.is)]
    Url {
        /// What it is called.
        words: &'static Words,
        /// What is wrong.
        why: BadOrigin,
    },
    /// `--demo` and an option, named here, that is about an account.
    #[error(
        "--demo has its own account, so {0} contradicts it; leave one of them out, for example: cubedex --demo"
    )]
    DemoAnd(&'static str),
    /// `--read-only` without `--demo`.
    #[error(
        "--read-only goes with --demo; an account is only read unless writes = true or --writes says otherwise"
    )]
    ReadOnlyAccount,
    /// An option that the administrator's file, here its path, does not let anybody use.
    #[error("{option} does nothing here: {file} has locked it for everybody on this computer")]
    Locked {
        /// The option.
        option: &'static str,
        /// The file.
        file: SafeText<'static>,
    },
    /// No list is named.
    #[error("no list is named, for example: --assignment 9 (or: --data-owner 2 --crm-type B2C)")]
    NoList,
    /// An assignment together with something, named here, that is about a data owner.
    #[error("{0} and {other} name two lists; give one of them, for example: {0}{1}9", words.assignment, words.is)]
    TwoLists {
        /// What the assignment is called.
        words: &'static Words,
        /// What the other part is called.
        other: &'static str,
    },
    /// A data owner alone.
    #[error("{} needs {}, for example: {}", .0.data_owner, .0.crm_type, owner_and_type(.0))]
    NoCrmType(&'static Words),
    /// A CRM type alone.
    #[error("{} needs {}, for example: {}", .0.crm_type, .0.data_owner, owner_and_type(.0))]
    NoDataOwner(&'static Words),
    /// A variable that is no number.
    #[error("{0} takes a whole number from 1 on, for example: {0}=9")]
    Number(&'static str),
    /// A variable that is no CRM type.
    #[error("{0} takes B2C or B2B, for example: {0}=B2C")]
    CrmType(&'static str),
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
    /// The configuration file can't be used.
    #[error(transparent)]
    File(BadFile),
    /// The user's own keys are broken, here with their file and line.
    #[error("{0}")]
    Keys(String),
    /// The user's own colours are broken, here with their file and line.
    #[error("{0}")]
    Theme(String),
}

fn owner_and_type(words: &Words) -> String {
    let Words { data_owner, crm_type, is, .. } = words;
    format!("{data_owner}{is}2 {crm_type}{is}B2C")
}

impl BadSetting {
    /// Whether it is only that no one has set anything up yet.
    #[must_use]
    pub fn is_first_start(&self) -> bool {
        *self == Self::NothingSetUp
    }
}
