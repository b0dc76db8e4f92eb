//! Which labels the custom fields have before anybody is asked.

use crate::app::Labels;
use crate::config::Folders;
use crate::cube::Origin;
use crate::demo;
use crate::fields::{self, FieldMap, Source};
use crate::text;
use std::path::Path;

/// The labels that need no request: from the file that was named, else from the account's file, else the demo's.
/// Without any, the app asks Cube.
pub(super) fn labels(named: Option<&Path>, folders: &Folders, origin: &Origin, is_demo: bool) -> Labels {
    let mut problems = Vec::new();
    let from = |path: &Path, source: Source, problems: &mut Vec<String>| match fields::file::read(path) {
        Ok((fields, bad)) => {
            problems.extend(bad.iter().map(ToString::to_string));
            Some(Labels { fields, source, problems: std::mem::take(problems) })
        }
        Err(error) => {
            // The line at the bottom is short: whoever named the file knows its folder.
            let name = error.path.file_name().unwrap_or_default().to_string_lossy();
            problems.push(format!("{}: {}", text::clean_str(&name, text::Place::Message), error.why));
            None
        }
    };
    if let Some(labels) = named.and_then(|path| from(path, Source::Named(path.to_owned()), &mut problems)) {
        return labels;
    }
    if is_demo && let Ok((fields, _)) = FieldMap::read(demo::CUSTOM_FIELDS) {
        return Labels { fields, source: Source::Demo, problems };
    }
    let own = folders.custom_fields(origin).filter(|path| path.exists());
    let labels = own.and_then(|path| from(&path, Source::Folder(path.clone()), &mut problems));
    labels.unwrap_or(Labels { problems, ..Labels::default() })
}
