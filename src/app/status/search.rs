//! What a search has found, and in what.

use super::{Status, Tone, counted, grouped, odd, of_count, unread};
use crate::app::find::Find;
use crate::app::load::Stopped;
use crate::app::{App, Context};
use crate::store::{Reach, Scope};

impl App {
    /// What the search line, or the filter that was kept, says about what was found.
    pub(super) fn search_status(&self, find: &Find, scope: &Scope) -> Status {
        if let Some(unknown) = &find.query.unknown {
            let nearest =
                unknown.nearest.as_ref().map(|name| format!(" · did you mean {name}:?")).unwrap_or_default();
            return Status::problem(format!("no field is called \"{}\"{nearest}", unknown.typed));
        }
        let Some(found) = find.found() else {
            let fields = if find.reach == Reach::AllFields { "all fields" } else { "the standard fields" };
            return Status::quiet(format!("{fields} of {} customers", of_count(scope)));
        };
        let reach = if find.reach == Reach::AllFields { " in all fields" } else { "" };
        let is_all = scope.is_all() && find.is_current();
        let number = grouped(found.len() as u64);
        let words = match found.len() {
            _ if find.is_behind() => format!("searching {}", of_count(scope)),
            0 if is_all => {
                format!("no \"{}\"{reach} among {}{}", find.input.value().trim(), among(scope), meant(find))
            }
            _ if is_all => format!("{number} found{reach} among {}", among(scope)),
            0 => format!("nothing{reach} in {}{}", the_loaded(scope), self.how_to_go_on(scope)),
            _ => format!("{number} found{reach} in {}{}", of_count(scope), self.how_to_go_on(scope)),
        };
        let short = match find.suggestions.first() {
            Some(name) if found.is_empty() && is_all => {
                format!("{name}? (Tab) · nobody among {}", among(scope))
            }
            _ => String::new(),
        };
        let tone = if found.is_empty() { Tone::Plain } else { Tone::Quiet };
        Status { tone, short, ..Status::quiet(words) }
    }

    /// What keeps the answer from being about all, and the key that goes on.
    pub(super) fn how_to_go_on(&self, scope: &Scope) -> String {
        // In a line Tab goes on; in the table it goes to the card.
        let key = if self.context() == Context::Table { "/ Tab" } else { "Tab" };
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
