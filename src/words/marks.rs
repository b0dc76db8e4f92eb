//! What is said of marked customers.

use super::{Keys, Said, joined};
use crate::keys::Action;
use crate::language::tr;
use crate::text::grouped;

/// "3 marked".
#[must_use]
pub fn marked(count: usize) -> String {
    tr!("{count} marked", count = grouped(count as u64))
}

/// Who is marked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MarksState {
    /// How many customers.
    pub count: usize,
    /// Whether they are shown alone.
    pub are_alone: bool,
}

impl MarksState {
    /// What is done with them, while nothing else is to be said.
    pub(super) fn said(self, sorted: &str, keys: &Keys<'_>) -> Said {
        let shows = keys.key(Action::ShowMarked);
        if self.are_alone {
            let alone = joined([tr!("Marked customers alone"), sorted.to_owned()]);
            return Said::plain(joined([alone, tr!("{key} shows all again", key = shows)]));
        }
        let does = [
            tr!("{key} writes them into a file", key = keys.key(Action::Export)),
            tr!("{key} copies their IDs", key = keys.key(Action::CopyId)),
            tr!("{key} shows them alone", key = shows),
        ];
        let marked = marked(self.count);
        let short = joined([marked.clone(), tr!("{key} shows them alone", key = shows)]);
        Said::quiet(joined([marked].into_iter().chain(does))).or_short(short)
    }
}
