//! What is said of views: columns, order and filter under a name.

use super::noun;
use crate::language::tr;

/// The head of the list of views.
#[must_use]
pub fn views() -> String {
    tr!("Views · type a name to save how the table is now")
}

/// What the list of views says where none is saved.
#[must_use]
pub fn no_views() -> String {
    tr!("   No view is saved yet")
}

/// A column that a view is sorted by.
#[must_use]
pub fn order(label: &str, descending: bool) -> String {
    if descending { tr!("{label} (descending)", label) } else { label.to_owned() }
}

/// What a view has beside its filter.
#[must_use]
pub fn view(columns: usize, orders: &[String]) -> String {
    let columns = if columns == 0 { String::new() } else { noun::columns(columns as u64) };
    let sorted =
        if orders.is_empty() { String::new() } else { tr!("by {columns}", columns = orders.join(", ")) };
    super::joined([columns, sorted])
}
