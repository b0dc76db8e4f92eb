//! Where cubedex keeps what is its own, and what the mapping file of an account is called. It makes no folder.

use crate::cube::Origin;
use crate::system::inbox;
use directories::ProjectDirs;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The folders of this program, each an absolute path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// For what the user writes, such as mapping files. `None` where there is no home to hold it.
    pub config: Option<PathBuf>,
    /// For what the program writes, such as its log. `None` where there is no home to hold it.
    pub state: Option<PathBuf>,
    /// For what is there while the program runs, such as its socket. `None` where there is no home to hold it.
    pub run: Option<PathBuf>,
    /// The administrator's settings for everybody on this computer: a file, which need not be there.
    pub everybody: Option<PathBuf>,
}

/// Where the administrator's settings are. No variable of the environment moves it: what is locked there stays locked.
const EVERYBODY: &str = if cfg!(target_os = "macos") {
    "/Library/Application Support/cubedex/config.toml"
} else {
    "/etc/xdg/cubedex/config.toml"
};

impl Folders {
    /// The folders that the system has for the programs of this user.
    ///
    /// There are none unless `HOME` is an absolute path: any other would lead into the working directory, and the
    /// one in the system's list of users may be another user's.
    #[must_use]
    pub fn of_this_person() -> Self {
        let home = std::env::var_os("HOME");
        let everybody = Some(PathBuf::from(EVERYBODY));
        let Some(folders) = ProjectDirs::from("", "", "cubedex") else {
            return Self { everybody, ..Self::default() };
        };
        // Only Linux tells state from data.
        let state = folders.state_dir().unwrap_or_else(|| folders.data_local_dir());
        // Where the system has no folder for that, a folder of our own in the state folder is as private.
        let run = folders.runtime_dir().filter(|run| run.is_absolute()).map(Path::to_owned);
        let in_home = Self::in_home(home.as_deref(), folders.config_dir(), state);
        let run = run.or_else(|| in_home.state.as_ref().map(|state| state.join("run")));
        Self { run, everybody, ..in_home }
    }

    fn in_home(home: Option<&OsStr>, config: &Path, state: &Path) -> Self {
        let has_home = home.is_some_and(|home| Path::new(home).is_absolute());
        let kept = |folder: &Path| (has_home && folder.is_absolute()).then(|| folder.to_owned());
        Self { config: kept(config), state: kept(state), run: None, everybody: None }
    }

    /// Where browsers have their sockets. `None` without a folder for it.
    #[must_use]
    pub fn inbox(&self) -> Option<inbox::Folder> {
        self.run.clone().map(inbox::Folder::at)
    }

    /// Where the profiles may lie. `None` without a configuration folder.
    #[must_use]
    pub fn settings(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("config.toml"))
    }

    /// Where the user's own keys may lie. `None` without a configuration folder.
    #[must_use]
    pub fn keys(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("keys.toml"))
    }

    /// Where the user's own colours may lie. `None` without a configuration folder.
    #[must_use]
    pub fn theme(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("theme.toml"))
    }

    /// Where the labels of an account's custom fields may lie: `CustomerCustomFields.acme.json` in the configuration
    /// folder, as the ids of the fields differ from account to account.
    ///
    /// An address that is not one of Cube's own gives the file its whole host, since the first part of it is often
    /// `cube` or `www`, and its port, with `-` for all that no file's name should have. `None` without a configuration
    /// folder.
    #[must_use]
    pub fn custom_fields(&self, origin: &Origin) -> Option<PathBuf> {
        let address = origin.to_string();
        let host = address.split_once("://").map_or(address.as_str(), |(_, host)| host);
        let account = origin.account_name().unwrap_or(host);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let plain: String = account.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
        let name = format!("CustomerCustomFields.{}.json", plain.trim_matches('-'));
        Some(self.config.as_ref()?.join(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn folders(config: &str) -> Folders {
        Folders { config: Some(config.into()), ..Folders::default() }
    }

    #[rstest]
    #[case::unset(None)]
    #[case::empty(Some(""))]
    #[case::relative(Some("home"))]
    #[case::here(Some("."))]
    fn without_a_home_there_is_no_folder(#[case] home: Option<&str>) {
        let home = home.map(OsStr::new);
        assert_eq!(Folders::in_home(home, Path::new("/c"), Path::new("/s")), Folders::default());
    }

    #[test]
    fn only_absolute_folders_are_kept() {
        let folders = Folders::in_home(Some(OsStr::new("/home/kari")), Path::new("/c"), Path::new("s"));
        assert_eq!((folders.config, folders.state), (Some("/c".into()), None));
    }

    #[rstest]
    #[case::account("https://acme-2.headshed.com", "/c/CustomerCustomFields.acme-2.json")]
    #[case::own_address("https://cube.acme.no:8443", "/c/CustomerCustomFields.cube.acme.no-8443.json")]
    #[case::this_computer("http://127.0.0.1:8000", "/c/CustomerCustomFields.127.0.0.1-8000.json")]
    #[case::six("http://[::1]:8000", "/c/CustomerCustomFields.1--8000.json")]
    fn the_mapping_file_is_named_after_the_account(#[case] url: &str, #[case] path: &str) {
        let origin: Origin = url.parse().unwrap();
        assert_eq!(folders("/c").custom_fields(&origin), Some(path.into()));
    }

    #[test]
    fn without_a_folder_there_is_no_mapping_file() {
        let acme = Origin::account("acme").unwrap();
        assert_eq!(Folders::default().custom_fields(&acme), None);
    }
}
