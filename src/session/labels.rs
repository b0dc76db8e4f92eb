//! Where the labels of an account's custom fields come from. The first source that can be used counts:
//!
//! ```text
//! the file that was named ─▶ the demo's own ─▶ the account's file in the configuration folder ─▶ Cube ─▶ none
//! ```
//!
//! Only Cube needs a request. The browser asks it while it shows the first page, a command before its output.

use crate::config::Folders;
use crate::cube::Origin;
use crate::demo;
use crate::fields::{FieldMap, Labels, Source};
use std::path::Path;

/// The labels of the first usable source before Cube; what is wrong with the sources before that is in them.
pub(super) fn without_request(
    named: Option<&Path>,
    folders: &Folders,
    origin: &Origin,
    is_demo: bool,
) -> Labels {
    let mut unusable = Vec::new();
    let mut found = None;
    if let Some(path) = named {
        found = Labels::of_file(path, Source::Named(path.to_owned())).map_err(|bad| unusable.push(bad)).ok();
    }
    if found.is_none() && is_demo {
        let fields = FieldMap::read(demo::CUSTOM_FIELDS).ok().map(|(fields, _)| fields);
        found = fields.map(|fields| Labels { fields, source: Source::Demo, ..Labels::default() });
    }
    let own = folders.custom_fields(origin).filter(|path| found.is_none() && path.exists());
    if let Some(path) = own {
        found = Labels::of_file(&path, Source::Folder(path.clone())).map_err(|bad| unusable.push(bad)).ok();
    }
    Labels { unusable, ..found.unwrap_or_default() }
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
        let folders = Folders { config: Some(folder.path().to_owned()), state: None };
        let origin = Origin::account("acme").unwrap();
        let named = named.map(|json| {
            let path = folder.path().join("named.json");
            fs::write(&path, json).unwrap();
            path
        });
        if let Some(json) = own {
            fs::write(folders.custom_fields(&origin).unwrap(), json).unwrap();
        }
        without_request(named.as_deref(), &folders, &origin, is_demo)
    }

    fn source(labels: &Labels) -> &'static str {
        match labels.source {
            Source::Named(_) => "named",
            Source::Folder(_) => "folder",
            Source::Demo => "demo",
            Source::Cube => "cube",
            Source::Ids => "none",
        }
    }

    #[rstest]
    #[case::named(Some(MAPPING), Some(MAPPING), true, "named", 0)]
    #[case::the_demo_before_a_file_that_was_not_named(None, Some(MAPPING), true, "demo", 0)]
    #[case::the_demo_behind_a_broken_file(Some("{"), None, true, "demo", 1)]
    #[case::own_file(None, Some(MAPPING), false, "folder", 0)]
    #[case::own_file_behind_a_broken_one(Some("{"), Some(MAPPING), false, "folder", 1)]
    #[case::both_broken(Some("{"), Some("{"), false, "none", 2)]
    #[case::own_file_behind_one_without_a_label(Some("[]"), Some(MAPPING), false, "folder", 1)]
    #[case::neither_with_a_label(Some("{}"), Some("{\"Class\": 17}"), false, "none", 2)]
    #[case::no_file(None, None, false, "none", 0)]
    fn the_first_usable_source_counts(
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
