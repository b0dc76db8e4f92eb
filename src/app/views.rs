//! Views: columns, order and filter under a name, to be opened again. Views are of one list.

use crate::app::layers::{Choice, Layer, Layers, Pick, PickItem, PickKind};
use crate::app::{ChosenColumn, Env, List, SessionCall};
use crate::search::sort::Order;
use crate::text::{self, Place};
use crate::words::{self, Notice};

/// A name is no longer than this, in characters.
const LONGEST_NAME: usize = 60;

/// How a table looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedView {
    /// What it is called. Empty for how the table was last.
    pub name: String,
    /// What is searched for, as typed. Empty for the whole list.
    pub filter: String,
    /// What the rows are sorted by; nothing for Cube's order.
    pub orders: Vec<Order>,
    /// The columns, from the left; none for those of the list.
    pub columns: Vec<ChosenColumn>,
}

/// What a person has chosen for a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedViews {
    /// How the table was last: columns and order.
    pub last: SavedView,
    /// The views that have a name.
    pub named: Vec<SavedView>,
    /// The name of the view that is open. Empty where none is, or its columns, order or filter were changed since.
    pub open: String,
}

impl SavedViews {
    /// Opens the list of views.
    pub(in crate::app) fn list(&self, layers: &mut Layers, env: &Env<'_>) {
        layers.open_pick(Pick::new(PickKind::Views, self.items(env)));
    }

    fn items(&self, env: &Env<'_>) -> Vec<PickItem> {
        let clean = |text: &str| text::clean_str(text, Place::Row).into_owned();
        let order = |order: &Order| words::order(env.labels.name_of(&order.key).as_str(), order.descending);
        let item = |view: &SavedView| PickItem {
            name: clean(&env.masks.typed(&view.name)),
            value: clean(&env.masks.typed(&view.filter)),
            note: words::view(view.columns.len(), &view.orders.iter().map(order).collect::<Vec<_>>()),
            preview: Vec::new(),
            choice: Choice::View(view.name.clone()),
        };
        self.named.iter().map(item).collect()
    }

    /// Opens the view of this name; that there is none is said.
    pub(in crate::app) fn open(
        &mut self,
        list: &mut List,
        layers: &mut Layers,
        env: &mut Env<'_>,
        name: &str,
    ) {
        let Some(view) = self.named(name).cloned() else {
            return env.say(Notice::NoView(text::clean_str(name, Place::Message).into_owned()));
        };
        layers.leave_line(list, env);
        list.take_view(env, &view.columns, view.orders.clone());
        list.search_for(env, &view.filter);
        if !list.find.is_empty() || !list.sorting.orders().is_empty() {
            list.may_load_again();
            list.load_rest_by_itself(env.now);
        }
        list.measure_columns(env);
        self.now_open(&view.name, env);
    }

    /// Opens the view again that was open at the end of the last run.
    pub(in crate::app) fn open_again(&mut self, list: &mut List, layers: &mut Layers, env: &mut Env<'_>) {
        let Some(name) = self.named(&self.open).map(|view| view.name.clone()) else { return };
        self.open(list, layers, env, &name);
        let name = env.masks.typed(&name).into_owned();
        env.say(Notice::ViewAgain(text::clean_str(&name, Place::Message).into_owned()));
    }

    /// The view of this name, whatever its capitals.
    fn named(&self, name: &str) -> Option<&SavedView> {
        let wanted = name.trim().to_lowercase();
        self.named.iter().find(|view| view.name.to_lowercase() == wanted)
    }

    fn now_open(&mut self, name: &str, env: &mut Env<'_>) {
        if self.open != name {
            name.clone_into(&mut self.open);
            env.out.session(SessionCall::KeepViews(self.clone()));
        }
    }

    /// Saves how the table is now under a name; of a view with this name it takes the place.
    pub(in crate::app) fn save(&mut self, list: &List, layers: &mut Layers, env: &mut Env<'_>, name: &str) {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        if name.is_empty() {
            return env.say(Notice::NoViewName);
        }
        let filter = list.find.text().to_owned();
        let view = SavedView { name: name.clone(), filter, ..look(list, env) };
        let is_same = |other: &SavedView| other.name.to_lowercase() == name.to_lowercase();
        match self.named.iter_mut().find(|other| is_same(other)) {
            Some(other) => *other = view,
            None => self.named.push(view),
        }
        self.open.clone_from(&name);
        self.changed(layers, env);
        env.say(Notice::ViewSaved(text::clean_str(&name, Place::Message).into_owned()));
    }

    /// Removes a view.
    pub(in crate::app) fn remove(&mut self, layers: &mut Layers, env: &mut Env<'_>, name: &str) {
        self.named.retain(|view| view.name != name);
        if self.open == name {
            self.open.clear();
        }
        self.changed(layers, env);
        env.say(Notice::ViewRemoved(text::clean_str(name, Place::Message).into_owned()));
    }

    fn changed(&self, layers: &mut Layers, env: &mut Env<'_>) {
        if let Some(Layer::Pick(pick)) = layers.top_mut() {
            pick.narrowed.clear();
            pick.replace(self.items(env));
        }
        env.out.session(SessionCall::KeepViews(self.clone()));
    }

    /// Keeps how the table is now for the next start, when that was changed, and which view it is.
    pub(in crate::app) fn follow(&mut self, list: &mut List, layers: &Layers, env: &mut Env<'_>) {
        let is_changed = list.take_look_changed();
        if is_changed {
            self.last = look(list, env);
        }
        let is_left = self.is_left(list, layers);
        if is_left {
            self.open.clear();
        }
        if is_changed || is_left {
            env.out.session(SessionCall::KeepViews(self.clone()));
        }
    }

    /// Whether the table is no longer that of the open view. What is typed for a call leaves it only once nothing is open
    /// over the table.
    fn is_left(&self, list: &List, layers: &Layers) -> bool {
        let Some(view) = self.named(&self.open) else { return !self.open.is_empty() };
        let (saved, shown) = (&view.columns, &self.last.columns);
        let has_other_columns =
            !saved.iter().map(|column| &column.key).eq(shown.iter().map(|column| &column.key));
        let is_other_filter = layers.top().is_none() && list.find.text() != view.filter;
        is_other_filter || view.orders != self.last.orders || has_other_columns
    }
}

/// How the table is now: columns and order.
fn look(list: &List, env: &Env<'_>) -> SavedView {
    SavedView {
        orders: list.sorting.orders().to_vec(),
        columns: list.columns.chosen(&env.labels.of(list.schema)),
        ..SavedView::default()
    }
}
