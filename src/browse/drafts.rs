//! What was typed into forms and not sent, kept from one start to the next where the profile wants that. The file is
//! in the state folder, holds what a customer's form held, and is readable by its owner alone. It goes when nothing is
//! left to keep.

use crate::app::{Draft, DraftField};
use crate::config::{self, Folders};
use crate::cube::Moment;
use crate::system::unfinished;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::{fs, io};

/// The file's name in the state folder.
const NAME: &str = "drafts.json";
/// A draft is kept this long, in seconds: seven days.
const KEPT_FOR: u64 = 7 * 24 * 60 * 60;

/// A draft as the file has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    place: String,
    id: Option<String>,
    closed: i64,
    fields: Vec<KeptField>,
}

#[derive(Serialize, Deserialize)]
struct KeptField {
    key: String,
    base: String,
    text: String,
}

/// The drafts that are kept and not too old. None, where there is no file or none that can be read.
pub(super) fn read(folders: &Folders, now: Moment) -> Vec<Draft> {
    let text = path(folders).and_then(|path| config::read_text(&path).ok()).unwrap_or_default();
    let kept: Vec<Kept> = serde_json::from_str(&text).unwrap_or_default();
    let drafts = kept.into_iter().map(Draft::from);
    drafts.filter(|draft| now.seconds_since(draft.closed) < KEPT_FOR).collect()
}

/// Keeps the drafts of one account in place of those that were kept for it.
///
/// # Errors
/// The system's, when the file can't be written.
pub(super) fn keep(folders: &Folders, account: &str, drafts: &[Draft], now: Moment) -> io::Result<()> {
    let Some(path) = path(folders) else { return Ok(()) };
    let is_its = |draft: &&Draft| draft.place.split(' ').next() == Some(account);
    let others = read(folders, now).into_iter().filter(|draft| !is_its(&draft));
    let kept: Vec<Kept> = others.chain(drafts.iter().filter(is_its).cloned()).map(Kept::from).collect();
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

impl From<Kept> for Draft {
    fn from(kept: Kept) -> Self {
        let field = |field: KeptField| DraftField { key: field.key, base: field.base, text: field.text };
        Self {
            place: kept.place,
            id: kept.id,
            closed: Moment::of(kept.closed),
            fields: kept.fields.into_iter().map(field).collect(),
        }
    }
}

impl From<Draft> for Kept {
    fn from(draft: Draft) -> Self {
        let field = |field: DraftField| KeptField { key: field.key, base: field.base, text: field.text };
        Self {
            place: draft.place,
            id: draft.id,
            closed: draft.closed.unix_seconds(),
            fields: draft.fields.into_iter().map(field).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(place: &str, closed: i64) -> Draft {
        let field = DraftField { key: "k".into(), base: "old".into(), text: "new".into() };
        Draft { place: place.into(), id: Some("1".into()), closed: Moment::of(closed), fields: vec![field] }
    }

    #[test]
    fn drafts_are_kept_by_account_for_seven_days_and_the_file_goes_with_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { state: Some(folder.path().into()), ..Folders::default() };
        let (day, now) = (24 * 60 * 60, Moment::of(30 * 24 * 60 * 60));
        keep(&folders, "acme", &[draft("acme assignment 9", 29 * day), draft("beta x", 29 * day)], now)
            .unwrap();
        keep(&folders, "beta", &[draft("beta assignment 1", 22 * day)], now).unwrap();
        assert_eq!(read(&folders, now), [draft("acme assignment 9", 29 * day)], "the other one is too old");
        keep(&folders, "acme", &[], now).unwrap();
        assert!(!folder.path().join(NAME).exists());
    }

    #[test]
    #[cfg(unix)]
    fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { state: Some(folder.path().into()), ..Folders::default() };
        keep(&folders, "acme", &[draft("acme x", 0)], Moment::of(0)).unwrap();
        assert_eq!(fs::metadata(folder.path().join(NAME)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
