//! The next caller: the line is opened, searched for, answered, kept or closed.

use crate::app::layers::Layer;
use crate::app::list::{Searched, ShownAlike};
use crate::app::{App, Asked, Line, ListId, Ticket};
use crate::cube::{Error, FetchedCustomer};
use crate::search::{self, Found, Rank};
use crate::words::{Notice, Reached};
use std::sync::Arc;

/// What Enter leads to.
enum Entered {
    /// The customer on the marked row is meant.
    Open,
    /// Several may be meant: the person chooses in the table.
    Choose,
    /// Cube is asked for the id.
    AskCube,
    /// There is no such customer among those that are held.
    Nothing,
}

impl App {
    /// Opens the line for a new caller, with what was typed or pasted.
    pub(super) fn open_line(&mut self, text: &str) {
        self.push_line(Line::default());
        if let Some(line) = self.layers.line_mut() {
            line.paste(text);
        }
        self.search_for_line();
    }

    /// Opens the line with its last text selected; in an open line selects the text.
    pub(super) fn open_line_again(&mut self) {
        self.layers.close_menu();
        if let Some(Layer::Line(line)) = self.layers.top_mut() {
            return line.select();
        }
        let kept = Some(self.list.find.text()).filter(|text| !text.is_empty());
        let text = kept.or_else(|| self.history.back(0)).unwrap_or_default().to_owned();
        self.push_line(Line::with_selected(&text));
        self.search_for_line();
    }

    /// Starts with a text in the line. A number opens its customer as soon as they are known, unless a key is pressed
    /// before.
    pub(super) fn begin_with(&mut self, text: &str) {
        self.open_line(text);
        if let Some(line) = self.layers.line_mut() {
            line.opens_caller = search::is_number(text);
        }
        if self.layers.line().is_some_and(|line| line.id().is_some()) {
            // One request finds the customer: the rest of the list is not needed for that.
            self.list.end_rest_of_search();
            self.enter();
        }
    }

    /// What the person does now is no longer what they asked for at the start.
    pub(super) fn open_no_caller(&mut self) {
        if let Some(line) = self.layers.line_mut() {
            line.opens_caller = false;
        }
    }

    /// Opens the customer whose number the browser was started with, if they are known by now.
    fn open_caller(&mut self) {
        let Some(line) = self.layers.line().filter(|line| line.opens_caller) else { return };
        if !matches!(line.asked, Asked::Waiting(_)) && matches!(self.entered(), Entered::Open) {
            self.open_no_caller();
            self.open_selected();
        }
    }

    fn push_line(&mut self, line: Line) {
        self.layers.push(Layer::Line(line));
        let (list, _, mut env) = self.parts();
        list.may_load_again();
        list.remember(&mut env);
    }

    /// Searches for what the line says now.
    pub(super) fn search_for_line(&mut self) {
        let (list, layers, mut env) = self.parts();
        let Some(line) = layers.line_mut() else { return };
        line.stop(&mut env);
        let text = line.input.value().to_owned();
        if list.search_for(&mut env, &text) && !list.find.is_empty() {
            list.load_rest_by_itself(env.now);
        }
    }

    /// Enter in the line.
    pub(super) fn enter(&mut self) {
        let Some(line) = self.layers.line() else { return };
        let waits = matches!(line.asked, Asked::Waiting(_)) || line.text().is_empty();
        if waits || self.list.open_when_answered() {
            return;
        }
        match self.entered() {
            Entered::Open => self.open_selected(),
            Entered::Choose => self.keep_line(),
            Entered::AskCube => self.ask_cube(),
            Entered::Nothing => self.list.load_rest_by_itself(self.clock.now),
        }
    }

    /// What Enter leads to. A number opens only its own customer or a single hit among all; a name opens the hit that
    /// is marked. Who is only spelled alike is never opened unless the cursor was moved there.
    fn entered(&self) -> Entered {
        let Some(line) = self.layers.line() else { return Entered::Nothing };
        let hits = self.list.found().map_or(0, Found::len);
        // The first row is the mark's own place, whoever put it there.
        let was_chosen = self.list.cursor.is_chosen() && self.list.cursor.row() > 0;
        if hits == 0 {
            return match line.id() {
                Some(_) => Entered::AskCube,
                None if was_chosen => Entered::Open,
                None if self.list.view.first_alike().is_some() => Entered::Choose,
                None => Entered::Nothing,
            };
        }
        if !search::is_number(line.text()) || was_chosen {
            return Entered::Open;
        }
        let exact = |rank| self.list.found().map_or(0, |found| found.len_of(rank));
        match (exact(Rank::ExactId) + exact(Rank::ExactPhone), hits) {
            (1, _) => Entered::Open,
            (0, 1) if self.list.store.scope().is_all() => Entered::Open,
            // The list may hold another customer with just this id.
            (0, 1) if line.id().is_some() => Entered::AskCube,
            _ => Entered::Choose,
        }
    }

    /// Asks Cube for the id in the line, whoever else is found: an id may begin like many numbers.
    pub(super) fn ask_cube(&mut self) {
        let (list, layers, mut env) = self.parts();
        let asked = layers.line_mut().and_then(|line| Some((line.id()?, line)));
        match asked {
            Some((id, line)) => line.ask_cube(&mut env, list.id, id),
            None => self.say(Notice::NotAnId),
        }
    }

    /// Takes in Cube's answer to the id in the line.
    pub(super) fn looked_up(
        &mut self,
        ticket: Ticket,
        found_in: ListId,
        result: Result<FetchedCustomer, Arc<Error>>,
    ) {
        let (list, layers, mut env) = self.parts();
        let Some(line) = layers.line_mut().filter(|line| line.awaits(ticket)) else { return };
        line.asked = Asked::No;
        match result {
            Ok(reading) => {
                list.end_rest_of_search();
                if let Some(slot) = list.take_in(&mut env, &reading, found_in) {
                    list.move_to_customer(&env, slot);
                    self.open_card(slot, Reached::Cube);
                }
                self.say_what_is_odd(&reading);
            }
            Err(error) if error.is_not_found() => {
                line.asked = line.id().map_or(Asked::No, Asked::NotFound);
                line.select();
                list.load_rest_by_itself(env.now);
                self.open_caller();
            }
            Err(error) => {
                line.asked = Asked::Failed(Arc::clone(&error));
                self.note_refusal(&error);
            }
        }
    }

    /// Asks again for an id that could not be asked for. Returns whether there was one.
    pub(super) fn retry_lookup(&mut self) -> bool {
        let failed = self.layers.line().is_some_and(|line| matches!(line.asked, Asked::Failed(_)));
        if failed {
            self.ask_cube();
        }
        failed
    }

    /// Goes to the table and keeps what was found. With no match the corrected line is searched for, else the rest.
    pub(super) fn keep_or_go_on(&mut self) {
        let has_hits = self.list.found().is_some_and(|found| !found.is_empty());
        if self.list.find.is_empty() {
            self.close_line();
        } else if has_hits {
            self.keep_line();
        } else if let Some(corrected) = self.correction().map(str::to_owned) {
            if let Some(line) = self.layers.line_mut() {
                line.set_text(&corrected);
            }
            self.search_for_line();
        } else {
            self.load_rest();
        }
    }

    /// The line with its wrong words replaced. `None` where it has a match, or may have one in the rest of the list.
    pub(super) fn correction(&self) -> Option<&str> {
        let is_empty = self.list.found().is_some_and(Found::is_empty);
        let is_asked = is_empty && self.list.store.scope().is_all();
        let lines = &self.list.view.alike().filter(|_| is_asked)?.lines;
        lines.first().map(String::as_str)
    }

    /// Goes to the names that are spelled alike, and from there back to the hits.
    pub(super) fn show_alike(&mut self) {
        let (list, _, env) = self.parts();
        match list.show_alike(&env) {
            ShownAlike::Moved => {}
            ShownAlike::NotKnown => self.say(Notice::AlikeNotKnown),
            ShownAlike::NoneAlike if !self.recents().is_empty() => self.open_recents(),
            ShownAlike::NoneAlike => self.say(Notice::NoneAlike),
        }
    }

    /// Goes to the table, to the row below, and keeps what was found.
    pub(super) fn keep_and_go_down(&mut self) {
        if self.list.found().is_some() && self.list.row_count() > 0 {
            self.keep_line();
            let (list, _, env) = self.parts();
            list.move_by(&env, 1);
        }
    }

    /// Goes to the table and keeps what was found.
    fn keep_line(&mut self) {
        let (card, line) = self.layers.take_card_and_line();
        self.leave_line(line);
        self.put_beside(card);
    }

    /// The line is closed, and what it has found stays.
    pub(super) fn leave_line(&mut self, line: Option<Line>) {
        if let Some(mut line) = line {
            self.history.add(line.text());
            let (list, _, mut env) = self.parts();
            line.stop(&mut env);
            list.forget_before();
        }
    }

    /// Closes the line, stops what it has started, and shows what was shown before.
    pub(super) fn close_line(&mut self) {
        let Some(Layer::Line(mut line)) = self.layers.pop() else { return };
        self.history.add(line.text());
        let (list, _, mut env) = self.parts();
        line.stop(&mut env);
        list.restore(&mut env);
    }

    /// Narrows the search to the standard fields, or widens it to all again.
    pub(super) fn toggle_reach(&mut self) {
        let (list, _, mut env) = self.parts();
        list.toggle_reach(&mut env);
        let reach = list.find.reach();
        self.say(Notice::Reach(reach));
    }

    /// Loads the rest of the list, to search it too.
    pub(super) fn load_rest(&mut self) {
        let (list, _, env) = self.parts();
        list.load_rest(&env);
    }

    /// Esc in the table: drops the filter; without one stops what is being loaded.
    pub(super) fn step_back(&mut self) {
        let (is_throttled, is_silent) = (self.is_throttled(), self.silence().is_some());
        let (list, _, mut env) = self.parts();
        if !list.find.is_empty() {
            list.clear_search(&mut env);
        } else if is_throttled || list.loads_beyond(is_silent) {
            list.stop_loading(&mut env, is_throttled || is_silent);
        }
    }

    /// Takes in hits; Enter may have been pressed before they were here.
    pub(super) fn searched(&mut self, ticket: Ticket, hits: Vec<(u32, Arc<search::PageHits>)>) {
        let (list, _, mut env) = self.parts();
        match list.searched(&mut env, ticket, hits) {
            Searched::Open => self.enter(),
            Searched::Shown => self.open_caller(),
        }
    }
}
