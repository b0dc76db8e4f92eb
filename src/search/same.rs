//! Who has the same phone number, e-mail address or name as a customer who is about to be created.

use super::{Found, Part, Query, Rank, Reach, Unsearched, run};
use crate::cube::StandardField;
use crate::fields::FieldMap;
use crate::list::Slot;
use crate::text;
use std::sync::atomic::AtomicBool;

/// No more hits than this are compared whole with what was typed.
const COMPARED: usize = 200;

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
/// whole address, the whole name. Fields whose value no other customer has are left out. `None` iff `cancelled` was set
/// before the end.
#[must_use]
pub fn same(
    wanted: &[(StandardField, String)],
    pages: &[Unsearched],
    cancelled: &AtomicBool,
) -> Option<Vec<Same>> {
    let mut all = Vec::new();
    for (field, typed) in wanted.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
        let part = match field {
            StandardField::Id => continue,
            StandardField::Name => Some(Part::Name),
            StandardField::Email => Some(Part::Email),
            StandardField::Phone1 | StandardField::Phone2 | StandardField::Phone3 => None,
        };
        let query = match part {
            Some(part) => Query::default().with(part, typed),
            None => Query::search(typed, Reach::Standard, &FieldMap::default()),
        };
        let mut found = Found::default();
        found.add(run(&query, pages, cancelled)?);
        let slots: Vec<Slot> = if part.is_some() {
            let slots = (0..found.len().min(COMPARED)).filter_map(|row| found.slot(row));
            slots.filter(|slot| has(*slot, *field, typed, pages)).collect()
        } else {
            let first = found.len_of(Rank::ExactId);
            let rows = first..first + found.len_of(Rank::ExactPhone);
            rows.filter_map(|row| found.slot(row)).collect()
        };
        if let Some(slot) = slots.first() {
            all.push(Same { field: *field, slot: *slot, count: slots.len() });
        }
    }
    Some(all)
}

/// Whether the customer has just this value, accents and case aside.
fn has(slot: Slot, field: StandardField, typed: &str, pages: &[Unsearched]) -> bool {
    let page = pages.iter().find(|page| page.searchable.page == slot.page);
    page.is_some_and(|page| {
        let record = page.searchable.segment.record(slot.index);
        let value = text::fold(record.standard().get(field).as_raw()).trim().to_owned();
        value == text::fold(typed).trim()
    })
}
