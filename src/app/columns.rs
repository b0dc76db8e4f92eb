//! The columns of the table: the list in which they are chosen, their widths, and the one under the cursor.

use crate::app::layers::{ColumnMenu, Layer};
use crate::app::{App, FieldCounts, Task, Ticket};
use crate::words::Notice;
use std::sync::Arc;

impl App {
    /// Opens the list of all fields, and has their values counted.
    pub(super) fn open_columns(&mut self) {
        self.layers.close_menu();
        let list = &self.list;
        let ticket = self.out.ticket(list.id);
        self.out.task(Task::CountFields { ticket, pages: list.store.searchable() });
        let labels = self.labels.fields.of(list.schema);
        let menu = ColumnMenu::new(&list.columns.keys(), &labels, ticket);
        self.layers.push(Layer::Columns(menu));
    }

    pub(super) fn close_columns(&mut self) {
        self.out.task(Task::CancelCount);
        self.layers.pop();
    }

    pub(super) fn fields_counted(&mut self, ticket: Ticket, counts: FieldCounts) {
        let labels = self.labels.fields.of(self.list.schema);
        if let Some(menu) = self.layers.columns_mut() {
            menu.counted(ticket, counts, &labels);
        }
    }

    /// Shows these columns from now on.
    pub(super) fn show_columns(&mut self, keys: &[Arc<str>]) {
        let (list, _, env) = self.parts();
        list.show_columns(&env, keys);
        self.keep_views();
    }

    /// Goes to the next column to the left or right.
    pub(super) fn move_column_cursor(&mut self, by: isize) {
        let (list, _, _) = self.parts();
        list.move_column_cursor(by);
    }

    /// Makes the column under the cursor wider or narrower.
    pub(super) fn change_column_width(&mut self, by: i16) {
        let width = self.layout().rows.width;
        let (list, _, _) = self.parts();
        list.change_column_width(width, by);
        self.keep_views();
    }

    /// Sorts by the column under the cursor, or by it as well.
    pub(super) fn sort_by_column(&mut self, then: bool) {
        let Some(key) = self.list.columns.under_cursor().cloned() else {
            return self.say(Notice::NoColumn);
        };
        let (list, _, mut env) = self.parts();
        list.sort_by(&mut env, &key, then);
        if list.sorting.orders().is_empty() {
            self.say(Notice::CubesOrder);
        }
        self.keep_views();
    }
}
