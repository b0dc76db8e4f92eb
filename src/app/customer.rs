//! The customer on the screen: cards are opened, closed, put beside the table, refreshed and copied from.

use crate::app::layers::Layer;
use crate::app::{App, Card, Line, SessionCall, Ticket, layout};
use crate::cube::{Error, FetchedCustomer};
use crate::list::{Row, Slot};
use crate::text::{self, Place};
use crate::words::{Notice, Reached};
use std::sync::Arc;

impl App {
    /// Opens the card of the customer on the marked row.
    pub(super) fn open_selected(&mut self) {
        match self.list.selected() {
            Some(slot) => self.open_card(slot, self.how_found()),
            None if self.list.row_count() == 0 => {}
            None if self.list.cursor_is_on_failed_page() => self.say(Notice::PageFailed),
            None => self.say(Notice::NotLoadedYet),
        }
    }

    /// How the customer on the marked row was found.
    fn how_found(&self) -> Reached {
        let text = self.layers.line().map_or(self.list.find.text(), Line::text);
        match text {
            "" => Reached::List,
            text => Reached::Search(text::clean_str(text, Place::Message).into_owned()),
        }
    }

    /// Opens the card of a customer in the list, who was reached like this.
    pub(super) fn open_card(&mut self, slot: Slot, reached: Reached) {
        self.show_card(slot);
        self.note_opened(slot, reached);
    }

    /// Opens the card of a customer in the list. An old record is refreshed.
    pub(super) fn show_card(&mut self, slot: Slot) {
        let Some(mut card) = self.card_of(slot) else { return };
        let (opened, line) = self.layers.take_card_and_line();
        self.leave_line(line);
        let (_, layers, mut env) = self.parts();
        let preview = layers.set_preview(None);
        if let Some(mut last) = opened.or(preview) {
            card = if last.shows(slot, &card.id, Some(card.read)) {
                last
            } else {
                last.stop(&mut env);
                card.shown_as(&last, &env)
            };
        }
        card.lay_out(&env);
        card.refresh_if_old(&mut env);
        layers.push(Layer::Card(card));
    }

    fn card_of(&self, slot: Slot) -> Option<Card> {
        let record = self.list.store.record(slot)?;
        Some(Card::new(self.list.list_of(slot), slot, record, self.list.store.read(slot)?))
    }

    /// Goes to the customer this many rows further, with the card where one is open.
    pub(super) fn step(&mut self, by: isize) {
        let (list, layers, env) = self.parts();
        let row = list.cursor.row().saturating_add_signed(by);
        let is_open = layers.focused_card().is_some();
        match list.row(row) {
            Some(Row::Absent { .. }) if is_open => self.say(Notice::NotLoadedYet),
            Some(Row::Loaded(slot)) if is_open => {
                list.move_to(&env, row);
                self.open_card(slot, Reached::Neighbour);
            }
            Some(_) => list.move_to(&env, row),
            None => {}
        }
    }

    /// Closes the card. Where one is wanted beside the table, it stays there.
    pub(super) fn close_card(&mut self) {
        let (card, _) = self.layers.take_card_and_line();
        self.put_beside(card);
    }

    /// Gives the focus to the table. Where there is room, the card stays beside it.
    pub(super) fn leave_card(&mut self) {
        self.layers.beside |= self.fits_beside();
        self.close_card();
    }

    /// Puts a card that was closed beside the table, where one is wanted there.
    pub(super) fn put_beside(&mut self, card: Option<Card>) {
        let Some(mut card) = card else { return };
        let stays = self.layers.beside && self.fits_beside();
        let (_, layers, mut env) = self.parts();
        if !stays {
            card.stop(&mut env);
        } else if let Some(mut last) = layers.set_preview(Some(card)) {
            last.stop(&mut env);
        }
    }

    /// Shows a card beside the table, or no longer.
    pub(super) fn toggle_card_beside(&mut self) {
        if !self.layers.beside && !self.fits_beside() {
            return self.say(Notice::TooNarrow(layout::BESIDE_FROM));
        }
        self.layers.beside = !self.layers.beside;
    }

    /// Makes the card beside the table wider or narrower.
    pub(super) fn change_card_width(&mut self, by: i16) {
        let width = self.layout().card.width;
        if !self.layout().has_table() || width == 0 {
            return self.say(Notice::NoCardBeside);
        }
        let wanted = layout::card_width(self.screen.size.0, Some(width.saturating_add_signed(by)));
        self.screen.card_width = Some(wanted);
        self.out.session(SessionCall::KeepCardWidth(wanted));
    }

    /// After anything happened: the opened card keeps its customer, and the card beside the table is that of the
    /// customer under the cursor.
    pub(super) fn follow_cursor(&mut self) {
        self.follow_customers();
        let is_shown = self.layers.shows_card(self.fits_beside()) && self.layers.focused_card().is_none();
        let wanted = if is_shown { self.list.selected() } else { None };
        let card = wanted.and_then(|slot| {
            let id = self.list.store.segment(slot.page)?.id(slot.index);
            let read = self.list.store.read(slot);
            let is_there = self.layers.preview().is_some_and(|card| card.shows(slot, &id, read));
            if is_there { Some(None) } else { self.card_of(slot).map(Some) }
        });
        let (_, layers, mut env) = self.parts();
        match card {
            Some(None) => {}
            Some(Some(card)) => {
                let last = layers.card().map(|last| card.clone().shown_as(last, &env));
                if let Some(mut last) = layers.set_preview(Some(last.unwrap_or(card))) {
                    last.stop(&mut env);
                }
            }
            None => {
                if let Some(mut last) = layers.set_preview(None) {
                    last.stop(&mut env);
                }
            }
        }
    }

    /// Pages come and go: an opened card finds its customer's slot again, and takes a newer reading from the list.
    fn follow_customers(&mut self) {
        let (list, layers, env) = self.parts();
        for card in layers.cards_mut() {
            let Some(slot) = list.store.find_id(&card.id) else { continue };
            card.slot = slot;
            card.list = list.list_of(slot);
            let newer = list.store.read(slot).filter(|read| *read > card.read);
            if let Some((read, record)) = newer.zip(list.store.record(slot)) {
                card.take_newer(&env, record, read);
            }
        }
    }

    /// Takes in a newer reading of a card's customer, or why there is none.
    pub(super) fn card_refreshed(&mut self, ticket: Ticket, result: Result<FetchedCustomer, Arc<Error>>) {
        let (list, layers, mut env) = self.parts();
        let Some(card) = layers.cards_mut().find(|card| card.refresh == Some(ticket)) else { return };
        match result {
            Ok(reading) => {
                card.refreshed(&env, &reading);
                if let Some(slot) = list.take_in(&mut env, &reading, card.list) {
                    card.slot = slot;
                }
                self.say_what_is_odd(&reading);
            }
            Err(error) => {
                card.refresh_failed(&env, &error);
                if error.is_not_found() {
                    list.mark_gone(&card.id);
                }
                self.note_refusal(&error);
            }
        }
    }

    /// Says that values of a customer were not UTF-8.
    pub(super) fn say_what_is_odd(&mut self, reading: &FetchedCustomer) {
        let not_utf8 = &reading.odd.not_utf8;
        if let Some(whose) = not_utf8.whose() {
            self.notices.remark_on(Notice::NotUtf8(not_utf8.count, whose));
        }
    }

    /// Asks Cube for the customer of the card that is on the screen. Returns whether there is a card.
    pub(super) fn refresh_card(&mut self) -> bool {
        let (_, layers, mut env) = self.parts();
        let asked = layers.card_mut().map(|card| card.ask_again(&mut env));
        if asked == Some(false) {
            self.say(Notice::NoIdToRefresh);
        }
        asked.is_some()
    }
}
