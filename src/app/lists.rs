//! The lists beside the one that is open: each keeps its rows, its cursor, its search and the layers above it, and goes
//! on being loaded. One of them all is the list of customers; the others are calls.

use crate::app::layers::{Layer, Layers};
use crate::app::list::ListPlace;
use crate::app::{Env, List, ListId, Parts};
use std::mem;

/// The lists that are not open, each with what lies above it.
#[derive(Debug, Default)]
pub(in crate::app) struct KeptLists {
    all: Vec<(List, Layers)>,
}

impl KeptLists {
    /// Keeps a list.
    pub(in crate::app) fn add(&mut self, list: List) {
        self.all.push((list, Layers::default()));
    }

    /// The list with this id. `None` where it is open, or where there is none.
    pub(in crate::app) fn get(&self, id: ListId) -> Option<&List> {
        self.all.iter().map(|(list, _)| list).find(|list| list.id == id)
    }

    /// The same, to be changed.
    pub(in crate::app) fn get_mut(&mut self, id: ListId) -> Option<&mut List> {
        self.iter_mut().find(|list| list.id == id)
    }

    /// All of them.
    pub(in crate::app) fn iter_mut(&mut self) -> impl Iterator<Item = &mut List> {
        self.all.iter_mut().map(|(list, _)| list)
    }

    /// Opens a list that is kept, as it was when it was left, and keeps the one that was open. Does nothing where it is
    /// open.
    pub(in crate::app) fn open(
        &mut self,
        id: ListId,
        list: &mut List,
        layers: &mut Layers,
        env: &mut Env<'_>,
    ) {
        let Some((kept, above)) = self.all.iter_mut().find(|(list, _)| list.id == id) else { return };
        layers.rest(env);
        above.beside = layers.beside;
        mem::swap(kept, list);
        mem::swap(above, layers);
    }
}

impl Layers {
    /// Nothing above a list that is put away waits for an answer, and no menu is open there.
    fn rest(&mut self, env: &mut Env<'_>) {
        self.close_menu();
        self.cards_mut().for_each(|card| {
            card.stop(env);
        });
        if let Some(Layer::Line(line)) = self.top_mut() {
            line.stop(env);
        }
    }
}

/// Opens the list of customers, as it was when it was left.
pub(in crate::app) fn open_customers(parts: &mut Parts<'_>) {
    let Parts { list, layers, kept, env, .. } = parts;
    kept.open(env.account.open, list, layers, env);
}

/// Goes back to where a card was opened that was left: to another list, or to what was found there.
pub(in crate::app) fn return_to(parts: &mut Parts<'_>, place: Option<ListPlace>) {
    let Parts { list, layers, kept, env, .. } = parts;
    let Some(place) = place else { return };
    kept.open(place.list, list, layers, env);
    if place.list == list.id && !list.shows_rows_of(&place) {
        list.go_to_place(env, place);
    }
}
