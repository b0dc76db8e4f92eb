//! The form: the fields of one customer, to be changed, and the review of what is sent. No key alone sends anything:
//! what was typed is reviewed first, and the review is confirmed.
//!
//! ```text
//! Typing ─ review ─▶ Review ─ send ─▶ Reading ─▶ Sending ─▶ saved: the form closes
//!    ▲                 ▲  ▲             │           │
//!    └──── back ───────┘  └─ conflict ──┘           └─ refused, not saved, cannot be told: nothing typed is lost
//! ```

mod draft;
mod field;
mod lines;
mod review;
mod sending;

pub use draft::{Draft, DraftField, DraftOf, Drafts};
pub use field::FormField;
pub use lines::{FormLine, LineKind};

use super::{Outcome, Wish};
use crate::app::{Env, ListId, Task, Ticket, input};
use crate::cube::{Change, Record, StandardField, Writing};
use crate::fields::FieldMap;
use crate::keys::Action;
use crate::words::{Notice, Obstacle, SameAs};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::mem;
use std::sync::Arc;

/// What is being done with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStage {
    /// The fields are being filled in.
    Typing,
    /// What differs is shown, to be confirmed.
    Review,
    /// Cube is asked for the customer's record.
    Reading(Ticket, Then),
    /// The change was sent; its answer is awaited.
    Sending(Ticket),
}

/// What the record is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The review is shown: the id of a new customer must not be in Cube.
    Review,
    /// The change is sent, where nothing speaks against it.
    Send,
    /// It is told whether the change that was sent is saved.
    Tell,
}

/// A form.
#[derive(Debug)]
pub struct Form {
    /// The list that the customer is in, or will be in.
    pub list: ListId,
    /// Whether a customer is changed or created.
    pub writing: Writing,
    /// What is being done with it.
    pub stage: FormStage,
    /// What stands in the way. `None` while nothing does.
    pub obstacle: Option<Obstacle>,
    /// The fields; of a new customer the first one is the id.
    pub fields: Vec<FormField>,
    /// Other customers with the same phone, e-mail or name as a new one.
    pub same: Vec<SameAs>,
    /// The search for them that is under way.
    pub(in crate::app) looks_for: Option<Ticket>,
    /// The record as it was read last; an empty one for a new customer.
    record: Record<'static>,
    /// The change that was sent last and has no certain end.
    sent: Option<Arc<Change>>,
    /// Whether the form was opened to take a change back, and nothing else was typed.
    takes_back: bool,
    /// Whether the key that drops all changes was pressed, and must be pressed again.
    drops: bool,
    cursor: usize,
    scroll: usize,
    /// Whether the field under the cursor is to be in the window; in a review a person scrolls freely.
    follows: bool,
}

impl Form {
    /// The form of a customer in Cube.
    #[must_use]
    pub(in crate::app) fn of(list: ListId, record: Record<'static>, labels: &FieldMap) -> Self {
        let fields = field::all(&record, labels);
        Self::new(list, Writing::Update, record, fields)
    }

    /// An empty form for a new customer.
    #[must_use]
    pub(in crate::app) fn empty(list: ListId, labels: &FieldMap) -> Self {
        let record = Record::again("{}".to_owned());
        let mut fields = field::all(&record, labels);
        fields.insert(0, FormField::empty(StandardField::Id.key(), labels));
        Self::new(list, Writing::Create, record, fields)
    }

    fn new(list: ListId, writing: Writing, record: Record<'static>, fields: Vec<FormField>) -> Self {
        Self {
            list,
            writing,
            stage: FormStage::Typing,
            obstacle: None,
            fields,
            same: Vec::new(),
            looks_for: None,
            record,
            sent: None,
            takes_back: false,
            drops: false,
            cursor: 0,
            scroll: 0,
            follows: true,
        }
    }

    /// The customer's id: as sent, or as typed so far.
    #[must_use]
    pub fn id(&self) -> String {
        match self.writing {
            Writing::Update => self.record.standard().id.as_raw().to_owned(),
            Writing::Create => self.fields.first().map(|id| id.text().to_owned()).unwrap_or_default(),
        }
    }

    /// The customer's name as Cube has it; of a new one as typed.
    #[must_use]
    pub fn name(&self) -> String {
        let is_name = |field: &&FormField| field.key == StandardField::Name.key();
        let name = self.fields.iter().find(is_name);
        name.map(|name| if self.writing == Writing::Create { name.text() } else { name.base() }.to_owned())
            .unwrap_or_default()
    }

    /// The field under the cursor. `None` for a form without fields.
    #[must_use]
    pub fn field(&self) -> Option<&FormField> {
        self.fields.get(self.cursor)
    }

    /// The place of the field under the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first line that is shown.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// The fields that differ from what Cube has, by their places. The id of a new customer is none of them.
    pub fn changed(&self) -> impl Iterator<Item = usize> {
        let is_changed = |(_, field): &(usize, &FormField)| field.is_changed() && !field.is_id();
        self.fields.iter().enumerate().filter(is_changed).map(|(at, _)| at)
    }

    /// Whether something was typed that Cube does not have.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.fields.iter().any(FormField::is_changed)
    }

    /// Whether the review is shown, and letters are keys.
    #[must_use]
    pub fn is_review(&self) -> bool {
        match self.stage {
            FormStage::Typing => false,
            FormStage::Reading(_, then) => then != Then::Review,
            FormStage::Review | FormStage::Sending(_) => true,
        }
    }

    /// Whether an answer of Cube is awaited.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self.stage, FormStage::Reading(..) | FormStage::Sending(_))
    }

    /// Whether the change was sent and may have arrived, and nothing tells what became of it.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self.obstacle, Some(Obstacle::Unknown(_)))
    }

    /// Whether the change was to be sent, and was not saved.
    #[must_use]
    pub fn was_refused(&self) -> bool {
        use Obstacle::{NotRead, NotSaved, Refused};
        matches!(self.obstacle, Some(Refused(_) | NotSaved(_) | NotRead(_)))
    }

    /// Whether the key that drops all changes must be pressed again.
    #[must_use]
    pub fn drops(&self) -> bool {
        self.drops
    }

    /// Whether this form has asked the question.
    #[must_use]
    pub(in crate::app) fn awaits(&self, ticket: Ticket) -> bool {
        match self.stage {
            FormStage::Reading(asked, _) | FormStage::Sending(asked) => asked == ticket,
            FormStage::Typing | FormStage::Review => false,
        }
    }

    /// Does what a key is for.
    pub(in crate::app) fn act(&mut self, env: &mut Env<'_>, action: Action) -> Outcome {
        let drops = mem::take(&mut self.drops);
        match (self.is_review(), action) {
            (_, Action::Back) => return self.back(env),
            (_, Action::DropChanges) => return self.drop_changes(drops),
            (false, Action::Up) => self.move_by(-1),
            (false, Action::Down | Action::Open) => self.move_by(1),
            (false, Action::PageUp) => self.move_by(-10),
            (false, Action::PageDown) => self.move_by(10),
            (false, Action::UndoField) if self.stage == FormStage::Typing => self.undo_field(env),
            (false, Action::Review) => return self.review(env),
            (true, Action::Up) => self.move_in_review(-1),
            (true, Action::Down) => self.move_in_review(1),
            (true, Action::PageUp) => self.scroll_by(-self.height(env)),
            (true, Action::PageDown) => self.scroll_by(self.height(env)),
            (true, Action::TakeMine) => self.choose(env, true),
            (true, Action::TakeCubes) => self.choose(env, false),
            (true, Action::Open) => return self.confirm(env),
            (true, Action::Retry) if self.is_unknown() => self.read(env, Then::Tell),
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    /// Gives a key to the field under the cursor.
    pub(in crate::app) fn type_key(&mut self, env: &Env<'_>, key: &KeyEvent) {
        self.drops = false;
        let is_id = self.field().is_some_and(FormField::is_id);
        let is_letter = matches!(key.code, KeyCode::Char(c) if !c.is_ascii_digit())
            && (key.modifiers - KeyModifiers::SHIFT).is_empty();
        if self.stage != FormStage::Typing || (is_id && is_letter) {
            return;
        }
        let Some(field) = self.fields.get_mut(self.cursor).filter(|field| field.fixed.is_none()) else {
            return;
        };
        if input::edit(&mut field.input, key) {
            self.typed(env);
        }
    }

    /// Adds pasted text to the field under the cursor; of one for the id the digits alone.
    pub(in crate::app) fn paste(&mut self, env: &Env<'_>, text: &str) {
        self.drops = false;
        if self.stage != FormStage::Typing {
            return;
        }
        let Some(field) = self.fields.get_mut(self.cursor).filter(|field| field.fixed.is_none()) else {
            return;
        };
        let digits = || text.chars().filter(char::is_ascii_digit).collect();
        let text: String = if field.is_id() { digits() } else { text.to_owned() };
        input::insert(&mut field.input, &text);
        self.typed(env);
    }

    /// The field under the cursor has another text.
    fn typed(&mut self, env: &Env<'_>) {
        self.obstacle = None;
        self.takes_back = false;
        if let Some(field) = self.fields.get_mut(self.cursor) {
            field.check(env.labels);
        }
    }

    /// Moves to the field under this key, where it is one of the form's.
    pub(in crate::app) fn move_to(&mut self, key: Option<String>) {
        let at = key.and_then(|key| self.fields.iter().position(|field| field.key == key));
        self.cursor = at.unwrap_or(self.cursor);
    }

    fn move_by(&mut self, by: isize) {
        let last = self.fields.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
        if let Some(field) = self.fields.get_mut(self.cursor) {
            field.go_to_end();
        }
    }

    fn undo_field(&mut self, env: &Env<'_>) {
        if let Some(field) = self.fields.get_mut(self.cursor) {
            field.set_text(field.base().to_owned());
        }
        self.typed(env);
    }

    /// From the review to the fields, or out of the form. What was sent cannot be called back.
    fn back(&mut self, env: &mut Env<'_>) -> Outcome {
        match self.stage {
            FormStage::Typing => return Outcome::Wish(Wish::Close),
            FormStage::Sending(_) => return Outcome::Wish(Wish::Say(Notice::BeingSent)),
            FormStage::Reading(..) | FormStage::Review => {}
        }
        self.stop(env);
        if self.takes_back && self.obstacle.is_none() {
            return Outcome::Wish(Wish::DropForm);
        }
        self.stage = FormStage::Typing;
        if self.is_unknown() {
            // What may have been saved is not to be forgotten while one goes on typing.
            self.stage = FormStage::Review;
            return Outcome::Wish(Wish::Close);
        }
        Outcome::Done
    }

    fn drop_changes(&mut self, is_second: bool) -> Outcome {
        match self.stage {
            FormStage::Sending(_) => Outcome::Wish(Wish::Say(Notice::BeingSent)),
            _ if is_second || !self.has_changes() => Outcome::Wish(Wish::DropForm),
            _ => {
                self.drops = true;
                Outcome::Done
            }
        }
    }

    /// Drops the request for the record.
    pub(in crate::app) fn stop(&mut self, env: &mut Env<'_>) {
        if let FormStage::Reading(ticket, then) = self.stage {
            env.out.task(Task::CancelCustomer(ticket));
            self.stage = if then == Then::Review { FormStage::Typing } else { FormStage::Review };
        }
    }

    /// The id that was typed for a new customer belongs to one who is held; their name.
    pub(in crate::app) fn note_known(&mut self, name: String) {
        if self.stage == FormStage::Typing && self.obstacle.is_none() {
            self.obstacle = Some(Obstacle::Exists(name));
        }
    }

    /// The labels changed while the form is open.
    pub(in crate::app) fn labels_changed(&mut self, labels: &FieldMap) {
        for field in &mut self.fields {
            field.label = labels.name_of(&field.key);
        }
    }

    /// How many lines fit below the head.
    fn height(&self, env: &Env<'_>) -> isize {
        let height = env.card.height.saturating_sub(self.head_lines(env.card.width));
        isize::try_from(height).unwrap_or(isize::MAX)
    }

    fn scroll_by(&mut self, lines: isize) {
        self.scroll = self.scroll.saturating_add_signed(lines);
        self.follows = false;
    }

    /// Scrolls so that the field under the cursor is in the window, and no further than to the last line.
    pub(in crate::app) fn lay_out(&mut self, env: &Env<'_>) {
        let height = self.height(env).unsigned_abs();
        let lines = self.lines(usize::from(env.card.width));
        self.scroll = self.scroll.min(lines.len().saturating_sub(height));
        if self.is_review() && !mem::take(&mut self.follows) {
            return;
        }
        let is_here = |line: &FormLine| line.field == Some(self.cursor);
        let first = lines.iter().position(is_here).unwrap_or_default();
        let end = lines.iter().rposition(is_here).map_or(0, |last| last + 1);
        // What is above the first field is shown with it.
        let first = if self.cursor == 0 { 0 } else { first };
        let bottom = end.saturating_sub(height);
        self.scroll = self.scroll.clamp(bottom.min(first), first.max(bottom));
        self.scroll = self.scroll.min(lines.len().saturating_sub(height));
    }
}
