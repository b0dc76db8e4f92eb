//! The customers whose cards were opened in this run: the last ones as a list, and the way from one to the next, back
//! and forward. They are in memory alone; what may be kept of them is their ids.
//!
//! A customer without an id is in neither: nothing tells one of them from another.

use crate::app::layers::{Choice, Layer, Layers, Pick, PickItem, PickKind};
use crate::app::list::ListPlace;
use crate::app::lists::open_customers;
use crate::app::{Env, List, Masks, Parts};
use crate::cube::Moment;
use crate::text::{self, Place, RawText, SafeText};
use crate::words::{self, Notice, Reached};

/// This many are listed, those that are pinned not counted.
const MOST: usize = 50;

/// A customer whose card was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// The account and the list that were open.
    pub place: String,
    /// The id as sent; never empty.
    pub id: String,
    /// The name at that time. `None` for a customer of an earlier run.
    pub name: Option<SafeText<'static>>,
    /// When the card was opened last.
    pub opened: Moment,
    /// How the customer was reached.
    pub reached: Reached,
    /// Whether they stay on top of the list.
    pub is_pinned: bool,
}

/// Those customers, the last one first, and the way through them.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Recents {
    all: Vec<Recent>,
    /// Where they were opened, in that order; what is ahead of `at` is where one came back from.
    way: Vec<Stop>,
    at: usize,
    /// Where the person was when a customer was asked for who is opened once they are here.
    pub(in crate::app) opens_from: Option<Box<ListPlace>>,
    /// Whether they are others than those that were kept last.
    is_changed: bool,
}

/// A customer on the way, and where in which list the person was when the card was opened.
#[derive(Debug, Clone)]
struct Stop {
    id: String,
    place: ListPlace,
}

impl Recents {
    pub(in crate::app) fn new(all: Vec<Recent>) -> Self {
        Self { all, ..Self::default() }
    }

    /// All of them, of every account and list.
    pub(in crate::app) fn all(&self) -> &[Recent] {
        &self.all
    }

    /// A card was opened at a place: its customer is the last one, and the way ends there.
    pub(in crate::app) fn opened(&mut self, recent: Recent, place: ListPlace) {
        match self.way.get_mut(self.at) {
            Some(stop) if stop.id == recent.id => stop.place = place,
            _ => {
                self.way.truncate(self.at + 1);
                self.way.push(Stop { id: recent.id.clone(), place });
                self.way.drain(..self.way.len().saturating_sub(MOST));
                self.at = self.way.len() - 1;
            }
        }
        self.put_first(recent);
    }

    fn put_first(&mut self, mut recent: Recent) {
        self.is_changed = true;
        if let Some(at) = self.position(&recent.place, &recent.id) {
            recent.is_pinned = self.all.remove(at).is_pinned;
        }
        self.all.insert(0, recent);
        let mut others = 0;
        self.all.retain(|recent| {
            others += usize::from(!recent.is_pinned);
            recent.is_pinned || others <= MOST
        });
    }

    /// A card was opened again, by going back or forward or from the list, here at `from`: how it was reached stays
    /// what it was.
    fn opened_again(&mut self, (place, id): (&str, &str), now: Moment, from: Option<ListPlace>) {
        let Some(at) = self.position(place, id) else { return };
        let recent = Recent { opened: now, ..self.all[at].clone() };
        match from {
            Some(from) => self.opened(recent, from),
            None => self.put_first(recent),
        }
    }

    /// Where the person was when the card of this customer was opened. `None` for one who is not where the way is.
    pub(in crate::app) fn place_of(&self, id: &str) -> Option<&ListPlace> {
        self.way.get(self.at).filter(|stop| stop.id == id).map(|stop| &stop.place)
    }

    fn position(&self, place: &str, id: &str) -> Option<usize> {
        self.all.iter().position(|recent| recent.place == place && recent.id == id)
    }

    /// Goes this many customers along the way. `None` where it ends before.
    fn go(&mut self, by: isize) -> Option<Stop> {
        let at = self.at.checked_add_signed(by)?;
        let stop = self.way.get(at)?.clone();
        self.at = at;
        Some(stop)
    }

    /// Whether there are others than at the last call.
    pub(in crate::app) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.is_changed)
    }

    fn pin(&mut self, place: &str, id: &str) {
        self.is_changed = true;
        if let Some(recent) = self.position(place, id).and_then(|at| self.all.get_mut(at)) {
            recent.is_pinned = !recent.is_pinned;
        }
    }

    /// Those of a place, the last one first.
    pub(in crate::app) fn of<'a>(&'a self, place: &'a str) -> impl Iterator<Item = &'a Recent> {
        self.all.iter().filter(move |recent| recent.place == place)
    }

    /// Those of this list, the pinned ones first, as lines of a list.
    fn items(&self, env: &Env<'_>, list: &List) -> Vec<PickItem> {
        let place = env.account.place();
        let mut here: Vec<&Recent> = self.of(&place).collect();
        here.sort_by_key(|recent| !recent.is_pinned);
        let item = |recent: &Recent| {
            let name = list.store.find_id(&recent.id).and_then(|slot| list.name_at(slot));
            let reached = masked(&recent.reached, env.masks);
            PickItem {
                name: clean(&recent.id),
                value: name.or_else(|| recent.name.clone()).unwrap_or_default(),
                note: words::recent(recent.opened, env.now, &reached, recent.is_pinned),
                preview: Vec::new(),
                choice: Choice::Customer(recent.id.clone()),
            }
        };
        here.into_iter().map(item).collect()
    }
}

/// Goes this many customers back or forward. From the table, the first step back is to the last card; from calls it is to
/// the customers.
pub(in crate::app) fn go_along(parts: &mut Parts<'_>, by: isize) {
    let is_open = parts.layers.focused_card().is_some();
    if by < 0 && !is_open && parts.list.calls.is_some() {
        return open_customers(parts);
    }
    let Some(Stop { id, place }) = parts.env.recents.go(if by < 0 && !is_open { by + 1 } else { by }) else {
        return parts.env.say(Notice::NoWay(by > 0));
    };
    open_customers(parts);
    let Parts { list, layers, env, .. } = parts;
    if place.list == list.id {
        list.go_to_place(env, place.clone());
    }
    show_again(list, layers, env, (&id, None, place));
}

/// Opens the card of a customer who was seen before.
pub(in crate::app) fn open_again(parts: &mut Parts<'_>, id: &str) {
    let from = parts.list.place();
    open_customers(parts);
    let Parts { list, layers, env, .. } = parts;
    show_again(list, layers, env, (id, Some(from.clone()), from));
}

/// The same, opened at a new place or again at its own. Cube is asked for a customer who is not loaded any more.
fn show_again(
    list: &mut List,
    layers: &mut Layers,
    env: &mut Env<'_>,
    (id, from, place): (&str, Option<ListPlace>, ListPlace),
) {
    if let Some(slot) = list.store.find_id(id) {
        env.recents.opened_again((&env.account.place(), id), env.now, from);
        layers.show_card(list, env, slot);
    } else {
        env.recents.opens_from = Some(Box::new(place));
        layers.begin_with(list, env, id);
    }
}

/// Opens the list of the last customers.
pub(in crate::app) fn open(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    let items = env.recents.items(env, list);
    if items.is_empty() {
        return env.say(Notice::NoRecents);
    }
    layers.open_pick(Pick::new(PickKind::Recents, items));
}

/// Keeps a customer on top of that list, or no longer.
pub(in crate::app) fn pin(list: &List, layers: &mut Layers, env: &mut Env<'_>, id: &str) {
    env.recents.pin(&env.account.place(), id);
    let items = env.recents.items(env, list);
    if let Some(Layer::Pick(pick)) = layers.top_mut() {
        pick.replace(items);
    }
}

/// How a customer was reached, with what was typed masked.
fn masked(reached: &Reached, masks: &Masks) -> Reached {
    match reached {
        Reached::Search(text) => {
            let text = masks.typed(text.as_str());
            Reached::Search(text::clean_str(&text, Place::Message).into_owned())
        }
        other => other.clone(),
    }
}

fn clean(id: &str) -> SafeText<'static> {
    text::clean(&RawText::from(id), Place::Row).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::at(0, 8, 12);

    fn recent(id: &str) -> Recent {
        Recent {
            place: "acme".into(),
            id: id.to_string(),
            name: None,
            opened: NOW,
            reached: Reached::List,
            is_pinned: false,
        }
    }

    fn open(recents: &mut Recents, recent: Recent) {
        recents.opened(recent, List::default().place());
    }

    fn ids(recents: &Recents) -> Vec<&str> {
        recents.all().iter().map(|recent| recent.id.as_str()).collect()
    }

    #[test]
    fn the_last_fifty_are_kept_and_each_who_is_pinned() {
        let mut recents = Recents::default();
        open(&mut recents, recent("pinned"));
        recents.pin("acme", "pinned");
        (0..60).for_each(|n: usize| open(&mut recents, recent(&n.to_string())));
        assert_eq!(recents.all().len(), MOST + 1);
        assert_eq!((ids(&recents)[0], ids(&recents)[MOST]), ("59", "pinned"));
        open(&mut recents, recent("pinned"));
        assert!(recents.all()[0].is_pinned, "opened again it is still pinned");
    }

    #[test]
    fn the_way_goes_back_and_forward_and_ends_where_another_card_is_opened() {
        let mut recents = Recents::default();
        for id in ["a", "b", "c"] {
            open(&mut recents, recent(id));
        }
        let go = |recents: &mut Recents, by| recents.go(by).map(|stop| stop.id);
        assert_eq!([go(&mut recents, -1), go(&mut recents, -1)], [Some("b".into()), Some("a".into())]);
        assert_eq!([go(&mut recents, -1), go(&mut recents, 1)], [None, Some("b".into())]);
        recents.opened_again(("acme", "b"), NOW, None);
        assert_eq!(go(&mut recents, 1), Some("c".into()), "going back opens no new way");
        go(&mut recents, -2);
        open(&mut recents, recent("d"));
        assert_eq!([go(&mut recents, 1), go(&mut recents, -1)], [None, Some("a".into())]);
    }

    #[test]
    fn a_customer_of_two_places_is_two() {
        let mut recents = Recents::default();
        open(&mut recents, recent("a"));
        open(&mut recents, Recent { place: "beta".into(), ..recent("a") });
        assert_eq!(ids(&recents), ["a", "a"]);
    }
}
