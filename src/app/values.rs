//! The values of a column: the list of them, their counts, and the filter that they become.

use crate::app::layers::{Layer, Layers, ValueMenu};
use crate::app::{Env, List, Task, columns};
use crate::search::Condition;
use crate::words::Notice;
use std::sync::Arc;

/// Opens the list of the values of the column under the cursor.
pub(in crate::app) fn open(list: &mut List, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(key) = list.columns.under_cursor().cloned() else { return env.say(Notice::NoColumn) };
    layers.close_menu();
    list.load_rest_by_itself(env.now);
    let label = env.labels.of(list.schema).name_of(&key);
    layers.push(Layer::Values(ValueMenu::new(key, label)));
}

/// Has the values counted while their list is open: at first, and when rows came, went or changed.
pub(in crate::app) fn count(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    let come = list.load.rest().is_some();
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

/// Adds a condition on the column to what is searched for, as text that can be typed.
pub(in crate::app) fn filter_by(
    list: &mut List,
    layers: &mut Layers,
    env: &mut Env<'_>,
    condition: &Condition,
) {
    let Some(key) = layers.values_mut().map(|menu| Arc::clone(&menu.key)) else { return };
    if let Condition::OneOf(values) = condition
        && values.iter().any(|value| *env.masks.value(list.schema, &key, value) != **value)
    {
        return env.say(Notice::MasksOverFilter);
    }
    columns::close(layers, env);
    let filter = condition.of_field(&key, &env.labels.of(list.schema));
    let text = [list.find.text().trim(), &filter].join(" ").trim().to_owned();
    if let Some(line) = layers.line_mut() {
        line.set_text(&text);
        return layers.search_for_line(list, env);
    }
    env.history.add(&text);
    if list.search_for(env, &text) {
        list.load_rest_by_itself(env.now);
    }
}
