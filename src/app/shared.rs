//! Who else has the phone number, the e-mail address, or the name and the city of the customer on a card; and two
//! customers side by side.

use crate::app::layers::{Choice, Compare, Layer, Layers, Pick, PickItem, PickKind};
use crate::app::{Env, List, Task, Ticket};
use crate::cube::{Record, StandardField};
use crate::fields::FieldMap;
use crate::list::{Scope, Store};
use crate::search::{Query, Reach, Unsearched};
use crate::text::{self, Place, SafeText};
use crate::words::{self, Notice, SharedBy};
use std::sync::Arc;

/// The labels by which a city is known, in the order in which they are tried.
const CITIES: [&str; 4] = ["city", "poststed", "post sted", "sted"];

/// What is known of others who share a value with a card's customer.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    /// What is asked, and for how many customers.
    asked: Option<(Ticket, Vec<(SharedBy, String)>)>,
    /// How many customers were loaded when it was asked last. `None` before that.
    loaded: Option<usize>,
    /// Who was found: what is shared, the filter that finds them all, and how many others they are.
    found: Vec<(SharedBy, String, usize)>,
    scope: Option<Scope>,
}

impl Shared {
    /// What is shared, and with how many others. Empty where nothing is known to be.
    pub fn found(&self) -> impl Iterator<Item = (SharedBy, usize)> {
        self.found.iter().map(|(by, _, others)| (*by, *others))
    }

    /// How much of the list was searched for that. `None` before the first answer.
    #[must_use]
    pub fn scope(&self) -> Option<&Scope> {
        self.scope.as_ref()
    }

    /// Asks who shares a value with the customer, unless that is known or being asked for all who are loaded.
    pub(in crate::app) fn ask(
        &mut self,
        env: &mut Env<'_>,
        store: &Store,
        record: &Record<'_>,
        list: crate::app::ListId,
    ) {
        let loaded = store.scope().loaded;
        if self.asked.is_some() || self.loaded == Some(loaded) {
            return;
        }
        self.loaded = Some(loaded);
        let filters = filters(record, env.labels);
        if filters.is_empty() {
            return;
        }
        let query = |text: &String| Arc::new(Query::search(text, Reach::AllFields, env.labels));
        let queries = filters.iter().map(|(_, text)| query(text)).collect();
        let pages: Vec<Unsearched> = store.searchable().into_iter().map(Into::into).collect();
        let ticket = env.out.ticket(list);
        env.out.task(Task::CountHits { ticket, queries, pages });
        self.asked = Some((ticket, filters));
        self.scope = Some(store.scope());
    }

    /// Takes in how many customers each filter finds, the card's own among them. Returns whether it was asked here.
    pub(in crate::app) fn counted(&mut self, ticket: Ticket, counts: &[usize]) -> bool {
        let Some((_, filters)) = self.asked.take_if(|(asked, _)| *asked == ticket) else { return false };
        let others = counts.iter().map(|count| count.saturating_sub(1));
        let found = filters.into_iter().zip(others).map(|((by, text), others)| (by, text, others));
        self.found = found.filter(|(.., others)| *others > 0).collect();
        true
    }

    /// The lines of the list of what is shared.
    fn items(&self) -> Vec<PickItem> {
        let item = |(by, text, others): &(SharedBy, String, usize)| PickItem {
            name: text::clean_str(&by.said(), Place::Row).into_owned(),
            value: SafeText::default(),
            note: words::others(*others),
            preview: Vec::new(),
            choice: Choice::Filter(text.clone()),
        };
        self.found.iter().map(item).collect()
    }
}

/// The filters that find whoever shares a value with the customer.
fn filters(record: &Record<'_>, labels: &FieldMap) -> Vec<(SharedBy, String)> {
    let standard = record.standard();
    let value = |field| plain(standard.get(field).as_raw());
    let mut filters: Vec<(SharedBy, String)> = Vec::new();
    for field in [StandardField::Phone1, StandardField::Phone2, StandardField::Phone3] {
        let phone = value(field);
        let text = format!("phone:=\"{phone}\"");
        if !phone.is_empty() && filters.iter().all(|(_, known)| *known != text) {
            filters.push((SharedBy::Phone, text));
        }
    }
    let email = value(StandardField::Email);
    if !email.is_empty() {
        filters.push((SharedBy::Email, format!("email:=\"{email}\"")));
    }
    let city = CITIES.into_iter().find_map(|label| {
        let key = labels.of(record.schema()).key_of(label).ok()?;
        let texts = record.texts(&[&key]);
        let city = plain(texts.first()?.as_raw());
        (!city.is_empty()).then_some((label, city))
    });
    let name = value(StandardField::Name);
    if let Some((label, city)) = city.filter(|_| !name.is_empty()) {
        filters.push((SharedBy::NameAndCity, format!("name:=\"{name}\" \"{label}\":=\"{city}\"")));
    }
    filters
}

/// A value as it may be between quotes.
fn plain(value: &str) -> String {
    value.trim().replace('"', " ")
}

/// Asks who shares a value with the customer of the opened card.
pub(in crate::app) fn look(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    if let Some(Layer::Card(card)) = layers.top_mut() {
        card.ask_for_shared(env, &list.store);
    }
}

/// Lists who shares a value with the card's customer; where several values are shared, which is to be chosen.
pub(in crate::app) fn open(list: &mut List, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(card) = layers.focused_card() else { return };
    let items = card.shared.items();
    match items.as_slice() {
        [] => env.say(Notice::NoOther),
        [PickItem { choice: Choice::Filter(text), .. }] => layers.open_line(list, env, text),
        _ => layers.open_pick(Pick::new(PickKind::Shared, items)),
    }
}

/// Shows two customers side by side: those who are marked, where these are two, else those whose cards were opened last.
pub(in crate::app) fn compare(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    let marked = list.marked_slots();
    let marked: Vec<_> = marked.iter().filter_map(|slot| list.store.record(*slot)).collect();
    if let [left, right] = marked.as_slice() {
        return show_both(layers, env, [left, right]);
    }
    let here = layers.focused_card().map(|card| (card.id.clone(), card.record.clone()));
    let place = env.account.place();
    let record = |id: &String| list.store.record(list.store.find_id(id)?);
    let seen = env.recents.of(&place).filter_map(|recent| Some((recent.id.clone(), record(&recent.id)?)));
    let mut two: Vec<(String, Record<'static>)> = Vec::new();
    for (id, record) in here.into_iter().chain(seen) {
        if two.len() < 2 && two.iter().all(|(known, _)| *known != id) {
            two.push((id, record));
        }
    }
    let [(_, left), (_, right)] = two.as_slice() else { return env.say(Notice::NotTwo) };
    show_both(layers, env, [left, right]);
}

fn show_both(layers: &mut Layers, env: &Env<'_>, records: [&Record<'_>; 2]) {
    let [left, right] = records.map(|record| env.masks.record(record));
    layers.push(Layer::Compare(Compare::new([&left, &right], env.labels)));
}
