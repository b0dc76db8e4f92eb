//! What is said about the list while nothing is searched for.

use super::scope::{anomaly, not_utf8};
use super::{Keys, MarksState, OrderState, Said, Tone, age, is_old, joined, noun};
use crate::cube::{Error, Moment};
use crate::keys::Action;
use crate::language::tr;
use crate::list::Scope;
use crate::text::{SafeText, grouped};
use std::sync::Arc;

/// Why nothing more is loaded by itself.
#[derive(Debug, Clone)]
pub enum Halt {
    /// Cube does not let us read on.
    Refused(Arc<Error>),
    /// The person did not want to wait.
    ByHand,
}

/// Everything that decides what is said about a list.
#[derive(Debug, Clone)]
pub struct ListState<'a> {
    /// How much of the list is loaded.
    pub scope: Scope,
    /// What its records are called, in the singular.
    pub noun: &'a str,
    /// The host that is asked.
    pub host: &'a str,
    /// Whether the middle of the screen says why there is nothing.
    pub is_said_in_the_middle: bool,
    /// Why nothing more is loaded. `None` while that is allowed.
    pub halt: Option<Halt>,
    /// The kind of credential that is in use, and whether it was typed here.
    pub credential: (&'a str, bool),
    /// The first page that failed, and why.
    pub failure: Option<(u32, Arc<Error>)>,
    /// Whose the first value is that was not UTF-8. `None` where all were.
    pub not_utf8: Option<SafeText<'static>>,
    /// Whether the list is being refreshed.
    pub is_refreshing: bool,
    /// How the rows are sorted.
    pub order: OrderState,
    /// For how many seconds Cube has not answered, where that is worth a word.
    pub silence: Option<u64>,
    /// Whether the row under the cursor is a customer who is no longer in Cube.
    pub is_gone: bool,
    /// Who is marked.
    pub marks: MarksState,
    /// The time.
    pub now: Moment,
}

impl ListState<'_> {
    /// What is said.
    #[must_use]
    pub fn said(&self, keys: &Keys<'_>) -> Said {
        let (retry, refresh) = (keys.key(Action::Retry), keys.key(Action::Refresh));
        let loaded = grouped(self.scope.loaded as u64);
        if let Some(Halt::Refused(error)) = &self.halt {
            return self.refused(error, &retry);
        }
        if self.scope.as_of.is_none() && self.is_said_in_the_middle {
            return Said::problem(tr!(
                "No {records} loaded · {retry} retries",
                records = noun::several(self.noun),
                retry
            ));
        }
        if matches!(self.halt, Some(Halt::ByHand)) {
            return Said::plain(tr!("stopped · {loaded} loaded · {retry} goes on", loaded, retry));
        }
        if let Some((page, error)) = &self.failure {
            return self.failed(*page, error, &retry);
        }
        if self.is_gone {
            return Said::problem(tr!("This customer is no longer in Cube (404)"));
        }
        if self.scope.as_of.is_none() {
            return Said::quiet(tr!(
                "asking {host} for the first page{silent}",
                host = self.host,
                silent = self.silent(keys)
            ));
        }
        if self.is_refreshing {
            return Said::quiet(tr!("refreshing the list{silent}", silent = self.silent(keys)));
        }
        if let Some(words) = anomaly(&self.scope, &refresh) {
            return Said::plain(words);
        }
        if let Some(whose) = &self.not_utf8 {
            return Said::plain(not_utf8(self.scope.not_utf8, whose));
        }
        match self.scope.as_of.filter(|read| is_old(*read, self.now)) {
            Some(read) => {
                let words = tr!(
                    "The list was read {read} · {refresh} refreshes it",
                    read = at(age(read, self.now)),
                    refresh
                );
                match self.order.said(&self.scope, self.now, keys) {
                    Some(sorted) => {
                        Said::new(Tone::Warning, joined([sorted.short, words.clone()])).or_short(words)
                    }
                    None => Said::new(Tone::Warning, words),
                }
            }
            None if self.silence.is_some() => Said::quiet(tr!("loading{silent}", silent = self.silent(keys))),
            None if self.marks.are_alone => self.marks.said(&self.order.words(), keys),
            None => {
                let invitation = || match self.marks.count {
                    0 => Said::quiet(tr!("Type an ID, a phone number, an e-mail or a name")),
                    _ => self.marks.said("", keys),
                };
                self.order.said(&self.scope, self.now, keys).unwrap_or_else(invitation)
            }
        }
    }

    fn refused(&self, error: &Error, retry: &str) -> Said {
        let loaded = match self.scope.loaded {
            0 => String::new(),
            loaded => tr!("{loaded} loaded before", loaded = grouped(loaded as u64)),
        };
        let (kind, is_typed) = self.credential;
        if error.status() == Some(401) {
            let what = if is_typed {
                tr!("The new {kind} is refused too (401)", kind)
            } else {
                tr!("Cube does not accept your {kind} (401)", kind)
            };
            let short = tr!("{what} · {retry} enters a new one", what, retry);
            let words = joined([what, loaded, tr!("{retry} enters a new one", retry)]);
            return Said::problem(words).or_short(short);
        }
        let failed = tr!("failed {time}", time = at(age(error.at(), self.now)));
        Said::problem(joined([error.sentence(), failed, loaded, tr!("{retry} retries", retry)]))
    }

    fn failed(&self, page: u32, error: &Error, retry: &str) -> Said {
        let of = self
            .scope
            .count
            .map(|count| tr!(" of about {count}", count = grouped(count)))
            .unwrap_or_default();
        let failed = tr!(
            "failed {time}: {why} · {retry} retries",
            time = at(age(error.at(), self.now)),
            why = error.sentence(),
            retry
        );
        let loaded = grouped(self.scope.loaded as u64);
        Said::problem(tr!("page {page} {failed} · {loaded}{of} loaded", page, failed, loaded, of))
            .or_short(failed)
    }

    /// For how long Cube has not answered, and how to give up; empty while that is not long.
    fn silent(&self, keys: &Keys<'_>) -> String {
        let silence = self.silence.map(|seconds| {
            tr!(" · no answer for {seconds} s · {key} stops", seconds, key = keys.key(Action::Back))
        });
        silence.unwrap_or_default()
    }
}

/// "at 08:12", but "yesterday 08:12".
fn at(age: String) -> String {
    if age.starts_with(|c: char| c.is_ascii_digit()) { tr!("at {age}", age) } else { age }
}
