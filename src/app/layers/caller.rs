//! The next caller: the line is opened, searched for, answered, kept or closed.

use super::cards::leave;
use super::{Asked, Layer, Layers, Line};
use crate::app::list::Searched;
use crate::app::{Env, List, ListId, Ticket};
use crate::cube::{Error, FetchedCustomer};
use crate::search::{self, Found, Rank};
use crate::words::{Notice, Reached};
use std::sync::Arc;

/// What Enter leads to.
enum Entered {
    /// The customer under the cursor is meant.
    Open,
    /// Several may be meant: the person chooses in the table.
    Choose,
    /// Cube is asked for the id.
    AskCube,
    /// There is no such customer among those that are held.
    Nothing,
}

impl Layers {
    /// Opens the line for a new caller, with what was typed or pasted.
    pub(in crate::app) fn open_line(&mut self, list: &mut List, env: &mut Env<'_>, text: &str) {
        let mut line = Line::default();
        line.paste(text);
        self.push_line(list, env, line);
    }

    /// Opens the line with its last text selected; in an open line selects the text.
    pub(in crate::app) fn open_line_again(&mut self, list: &mut List, env: &mut Env<'_>) {
        self.close_menu();
        if let Some(Layer::Line(line)) = self.top_mut() {
            return line.select();
        }
        let kept = Some(list.find.text()).filter(|text| !text.is_empty());
        let text = kept.or_else(|| env.history.back(0)).unwrap_or_default().to_owned();
        self.push_line(list, env, Line::with_selected(&text));
    }

    /// Starts with a text in the line. A number opens its customer as soon as they are known, unless a key is pressed
    /// before.
    pub(in crate::app) fn begin_with(&mut self, list: &mut List, env: &mut Env<'_>, text: &str) {
        self.open_line(list, env, text);
        let Some(line) = self.line_mut() else { return };
        line.opens_caller = search::is_number(text);
        if line.id().is_some() {
            // One request finds the customer: the rest of the list is not needed for that.
            list.end_rest_of_search();
            self.enter(list, env);
        }
    }

    /// What the person does now is no longer what they asked for at the start.
    pub(in crate::app) fn open_no_caller(&mut self) {
        if let Some(line) = self.line_mut() {
            line.opens_caller = false;
        }
    }

    /// Opens the customer whose number the browser was started with, if they are known by now.
    fn open_caller(&mut self, list: &mut List, env: &mut Env<'_>) {
        let Some(line) = self.line().filter(|line| line.opens_caller) else { return };
        if !matches!(line.asked, Asked::Waiting(_)) && matches!(self.entered(list), Entered::Open) {
            self.open_no_caller();
            self.open_selected(list, env);
        }
    }

    fn push_line(&mut self, list: &mut List, env: &mut Env<'_>, line: Line) {
        self.push(Layer::Line(line));
        list.may_load_again();
        list.remember(env);
        self.search_for_line(list, env);
    }

    /// Searches for what the line says now.
    pub(in crate::app) fn search_for_line(&mut self, list: &mut List, env: &mut Env<'_>) {
        let Some(line) = self.line_mut() else { return };
        line.stop(env);
        let text = line.input.value().to_owned();
        if list.search_for(env, &text) && !list.find.is_empty() {
            list.load_rest_by_itself(env.now);
        }
    }

    /// Enter in the line.
    pub(in crate::app) fn enter(&mut self, list: &mut List, env: &mut Env<'_>) {
        let Some(line) = self.line() else { return };
        let waits = matches!(line.asked, Asked::Waiting(_)) || line.text().is_empty();
        if waits || list.open_when_answered() {
            return;
        }
        match self.entered(list) {
            Entered::Open => self.open_selected(list, env),
            Entered::Choose => self.keep_line(list, env),
            Entered::AskCube => self.ask_cube(list, env),
            Entered::Nothing => list.load_rest_by_itself(env.now),
        }
    }

    /// Whether Enter in the line of calls opens the customer of a call, or asks Cube for one. `None` for all else.
    pub(in crate::app) fn enters_call(&self, list: &List) -> Option<bool> {
        let is_waited_for = list.find.is_behind() || self.line()?.text().is_empty();
        match self.entered(list) {
            Entered::Open if !is_waited_for => Some(true),
            Entered::AskCube if !is_waited_for => Some(false),
            _ => None,
        }
    }

    /// What Enter leads to. A number opens only its own customer or a single hit among all; a name opens the hit that
    /// is marked. Who is only spelled alike is never opened unless the cursor was moved there.
    fn entered(&self, list: &List) -> Entered {
        let Some(line) = self.line() else { return Entered::Nothing };
        let hits = list.found().map_or(0, Found::len);
        // The first row is the mark's own place, whoever put it there.
        let was_chosen = list.cursor.is_chosen() && list.cursor.row() > 0;
        if hits == 0 {
            return match line.id() {
                Some(_) => Entered::AskCube,
                None if was_chosen => Entered::Open,
                None if list.view.first_alike().is_some() => Entered::Choose,
                None => Entered::Nothing,
            };
        }
        if !search::is_number(line.text()) || was_chosen {
            return Entered::Open;
        }
        let exact = |rank| list.found().map_or(0, |found| found.len_of(rank));
        match (exact(Rank::ExactId) + exact(Rank::ExactPhone), hits) {
            (1, _) => Entered::Open,
            (0, 1) if list.store.scope().is_all() => Entered::Open,
            // The list may hold another customer with just this id.
            (0, 1) if line.id().is_some() => Entered::AskCube,
            _ => Entered::Choose,
        }
    }

    /// Asks Cube for the id in the line, whoever else is found: an id may begin like many numbers.
    pub(in crate::app) fn ask_cube(&mut self, list: &List, env: &mut Env<'_>) {
        let asked = self.line_mut().and_then(|line| Some((line.id()?, line)));
        match asked {
            Some((id, line)) => line.ask_cube(env, list.id, id),
            None => env.say(Notice::NotAnId),
        }
    }

    /// Takes in Cube's answer to the id in the line.
    pub(in crate::app) fn looked_up(
        &mut self,
        list: &mut List,
        env: &mut Env<'_>,
        (ticket, found_in): (Ticket, ListId),
        result: Result<FetchedCustomer, Arc<Error>>,
    ) {
        let Some(line) = self.line_mut().filter(|line| line.awaits(ticket)) else { return };
        line.asked = Asked::No;
        match result {
            Ok(reading) => {
                list.end_rest_of_search();
                if let Some(slot) = list.take_in(env, &reading, found_in) {
                    list.move_to_customer(env, slot);
                    self.open_card(list, env, slot, Reached::Cube);
                }
                env.say_what_is_odd(&reading);
            }
            Err(error) if error.is_not_found() => {
                line.asked = line.id().map_or(Asked::No, Asked::NotFound);
                line.select();
                list.load_rest_by_itself(env.now);
                self.open_caller(list, env);
            }
            Err(error) => {
                line.asked = Asked::Failed(Arc::clone(&error));
                list.note_refusal(env, &error);
            }
        }
    }

    /// Asks again for an id that could not be asked for. Returns whether there was one.
    pub(in crate::app) fn retry_lookup(&mut self, list: &List, env: &mut Env<'_>) -> bool {
        let failed = self.line().is_some_and(|line| matches!(line.asked, Asked::Failed(_)));
        if failed {
            self.ask_cube(list, env);
        }
        failed
    }

    /// Goes to the table and keeps what was found. With no match the corrected line is searched for, else the rest.
    pub(in crate::app) fn keep_or_go_on(&mut self, list: &mut List, env: &mut Env<'_>) {
        let has_hits = list.found().is_some_and(|found| !found.is_empty());
        if list.find.is_empty() {
            self.close_line(list, env);
        } else if has_hits {
            self.keep_line(list, env);
        } else if let Some(corrected) = list.correction().map(str::to_owned) {
            if let Some(line) = self.line_mut() {
                line.set_text(&corrected);
            }
            self.search_for_line(list, env);
        } else {
            list.load_rest(env);
        }
    }

    /// Goes to the table, to the row below, and keeps what was found.
    pub(in crate::app) fn keep_and_go_down(&mut self, list: &mut List, env: &mut Env<'_>) {
        if list.found().is_some() && list.row_count() > 0 {
            self.keep_line(list, env);
            list.move_by(env, 1);
        }
    }

    /// The line and the card are closed, and what was found stays.
    pub(in crate::app) fn leave_line(&mut self, list: &mut List, env: &mut Env<'_>) {
        let (_, line) = self.take_card_and_line();
        leave(line, list, env);
    }

    /// Closes the line, stops what it has started, and shows what was shown before.
    pub(in crate::app) fn close_line(&mut self, list: &mut List, env: &mut Env<'_>) {
        let Some(Layer::Line(mut line)) = self.pop() else { return };
        env.history.add(line.text());
        line.stop(env);
        list.restore(env);
    }

    /// Takes in hits; Enter may have been pressed before they were here.
    pub(in crate::app) fn searched(
        &mut self,
        list: &mut List,
        env: &mut Env<'_>,
        ticket: Ticket,
        hits: Vec<(u32, Arc<search::PageHits>)>,
    ) {
        match list.searched(env, ticket, hits) {
            Searched::Open => self.enter(list, env),
            Searched::Shown => self.open_caller(list, env),
        }
    }
}
