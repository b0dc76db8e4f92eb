//! What a search has found, and in what.

use super::{Status, Tone, counted, grouped, of_count, unread};
use crate::app::App;
use crate::app::find::Find;
use crate::store::{Reach, Scope};
use crate::text::{self, Place};

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
        let words = match found.len() {
            0 if scope.is_all() => {
                let typed = text::clean_str(find.input.value().trim(), Place::Message);
                format!("no \"{typed}\"{reach} among {}{}", among(scope), meant(find))
            }
            0 => format!("nothing{reach} in {}{}", the_loaded(scope), self.how_to_go_on(scope)),
            found if scope.is_all() => {
                format!("{} found{reach} among {}", grouped(found as u64), among(scope))
            }
            found => {
                format!(
                    "{} found{reach} in {}{}",
                    grouped(found as u64),
                    of_count(scope),
                    self.how_to_go_on(scope)
                )
            }
        };
        let tone = if found.is_empty() { Tone::Plain } else { Tone::Quiet };
        Status { tone, ..Status::quiet(words) }
    }

    /// What keeps the answer from being about all, and the key that goes on.
    pub(super) fn how_to_go_on(&self, scope: &Scope) -> String {
        let next = match (scope.failed, scope.missing) {
            (0, 0) => None,
            (0, missing) if self.load.rest.is_none() => {
                Some(format!("Tab loads the rest ({})", counted(missing, "request")))
            }
            (0, _) => None,
            (failed, _) => Some(format!("{} failed · Tab tries again", counted(failed, "page"))),
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
