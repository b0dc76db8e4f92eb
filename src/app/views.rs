//! Views: columns, order and filter under a name, to be opened again. Views are of one list.

use crate::app::layers::{Choice, Layer, Pick, PickItem, PickKind};
use crate::app::{App, ChosenColumn, SessionCall};
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
}

impl App {
    /// Opens the list of views.
    pub(super) fn open_views(&mut self) {
        self.layers.close_menu();
        self.layers.push(Layer::Pick(Pick::new(PickKind::Views, self.view_items())));
    }

    fn view_items(&self) -> Vec<PickItem> {
        let clean = |text: &str| text::clean_str(text, Place::Row).into_owned();
        let named = self.views.named.iter().map(|view| {
            let orders = view
                .orders
                .iter()
                .map(|order| words::order(self.labels.fields.name_of(&order.key).as_str(), order.descending));
            PickItem {
                name: clean(&view.name),
                value: clean(&view.filter),
                note: words::view(view.columns.len(), &orders.collect::<Vec<_>>()),
                preview: Vec::new(),
                choice: Choice::View(view.name.clone()),
            }
        });
        named.collect()
    }

    /// Opens the view of this name; that there is none is said.
    pub(super) fn open_view(&mut self, name: &str) {
        let is_meant = |view: &&SavedView| view.name.to_lowercase() == name.trim().to_lowercase();
        let Some(view) = self.views.named.iter().find(is_meant).cloned() else {
            return self.say(Notice::NoView(text::clean_str(name, Place::Message).into_owned()));
        };
        let (_, line) = self.layers.take_card_and_line();
        self.leave_line(line);
        let (list, _, mut env) = self.parts();
        list.take_view(&mut env, &view.columns, view.orders);
        list.search_for(&mut env, &view.filter);
        if !list.find.is_empty() || !list.sorting.orders().is_empty() {
            list.may_load_again();
            list.load_rest_by_itself(env.now);
        }
        list.measure_columns(&env);
        self.keep_views();
    }

    /// Saves how the table is now under a name; of a view with this name it takes the place.
    pub(super) fn save_view(&mut self, name: &str) {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        if name.is_empty() {
            return self.say(Notice::NoViewName);
        }
        let view =
            SavedView { name: name.clone(), filter: self.list.find.text().to_owned(), ..self.table_now() };
        let is_same = |other: &SavedView| other.name.to_lowercase() == name.to_lowercase();
        match self.views.named.iter_mut().find(|other| is_same(other)) {
            Some(other) => *other = view,
            None => self.views.named.push(view),
        }
        self.views_changed();
        self.say(Notice::ViewSaved(text::clean_str(&name, Place::Message).into_owned()));
    }

    /// Removes a view.
    pub(super) fn remove_view(&mut self, name: &str) {
        self.views.named.retain(|view| view.name != name);
        self.views_changed();
        self.say(Notice::ViewRemoved(text::clean_str(name, Place::Message).into_owned()));
    }

    fn views_changed(&mut self) {
        let items = self.view_items();
        if let Some(Layer::Pick(pick)) = self.layers.top_mut() {
            pick.clear();
            pick.replace(items);
        }
        self.keep_views();
    }

    fn table_now(&self) -> SavedView {
        SavedView {
            orders: self.list.sorting.orders().to_vec(),
            columns: self.list.columns.chosen(&self.labels.fields.of(self.list.schema)),
            ..SavedView::default()
        }
    }

    /// Keeps columns, order and views for the next start.
    pub(super) fn keep_views(&mut self) {
        self.views.last = self.table_now();
        self.out.session(SessionCall::KeepViews(self.views.clone()));
    }
}
