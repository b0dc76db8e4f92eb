//! Who has the same phone number, e-mail address or name as a customer who is about to be created.

use super::filter::Filter;
use super::{Found, Part, Query, Unsearched, run};
use crate::cube::StandardField;
use crate::list::Slot;
use std::sync::atomic::AtomicBool;

#[cfg(test)]
mod tests;

/// Customers with the same value in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Same {
    /// The field that was asked for.
    pub field: StandardField,
    /// One of them.
    pub slot: Slot,
    /// How many there are.
    pub count: usize,
}

/// For each field and its text the customers on these pages who have the same: the number in any of their phones, the
/// whole address, the whole name, as a filter `name:=…` compares them. Fields whose value no other customer has are left
/// out. `None` iff `cancelled` was set before the end.
#[must_use]
pub fn same(
    wanted: &[(StandardField, String)],
    pages: &[Unsearched],
    cancelled: &AtomicBool,
) -> Option<Vec<Same>> {
    let mut all = Vec::new();
    for (field, typed) in wanted.iter().filter(|(field, _)| *field != StandardField::Id) {
        let Some(filter) = Filter::same(Part::of(*field), typed) else { continue };
        let query = Query { filters: vec![filter], ..Query::default() };
        let mut found = Found::default();
        found.add(run(&query, pages, cancelled)?);
        if let Some(slot) = found.slot(0) {
            all.push(Same { field: *field, slot, count: found.len() });
        }
    }
    Some(all)
}
