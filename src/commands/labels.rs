//! The labels of the custom fields for a command: those of the session, else Cube's. What is wrong is told at once.

use super::{Failure, Session};
use crate::cube::Error;
use crate::fields::Labels;
use crate::prompt::tell;

/// Finds the labels. What is wrong with a source is told, and the next one used.
///
/// # Errors
/// Cube refuses the credential, so that nothing else is worth asking either.
pub(super) async fn find(session: &Session) -> Result<Labels, Failure> {
    let labels = look_for(session).await?;
    tell_problems(&labels);
    Ok(labels)
}

/// Finds the labels where ids must not replace them by chance: a report has the same header row every day.
///
/// # Errors
/// Cube can't be asked for them at the moment. That Cube has none for us is no error.
pub(super) async fn find_surely(session: &Session) -> Result<Labels, Failure> {
    let labels = find_with(session, |error| !matches!(error.status(), Some(403 | 404))).await?;
    tell_problems(&labels);
    Ok(labels)
}

/// Finds the labels and says nothing of what is wrong with them.
///
/// # Errors
/// Cube refuses the credential.
pub(super) async fn look_for(session: &Session) -> Result<Labels, Failure> {
    find_with(session, Error::stops_the_list).await
}

async fn find_with(session: &Session, is_grave: impl Fn(&Error) -> bool) -> Result<Labels, Failure> {
    let labels = session.labels();
    if !labels.source.wants_cube() {
        return Ok(labels);
    }
    match session.cube.custom_fields().await {
        Ok(json) => Ok(labels.or(Labels::of_cube(&json))),
        Err(error) if is_grave(&error) => {
            tell_unusable(&labels);
            Err(error.into())
        }
        Err(error) => Ok(labels.or(error.into())),
    }
}

/// Tells which sources can't be used.
pub(super) fn tell_unusable(labels: &Labels) {
    labels.unusable.iter().for_each(tell);
}

fn tell_problems(labels: &Labels) {
    tell_unusable(labels);
    if let [first, others @ ..] = labels.left_out.as_slice() {
        let others = match others.len() {
            0 => String::new(),
            more => format!(" (and {more} more: cubedex fields check names them)"),
        };
        tell(format!("{}: {first}{others}", labels.source));
    }
}
