//! Changing customers: forms are opened, closed and kept, and what Cube answers to them is taken in.

use crate::app::layers::Layer;
use crate::app::layers::form::{Draft, DraftOf, Form};
use crate::app::{App, Drafts, ListId, SessionCall, Task, Ticket};
use crate::cube::{Change, CustomerId, Error, FetchedCustomer, StandardField, Writing, Written};
use crate::list::Slot;
use crate::search::Same;
use crate::text::{self, Place};
use crate::words::{NotAsSent, Notice, Reached, SameAs};
use std::sync::Arc;

impl App {
    /// Opens the fields of the card's customer as a form, with what was typed into it before.
    pub(super) fn edit(&mut self) {
        if let Some(mut form) = self.form_of_card() {
            form.move_to(
                self.layers.card().and_then(|card| card.field_under_cursor()).map(|field| field.key.clone()),
            );
            self.open_form(form);
        }
    }

    /// Opens an empty form for a new customer, with what was typed into it before.
    pub(super) fn edit_new(&mut self) {
        match self.no_form(self.list.id) {
            Some(why) => self.say(why),
            None => self.open_form(Form::empty(self.list.id, &self.labels.fields)),
        }
    }

    /// Shows a form, with what was typed into it before.
    fn open_form(&mut self, mut form: Form) {
        if let Some(draft) = self.drafts.take(&self.draft_of(&form)) {
            form.fill(&draft, &self.labels.fields);
            self.say(Notice::DraftOpened(draft.closed));
        }
        self.layers.push(Layer::Form(Box::new(form)));
    }

    /// Why no form of a customer of this list can be opened. `None` where one can.
    fn no_form(&self, list: ListId) -> Option<Notice> {
        if self.layers.form().is_some() {
            return Some(Notice::FormIsOpen);
        }
        if self.masks.is_on() {
            return Some(Notice::MasksOverForm);
        }
        self.session.account.no_writing(list).map(Notice::NoWriting)
    }

    /// Opens the review of the values that the customer had before the last change.
    pub(super) fn take_back(&mut self) {
        let Some(mut form) = self.form_of_card() else { return };
        let Some(change) = self.drafts.last_change(&self.draft_of(&form)) else {
            return self.say(Notice::NothingToTakeBack);
        };
        form.fill(change, &self.labels.fields);
        let (_, layers, mut env) = self.parts();
        form.review_taking_back(&mut env);
        layers.push(Layer::Form(Box::new(form)));
    }

    /// A form with the fields of the customer whose card has the focus. `None`, said, where they cannot be changed.
    fn form_of_card(&mut self) -> Option<Form> {
        let card = self.layers.focused_card()?;
        let has_id = CustomerId::try_from(card.id.as_str()).is_ok();
        let why = self.no_form(card.list).or((!has_id).then_some(Notice::NoIdToChange));
        if let Some(why) = why {
            self.say(why);
            return None;
        }
        Some(Form::of(card.list, card.record.clone(), &self.labels.fields))
    }

    /// Whose form it is, as drafts say it.
    fn draft_of(&self, form: &Form) -> DraftOf {
        let account = &self.session.account;
        form.draft_of(&account.name, account.list_name(form.list))
    }

    /// Closes the form. What was typed is kept.
    pub(super) fn close_form(&mut self) {
        let Some(mut form) = self.layers.take_form() else { return };
        let (_, _, mut env) = self.parts();
        form.stop(&mut env);
        if let Some(draft) = form.draft(self.draft_of(&form), self.clock.now) {
            self.say(Notice::FormKept(draft.fields.len(), self.session.account.keeps_drafts));
            self.drafts.keep(draft);
        }
        self.keep_drafts();
    }

    /// Closes the form and drops what was typed.
    pub(super) fn drop_form(&mut self) {
        let Some(mut form) = self.layers.take_form() else { return };
        let (_, _, mut env) = self.parts();
        form.stop(&mut env);
        if form.has_changes() {
            self.say(Notice::FormDropped);
        }
        self.keep_drafts();
    }

    /// What was typed into forms that are closed and were not sent.
    #[must_use]
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts.unsent
    }

    /// What was typed into forms and not sent, the open form's included, and what can be taken back.
    #[must_use]
    pub fn all_drafts(&self) -> Drafts {
        let mut drafts = self.drafts.clone();
        let open = self.layers.form().and_then(|form| form.draft(self.draft_of(form), self.clock.now));
        if let Some(open) = open {
            drafts.keep(open);
        }
        drafts
    }

    /// What was typed into forms and not sent, the open form's included.
    #[must_use]
    pub fn unsent(&self) -> Vec<Draft> {
        self.all_drafts().unsent
    }

    /// Whether something would be lost by quitting: a form that is not sent and kept in no file, or one that is being
    /// sent.
    pub(super) fn holds_unsent(&self) -> bool {
        let is_sending = self.layers.form().is_some_and(Form::is_sending);
        is_sending || (!self.session.account.keeps_drafts && !self.unsent().is_empty())
    }

    /// Has what was typed kept where the profile wants that.
    pub(super) fn keep_drafts(&mut self) {
        if self.session.account.keeps_drafts {
            let drafts = self.unsent();
            self.out.session(SessionCall::KeepDrafts(drafts));
        }
    }

    /// Quits; with forms that are not sent only when asked twice.
    pub(super) fn quit(&mut self, confirmed: bool) {
        if confirmed || !self.holds_unsent() {
            self.keep_drafts();
            self.out.session(SessionCall::Quit);
        } else {
            self.interrupted = Some(self.clock.now);
            self.say(Notice::QuitAgain(self.unsent().len()));
        }
    }

    /// Takes in the record that the form has asked for. Returns whether a form has asked.
    pub(super) fn form_read(&mut self, ticket: Ticket, result: &Result<FetchedCustomer, Arc<Error>>) -> bool {
        let (_, layers, mut env) = self.parts();
        let Some(form) = layers.form_mut().filter(|form| form.awaits(ticket)) else { return false };
        let was_typing = !form.is_review();
        let saved = form.was_read(&mut env, result.clone());
        if let Some((change, reading)) = saved {
            self.saved(&change, &reading);
        } else if was_typing {
            self.look_for_same();
        }
        if let Err(error) = result {
            self.note_refusal(error);
        }
        true
    }

    /// Takes in what became of a change.
    pub(super) fn written(&mut self, ticket: Ticket, result: Result<Written, Arc<Error>>) {
        let failure = result.as_ref().err().cloned();
        let (_, layers, env) = self.parts();
        let Some(form) = layers.form_mut().filter(|form| form.awaits(ticket)) else { return };
        let saved = form.was_written(env.labels, result);
        if let Some((change, reading)) = saved {
            self.saved(&change, &reading);
        }
        if let Some(error) = failure {
            self.note_refusal(&error);
        }
        self.keep_drafts();
    }

    /// The change is in Cube: its record takes the old one's place everywhere, and the form closes.
    fn saved(&mut self, change: &Change, reading: &FetchedCustomer) {
        let Some(form) = self.layers.take_form() else { return };
        let missed = change.not_in(&reading.record);
        let (left_out, otherwise) =
            missed.into_iter().partition::<Vec<&str>, _>(|key| form.has_old_value(key, &reading.record));
        let saved = left_out.len() < form.changed().count();
        let draft = form.draft(self.draft_of(&form), self.clock.now);
        if let Some(mut draft) = draft.filter(|_| form.writing == Writing::Update) {
            self.drafts.note_saved(draft.clone(), &reading.record);
            draft.fields.retain(|field| left_out.contains(&field.key.as_str()));
            self.drafts.keep(draft);
        }
        let named = |keys: Vec<&str>| -> Vec<String> {
            keys.into_iter().map(|key| self.labels.fields.name_of(key).to_string()).collect()
        };
        let not_as_sent = NotAsSent { left_out: named(left_out), otherwise: named(otherwise), saved };
        let (list, layers, mut env) = self.parts();
        if list.store.loading() > 0 {
            // A page that is under way may have been read before the change.
            list.begin_generation(&mut env);
        }
        let slot = list.take_in(&mut env, reading, form.list);
        let is_open = layers.cards_mut().filter(|card| card.id == form.id() && card.list == form.list);
        is_open.for_each(|card| {
            card.refreshed(&env, reading);
            card.slot = slot.unwrap_or(card.slot);
        });
        if let Some(slot) = slot.filter(|_| form.writing == Writing::Create) {
            list.move_to_customer(&env, slot);
            self.open_card(slot, Reached::Created);
        }
        self.say(Notice::Saved(not_as_sent));
        self.keep_drafts();
    }

    /// The id that is typed for a new customer may be that of one who is held.
    pub(super) fn check_new_id(&mut self) {
        let Some(form) = self.layers.form().filter(|form| form.writing == Writing::Create) else { return };
        let known = self.list.store.find_id(&form.id()).and_then(|slot| self.name_at(slot));
        if let Some((name, form)) = known.zip(self.layers.form_mut()) {
            form.note_known(name);
        }
    }

    /// Looks among the customers that are held for those with the phone, e-mail or name of a new one.
    fn look_for_same(&mut self) {
        let pages = self.list.store.searchable().into_iter().map(Into::into).collect();
        let (_, layers, env) = self.parts();
        let Some(form) = layers.form_mut().filter(|form| form.is_review()) else { return };
        form.same.clear();
        let typed = |field: StandardField| {
            let typed = form.fields.iter().find(|typed| typed.key == field.key())?;
            Some((field, typed.text().to_owned()))
        };
        let wanted = StandardField::ALL.into_iter().skip(1).filter_map(typed).collect();
        let ticket = env.out.ticket(form.list);
        form.looks_for = Some(ticket);
        env.out.task(Task::FindSame { ticket, wanted, pages });
    }

    /// Takes in who has the same phone, e-mail or name as a new customer.
    pub(super) fn same_found(&mut self, ticket: Ticket, found: &[Same]) {
        let told: Vec<SameAs> = found.iter().filter_map(|same| self.same_as(*same)).collect();
        if let Some(form) = self.layers.form_mut().filter(|form| form.looks_for == Some(ticket)) {
            form.looks_for = None;
            form.same = told;
        }
    }

    fn same_as(&self, same: Same) -> Option<SameAs> {
        let label = self.labels.fields.name_of(same.field.key());
        let name = self.name_at(same.slot)?;
        let id = self.list.id_at(same.slot).unwrap_or_default();
        let clean = |text: &str| text::clean_str(text, Place::Message).into_owned();
        Some(SameAs { label, name: clean(&name), id: clean(&id), others: same.count.saturating_sub(1) })
    }

    fn name_at(&self, slot: Slot) -> Option<String> {
        let record = self.list.store.record(slot)?;
        Some(record.standard().name.as_raw().to_owned())
    }
}
