//! Customers who were looked up by id and whose pages are not loaded. They are the rows in front of the list, the last
//! one first, until their page arrives; to everything else they are a page with the number 0.

use crate::cube::{Moment, Page, Record};
use crate::list::{Packing, Segment, Slot, Store};
use crate::text::Country;
use std::sync::Arc;

/// The page number of customers who were looked up: Cube counts its pages from 1.
pub(crate) const LOOKED_UP: u32 = 0;
/// The number of customers that are kept; the one that was looked up first goes first.
const MOST: usize = 50;

/// Records that were read by themselves, as a segment.
#[derive(Debug, Default)]
pub(crate) struct LookedUp {
    records: Vec<Fetched>,
    segment: Option<Arc<Segment>>,
    /// The country of the account, as its pages have it.
    pub(crate) country: Country,
}

/// One of them.
#[derive(Debug, Clone)]
struct Fetched {
    record: Record<'static>,
    read: Moment,
    /// The number of the other list that has them. `None` for a customer of this list.
    elsewhere: Option<u32>,
}

impl Fetched {
    fn has_id(&self, id: &str) -> bool {
        self.record.standard().id.as_raw() == id
    }
}

impl LookedUp {
    pub(crate) fn len(&self) -> usize {
        self.segment.as_ref().map_or(0, |segment| segment.len())
    }

    pub(crate) fn segment(&self) -> Option<&Arc<Segment>> {
        self.segment.as_ref()
    }

    pub(crate) fn find(&self, id: &str) -> Option<Slot> {
        let index = self.records.iter().position(|fetched| fetched.has_id(id))?;
        Some(Slot::new(LOOKED_UP, index.try_into().ok()?))
    }

    /// Puts a record in place of the one at a slot.
    pub(crate) fn replace(&mut self, slot: Slot, record: Record<'static>, read: Moment) {
        if let Some(place) = self.records.get_mut(slot.index as usize) {
            *place = Fetched { record, read, ..place.clone() };
            self.build();
        }
    }

    /// Adds a record in front. Returns whether it could be kept: a record without an id cannot be told from others.
    pub(crate) fn add(&mut self, record: Record<'static>, read: Moment) -> bool {
        if record.standard().id.as_raw().is_empty() {
            return false;
        }
        self.records.insert(0, Fetched { record, read, elsewhere: None });
        self.records.truncate(MOST);
        self.build();
        true
    }

    /// Forgets the records whose ids `is_held`. Returns whether there were any.
    pub(crate) fn forget(&mut self, is_held: impl Fn(&str) -> bool) -> bool {
        let before = self.records.len();
        self.records.retain(|fetched| !is_held(fetched.record.standard().id.as_raw()));
        let forgot = self.records.len() < before;
        if forgot {
            self.build();
        }
        forgot
    }

    /// The records of customers of other lists, which no search of this list finds.
    pub(crate) fn of_other_lists(&self) -> impl Iterator<Item = u32> {
        let places = (0..).zip(&self.records).filter(|(_, fetched)| fetched.elsewhere.is_some());
        places.map(|(index, _)| index)
    }

    fn build(&mut self) {
        let Some(read) = self.records.iter().map(|fetched| fetched.read).max() else {
            self.segment = None;
            return;
        };
        let page = Page::of_records(LOOKED_UP, self.records.iter().map(|fetched| &fetched.record), read);
        let segment = Segment::new(&page, &Packing::of(self.country));
        let each = segment.indices().zip(self.records.clone());
        let fresh = each.fold(segment, |segment, (index, fetched)| {
            segment.with_reread(index, fetched.record, fetched.read)
        });
        self.segment = Some(Arc::new(fresh));
    }
}

impl Store {
    /// How many rows in front of the list are customers who were looked up.
    #[must_use]
    pub fn looked_up(&self) -> usize {
        self.looked_up.len()
    }

    /// The number of the other list that has a customer who was looked up. `None` for a customer of this list.
    #[must_use]
    pub fn elsewhere(&self, slot: Slot) -> Option<u32> {
        let fetched = (slot.page == LOOKED_UP).then(|| self.looked_up.records.get(slot.index as usize))?;
        fetched?.elsewhere
    }

    /// Notes which other list has a customer who was looked up. Does nothing for a customer on a page.
    pub fn note_elsewhere(&mut self, slot: Slot, list: Option<u32>) {
        let place = self.looked_up.records.get_mut(slot.index as usize);
        if let Some(fetched) = place.filter(|_| slot.page == LOOKED_UP) {
            fetched.elsewhere = list;
        }
    }

    /// Keeps a customer who was looked up and is on no page that is loaded. `None` iff the record has no id.
    pub fn look_up(&mut self, record: &Record<'_>, read: Moment) -> Option<Slot> {
        let id = record.standard().id.as_raw().to_owned();
        self.looked_up.add(record.clone().into_owned(), read).then(|| self.looked_up.find(&id))?
    }
}
