//! A new file, readable by its owner alone. It gets its name when it is whole: no one ever sees a part of it, and what
//! was there before stays until then.
//!
//! What has the name already is only replaced where that was asked for, and a link never: what it leads to may be
//! another's. A device or a pipe is written into as it is.

use super::Failure;
use crate::language::{later, tr};
use crate::prompt::tell;
use crate::system::unfinished::{self, Unfinished};
use crate::text::{self, SafeText};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Why a file can't be made.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is one already.
    #[error("{}", tr!("{name} is there already; take another name, or --force to replace it", name))]
    Exists {
        /// Its name.
        name: SafeText<'static>,
    },
    /// There is something else.
    #[error("{}", tr!("{name} is {what}; take another name", name, what = tr!(what)))]
    NotAFile {
        /// Its name.
        name: SafeText<'static>,
        /// What it is.
        what: &'static str,
    },
    /// The system refuses.
    #[error("{}", tr!("making {name}: {why}", name, why = words(why)))]
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
    to: To,
}

/// What is written into.
#[derive(Debug)]
enum To {
    /// A file that gets its name at the end.
    New { path: PathBuf, file: Unfinished, replaces: bool },
    /// A device or a pipe, which has its name.
    There(File),
}

impl NewFile {
    /// Makes ready for a file at `path`, which `replaces` what is there or must find nothing there. What a run that was
    /// killed has left beside it is told.
    pub(super) fn at(path: &Path, replaces: bool) -> Result<Self, Refused> {
        let file = Self::quietly_at(path, replaces)?;
        if let To::New { path, .. } = &file.to {
            for left in unfinished::left_in(folder_of(path)) {
                let left = text::path(&left);
                tell(format!(
                    "{left} is left of a run that was killed, and may hold customers; remove it with: rm {left}"
                ));
            }
        }
        Ok(file)
    }

    /// The same, with nothing told: the screen is taken.
    pub(super) fn quietly_at(path: &Path, replaces: bool) -> Result<Self, Refused> {
        let name = text::path(path);
        let system = |why| Refused::System { name: name.clone(), why };
        let not_a_file = |what| Refused::NotAFile { name: name.clone(), what };
        match fs::symlink_metadata(path) {
            Ok(there) => {
                let kind = fs::metadata(path).unwrap_or_else(|_| there.clone()).file_type();
                if kind.is_char_device() || kind.is_fifo() {
                    let file = open_as_it_is(path).map_err(system)?;
                    return Ok(Self { name, to: To::There(file) });
                }
                if there.is_symlink() {
                    return Err(not_a_file(later!("a link")));
                }
                if !there.is_file() {
                    return Err(not_a_file(if there.is_dir() {
                        later!("a folder")
                    } else {
                        later!("no file")
                    }));
                }
                if !replaces {
                    return Err(Refused::Exists { name });
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(system(error)),
        }
        let file = Unfinished::in_folder(folder_of(path)).map_err(system)?;
        Ok(Self { name, to: To::New { path: path.to_owned(), file, replaces } })
    }

    /// What a message calls it.
    pub(super) fn name(&self) -> &SafeText<'static> {
        &self.name
    }

    /// Whether it is a device or a pipe, which keeps what it has taken.
    pub(super) fn is_stream(&self) -> bool {
        matches!(&self.to, To::There(_))
    }

    /// Whether it is a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(&self.to, To::There(file) if file.is_terminal())
    }

    /// A handle to write with.
    pub(super) fn handle(&self) -> Result<File, Refused> {
        let file = match &self.to {
            To::New { file, .. } => file.file(),
            To::There(file) => file,
        };
        file.try_clone().map_err(|why| Refused::System { name: self.name.clone(), why })
    }

    /// Gives it its name: it is whole.
    pub(super) fn keep(self) -> Result<(), Refused> {
        let Self { name, to } = self;
        let To::New { path, file, replaces } = to else { return Ok(()) };
        file.keep(&path, replaces).map_err(|why| match why.kind() {
            io::ErrorKind::AlreadyExists => Refused::Exists { name },
            _ => Refused::System { name, why },
        })
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Opens a device, or a pipe that somebody reads: one that no one reads would keep us waiting for ever.
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
        io::ErrorKind::StorageFull => tr!("no space is left there"),
        io::ErrorKind::QuotaExceeded => tr!("your share of the space there is used up"),
        io::ErrorKind::FileTooLarge => tr!("no file may be that large there (see ulimit -f)"),
        io::ErrorKind::PermissionDenied => tr!("you may not write there"),
        io::ErrorKind::NotFound => tr!("there is no such folder"),
        io::ErrorKind::ReadOnlyFilesystem => tr!("nothing can be written there"),
        _ => {
            let words = error.to_string();
            words.split(" (os error").next().unwrap_or_default().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use rustix::fs::FileType;
    use rustix::io::Errno;
    use std::io::Write;
    use std::os::unix::fs::symlink;
    use tempfile::tempdir;

    /// Makes a file that says "new".
    fn make(path: &Path, replaces: bool) -> Result<(), Refused> {
        let file = NewFile::at(path, replaces)?;
        file.handle()?.write_all(b"new").unwrap();
        file.keep()
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

    #[rstest]
    #[case::disk_full(Errno::NOSPC, "no space is left there")]
    #[case::quota(Errno::DQUOT, "your share of the space there is used up")]
    #[case::limit_of_the_process(Errno::FBIG, "no file may be that large there (see ulimit -f)")]
    #[case::read_only_disk(Errno::ROFS, "nothing can be written there")]
    #[case::read_only_folder(Errno::ACCESS, "you may not write there")]
    #[case::not_permitted(Errno::PERM, "you may not write there")]
    #[case::vanished(Errno::NOENT, "there is no such folder")]
    #[case::broken_disk(Errno::IO, "Input/output error")]
    fn what_the_system_refuses_is_said_in_plain_words(#[case] error: Errno, #[case] said: &str) {
        assert_eq!(words(&error.into()), said);
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
