//! The text of a file that was named, or of standard input.

use crate::commands::Failure;
use crate::text;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A larger file than this is not read: a million customers with a few columns each take a tenth of it.
const LARGEST: u64 = 256 << 20;

/// Reads the file, all of it.
///
/// # Errors
/// It can't be read, is too large, or is no UTF-8.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let is_standard = path.as_os_str() == "-";
    let name = if is_standard { "standard input".into() } else { text::path(path) };
    let usage = |why: String| Failure::Usage(format!("{name}: {why}"));
    let bytes = bytes(path, is_standard).map_err(|why| {
        usage(match why.kind() {
            io::ErrorKind::NotFound => "there is no such file; check its name".to_owned(),
            io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder; name a CSV file".to_owned(),
            _ => super::super::file::words(&why),
        })
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(usage(format!("it is larger than {} MiB; divide it", LARGEST >> 20)));
    }
    if matches!(bytes.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Err(usage("it is written in UTF-16; save it as CSV UTF-8".to_owned()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = 1 + before.filter(|&&byte| byte == b'\n').count();
        usage(format!("line {line} is not UTF-8, but perhaps Latin-1; save the file as CSV UTF-8"))
    })
}

fn bytes(path: &Path, is_standard: bool) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let from: Box<dyn Read> = if is_standard { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
