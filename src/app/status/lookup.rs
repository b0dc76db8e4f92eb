//! What the lookup line says: who has the id or the number, and what Enter will do.

use super::search::{among, the_loaded};
use super::{Status, grouped, of_count};
use crate::app::App;
use crate::app::find::{Asked, Find, wrong_character};
use crate::cube::CustomerId;
use crate::list::Scope;
use crate::search::{Found, Rank};
use crate::text::{self, Place};

impl App {
    pub(super) fn lookup_status(&self, find: &Find, scope: &Scope) -> Status {
        let line = find.input.value().trim();
        if let Some(wrong) = wrong_character(line) {
            return Status::problem(format!("'{wrong}' is in no id and no phone number"));
        }
        match (&find.asked, find.found()) {
            (Asked::Waiting(_), _) => {
                let long = self.unanswered().map(|seconds| format!(" {seconds} s")).unwrap_or_default();
                Status::plain(format!("asking Cube for customer {line} {}{long} · Esc stops", self.spinner()))
            }
            (Asked::Failed(error), _) => Status::problem(error.to_message()),
            (_, None) => Status::quiet("the digits of an id or a phone number"),
            _ if find.is_behind() => Status::quiet(format!("searching {}", of_count(scope))),
            (asked, Some(found)) if !found.is_empty() => {
                let somebody = self.somebody(found, scope, find.is_current());
                match asked {
                    Asked::NotThere(id) => Status::plain(format!("no customer {id} · {}", somebody.words)),
                    _ => somebody,
                }
            }
            (Asked::NotThere(id), _) => self.neither(id, scope, find.is_current()),
            (Asked::No, _) => self.nobody_yet(line, scope, find.is_current()),
        }
    }

    fn somebody(&self, found: &Found, scope: &Scope, current: bool) -> Status {
        let where_found =
            if scope.is_all() && current { among(scope) } else { format!("{} loaded", of_count(scope)) };
        let name = self.selected_name();
        let words = match found.rank(self.cursor.row()) {
            Some(Rank::ExactId) => format!("{name} · ⏎ opens"),
            Some(Rank::ExactPhone) if found.len() == 1 => format!("phone of {name} · ⏎ opens"),
            Some(Rank::ExactPhone) => {
                format!("phone of {name} · {} in {where_found} · ⏎ opens", grouped(found.len() as u64))
            }
            _ => format!("{} in {where_found} · ⏎ opens {name}", begin_so(found.len())),
        };
        Status::plain(words)
    }

    fn nobody_yet(&self, line: &str, scope: &Scope, current: bool) -> Status {
        let scope_words = if scope.is_all() && current { among(scope) } else { the_loaded(scope) };
        let is_id = CustomerId::try_from(line.replace(' ', "").as_str()).is_ok();
        let next = if is_id { " · ⏎ asks Cube".to_owned() } else { self.how_to_go_on(scope) };
        Status::plain(format!("not among {scope_words}{next}"))
    }

    fn neither(&self, id: &str, scope: &Scope, current: bool) -> Status {
        let no_id = format!("no customer {id} in {}", self.place.list);
        let words = if scope.is_all() && current {
            format!("{no_id}; no such phone among {}", among(scope))
        } else {
            format!("{no_id}; no such phone in {}{}", of_count(scope), self.how_to_go_on(scope))
        };
        let short = words.replace(&no_id, "no such id");
        Status { short, ..Status::plain(words) }
    }

    /// The name of the customer under the cursor, or what stands for one.
    fn selected_name(&self) -> String {
        let name = self.selected().and_then(|slot| {
            let record = self.store.record(slot)?;
            let standard = record.standard();
            Some(text::clean(&standard.name, Place::Row).to_string())
        });
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| "a customer without a name".to_owned())
    }
}

/// "1 begins so", "7 begin so": what is only the beginning of an id or a number.
fn begin_so(number: usize) -> String {
    let verb = if number == 1 { "begins" } else { "begin" };
    format!("{} {verb} so", grouped(number as u64))
}
