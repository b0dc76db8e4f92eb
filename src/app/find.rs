//! Search and lookup: the line, the query it means, and what was found so far.
//!
//! ```text
//! key ─▶ line ─▶ Query ─▶ Effect::Search ─▶ Msg::Searched ─▶ Found ─▶ rows
//!                              ▲                 │
//!         page ────────────────┴── pages that are not searched yet
//! ```

use crate::app::{App, Cursor, Effect, line};
use crate::cube::Error;
use crate::search::{Found, PageHits, Query, Reach, Unsearched};
use crossterm::event::KeyEvent;
use std::collections::BTreeSet;
use std::sync::Arc;
use tui_input::Input;

/// What the line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Words, anywhere.
    Search,
    /// The caller's id or number.
    Lookup,
}

/// How far Cube was asked for the id in a lookup line.
#[derive(Debug, Clone, Default)]
pub enum Asked {
    /// Not asked.
    #[default]
    No,
    /// Asked; the ticket of the question.
    Waiting(u64),
    /// There is no such id.
    NotThere(String),
    /// The question failed.
    Failed(Arc<Error>),
}

/// A search or a lookup, from its first letter until it is cleared.
#[derive(Debug)]
pub struct Find {
    /// What the line is for.
    pub purpose: Purpose,
    /// The line.
    pub input: Input,
    /// Whether the line has the focus; otherwise the search is a filter that was kept.
    pub typing: bool,
    /// Which fields plain words are looked for in.
    pub reach: Reach,
    /// What the line means.
    pub query: Arc<Query>,
    /// How far Cube was asked for an id.
    pub asked: Asked,
    found: Found,
    /// Whether `found` holds an answer to any query at all.
    answered: bool,
    /// The query that `found` is the answer to.
    answered_query: Arc<Query>,
    /// The search that is under way, and whether it is for a query that was not answered yet.
    pending: Option<(u64, bool)>,
    /// Pages that changed since they were searched. Their old hits stay until the new ones are here.
    dirty: BTreeSet<u32>,
    /// Pages that `found` does not have as they are now: those, and those that are being searched again.
    stale: BTreeSet<u32>,
    /// Whether Enter was pressed before the answer was here.
    pub(super) enter: bool,
    /// How many uses back in the history the line was taken from.
    pub(super) recalled: Option<usize>,
    /// The question for names that are near, 0 before any.
    asked_names: u64,
    /// Names near to what was found nowhere.
    pub suggestions: Vec<String>,
    /// Where the cursor was before.
    before: Cursor,
}

impl Find {
    fn new(purpose: Purpose, input: Input, before: Cursor) -> Self {
        Self {
            purpose,
            input,
            typing: true,
            reach: Reach::default(),
            query: Arc::default(),
            asked: Asked::No,
            found: Found::default(),
            answered: false,
            answered_query: Arc::default(),
            pending: None,
            dirty: BTreeSet::new(),
            stale: BTreeSet::new(),
            enter: false,
            recalled: None,
            asked_names: 0,
            suggestions: Vec::new(),
            before,
        }
    }

    /// Whether `found` is the answer to what the line says, in all that is held.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.pending.is_none() && self.dirty.is_empty()
    }

    /// What was found. `None` while nothing is asked for or no answer is here: then the list is shown.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        (self.answered && !self.query.is_empty()).then_some(&self.found)
    }

    /// Whether `found` is not yet the answer to what the line says.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        matches!(self.pending, Some((_, true)))
    }
}

impl App {
    /// Whether what is typed was not searched for yet.
    #[must_use]
    pub fn is_searching_anew(&self) -> bool {
        self.find.as_ref().is_some_and(Find::is_behind)
    }

    /// What was found, while a search or a lookup narrows the table.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        self.find.as_ref()?.found()
    }

    /// Opens the line, with `text` in it. A filter that was kept is opened again with its words.
    pub(super) fn open_line(&mut self, purpose: Purpose, text: &str) {
        self.load.declined = false;
        self.leave_card_open();
        if let Some(find) = self.find.as_mut().filter(|find| find.purpose == purpose && text.is_empty()) {
            find.typing = true;
            return;
        }
        self.clear_find();
        let mut input = Input::default();
        line::insert(&mut input, text);
        self.find = Some(Find::new(purpose, input, self.cursor.clone()));
        self.line_changed();
    }

    /// Gives a key to the line.
    pub(super) fn type_key(&mut self, key: &KeyEvent) {
        if self.find.as_mut().is_some_and(|find| line::edit(&mut find.input, key)) {
            self.line_changed();
        }
    }

    /// Adds pasted text to the line.
    pub(super) fn paste_into_line(&mut self, text: &str) {
        if let Some(find) = &mut self.find {
            line::insert(&mut find.input, text);
            self.line_changed();
        }
    }

    /// Looks plain words up in all fields instead of the standard ones, or the other way round.
    pub(super) fn change_reach(&mut self) {
        if let Some(find) = self.find.as_mut().filter(|find| find.purpose == Purpose::Search) {
            find.reach = match find.reach {
                Reach::Standard => Reach::AllFields,
                Reach::AllFields => Reach::Standard,
            };
            self.line_changed();
        }
    }

    /// The line says something else: what it means is searched for anew.
    pub(super) fn line_changed(&mut self) {
        self.stop_lookup();
        if let Some(find) = &mut self.find {
            find.asked = Asked::No;
            find.enter = false;
            find.recalled = None;
        }
        self.query_changed();
    }

    /// Searches anew when the line means something else than before: by its words, or by the labels of the fields.
    pub(super) fn query_changed(&mut self) {
        let Some(find) = &mut self.find else { return };
        let line = find.input.value();
        let query = match find.purpose {
            Purpose::Search => Query::search(line, find.reach, &self.labels.fields),
            Purpose::Lookup if wrong_character(line).is_some() => Query::default(),
            Purpose::Lookup => Query::lookup(line),
        };
        if *find.query == query {
            return;
        }
        find.query = Arc::new(query);
        find.suggestions.clear();
        if !find.query.is_empty() {
            self.search(true);
            self.load_rest_by_itself();
            return;
        }
        find.answered = false;
        find.pending = None;
        self.cursor = find.before.clone();
        self.effects.push(Effect::CancelSearch);
        self.settle_cursor();
    }

    /// Searches the pages that are here: all of them for a new query, else those that came or changed since.
    fn search(&mut self, is_new: bool) {
        let Some(find) = &mut self.find else { return };
        let pages = if is_new {
            self.store.searchable()
        } else {
            find.dirty.iter().filter_map(|page| self.store.searchable_page(*page)).collect()
        };
        let mut pages: Vec<_> = pages.into_iter().map(Unsearched::from).collect();
        if is_new && find.query.narrows(&find.answered_query) {
            for page in pages.iter_mut().filter(|page| !find.stale.contains(&page.searchable.page)) {
                page.wider = find.found.page(page.searchable.page).cloned();
            }
        }
        find.dirty.clear();
        if pages.is_empty() && !is_new {
            return;
        }
        self.tickets += 1;
        find.pending = Some((self.tickets, is_new));
        let query = Arc::clone(&find.query);
        self.effects.push(Effect::Search { ticket: self.tickets, query, pages });
    }

    /// Takes in what was found.
    pub(super) fn searched(&mut self, ticket: u64, hits: Vec<(u32, Arc<PageHits>)>) {
        let Some(find) = &mut self.find else { return };
        let Some((_, is_new)) = find.pending.filter(|(pending, _)| *pending == ticket) else { return };
        find.pending = None;
        if is_new {
            find.found = Found::default();
            find.answered = true;
            find.answered_query = Arc::clone(&find.query);
        }
        // A page may have gone while it was searched.
        let store = &self.store;
        for (page, _) in hits.iter().filter(|(page, _)| !find.dirty.contains(page)) {
            find.stale.remove(page);
        }
        find.found.add(hits.into_iter().filter(|(page, _)| store.segment(*page).is_some()));
        if is_new {
            self.cursor = Cursor::default();
            self.move_to(0);
        } else {
            self.settle_cursor();
        }
        self.search(false);
        self.ask_for_suggestions();
        if self.find.as_ref().is_some_and(|find| find.enter && !find.is_behind()) {
            self.lookup_entered();
        }
    }

    /// With nobody found among all, asks for names that are near.
    fn ask_for_suggestions(&mut self) {
        let Some(find) = &self.find else { return };
        let words = find.query.name_words();
        if find.is_current() && find.found.is_empty() && !words.is_empty() && self.store.scope().is_all() {
            let words = words.into_iter().map(str::to_owned).collect();
            let pages = self.store.searchable();
            self.tickets += 1;
            self.effects.push(Effect::Suggest { ticket: self.tickets, words, pages });
            if let Some(find) = &mut self.find {
                find.asked_names = self.tickets;
            }
        }
    }

    /// Takes in names that are near to what was found nowhere.
    pub(super) fn suggested(&mut self, ticket: u64, names: Vec<String>) {
        if let Some(find) =
            self.find.as_mut().filter(|find| find.asked_names == ticket && find.found.is_empty())
        {
            find.suggestions = names;
        }
    }

    /// Puts the first of the names that are near in the place of the line. Whether there was one.
    pub(super) fn take_suggestion(&mut self) -> bool {
        let Some(find) = &mut self.find else { return false };
        let Some(name) = find.suggestions.first().cloned() else {
            return false;
        };
        find.input = Input::new(name);
        self.line_changed();
        true
    }

    /// Rows came or went on these pages: they are searched again, and the cursor goes with its customer.
    pub(super) fn rows_changed(&mut self, touched: &BTreeSet<u32>) {
        let store = &self.store;
        if let Some(find) = &mut self.find {
            find.found.forget(touched.iter().copied().filter(|page| store.segment(*page).is_none()));
            find.dirty.extend(touched);
            find.stale.extend(touched);
            if find.pending.is_none() && !find.query.is_empty() {
                self.search(false);
            }
        }
        self.settle_cursor();
    }

    /// Goes to the table and keeps what was found; an empty line is closed.
    pub(super) fn keep_filter(&mut self) {
        match &mut self.find {
            Some(find) if !find.query.is_empty() => {
                find.typing = false;
                self.history.add(find.purpose, find.input.value());
            }
            _ => self.clear_find(),
        }
    }

    /// Closes the line and shows the whole list again, the cursor on the same customer; where nobody was found,
    /// where it was before.
    pub(super) fn clear_find(&mut self) {
        self.stop_lookup();
        let selected = self.selected();
        let Some(find) = self.find.take() else { return };
        self.history.add(find.purpose, find.input.value());
        self.end_rest_of_search();
        self.effects.push(Effect::CancelSearch);
        if find.found().is_none() {
            return;
        }
        if selected.is_none() {
            self.cursor = find.before;
        }
        self.settle_cursor();
        if let Some(slot) = selected {
            self.move_to_customer(slot);
        }
    }
}

/// The first character that neither an id nor a phone number can have. `None` iff there is none.
#[must_use]
pub fn wrong_character(line: &str) -> Option<char> {
    line.chars().find(|c| !crate::list::is_number_char(*c))
}
