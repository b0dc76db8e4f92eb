//! Where cubedex keeps what is its own: the log, and the person's files.

use crate::cube::Origin;
use directories::ProjectDirs;
use std::path::PathBuf;

/// The folders of this program. None of them where no home is set: nothing is ever written to where one happens
/// to stand.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// For what the person writes.
    pub config: Option<PathBuf>,
    /// For the log.
    pub state: Option<PathBuf>,
}

impl Folders {
    /// The system's folders for programs of this person.
    #[must_use]
    pub fn of_this_person() -> Self {
        let Some(folders) = ProjectDirs::from("", "", "cubedex") else {
            return Self::default();
        };
        let state = folders.state_dir().unwrap_or_else(|| folders.data_local_dir());
        Self { config: Some(folders.config_dir().to_owned()), state: Some(state.to_owned()) }
    }

    /// The person's own keys. `None` without a configuration folder.
    #[must_use]
    pub fn keys(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("keys.toml"))
    }

    /// The account's mapping file, `CustomerCustomFields.ACCOUNT.json`: field ids differ from account to account.
    /// An address that is no account of Cube's own is named by its host. `None` without a configuration folder.
    #[must_use]
    pub fn custom_fields(&self, origin: &Origin) -> Option<PathBuf> {
        let account = origin.account_name().unwrap_or_else(|| origin.host());
        let is_plain =
            account.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        let name = format!("CustomerCustomFields.{account}.json");
        self.config.as_ref().filter(|_| is_plain).map(|folder| folder.join(name))
    }
}
