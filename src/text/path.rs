//! A path as a message may hold it.

use super::{Place, SafeText, clean_str};
use std::path::Path;

/// The whole path, cleaned.
#[must_use]
pub fn path(path: &Path) -> SafeText<'static> {
    clean_str(&path.to_string_lossy(), Place::Message).into_owned()
}

/// The path's last part alone, cleaned; the whole path where it has none.
#[must_use]
pub fn file_name(path: &Path) -> SafeText<'static> {
    clean_str(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy(), Place::Message).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("/home/kari/map.json", "/home/kari/map.json", "map.json")]
    #[case::hostile("a\u{1b}]0;x\u{7}\n/b\u{202e}c", "a␛]0;x␇⏎/bc", "bc")]
    #[case::no_last_part("..", "..", "..")]
    fn a_path_is_cleaned(#[case] raw: &str, #[case] whole: &str, #[case] name: &str) {
        assert_eq!(path(Path::new(raw)).as_str(), whole);
        assert_eq!(file_name(Path::new(raw)).as_str(), name);
    }
}
