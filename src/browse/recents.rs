//! Whose cards were opened, kept from one start to the next where the profile wants that: of each customer the id, when
//! it was, and whether they are pinned. The file is in the state folder, and readable by its owner alone.

use crate::app::Recent;
use crate::config::{self, Folders};
use crate::cube::Moment;
use crate::system::unfinished;
use crate::words::Reached;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::PathBuf;

/// The file's name in the state folder.
const NAME: &str = "recents.json";
/// More than this is nothing that cubedex has written.
const MOST: usize = 1000;

/// A customer as the file has them.
#[derive(Serialize, Deserialize)]
struct Kept {
    place: String,
    id: String,
    opened: i64,
    is_pinned: bool,
}

/// Those that were kept. None, where there is no file or none that can be read.
pub(super) fn read(folders: &Folders) -> Vec<Recent> {
    let text = path(folders).and_then(|path| config::read_text(&path).ok()).unwrap_or_default();
    let kept: Vec<Kept> = serde_json::from_str(&text).unwrap_or_default();
    let recent = |kept: Kept| Recent {
        place: kept.place,
        id: kept.id,
        name: None,
        opened: Moment::of(kept.opened),
        reached: Reached::Before,
        is_pinned: kept.is_pinned,
    };
    kept.into_iter().take(MOST).filter(|kept| !kept.id.is_empty()).map(recent).collect()
}

/// Keeps those of one account in place of those that were kept for it.
///
/// # Errors
/// The system's, when the file can't be written.
pub(super) fn keep(folders: &Folders, account: &str, recents: &[Recent]) -> io::Result<()> {
    let Some(path) = path(folders) else { return Ok(()) };
    let is_its = |recent: &&Recent| recent.place.split(' ').next() == Some(account);
    let others: Vec<Recent> = read(folders).into_iter().filter(|recent| !is_its(&recent)).collect();
    let kept = recents.iter().filter(is_its).chain(&others).map(|recent| Kept {
        place: recent.place.clone(),
        id: recent.id.clone(),
        opened: recent.opened.unix_seconds(),
        is_pinned: recent.is_pinned,
    });
    unfinished::write(&path, &serde_json::to_vec(&kept.collect::<Vec<_>>())?)
}

fn path(folders: &Folders) -> Option<PathBuf> {
    folders.state.as_ref().map(|state| state.join(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SafeText;

    #[test]
    fn only_the_ids_are_kept_and_those_of_other_accounts_stay() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { state: Some(folder.path().into()), ..Folders::default() };
        let recent = |place: &str, id: &str| Recent {
            place: place.into(),
            id: id.into(),
            name: Some(SafeText::from("Kari Nordmann")),
            opened: Moment::of(1000),
            reached: Reached::Search(SafeText::from("nordmann")),
            is_pinned: true,
        };
        keep(&folders, "acme", &[recent("acme assignment 9", "1"), recent("beta x", "2")]).unwrap();
        keep(&folders, "beta", &[recent("beta assignment 1", "3")]).unwrap();
        let read = read(&folders);
        let ids: Vec<_> = read.iter().map(|recent| (recent.id.as_str(), recent.name.is_some())).collect();
        assert_eq!(ids, [("3", false), ("1", false)]);
        let text = std::fs::read_to_string(folder.path().join(NAME)).unwrap().to_lowercase();
        assert!(!text.contains("nordmann"), "{text}");
    }
}
