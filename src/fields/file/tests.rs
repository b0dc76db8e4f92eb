//! Files of every kind at the path of a mapping.

use super::*;
use rstest::rstest;
use std::error::Error;
use tempfile::TempDir;

/// A folder with one file.
fn file(content: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("labels.json");
    fs::write(&path, content).unwrap();
    (folder, path)
}

/// Why a path is refused.
fn refused(path: &Path) -> String {
    let error = read(path).unwrap_err();
    assert!(error.to_string().starts_with("reading the labels from "));
    error.source().unwrap().to_string()
}

#[test]
fn a_mapping_is_read_with_its_bad_entries() {
    let (_folder, path) = file("\u{feff}{\"17\": \"Hårklipp\",\r\n\"x\": \"y\"}".as_bytes());
    let (map, bad) = read(&path).unwrap();
    assert_eq!(map.label("crm__custom_info__17").unwrap().as_str(), "Hårklipp");
    assert_eq!(bad[0].to_string(), "entry on line 2: \"x\" is not a custom field's id");
}

#[rstest]
#[case::empty(b"", "there is nothing in it")]
#[case::broken(b"[\n  {\"id\": 1,,}\n]", "the JSON is broken at line 2, column 12")]
#[case::without_a_label(b"[]", "the list in it is empty")]
#[case::latin_1(b"{\"1\":\n\"H\xe5r\"}", "line 2 is not UTF-8, but perhaps Latin-1; save the file as UTF-8")]
#[case::utf_16_little(b"\xff\xfe{\0}\0", "it is written in UTF-16; save it as UTF-8")]
#[case::utf_16_big(b"\xfe\xff\0{\0}", "it is written in UTF-16; save it as UTF-8")]
#[case::utf_16_unmarked(b"{\0\"\x001\0", "it is written in UTF-16; save it as UTF-8")]
#[case::utf_16_big_unmarked(b"\0{\0}", "it is written in UTF-16; save it as UTF-8")]
fn a_file_that_is_no_mapping_is_refused(#[case] content: &[u8], #[case] why: &str) {
    let (_folder, path) = file(content);
    assert_eq!(refused(&path), why);
}

#[test]
fn a_file_is_read_up_to_the_largest_size() {
    let mut content = b"{\"17\": \"Class\"}".to_vec();
    content.resize(LARGEST, b' ');
    let (_folder, path) = file(&content);
    assert_eq!(read(&path).unwrap().0.len(), 1);
    content.push(b' ');
    fs::write(&path, content).unwrap();
    assert_eq!(refused(&path), "it is larger than 4 MiB, which no list of custom fields is");
}

#[test]
fn a_folder_and_a_missing_file_are_named() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(refused(folder.path()), "it is not a file; name a JSON file");
    let missing = folder.path().join("a\u{1b}b.json");
    assert_eq!(refused(&missing), "there is no such file; check its name");
    assert!(read(&missing).unwrap_err().to_string().ends_with("a␛b.json"));
}

#[cfg(unix)]
#[test]
fn a_pipe_a_device_and_a_link_to_nothing_end_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    assert_eq!(refused(&pipe), "it is not a file; name a JSON file");
    assert_eq!(refused(Path::new("/dev/zero")), "it is not a file; name a JSON file");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("nowhere", &link).unwrap();
    assert_eq!(refused(&link), "there is no such file; check its name");
}
