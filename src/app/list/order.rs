//! The order of the rows by columns: which columns a person has chosen, and the sort that is under way.
//!
//! ```text
//! key ─▶ orders ─▶ Task::Sort ─▶ rows by columns ─▶ the table, the cursor on its customer
//!                     ▲
//!   page, hits ───────┴── what came since
//! ```
//! A sort takes what is loaded; until it has ended the rows stay as they are. While a person types, the best rank is
//! first whatever the columns say.

use super::{ChosenColumn, Columns, List};
use crate::app::{Env, Task, Ticket};
use crate::list::{Slot, Store, Touched};
use crate::search::Found;
use crate::search::sort::{Order, Sorted};
use std::sync::Arc;

/// While the rest of the list is loaded, rows are sorted again when they are more by this part of them.
const GROWTH: usize = 8;

/// What the rows are to be sorted by.
#[derive(Debug, Clone, Default)]
pub struct Sorting {
    /// The columns: each decides where those before it leave two customers alike.
    orders: Vec<Order>,
    asked: Option<Asked>,
    /// Whether the first row is marked when the rows are sorted: it was when the key was pressed, and who sorts wants to
    /// see what comes first.
    stays_first: bool,
}

/// A sort that is under way.
#[derive(Debug, Clone, Copy)]
struct Asked {
    ticket: Ticket,
    /// Whether the hits are sorted, and not the whole list.
    of_hits: bool,
    /// Whether rows came, went or changed since.
    is_old: bool,
}

/// Rows in the order of columns.
#[derive(Debug, Clone)]
pub(super) struct ByColumns {
    orders: Vec<Order>,
    rows: Arc<Sorted>,
    /// Whether rows came, went or changed since they were sorted.
    is_old: bool,
}

impl ByColumns {
    pub(super) fn orders(&self) -> &[Order] {
        &self.orders
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn slot(&self, row: usize) -> Option<Slot> {
        self.rows.slot(row)
    }

    pub(super) fn row_of(&self, slot: Slot) -> Option<usize> {
        self.rows.row_of(slot)
    }

    pub(super) fn grow_old(&mut self) {
        self.is_old = true;
    }

    /// Rows came or went on these pages. Those on pages that are no longer held go at once.
    pub(super) fn touch(&mut self, store: &Store, touched: &Touched) {
        self.is_old = true;
        let is_gone = |page: u32| touched.contains(&page) && store.segment(page).is_none();
        if touched.iter().any(|page| is_gone(*page)) {
            Arc::make_mut(&mut self.rows).forget(is_gone);
        }
    }
}

impl Sorting {
    /// The columns that the rows are to be sorted by; none for Cube's order.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Whether a sort is under way.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.asked.is_some()
    }

    /// Rows changed while they are sorted.
    pub(super) fn rows_changed(&mut self) {
        self.asked.iter_mut().for_each(|asked| asked.is_old = true);
    }

    /// Hits changed, which may be under way to be sorted.
    pub(super) fn hits_changed(&mut self) {
        self.asked.iter_mut().filter(|asked| asked.of_hits).for_each(|asked| asked.is_old = true);
    }
}

/// The orders after the key was pressed on a column: ascending, descending, Cube's order.
fn cycled(orders: &[Order], key: &str) -> Vec<Order> {
    match orders {
        [first, others @ ..] if first.key == key => match turned(first) {
            Some(turned) => [turned].into_iter().chain(others.iter().cloned()).collect(),
            None => Vec::new(),
        },
        _ => vec![ascending(key)],
    }
}

/// The orders with a further column: ascending, descending, without it.
fn extended(orders: &[Order], key: &str) -> Vec<Order> {
    let Some(at) = orders.iter().position(|order| order.key == key) else {
        return orders.iter().cloned().chain([ascending(key)]).collect();
    };
    let turn =
        |(place, order): (usize, &Order)| if place == at { turned(order) } else { Some(order.clone()) };
    orders.iter().enumerate().filter_map(turn).collect()
}

fn ascending(key: &str) -> Order {
    Order { key: key.to_owned(), descending: false }
}

/// The same column the other way round. `None` for one that is descending.
fn turned(order: &Order) -> Option<Order> {
    (!order.descending).then(|| Order { descending: true, ..order.clone() })
}

impl List {
    /// Sorts by a column: ascending, then descending, then in Cube's order again. With `then` the column decides where
    /// those that are chosen leave two customers alike.
    pub(in crate::app) fn sort_by(&mut self, env: &mut Env<'_>, key: &str, then: bool) {
        let orders = &self.sorting.orders;
        self.sorting.orders = if then { extended(orders, key) } else { cycled(orders, key) };
        self.sorting.stays_first = self.cursor.row() == 0;
        self.look_changed = true;
        self.drop_sort(env);
        if self.sorting.orders.is_empty() {
            self.show_unsorted();
            if self.find.is_empty() {
                self.end_rest_of_search();
            }
            self.go_with_customer(env);
        } else {
            self.may_load_again();
            self.load_rest_by_itself(env.now);
        }
    }

    /// Shows the list in Cube's order and hits by rank, those from before the line was opened too.
    fn show_unsorted(&mut self) {
        self.view.whole = None;
        let answers = self.view.answer.iter_mut();
        let befores = self.before.iter_mut().chain(&mut self.marks.before);
        answers
            .chain(befores.filter_map(|before| before.answer.as_mut()))
            .for_each(|answer| answer.order = None);
    }

    /// Sorts by these columns as soon as anything is here. The first of them gets the cursor, so that it is seen.
    pub(in crate::app) fn take_orders(&mut self, orders: Vec<Order>) {
        if let Some(order) = orders.first() {
            self.columns.move_cursor_to(&order.key);
        }
        self.sorting.orders = orders;
    }

    /// Sorts by other columns.
    pub(super) fn change_orders(&mut self, env: &mut Env<'_>, orders: Vec<Order>) {
        self.drop_sort(env);
        if orders.is_empty() {
            self.show_unsorted();
        }
        self.take_orders(orders);
        self.look_changed = true;
    }

    /// Takes the columns and the order of a view.
    pub(in crate::app) fn take_view(
        &mut self,
        env: &mut Env<'_>,
        columns: &[ChosenColumn],
        orders: Vec<Order>,
    ) {
        if self.view.shows_marked() {
            self.show_marked(env);
        }
        self.columns = Columns::new(self.schema);
        self.take_columns(columns.to_vec(), env.labels);
        self.change_orders(env, orders);
        self.go_with_customer(env);
    }

    /// The rows have another order: the cursor goes with its customer, or stays on the first row, where a search has put
    /// it or the person who sorts was.
    fn go_with_customer(&mut self, env: &Env<'_>) {
        let stays_first = std::mem::take(&mut self.sorting.stays_first);
        if self.cursor.row() > 0 {
            self.settle_cursor(env);
        } else if !self.cursor.is_chosen() {
            self.move_to_best_hit(env);
        } else if stays_first {
            self.move_to(env, 0);
        } else {
            self.settle_cursor(env);
        }
    }

    /// Whether the rows are by columns, and rows came, went or changed since they were sorted.
    pub(in crate::app) fn is_to_be_sorted(&self) -> bool {
        self.view.by_columns().is_some_and(|by| by.is_old)
    }

    /// The rows on the screen are by rank while the line is open.
    pub(super) fn is_typing(&self) -> bool {
        self.before.is_some()
    }

    /// Has the rows sorted that are to be and are not, unless a sort is under way.
    pub(in crate::app) fn sort_rows(&mut self, env: &mut Env<'_>) {
        let of_hits = self.view.answer.is_some();
        if self.sorting.orders.is_empty() || (of_hits && self.is_typing()) || self.is_sorted() {
            return;
        }
        if self.sorting.asked.is_some_and(|asked| asked.of_hits == of_hits) {
            return;
        }
        let pages = self.store.searchable();
        if pages.is_empty() {
            self.view.whole = None;
            return;
        }
        let among = self.view.found().cloned().map(Arc::new);
        let ticket = env.out.ticket(self.id);
        self.sorting.asked = Some(Asked { ticket, of_hits, is_old: false });
        let orders = self.sorting.orders.clone();
        env.out.task(Task::Sort { ticket, orders, pages, among });
    }

    /// Whether the rows are in the order of the columns, as far as they must be: while the rest is loaded, those that
    /// came since may be few.
    fn is_sorted(&self) -> bool {
        let Some(by) = self.view.by_columns().filter(|by| by.orders == self.sorting.orders) else {
            return false;
        };
        let loaded = || self.store.looked_up() + self.store.scope().loaded;
        let now = self.view.found().map_or_else(loaded, Found::len);
        let are_few = by.len() <= now && now - by.len() <= by.len() / GROWTH;
        !by.is_old || (self.load.rest().is_some() && are_few)
    }

    /// Takes in rows by columns.
    pub(in crate::app) fn sorted(&mut self, env: &Env<'_>, ticket: Ticket, rows: Arc<Sorted>) {
        let Some(asked) = self.sorting.asked.take_if(|asked| asked.ticket == ticket) else { return };
        let by = ByColumns { orders: self.sorting.orders.clone(), rows, is_old: asked.is_old };
        if !asked.of_hits {
            self.view.whole = Some(by);
        } else if let Some(answer) = &mut self.view.answer {
            answer.order = Some(by);
        }
        let returns_to = self.returns_to.take();
        self.go_with_customer(env);
        self.returns_to = returns_to;
        self.return_to_place(env);
    }

    /// Drops the sort that is under way.
    pub(super) fn drop_sort(&mut self, env: &mut Env<'_>) {
        if self.sorting.asked.take().is_some() {
            env.out.task(Task::CancelSort(self.id));
        }
    }

    /// Shows the hits by rank again: the line is open.
    pub(super) fn rank_again(&mut self, env: &mut Env<'_>) {
        let was_sorted = self.view.answer.as_mut().and_then(|answer| answer.order.take()).is_some();
        if was_sorted {
            self.settle_cursor(env);
        }
        self.drop_sort_of_hits(env);
    }

    /// The hits are those of another query now, or shown by rank: their sort is no longer wanted.
    pub(super) fn drop_sort_of_hits(&mut self, env: &mut Env<'_>) {
        if self.sorting.asked.is_some_and(|asked| asked.of_hits) {
            self.drop_sort(env);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn orders(text: &str) -> Vec<Order> {
        let order = |part: &str| Order {
            key: part.trim_end_matches('-').to_owned(),
            descending: part.ends_with('-'),
        };
        text.split_whitespace().map(order).collect()
    }

    #[rstest]
    #[case::a_first_column("", "city", "city")]
    #[case::the_other_way_round("city", "city", "city-")]
    #[case::cubes_order("city-", "city", "")]
    #[case::another_column("city-", "name", "name")]
    #[case::the_first_of_two("city name", "city", "city- name")]
    #[case::the_second_of_two("city name", "name", "name")]
    fn a_key_goes_round_on_its_column(#[case] before: &str, #[case] key: &str, #[case] after: &str) {
        assert_eq!(cycled(&orders(before), key), orders(after));
    }

    #[rstest]
    #[case::with_none_before("", "city", "city")]
    #[case::a_second_column("city-", "name", "city- name")]
    #[case::the_other_way_round("city name", "name", "city name-")]
    #[case::without_it("city name-", "name", "city")]
    #[case::the_first("city name", "city", "city- name")]
    fn a_further_column_goes_round_at_its_place(
        #[case] before: &str,
        #[case] key: &str,
        #[case] after: &str,
    ) {
        assert_eq!(extended(&orders(before), key), orders(after));
    }
}
