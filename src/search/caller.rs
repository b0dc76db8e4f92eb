//! Who has just this ID, phone number or e-mail address: the question of a program that hands a caller over.

use super::{Found, Part, Query, Rank, Reach, Unsearched, run};
use crate::cube::StandardField;
use crate::fields::FieldMap;
use crate::list::Slot;
use crate::text;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// No more hits than this are compared with an address.
const COMPARED: usize = 200;

/// The customers on these pages who are known by `text`, those with that ID first. `None` iff `cancelled` was set
/// before the end.
#[must_use]
pub fn caller(text: &str, pages: &[Unsearched], cancelled: &AtomicBool) -> Option<Vec<Slot>> {
    let is_email = text.contains('@');
    let query = if is_email {
        Query::default().with(Part::Email, text)
    } else {
        Query::search(text, Reach::Standard, &FieldMap::default())
    };
    let mut found = Found::default();
    found.add(run(&query, pages, cancelled)?);
    if is_email {
        let slots = (0..found.len().min(COMPARED)).filter_map(|row| found.slot(row));
        return Some(slots.filter(|slot| has_address(*slot, text, pages)).collect());
    }
    let exact = found.len_of(Rank::ExactId) + found.len_of(Rank::ExactPhone);
    Some((0..exact).filter_map(|row| found.slot(row)).collect())
}

/// Whether the customer's address is just this one, case aside.
fn has_address(slot: Slot, wanted: &str, pages: &[Unsearched]) -> bool {
    let page = pages.iter().find(|page| page.searchable.page == slot.page);
    page.is_some_and(|page| {
        let record = page.searchable.segment.record(slot.index);
        let address = record.standard().get(StandardField::Email).as_raw().to_owned();
        text::fold(&address).trim() == text::fold(wanted).trim()
    })
}

/// How many hits each of these queries has. `None` iff `cancelled` was set before the end.
#[must_use]
pub fn count_hits(
    queries: &[Arc<Query>],
    pages: &[Unsearched],
    cancelled: &AtomicBool,
) -> Option<Vec<usize>> {
    let count = |query: &Arc<Query>| {
        let mut found = Found::default();
        found.add(run(query, pages, cancelled)?);
        Some(found.len())
    };
    queries.iter().map(count).collect()
}
