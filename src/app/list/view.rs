//! Which rows the table shows and in which order: the only answer to which record is on a row, and on which row a
//! record is.
//!
//! ```text
//!               no search                a search
//! no sort       Cube's order             the best rank first, then those who are spelled alike
//! by columns    the customers loaded     in the line by rank; a filter that is kept, by columns
//! ```
//! The marked customers, shown alone, are in the place of hits.

use super::order::ByColumns;
use crate::list::{Row, Slot, Store, Touched};
use crate::search::alike::Alike;
use crate::search::sort::Order;
use crate::search::{Found, Query, Rank};
use crate::words::Divider;
use std::sync::Arc;

/// The rows of the table: customers who were looked up and then Cube's order, unless it is sorted or searched.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// The customers who are loaded, by columns. `None` in Cube's order.
    pub(super) whole: Option<ByColumns>,
    /// What a search has found. `None` while the whole list is shown.
    pub(super) answer: Option<Box<Answer>>,
}

/// What a search has found so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    /// The query that `found` answers.
    pub(super) query: Arc<Query>,
    /// The hits.
    pub(super) found: Found,
    /// The hits by columns. `None` where the best rank is first.
    pub(super) order: Option<ByColumns>,
    /// Pages that changed since they were searched. Their old hits stay until the new ones arrive.
    pub(super) stale: Touched,
    /// Who has a name that is spelled alike. `None` until that is known.
    pub(super) alike: Option<Arc<Alike>>,
    /// Whether they are rows of the table.
    pub(super) shows_alike: bool,
    /// Whether pages came or changed since they were looked for.
    pub(super) is_alike_old: bool,
    /// Whether they are the marked customers, shown alone, and no search has found them.
    pub(super) is_of_marks: bool,
}

impl Answer {
    /// How many rows are hits.
    pub(super) fn hits(&self) -> usize {
        self.order.as_ref().map_or_else(|| self.found.len(), ByColumns::len)
    }

    fn hit(&self, row: usize) -> Option<Slot> {
        match &self.order {
            Some(order) => order.slot(row),
            None => self.found.slot(row),
        }
    }

    fn row_of_hit(&self, slot: Slot) -> Option<usize> {
        match &self.order {
            Some(order) => order.row_of(slot),
            None => self.found.row_of(slot),
        }
    }

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

    /// The hits are others now: where they are sorted, they are to be sorted again.
    pub(super) fn hits_changed(&mut self) {
        self.order.iter_mut().for_each(ByColumns::grow_old);
    }

    /// Rows came or went on these pages. Hits on pages that are no longer held go at once.
    pub(super) fn touch(&mut self, store: &Store, touched: &Touched) {
        self.found.forget(touched.iter().copied().filter(|page| store.segment(*page).is_none()));
        self.order.iter_mut().for_each(|order| order.touch(store, touched));
        self.stale.extend(touched);
        self.is_alike_old = true;
        self.keep_alike_apart(store);
    }
}

impl View {
    /// How many rows there are.
    #[must_use]
    pub fn count(&self, store: &Store) -> usize {
        match (&self.answer, &self.whole) {
            (Some(answer), _) => answer.hits() + answer.alike_slots().len(),
            (None, Some(whole)) => whole.len(),
            (None, None) => store.row_count(),
        }
    }

    /// What is on a row. `None` iff there are fewer rows.
    #[must_use]
    pub fn row(&self, store: &Store, row: usize) -> Option<Row> {
        match (&self.answer, &self.whole) {
            (Some(answer), _) => {
                let alike = || answer.alike_slots().get(row.checked_sub(answer.hits())?).copied();
                answer.hit(row).or_else(alike).map(Row::Loaded)
            }
            (None, Some(whole)) => whole.slot(row).map(Row::Loaded),
            (None, None) => store.row(row),
        }
    }

    /// The row of a record. `None` iff the view does not show it.
    #[must_use]
    pub fn row_of(&self, store: &Store, slot: Slot) -> Option<usize> {
        match (&self.answer, &self.whole) {
            (Some(answer), _) => {
                let alike = || answer.alike_slots().iter().position(|alike| *alike == slot);
                answer.row_of_hit(slot).or_else(|| Some(answer.hits() + alike()?))
            }
            (None, Some(whole)) => whole.row_of(slot),
            (None, None) => store.row_of(slot),
        }
    }

    /// The dividers and the rows above which they are drawn, ascending.
    #[must_use]
    pub fn dividers(&self, store: &Store) -> Vec<(usize, Divider)> {
        match (&self.answer, &self.whole) {
            (Some(answer), _) => {
                let (hits, others) = (answer.hits(), answer.found.len_of(Rank::OtherField));
                let is_divided = answer.order.is_none() && others > 0;
                let other_fields = is_divided.then(|| (hits - others, Divider::OtherFields(others)));
                let (shown, all) =
                    (answer.alike_slots().len(), answer.alike.as_ref().map_or(0, |alike| alike.len));
                let alike = (shown > 0).then_some((hits, Divider::Alike { shown, all }));
                other_fields.into_iter().chain(alike).collect()
            }
            (None, Some(_)) => Vec::new(),
            (None, None) if store.looked_up() == 0 => Vec::new(),
            (None, None) => vec![(0, Divider::LookedUp), (store.looked_up(), Divider::List)],
        }
    }

    /// Whether the whole list is shown in Cube's order, rows that are not loaded among the others.
    #[must_use]
    pub fn is_natural(&self) -> bool {
        self.answer.is_none() && self.whole.is_none()
    }

    /// The order of the rows by columns. `None` in Cube's order and by rank.
    pub(super) fn by_columns(&self) -> Option<&ByColumns> {
        match &self.answer {
            Some(answer) => answer.order.as_ref(),
            None => self.whole.as_ref(),
        }
    }

    /// What the rows are sorted by; nothing in Cube's order and by rank.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        self.by_columns().map_or(&[], ByColumns::orders)
    }

    /// The hits, or the marked customers that are shown alone. `None` while the whole list is shown.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        self.answer.as_ref().map(|answer| &answer.found)
    }

    /// Whether the marked customers are shown alone.
    #[must_use]
    pub fn shows_marked(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.is_of_marks)
    }

    /// The query that the rows answer. `None` while the whole list is shown, or the marked customers.
    #[must_use]
    pub fn query(&self) -> Option<&Arc<Query>> {
        self.answer.as_ref().filter(|answer| !answer.is_of_marks).map(|answer| &answer.query)
    }

    /// Who has a name that is spelled alike. `None` while the whole list is shown, and until it is known.
    #[must_use]
    pub fn alike(&self) -> Option<&Alike> {
        self.answer.as_ref()?.alike.as_deref()
    }

    /// The first row of a customer whose name is spelled alike. `None` while there is none in the table.
    #[must_use]
    pub fn first_alike(&self) -> Option<usize> {
        let answer = self.answer.as_ref().filter(|answer| !answer.alike_slots().is_empty());
        answer.map(|answer| answer.hits())
    }

    /// Rows came or went on these pages. Rows on pages that are no longer held go at once.
    pub(super) fn touch(&mut self, store: &Store, touched: &Touched) {
        self.whole.iter_mut().for_each(|whole| whole.touch(store, touched));
        if let Some(answer) = &mut self.answer {
            answer.touch(store, touched);
        }
    }
}
