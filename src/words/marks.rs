//! What is said of marked customers.

use super::{Keys, Said, joined};
use crate::keys::Action;
use crate::text::grouped;

/// "3 marked".
#[must_use]
pub fn marked(count: usize) -> String {
    format!("{} marked", grouped(count as u64))
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
            let alone = joined(["Marked customers alone".to_owned(), sorted.to_owned()]);
            return Said::plain(joined([alone, format!("{shows} shows all again")]));
        }
        let does = [
            format!("{} writes them into a file", keys.key(Action::Export)),
            format!("{} copies their IDs", keys.key(Action::CopyId)),
            format!("{shows} shows them alone"),
        ];
        let marked = marked(self.count);
        let short = joined([marked.clone(), format!("{shows} shows them alone")]);
        Said::quiet(joined([marked].into_iter().chain(does))).or_short(short)
    }
}
