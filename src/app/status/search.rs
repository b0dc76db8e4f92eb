//! What a search has found, and in what.

use super::{Status, Tone, counted, grouped, odd, of_count, unread};
use crate::app::find::Find;
use crate::app::load::Stopped;
use crate::app::{App, Context};
use crate::list::Scope;
use crate::search::Reach;

impl App {
    /// What the search line, or the filter that was kept, says about what was found.
    pub(super) fn search_status(&self, find: &Find, scope: &Scope) -> Status {
        if let Some(unknown) = &find.query.unknown {
            let name = unknown
                .nearest
                .as_ref()
                .map(|name| if name.contains(' ') { quoted_name(name) } else { name.clone() });
            let nearest = name.map(|name| format!(" · did you mean {name}: ?")).unwrap_or_default();
            return Status::problem(format!("no field is called {}{nearest}", quoted(&unknown.typed)));
        }
        let Some(found) = find.found() else {
            let fields = if find.reach == Reach::AllFields { "all fields" } else { "the standard fields" };
            let whose = if scope.is_all() { among(scope) } else { of_count(scope) };
            return Status::quiet(format!("{fields} of {whose}"));
        };
        let reach = if find.reach == Reach::AllFields { " in all fields" } else { "" };
        let is_all = scope.is_all() && find.is_current();
        let number = grouped(found.len() as u64);
        let words = match found.len() {
            _ if find.is_behind() => format!("searching {}", of_count(scope)),
            0 if is_all => {
                let typed = quoted(find.input.value().trim());
                format!("no {typed}{reach} among {}{}", among(scope), meant(find))
            }
            _ if is_all => format!("{number} found{reach} among {}", among(scope)),
            0 => format!("nothing{reach} in {}{}", the_loaded(scope), self.how_to_go_on(scope)),
            _ => format!("{number} found{reach} in {}{}", of_count(scope), self.how_to_go_on(scope)),
        };
        let short = match find.suggestions.first() {
            Some(name) if found.is_empty() && is_all => {
                format!("{name}? (Tab) · nobody among {}", among(scope))
            }
            _ if found.is_empty() && is_all => format!("nobody among {}", among(scope)),
            _ if !is_all && scope.missing > 0 && self.load.rest.is_none() => {
                format!("{number} in {} · {} loads the rest", of_count(scope), self.key_to_go_on())
            }
            _ => String::new(),
        };
        let tone = if found.is_empty() { Tone::Plain } else { Tone::Quiet };
        Status { tone, short, ..Status::quiet(words) }
    }

    /// What keeps the answer from being about all, and the key that goes on.
    pub(super) fn how_to_go_on(&self, scope: &Scope) -> String {
        let key = self.key_to_go_on();
        let next = match (&self.load.stopped, scope.failed, scope.missing) {
            (Some(Stopped::Refused(error)), ..) => {
                Some(format!("stopped: {} · {key} tries again", error.sentence()))
            }
            (Some(Stopped::ByHand), ..) => Some(format!("stopped · {key} goes on")),
            (None, 0, 0) if unread(scope).is_none() => odd(scope),
            (None, 0, missing) if missing > 0 && self.load.rest.is_none() => {
                Some(format!("{key} loads the rest ({})", counted(missing, "request")))
            }
            (None, 0, _) => None,
            (None, failed, _) => Some(format!("{} failed · {key} tries again", counted(failed, "page"))),
        };
        let parts: Vec<String> = [unread(scope), next].into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!(" · {}", parts.join(" · ")) }
    }

    /// In a line Tab goes on; in the table it goes to the card, and the line has to be opened before.
    fn key_to_go_on(&self) -> &'static str {
        if matches!(self.context(), Context::Search | Context::Lookup) { "Tab" } else { "/ then Tab" }
    }
}

/// What was typed, in quotes unless it has some of its own.
fn quoted(typed: &str) -> String {
    if typed.contains('"') { typed.to_owned() } else { quoted_name(typed) }
}

fn quoted_name(name: &str) -> String {
    format!("\"{name}\"")
}

/// Names that are near to what was found nowhere, with the key that takes the first.
fn meant(find: &Find) -> String {
    match find.suggestions.as_slice() {
        [] => String::new(),
        names => format!(" · did you mean {}? (Tab)", names.join(", ")),
    }
}

/// "all 12,340 as of 08:12".
pub(super) fn among(scope: &Scope) -> String {
    let as_of = scope.as_of.map(|as_of| format!(" as of {as_of}")).unwrap_or_default();
    format!("all {}{as_of}", grouped(scope.loaded as u64))
}

/// "the 1,500 loaded of 12,340".
pub(super) fn the_loaded(scope: &Scope) -> String {
    let of = scope.total().map(|total| format!(" of {}", grouped(total))).unwrap_or_default();
    format!("the {} loaded{of}", grouped(scope.loaded as u64))
}
