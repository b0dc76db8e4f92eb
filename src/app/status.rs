//! What the bottom of the screen says: what is held, what is going on, what went wrong, in words.
//! Every answer carries its scope and its age; "all" is only said of all.

mod card;
mod lookup;
mod search;

pub use crate::text::{counted, grouped, seconds};

use crate::app::card::GONE;
use crate::app::load::Stopped;
use crate::app::{App, Asking, Context, Place};
use crate::list::{MAX_ROWS, PageState, Scope};
use std::sync::Arc;

/// How loud something is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    #[default]
    Quiet,
    /// Worth a look.
    Plain,
    /// Something is wrong.
    Problem,
}

/// The status line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// What is said.
    pub words: String,
    /// How loud.
    pub tone: Tone,
    /// How far the rest of the list is loaded, from 0 to 1. `None` while it is not being loaded.
    pub progress: Option<f64>,
    /// What follows the progress.
    pub after: String,
    /// What is said instead where there is too little room for the words. Empty where nothing shorter says it.
    pub short: String,
    /// What stands at the right.
    pub right: String,
}

impl Status {
    fn quiet(words: impl Into<String>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    fn plain(words: impl Into<String>) -> Self {
        Self { tone: Tone::Plain, ..Self::quiet(words) }
    }

    fn problem(words: impl Into<String>) -> Self {
        Self { tone: Tone::Problem, ..Self::quiet(words) }
    }
}

/// The symbols that turn while we wait.
const SPINNER: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

impl App {
    /// What the status line says now.
    #[must_use]
    pub fn status(&self) -> Status {
        let scope = self.store.scope();
        let status = match (self.context(), &self.find) {
            (Context::Secret, _) => {
                let short = self.asking.as_ref().map_or("", Asking::short).to_owned();
                Status { short, ..Status::problem(self.asking.as_ref().map_or("", Asking::why)) }
            }
            (Context::Help | Context::Palette | Context::Profiles, _) => {
                Status::quiet("type to narrow the list · Esc closes")
            }
            _ if self.is_held_back() => self.waiting(),
            (Context::Field, _) => self.field_find_status(),
            (Context::Lookup, Some(find)) if self.notice.is_none() => self.lookup_status(find, &scope),
            (Context::Search, Some(find)) => self.search_status(find, &scope),
            _ if self.notice.is_some() && scope.as_of.is_some() => {
                Status::plain(self.notice.clone().unwrap_or_default())
            }
            (Context::Card, _) if self.says_of_kept_fields().is_some() => {
                Status::plain(self.says_of_kept_fields().unwrap_or_default())
            }
            (Context::Card, _) if self.says_of_field().is_some() => {
                Status::quiet(self.says_of_field().unwrap_or_default())
            }
            (_, Some(find)) if !find.query.is_empty() => self.search_status(find, &scope),
            (Context::Table, _) if self.selected_is_gone() => {
                Status::problem(format!("{GONE} · R reads the list again"))
            }
            _ => self.list_status(&scope),
        };
        Status { right: self.right(&scope), ..self.with_progress(status, &scope) }
    }

    /// What the header says at its right: how much there is and how much of it is here.
    #[must_use]
    pub fn extent(&self) -> String {
        let scope = self.store.scope();
        match (scope.total(), scope.as_of) {
            (_, None) => String::new(),
            (Some(total), _) if scope.is_all() => format!("{} · all loaded", customers(total)),
            (Some(total), _) => format!("{} · {} loaded", customers(total), grouped(scope.loaded as u64)),
            (None, _) => format!("{} loaded", grouped(scope.loaded as u64)),
        }
    }

    /// The symbol that turns while we wait.
    #[must_use]
    pub fn spinner(&self) -> &'static str {
        SPINNER.get(self.ticks % SPINNER.len()).copied().unwrap_or_default()
    }

    /// Why there is nothing to show, in a few lines. `None` while there are rows, or while they are on their way.
    #[must_use]
    pub fn emptiness(&self) -> Option<Vec<String>> {
        let scope = self.store.scope();
        let retry = "r tries again".to_owned();
        if scope.loaded > 0 {
            return None;
        }
        let why = match (&self.load.stopped, self.store.page_state(1)) {
            (Some(Stopped::Refused(error)), _) => Some(Arc::clone(error)),
            (_, PageState::Failed(error)) => Some(error),
            _ => None,
        };
        if let Some(error) = why {
            let mut lines = vec![error.to_message(), String::new()];
            if error.status() == Some(401) {
                let Place { wanted, credential, .. } = &self.place;
                lines.push(format!("The {wanted} comes from {credential}."));
                lines.push("r tries again and asks for another one · cubedex login keeps it".to_owned());
            } else {
                lines.push(format!("failed at {} · {retry}", error.at()));
            }
            return Some(lines);
        }
        let list = &self.place.list;
        match unread(&scope) {
            _ if !scope.ended || scope.missing > 0 => None,
            Some(unread) => Some(vec![format!("{list}: {unread}"), String::new(), retry]),
            None if scope.cut_short => Some(vec![
                format!("{list}: Cube says that there are customers, and sends none"),
                String::new(),
                "R reads the list again".to_owned(),
            ]),
            None => Some(vec![
                format!("{list} has no customers"),
                String::new(),
                "Is it the right list? Cube's own screens show each list's number.".to_owned(),
            ]),
        }
    }

    fn list_status(&self, scope: &Scope) -> Status {
        let loaded = grouped(scope.loaded as u64);
        if scope.as_of.is_none() && self.emptiness().is_some() {
            // The middle of the screen says it already.
            return Status::problem("nothing could be read · r tries again");
        }
        if let Some(Stopped::Refused(error)) = &self.load.stopped {
            return Status::problem(format!(
                "{} · failed at {} · r tries again · {loaded} loaded before",
                error.sentence(),
                error.at()
            ));
        }
        if matches!(self.load.stopped, Some(Stopped::ByHand)) {
            return Status::plain(format!("stopped · {loaded} loaded · r goes on"));
        }
        if let Some((page, error)) = self.store.first_failure() {
            let about = scope.count.map(|count| format!(" of about {}", grouped(count))).unwrap_or_default();
            let short = format!("page {page} failed at {}: {} · r tries again", error.at(), error.sentence());
            let words = format!("{short} · {loaded}{about} loaded");
            return Status { short, ..Status::problem(words) };
        }
        if scope.as_of.is_none() {
            let asking = format!("asking {} for the first page {}", self.place.host, self.spinner());
            return Status::quiet(asking + &self.so_long(" "));
        }
        if self.store.is_rereading() && self.store.loading() > 0 {
            let words = format!("reading the list again · {} loaded", of_count(scope));
            return Status::quiet(words + &self.so_long(" · nothing came for "));
        }
        if let Some(words) = odd(scope) {
            return Status::plain(words);
        }
        match scope.as_of {
            Some(as_of) if scope.is_all() => Status::quiet(format!("all {loaded} loaded as of {as_of}")),
            _ => Status::quiet(of_count(scope) + " loaded" + &self.so_long(" · nothing came for ")),
        }
    }

    fn selected_is_gone(&self) -> bool {
        let id = self.selected().and_then(|slot| Some(self.store.segment(slot.page)?.id(slot.index)));
        id.is_some_and(|id| self.is_gone(&id))
    }

    /// For how long Cube has answered nothing, and how to give up; empty while that is not long.
    fn so_long(&self, before: &str) -> String {
        let seconds = self.unanswered();
        seconds.map(|seconds| format!("{before}{seconds} s · Esc stops")).unwrap_or_default()
    }

    fn waiting(&self) -> Status {
        let left = self.load.wait.as_ref().map_or(0, |wait| wait.until.seconds_since(self.now));
        Status::plain(format!("Cube asks us to wait {left} s · Esc stops"))
    }

    fn right(&self, scope: &Scope) -> String {
        let spinner = if self.store.loading() > 0 { format!(" {}", self.spinner()) } else { String::new() };
        let rows = self.row_count();
        if rows == 0 || scope.as_of.is_none() {
            return String::new();
        }
        let row = grouped(self.cursor.row() as u64 + 1);
        // Of a list without end or count nobody knows how many rows it has.
        let is_known = self.found().is_some() || scope.total().is_some() || scope.ended;
        if is_known {
            format!("{row} of {}{spinner}", grouped(rows as u64))
        } else {
            format!("{row}{spinner}")
        }
    }

    /// Adds how far the rest of the list is, while it is being loaded.
    fn with_progress(&self, status: Status, scope: &Scope) -> Status {
        let Some(rest) = self.load.rest.filter(|rest| rest.missing_then > 0) else { return status };
        let done = rest.missing_then.saturating_sub(scope.missing);
        let spent = self.now.seconds_since(rest.since);
        let left = (done > 0).then(|| spent * scope.missing as u64 / done as u64);
        let time = left.filter(|_| spent > 0).map(|left| format!("{} · ", seconds(left))).unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "a bar of a few cells shows it")]
        let progress = Some(done as f64 / rest.missing_then as f64);
        let stops = if status.words.contains("Esc stops") { "" } else { "Esc stops" };
        Status { progress, after: format!("{time}{stops}"), ..status }
    }
}

fn customers(number: u64) -> String {
    counted(usize::try_from(number).unwrap_or(usize::MAX), "customer")
}

/// "1,500 of 12,340", or "1,500" where Cube does not say how many there are.
fn of_count(scope: &Scope) -> String {
    let loaded = grouped(scope.loaded as u64);
    match scope.total() {
        Some(total) => format!("{loaded} of {}", grouped(total)),
        None => loaded,
    }
}

/// What is not as it should be about the list itself.
fn odd(scope: &Scope) -> Option<String> {
    if scope.cut {
        return Some(format!(
            "the list is longer than {} customers: the rest is not shown",
            grouped(MAX_ROWS)
        ));
    }
    if scope.repeats {
        return Some(format!(
            "the list repeats itself: {} customers are all it has",
            grouped(scope.loaded as u64)
        ));
    }
    if let Some((before, now)) = scope.changed {
        let numbers = format!("{} → {}", grouped(before), grouped(now));
        return Some(format!("list changed in Cube ({numbers}) · R reads it again"));
    }
    if scope.cut_short {
        return Some("list changed in Cube while it was read · R reads it again".to_owned());
    }
    unread(scope)
}

/// How many records could not be read. `None` when all could.
fn unread(scope: &Scope) -> Option<String> {
    match scope.left_out {
        0 => None,
        1 => Some("1 record could not be read".to_owned()),
        more => Some(format!("{more} records could not be read")),
    }
}
