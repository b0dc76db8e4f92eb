//! Which rows the table shows and in which order: the only answer to which record is on a row, and on which row a
//! record is.

use crate::list::{Row, Slot, Store, Touched};
use crate::search::alike::Alike;
use crate::search::{Found, Query, Rank};
use crate::words::Divider;
use std::sync::Arc;

/// The rows of the table.
#[derive(Debug, Clone, Default)]
pub enum View {
    /// Customers who were looked up, then Cube's order.
    #[default]
    Natural,
    /// The hits of a search, the best rank first, then customers with names that are spelled alike.
    Ranked(Box<Answer>),
}

/// What a search has found so far.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The query that `found` answers.
    pub(super) query: Arc<Query>,
    /// The hits.
    pub(super) found: Found,
    /// Pages that changed since they were searched. Their old hits stay until the new ones arrive.
    pub(super) stale: Touched,
    /// Who has a name that is spelled alike. `None` until that is known.
    pub(super) alike: Option<Arc<Alike>>,
    /// Whether they are rows of the table.
    pub(super) shows_alike: bool,
    /// Whether pages came or changed since they were looked for.
    pub(super) is_alike_old: bool,
}

impl Answer {
    /// The slots of those who are alike, as far as they are rows of the table.
    fn alike_slots(&self) -> &[Slot] {
        let shown = self.alike.as_deref().filter(|_| self.shows_alike);
        shown.map_or(&[], |alike| &alike.slots)
    }

    /// Takes those who are hits, or on no page any more, out of those who are alike.
    pub(super) fn keep_alike_apart(&mut self, store: &Store) {
        let is_out = |slot: Slot| store.segment(slot.page).is_none() || self.found.row_of(slot).is_some();
        if let Some(alike) = self.alike.as_mut().filter(|alike| alike.slots.iter().any(|slot| is_out(*slot)))
        {
            Arc::make_mut(alike).leave_out(is_out);
        }
    }
}

impl View {
    /// How many rows there are.
    #[must_use]
    pub fn count(&self, store: &Store) -> usize {
        match self {
            Self::Natural => store.row_count(),
            Self::Ranked(answer) => answer.found.len() + answer.alike_slots().len(),
        }
    }

    /// What is on a row. `None` iff there are fewer rows.
    #[must_use]
    pub fn row(&self, store: &Store, row: usize) -> Option<Row> {
        match self {
            Self::Natural => store.row(row),
            Self::Ranked(answer) => {
                let alike = || answer.alike_slots().get(row.checked_sub(answer.found.len())?).copied();
                answer.found.slot(row).or_else(alike).map(Row::Loaded)
            }
        }
    }

    /// The row of a record. `None` iff the view does not show it.
    #[must_use]
    pub fn row_of(&self, store: &Store, slot: Slot) -> Option<usize> {
        match self {
            Self::Natural => store.row_of(slot),
            Self::Ranked(answer) => {
                let alike = || answer.alike_slots().iter().position(|alike| *alike == slot);
                answer.found.row_of(slot).or_else(|| Some(answer.found.len() + alike()?))
            }
        }
    }

    /// The dividers and the rows above which they are drawn, ascending.
    #[must_use]
    pub fn dividers(&self, store: &Store) -> Vec<(usize, Divider)> {
        match self {
            Self::Natural if store.looked_up() == 0 => Vec::new(),
            Self::Natural => vec![(0, Divider::LookedUp), (store.looked_up(), Divider::List)],
            Self::Ranked(answer) => {
                let (hits, others) = (answer.found.len(), answer.found.len_of(Rank::OtherField));
                let other_fields = (others > 0).then(|| (hits - others, Divider::OtherFields(others)));
                let (shown, all) =
                    (answer.alike_slots().len(), answer.alike.as_ref().map_or(0, |alike| alike.len));
                let alike = (shown > 0).then_some((hits, Divider::Alike { shown, all }));
                other_fields.into_iter().chain(alike).collect()
            }
        }
    }

    /// The hits. `None` in Cube's order.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        self.answer().map(|answer| &answer.found)
    }

    /// The query that the rows answer. `None` in Cube's order.
    #[must_use]
    pub fn query(&self) -> Option<&Arc<Query>> {
        self.answer().map(|answer| &answer.query)
    }

    /// Who has a name that is spelled alike. `None` in Cube's order, and until it is known.
    #[must_use]
    pub fn alike(&self) -> Option<&Alike> {
        self.answer()?.alike.as_deref()
    }

    /// The first row of a customer whose name is spelled alike. `None` while there is none in the table.
    #[must_use]
    pub fn first_alike(&self) -> Option<usize> {
        let answer = self.answer().filter(|answer| !answer.alike_slots().is_empty());
        answer.map(|answer| answer.found.len())
    }

    fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Natural => None,
            Self::Ranked(answer) => Some(answer),
        }
    }

    /// Rows came or went on these pages. Hits on pages that are no longer held go at once.
    pub(super) fn touch(&mut self, store: &Store, touched: &Touched) {
        if let Self::Ranked(answer) = self {
            answer.found.forget(touched.iter().copied().filter(|page| store.segment(*page).is_none()));
            answer.stale.extend(touched);
            answer.is_alike_old = true;
            answer.keep_alike_apart(store);
        }
    }
}
