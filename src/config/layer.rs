//! What names an account and a list, as typed or as set in the environment, and what each part is called there.
//! What is typed goes before what is set, and that before a profile.

use super::BadSetting;
use crate::cli::{self, Customers};
use crate::cube::{BadOrigin, CrmType, List, Origin};
use std::ffi::OsString;

/// What the parts are called in one place.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    pub(super) account: &'static str,
    pub(super) url: &'static str,
    pub(super) assignment: &'static str,
    pub(super) data_owner: &'static str,
    pub(super) crm_type: &'static str,
    /// What stands between a name and its value.
    pub(super) is: &'static str,
}

/// Of the options.
pub(super) const TYPED: Words = Words {
    account: "--account",
    url: "--url",
    assignment: "--assignment",
    data_owner: "--data-owner",
    crm_type: "--crm-type",
    is: " ",
};

/// Of the environment's variables.
const SET: Words = Words {
    account: "CUBEDEX_ACCOUNT",
    url: "CUBEDEX_URL",
    assignment: "CUBEDEX_ASSIGNMENT",
    data_owner: "CUBEDEX_DATA_OWNER",
    crm_type: "CUBEDEX_CRM_TYPE",
    is: "=",
};

/// One place's say.
pub(super) struct Layer {
    pub(super) words: &'static Words,
    account: Option<String>,
    url: Option<String>,
    assignment: Option<u64>,
    data_owner: Option<u64>,
    crm_type: Option<CrmType>,
}

impl Layer {
    pub(super) fn typed(customers: &Customers) -> Self {
        Self {
            words: &TYPED,
            account: customers.account.clone(),
            url: customers.url.clone(),
            assignment: customers.assignment,
            data_owner: customers.data_owner,
            crm_type: customers.crm_type.map(|crm_type| match crm_type {
                cli::CrmType::B2C => CrmType::B2C,
                cli::CrmType::B2B => CrmType::B2B,
            }),
        }
    }

    pub(super) fn set(variable: &impl Fn(&str) -> Option<OsString>) -> Result<Self, BadSetting> {
        let text = |name| set(variable, name);
        let number = |name| {
            let digits = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
            let number = |text: &String| text.parse().ok().filter(|number| *number > 0 && digits(text));
            let wrong = BadSetting::Number(name);
            text(name)?.map(|text| number(&text).ok_or(wrong)).transpose()
        };
        let crm_type = match text(SET.crm_type)?.map(|text| text.to_ascii_uppercase()).as_deref() {
            None => None,
            Some("B2C") => Some(CrmType::B2C),
            Some("B2B") => Some(CrmType::B2B),
            Some(_) => return Err(BadSetting::CrmType(SET.crm_type)),
        };
        Ok(Self {
            words: &SET,
            account: text(SET.account)?,
            url: text(SET.url)?,
            assignment: number(SET.assignment)?,
            data_owner: number(SET.data_owner)?,
            crm_type,
        })
    }

    /// The option or variable by which this place speaks of an account. `None` iff it does not.
    pub(super) fn speaks_of(&self) -> Option<&'static str> {
        let words = self.words;
        let parts = [
            (words.account, self.account.is_some()),
            (words.url, self.url.is_some()),
            (words.assignment, self.assignment.is_some()),
            (words.data_owner, self.data_owner.is_some()),
            (words.crm_type, self.crm_type.is_some()),
        ];
        parts.into_iter().find(|(_, is_there)| *is_there).map(|(name, _)| name)
    }

    /// What names the account here. `None` where nothing does.
    pub(super) fn names_account(&self) -> Option<&'static str> {
        let url = self.url.as_ref().map(|_| self.words.url);
        self.account.as_ref().map(|_| self.words.account).or(url)
    }

    /// What names the list here. `None` where nothing does.
    pub(super) fn names_list(&self) -> Option<&'static str> {
        let owner =
            self.data_owner.map(|_| self.words.data_owner).or(self.crm_type.map(|_| self.words.crm_type));
        self.assignment.map(|_| self.words.assignment).or(owner)
    }

    /// The address that it names. `None` where it names none.
    pub(super) fn origin(&self) -> Result<Option<Origin>, BadSetting> {
        let words = self.words;
        match (&self.account, &self.url) {
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(BadSetting::TwoAccounts(words)),
            (Some(name), None) => {
                Origin::account(name).map(Some).map_err(|why| BadSetting::Account { words, why })
            }
            (None, Some(url)) => url.parse().map(Some).map_err(|why| match why {
                BadOrigin::UserInfo => BadSetting::SecretInUrl(words),
                why => BadSetting::Url { words, why },
            }),
        }
    }

    /// The list that it names; half of one is made whole by `below`, which goes after it. `None` where it names none.
    pub(super) fn list(&self, below: Option<List>) -> Result<Option<List>, BadSetting> {
        let words = self.words;
        let (owner_below, type_below) = match below {
            Some(List::DataOwner { owner, crm_type }) => (Some(owner), Some(crm_type)),
            _ => (None, None),
        };
        match (self.assignment, self.data_owner, self.crm_type) {
            (None, None, None) => Ok(None),
            (Some(assignment), None, None) => Ok(Some(List::Assignment(assignment))),
            (Some(_), Some(_), _) => Err(BadSetting::TwoLists { words, other: words.data_owner }),
            (Some(_), None, Some(_)) => Err(BadSetting::TwoLists { words, other: words.crm_type }),
            (None, owner, crm_type) => match (owner.or(owner_below), crm_type.or(type_below)) {
                (Some(owner), Some(crm_type)) => Ok(Some(List::DataOwner { owner, crm_type })),
                (None, _) => Err(BadSetting::NoDataOwner(words)),
                (_, None) => Err(BadSetting::NoCrmType(words)),
            },
        }
    }
}

/// A variable's text without the one line end that reading it from a file leaves. `None` iff it is not set, or set
/// to nothing.
pub(super) fn set(
    variable: &impl Fn(&str) -> Option<OsString>,
    name: &'static str,
) -> Result<Option<String>, BadSetting> {
    let text = variable(name).map(OsString::into_string).transpose();
    let text = text.map_err(|_| BadSetting::NotUtf8(name))?;
    Ok(text.map(without_line_end).filter(|text| !text.is_empty()))
}

/// A text without its last line end.
pub(super) fn without_line_end(mut text: String) -> String {
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    text
}
