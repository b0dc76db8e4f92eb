//! What was typed into forms and not sent, kept from one start to the next where the profile wants that. The file is
//! in the state folder, holds what a customer's form held, and is readable by its owner alone. It goes when nothing is
//! left to keep.

use crate::app::Draft;
use crate::config::{self, Folders};
use crate::cube::Moment;
use crate::system::unfinished;
use std::path::PathBuf;
use std::{fs, io};

/// The file's name in the state folder.
const NAME: &str = "drafts.json";
/// A draft is kept this long, in seconds: seven days.
const KEPT_FOR: u64 = 7 * 24 * 60 * 60;

/// The drafts that are kept and not too old. None, where there is no file or none that can be read.
pub(super) fn read(folders: &Folders, now: Moment) -> Vec<Draft> {
    let text = path(folders).and_then(|path| config::read_text(&path).ok()).unwrap_or_default();
    let mut drafts: Vec<Draft> = serde_json::from_str(&text).unwrap_or_default();
    drafts.retain(|draft| now.seconds_since(draft.closed) < KEPT_FOR);
    drafts
}

/// Keeps the drafts of one account in place of those that were kept for it.
///
/// # Errors
/// The system's, when the file can't be written.
pub(super) fn keep(folders: &Folders, account: &str, drafts: &[Draft], now: Moment) -> io::Result<()> {
    let Some(path) = path(folders) else { return Ok(()) };
    let is_its = |draft: &&Draft| draft.of.account == account;
    let others = read(folders, now).into_iter().filter(|draft| !is_its(&draft));
    let kept: Vec<Draft> = others.chain(drafts.iter().filter(is_its).cloned()).collect();
    if kept.is_empty() {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    }
    unfinished::write(&path, &serde_json::to_vec(&kept)?)
}

fn path(folders: &Folders) -> Option<PathBuf> {
    folders.state.as_ref().map(|state| state.join(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{DraftField, DraftOf};

    fn draft(account: &str, closed: i64) -> Draft {
        let field = DraftField { key: "k".into(), base: "old".into(), text: "new".into() };
        let of = DraftOf { account: account.into(), list: "assignment 9".into(), id: Some("1".into()) };
        Draft { of, closed: Moment::of(closed), fields: vec![field] }
    }

    #[test]
    fn drafts_are_kept_by_account_for_seven_days_and_the_file_goes_with_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { state: Some(folder.path().into()), ..Folders::default() };
        let (day, now) = (24 * 60 * 60, Moment::of(30 * 24 * 60 * 60));
        keep(&folders, "acme", &[draft("acme", 29 * day), draft("acme two", 29 * day)], now).unwrap();
        keep(&folders, "beta", &[draft("beta", 22 * day)], now).unwrap();
        assert_eq!(read(&folders, now), [draft("acme", 29 * day)], "the other one is too old");
        keep(&folders, "acme", &[], now).unwrap();
        assert!(!folder.path().join(NAME).exists());
    }

    #[test]
    #[cfg(unix)]
    fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { state: Some(folder.path().into()), ..Folders::default() };
        keep(&folders, "acme", &[draft("acme", 0)], Moment::of(0)).unwrap();
        assert_eq!(fs::metadata(folder.path().join(NAME)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
