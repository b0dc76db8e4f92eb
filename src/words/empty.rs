//! Why there is nothing to show, in a few lines for the middle of the screen.

use super::scope::unreadable;
use super::{Keys, age, noun};
use crate::cube::{CALL_OUTCOMES, Error, Moment};
use crate::keys::Action;
use crate::language::tr;
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
    let Emptiness { scope, list, .. } = state;
    let records = || noun::several(state.noun);
    let (retry, refresh) = (keys.key(Action::Retry), keys.key(Action::Refresh));
    if scope.loaded > 0 {
        return None;
    }
    if let Some(error) = &state.failure {
        return Some(failed(state, error, &retry));
    }
    let lines = match unreadable(scope) {
        _ if !scope.ended || scope.missing > 0 => return None,
        Some(unread) => [format!("{list}: {unread}"), String::new(), tr!("{retry} retries", retry)],
        None if scope.cut_short => [
            tr!("{list}: Cube says that there are {records}, and sends none", list, records = records()),
            String::new(),
            tr!("{refresh} refreshes the list", refresh),
        ],
        None if state.noun == CALL_OUTCOMES.noun => [
            tr!("No {list}", list),
            String::new(),
            tr!(
                "{key} shows more days · {back} goes back",
                key = keys.key(Action::CallList),
                back = keys.key(Action::Back)
            ),
        ],
        None => [
            tr!("{list} has no {records}", list, records = records()),
            String::new(),
            tr!("Is it the right list? Cube's own screens show each list's number."),
        ],
    };
    Some(lines.into())
}

fn failed(state: &Emptiness<'_>, error: &Error, retry: &str) -> Vec<String> {
    let mut lines = vec![error.to_message(), String::new()];
    if error.status() == Some(401) {
        let (kind, source) = state.credential;
        lines.push(match source {
            Some(source) => tr!("Your {kind} is wrong or has expired. It comes from {source}.", kind, source),
            None => tr!("The {kind} that you entered is refused too.", kind),
        });
        lines.push(tr!("{retry} enters a new one · to save it: cubedex login", retry));
    } else {
        lines.push(tr!("failed at {time} · {retry} retries", time = age(error.at(), state.now), retry));
    }
    lines
}
