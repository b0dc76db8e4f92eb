//! What happened with customers: their calls of today, of 7 and of 30 days. The calls of a range are a list like that of
//! the customers: read once, searched and sorted, with an age and a scope of its own. A card shows those of its customer.

use crate::app::layers::{Choice, Layer, Layers, Line, Pick, PickItem, PickKind};
use crate::app::lists::{KeptLists, open_customers};
use crate::app::{Env, List, ListId, Parts, Task, Ticket};
use crate::cube::{self, CALL_OUTCOMES, Days, Record};
use crate::fields::value;
use crate::list::{Row, Segment};
use crate::search::sort::Order;
use crate::text::{self, Place, SafeText};
use crate::words::{self, CallsState, Halt, Notice, Reached};
use std::sync::Arc;

/// How far back calls are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallRange {
    /// Today.
    Today,
    /// Today and the 6 days before.
    Week,
    /// Today and the 29 days before.
    Month,
}

/// Whose calls are read, and of which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallsOf {
    /// The list of the customers.
    pub list: cube::List,
    /// The days.
    pub days: Days,
}

impl CallRange {
    /// The next longer one, and after the longest the shortest again.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Today => Self::Week,
            Self::Week => Self::Month,
            Self::Month => Self::Today,
        }
    }

    /// How many days it has.
    #[must_use]
    pub const fn days(self) -> i32 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
        }
    }

    /// The list of its calls.
    #[must_use]
    pub const fn list(self) -> ListId {
        // The lists of an account are counted from 0.
        ListId(u32::MAX - self as u32)
    }

    /// The range whose calls a list has. `None` for a list of customers.
    #[must_use]
    pub fn of(list: ListId) -> Option<Self> {
        [Self::Today, Self::Week, Self::Month].into_iter().find(|range| range.list() == list)
    }
}

impl List {
    /// The calls of a range, the newest first, of which nothing is read yet.
    fn of_calls(range: CallRange, of: CallsOf) -> Self {
        let mut list = Self::new(range.list(), &CALL_OUTCOMES);
        list.calls = Some(of);
        let time = CALL_OUTCOMES.columns.first().map_or("", |column| column.key);
        list.take_orders(vec![Order { key: time.to_owned(), descending: true }]);
        list.stay_on_first();
        list
    }

    /// Why the calls could not be read. `None` where they were, or are being read.
    fn why_not_read(&self) -> Option<Arc<cube::Error>> {
        match self.load.stopped() {
            Some(Halt::Refused(error)) => Some(Arc::clone(error)),
            Some(Halt::ByHand) | None => self.store.first_failure().map(|(_, error)| error),
        }
    }
}

/// What is known of the names of calls.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::app) struct Naming {
    asked: Option<Ticket>,
    /// How often the rows of the calls and of the customers had changed when names were put to these.
    done: Option<(ListId, u64, u64)>,
}

impl Naming {
    /// Puts the names of the customers who are held to the open calls, once there are more of either.
    pub(in crate::app) fn go_on(&mut self, list: &List, kept: &KeptLists, env: &mut Env<'_>) {
        let Some(customers) = kept.get(env.account.open) else { return };
        if self.asked.is_some() || list.store.scope().as_of.is_none() {
            return;
        }
        let now = (list.id, list.rows().changes, customers.rows().changes);
        // While customers are loaded, their names wait for the last of them.
        let is_done = self.done.is_some_and(|done| {
            done == now || ((done.0, done.1) == (now.0, now.1) && customers.store.loading() > 0)
        });
        if !is_done {
            let (calls, customers) = (list.store.searchable(), customers.store.searchable());
            let ticket = env.out.ticket(list.id);
            *self = Self { asked: Some(ticket), done: Some(now) };
            env.out.task(Task::NameCalls { ticket, calls, customers });
        }
    }
}

/// Takes in pages of calls with names, unless the calls were read again meanwhile.
pub(in crate::app) fn named(parts: &mut Parts<'_>, ticket: Ticket, pages: Vec<Arc<Segment>>) {
    if parts.naming.asked.take_if(|asked| *asked == ticket).is_none() {
        return;
    }
    let Some((list, env)) = parts.list_with(ticket.list) else { return };
    let before = list.rows().changes;
    list.take_named(env, pages);
    let now = list.rows().changes;
    if let Some((_, calls, _)) = parts.naming.done.as_mut().filter(|(_, calls, _)| *calls == before) {
        *calls = now;
    }
    // The card beside has a call without its name.
    if now != before && parts.list.id == ticket.list {
        parts.layers.set_preview(None);
    }
}

/// Opens the list of the calls of today; from there, of a longer range.
pub(in crate::app) fn open(parts: &mut Parts<'_>) {
    let Parts { list, layers, kept, env, .. } = parts;
    let range = CallRange::of(list.id).map_or(CallRange::Today, CallRange::next);
    if !read(range, kept, env) {
        return env.say(Notice::NoCalls);
    }
    kept.open(range.list(), list, layers, env);
    // Their names are those of the customers.
    if let Some(customers) = kept.get_mut(env.account.open) {
        customers.load_rest_by_itself(env.now);
    }
}

/// Opens the card of the customer of the marked call.
pub(in crate::app) fn open_customer(parts: &mut Parts<'_>) {
    let id = parts.list.selected().and_then(|slot| parts.list.id_at(slot));
    let Some(id) = id else { return parts.env.say(Notice::NoCustomerOfCall) };
    let from = parts.list.place();
    open_customers(parts);
    let Parts { list, layers, env, .. } = parts;
    layers.keep_line(list, env);
    env.recents.opens_from = Some(Box::new(from));
    match list.store.find_id(&id) {
        Some(slot) => layers.open_card(list, env, slot, Reached::CallList),
        None => layers.begin_with(list, env, &id),
    }
}

/// Enter in the line of the calls.
pub(in crate::app) fn enter(parts: &mut Parts<'_>) {
    match parts.layers.enters_call(parts.list) {
        Some(true) => open_customer(parts),
        Some(false) => ask_cube(parts),
        None => parts.layers.enter(parts.list, &mut parts.env),
    }
}

/// Asks Cube for the id in the line of the calls: a customer is opened among the customers.
pub(in crate::app) fn ask_cube(parts: &mut Parts<'_>) {
    let Some(id) = parts.layers.line().and_then(Line::id) else {
        return parts.env.say(Notice::NotAnId);
    };
    let from = parts.list.place();
    open_customers(parts);
    parts.env.recents.opens_from = Some(Box::new(from));
    parts.layers.begin_with(parts.list, &mut parts.env, id.as_str());
}

/// Goes from the card of a call's customer to that of the call this many rows further. Returns whether the card was
/// opened from a call.
pub(in crate::app) fn step(parts: &mut Parts<'_>, by: isize) -> bool {
    let Parts { list, layers, kept, env, .. } = parts;
    let place = layers.place_of_card(env).filter(|place| CallRange::of(place.list).is_some());
    let Some(calls) = place.as_ref().and_then(|place| kept.get(place.list)) else { return false };
    let row = calls.cursor.row().saturating_add_signed(by);
    match calls.row(row) {
        Some(Row::Loaded(_)) if row != calls.cursor.row() => {
            let id = calls.id;
            layers.close_card(env);
            kept.open(id, list, layers, env);
            list.move_to(env, row);
            open_customer(parts);
        }
        Some(Row::Absent { .. }) => env.say(Notice::NotLoadedYet),
        Some(Row::Loaded(_)) | None => {}
    }
    true
}

/// Has the calls of a range read, unless they are; what failed is tried again. Returns whether the account can have any.
fn read(range: CallRange, kept: &mut KeptLists, env: &mut Env<'_>) -> bool {
    let Some(list) = env.account.calls else { return false };
    let of = CallsOf { list, days: Days::until(env.now.day(), range.days()) };
    match kept.get_mut(range.list()) {
        Some(known) if known.calls != Some(of) => {
            known.calls = Some(of);
            known.refresh(env);
        }
        Some(known) if known.why_not_read().is_some() => {
            known.retry_pages(env.now);
        }
        Some(_) => {}
        None => {
            let mut list = List::of_calls(range, of);
            list.load_rest_by_itself(env.now);
            kept.add(list);
        }
    }
    true
}

/// A list of calls that is refreshed on another day has the calls of other days.
pub(in crate::app) fn renew_days(list: &mut List, env: &Env<'_>) {
    if let (Some(range), Some(of)) = (CallRange::of(list.id), &mut list.calls) {
        of.days = Days::until(env.now.day(), range.days());
    }
}

/// Lists the calls of the card's customer of today; pressed again, of a longer range.
pub(in crate::app) fn list(parts: &mut Parts<'_>) {
    let Parts { list, layers, kept, env, .. } = parts;
    let range = match layers.pick().map(|pick| pick.kind) {
        Some(PickKind::Calls(range)) => range.next(),
        _ => CallRange::Today,
    };
    if !read(range, kept, env) {
        return env.say(Notice::NoCalls);
    }
    show(range, (list, kept), layers, env);
}

/// Shows the calls of a card again, after more of them came.
pub(in crate::app) fn show_again(parts: &mut Parts<'_>) {
    let Parts { list, layers, kept, env, .. } = parts;
    if let Some(PickKind::Calls(range)) = layers.pick().map(|pick| pick.kind) {
        show(range, (list, kept), layers, env);
    }
}

/// Shows the calls of a range, as far as they are read; in a list that is open the cursor stays.
fn show(range: CallRange, (list, kept): (&List, &KeptLists), layers: &mut Layers, env: &Env<'_>) {
    let (Some(read), Some(record)) = (kept.get(range.list()), layers.record(list)) else { return };
    let standard = record.standard();
    let mut items: Vec<PickItem> =
        read.calls_of(standard.id.as_raw()).iter().map(|call| item(call, env)).collect();
    // Times are written so that their text sorts as they do.
    items.sort_by(|one, other| other.name.as_str().cmp(one.name.as_str()));
    let scope = read.store.scope();
    let about = words::calls(&CallsState {
        name: text::clean(&standard.name, Place::Message).into_owned(),
        days: range.days(),
        calls: items.len(),
        loaded: scope.loaded,
        count: scope.count,
        is_whole: scope.is_all(),
        is_reading: read.store.loading() > 0,
        read: scope.as_of,
        problem: read.why_not_read(),
        now: env.now,
    });
    match layers.top_mut() {
        Some(Layer::Pick(pick)) if pick.kind == PickKind::Calls(range) => {
            pick.replace(items);
            pick.about = about;
        }
        _ => {
            let mut pick = Pick::new(PickKind::Calls(range), items);
            pick.about = about;
            layers.open_pick(pick);
        }
    }
}

/// A call as a line: when, its outcome, and below all that Cube says of it by label.
fn item(call: &Record<'static>, env: &Env<'_>) -> PickItem {
    let masked = env.masks.record(call);
    let labels = env.labels.of(call.schema());
    let fields: Vec<(String, String, SafeText<'static>)> = (masked.fields().iter())
        .map(|field| {
            let key = field.key.as_raw().to_owned();
            let label = words::label_of_call(&key, labels.name_of(&key).as_str());
            (key, label, text::clean_str(value::text(&field.value), Place::Row).into_owned())
        })
        .filter(|(.., value)| !value.as_str().is_empty())
        .collect();
    let with =
        |word: &str| fields.iter().find(|(key, ..)| key.contains(word)).map(|(.., value)| value.clone());
    let when = with("time").or_else(|| with("date")).unwrap_or_default();
    let lines = fields
        .iter()
        .map(|(_, label, value)| text::clean_str(&format!("{label}: {value}"), Place::Row).into_owned());
    let lines: Vec<SafeText<'static>> = lines.collect();
    let rest =
        fields.iter().filter(|(key, ..)| ["campaign", "user", "note"].iter().any(|it| key.contains(it)));
    let rest: Vec<&str> = rest.map(|(.., value)| value.as_str()).collect();
    PickItem {
        name: when,
        value: with("outcome").unwrap_or_default(),
        note: rest.join(" · "),
        choice: Choice::Copy(words::call_as_lines(), SafeText::joined(lines.clone(), "\n")),
        preview: lines,
    }
}
