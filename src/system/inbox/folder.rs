//! The folder of the sockets: this user's alone.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder in which browsers have their sockets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

/// A socket of a browser that may still run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Socket {
    pub(super) path: PathBuf,
    /// The browser's name.
    pub(super) name: String,
    /// When the browser was last used.
    pub(super) used: SystemTime,
}

impl Folder {
    /// The folder at this path, which need not be there.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where the socket of this process is, when its browser has this name. Makes the folder.
    ///
    /// # Errors
    /// The folder can't be made, or is not this user's alone.
    pub(super) fn socket(&self, name: &str) -> io::Result<PathBuf> {
        match DirBuilder::new().recursive(true).mode(0o700).create(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => self.check()?,
        }
        Ok(self.0.join(format!("{}.{}.sock", plain(name), std::process::id())))
    }

    /// The sockets of browsers, the one that was used last first; of one name, or of all.
    pub(super) fn sockets(&self, name: Option<&str>) -> Vec<Socket> {
        if self.check().is_err() {
            return Vec::new();
        }
        let entries = fs::read_dir(&self.0).into_iter().flatten().filter_map(Result::ok);
        let sockets = entries.filter_map(|entry| socket(&entry.path()));
        let wanted = name.map(plain);
        let mut sockets: Vec<Socket> =
            sockets.filter(|socket| wanted.as_ref().is_none_or(|wanted| *wanted == socket.name)).collect();
        sockets.sort_by_key(|socket| std::cmp::Reverse(socket.used));
        sockets
    }

    /// Refuses a folder that another user has or may write into.
    fn check(&self) -> io::Result<()> {
        let folder = fs::symlink_metadata(&self.0)?;
        let is_own = folder.is_dir() && folder.uid() == rustix::process::getuid().as_raw();
        if is_own && folder.mode().trailing_zeros() >= 6 {
            Ok(())
        } else {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }
}

/// What a path in the folder is. `None` for what is no browser's.
fn socket(path: &Path) -> Option<Socket> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".sock")?;
    let (name, process) = stem.rsplit_once('.')?;
    process.parse::<u32>().ok()?;
    let used = fs::symlink_metadata(path).ok()?.modified().ok()?;
    Some(Socket { path: path.to_owned(), name: name.to_owned(), used })
}

/// A name as it may be in a file's.
fn plain(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    name.chars().take(60).map(|c| if is_plain(c) { c } else { '-' }).collect()
}
