//! Whether a file that decides what the program does can be another's doing.

use crate::text::{self, Place, SafeText};
use nix::unistd::{Gid, Group, Uid, User};
use rustix::process::geteuid;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// That its group may write into a file.
const WRITTEN_BY_GROUP: u32 = 0o020;
/// That everybody may.
const WRITTEN_BY_ALL: u32 = 0o002;

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
/// no one else may change it. A group that has no one but this user is no one else: where each user has such a group, editors
/// make files that it may write into.
///
/// # Errors
/// [`Distrust`].
pub fn check(path: &Path, found: &Metadata) -> Result<(), Distrust> {
    if ![geteuid().as_raw(), 0].contains(&found.uid()) {
        return Err(Distrust::Others { owner: owner(found) });
    }
    let group_may = found.mode() & WRITTEN_BY_GROUP != 0 && !is_private(Gid::from_raw(found.gid()));
    if group_may || found.mode() & WRITTEN_BY_ALL != 0 {
        return Err(Distrust::Writable { path: text::path(path) });
    }
    Ok(())
}

/// Whether no one but this user is in a group. Where that can't be known, others may be.
fn is_private(group: Gid) -> bool {
    let user = User::from_uid(Uid::from_raw(geteuid().as_raw())).ok().flatten();
    let group = Group::from_gid(group).ok().flatten();
    user.zip(group).is_some_and(|(user, group)| {
        is_private_of((&user.name, user.gid), (&group.name, group.gid, &group.mem))
    })
}

/// Whether a group is the one that a user has alone: their own first group, named after them, with no other member. The
/// name tells that it is no other user's first group, whose users are not listed as members. The administrator's group is
/// none, since containers give it to any user.
fn is_private_of((user, first): (&str, Gid), (group, id, members): (&str, Gid, &[String])) -> bool {
    id.as_raw() != 0 && first == id && group == user && members.iter().all(|member| member == user)
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
    #[case::written_by_its_group_alone(0o620, false)]
    #[case::written_by_all(0o666, false)]
    #[case::written_by_all_but_its_group(0o602, false)]
    fn a_file_that_others_may_change_is_not_trusted(#[case] mode: u32, #[case] is_trusted: bool) {
        let file = tempfile::NamedTempFile::new().unwrap();
        // Only the administrator can give it to any group; others have it in a group of their own, which may be private.
        let is_given = std::os::unix::fs::chown(file.path(), None, Some(54_321)).is_ok();
        if !is_given && mode & 0o022 == 0o020 {
            return;
        }
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
    fn a_file_that_only_this_users_own_group_may_change_is_trusted() {
        let user = User::from_uid(Uid::from_raw(geteuid().as_raw())).unwrap().unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        let is_given = std::os::unix::fs::chown(file.path(), None, Some(user.gid.as_raw())).is_ok();
        if !is_given || !is_private(user.gid) {
            return;
        }
        for (mode, is_trusted) in [(0o664, true), (0o660, true), (0o666, false)] {
            fs::set_permissions(file.path(), Permissions::from_mode(mode)).unwrap();
            let checked = check(file.path(), &file.as_file().metadata().unwrap());
            assert_eq!(checked.is_ok(), is_trusted, "{mode:o}");
        }
    }

    #[rstest]
    #[case::their_own("kari", 1000, &[], true)]
    #[case::themselves_a_member("kari", 1000, &["kari"], true)]
    #[case::another_member("kari", 1000, &["ola"], false)]
    #[case::two_members("kari", 1000, &["kari", "ola"], false)]
    #[case::a_shared_first_group("users", 1000, &[], false)]
    #[case::another_group("kari", 1001, &[], false)]
    #[case::the_administrators("kari", 0, &[], false)]
    fn a_group_is_private_when_it_is_the_users_alone(
        #[case] group: &str,
        #[case] id: u32,
        #[case] members: &[&str],
        #[case] is_private: bool,
    ) {
        let members: Vec<String> = members.iter().map(|&member| member.to_owned()).collect();
        let user = ("kari", Gid::from_raw(if id == 0 { 0 } else { 1000 }));
        assert_eq!(is_private_of(user, (group, Gid::from_raw(id), &members)), is_private);
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
