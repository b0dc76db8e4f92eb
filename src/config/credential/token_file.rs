//! A file that holds a token: used only when its owner alone may read it, and written so.

use super::CredentialError;
use crate::config::read;
use crate::system::{trust, unfinished};
use crate::text;
use secrecy::{ExposeSecret, SecretString};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Reads the secret in `path`.
///
/// # Errors
/// A file that others may read, that is another's, or that can't be read.
pub(super) fn read(path: &Path) -> Result<SecretString, CredentialError> {
    // Of the file that was opened, not of the one that stands there now.
    let (text, found) =
        read::text(path).map_err(|why| CredentialError::File { path: text::path(path), why })?;
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(CredentialError::Others { path: text::path(path), owner: trust::owner(&found) });
    }
    if found.mode() & 0o077 != 0 {
        return Err(CredentialError::Open(text::path(path)));
    }
    Ok(text.into())
}

/// Writes the secret to `path`, readable by this user alone: beside it, and then in its place.
///
/// # Errors
/// The system's.
pub fn write(path: &Path, secret: &SecretString) -> io::Result<()> {
    unfinished::write(path, format!("{}\n", secret.expose_secret()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    fn file(bytes: &[u8], mode: u32) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.token");
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        (folder, path)
    }

    #[rstest]
    #[case::all(0o644)]
    #[case::group(0o640)]
    #[case::written_by_others(0o622)]
    fn a_file_that_others_may_use_is_refused_with_what_mends_it(#[case] mode: u32) {
        let (_folder, path) = file(b"CANARY", mode);
        let said = read(&path).unwrap_err().to_string();
        assert!(said.ends_with(&format!("fix: chmod 600 {}", path.display())), "{said}");
        assert!(!said.contains("CANARY"));
    }

    #[test]
    fn what_is_no_file_or_too_large_is_refused() {
        let (folder, path) = file(&vec![b'x'; 2 << 20], 0o600);
        assert!(read(&path).unwrap_err().to_string().ends_with("it is larger than 1 MB"));
        assert!(read(folder.path()).unwrap_err().to_string().ends_with("it is not a plain file"));
        assert!(read(&folder.path().join("none")).unwrap_err().to_string().ends_with("no such file"));
    }

    #[test]
    fn what_is_written_can_be_read_by_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/acme.token");
        write(&path, &SecretString::from("CANARY")).unwrap();
        write(&path, &SecretString::from("CANARY2")).unwrap();
        assert_eq!(read(&path).unwrap().expose_secret(), "CANARY2\n");
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
