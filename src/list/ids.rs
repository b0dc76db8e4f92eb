//! Which record is the first with its id: a customer whose id stands earlier in the list is not shown again.
//!
//! Anonymised customers share the id `""`; they are never compared.

use crate::list::pages::Pages;
use crate::list::segment::hash_id;
use crate::list::slot::Slot;
use hashbrown::HashTable;
use std::collections::BTreeSet;

/// The first place of each id, and the places of those that only repeat one.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    first: HashTable<Slot>,
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
        self.first.reserve(more, |slot| spread(pages.id_hash(*slot)));
    }

    /// Takes in the records of a page that `pages` already holds.
    pub(crate) fn add_page(&mut self, page: u32, pages: &Pages) -> Brought {
        let mut brought = Brought::default();
        let nobody = hash_id("");
        for slot in pages.slots(page) {
            let hash = pages.id_hash(slot);
            let same = |other: &Slot| pages.id_hash(*other) == hash && pages.id(*other) == pages.id(slot);
            if hash == nobody && pages.id(slot).is_empty() {
                brought.new += 1;
            } else if let Some(first) = self.first.find_mut(spread(hash), same) {
                let earlier = slot.min(*first);
                let later = slot.max(*first);
                *first = earlier;
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
                self.first.insert_unique(spread(hash), slot, |slot| spread(pages.id_hash(*slot)));
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
            let Ok(entry) = self.first.find_entry(spread(hash), |first| *first == slot) else {
                continue;
            };
            entry.remove();
            let same = |other: &&Slot| pages.id_hash(**other) == hash && pages.id(**other) == pages.id(slot);
            if let Some(heir) = self.repeats.iter().find(same).copied() {
                self.repeats.remove(&heir);
                self.first.insert_unique(spread(hash), heir, |slot| spread(pages.id_hash(*slot)));
                touched.insert(heir.page);
            }
        }
        touched
    }

    /// The first place of an id. `None` iff no page that is held has it.
    pub(crate) fn find(&self, id: &str, pages: &Pages) -> Option<Slot> {
        let hash = hash_id(id);
        let is_it = |slot: &Slot| pages.id_hash(*slot) == hash && pages.id(*slot) == id;
        self.first.find(spread(hash), is_it).copied()
    }

    /// The records of a page that only repeat an id, in order.
    pub(crate) fn repeats_in(&self, page: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        self.repeats.range(Slot::new(page, 0)..=Slot::new(page, u32::MAX)).map(|slot| slot.index)
    }
}

/// The hash as the table wants it, which looks at the highest bits and at the lowest.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
