//! Why there is nothing to show, in a few lines for the middle of the screen.

use super::scope::unreadable;
use super::{Keys, age};
use crate::cube::{CALL_OUTCOMES, Error, Moment};
use crate::keys::Action;
use crate::list::Scope;
use std::sync::Arc;

/// Everything that decides what is said.
#[derive(Debug, Clone)]
pub struct Emptiness<'a> {
    /// How much of the list is loaded.
    pub scope: Scope,
    /// The list: "assignment 9".
    pub list: &'a str,
    /// What the list's records are called, in the singular.
    pub noun: &'a str,
    /// Why the first page could not be read.
    pub failure: Option<Arc<Error>>,
    /// The kind of credential, and where it comes from. `None` for one that was typed here.
    pub credential: (&'a str, Option<&'a str>),
    /// The time.
    pub now: Moment,
}

/// The lines. `None` while there are customers, or while they are on their way.
#[must_use]
pub fn emptiness(state: &Emptiness<'_>, keys: &Keys<'_>) -> Option<Vec<String>> {
    let Emptiness { scope, list, noun, .. } = state;
    let (retry, refresh) = (keys.key(Action::Retry), keys.key(Action::Refresh));
    if scope.loaded > 0 {
        return None;
    }
    if let Some(error) = &state.failure {
        return Some(failed(state, error, &retry));
    }
    let lines = match unreadable(scope) {
        _ if !scope.ended || scope.missing > 0 => return None,
        Some(unread) => [format!("{list}: {unread}"), String::new(), format!("{retry} retries")],
        None if scope.cut_short => [
            format!("{list}: Cube says that there are {noun}s, and sends none"),
            String::new(),
            format!("{refresh} refreshes the list"),
        ],
        None if *noun == CALL_OUTCOMES.noun => [
            format!("No {list}"),
            String::new(),
            format!("{} shows more days · {} goes back", keys.key(Action::CallList), keys.key(Action::Back)),
        ],
        None => [
            format!("{list} has no {noun}s"),
            String::new(),
            "Is it the right list? Cube's own screens show each list's number.".to_owned(),
        ],
    };
    Some(lines.into())
}

fn failed(state: &Emptiness<'_>, error: &Error, retry: &str) -> Vec<String> {
    let mut lines = vec![error.to_message(), String::new()];
    if error.status() == Some(401) {
        let (kind, source) = state.credential;
        lines.push(match source {
            Some(source) => format!("Your {kind} is wrong or has expired. It comes from {source}."),
            None => format!("The {kind} that you entered is refused too."),
        });
        lines.push(format!("{retry} enters a new one · to save it: cubedex login"));
    } else {
        lines.push(format!("failed at {} · {retry} retries", age(error.at(), state.now)));
    }
    lines
}
