//! A profile: one list of one account, what opens it, and how it looks. Read strictly: it holds together or it is
//! refused with the place where it does not.

use super::file::{At, Bad, Section, Setting, path};
use crate::cube::{AT_ONCE, BadOrigin, Credential, CrmType, List, Origin};
use crate::text::Country;
use ratatui::style::Color;
use std::fmt;
use std::path::{Path, PathBuf};

/// The settings of a profile.
pub(super) const SETTINGS: &[Setting] = &[
    ("account", "the account's name", "account = \"acme\""),
    ("url", "an https address", "url = \"https://acme.headshed.com\""),
    ("assignment", "a whole number from 1 on", "assignment = 9"),
    ("data_owner", "a whole number from 1 on", "data_owner = 2"),
    ("crm_type", "\"B2C\" or \"B2B\"", "crm_type = \"B2C\""),
    ("lists", "a list of lists", LISTS),
    ("custom_fields", "a file", "custom_fields = \"CustomerCustomFields.json\""),
    ("user", "an e-mail address", "user = \"kari@acme.no\""),
    (
        "token_command",
        "a list of a program and its arguments",
        "token_command = [\"pass\", \"show\", \"cube\"]",
    ),
    ("token_file", "a file that you alone may read", "token_file = \"acme.token\""),
    ("keyring", "true or false", "keyring = true"),
    ("country", "the two letters of a country", "country = \"SE\""),
    ("call", "a list of a program and its arguments, one of them with {number}", CALL),
    ("mail", "a list of a program and its arguments, one of them with {address}", MAIL),
    ("at_once", "a whole number from 1 to 4", "at_once = 2"),
    ("writes", "true or false", "writes = true"),
    ("keep_drafts", "true or false", "keep_drafts = true"),
    ("recents", "true or false", "recents = true"),
    ("mouse", "true or false", "mouse = true"),
    ("accent", "a colour's name or \"#rrggbb\"", "accent = \"green\""),
];

/// How a program that calls is named.
const CALL: &str = "call = [\"softphone\", \"--dial\", \"{number}\"]";

/// How a program that writes is named.
const MAIL: &str = "mail = [\"thunderbird\", \"-compose\", \"to={address}\"]";

/// How several lists are named.
const LISTS: &str = "lists = [{ assignment = 9 }, { data_owner = 2, crm_type = \"B2B\" }]";

/// The settings of one of several lists.
const LIST_SETTINGS: &[Setting] = &[
    ("assignment", "a whole number from 1 on", "assignment = 9"),
    ("data_owner", "a whole number from 1 on", "data_owner = 2"),
    ("crm_type", "\"B2C\" or \"B2B\"", "crm_type = \"B2C\""),
];

/// The longest name of a profile, in characters.
const LONGEST_NAME: usize = 40;

/// A profile as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name: letters, digits, hyphens, underscores.
    pub name: String,
    /// Where its account is.
    pub origin: Origin,
    /// Which of its lists, the one to start with first; never empty.
    pub lists: Vec<List>,
    /// The mapping file.
    pub custom_fields: Option<PathBuf>,
    /// The user, where the secret is a password and not a token.
    pub user: Option<String>,
    /// Where its secret is kept.
    pub store: CredentialStore,
    /// The country whose phone numbers need no calling code.
    pub country: Option<Country>,
    /// How many requests may be under way at once.
    pub at_once: Option<usize>,
    /// Whether customers may be changed in Cube. `None` where the profile does not say.
    pub writes: Option<bool>,
    /// Whether what is typed into forms and not sent is kept in a file.
    pub keep_drafts: bool,
    /// The program that calls, with its arguments. Empty without one.
    pub call: Vec<String>,
    /// The program that writes to an e-mail address, with its arguments. Empty without one.
    pub mail: Vec<String>,
    /// Whether the ids of the customers whose cards were opened are kept in a file.
    pub recents: bool,
    /// Whether the mouse is taken from the terminal, where it says so.
    pub mouse: Option<bool>,
    /// The colour by which it is known.
    pub accent: Option<Color>,
}

/// Who keeps a profile's secret. Its `Debug` holds no argument of a command: one may be a secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum CredentialStore {
    /// No one: it is asked for.
    #[default]
    Prompt,
    /// A program that prints it, with its arguments.
    Command(Vec<String>),
    /// The system's keyring.
    Keyring,
    /// A file that its owner alone may read.
    File(PathBuf),
}

impl fmt::Debug for CredentialStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prompt => "CredentialStore::Prompt",
            Self::Command(_) => "CredentialStore::Command",
            Self::Keyring => "CredentialStore::Keyring",
            Self::File(_) => "CredentialStore::File",
        })
    }
}

impl Profile {
    pub(super) fn read(name: &str, at: At, section: &Section<'_>, folder: &Path) -> Result<Self, Bad> {
        if !is_name(name) {
            let why = format!("a profile's name is 1 to {LONGEST_NAME} letters (a–z), digits, - or _");
            return Err(Bad { at, why });
        }
        let (origin, lists) = (origin(section)?, lists(section)?);
        let missing = |what: &str| Bad { at, why: format!("profile {name} {what}") };
        Ok(Self {
            name: name.to_owned(),
            origin: origin.ok_or_else(|| missing("names no account, for example: account = \"acme\""))?,
            lists: lists.ok_or_else(|| missing("names no list, for example: assignment = 9"))?,
            custom_fields: section.word("custom_fields")?.map(|file| path(file, folder)),
            user: user(section)?,
            store: store(section, folder)?,
            country: country(section)?,
            at_once: at_once(section)?,
            writes: section.flag("writes")?,
            keep_drafts: section.flag("keep_drafts")?.unwrap_or(false),
            call: program(section, "call", "{number}")?,
            mail: program(section, "mail", "{address}")?,
            recents: section.flag("recents")?.unwrap_or(false),
            mouse: section.flag("mouse")?,
            accent: accent(section)?,
        })
    }
}

/// Whether a profile may be called that: the name becomes part of a file's.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(known)
}

fn origin(section: &Section<'_>) -> Result<Option<Origin>, Bad> {
    section.refuse_both("account", "url", "name the account twice")?;
    if let Some(name) = section.word("account")? {
        let bad = |why: BadOrigin| section.bad("account", format!("account is wrong: {why}"));
        return Origin::account(name).map(Some).map_err(bad);
    }
    let bad = |why: BadOrigin| section.bad("url", format!("url is wrong: {why}"));
    section.word("url")?.map(|url| url.parse().map_err(bad)).transpose()
}

fn lists(section: &Section<'_>) -> Result<Option<Vec<List>>, Bad> {
    for one in ["assignment", "data_owner", "crm_type"] {
        section.refuse_both("lists", one, "both say which list")?;
    }
    let Some(tables) = section.each_table("lists")? else {
        return Ok(list(section)?.map(|list| vec![list]));
    };
    let mut lists = Vec::new();
    for table in tables {
        let named = section.of(table, LIST_SETTINGS).and_then(|section| list(&section))?;
        let named = named.ok_or_else(|| section.wrong("lists"))?;
        if lists.contains(&named) {
            return Err(section.bad("lists", format!("lists has {named} twice")));
        }
        lists.push(named);
    }
    Ok(Some(lists))
}

fn list(section: &Section<'_>) -> Result<Option<List>, Bad> {
    for other in ["data_owner", "crm_type"] {
        section.refuse_both("assignment", other, "name two lists")?;
    }
    let number = |key| section.number(key, &(1..=u64::MAX));
    let crm_type = match section.word("crm_type")? {
        None => None,
        Some("B2C" | "b2c") => Some(CrmType::B2C),
        Some("B2B" | "b2b") => Some(CrmType::B2B),
        Some(_) => return Err(section.wrong("crm_type")),
    };
    match (number("assignment")?, number("data_owner")?, crm_type) {
        (Some(assignment), ..) => Ok(Some(List::Assignment(assignment))),
        (None, Some(owner), Some(crm_type)) => Ok(Some(List::DataOwner { owner, crm_type })),
        (None, Some(_), None) => {
            Err(section
                .bad("data_owner", "data_owner needs crm_type beside it, for example: crm_type = \"B2C\""))
        }
        (None, None, Some(_)) => {
            Err(section.bad("crm_type", "crm_type needs data_owner beside it, for example: data_owner = 2"))
        }
        (None, None, None) => Ok(None),
    }
}

fn user(section: &Section<'_>) -> Result<Option<String>, Bad> {
    let user = section.word("user")?;
    if let Some(why) = user.and_then(|user| Credential::check_user(user).err()) {
        return Err(section.bad("user", why.to_string()));
    }
    Ok(user.map(str::to_owned))
}

fn store(section: &Section<'_>, folder: &Path) -> Result<CredentialStore, Bad> {
    let keyring = section.flag("keyring")?.unwrap_or(false);
    section.refuse_both("token_command", "token_file", "both say where the token is")?;
    if keyring {
        for other in ["token_command", "token_file"] {
            section.refuse_both("keyring", other, "both say where the token is")?;
        }
        return Ok(CredentialStore::Keyring);
    }
    if let Some(command) = section.words("token_command")? {
        return Ok(CredentialStore::Command(command));
    }
    let file = section.word("token_file")?;
    Ok(file.map_or(CredentialStore::Prompt, |file| CredentialStore::File(path(file, folder))))
}

/// A program of which an argument takes this gap.
fn program(section: &Section<'_>, name: &'static str, gap: &str) -> Result<Vec<String>, Bad> {
    let program = section.words(name)?.unwrap_or_default();
    let has_gap = program.iter().skip(1).any(|argument| argument.contains(gap));
    if program.is_empty() || has_gap { Ok(program) } else { Err(section.wrong(name)) }
}

fn country(section: &Section<'_>) -> Result<Option<Country>, Bad> {
    section.word("country")?.map(|name| name.parse().map_err(|_| section.wrong("country"))).transpose()
}

pub(super) fn at_once(section: &Section<'_>) -> Result<Option<usize>, Bad> {
    let number = section.number("at_once", &(1..=AT_ONCE as u64))?;
    Ok(number.and_then(|number| usize::try_from(number).ok()))
}

fn accent(section: &Section<'_>) -> Result<Option<Color>, Bad> {
    section.word("accent")?.map(|name| name.parse().map_err(|_| section.wrong("accent"))).transpose()
}
