//! The customers whose cards were opened in this run: the last ones as a list, and the way from one to the next, back
//! and forward. They are in memory alone; what may be kept of them is their ids.
//!
//! A customer without an id is in neither: nothing tells one of them from another.

use crate::app::layers::{Choice, Layer, Layers, Pick, PickItem, PickKind};
use crate::app::{Env, List, Masks};
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
    /// Their ids in the order in which they were opened; what is ahead of `at` is where one came back from.
    way: Vec<String>,
    at: usize,
    /// Whether they are others than those that were kept last.
    is_changed: bool,
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
    pub(in crate::app) fn opened(&mut self, mut recent: Recent) {
        self.is_changed = true;
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
    pub(in crate::app) fn opened_again(&mut self, place: &str, id: &str, now: Moment) {
        if let Some(at) = self.position(place, id) {
            let recent = Recent { opened: now, ..self.all.remove(at) };
            self.opened(recent);
        }
    }

    fn position(&self, place: &str, id: &str) -> Option<usize> {
        self.all.iter().position(|recent| recent.place == place && recent.id == id)
    }

    /// Goes this many customers along the way. `None` where it ends before.
    pub(in crate::app) fn go(&mut self, by: isize) -> Option<String> {
        let at = self.at.checked_add_signed(by)?;
        let id = self.way.get(at)?.clone();
        self.at = at;
        Some(id)
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
