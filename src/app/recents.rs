//! The customers whose cards were opened in this run: the last ones as a list, and the way from one to the next, back
//! and forward. They are in memory alone; what may be kept of them is their ids.
//!
//! A customer without an id is in neither: nothing tells one of them from another.

use crate::app::layers::{Choice, Layer, Pick, PickItem, PickKind};
use crate::app::{App, Masks, SessionCall};
use crate::cube::Moment;
use crate::list::{Slot, Store};
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
    /// Their ids in the order in which they were opened; what is ahead of `at` is where one came back from.
    way: Vec<String>,
    at: usize,
}

impl Recents {
    pub(in crate::app) fn new(all: Vec<Recent>) -> Self {
        Self { all, ..Self::default() }
    }

    /// All of them, of every account and list.
    pub(in crate::app) fn all(&self) -> &[Recent] {
        &self.all
    }

    /// A card was opened: its customer is the last one, and the way ends there.
    fn opened(&mut self, mut recent: Recent) {
        if self.way.get(self.at) != Some(&recent.id) {
            self.way.truncate(self.at + 1);
            self.way.push(recent.id.clone());
            self.way.drain(..self.way.len().saturating_sub(MOST));
            self.at = self.way.len() - 1;
        }
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

    /// A card was opened again by going back or forward, or from the list: how it was reached stays what it was.
    fn opened_again(&mut self, place: &str, id: &str, now: Moment) {
        if let Some(at) = self.position(place, id) {
            let recent = Recent { opened: now, ..self.all.remove(at) };
            self.opened(recent);
        }
    }

    fn position(&self, place: &str, id: &str) -> Option<usize> {
        self.all.iter().position(|recent| recent.place == place && recent.id == id)
    }

    /// Goes this many customers along the way. `None` where it ends before.
    fn go(&mut self, by: isize) -> Option<String> {
        let at = self.at.checked_add_signed(by)?;
        let id = self.way.get(at)?.clone();
        self.at = at;
        Some(id)
    }

    fn pin(&mut self, place: &str, id: &str) {
        if let Some(recent) = self.position(place, id).and_then(|at| self.all.get_mut(at)) {
            recent.is_pinned = !recent.is_pinned;
        }
    }

    /// Those of a place, the pinned ones first, as lines of a list.
    fn items(&self, place: &str, store: &Store, (now, masks): (Moment, &Masks)) -> Vec<PickItem> {
        let mut here: Vec<&Recent> = self.all.iter().filter(|recent| recent.place == place).collect();
        here.sort_by_key(|recent| !recent.is_pinned);
        let item = |recent: &Recent| {
            let name = store.find_id(&recent.id).map(|slot| name_at(store, slot));
            PickItem {
                name: clean(&recent.id),
                value: name.or_else(|| recent.name.clone()).unwrap_or_default(),
                note: words::recent(recent.opened, now, &masked(&recent.reached, masks), recent.is_pinned),
                preview: Vec::new(),
                choice: Choice::Customer(recent.id.clone()),
            }
        };
        here.into_iter().map(item).collect()
    }
}

impl App {
    /// Notes that a customer's card is opened, and how they were reached.
    pub(super) fn note_opened(&mut self, slot: Slot, reached: Reached) {
        let Some(id) = self.list.id_at(slot) else { return };
        let name = Some(name_at(&self.list.store, slot));
        let opened = self.clock.now;
        let place = self.open_place();
        self.recents.opened(Recent { place, id, name, opened, reached, is_pinned: false });
        self.keep_recents();
    }

    /// Goes this many customers back or forward. From the table, the first step back is to the last card.
    pub(super) fn go_along(&mut self, by: isize) {
        let is_open = self.layers.focused_card().is_some();
        let by = if by < 0 && !is_open { by + 1 } else { by };
        match self.recents.go(by) {
            Some(id) => self.open_again(&id),
            None => self.say(Notice::NoWay(by > 0)),
        }
    }

    /// Opens the card of a customer who was seen before. Cube is asked for one who is not loaded any more.
    pub(super) fn open_again(&mut self, id: &str) {
        let place = self.open_place();
        match self.list.store.find_id(id) {
            Some(slot) => {
                self.recents.opened_again(&place, id, self.clock.now);
                self.show_card(slot);
                self.keep_recents();
            }
            None => self.begin_with(id),
        }
    }

    /// Opens the list of the last customers.
    pub(super) fn open_recents(&mut self) {
        let items = self.recent_items();
        if items.is_empty() {
            return self.say(Notice::NoRecents);
        }
        self.open_pick(Pick::new(PickKind::Recents, items));
    }

    /// Keeps a customer on top of that list, or no longer.
    pub(super) fn pin(&mut self, id: &str) {
        self.recents.pin(&self.open_place(), id);
        let items = self.recent_items();
        if let Some(Layer::Pick(pick)) = self.layers.top_mut() {
            pick.replace(items);
        }
        self.keep_recents();
    }

    /// The customers whose cards were opened, of every account of this run.
    #[must_use]
    pub fn recents(&self) -> &[Recent] {
        self.recents.all()
    }

    fn recent_items(&self) -> Vec<PickItem> {
        self.recents.items(&self.open_place(), &self.list.store, (self.clock.now, &self.masks))
    }

    /// The ids of the customers of this list whose cards were opened, the last one first.
    pub(super) fn seen_here(&self) -> Vec<String> {
        let place = self.open_place();
        let here = self.recents.all().iter().filter(|recent| recent.place == place);
        here.map(|recent| recent.id.clone()).collect()
    }

    /// The account and the list that are open.
    fn open_place(&self) -> String {
        format!("{} {}", self.session.account.name, self.session.account.list)
    }

    fn keep_recents(&mut self) {
        if self.session.account.keeps_recents {
            self.out.session(SessionCall::KeepRecents(self.recents.all().to_vec()));
        }
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

fn name_at(store: &Store, slot: Slot) -> SafeText<'static> {
    let record = store.record(slot);
    record.map(|record| text::clean(&record.standard().name, Place::Row).into_owned()).unwrap_or_default()
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

    fn ids(recents: &Recents) -> Vec<&str> {
        recents.all().iter().map(|recent| recent.id.as_str()).collect()
    }

    #[test]
    fn the_last_fifty_are_kept_and_each_who_is_pinned() {
        let mut recents = Recents::default();
        recents.opened(recent("pinned"));
        recents.pin("acme", "pinned");
        (0..60).for_each(|n: usize| recents.opened(recent(&n.to_string())));
        assert_eq!(recents.all().len(), MOST + 1);
        assert_eq!((ids(&recents)[0], ids(&recents)[MOST]), ("59", "pinned"));
        recents.opened(recent("pinned"));
        assert!(recents.all()[0].is_pinned, "opened again it is still pinned");
    }

    #[test]
    fn the_way_goes_back_and_forward_and_ends_where_another_card_is_opened() {
        let mut recents = Recents::default();
        for id in ["a", "b", "c"] {
            recents.opened(recent(id));
        }
        assert_eq!((recents.go(-1).as_deref(), recents.go(-1).as_deref()), (Some("b"), Some("a")));
        assert_eq!((recents.go(-1), recents.go(1).as_deref()), (None, Some("b")));
        recents.opened_again("acme", "b", NOW);
        assert_eq!(recents.go(1).as_deref(), Some("c"), "going back opens no new way");
        recents.go(-2);
        recents.opened(recent("d"));
        assert_eq!((recents.go(1), recents.go(-1).as_deref()), (None, Some("a")));
    }

    #[test]
    fn a_customer_of_two_places_is_two() {
        let mut recents = Recents::default();
        recents.opened(recent("a"));
        recents.opened(Recent { place: "beta".into(), ..recent("a") });
        assert_eq!(ids(&recents), ["a", "a"]);
    }
}
