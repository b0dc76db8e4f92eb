//! The rows below the hits: customers with names that are spelled like those in the line. They are looked for when
//! everything else was searched, and again when pages came since.

use super::List;
use crate::app::{Env, Task, Ticket};
use crate::list::Searchable;
use crate::search::alike::{self, Alike};
use crate::search::{Found, Unsearched};
use crate::words::Notice;
use std::sync::Arc;

/// With fewer hits, those who are alike are rows of the table at once.
const FEW_HITS: usize = 10;

impl List {
    /// Looks for them once the hits are all there. While the rest of the list is loaded, what is known is kept.
    pub(in crate::app) fn look_for_alike(&mut self, env: &mut Env<'_>) {
        let is_whole = self.is_answered();
        let Some(answer) = &mut self.view.answer else { return };
        let is_known = answer.alike.is_some() && (!answer.is_alike_old || self.load.rest().is_some());
        if is_known || self.find.asked_alike.is_some() || !is_whole {
            return;
        }
        answer.is_alike_old = false;
        if !alike::is_for(&answer.query) {
            answer.alike = Some(Arc::default());
            return;
        }
        let found = |page: Searchable| Unsearched::within(page, &answer.query, &answer.found);
        let pages = self.store.searchable().into_iter().map(found).collect();
        let (text, query) = (self.find.text().to_owned(), Arc::clone(&answer.query));
        let ticket = env.out.ticket(self.id);
        self.find.asked_alike = Some(ticket);
        env.out.task(Task::Alike { ticket, text, query, pages });
    }

    /// Takes them in. With few hits they are rows of the table from now on.
    pub(in crate::app) fn alike_arrived(&mut self, env: &mut Env<'_>, ticket: Ticket, alike: Alike) {
        if self.find.asked_alike != Some(ticket) {
            return;
        }
        self.find.asked_alike = None;
        let Some(answer) = &mut self.view.answer else { return };
        answer.shows_alike |= answer.found.len() < FEW_HITS;
        answer.alike = Some(Arc::new(alike));
        answer.keep_alike_apart(&self.store);
        self.settle_cursor(env);
    }

    /// Moves the cursor to the first of them, and from there back to the first hit. Returns whether there are any, or
    /// may be.
    pub(in crate::app) fn show_alike(&mut self, env: &mut Env<'_>) -> bool {
        let Some(answer) = &mut self.view.answer else { return false };
        match &answer.alike {
            None => {
                env.say(Notice::AlikeNotKnown);
                return true;
            }
            Some(alike) if alike.is_empty() => return false,
            Some(_) => {}
        }
        let first = answer.hits();
        let is_there = answer.shows_alike && self.cursor.row() >= first;
        answer.shows_alike = true;
        self.move_to(env, if is_there { 0 } else { first });
        true
    }

    /// The line with its wrong words replaced. `None` where it has a match, or may have one in the rest of the list.
    #[must_use]
    pub fn correction(&self) -> Option<&str> {
        let is_empty = self.found().is_some_and(Found::is_empty);
        let is_asked = is_empty && self.store.scope().is_all();
        let lines = &self.view.alike().filter(|_| is_asked)?.lines;
        lines.first().map(String::as_str)
    }

    /// A search drops the question: it is asked again.
    pub(super) fn drop_alike_question(&mut self) {
        if self.find.asked_alike.take().is_some()
            && let Some(answer) = &mut self.view.answer
        {
            answer.is_alike_old = true;
        }
    }
}
