//! The labels of the custom fields, from where the browser has them too: the file that was named, the account's own
//! file, Cube, else none.

use super::{Account, Failure, output};
use crate::cube::Error;
use crate::fields::{self, BadEntry, FieldMap, Source};
use std::path::Path;

/// The labels, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// Key → label.
    pub(super) fields: FieldMap,
    /// Where they are from.
    pub(super) source: Source,
    /// Entries that were left out.
    pub(super) bad: Vec<BadEntry>,
}

/// Finds the labels. What is wrong with a source is said, and the next one used.
///
/// # Errors
/// Cube refuses the credential, so that nothing else is worth asking either.
pub(super) async fn find(account: &Account) -> Result<Labels, Failure> {
    match of_files(account) {
        Some(labels) => Ok(labels),
        None => of_cube(account, Error::stops_the_list).await,
    }
}

/// Finds the labels where ids must not stand in for them by chance: a report has the same heads every day.
///
/// # Errors
/// Cube can't be asked for them at the moment. That there are none for us is no error.
pub(super) async fn find_surely(account: &Account) -> Result<Labels, Failure> {
    match of_files(account) {
        Some(labels) => Ok(labels),
        None => of_cube(account, |error| !matches!(error.status(), Some(403 | 404))).await,
    }
}

/// The labels of the file that was named, or else of the account's own.
fn of_files(account: &Account) -> Option<Labels> {
    let named = account.custom_fields.as_deref().map(|path| (path, Source::Named(path.to_owned())));
    if let Some(labels) = named.and_then(|(path, source)| of_file(path, source)) {
        return Some(labels);
    }
    let own = account.folders.custom_fields(account.cube.origin()).filter(|path| path.exists());
    own.and_then(|path| of_file(&path, Source::Folder(path.clone())))
}

/// Cube's labels; none, where it has none to give and that is not `grave`.
async fn of_cube(account: &Account, grave: impl Fn(&Error) -> bool) -> Result<Labels, Failure> {
    let json = match account.cube.custom_fields().await {
        Ok(json) => json,
        Err(error) if grave(&error) => return Err(error.into()),
        Err(error) => {
            output::say(error.to_message());
            return Ok(Labels::default());
        }
    };
    match FieldMap::read(&json) {
        Ok((fields, bad)) => Ok(Labels { fields, source: Source::Cube, bad }),
        Err(broken) => {
            output::say(format!("the labels from Cube can't be used: {broken}"));
            Ok(Labels::default())
        }
    }
}

fn of_file(path: &Path, source: Source) -> Option<Labels> {
    match fields::file::read(path) {
        Ok((fields, bad)) => Some(Labels { fields, source, bad }),
        Err(error) => {
            output::say(format!("{error}: {}", error.why));
            None
        }
    }
}
