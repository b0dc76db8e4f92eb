//! The values of a column: the list of them, their counts, and the filter that they become.

use crate::app::layers::{Layer, ValueMenu};
use crate::app::{App, Task, Ticket};
use crate::search::Condition;
use crate::search::counts::Counts;
use crate::words::Notice;
use std::sync::Arc;

impl App {
    /// Opens the list of the values of the column under the cursor.
    pub(super) fn open_values(&mut self) {
        let Some(key) = self.list.columns.under_cursor().cloned() else {
            return self.say(Notice::NoColumn);
        };
        self.layers.close_menu();
        self.list.load_rest_by_itself(self.clock.now);
        let label = self.labels.fields.of(self.list.schema).name_of(&key);
        self.layers.push(Layer::Values(ValueMenu::new(key, label)));
    }

    /// Has the values counted while their list is open: at first, and when rows came, went or changed.
    pub(super) fn count_values(&mut self) {
        let come = self.list.load.rest().is_some();
        let (list, layers, env) = self.parts();
        let Some(menu) = layers.values_mut() else { return };
        let (rows, among) = (list.rows(), list.found());
        let pages = list.store.searchable();
        if pages.is_empty() || !menu.wants_count(rows, come) {
            return;
        }
        let ticket = env.out.ticket(list.id);
        let key = Arc::clone(&menu.key);
        menu.asked(ticket, rows, among.is_some());
        env.out.task(Task::CountValues { ticket, key, pages, among: among.cloned().map(Arc::new) });
    }

    pub(super) fn values_counted(&mut self, ticket: Ticket, counts: Counts) {
        if let Some(menu) = self.layers.values_mut() {
            menu.counted(ticket, counts);
        }
    }

    pub(super) fn close_values(&mut self) {
        self.out.task(Task::CancelCount);
        self.layers.pop();
    }

    /// Adds a condition on the column to what is searched for, as text that can be typed.
    pub(super) fn filter_by(&mut self, condition: &Condition) {
        let Some(key) = self.layers.values_mut().map(|menu| Arc::clone(&menu.key)) else { return };
        self.close_values();
        let filter = condition.of_field(&key, &self.labels.fields.of(self.list.schema));
        let text = [self.list.find.text().trim(), &filter].join(" ").trim().to_owned();
        if let Some(line) = self.layers.line_mut() {
            line.set_text(&text);
            return self.search_for_line();
        }
        self.history.add(&text);
        let (list, _, mut env) = self.parts();
        if list.search_for(&mut env, &text) {
            list.load_rest_by_itself(env.now);
        }
    }
}
