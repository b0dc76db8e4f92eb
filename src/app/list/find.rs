//! The search of a list: what the line says, the query that it means, and how far the answer is.
//!
//! ```text
//! text ─▶ Query ─▶ Task::Search, on what the query before has found where that is enough ─▶ Answer
//!                                                                                             ▲
//!         page ─▶ Task::Search, on pages that are not searched yet ───────────────────────────┘
//! ```

use super::{Cursor, List};
use crate::app::list::view::Answer;
use crate::app::{Env, Task, Ticket};
use crate::fields::FieldMap;
use crate::list::{Searchable, Touched};
use crate::search::{PageHits, Query, Reach, Unsearched};
use crate::words::Notice;
use std::mem;
use std::sync::Arc;

/// What is searched for in a list. Empty while the whole list is shown.
#[derive(Debug, Clone)]
pub struct Find {
    /// What was typed.
    text: String,
    /// Which fields plain words are searched in.
    reach: Reach,
    /// What the text means in these fields.
    query: Arc<Query>,
    pending: Pending,
    /// The question for names that are spelled alike.
    pub(super) asked_alike: Option<Ticket>,
}

impl Default for Find {
    /// Nothing is searched for, and what will be is searched for in all fields.
    fn default() -> Self {
        Self {
            text: String::new(),
            reach: Reach::AllFields,
            query: Arc::default(),
            pending: Pending::Nothing,
            asked_alike: None,
        }
    }
}

/// The search that is under way.
#[derive(Debug, Clone, Default)]
enum Pending {
    /// None.
    #[default]
    Nothing,
    /// The first answer to the query. The table still shows the rows from before.
    Answer {
        ticket: Ticket,
        /// Whether Enter was pressed, so that the best hit is opened as soon as it is known.
        opens: bool,
        /// Pages that changed after the search had begun.
        changed: Touched,
    },
    /// More of an answer that the table shows already.
    More {
        ticket: Ticket,
        query: Arc<Query>,
        /// Whether Enter was pressed while there was no hit, so that the best hit is opened as soon as one is known.
        opens: bool,
        /// Pages that are searched for the first time, or again.
        pages: Touched,
        /// Pages that changed after the search had begun.
        changed: Touched,
    },
}

/// What was shown before the line was opened.
#[derive(Debug)]
pub(super) struct Before {
    /// What was found. The whole list was shown where that is `None`.
    pub(super) answer: Option<Box<Answer>>,
    pub(super) find: Find,
    pub(super) cursor: Cursor,
}

/// What an answer leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Searched {
    /// Nothing further.
    Shown,
    /// The best hit is to be opened: Enter was pressed before the answer was here.
    Open,
}

impl Find {
    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Which fields plain words are searched in.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// What the text means.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether nothing is searched for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// Whether the table does not yet show an answer to what was typed.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        matches!(self.pending, Pending::Answer { .. })
    }

    /// Whether no search is under way.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(self.pending, Pending::Nothing)
    }

    /// Notes that pages changed while a search is under way.
    pub(super) fn pages_changed(&mut self, touched: &Touched) {
        match &mut self.pending {
            Pending::Nothing => {}
            Pending::Answer { changed, .. } | Pending::More { changed, .. } => changed.extend(touched),
        }
    }

    /// Takes the search away: nothing is searched for. Which fields words are searched in stays.
    pub(super) fn take(&mut self) -> Self {
        let none = Self { reach: self.reach, ..Self::default() };
        mem::replace(self, none)
    }

    /// Reads what the text means. Whether that is something new.
    fn read(&mut self, labels: &FieldMap) -> bool {
        let query = Query::search(&self.text, self.reach, labels);
        let is_new = *self.query != query;
        if is_new {
            self.query = Arc::new(query);
        }
        is_new
    }
}

impl List {
    /// Remembers what is shown, for [`Self::restore`], and shows hits by rank.
    pub(in crate::app) fn remember(&mut self, env: &mut Env<'_>) {
        let (answer, find, cursor) = (self.view.answer.clone(), self.find.clone(), self.cursor.clone());
        self.before.get_or_insert_with(|| Box::new(Before { answer, find, cursor }));
        self.rank_again(env);
    }

    /// What is shown now stays: there is nothing to go back to.
    pub(in crate::app) fn forget_before(&mut self) {
        self.before = None;
        self.cursor.choose();
    }

    /// Shows again what was shown before the line was opened, the cursor on its customer.
    pub(in crate::app) fn restore(&mut self, env: &mut Env<'_>) {
        self.end_rest_of_search();
        if let Some(before) = self.before.take() {
            self.bring_back(env, *before);
        }
    }

    /// Shows what was shown before, the cursor on its customer.
    pub(super) fn bring_back(&mut self, env: &mut Env<'_>, before: Before) {
        let reach = self.find.reach;
        (self.view.answer, self.find, self.cursor) = (before.answer, before.find, before.cursor);
        self.set_reach(env, reach);
        env.out.task(Task::CancelSearch(self.id));
        // A search that was under way then was dropped for the line's own.
        self.find.pending = Pending::Nothing;
        self.drop_alike_question();
        match &self.view.answer {
            None if !self.find.is_empty() => self.search_anew(env),
            None => {}
            Some(answer) if answer.is_of_marks => self.find_marks_again(env),
            Some(_) => self.search_more(env),
        }
        self.settle_cursor(env);
    }

    /// The line says something else: what it means is searched for. Returns whether that is a new query.
    pub(in crate::app) fn search_for(&mut self, env: &mut Env<'_>, text: &str) -> bool {
        text.clone_into(&mut self.find.text);
        self.query_changed(env)
    }

    /// Narrows plain words to the standard fields, or widens them to all again.
    pub(in crate::app) fn toggle_reach(&mut self, env: &mut Env<'_>) {
        let other = match self.find.reach {
            Reach::Standard => Reach::AllFields,
            Reach::AllFields => Reach::Standard,
        };
        self.set_reach(env, other);
        if !self.find.is_empty() {
            self.search_anew(env);
        }
        env.say(Notice::Reach(self.find.reach));
    }

    /// Reads the text anew, of these fields. What is shown stays.
    fn set_reach(&mut self, env: &Env<'_>, reach: Reach) {
        self.find.reach = reach;
        self.find.read(&env.labels.of(self.schema));
    }

    /// Searches anew when the text means something else than before: by its words, or by the labels of the fields.
    pub(in crate::app) fn query_changed(&mut self, env: &mut Env<'_>) -> bool {
        if !self.find.read(&env.labels.of(self.schema)) {
            return false;
        }
        self.returns_to = None;
        // The marked alone stay, whatever labels come: they answer no query.
        let shows_marked = self.view.shows_marked() && self.find.is_settled();
        if !self.find.is_empty() {
            self.search_anew(env);
        } else if !shows_marked {
            self.show_all(env);
        }
        true
    }

    /// Drops the search and shows the whole list, the cursor on its customer; without one where it was before.
    pub(in crate::app) fn clear_search(&mut self, env: &mut Env<'_>) {
        self.end_rest_of_search();
        let (selected, before) = (self.selected(), self.before.take());
        self.find.take();
        if let (None, Some(before)) = (selected, before) {
            self.cursor = before.cursor;
        }
        self.show_all(env);
        if let Some(slot) = selected {
            self.move_to_customer(env, slot);
        }
    }

    /// With Enter pressed before there is anything to open, the best hit is opened as soon as it is known. Returns
    /// whether an answer is awaited.
    pub(in crate::app) fn open_when_answered(&mut self) -> bool {
        let has_hits = self.found().is_some_and(|found| !found.is_empty());
        match &mut self.find.pending {
            Pending::Answer { opens, .. } => *opens = true,
            Pending::More { opens, .. } if !has_hits => *opens = true,
            Pending::Nothing | Pending::More { .. } => return false,
        }
        true
    }

    /// Takes in hits.
    pub(in crate::app) fn searched(
        &mut self,
        env: &mut Env<'_>,
        ticket: Ticket,
        hits: Vec<(u32, Arc<PageHits>)>,
    ) -> Searched {
        let returns_to = self.returns_to.take();
        let searched = self.take_hits(env, ticket, hits);
        self.returns_to = returns_to;
        self.return_to_place(env);
        searched
    }

    fn take_hits(&mut self, env: &mut Env<'_>, ticket: Ticket, hits: Vec<(u32, Arc<PageHits>)>) -> Searched {
        match mem::take(&mut self.find.pending) {
            Pending::Answer { ticket: pending, opens, changed } if pending == ticket => {
                let query = Arc::clone(&self.find.query);
                let answer = Answer { query, stale: changed, ..Answer::default() };
                self.view.answer = Some(Box::new(answer));
                self.drop_sort_of_hits(env);
                self.add_hits(hits);
                self.move_to_best_hit(env);
                self.search_more(env);
                self.open_now(opens)
            }
            Pending::More { ticket: pending, query, opens, pages, changed } if pending == ticket => {
                if let Some(answer) = &mut self.view.answer {
                    answer.query = query;
                    answer.stale.retain(|page| !pages.contains(page) || changed.contains(page));
                    answer.stale.extend(changed);
                }
                self.add_hits(hits);
                self.settle_cursor(env);
                self.search_more(env);
                self.open_now(opens)
            }
            other => {
                self.find.pending = other;
                Searched::Shown
            }
        }
    }

    /// Whether the best hit is opened now: Enter was pressed, and there is a hit or nothing more to wait for.
    fn open_now(&mut self, opens: bool) -> Searched {
        match (opens, opens && self.open_when_answered()) {
            (true, false) => Searched::Open,
            _ => Searched::Shown,
        }
    }

    fn add_hits(&mut self, hits: Vec<(u32, Arc<PageHits>)>) {
        let store = &self.store;
        if let Some(answer) = &mut self.view.answer {
            // A page may have gone while it was searched.
            answer.found.add(hits.into_iter().filter(|(page, _)| store.segment(*page).is_some()));
            answer.keep_alike_apart(store);
            answer.hits_changed();
        }
        self.sorting.hits_changed();
        self.changes += 1;
    }

    /// Begins the search for a new query. The rows stay as they are until its first answer.
    fn search_anew(&mut self, env: &mut Env<'_>) {
        let query = Arc::clone(&self.find.query);
        let pages = self.narrowed(&query, self.store.searchable());
        self.drop_alike_question();
        let ticket = env.out.ticket(self.id);
        self.find.pending = Pending::Answer { ticket, opens: false, changed: Touched::new() };
        env.out.task(Task::Search { ticket, query, pages });
    }

    /// Goes on with an answer that is shown: to what the line means now, then on pages that changed meanwhile.
    fn search_more(&mut self, env: &mut Env<'_>) {
        if self.answers_another() {
            let query = Arc::clone(&self.find.query);
            let pages = self.narrowed(&query, self.store.searchable());
            self.ask_for_more(env, query, pages);
        } else {
            self.search_stale(env);
        }
    }

    /// Searches the pages that came or changed since they were searched, unless a search is under way.
    pub(super) fn search_stale(&mut self, env: &mut Env<'_>) {
        let Some(answer) = &mut self.view.answer else { return };
        if !self.find.is_settled() || answer.stale.is_empty() || answer.is_of_marks {
            return;
        }
        let store = &self.store;
        answer.stale.retain(|page| store.segment(*page).is_some());
        let query = Arc::clone(&answer.query);
        let pages: Vec<_> = answer.stale.iter().filter_map(|page| store.searchable_page(*page)).collect();
        if !pages.is_empty() {
            self.ask_for_more(env, query, pages.into_iter().map(Unsearched::from).collect());
        }
    }

    fn ask_for_more(&mut self, env: &mut Env<'_>, query: Arc<Query>, pages: Vec<Unsearched>) {
        self.drop_alike_question();
        let ticket = env.out.ticket(self.id);
        let numbers = pages.iter().map(|unsearched| unsearched.searchable.page).collect();
        let (task, changed) = (Arc::clone(&query), Touched::new());
        self.find.pending = Pending::More { ticket, query, opens: false, pages: numbers, changed };
        env.out.task(Task::Search { ticket, query: task, pages });
    }

    /// Whether the rows are the whole answer for all that is loaded.
    pub(super) fn is_answered(&self) -> bool {
        let is_stale = self.view.answer.as_ref().is_some_and(|answer| !answer.stale.is_empty());
        self.find.is_settled() && !is_stale && self.view.query().is_some() && !self.answers_another()
    }

    /// Whether the rows answer another query than that of the line.
    fn answers_another(&self) -> bool {
        self.view.query().is_some_and(|query| *query != self.find.query)
    }

    /// Pages with what a wider query found on them, where the rows are its answer: only those rows can match.
    fn narrowed(&self, query: &Query, pages: Vec<Searchable>) -> Vec<Unsearched> {
        let Some(answer) = self.view.answer.as_ref().filter(|answer| !answer.is_of_marks) else {
            return pages.into_iter().map(Unsearched::from).collect();
        };
        let narrows = query.narrows(&answer.query);
        let unsearched = |page: Searchable| {
            if narrows && !answer.stale.contains(&page.page) {
                Unsearched::within(page, &answer.query, &answer.found)
            } else {
                page.into()
            }
        };
        pages.into_iter().map(unsearched).collect()
    }

    fn show_all(&mut self, env: &mut Env<'_>) {
        self.find.pending = Pending::Nothing;
        self.find.asked_alike = None;
        env.out.task(Task::CancelSearch(self.id));
        self.changes += 1;
        if self.view.answer.take().is_some() {
            if let Some(before) = &self.before {
                self.cursor = before.cursor.clone();
            }
            self.settle_cursor(env);
        }
    }
}
