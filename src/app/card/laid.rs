//! The card as it was laid out last, kept until it would be laid out otherwise: a record of megabytes takes longer than
//! a frame may, and every key asks more than once where its lines are.

use crate::app::card::Card;
use crate::app::card::page::CardPage;
use crate::cube::Moment;
use crate::list::Slot;
use std::cell::RefCell;
use std::sync::Arc;

/// The layout that was asked for last.
#[derive(Debug, Default)]
pub(in crate::app) struct Laid(RefCell<Option<(Key, Arc<CardPage>)>>);

/// All that a layout hangs on, but for the labels: whoever changes those forgets the layout.
#[derive(Debug, PartialEq)]
struct Key {
    slot: Option<Slot>,
    id: String,
    read: Option<Moment>,
    version: u64,
    all: bool,
    raw: bool,
    wanted: String,
    width: usize,
}

impl Laid {
    /// The layout of `card` in `width` with the fields that have `wanted`: the last one if it was the same, else what
    /// `lay_out` makes.
    pub(super) fn page(
        &self,
        card: &Card,
        width: usize,
        wanted: &str,
        lay_out: impl FnOnce() -> CardPage,
    ) -> Arc<CardPage> {
        let key = Key {
            slot: card.slot,
            id: card.id.clone(),
            read: card.read,
            version: card.version,
            all: card.all_fields,
            raw: card.raw,
            wanted: wanted.to_owned(),
            width,
        };
        if let Some((_, page)) = self.0.borrow().as_ref().filter(|(known, _)| *known == key) {
            return Arc::clone(page);
        }
        let page = Arc::new(lay_out());
        self.0.replace(Some((key, Arc::clone(&page))));
        page
    }

    /// Forgets the layout.
    pub(in crate::app) fn forget(&self) {
        self.0.take();
    }
}
