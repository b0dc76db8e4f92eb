//! The columns of the table: the list in which they are chosen, and the order by the one under the cursor.

use crate::app::layers::{ColumnMenu, Layer, Layers};
use crate::app::{Env, List, Task};
use crate::words::Notice;

/// Opens the list of all fields, and has their values counted.
pub(in crate::app) fn open(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    layers.close_menu();
    let ticket = env.out.ticket(list.id);
    env.out.task(Task::CountFields { ticket, pages: list.store.searchable() });
    let menu = ColumnMenu::new(&list.columns.keys(), &env.labels.of(list.schema), ticket);
    layers.push(Layer::Columns(menu));
}

/// Closes that list, or the one of values, and stops the count that it wants.
pub(in crate::app) fn close(layers: &mut Layers, env: &mut Env<'_>) {
    env.out.task(Task::CancelCount);
    layers.pop();
}

/// Sorts by the column under the cursor, or by it as well.
pub(in crate::app) fn sort(list: &mut List, env: &mut Env<'_>, then: bool) {
    let Some(key) = list.columns.under_cursor().cloned() else { return env.say(Notice::NoColumn) };
    list.sort_by(env, &key, then);
    if list.sorting.orders().is_empty() {
        env.say(Notice::CubesOrder);
    }
}
