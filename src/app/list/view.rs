//! Which rows the table shows and in which order: the only answer to which record is on a row, and on which row a
//! record is.

use crate::list::{Row, Slot, Store, Touched};
use crate::search::{Found, Query, Rank};
use crate::words::Divider;
use std::sync::Arc;

/// The rows of the table.
#[derive(Debug, Clone, Default)]
pub enum View {
    /// Customers who were looked up, then Cube's order.
    #[default]
    Natural,
    /// The hits of a search, the best rank first.
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
}

impl View {
    /// How many rows there are.
    #[must_use]
    pub fn count(&self, store: &Store) -> usize {
        match self {
            Self::Natural => store.row_count(),
            Self::Ranked(answer) => answer.found.len(),
        }
    }

    /// What is on a row. `None` iff there are fewer rows.
    #[must_use]
    pub fn row(&self, store: &Store, row: usize) -> Option<Row> {
        match self {
            Self::Natural => store.row(row),
            Self::Ranked(answer) => answer.found.slot(row).map(Row::Loaded),
        }
    }

    /// The row of a record. `None` iff the view does not show it.
    #[must_use]
    pub fn row_of(&self, store: &Store, slot: Slot) -> Option<usize> {
        match self {
            Self::Natural => store.row_of(slot),
            Self::Ranked(answer) => answer.found.row_of(slot),
        }
    }

    /// The dividers and the rows above which they are drawn, ascending.
    #[must_use]
    pub fn dividers(&self, store: &Store) -> Vec<(usize, Divider)> {
        match self {
            Self::Natural if store.looked_up() == 0 => Vec::new(),
            Self::Natural => vec![(0, Divider::LookedUp), (store.looked_up(), Divider::List)],
            Self::Ranked(answer) => match answer.found.len_of(Rank::OtherField) {
                0 => Vec::new(),
                others => vec![(answer.found.len() - others, Divider::OtherFields(others))],
            },
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
        }
    }
}
