//! Reads a mapping file. Whatever lies at the path, this ends: no pipe is waited for, no huge file is read.

use crate::fields::{BadEntry, BrokenSyntax, FieldMap};
use crate::text::{self, Place};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read. A mapping of 5,000 fields takes less than a fifth of it.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Why a mapping file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadFile {
    /// It can't be opened or read.
    #[error("can't read {}", shown(.path))]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// A folder, a pipe, a device.
    #[error("{} is not a file", shown(.path))]
    NotAFile {
        /// Which path.
        path: PathBuf,
    },
    /// Larger than any mapping.
    #[error("{} is larger than 4 MiB: is it a mapping?", shown(.path))]
    TooLarge {
        /// Which file.
        path: PathBuf,
    },
    /// Bytes that are not UTF-8.
    #[error("{} is not UTF-8: save it as UTF-8", shown(.path))]
    NotUtf8 {
        /// Which file.
        path: PathBuf,
    },
    /// Not a mapping.
    #[error("{}: {broken}", shown(.path))]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Where it breaks.
        broken: BrokenSyntax,
    },
}

/// Reads the mapping at `path`, and names the entries that were left out.
///
/// # Errors
/// See [`BadFile`]; each says which file it is.
pub fn read(path: &Path) -> Result<(FieldMap, Vec<BadEntry>), BadFile> {
    let path = path.to_owned();
    let io = |cause| BadFile::Io { path: path.clone(), cause };
    // Asked before opening: to open a pipe would wait for its writer.
    if !fs::metadata(&path).map_err(io)?.is_file() {
        return Err(BadFile::NotAFile { path });
    }
    let mut bytes = Vec::new();
    fs::File::open(&path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(io)?;
    if bytes.len() as u64 > LARGEST {
        return Err(BadFile::TooLarge { path });
    }
    let Ok(json) = String::from_utf8(bytes) else {
        return Err(BadFile::NotUtf8 { path });
    };
    FieldMap::read(&json).map_err(|broken| BadFile::Syntax { path, broken })
}

fn shown(path: &Path) -> String {
    text::clean(&path.to_string_lossy().as_ref().into(), Place::Message).to_string()
}
