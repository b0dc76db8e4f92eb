//! The card of one customer: whose it is, how old, and which field the cursor is on.

mod field_find;
pub mod page;

pub use field_find::FieldFind;

use super::{Outcome, Wish};
use crate::app::{Env, ListId, Masks, Shared, Task, Ticket};
use crate::cube::{CustomerId, Error, FetchedCustomer, Moment, Record};
use crate::keys::Action;
use crate::list::{Slot, Store};
use crate::text;
use crate::words::Notice;
use crossterm::event::KeyEvent;
use page::{CardField, CardPage, View};
use std::sync::Arc;

/// A record that is older than this is refreshed when its card is opened. In seconds.
pub const OLD_AFTER: u64 = 600;
/// The lines above the fields: the name, then id and age.
pub const HEAD: u16 = 2;

/// A card.
#[derive(Debug, Clone)]
pub struct Card {
    /// The list that the customer is in.
    pub list: ListId,
    /// The customer's slot.
    pub slot: Slot,
    /// The id as sent; empty for an anonymised customer.
    pub id: String,
    /// The record.
    pub record: Record<'static>,
    /// When it was read.
    pub read: Moment,
    /// The request for a newer reading that is under way.
    pub refresh: Option<Ticket>,
    /// Why the newer reading could not be had.
    pub problem: Option<Arc<Error>>,
    /// What the record was before it was refreshed.
    before: Option<Record<'static>>,
    /// Whether empty fields are shown too.
    all_fields: bool,
    /// Whether the record is shown as raw JSON.
    raw: bool,
    /// The field that is looked for.
    find: Option<FieldFind>,
    /// Who shares a value with the customer.
    pub(in crate::app) shared: Box<Shared>,
    field: usize,
    /// Whether the cursor is on the head, above the first field.
    is_on_head: bool,
    scroll: usize,
    page: Arc<CardPage>,
    /// The width and height that the page was laid out for. `None` when it must be laid out anew.
    laid_out_for: Option<(u16, u16)>,
}

impl Card {
    /// The card of a customer in a list.
    #[must_use]
    pub(in crate::app) fn new(list: ListId, slot: Slot, record: Record<'static>, read: Moment) -> Self {
        let id = record.standard().id.as_raw().to_owned();
        Self {
            list,
            slot,
            id,
            record,
            read,
            refresh: None,
            problem: None,
            before: None,
            all_fields: false,
            raw: false,
            find: None,
            shared: Box::default(),
            field: 0,
            is_on_head: false,
            scroll: 0,
            page: Arc::default(),
            laid_out_for: None,
        }
    }

    /// This card shown as another one was: the same kind of view, the cursor on the same field.
    #[must_use]
    pub(in crate::app) fn shown_as(mut self, other: &Self, env: &Env<'_>) -> Self {
        let key = other.field_under_cursor().map(|field| field.key.clone());
        (self.all_fields, self.raw, self.scroll) = (other.all_fields, other.raw, other.scroll);
        // What hides fields of one customer must not hide those of the next.
        self.find = other.find.clone().filter(|_| other.id == self.id && other.slot == self.slot);
        self.lay_out(env);
        self.move_to_field(env, key.as_deref());
        self.is_on_head = other.is_on_head;
        self
    }

    /// Whether the card shows this reading of the customer.
    #[must_use]
    pub(in crate::app) fn shows(&self, slot: Slot, id: &str, read: Option<Moment>) -> bool {
        self.slot == slot && self.id == id && Some(self.read) == read
    }

    /// Who shares a value with the customer, as far as that is known.
    #[must_use]
    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Asks who shares a value with the customer, unless that is known.
    pub(in crate::app) fn ask_for_shared(&mut self, env: &mut Env<'_>, store: &Store) {
        self.shared.ask(env, store, &self.record, self.list);
    }

    /// Whether a field is being looked for by typing.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.find.as_ref().is_some_and(|find| find.typing)
    }

    /// What is looked for among the fields. `None` while all are shown.
    #[must_use]
    pub fn field_find(&self) -> Option<&FieldFind> {
        self.find.as_ref()
    }

    /// Whether empty fields are shown too.
    #[must_use]
    pub fn shows_empty_fields(&self) -> bool {
        self.all_fields
    }

    /// The field under the cursor, as its place among those that are shown. `None` while the cursor is on the head.
    #[must_use]
    pub fn field(&self) -> Option<usize> {
        (!self.is_on_head).then_some(self.field)
    }

    /// Whether the cursor is on the head, where the id is.
    #[must_use]
    pub fn is_on_head(&self) -> bool {
        self.is_on_head
    }

    /// Puts the cursor on the head.
    pub(in crate::app) fn mark_head(&mut self) {
        self.is_on_head = true;
    }

    /// The first line that is shown.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// The fields as they are laid out.
    #[must_use]
    pub fn page(&self) -> &CardPage {
        &self.page
    }

    /// The field under the cursor. `None` where no field is shown, and on the head.
    #[must_use]
    pub fn field_under_cursor(&self) -> Option<&CardField> {
        self.page.fields.get(self.field()?)
    }

    /// The lines of the head: the name, id and age, then what went wrong or a blank.
    #[must_use]
    pub fn head_lines(&self, width: u16) -> u16 {
        HEAD + u16::try_from(self.problem_lines(width).len()).unwrap_or(u16::MAX).max(1)
    }

    /// Why there is no newer reading, in lines of this width. Empty where there is one.
    #[must_use]
    pub fn problem_lines(&self, width: u16) -> Vec<String> {
        let Some(problem) = &self.problem else { return Vec::new() };
        let width = usize::from(width.saturating_sub(2)).max(1);
        let words = crate::words::card_problem(problem, self.read);
        textwrap::wrap(&words, width).into_iter().map(Into::into).collect()
    }

    /// Does what a key is for.
    pub(in crate::app) fn act(&mut self, env: &mut Env<'_>, action: Action) -> Outcome {
        let window = isize::try_from(self.window(env)).unwrap_or(1).max(1);
        match action {
            Action::Up => self.move_field(env, -1),
            Action::Down => self.move_field(env, 1),
            Action::PageUp => self.move_field(env, -window),
            Action::PageDown => self.move_field(env, window),
            Action::HalfUp => self.move_field(env, -window / 2),
            Action::HalfDown => self.move_field(env, window / 2),
            Action::First => self.move_field(env, isize::MIN),
            Action::Last => self.move_field(env, isize::MAX),
            Action::FindField => {
                self.find = Some(FieldFind::typing());
                self.is_on_head = false;
            }
            Action::Keep if self.is_typing() => self.keep_field_find(),
            Action::AllFields => self.change(env, |card| card.all_fields = !card.all_fields),
            Action::Raw => self.change(env, |card| card.raw = !card.raw),
            Action::Copy => return Outcome::Wish(self.copy()),
            Action::NextCustomer => return Outcome::Wish(Wish::Step(1)),
            Action::PreviousCustomer => return Outcome::Wish(Wish::Step(-1)),
            Action::SwitchFocus => return Outcome::Wish(Wish::LeaveCard),
            Action::Back if self.find.is_some() => self.change(env, |card| card.find = None),
            Action::Back => return Outcome::Wish(Wish::Close),
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    /// Gives a key to the line that looks for a field.
    pub(in crate::app) fn type_key(&mut self, env: &Env<'_>, key: &KeyEvent) {
        if self.find.as_mut().is_some_and(|find| find.type_key(key)) {
            self.found_fields_changed(env);
        }
    }

    /// Adds pasted text to the line that looks for a field.
    pub(in crate::app) fn paste(&mut self, env: &Env<'_>, text: &str) {
        if let Some(find) = &mut self.find {
            find.paste(text);
            self.found_fields_changed(env);
        }
    }

    fn found_fields_changed(&mut self, env: &Env<'_>) {
        self.laid_out_for = None;
        self.lay_out(env);
        self.move_to_field(env, None);
    }

    /// Keeps what is shown and gives the keys back to the card; an empty line is closed.
    fn keep_field_find(&mut self) {
        self.find = self.find.take().filter(|find| !find.text().is_empty());
        if let Some(find) = &mut self.find {
            find.typing = false;
        }
    }

    fn copy(&self) -> Wish {
        if self.is_on_head {
            return Wish::CopyId;
        }
        match self.field_under_cursor().filter(|field| !field.value.as_str().is_empty()) {
            Some(field) => Wish::Copy(field.label.to_string(), field.value.to_string()),
            None => Wish::Say(Notice::NothingToCopy),
        }
    }

    /// Asks Cube for a newer reading. Returns whether the record has an id that can be asked for.
    pub(in crate::app) fn ask_again(&mut self, env: &mut Env<'_>) -> bool {
        let Ok(id) = CustomerId::try_from(self.id.as_str()) else { return false };
        self.stop(env);
        self.problem = None;
        let ticket = env.out.ticket(self.list);
        self.refresh = Some(ticket);
        env.out.task(Task::FetchCustomer { ticket, id, or_elsewhere: false });
        true
    }

    /// Asks for a newer reading where this one is old and none is under way.
    pub(in crate::app) fn refresh_if_old(&mut self, env: &mut Env<'_>) {
        if self.refresh.is_none() && env.now.seconds_since(self.read) > OLD_AFTER {
            self.ask_again(env);
        }
    }

    /// Takes in a newer reading of the customer.
    pub(in crate::app) fn refreshed(&mut self, env: &Env<'_>, reading: &FetchedCustomer) {
        let before = std::mem::replace(&mut self.record, reading.record.clone());
        (self.before, self.read) = (Some(before), reading.read);
        (self.refresh, self.problem, self.laid_out_for) = (None, None, None);
        self.lay_out(env);
        self.scroll_to_field(env);
    }

    /// Takes a newer reading from the list.
    pub(in crate::app) fn take_newer(&mut self, env: &Env<'_>, record: Record<'static>, read: Moment) {
        (self.record, self.read, self.before, self.problem) = (record, read, None, None);
        self.labels_changed(env);
    }

    /// Takes in why there is no newer reading.
    pub(in crate::app) fn refresh_failed(&mut self, env: &Env<'_>, error: &Arc<Error>) {
        self.refresh = None;
        self.problem = Some(Arc::clone(error));
        self.scroll_to_field(env);
    }

    /// Drops the request for a newer reading. Returns whether there was one.
    pub(in crate::app) fn stop(&mut self, env: &mut Env<'_>) -> bool {
        let ticket = self.refresh.take();
        if let Some(ticket) = ticket {
            env.out.task(Task::CancelCustomer(ticket));
        }
        ticket.is_some()
    }

    /// Moves the field cursor by this many fields. In a field that is taller than the card it scrolls first.
    fn move_field(&mut self, env: &Env<'_>, by: isize) {
        if self.is_on_head {
            self.is_on_head = by < 0 || self.page.fields.is_empty();
            return;
        }
        let height = self.window(env);
        let lines = self.page.lines_of(self.field);
        let below = lines.end.saturating_sub(self.scroll + height);
        let above = self.scroll.saturating_sub(lines.start);
        if lines.len() > height && by > 0 && below > 0 {
            self.scroll += below.min(by.unsigned_abs());
        } else if lines.len() > height && by < 0 && above > 0 {
            self.scroll -= above.min(by.unsigned_abs());
        } else if by < 0 && self.field == 0 {
            self.is_on_head = self.find.is_none();
        } else {
            self.field = self.field.saturating_add_signed(by);
            self.scroll_to_field(env);
        }
    }

    /// Scrolls by this many lines. The field cursor goes along only as far as it must to stay in sight.
    pub(in crate::app) fn scroll_by(&mut self, env: &Env<'_>, lines: isize) {
        let height = self.window(env);
        let last = self.page.lines.len().saturating_sub(height);
        self.scroll = self.scroll.saturating_add_signed(lines).min(last);
        let seen = self.scroll..self.scroll + height;
        let is_seen = |field: &usize| {
            let lines = self.page.lines_of(*field);
            lines.start < seen.end && lines.end > seen.start
        };
        if !is_seen(&self.field) {
            let mut fields = 0..self.page.fields.len();
            let nearest = if lines > 0 { fields.find(is_seen) } else { fields.rfind(is_seen) };
            self.field = nearest.unwrap_or(self.field);
        }
    }

    /// Puts the field cursor on the field that has this line of the window.
    pub(in crate::app) fn mark_line(&mut self, line: usize) {
        let line = self.scroll + line;
        let field = (0..self.page.fields.len()).find(|field| self.page.lines_of(*field).contains(&line));
        self.is_on_head &= field.is_none();
        self.field = field.unwrap_or(self.field);
    }

    fn move_to_field(&mut self, env: &Env<'_>, key: Option<&str>) {
        self.field = key.and_then(|key| self.page.position(key)).unwrap_or_default();
        self.scroll_to_field(env);
    }

    /// Changes how the card shows its record; the cursor stays on its field.
    fn change(&mut self, env: &Env<'_>, change: impl FnOnce(&mut Self)) {
        let key = self.field_under_cursor().map(|field| field.key.clone());
        change(self);
        self.laid_out_for = None;
        self.lay_out(env);
        self.move_to_field(env, key.as_deref());
    }

    /// What the fields say, or what they are called, is something else now; the cursor stays on its field.
    pub(in crate::app) fn labels_changed(&mut self, env: &Env<'_>) {
        self.change(env, |_| {});
    }

    /// Lays the record out for the room that it has, unless it is laid out for that already.
    pub(in crate::app) fn lay_out(&mut self, env: &Env<'_>) {
        let room = (env.card.width, env.card.height);
        if self.laid_out_for == Some(room) {
            return;
        }
        let is_first = self.laid_out_for.is_none();
        let width = usize::from(room.0);
        if is_first || self.laid_out_for.is_some_and(|(laid_out, _)| laid_out != room.0) {
            self.page = Arc::new(self.page_for(env, width));
        }
        self.laid_out_for = Some(room);
        self.scroll_to_field(env);
    }

    fn page_for(&self, env: &Env<'_>, width: usize) -> CardPage {
        let masks: &Masks = env.masks;
        let record = masks.record(&self.record);
        let before = self.before.as_ref().map(|before| masks.record(before));
        let wanted = self.find.as_ref().map(|find| text::fold(find.text())).unwrap_or_default();
        let view = View {
            record: &record,
            before: before.as_deref(),
            labels: env.labels,
            all: self.all_fields,
            raw: self.raw,
            wanted: &wanted,
        };
        CardPage::new(view, width)
    }

    /// Scrolls so that the whole field under the cursor is in the window.
    fn scroll_to_field(&mut self, env: &Env<'_>) {
        let height = self.window(env);
        let last = self.page.fields.len().saturating_sub(1);
        self.field = self.field.min(last);
        let lines = self.page.lines_of(self.field);
        // What is above the first field and below the last is shown with them.
        let first = if self.field == 0 { 0 } else { lines.start };
        let end = if self.field == last { self.page.lines.len() } else { lines.end };
        let bottom = end.saturating_sub(height);
        self.scroll = self.scroll.clamp(bottom.min(first), bottom.max(first));
        self.scroll = self.scroll.min(self.page.lines.len().saturating_sub(height));
    }

    /// How many lines of fields fit below the head.
    fn window(&self, env: &Env<'_>) -> usize {
        usize::from(env.card.height.saturating_sub(self.head_lines(env.card.width)))
    }
}
