//! A new file, readable by its owner alone. It is written beside its name and gets it when it is whole: nobody ever
//! sees a part of it, and what was there before stays until then.
//!
//! What has the name already is only replaced where that was asked for, and a link never: what it leads to may be
//! another's. A device or a pipe is written into as it is.

use super::Failure;
use crate::text::{self, SafeText};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Why a file can't be made.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is one already.
    #[error("{name} is there already; take another name, or --force to replace it")]
    Exists {
        /// Its name.
        name: SafeText<'static>,
    },
    /// There is something else.
    #[error("{name} is {what}; take another name")]
    NotAFile {
        /// Its name.
        name: SafeText<'static>,
        /// What it is.
        what: &'static str,
    },
    /// The system refuses.
    #[error("making {name}: {}", words(.why))]
    System {
        /// The name it was to have.
        name: SafeText<'static>,
        /// Why.
        why: io::Error,
    },
}

/// A file on its way to its name. Dropped without [`keep`](Self::keep), it is gone.
#[derive(Debug)]
pub(super) struct NewFile {
    name: SafeText<'static>,
    file: File,
    way: Way,
}

/// How the file gets its name.
#[derive(Debug)]
enum Way {
    /// It lies beside it, under another one.
    Beside { path: PathBuf, part: TempPath, replaces: bool },
    /// It has it: a device or a pipe.
    There,
}

impl NewFile {
    /// Makes ready for a file at `path`, which `replaces` what is there or must find nothing there.
    pub(super) fn at(path: &Path, replaces: bool) -> Result<Self, Refused> {
        let name = text::path(path);
        let system = |why| Refused::System { name: name.clone(), why };
        let not_a_file = |what| Refused::NotAFile { name: name.clone(), what };
        match fs::symlink_metadata(path) {
            Ok(there) => {
                let kind = fs::metadata(path).unwrap_or_else(|_| there.clone()).file_type();
                if kind.is_char_device() || kind.is_fifo() {
                    let file = open_as_it_is(path).map_err(system)?;
                    return Ok(Self { name, file, way: Way::There });
                }
                if there.is_symlink() {
                    return Err(not_a_file("a link"));
                }
                if !there.is_file() {
                    return Err(not_a_file(if there.is_dir() { "a folder" } else { "no file" }));
                }
                if !replaces {
                    return Err(Refused::Exists { name });
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(system(error)),
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let part = tempfile::Builder::new().prefix(".cubedex-").suffix(".part").tempfile_in(folder);
        let (file, part) = part.map_err(system)?.into_parts();
        Ok(Self { name, file, way: Way::Beside { path: path.to_owned(), part, replaces } })
    }

    /// What a message calls it.
    pub(super) fn name(&self) -> &SafeText<'static> {
        &self.name
    }

    /// A handle to write with.
    pub(super) fn handle(&self) -> Result<File, Refused> {
        self.file.try_clone().map_err(|why| Refused::System { name: self.name.clone(), why })
    }

    /// Gives it its name: it is whole.
    pub(super) fn keep(self) -> Result<(), Refused> {
        let Self { name, file, way } = self;
        let Way::Beside { path, part, replaces } = way else { return Ok(()) };
        // A full disk may only show here.
        let kept = file.sync_all().and_then(|()| {
            let named = if replaces { part.persist(&path) } else { part.persist_noclobber(&path) };
            named.map_err(|error| error.error)
        });
        kept.map_err(|why| match why.kind() {
            io::ErrorKind::AlreadyExists => Refused::Exists { name },
            _ => Refused::System { name, why },
        })
    }
}

/// Opens a device, or a pipe that somebody reads: one that nobody reads would keep us waiting for ever.
fn open_as_it_is(path: &Path) -> io::Result<File> {
    let file =
        OpenOptions::new().write(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)?;
    let flags = fcntl_getfl(&file)?;
    fcntl_setfl(&file, flags - OFlags::NONBLOCK)?;
    Ok(file)
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Exists { .. } | Refused::NotAFile { .. } => Self::Usage(refused.to_string()),
            Refused::System { .. } => Self::Other(refused.into()),
        }
    }
}

/// A system's error without its number.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "no space is left there".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not write there".to_owned(),
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written there".to_owned(),
        _ => {
            let words = error.to_string();
            words.split(" (os error").next().unwrap_or_default().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::FileType;
    use std::io::Write;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use tempfile::tempdir;

    /// Makes a file that says "new".
    fn make(path: &Path, replaces: bool) -> Result<(), Refused> {
        let file = NewFile::at(path, replaces)?;
        file.handle()?.write_all(b"new").unwrap();
        file.keep()
    }

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_its_owner_s_alone_and_nothing_lies_beside_it() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("new.csv");
        make(&path, false).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(folder.path()), ["new.csv"]);
    }

    #[test]
    fn a_file_that_is_not_kept_is_gone() {
        let folder = tempdir().unwrap();
        let file = NewFile::at(&folder.path().join("new.csv"), false).unwrap();
        file.handle().unwrap().write_all(b"half").unwrap();
        assert_eq!(names(folder.path()).len(), 1);
        drop(file);
        assert_eq!(names(folder.path()), [] as [&str; 0]);
    }

    #[test]
    fn what_is_there_is_only_replaced_where_that_was_asked_for() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("old.csv");
        fs::write(&path, "old").unwrap();
        let said = make(&path, false).unwrap_err().to_string();
        assert!(
            said.ends_with("old.csv is there already; take another name, or --force to replace it"),
            "{said}"
        );
        assert_eq!(fs::read(&path).unwrap(), b"old");
        make(&path, true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn a_file_that_came_meanwhile_is_not_replaced() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("new.csv");
        let file = NewFile::at(&path, false).unwrap();
        fs::write(&path, "other").unwrap();
        assert!(matches!(file.keep(), Err(Refused::Exists { .. })));
        assert_eq!((fs::read(&path).unwrap(), names(folder.path()).len()), (b"other".to_vec(), 1));
    }

    #[test]
    fn a_link_is_neither_followed_nor_replaced() {
        let folder = tempdir().unwrap();
        let (path, other) = (folder.path().join("link.csv"), folder.path().join("other.csv"));
        symlink(&other, &path).unwrap();
        for is_there in [false, true] {
            if is_there {
                fs::write(&other, "old").unwrap();
            }
            let said = make(&path, true).unwrap_err().to_string();
            assert!(said.ends_with("link.csv is a link; take another name"), "{said}");
        }
        assert_eq!(fs::read(&other).unwrap(), b"old");
    }

    #[test]
    fn a_folder_is_no_file_and_a_missing_one_is_told() {
        let folder = tempdir().unwrap();
        assert!(
            make(folder.path(), true).unwrap_err().to_string().ends_with("is a folder; take another name")
        );
        let said = make(&folder.path().join("none/new.csv"), false).unwrap_err().to_string();
        assert!(said.ends_with("none/new.csv: there is no such folder"), "{said}");
    }

    #[test]
    fn a_device_is_written_into_and_a_pipe_without_a_reader_refused_at_once() {
        make(Path::new("/dev/null"), false).unwrap();
        let full = NewFile::at(Path::new("/dev/full"), false).unwrap();
        assert_eq!(full.handle().unwrap().write_all(b"x").unwrap_err().kind(), io::ErrorKind::StorageFull);
        let folder = tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
        assert!(matches!(NewFile::at(&pipe, false), Err(Refused::System { .. })));
    }
}
