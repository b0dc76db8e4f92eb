//! What is said of marked customers.

use super::{Keys, Said, joined};
use crate::keys::Action;
use crate::text::grouped;

/// "3 marked".
#[must_use]
pub fn marked(count: usize) -> String {
    format!("{} marked", grouped(count as u64))
}

/// What is done with those who are marked, while nothing else is to be said. `alone` says whether they are shown alone.
pub(super) fn said(count: usize, alone: bool, sorted: &str, keys: &Keys<'_>) -> Said {
    let shows = keys.key(Action::ShowMarked);
    if alone {
        let words = joined(["Marked customers alone".to_owned(), sorted.to_owned()]);
        return Said::plain(joined([words, format!("{shows} shows all again")]));
    }
    let does = [
        format!("{} writes them into a file", keys.key(Action::Export)),
        format!("{} copies their IDs", keys.key(Action::CopyId)),
        format!("{shows} shows them alone"),
    ];
    let marked = marked(count);
    let short = joined([marked.clone(), format!("{shows} shows them alone")]);
    Said::quiet(joined([marked].into_iter().chain(does))).or_short(short)
}
