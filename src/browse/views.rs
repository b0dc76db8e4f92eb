//! The columns, the order and the views of the open list, as the file and as the table has them.

use crate::app::{ChosenColumn, SavedView, SavedViews, SortOrder};
use crate::config::{Folders, KeptColumn, KeptOrder, KeptView, Views, ViewsOf};
use crate::session::Session;
use std::io;

/// What was chosen for the open list.
pub(super) fn read(session: &Session) -> SavedViews {
    let Views { last, named, open } = session.views_of().read(&session.folders);
    SavedViews { last: saved(last), named: named.into_iter().map(saved).collect(), open }
}

/// Keeps it for the next start.
///
/// # Errors
/// The system's, or the file is there and is not one of ours.
pub(super) fn keep(of: &ViewsOf, views: SavedViews, folders: &Folders) -> io::Result<()> {
    let SavedViews { last, named, open } = views;
    of.keep(&Views { last: kept(last), named: named.into_iter().map(kept).collect(), open }, folders)
}

fn saved(view: KeptView) -> SavedView {
    let column = |KeptColumn { key, label, width }| ChosenColumn { key, label, width };
    let order = |KeptOrder { key, descending }| SortOrder { key, descending };
    SavedView {
        name: view.name,
        filter: view.filter,
        orders: view.sort.into_iter().map(order).collect(),
        columns: view.column.into_iter().map(column).collect(),
    }
}

fn kept(view: SavedView) -> KeptView {
    let column = |ChosenColumn { key, label, width }| KeptColumn { key, label, width };
    let order = |SortOrder { key, descending }| KeptOrder { key, descending };
    KeptView {
        name: view.name,
        filter: view.filter,
        sort: view.orders.into_iter().map(order).collect(),
        column: view.columns.into_iter().map(column).collect(),
    }
}
