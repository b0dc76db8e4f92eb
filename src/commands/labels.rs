//! The labels of the custom fields for a command: those of the session, else Cube's. What is wrong is told at once.

use super::{Failure, Session};
use crate::cube::Error;
use crate::fields::{Labels, Source};
use crate::prompt::tell;

/// Finds the labels. What is wrong with a source is told, and the next one used.
///
/// # Errors
/// Cube refuses the credential, so that nothing else is worth asking either.
pub(super) async fn find(session: &Session) -> Result<Labels, Failure> {
    find_with(session, Error::stops_the_list).await
}

/// Finds the labels where ids must not replace them by chance: a report has the same header row every day.
///
/// # Errors
/// Cube can't be asked for them at the moment. That Cube has none for us is no error.
pub(super) async fn find_surely(session: &Session) -> Result<Labels, Failure> {
    find_with(session, |error| !matches!(error.status(), Some(403 | 404))).await
}

async fn find_with(session: &Session, is_grave: impl Fn(&Error) -> bool) -> Result<Labels, Failure> {
    let labels = told(session.labels());
    if labels.source != Source::Ids {
        return Ok(labels);
    }
    match session.cube.custom_fields().await {
        Ok(json) => Ok(told(Labels::of_cube(&json))),
        Err(error) if is_grave(&error) => Err(error.into()),
        Err(error) => {
            tell(error.to_message());
            Ok(labels)
        }
    }
}

fn told(labels: Labels) -> Labels {
    labels.unusable.iter().for_each(tell);
    labels
}
