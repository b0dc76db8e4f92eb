//! The customer on the screen: cards are opened, closed, put beside the table, and refreshed.

use super::{Card, Layer, Layers, Line};
use crate::app::list::ListPlace;
use crate::app::{CallRange, Env, List, Recent, Ticket, layout};
use crate::cube::{Error, FetchedCustomer, Record};
use crate::list::{Row, Slot};
use crate::text::{self, Place};
use crate::words::{Notice, Reached};
use std::sync::Arc;

impl Layers {
    /// Opens the card of the customer under the cursor.
    pub(in crate::app) fn open_selected(&mut self, list: &mut List, env: &mut Env<'_>) {
        match list.selected() {
            Some(slot) => self.open_card(list, env, slot, self.how_found(list)),
            None if list.row_count() == 0 => {}
            None if list.cursor_is_on_failed_page() => env.say(Notice::PageFailed),
            None => env.say(Notice::NotLoadedYet),
        }
    }

    /// Opens the card of a customer who was chosen among those that are shown, where their row is.
    pub(in crate::app) fn open_chosen(&mut self, list: &mut List, env: &mut Env<'_>, slot: Slot) {
        let reached = self.how_found(list);
        list.move_to_customer(env, slot);
        self.open_card(list, env, slot, reached);
    }

    /// How the customer under the cursor was found.
    fn how_found(&self, list: &List) -> Reached {
        match self.line().map_or(list.find.text(), Line::text) {
            "" => Reached::List,
            text => Reached::Search(text::clean_str(text, Place::Message).into_owned()),
        }
    }

    /// Opens the card of a customer in the list, who was reached like this.
    pub(in crate::app) fn open_card(
        &mut self,
        list: &mut List,
        env: &mut Env<'_>,
        slot: Slot,
        reached: Reached,
    ) {
        self.show_card(list, env, slot);
        if let Some(id) = list.id_at(slot) {
            let name = list.name_at(slot);
            let place = env.account.place();
            let from = env.recents.opens_from.take().map_or_else(|| list.place(), |from| *from);
            env.recents.opened(Recent { place, id, name, opened: env.now, reached, is_pinned: false }, from);
        }
    }

    /// Opens the card of a customer in the list. An old record is refreshed.
    pub(in crate::app) fn show_card(&mut self, list: &mut List, env: &mut Env<'_>, slot: Slot) {
        let Some(mut card) = Card::in_list(list, slot) else { return };
        let (opened, line) = self.take_card_and_line();
        leave(line, list, env);
        let preview = self.set_preview(None);
        if let Some(mut last) = opened.or(preview) {
            card = if last.shows(slot, &card.id, Some(card.read)) {
                last
            } else {
                last.stop(env);
                card.shown_as(&last, env)
            };
        }
        card.lay_out(env);
        card.refresh_if_old(env);
        self.push(Layer::Card(card));
    }

    /// Where the person was when the card that has the focus was opened. `None` for one that is not on the way.
    pub(in crate::app) fn place_of_card(&self, env: &Env<'_>) -> Option<ListPlace> {
        env.recents.place_of(&self.focused_card()?.id).cloned()
    }

    /// Goes to the customer this many rows further, with the card where one is open.
    pub(in crate::app) fn step(&mut self, list: &mut List, env: &mut Env<'_>, by: isize) {
        let row = list.cursor.row().saturating_add_signed(by);
        let is_open = self.focused_card().is_some();
        match list.row(row) {
            Some(Row::Absent { .. }) if is_open => env.say(Notice::NotLoadedYet),
            Some(Row::Loaded(slot)) if is_open => {
                list.move_to(env, row);
                self.open_card(list, env, slot, Reached::Neighbour);
            }
            Some(_) => list.move_to(env, row),
            None => {}
        }
    }

    /// Closes the card. Where one is wanted beside the table, it stays there.
    pub(in crate::app) fn close_card(&mut self, env: &mut Env<'_>) {
        let (card, _) = self.take_card_and_line();
        self.put_beside(env, card);
    }

    /// Goes to the table and keeps what was found.
    pub(in crate::app) fn keep_line(&mut self, list: &mut List, env: &mut Env<'_>) {
        let (card, line) = self.take_card_and_line();
        leave(line, list, env);
        self.put_beside(env, card);
    }

    /// Puts a card that was closed beside the table, where one is wanted there.
    fn put_beside(&mut self, env: &mut Env<'_>, card: Option<Card>) {
        let Some(mut card) = card else { return };
        if !(self.beside && env.fits_beside) {
            card.stop(env);
        } else if let Some(mut last) = self.set_preview(Some(card)) {
            last.stop(env);
        }
    }

    /// Shows a card beside the table, or no longer.
    pub(in crate::app) fn toggle_card_beside(&mut self, env: &mut Env<'_>) {
        if !self.beside && !env.fits_beside {
            return env.say(Notice::TooNarrow(layout::BESIDE_FROM));
        }
        self.beside = !self.beside;
    }

    /// After anything happened: the opened card keeps its customer, and the card beside the table is that of the
    /// customer under the cursor.
    pub(in crate::app) fn follow_cursor(&mut self, list: &List, env: &mut Env<'_>) {
        self.follow_customers(list, env);
        let is_shown = self.shows_card(env.fits_beside) && self.focused_card().is_none();
        let wanted = list.selected().filter(|_| is_shown);
        let is_there = wanted.is_some_and(|slot| {
            let id = list.store.segment(slot.page).map(|segment| segment.id(slot.index));
            let read = list.store.read(slot);
            id.zip(self.preview()).is_some_and(|(id, card)| card.shows(slot, &id, read))
        });
        if is_there {
            return;
        }
        let card = wanted.and_then(|slot| Card::in_list(list, slot));
        let card = card.map(|card| match self.card() {
            Some(shown) => card.shown_as(shown, env),
            None => card,
        });
        if let Some(mut last) = self.set_preview(card) {
            last.stop(env);
        }
    }

    /// Pages come and go: an opened card finds its customer's slot again, and takes a newer reading from the list.
    fn follow_customers(&mut self, list: &List, env: &Env<'_>) {
        for card in self.cards_mut() {
            let Some(slot) = list.store.find_id(&card.id) else { continue };
            card.slot = slot;
            card.list = list.list_of(slot);
            let newer = list.store.read(slot).filter(|read| *read > card.read);
            if let Some((read, record)) = newer.zip(list.store.record(slot)) {
                card.take_newer(env, record, read);
            }
        }
    }

    /// Takes in a newer reading of a card's customer, or why there is none.
    pub(in crate::app) fn card_refreshed(
        &mut self,
        list: &mut List,
        env: &mut Env<'_>,
        ticket: Ticket,
        result: Result<FetchedCustomer, Arc<Error>>,
    ) {
        let Some(card) = self.cards_mut().find(|card| card.refresh == Some(ticket)) else { return };
        match result {
            Ok(reading) => {
                card.refreshed(env, &reading);
                if let Some(slot) = list.take_in(env, &reading, card.list) {
                    card.slot = slot;
                }
                env.say_what_is_odd(&reading);
            }
            Err(error) => {
                card.refresh_failed(env, &error);
                if error.is_not_found() {
                    list.mark_gone(&card.id);
                }
                list.note_refusal(env, &error);
            }
        }
    }

    /// The customers that are copied: in the table those who are marked, where any are, else the one that commands act on.
    pub(in crate::app) fn customers(&self, list: &List) -> Vec<Slot> {
        if self.top().is_none() && !list.marks.is_empty() {
            return list.marked_slots();
        }
        self.customer(list).into_iter().collect()
    }

    /// The record of the customer that commands act on: the one whose card has the screen, else the one under the
    /// cursor.
    pub(in crate::app) fn record(&self, list: &List) -> Option<Record<'static>> {
        let of_card = self.focused_card().map(|card| card.record.clone());
        of_card.or_else(|| list.store.record(list.selected()?))
    }

    /// The row under the cursor in the table. `None` on an empty table, and while the card of a customer who is not on
    /// that row has the screen.
    pub(in crate::app) fn cursor_row(&self, list: &List) -> Option<usize> {
        let is_other = |card: &Card| list.selected() != Some(card.slot);
        let is_hidden = list.row_count() == 0 || self.focused_card().is_some_and(is_other);
        (!is_hidden).then(|| list.cursor.row())
    }

    /// Other values are masked now.
    pub(in crate::app) fn masks_changed(&mut self, env: &Env<'_>) {
        self.cards_mut().for_each(|card| card.labels_changed(env));
    }

    /// The customer that commands act on.
    pub(in crate::app) fn customer(&self, list: &List) -> Option<Slot> {
        self.focused_card().map(|card| card.slot).or_else(|| list.selected())
    }

    /// Asks Cube for the customer of the card that is on the screen. Returns whether there is a card of one.
    pub(in crate::app) fn refresh_card(&mut self, env: &mut Env<'_>) -> bool {
        let customer = self.card_mut().filter(|card| CallRange::of(card.list).is_none());
        let asked = customer.map(|card| card.ask_again(env));
        if asked == Some(false) {
            env.say(Notice::NoIdToRefresh);
        }
        asked.is_some()
    }
}

impl Card {
    /// The card of a customer in the list. `None` for one who is not loaded.
    fn in_list(list: &List, slot: Slot) -> Option<Self> {
        let record = list.store.record(slot)?;
        Some(Self::new(list.list_of(slot), slot, record, list.store.read(slot)?))
    }
}

/// The line is closed, and what it has found stays.
pub(super) fn leave(line: Option<Line>, list: &mut List, env: &mut Env<'_>) {
    if let Some(mut line) = line {
        env.history.add(line.text());
        line.stop(env);
        list.forget_before();
    }
}
