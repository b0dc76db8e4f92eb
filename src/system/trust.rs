//! Whether a file that decides what the program does can be another's doing.

use crate::text::{self, Place, SafeText};
use nix::unistd::{Uid, User};
use rustix::process::geteuid;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What others may do with a file that they may write into.
const WRITE: u32 = 0o022;

/// Why a file is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// It is another user's.
    #[error(
        "it belongs to {owner}, so it is not used; to use it all the same, put a copy of your own in its place"
    )]
    Others {
        /// The user's name, or number.
        owner: SafeText<'static>,
    },
    /// Others may change it.
    #[error("others may change it, so it is not used; fix: chmod go-w {path}")]
    Writable {
        /// The file.
        path: SafeText<'static>,
    },
}

/// Checks that the file at `path`, of which the system says `found`, is this user's or the administrator's, and that
/// no one else may change it.
///
/// # Errors
/// [`Distrust`].
pub fn check(path: &Path, found: &Metadata) -> Result<(), Distrust> {
    if ![geteuid().as_raw(), 0].contains(&found.uid()) {
        return Err(Distrust::Others { owner: owner(found) });
    }
    if found.mode() & WRITE != 0 {
        return Err(Distrust::Writable { path: text::path(path) });
    }
    Ok(())
}

/// Who owns a file: the user's name, or number where there is no name.
#[must_use]
pub fn owner(found: &Metadata) -> SafeText<'static> {
    let user = User::from_uid(Uid::from_raw(found.uid())).ok().flatten();
    let name = user.map_or_else(|| format!("user {}", found.uid()), |user| user.name);
    text::clean_str(&name, Place::Message).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    #[rstest]
    #[case::own(0o600, true)]
    #[case::read_by_others(0o644, true)]
    #[case::written_by_its_group(0o664, false)]
    #[case::written_by_all(0o666, false)]
    fn a_file_that_others_may_change_is_not_trusted(#[case] mode: u32, #[case] is_trusted: bool) {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::set_permissions(file.path(), Permissions::from_mode(mode)).unwrap();
        let checked = check(file.path(), &file.as_file().metadata().unwrap());
        assert_eq!(checked.is_ok(), is_trusted);
        if let Err(why) = checked {
            let fix =
                format!("others may change it, so it is not used; fix: chmod go-w {}", file.path().display());
            assert_eq!(why.to_string(), fix);
        }
    }

    #[test]
    fn a_file_of_another_user_is_not_trusted_and_its_owner_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        // Only the administrator can give a file away.
        if std::os::unix::fs::chown(file.path(), Some(54_321), None).is_err() {
            return;
        }
        let why = check(file.path(), &file.as_file().metadata().unwrap()).unwrap_err();
        assert!(why.to_string().starts_with("it belongs to user 54321, so it is not used; "), "{why}");
    }
}
