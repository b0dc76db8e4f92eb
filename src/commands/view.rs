//! A view that was saved in the browser, by its name.

use super::{Failure, Session};
use crate::config::KeptView;
use crate::search::sort::Order;
use crate::text;

/// The view of this name, of the list that is open.
///
/// # Errors
/// There is none; those that there are, are named.
pub(super) fn named(name: &str, session: &Session) -> Result<KeptView, Failure> {
    let views = session.views_of().read(&session.folders);
    views.named(name).cloned().ok_or_else(|| {
        let names: Vec<String> = views.named.iter().map(|view| text::typed(&view.name).to_string()).collect();
        let there = if names.is_empty() { "none is saved yet".to_owned() } else { names.join(", ") };
        Failure::Usage(format!("there is no view {} of this list; there are: {there}", text::typed(name)))
    })
}

/// What a view is sorted by; nothing in Cube's order.
pub(super) fn orders(view: &KeptView) -> Vec<Order> {
    let orders = view.sort.iter();
    orders.map(|order| Order { key: order.key.clone(), descending: order.descending }).collect()
}

/// The keys of its columns; none where they are those of the list.
pub(super) fn columns(view: &KeptView) -> Vec<String> {
    view.column.iter().map(|column| column.key.clone()).collect()
}
