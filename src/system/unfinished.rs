//! A file of this user's own that gets its name when it is whole. Until then it has none where the system can do that
//! (Linux, and most of its file systems), so that nothing is left of it however the program ends; elsewhere it lies
//! beside its name as `.cubedex-….part`.

use rustix::fs::{AtFlags, CWD, FlockOperation, Mode, OFlags, flock, linkat, open};
use rustix::process::geteuid;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// What a part is called.
const PREFIX: &str = ".cubedex-";
const SUFFIX: &str = ".part";
/// Where the system names open files, by their numbers.
const OPEN_FILES: &str = "/proc/self/fd";

/// A file on its way to its name, readable by its owner alone. Dropped without [`keep`](Self::keep), it is gone.
#[derive(Debug)]
pub struct Unfinished {
    file: File,
    /// `None` where it has no name.
    part: Option<TempPath>,
}

impl Unfinished {
    /// Makes one in `folder`, empty.
    ///
    /// # Errors
    /// The system's.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        let unfinished = match unnamed(folder) {
            Some(file) => Self { file, part: None },
            None => Self::named(folder)?,
        };
        // Held as long as it is written: a part that no one holds is left of a run that was killed.
        let _ = flock(&unfinished.file, FlockOperation::NonBlockingLockExclusive);
        Ok(unfinished)
    }

    fn named(folder: &Path) -> io::Result<Self> {
        let made = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        let (file, part) = made.into_parts();
        Ok(Self { file, part: Some(part) })
    }

    /// The file, to write into.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Gives it its name, which is in the same folder: it is whole. What has the name already is replaced if
    /// `replaces`.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`], or the system's: a full disk may only show here.
    pub fn keep(self, path: &Path, replaces: bool) -> io::Result<()> {
        let Self { file, part } = self;
        file.sync_all()?;
        let from = format!("{OPEN_FILES}/{}", file.as_raw_fd());
        let link = |to: &Path| Ok(linkat(CWD, from.as_str(), CWD, to, AtFlags::SYMLINK_FOLLOW)?);
        let part = match part {
            Some(part) => part,
            None if !replaces => return link(path),
            // A link replaces nothing, but a part does.
            None => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new("."));
                let linked = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).make_in(folder, link)?;
                linked.into_temp_path()
            }
        };
        let named = if replaces { part.persist(path) } else { part.persist_noclobber(path) };
        named.map_err(|error| error.error)
    }
}

/// A file without a name. `None` where there is no such thing, or nothing to name it by later.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path) -> Option<File> {
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let file = open(folder, flags, Mode::RUSR | Mode::WUSR).ok()?;
    Path::new(OPEN_FILES).exists().then(|| File::from(file))
}

/// A file without a name: there is no such thing.
#[cfg(not(target_os = "linux"))]
fn unnamed(_: &Path) -> Option<File> {
    None
}

/// The parts in `folder` that a run has left which was killed: those of this user that no run writes now.
#[must_use]
pub fn left_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut left: Vec<PathBuf> =
        paths.filter(|path| is_part(path) && is_left(path).unwrap_or(false)).collect();
    left.sort();
    left
}

fn is_part(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

fn is_left(path: &Path) -> io::Result<bool> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let part = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let is_ours = part.metadata()?.uid() == geteuid().as_raw();
    Ok(is_ours && flock(&part, FlockOperation::NonBlockingLockExclusive).is_ok())
}

/// Makes a folder, and those that it lies in, for this user alone where they are new.
///
/// # Errors
/// The system's.
pub fn own_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Writes a small file of this user's own as a whole or not at all, in place of what is there; its folder is made where
/// that is new.
///
/// # Errors
/// The system's.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    own_folder(folder)?;
    let new = Unfinished::in_folder(folder)?;
    new.file().write_all(bytes)?;
    new.keep(path, true)
}

/// Does what changes files in `folder` while no other run does. Where the file system has no locks, it does it all the
/// same.
pub fn alone_in<T>(folder: &Path, change: impl FnOnce() -> T) -> T {
    let lock = File::open(folder).ok().filter(|folder| flock(folder, FlockOperation::LockExclusive).is_ok());
    let changed = change();
    drop(lock);
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use tempfile::tempdir;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }

    /// Both kinds: as the system makes one, and one that has a name.
    fn each_kind(folder: &Path) -> [Unfinished; 2] {
        [Unfinished::in_folder(folder).unwrap(), Unfinished::named(folder).unwrap()]
    }

    #[test]
    fn a_file_is_its_owner_s_alone_and_nothing_lies_beside_it() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("new.csv");
        for new in each_kind(folder.path()) {
            new.file().write_all(b"new").unwrap();
            new.keep(&path, true).unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"new");
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(names(folder.path()), ["new.csv"]);
    }

    #[test]
    fn what_came_meanwhile_is_not_replaced() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("new.csv");
        fs::write(&path, "other").unwrap();
        for new in each_kind(folder.path()) {
            assert_eq!(new.keep(&path, false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        }
        assert_eq!((fs::read(&path).unwrap(), names(folder.path()).len()), (b"other".to_vec(), 1));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn an_unfinished_file_has_no_name() {
        let folder = tempdir().unwrap();
        let new = Unfinished::in_folder(folder.path()).unwrap();
        new.file().write_all(b"half").unwrap();
        assert_eq!(names(folder.path()), [] as [&str; 0]);
    }

    #[test]
    fn a_part_is_left_when_nobody_writes_it() {
        let folder = tempdir().unwrap();
        let new = Unfinished::named(folder.path()).unwrap();
        flock(&new.file, FlockOperation::NonBlockingLockExclusive).unwrap();
        assert_eq!(left_in(folder.path()), [] as [&Path; 0]);
        let Unfinished { file, part } = new;
        // As the end of a process does.
        drop(file);
        let part = part.unwrap().keep().unwrap();
        fs::write(folder.path().join("other.part"), "").unwrap();
        assert_eq!(left_in(folder.path()), [part]);
    }

    #[test]
    fn changes_of_one_folder_wait_for_each_other() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("count");
        write(&path, b"0").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| {
                    alone_in(folder.path(), || {
                        let count: u32 = fs::read_to_string(&path).unwrap().parse().unwrap();
                        write(&path, (count + 1).to_string().as_bytes()).unwrap();
                    });
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap(), "12");
    }
}
