//! Where a person was in a list, to go back there: what was searched for, the order, the row and the viewport.

use super::{Cursor, List};
use crate::app::{Env, ListId};
use crate::search::Reach;
use crate::search::sort::Order;

/// A place in a list. It has no rows: they are searched and sorted anew.
#[derive(Debug, Clone)]
pub(in crate::app) struct ListPlace {
    /// The list.
    pub list: ListId,
    text: String,
    reach: Reach,
    orders: Vec<Order>,
    /// Whether the marked customers were shown alone.
    of_marks: bool,
    cursor: Cursor,
}

impl List {
    /// Where the person is now.
    #[must_use]
    pub(in crate::app) fn place(&self) -> ListPlace {
        ListPlace {
            list: self.id,
            text: self.find.text().to_owned(),
            reach: self.find.reach(),
            orders: self.sorting.orders().to_vec(),
            of_marks: self.view.shows_marked(),
            cursor: self.returns_to.as_deref().unwrap_or(&self.cursor).clone(),
        }
    }

    /// Whether the rows are those of a place, in its order.
    #[must_use]
    pub(in crate::app) fn shows_rows_of(&self, place: &ListPlace) -> bool {
        let now = (self.find.text(), self.find.reach(), self.sorting.orders());
        now == (&place.text, place.reach, &place.orders) && self.view.shows_marked() == place.of_marks
    }

    /// Goes back to a place: at once, or as soon as the rows are searched and sorted as they were there.
    pub(in crate::app) fn go_to_place(&mut self, env: &mut Env<'_>, place: ListPlace) {
        self.forget_before();
        let shows_marked = self.view.shows_marked();
        if shows_marked != place.of_marks && (shows_marked || !self.marks.is_empty()) {
            self.show_marked(env);
        }
        if self.sorting.orders() != place.orders {
            self.change_orders(env, place.orders);
        }
        if self.find.reach() != place.reach {
            self.toggle_reach(env);
        }
        self.search_for(env, &place.text);
        if self.needs_rest() {
            self.load_rest_by_itself(env.now);
        }
        self.returns_to = Some(Box::new(place.cursor));
        self.return_to_place(env);
    }

    /// The cursor goes on to the place that a person goes back to, after rows came; a person who moves it goes no more.
    pub(super) fn return_to_place(&mut self, env: &Env<'_>) {
        let Some(cursor) = self.returns_to.clone().filter(|_| !self.find.is_behind()) else { return };
        self.cursor = (*cursor).clone();
        self.settle_cursor(env);
        let is_there = self.find.is_settled() && !self.sorting.is_under_way() && !self.is_to_be_sorted();
        self.returns_to = Some(cursor).filter(|_| !is_there);
    }
}
