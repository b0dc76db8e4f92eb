//! Which record is the first with its id: a customer whose id stands earlier in the list is not shown again.
//!
//! Anonymised customers share the id `""`; they are never compared.

mod numbers;

use crate::list::pages::Pages;
use crate::list::segment::hash_id;
use crate::list::slot::Slot;
use hashbrown::HashTable;
use numbers::Numbers;
use std::collections::BTreeSet;

/// The first place of each id, and the places of those that only repeat one.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// The numbers of the former.
    first: HashTable<u32>,
    numbers: Numbers,
    repeats: BTreeSet<Slot>,
}

/// What a page brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Brought {
    /// Records with an id that no earlier place of this reading held, and anonymised ones.
    pub new: usize,
    /// Other pages on which a record is no longer, or again, the first with its id.
    pub touched: BTreeSet<u32>,
}

impl Ids {
    /// Makes room for this many ids at once: to grow with a million of them in it takes longer than a frame.
    pub(crate) fn reserve(&mut self, ids: usize, pages: &Pages) {
        let more = ids.saturating_sub(self.first.len());
        let numbers = &self.numbers;
        self.first.reserve(more, |number| hash_of(*number, numbers, pages));
    }

    /// Takes in the records of a page that `pages` already holds.
    pub(crate) fn add_page(&mut self, page: u32, pages: &Pages) -> Brought {
        let mut brought = Brought::default();
        let nobody = hash_id("");
        self.number(page, pages);
        for slot in pages.slots(page) {
            let (hash, numbers) = (pages.id_hash(slot), &self.numbers);
            let same = |other: &u32| {
                let other = numbers.slot(*other);
                pages.id_hash(other) == hash && pages.id(other) == pages.id(slot)
            };
            if hash == nobody && pages.id(slot).is_empty() {
                brought.new += 1;
            } else if let Some(first) = self.first.find_mut(spread(hash), same) {
                let known = numbers.slot(*first);
                let (earlier, later) = (slot.min(known), slot.max(known));
                if let Some(number) = numbers.of(earlier) {
                    *first = number;
                }
                self.repeats.insert(later);
                if later == slot {
                    // Against a page of an earlier reading this proves nothing.
                    brought.new += usize::from(!pages.is_loaded(earlier.page));
                } else {
                    brought.new += 1;
                    brought.touched.insert(later.page);
                }
            } else {
                brought.new += 1;
                self.insert(slot, pages);
            }
        }
        brought
    }

    /// Forgets the records of a page that `pages` still holds. The pages returned show a record again that
    /// this page had hidden.
    pub(crate) fn remove_page(&mut self, page: u32, pages: &Pages) -> BTreeSet<u32> {
        let mut touched = BTreeSet::new();
        for slot in pages.slots(page) {
            if self.repeats.remove(&slot) {
                continue;
            }
            let hash = pages.id_hash(slot);
            let number = self.numbers.of(slot);
            let Ok(entry) = self.first.find_entry(spread(hash), |first| Some(*first) == number) else {
                continue;
            };
            entry.remove();
            let same = |other: &&Slot| pages.id_hash(**other) == hash && pages.id(**other) == pages.id(slot);
            if let Some(heir) = self.repeats.iter().find(same).copied() {
                self.repeats.remove(&heir);
                self.insert(heir, pages);
                touched.insert(heir.page);
            }
        }
        self.numbers.remove(page);
        touched
    }

    /// Gives the records of a page numbers. All get new ones where there are none left.
    fn number(&mut self, page: u32, pages: &Pages) {
        let records = |page: u32| u32::try_from(pages.slots(page).count()).unwrap_or(u32::MAX);
        if self.numbers.add(page, records(page)) {
            return;
        }
        let first: Vec<Slot> = self.first.drain().map(|number| self.numbers.slot(number)).collect();
        self.numbers.begin_again(records);
        for slot in first {
            self.insert(slot, pages);
        }
        self.numbers.add(page, records(page));
    }

    fn insert(&mut self, slot: Slot, pages: &Pages) {
        let numbers = &self.numbers;
        if let Some(number) = numbers.of(slot) {
            let hash_again = |number: &u32| hash_of(*number, numbers, pages);
            self.first.insert_unique(spread(pages.id_hash(slot)), number, hash_again);
        }
    }

    /// The first place of an id. `None` iff no page that is held has it.
    pub(crate) fn find(&self, id: &str, pages: &Pages) -> Option<Slot> {
        let hash = hash_id(id);
        let is_it = |number: &u32| {
            let slot = self.numbers.slot(*number);
            pages.id_hash(slot) == hash && pages.id(slot) == id
        };
        self.first.find(spread(hash), is_it).map(|number| self.numbers.slot(*number))
    }

    /// The records of a page that only repeat an id, in order.
    pub(crate) fn repeats_in(&self, page: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        self.repeats.range(Slot::new(page, 0)..=Slot::new(page, u32::MAX)).map(|slot| slot.index)
    }
}

fn hash_of(number: u32, numbers: &Numbers, pages: &Pages) -> u64 {
    spread(pages.id_hash(numbers.slot(number)))
}

/// The hash as the table wants it, which looks at the highest bits and at the lowest.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::{Moment, Page};
    use crate::list::{Packing, Segment};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    fn segment(number: u32, ids: &[u8]) -> Arc<Segment> {
        let records: Vec<String> = ids.iter().map(|id| format!(r#"{{"crm__customer_id":"{id}"}}"#)).collect();
        let json = format!(r#"{{"count":null,"next":"x","results":[{}]}}"#, records.join(","));
        let page = Page::from_json(number, json, Moment::at(0, 8, 12)).unwrap();
        Arc::new(Segment::new(&page, &Packing::default()))
    }

    proptest! {
        #[test]
        fn the_first_place_of_an_id_is_known_whatever_comes_and_goes_and_whenever_numbers_run_out(
            came in proptest::collection::vec((1..6u32, proptest::collection::vec(0..9u8, 0..6)), 1..12),
            left in 0..40u32,
        ) {
            let (mut pages, mut plain) = (Pages::default(), BTreeMap::new());
            let mut ids = Ids { numbers: Numbers::starting_at(u32::MAX - left), ..Ids::default() };
            pages.resize(5);
            for (number, held) in came {
                ids.remove_page(number, &pages);
                pages.set_segment(number, Some(segment(number, &held)));
                ids.add_page(number, &pages);
                plain.insert(number, held);
            }
            for id in 0..9u8 {
                let place = |(&page, ids): (&u32, &Vec<u8>)| {
                    let index = ids.iter().position(|known| *known == id)?;
                    Some(Slot::new(page, u32::try_from(index).unwrap()))
                };
                prop_assert_eq!(ids.find(&id.to_string(), &pages), plain.iter().find_map(place));
            }
        }
    }
}
