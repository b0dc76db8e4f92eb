//! Where the labels of an account's custom fields come from:
//!
//! ```text
//! the file that was named, else the account's file in the configuration folder ─┐ added to
//!                                                          Cube's, or the demo's ◀┘
//! ```
//!
//! Only Cube needs a request. The browser asks it while it shows the first page, a command before its output.

use crate::config::{Folders, Settings, Target};
use crate::cube::Origin;
use crate::demo;
use crate::fields::{FieldMap, Labels, Source};
use std::path::Path;

/// The labels that need no request, by the settings alone.
#[must_use]
pub fn known(settings: &Settings, folders: &Folders) -> Labels {
    let named = settings.custom_fields.as_deref();
    match &settings.target {
        Target::Account { origin, .. } => without_request(named, folders, Some(origin), false),
        Target::Demo { .. } => without_request(named, folders, None, true),
    }
}

/// The labels that need no request; what is wrong with a file is in them. Those of a file are still to be added to Cube's.
pub(super) fn without_request(
    named: Option<&Path>,
    folders: &Folders,
    origin: Option<&Origin>,
    is_demo: bool,
) -> Labels {
    let own =
        origin.and_then(|origin| folders.custom_fields(origin)).filter(|path| !is_demo && path.exists());
    let named = named.map(|path| (path.to_owned(), Source::Named(path.to_owned())));
    let own = own.map(|path| (path.clone(), Source::Folder(path)));
    let mut labels = Labels::default();
    for (path, source) in named.into_iter().chain(own) {
        if labels.source != Source::Ids {
            break;
        }
        match Labels::of_file(&path, source) {
            Ok(found) => labels = labels.or(found),
            Err(bad) => labels.unusable.push(bad),
        }
    }
    if is_demo {
        let fields = FieldMap::read(demo::CUSTOM_FIELDS).map(|(fields, _)| fields).unwrap_or_default();
        labels = labels.or(Labels { fields, source: Source::Demo, ..Labels::default() });
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::fs;

    const MAPPING: &str = r#"{"17": "Class"}"#;

    /// The labels of acme with these files: the one that is named and the account's own.
    fn found(named: Option<&str>, own: Option<&str>, is_demo: bool) -> Labels {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { config: Some(folder.path().to_owned()), ..Folders::default() };
        let origin = Origin::account("acme").unwrap();
        let named = named.map(|json| {
            let path = folder.path().join("named.json");
            fs::write(&path, json).unwrap();
            path
        });
        if let Some(json) = own {
            fs::write(folders.custom_fields(&origin).unwrap(), json).unwrap();
        }
        without_request(named.as_deref(), &folders, Some(&origin), is_demo)
    }

    fn source(labels: &Labels) -> &'static str {
        match labels.source {
            Source::Named(_) => "named",
            Source::Folder(_) => "folder",
            Source::Added { .. } => "added",
            Source::Demo => "demo",
            Source::Cube => "cube",
            Source::Ids => "none",
        }
    }

    #[rstest]
    #[case::named(Some(MAPPING), Some(MAPPING), false, "named", 0)]
    #[case::added_to_the_demo(Some(MAPPING), None, true, "added", 0)]
    #[case::the_demo_before_a_file_that_was_not_named(None, Some(MAPPING), true, "demo", 0)]
    #[case::the_demo_behind_a_broken_file(Some("{"), None, true, "demo", 1)]
    #[case::own_file(None, Some(MAPPING), false, "folder", 0)]
    #[case::own_file_behind_a_broken_one(Some("{"), Some(MAPPING), false, "folder", 1)]
    #[case::both_broken(Some("{"), Some("{"), false, "none", 2)]
    #[case::own_file_behind_one_without_a_label(Some("[]"), Some(MAPPING), false, "folder", 1)]
    #[case::neither_with_a_label(Some("{}"), Some("{\"Class\": 17}"), false, "none", 2)]
    #[case::no_file(None, None, false, "none", 0)]
    fn the_first_usable_file_counts(
        #[case] named: Option<&str>,
        #[case] own: Option<&str>,
        #[case] is_demo: bool,
        #[case] expected: &str,
        #[case] unusable: usize,
    ) {
        let labels = found(named, own, is_demo);
        assert_eq!((source(&labels), labels.unusable.len()), (expected, unusable));
    }

    #[test]
    fn a_broken_file_is_named_with_its_path_or_in_short_without() {
        let labels = found(Some("{"), None, false);
        let long = labels.unusable[0].to_string();
        assert!(
            long.starts_with("reading the labels from /") && long.contains("named.json: the JSON"),
            "{long}"
        );
        assert!(labels.problems()[0].starts_with("named.json: the JSON"), "{:?}", labels.problems());
    }
}
