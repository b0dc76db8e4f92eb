//! The customers that a person has marked: to be copied, written into a file, compared, or shown alone.
//!
//! A mark is the customer's, by their id. It stays whatever is searched, sorted or refreshed, until the customer is on
//! no page any more. Shown alone they are rows as hits are, with what was shown before kept for the way back.

use super::List;
use super::find::Before;
use super::view::Answer;
use crate::app::{Env, Task};
use crate::list::{Row, Slot, Touched};
use crate::search::Found;
use crate::words::Notice;
use std::collections::HashSet;

/// The marks of a list.
#[derive(Debug, Default)]
pub struct Marks {
    ids: HashSet<Box<str>>,
    /// What was shown before the marked were shown alone.
    pub(super) before: Option<Box<Before>>,
    /// Whether customers may have gone since the marks were last compared with the pages.
    is_old: bool,
}

impl Marks {
    /// How many customers are marked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no customer is marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether the customer with this id is marked.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Customers may have gone: the marks are to be compared with the pages once these are here.
    pub(super) fn grow_old(&mut self) {
        self.is_old = true;
    }
}

impl List {
    /// Marks the customer under the cursor, or no longer, and goes to the next row.
    pub(in crate::app) fn mark_row(&mut self, env: &mut Env<'_>) {
        let Some(slot) = self.selected() else {
            return env.say(match self.row_count() {
                0 => Notice::NothingToMark,
                _ if self.cursor_is_on_failed_page() => Notice::PageFailed,
                _ => Notice::NotLoadedYet,
            });
        };
        let Some(id) = self.markable(slot) else { return env.say(Notice::CannotBeMarked) };
        if !self.marks.ids.remove(&*id) {
            self.marks.ids.insert(id);
        }
        self.move_by(env, 1);
    }

    /// Marks all customers that are shown and loaded, those whose names are only spelled alike left out.
    pub(in crate::app) fn mark_shown(&mut self, env: &mut Env<'_>) {
        let before = self.marks.len();
        let slots = self.shown_slots();
        let ids: Vec<Box<str>> = slots.iter().filter_map(|slot| self.markable(*slot)).collect();
        self.marks.ids.extend(ids);
        let (marked, new) = (self.marks.len(), self.marks.len() - before);
        let missing = self.store.scope().missing > 0;
        env.say(if marked == 0 { Notice::NothingToMark } else { Notice::Marked { marked, new, missing } });
    }

    /// Takes all marks away.
    pub(in crate::app) fn unmark_all(&mut self, env: &mut Env<'_>) {
        env.say(if self.marks.is_empty() {
            Notice::NoMarks
        } else {
            Notice::NoLongerMarked(self.marks.len())
        });
        self.marks.ids.clear();
        self.show_all_again(env);
    }

    /// Shows the marked customers alone, or what was shown before again. A row whose mark is taken off there stays
    /// until then.
    pub(in crate::app) fn show_marked(&mut self, env: &mut Env<'_>) {
        if self.view.shows_marked() {
            return self.show_all_again(env);
        }
        if self.marks.is_empty() {
            return env.say(Notice::NoMarks);
        }
        let selected = self.selected();
        self.drop_sort_of_hits(env);
        self.drop_alike_question();
        env.out.task(Task::CancelSearch(self.id));
        let answer = Answer { found: self.found_marks(), is_of_marks: true, ..Answer::default() };
        let (answer, find) = (self.view.answer.replace(Box::new(answer)), self.find.take());
        self.marks.before = Some(Box::new(Before { answer, find, cursor: self.cursor.clone() }));
        self.changes += 1;
        if selected.is_none_or(|slot| !self.move_to_customer(env, slot)) {
            self.move_to(env, 0);
        }
    }

    /// Shows what was shown before the marked were shown alone, the cursor on its customer where that is among them.
    fn show_all_again(&mut self, env: &mut Env<'_>) {
        if !self.view.shows_marked() {
            return;
        }
        let selected = self.selected();
        self.drop_sort_of_hits(env);
        match self.marks.before.take() {
            Some(before) => self.bring_back(env, *before),
            None => self.view.answer = None,
        }
        if let Some(slot) = selected {
            self.move_to_customer(env, slot);
        }
    }

    /// The slots of the marked customers: those that are shown as they are shown, then the others in Cube's order.
    #[must_use]
    pub fn marked_slots(&self) -> Vec<Slot> {
        let mut slots = self.slots_of_marks();
        slots.sort_by_cached_key(|slot| (self.row_of(*slot).unwrap_or(usize::MAX), *slot));
        slots
    }

    /// Rows came or went on these pages: those who are on none any more are no longer marked, and that is said. Those
    /// who are shown alone are found again.
    pub(super) fn follow_marks(&mut self, env: &mut Env<'_>, touched: &Touched) {
        self.marks.is_old |= touched.iter().any(|page| self.store.segment(*page).is_none());
        let may_have_gone = self.marks.is_old;
        if self.marks.is_old && !self.store.is_rereading() {
            self.marks.is_old = false;
            let (store, before) = (&self.store, self.marks.len());
            self.marks.ids.retain(|id| store.find_id(id).is_some());
            let gone = before - self.marks.len();
            if gone > 0 {
                env.notices.remark_on(Notice::MarkedAreGone(gone));
            }
        }
        let shows = self.view.answer.as_ref().filter(|answer| answer.is_of_marks);
        let Some(answer) = shows else { return };
        if may_have_gone || touched.iter().any(|page| answer.found.page(*page).is_some()) {
            self.find_marks_again(env);
        }
    }

    /// Finds those who are shown alone on their pages again.
    pub(super) fn find_marks_again(&mut self, env: &mut Env<'_>) {
        if self.marks.is_empty() {
            return self.show_all_again(env);
        }
        let found = self.found_marks();
        if let Some(answer) = self.view.answer.as_mut().filter(|answer| answer.is_of_marks) {
            answer.found = found;
            answer.hits_changed();
            self.sorting.hits_changed();
            self.changes += 1;
        }
    }

    fn found_marks(&self) -> Found {
        let len = |page| self.store.segment(page).map_or(0, |segment| segment.len());
        Found::of(self.slots_of_marks(), len)
    }

    fn slots_of_marks(&self) -> Vec<Slot> {
        self.marks.ids.iter().filter_map(|id| self.store.find_id(id)).collect()
    }

    /// The id by which a customer is marked. `None` for one without an id, whom nothing tells from others, and for one
    /// of another list.
    fn markable(&self, slot: Slot) -> Option<Box<str>> {
        self.id_at(slot).filter(|_| self.store.elsewhere(slot).is_none()).map(Into::into)
    }

    /// The customers that are shown and loaded, in order. Those whose names are only spelled alike are none of them, nor
    /// are customers of other lists.
    pub(in crate::app) fn shown_slots(&self) -> Vec<Slot> {
        let rows = (0..self.shown_count()).filter_map(|row| self.row(row));
        let loaded = rows.filter_map(|row| match row {
            Row::Loaded(slot) => Some(slot),
            Row::Absent { .. } => None,
        });
        loaded.filter(|slot| self.store.elsewhere(*slot).is_none()).collect()
    }

    /// How many customers are shown, those whose names are only spelled alike not counted.
    pub(in crate::app) fn shown_count(&self) -> usize {
        self.view.first_alike().unwrap_or_else(|| self.row_count())
    }
}
