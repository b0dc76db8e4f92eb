//! Changing customers: forms are opened, closed and kept, and what Cube answers to them is taken in.

use crate::app::layers::form::{Draft, DraftOf, Form};
use crate::app::layers::{Layer, Layers};
use crate::app::{App, Drafts, Env, List, ListId, Parts, SessionCall, Task, Ticket};
use crate::cube::{Change, CustomerId, Error, FetchedCustomer, StandardField, Writing, Written};
use crate::list::Slot;
use crate::search::Same;
use crate::text::{self, Place};
use crate::words::{NotAsSent, Notice, Reached, SameAs};
use std::sync::Arc;

/// Opens the fields of the card's customer as a form, with what was typed into it before.
pub(super) fn edit(drafts: &mut Drafts, layers: &mut Layers, env: &mut Env<'_>) {
    if let Some(mut form) = form_of_card(layers, env) {
        form.move_to(layers.card().and_then(|card| card.field_under_cursor()).map(|field| field.key.clone()));
        open(form, drafts, layers, env);
    }
}

/// Opens an empty form for a new customer, with what was typed into it before.
pub(super) fn edit_new(list: &List, drafts: &mut Drafts, layers: &mut Layers, env: &mut Env<'_>) {
    match no_form(layers, env, list.id) {
        Some(why) => env.say(why),
        None => open(Form::empty(list.id, env.labels), drafts, layers, env),
    }
}

/// Shows a form, with what was typed into it before.
fn open(mut form: Form, drafts: &mut Drafts, layers: &mut Layers, env: &mut Env<'_>) {
    if let Some(draft) = drafts.take(&draft_of(&form, env)) {
        form.fill(&draft, env.labels);
        env.say(Notice::DraftOpened(draft.closed));
    }
    layers.push(Layer::Form(Box::new(form)));
}

/// Why no form of a customer of this list can be opened. `None` where one can.
fn no_form(layers: &Layers, env: &Env<'_>, list: ListId) -> Option<Notice> {
    if layers.form().is_some() {
        return Some(Notice::FormIsOpen);
    }
    if env.masks.is_on() {
        return Some(Notice::MasksOverForm);
    }
    env.account.no_writing(list).map(Notice::NoWriting)
}

/// Opens the review of the values that the customer had before the last change.
pub(super) fn take_back(drafts: &Drafts, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(mut form) = form_of_card(layers, env) else { return };
    let Some(change) = drafts.last_change(&draft_of(&form, env)) else {
        return env.say(Notice::NothingToTakeBack);
    };
    form.fill(change, env.labels);
    form.review_taking_back(env);
    layers.push(Layer::Form(Box::new(form)));
}

/// A form with the fields of the customer whose card has the focus. `None`, said, where they cannot be changed.
fn form_of_card(layers: &Layers, env: &mut Env<'_>) -> Option<Form> {
    let card = layers.focused_card()?;
    let has_id = CustomerId::try_from(card.id.as_str()).is_ok();
    match no_form(layers, env, card.list).or((!has_id).then_some(Notice::NoIdToChange)) {
        Some(why) => {
            env.say(why);
            None
        }
        None => Some(Form::of(card.list, card.record.clone(), env.labels)),
    }
}

/// Whose form it is, as drafts say it.
fn draft_of(form: &Form, env: &Env<'_>) -> DraftOf {
    form.draft_of(&env.account.name, env.account.list_name(form.list))
}

/// Closes the form. What was typed is kept.
pub(super) fn close(parts: &mut Parts<'_>) {
    let Parts { layers, drafts, env, .. } = parts;
    let Some(mut form) = layers.take_form() else { return };
    form.stop(env);
    if let Some(draft) = form.draft(draft_of(&form, env), env.now) {
        env.say(Notice::FormKept(draft.fields.len(), env.account.keeps_drafts));
        drafts.keep(draft);
    }
    drafts.touch();
}

/// Closes the form and drops what was typed.
pub(super) fn drop_form(drafts: &mut Drafts, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(mut form) = layers.take_form() else { return };
    form.stop(env);
    if form.has_changes() {
        env.say(Notice::FormDropped);
    }
    drafts.touch();
}

impl App {
    /// What was typed into forms that are closed and were not sent.
    #[must_use]
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts.unsent
    }

    /// What was typed into forms and not sent, the open form's included, and what can be taken back.
    #[must_use]
    pub fn all_drafts(&self) -> Drafts {
        let mut drafts = self.drafts.clone();
        let account = &self.session.account;
        let of = |form: &Form| form.draft_of(&account.name, account.list_name(form.list));
        let open = self.layers.form().and_then(|form| form.draft(of(form), self.clock.now));
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
}

/// Takes in the record that the form has asked for.
pub(super) fn form_read(parts: &mut Parts<'_>, ticket: Ticket, result: &Result<FetchedCustomer, Arc<Error>>) {
    let Parts { list, layers, env, .. } = parts;
    let Some(form) = layers.form_mut().filter(|form| form.awaits(ticket)) else { return };
    let was_typing = !form.is_review();
    let saved = form.was_read(env, result.clone());
    if let Some((change, reading)) = saved {
        was_saved(parts, &change, &reading);
    } else if was_typing {
        look_for_same(list, form, env);
    }
    if let Err(error) = result {
        parts.list.note_refusal(&mut parts.env, error);
    }
}

/// Takes in what became of a change.
pub(super) fn written(parts: &mut Parts<'_>, ticket: Ticket, result: Result<Written, Arc<Error>>) {
    let failure = result.as_ref().err().cloned();
    let Parts { layers, env, .. } = parts;
    let Some(form) = layers.form_mut().filter(|form| form.awaits(ticket)) else { return };
    if let Some((change, reading)) = form.was_written(env.labels, result) {
        was_saved(parts, &change, &reading);
    }
    if let Some(error) = failure {
        parts.list.note_refusal(&mut parts.env, &error);
    }
    parts.drafts.touch();
}

/// The change is in Cube: its record takes the old one's place everywhere, and the form closes.
fn was_saved(parts: &mut Parts<'_>, change: &Change, reading: &FetchedCustomer) {
    let Parts { list, layers, drafts, env, .. } = parts;
    let Some(form) = layers.take_form() else { return };
    let missed = change.not_in(&reading.record);
    let (left_out, otherwise) =
        missed.into_iter().partition::<Vec<&str>, _>(|key| form.has_old_value(key, &reading.record));
    let saved = left_out.len() < form.changed().count();
    let draft = form.draft(draft_of(&form, env), env.now);
    if let Some(mut draft) = draft.filter(|_| form.writing == Writing::Update) {
        drafts.note_saved(draft.clone(), &reading.record);
        draft.fields.retain(|field| left_out.contains(&field.key.as_str()));
        drafts.keep(draft);
    }
    let named = |keys: Vec<&str>| -> Vec<String> {
        keys.into_iter().map(|key| env.labels.name_of(key).to_string()).collect()
    };
    let not_as_sent = NotAsSent { left_out: named(left_out), otherwise: named(otherwise), saved };
    if list.store.loading() > 0 {
        // A page that is under way may have been read before the change.
        list.begin_generation(env);
    }
    let slot = list.take_in(env, reading, form.list);
    let is_open = layers.cards_mut().filter(|card| card.id == form.id() && card.list == form.list);
    is_open.for_each(|card| {
        card.refreshed(env, reading);
        card.slot = slot.unwrap_or(card.slot);
    });
    if let Some(slot) = slot.filter(|_| form.writing == Writing::Create) {
        list.move_to_customer(env, slot);
        layers.open_card(list, env, slot, Reached::Created);
    }
    env.say(Notice::Saved(not_as_sent));
    drafts.touch();
}

/// The id that is typed for a new customer may be that of one who is held.
pub(super) fn check_new_id(list: &List, layers: &mut Layers) {
    let Some(form) = layers.form_mut().filter(|form| form.writing == Writing::Create) else { return };
    if let Some(name) = list.store.find_id(&form.id()).and_then(|slot| name_at(list, slot)) {
        form.note_known(name);
    }
}

/// Looks among the customers that are held for those with the phone, e-mail or name of a new one.
fn look_for_same(list: &List, form: &mut Form, env: &mut Env<'_>) {
    if !form.is_review() {
        return;
    }
    form.same.clear();
    let typed = |field: StandardField| {
        let typed = form.fields.iter().find(|typed| typed.key == field.key())?;
        Some((field, typed.text().to_owned()))
    };
    let wanted = StandardField::ALL.into_iter().skip(1).filter_map(typed).collect();
    let ticket = env.out.ticket(form.list);
    form.looks_for = Some(ticket);
    let pages = list.store.searchable().into_iter().map(Into::into).collect();
    env.out.task(Task::FindSame { ticket, wanted, pages });
}

/// Takes in who has the same phone, e-mail or name as a new customer.
pub(super) fn same_found(
    list: &List,
    layers: &mut Layers,
    env: &Env<'_>,
    (ticket, found): (Ticket, &[Same]),
) {
    if let Some(form) = layers.form_mut().filter(|form| form.looks_for == Some(ticket)) {
        form.looks_for = None;
        form.same = found.iter().filter_map(|same| same_as(*same, list, env)).collect();
    }
}

fn same_as(same: Same, list: &List, env: &Env<'_>) -> Option<SameAs> {
    let label = env.labels.name_of(same.field.key());
    let name = name_at(list, same.slot)?;
    let id = list.id_at(same.slot).unwrap_or_default();
    let clean = |text: &str| text::clean_str(text, Place::Message).into_owned();
    Some(SameAs { label, name: clean(&name), id: clean(&id), others: same.count.saturating_sub(1) })
}

fn name_at(list: &List, slot: Slot) -> Option<String> {
    Some(list.store.record(slot)?.standard().name.as_raw().to_owned())
}
