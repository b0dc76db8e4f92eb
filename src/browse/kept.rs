//! What the browser keeps from one start to the next: how wide the card is. A small file in the state folder, which
//! holds nothing of a customer's.

use crate::config::{self, Folders};
use crate::system::unfinished;
use serde::Deserialize;
use std::io;

/// The file's name in the state folder.
const NAME: &str = "screen.toml";

/// What the file holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Kept {
    /// How wide the card is beside the table. `None` for the width as delivered.
    pub(super) card_width: Option<u16>,
}

impl Kept {
    /// What was kept. Nothing, where there is no file or none that can be read: the screen does without.
    pub(super) fn read(folders: &Folders) -> Self {
        let path = folders.state.as_ref().map(|state| state.join(NAME));
        let text = path.and_then(|path| config::read_text(&path).ok()).unwrap_or_default();
        toml::from_str(&text).unwrap_or_default()
    }

    /// Keeps this for the next start, in a file that its owner alone may read.
    ///
    /// # Errors
    /// The system's, when the file can't be written.
    pub(super) fn write(self, folders: &Folders) -> io::Result<()> {
        let Some(state) = &folders.state else { return Ok(()) };
        let width = self.card_width.map(|width| format!("card_width = {width}\n"));
        unfinished::write(&state.join(NAME), width.unwrap_or_default().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let state = Some(folder.path().join("state"));
        let folders = Folders { state, ..Folders::default() };
        assert_eq!(Kept::read(&folders), Kept::default());
        let kept = Kept { card_width: Some(52) };
        kept.write(&folders).unwrap();
        assert_eq!(Kept::read(&folders), kept);
    }

    #[test]
    fn a_file_that_cannot_be_used_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), "card_width = \"wide\"").unwrap();
        let folders = Folders { state: Some(folder.path().to_owned()), ..Folders::default() };
        assert_eq!(Kept::read(&folders), Kept::default());
    }
}
