//! How the rows are sorted, and how much of the list that is.

use super::{Keys, Said, joined, noun, searched};
use crate::cube::Moment;
use crate::keys::Action;
use crate::language::tr;
use crate::list::Scope;
use crate::text::grouped;

/// How the rows are sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderState {
    /// The columns by their labels, and whether the greatest value is first.
    pub columns: Vec<(String, bool)>,
    /// Whether the rows are not in this order yet.
    pub is_behind: bool,
    /// Whether the rest of the list is being loaded.
    pub loads_rest: bool,
}

impl OrderState {
    /// "sorted by City, then Name (descending)". Empty where nothing is sorted.
    #[must_use]
    pub(super) fn words(&self) -> String {
        let column = |(label, descending): &(String, bool)| {
            if *descending { tr!("{label} (descending)", label) } else { label.clone() }
        };
        let columns: Vec<String> = self.columns.iter().map(column).collect();
        let columns = columns.join(&tr!(", then "));
        match (columns.is_empty(), self.is_behind) {
            (true, _) => String::new(),
            (false, true) => tr!("sorting by {columns}", columns),
            (false, false) => tr!("sorted by {columns}", columns),
        }
    }

    /// What is said of a whole list that is sorted. `None` where it is not.
    #[must_use]
    pub(super) fn said(&self, scope: &Scope, now: Moment, keys: &Keys<'_>) -> Option<Said> {
        let sorted = capitalized(&self.words())?;
        if scope.is_all() {
            return Some(Said::quiet(joined([sorted.clone(), searched(scope, now)])).or_short(sorted));
        }
        let loaded = grouped(scope.loaded as u64);
        let loaded = match scope.total() {
            Some(total) => tr!("{loaded} of {total} loaded", loaded, total = grouped(total)),
            None => tr!("{loaded} loaded", loaded),
        };
        let rest = if self.loads_rest || scope.missing == 0 {
            String::new()
        } else {
            tr!(
                "{key} loads the rest ({requests})",
                key = keys.key(Action::LoadRest),
                requests = noun::requests(scope.missing as u64)
            )
        };
        let short = joined([sorted.clone(), loaded.clone()]);
        Some(Said::plain(joined([sorted, loaded, rest])).or_short(short))
    }
}

/// The sentence with a capital. `None` for an empty one.
fn capitalized(words: &str) -> Option<String> {
    let mut letters = words.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}
