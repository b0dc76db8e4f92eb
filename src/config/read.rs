//! Reads a person's own file so that nothing hangs and nothing is huge: a plain file, a megabyte at most, in UTF-8.

use crate::system::trust::{self, Distrust};
use rustix::fs::OFlags;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// A larger file is none that a person wrote.
const LARGEST: u64 = 1 << 20;

/// Why a file can't be read as text. None of them repeats what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is no such file, or a link that leads nowhere.
    #[error("there is no such file")]
    Missing,
    /// The system does not let us.
    #[error("it can't be read ({0}); check its permissions with ls -l")]
    Refused(io::ErrorKind),
    /// It can be another's doing.
    #[error(transparent)]
    Distrusted(#[from] Distrust),
    /// A folder, a pipe or a device.
    #[error("it is not a plain file")]
    NotPlain,
    /// More than a person writes.
    #[error("it is larger than 1 MB")]
    TooLarge,
    /// Bytes that are no UTF-8, and the first of their places.
    #[error("it is not UTF-8 text (line {line}, column {column}); save it as UTF-8")]
    NotText {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
}

/// The text of a person's own file that decides what the program does, without its byte order mark.
///
/// # Errors
/// [`Unreadable`], at once whatever lies there.
pub fn read_text(path: &Path) -> Result<String, Unreadable> {
    let (text, found) = text(path)?;
    trust::check(path, &found)?;
    Ok(text)
}

/// The text of a file, without its byte order mark, and what the system says of the very file that was read.
pub(super) fn text(path: &Path) -> Result<(String, Metadata), Unreadable> {
    // Opening a pipe that no one writes would wait for ever.
    let file = OpenOptions::new()
        .read(true)
        .custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed())
        .open(path)
        .map_err(|error| refused(&error))?;
    let found = file.metadata().map_err(|error| refused(&error))?;
    if !found.is_file() {
        return Err(Unreadable::NotPlain);
    }
    Ok((decode(bytes(&file)?)?, found))
}

fn bytes(file: &File) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    if bytes.len() as u64 > LARGEST { Err(Unreadable::TooLarge) } else { Ok(bytes) }
}

fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.split(|&byte| byte == b'\n').count();
        let column = 1 + good.iter().rev().take_while(|&&byte| byte != b'\n').count();
        Unreadable::NotText { line, column }
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

fn refused(error: &io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Unreadable::Missing,
        io::ErrorKind::IsADirectory => Unreadable::NotPlain,
        // What opening a socket says.
        _ if error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error()) => Unreadable::NotPlain,
        kind => Unreadable::Refused(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::fs;

    #[rstest]
    #[case::plain(b"a = 1\n", "a = 1\n")]
    #[case::mark(b"\xef\xbb\xbfa = 1", "a = 1")]
    #[case::empty(b"", "")]
    fn text_comes_without_its_byte_order_mark(#[case] bytes: &[u8], #[case] read: &str) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("f"), bytes).unwrap();
        assert_eq!(text(&folder.path().join("f")).unwrap().0, read);
    }

    #[rstest]
    #[case::latin_1(b"a = 1\nb = \"H\xe5r\"", Unreadable::NotText { line: 2, column: 7 })]
    #[case::utf_16(b"\xff\xfea\0", Unreadable::NotText { line: 1, column: 1 })]
    #[case::huge(&vec![b'#'; (1 << 20) + 1], Unreadable::TooLarge)]
    fn what_no_person_wrote_is_refused(#[case] bytes: &[u8], #[case] why: Unreadable) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("f"), bytes).unwrap();
        assert_eq!(text(&folder.path().join("f")).unwrap_err(), why);
    }

    #[test]
    fn what_is_no_plain_file_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        assert_eq!(text(&pipe).unwrap_err(), Unreadable::NotPlain);
        assert_eq!(text(&socket).unwrap_err(), Unreadable::NotPlain);
        assert_eq!(text(folder.path()).unwrap_err(), Unreadable::NotPlain);
        assert_eq!(text(Path::new("/dev/zero")).unwrap_err(), Unreadable::NotPlain);
        assert_eq!(text(&link).unwrap_err(), Unreadable::Missing);
    }
}
