//! The card of one customer: whose it is, how old, which field the cursor is on.

pub mod find;
mod laid;
pub mod page;

use crate::app::{App, Effect};
use crate::cube::{CustomerId, Error, Moment, Reading, Record};
use crate::list::Slot;
use crate::text;
use find::FieldFind;
pub(super) use laid::Laid;
use page::{CardField, CardPage, View};
use std::sync::Arc;

/// A record that is older than this is asked for again when its card is opened. In seconds.
pub const OLD_AFTER: u64 = 600;
/// What is said of a customer who was read once, and whom Cube does not know any more.
pub const GONE: &str = "this customer is gone in Cube (404)";
/// The lines above the fields: the name, then id and age; below them what went wrong, or a blank line.
pub const HEAD: u16 = 2;

/// An open card.
#[derive(Debug, Clone)]
pub struct Card {
    /// The customer's place in the list. `None` for one that is not in what is held.
    pub slot: Option<Slot>,
    /// The id as sent; while nothing was read yet, as asked for.
    pub id: String,
    /// The record. `None` until it was read.
    pub record: Option<Record<'static>>,
    /// When it was read.
    pub read: Option<Moment>,
    /// The question for a newer reading that is under way.
    pub asking: Option<u64>,
    /// Why the newer reading is not here.
    pub problem: Option<Arc<Error>>,
    /// What the record was before it was read again with `r` or for its age.
    pub before: Option<Record<'static>>,
    /// Whether empty fields are shown too.
    pub all_fields: bool,
    /// Whether the record is shown as raw JSON.
    pub raw: bool,
    /// The field that is looked for.
    pub find: Option<FieldFind>,
    /// Counts the readings of the record that this card has shown.
    version: u64,
    field: usize,
    scroll: usize,
}

impl Card {
    fn new(slot: Option<Slot>, id: String) -> Self {
        Self {
            slot,
            id,
            record: None,
            read: None,
            asking: None,
            problem: None,
            before: None,
            all_fields: false,
            raw: false,
            find: None,
            version: 0,
            field: 0,
            scroll: 0,
        }
    }

    /// Why there is no newer reading, in lines of this width. None when there is one.
    #[must_use]
    pub fn problem_lines(&self, width: u16) -> Vec<String> {
        let Some(problem) = &self.problem else { return Vec::new() };
        let width = usize::from(width.saturating_sub(2)).max(1);
        let words = match self.read {
            Some(read) if problem.is_not_found() => format!("{GONE} · shown as read at {read}"),
            _ => problem.sentence(),
        };
        textwrap::wrap(&words, width).into_iter().map(Into::into).collect()
    }

    /// The card of a customer that was just read and is not in the list.
    #[must_use]
    pub(super) fn read(reading: &Reading) -> Self {
        let id = reading.record.standard().id.as_raw().to_owned();
        Self { record: Some(reading.record.clone()), read: Some(reading.read), ..Self::new(None, id) }
    }

    /// Whether a field is being looked for by typing.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.find.as_ref().is_some_and(|find| find.typing)
    }

    /// The field that the cursor is on.
    #[must_use]
    pub fn field(&self) -> usize {
        self.field
    }

    /// The first line that is shown.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }
}

impl App {
    /// Opens the card of a customer in the list, and gives it the focus. An old record is asked for again.
    pub(super) fn open_card(&mut self, slot: Slot) {
        if self.store.record(slot).is_none() {
            return;
        }
        self.follows_cursor = true;
        self.card_has_focus = true;
        self.show_card(slot);
        self.refresh_if_old();
    }

    /// Opens the card of a customer who is not in what is held: it stays until the cursor is moved.
    pub(super) fn open_detached(&mut self, card: Card) {
        self.stop_card();
        self.laid.forget();
        self.follows_cursor = false;
        self.card_has_focus = true;
        self.card = Some(card);
    }

    /// Shows the card of a customer in the list. The field under the cursor stays the same one.
    fn show_card(&mut self, slot: Slot) {
        let Some(id) = self.store.segment(slot.page).map(|segment| segment.id(slot.index)) else { return };
        let read = self.store.read(slot);
        let is_same = |card: &Card| card.slot == Some(slot) && card.id == id && card.read == read;
        if self.card.as_ref().is_some_and(is_same) {
            return;
        }
        let Some(record) = self.store.record(slot) else { return };
        self.stop_card();
        self.laid.forget();
        let old = self.card.take();
        let mut card = Card {
            record: Some(record),
            read,
            all_fields: old.as_ref().is_some_and(|old| old.all_fields),
            raw: old.as_ref().is_some_and(|old| old.raw),
            // What hides fields of one customer must not hide those of the next.
            find: old.as_ref().filter(|old| old.id == id).and_then(|old| old.find.clone()),
            ..Card::new(Some(slot), id)
        };
        let key = old.as_ref().and_then(|old| self.page_of(old).key_at(old.field).map(str::to_owned));
        card.field = key.and_then(|key| self.page_of(&card).position(&key)).unwrap_or_default();
        card.scroll = old.map_or(0, |old| old.scroll);
        self.card = Some(card);
        self.scroll_card();
    }

    /// Opens the card of a customer of whom only the id is known yet.
    pub(super) fn open_card_by_id(&mut self, id: CustomerId) {
        self.open_detached(Card::new(None, id.to_string()));
        self.ask_for_card(id);
    }

    /// After anything happened: an open card, and the pane, are those of the customer under the cursor, and nobody's
    /// while she is not here.
    pub(super) fn card_follows(&mut self) {
        self.attach_card();
        let is_open = self.pane || self.card_has_focus || self.card.is_some();
        if !is_open || !self.follows_cursor {
            return;
        }
        if let Some(slot) = self.selected() {
            self.show_card(slot);
        } else {
            self.stop_card();
            self.card = None;
        }
    }

    /// A card that was opened by id belongs to the cursor once its customer is on a row.
    fn attach_card(&mut self) {
        let id = self
            .card
            .as_ref()
            .filter(|card| !self.follows_cursor && card.record.is_some())
            .map(|card| &card.id);
        if let Some(slot) = id.and_then(|id| self.store.find_id(id))
            && self.move_to_customer(slot)
            && let Some(card) = &mut self.card
        {
            card.slot = Some(slot);
            self.follows_cursor = true;
        }
    }

    /// Shows or hides the card beside the table.
    pub(super) fn toggle_pane(&mut self) {
        if self.pane || self.card.is_some() {
            self.close_card();
        } else if self.is_beside() {
            self.pane = true;
            self.follows_cursor = true;
        } else {
            self.say("the pane needs a window of 100 columns · ⏎ opens the card");
        }
    }

    /// Closes the card; a pane goes on following the cursor, without the focus.
    pub(super) fn leave_card(&mut self) {
        if self.pane && self.card_has_focus && self.is_beside() {
            self.card_has_focus = false;
            self.follows_cursor = true;
        } else {
            self.close_card();
        }
    }

    /// Gives the keys back to the table. Where there is room the card stays beside it as a pane.
    pub(super) fn leave_card_open(&mut self) {
        if self.is_beside() {
            self.pane |= self.card.is_some() || self.card_has_focus;
            self.card_has_focus = false;
        } else {
            self.close_card();
        }
    }

    pub(super) fn close_card(&mut self) {
        self.stop_card();
        self.card = None;
        self.pane = false;
        self.card_has_focus = false;
    }

    /// The next or the previous customer, with the card where one is open.
    pub(super) fn step_customer(&mut self, by: isize) {
        self.follows_cursor = true;
        self.move_by(by);
        self.card_follows();
        if self.card_has_focus {
            self.refresh_if_old();
        }
    }

    /// Asks Cube for the card's customer again.
    pub(super) fn refresh_card(&mut self) {
        let Some(card) = &mut self.card else { return };
        match CustomerId::try_from(card.id.as_str()) {
            Ok(id) => {
                card.problem = None;
                self.stop_card();
                self.ask_for_card(id);
            }
            Err(_) => self.say("a record without an id of digits can't be read again by itself"),
        }
    }

    fn refresh_if_old(&mut self) {
        let Some(card) = &self.card else { return };
        let is_old = card.read.is_some_and(|read| self.now.seconds_since(read) > OLD_AFTER);
        if let (true, None, Ok(id)) = (is_old, card.asking, CustomerId::try_from(card.id.as_str())) {
            self.ask_for_card(id);
        }
    }

    fn ask_for_card(&mut self, id: CustomerId) {
        self.tickets += 1;
        if let Some(card) = &mut self.card {
            card.asking = Some(self.tickets);
            self.load.heard = Some(self.now);
            self.effects.push(Effect::FetchCustomer { ticket: self.tickets, id });
        }
    }

    /// Takes in a newer reading of the card's customer, or why there is none.
    pub(super) fn card_arrived(&mut self, ticket: u64, result: Result<Reading, Arc<Error>>) {
        let Some(card) = self.card.as_mut().filter(|card| card.asking == Some(ticket)) else {
            return;
        };
        card.asking = None;
        match result {
            Ok(reading) => {
                card.before = card.record.replace(reading.record.clone());
                card.read = Some(reading.read);
                card.version += 1;
                card.problem = None;
                self.gone.remove(&card.id);
                card.slot = self.store.reread(&reading.record, reading.read);
                let slot = card.slot;
                if let Some(slot) = slot {
                    self.rows_changed(&[slot.page].into());
                }
                self.scroll_card();
            }
            Err(error) => {
                card.problem = Some(Arc::clone(&error));
                if error.is_not_found() && card.record.is_some() {
                    self.gone.insert(card.id.clone());
                }
                self.is_refusal(&error);
            }
        }
    }

    /// Puts a record that was read by itself into the list, where its customer is held there.
    pub(super) fn take_in(&mut self, reading: &Reading) -> Option<Slot> {
        let slot = self.store.reread(&reading.record, reading.read)?;
        self.rows_changed(&[slot.page].into());
        Some(slot)
    }

    /// Drops the question for a newer reading. Whether there was one.
    pub(super) fn stop_card(&mut self) -> bool {
        let Some(ticket) = self.card.as_mut().and_then(|card| card.asking.take()) else { return false };
        self.effects.push(Effect::CancelCustomer { ticket });
        true
    }

    /// Moves the field cursor by so many fields. In a field that is taller than the card it scrolls first.
    pub(super) fn move_field(&mut self, by: isize) {
        let height = usize::from(self.card_area().height);
        let Some(page) = self.card_page() else { return };
        let Some(card) = &mut self.card else { return };
        let lines = page.lines_of(card.field);
        let below = lines.end.saturating_sub(card.scroll + height);
        let above = card.scroll.saturating_sub(lines.start);
        if lines.len() > height && by > 0 && below > 0 {
            card.scroll += below.min(by.unsigned_abs());
        } else if lines.len() > height && by < 0 && above > 0 {
            card.scroll -= above.min(by.unsigned_abs());
        } else {
            card.field = card.field.saturating_add_signed(by).min(page.fields.len().saturating_sub(1));
            self.scroll_card();
        }
    }

    /// The open card, laid out for the width it has.
    #[must_use]
    pub fn card_page(&self) -> Option<Arc<CardPage>> {
        self.card.as_ref().map(|card| self.page_of(card))
    }

    fn page_of(&self, card: &Card) -> Arc<CardPage> {
        let width = usize::from(self.card_area().width);
        let Some(record) = &card.record else {
            return Arc::default();
        };
        let wanted = card.find.as_ref().map(|find| text::fold(find.input.value().trim())).unwrap_or_default();
        let view = View {
            record,
            before: card.before.as_ref(),
            labels: &self.labels.fields,
            all: card.all_fields,
            raw: card.raw,
            wanted: &wanted,
        };
        self.laid.page(card, width, &wanted, || CardPage::new(view, width))
    }

    /// The field under the card's cursor. `None` without a card, and where it shows none.
    #[must_use]
    pub fn field_under_cursor(&self) -> Option<CardField> {
        let card = self.card.as_ref()?;
        self.page_of(card).fields.get(card.field).cloned()
    }

    /// Puts the field cursor on a field by its key; on the first one where that is not shown.
    pub(super) fn move_to_field(&mut self, key: Option<&str>) {
        let place = key.and_then(|key| self.card_page()?.position(key));
        if let Some(card) = &mut self.card {
            card.field = place.unwrap_or_default();
        }
        self.scroll_card();
    }

    /// Changes how the card shows its record; the cursor stays on its field.
    pub(super) fn change_card(&mut self, change: impl FnOnce(&mut Card)) {
        let key = self.field_under_cursor().map(|field| field.key);
        if let Some(card) = &mut self.card {
            change(card);
            self.move_to_field(key.as_deref());
        }
    }

    /// Scrolls so that the whole field under the cursor is in the window.
    pub(super) fn scroll_card(&mut self) {
        let height = usize::from(self.card_area().height);
        let Some(page) = self.card_page() else { return };
        let Some(card) = &mut self.card else { return };
        let last = page.fields.len().saturating_sub(1);
        card.field = card.field.min(last);
        let lines = page.lines_of(card.field);
        // What stands above the first field and below the last is shown with them.
        let first = if card.field == 0 { 0 } else { lines.start };
        let end = if card.field == last { page.lines.len() } else { lines.end };
        let bottom = end.saturating_sub(height);
        card.scroll = card.scroll.clamp(bottom.min(first), bottom.max(first));
        card.scroll = card.scroll.min(page.lines.len().saturating_sub(height));
    }
}
