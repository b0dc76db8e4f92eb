//! Reads a mapping file. Whatever lies at its path, this ends soon: no pipe is waited for, no device read, and of a
//! huge file only so much as shows that it is one.

use crate::language::tr;
#[cfg(test)]
mod tests;

use super::mapping::LARGEST;
use super::{BadEntry, FieldMap, NotAMapping};
use crate::system::trust::{self, Distrust};
use crate::text;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A mapping file that can't be used: which one, why, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}", tr!("reading the labels from {text}", text = text::path(path)))]
pub struct BadFile {
    /// The path, as it was given.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub why: Unusable,
}

/// Why a mapping file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// Nothing is there, or a link to nothing.
    #[error("{}", tr!("there is no such file; check its name"))]
    Missing,
    /// Its permissions keep us out.
    #[error("{}", tr!("you may not read it; give yourself leave with chmod u+r"))]
    Forbidden,
    /// The system fails otherwise.
    #[error("{}", tr!("the system cannot read it"))]
    Io(#[source] io::Error),
    /// It can be another's doing.
    #[error(transparent)]
    Distrusted(#[from] Distrust),
    /// A folder, a pipe, a device.
    #[error("{}", tr!("it is not a file; name a JSON file"))]
    NotAFile,
    /// UTF-16, as some Windows programs write.
    #[error("{}", tr!("it is written in UTF-16; save it as UTF-8"))]
    Utf16,
    /// Bytes that UTF-8 does not have.
    #[error("{}", tr!("line {line} is not UTF-8, but perhaps Latin-1; save the file as UTF-8", line))]
    NotUtf8 {
        /// The first line that is not, from 1.
        line: usize,
    },
    /// Not a mapping, or one without a label.
    #[error(transparent)]
    Content(NotAMapping),
}

/// Reads the mapping at `path`, and names the entries that were left out.
///
/// # Errors
/// [`BadFile`] when there is no mapping to be had from it.
pub fn read(path: &Path) -> Result<(FieldMap, Vec<BadEntry>), BadFile> {
    let mapping = bytes(path).and_then(decode);
    let mapping = mapping.and_then(|json| FieldMap::read(&json).map_err(Unusable::Content));
    mapping.map_err(|why| BadFile { path: path.to_owned(), why })
}

fn bytes(path: &Path) -> Result<Vec<u8>, Unusable> {
    // Asked before opening, since to open a pipe is to wait for its writer.
    if !fs::metadata(path)?.is_file() {
        return Err(Unusable::NotAFile);
    }
    let mut bytes = Vec::new();
    // One byte over the limit, so that the mapping itself is found too large.
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let file = File::open(path)?;
    trust::check(path, &file.metadata()?)?;
    file.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > LARGEST {
        return Err(Unusable::Content(NotAMapping::TooLarge));
    }
    Ok(bytes)
}

fn decode(bytes: Vec<u8>) -> Result<String, Unusable> {
    // JSON begins with ASCII, so without a byte order mark a NUL among its first two bytes tells as much.
    let is_utf16 = matches!(bytes.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..]);
    if is_utf16 {
        return Err(Unusable::Utf16);
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        Unusable::NotUtf8 { line: 1 + before.filter(|&&byte| byte == b'\n').count() }
    })
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            io::ErrorKind::IsADirectory => Self::NotAFile,
            _ => Self::Io(error),
        }
    }
}
