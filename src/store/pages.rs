//! The pages of the list: which are held, which are asked for, which failed, and what is not known yet.

use crate::cube::Error;
use crate::store::segment::Segment;
use crate::store::slot::Slot;
use std::sync::Arc;

/// How it stands with asking Cube for a page.
#[derive(Debug, Clone, Default)]
pub enum PageState {
    /// Not asked for, or to be asked for again: the only state from which a page may be asked for.
    #[default]
    Absent,
    /// Asked for; the answer is not here yet.
    Loading,
    /// Here.
    Loaded,
    /// Asked for in vain; `r` makes it absent again.
    Failed(Arc<Error>),
}

/// One page. A page that is read again keeps its records until the new ones are here.
#[derive(Debug, Default)]
struct Entry {
    state: PageState,
    segment: Option<Arc<Segment>>,
}

/// All pages, from the first to the last that is known or supposed to exist.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    entries: Vec<Entry>,
}

impl Pages {
    /// How many pages there are, as far as is known.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// Makes the list `len` pages long; pages beyond are forgotten.
    pub(crate) fn resize(&mut self, len: u32) {
        self.entries.resize_with(len as usize, Entry::default);
    }

    /// The records of a page. `None` while they are not here.
    pub(crate) fn segment(&self, page: u32) -> Option<&Arc<Segment>> {
        self.entry(page)?.segment.as_ref()
    }

    /// All pages that are here, with their numbers.
    pub(crate) fn segments(&self) -> impl Iterator<Item = (u32, &Arc<Segment>)> {
        (1..).zip(&self.entries).filter_map(|(page, entry)| Some((page, entry.segment.as_ref()?)))
    }

    /// The places of a page's records; none while it is not here.
    pub(crate) fn slots(&self, page: u32) -> impl Iterator<Item = Slot> + use<> {
        let indices = self.segment(page).map(|segment| segment.indices());
        indices.into_iter().flatten().map(move |index| Slot::new(page, index))
    }

    /// How it stands with a page; one that does not exist is absent.
    pub(crate) fn state(&self, page: u32) -> PageState {
        self.entry(page).map(|entry| entry.state.clone()).unwrap_or_default()
    }

    /// Whether a page is here as this reading of the list had it.
    pub(crate) fn is_loaded(&self, page: u32) -> bool {
        self.entry(page).is_some_and(|entry| matches!(entry.state, PageState::Loaded))
    }

    /// Changes how it stands with a page. Does nothing for a page that does not exist.
    pub(crate) fn set_state(&mut self, page: u32, state: PageState) {
        if let Some(entry) = self.entry_mut(page) {
            entry.state = state;
        }
    }

    /// Puts a page's records in their place, or takes them away.
    pub(crate) fn set_segment(&mut self, page: u32, segment: Option<Arc<Segment>>) {
        if let Some(entry) = self.entry_mut(page) {
            entry.segment = segment;
        }
    }

    /// Changes the state of every page for which `change` has a new one.
    pub(crate) fn change_states(&mut self, change: impl Fn(&PageState) -> Option<PageState>) {
        for entry in &mut self.entries {
            if let Some(state) = change(&entry.state) {
                entry.state = state;
            }
        }
    }

    /// How many pages are in a state.
    pub(crate) fn count(&self, is: impl Fn(&PageState) -> bool) -> usize {
        self.entries.iter().filter(|entry| is(&entry.state)).count()
    }

    /// The first page without records; the page behind the last where all are here.
    pub(crate) fn first_gap(&self) -> u32 {
        let gap = self.entries.iter().position(|entry| entry.segment.is_none());
        gap.map_or_else(|| self.len() + 1, number)
    }

    /// The highest page that is here, 0 for none.
    pub(crate) fn highest(&self) -> u32 {
        self.entries.iter().rposition(|entry| entry.segment.is_some()).map_or(0, number)
    }

    /// The highest page that is here and not to be read again, 0 for none.
    pub(crate) fn highest_loaded(&self) -> u32 {
        let is_loaded = |entry: &Entry| matches!(entry.state, PageState::Loaded);
        self.entries.iter().rposition(is_loaded).map_or(0, number)
    }

    /// The hash of a record's id. 0 for a record that is not here.
    pub(crate) fn id_hash(&self, slot: Slot) -> u64 {
        self.segment(slot.page).map_or(0, |segment| segment.id_hash(slot.index))
    }

    /// A record's id as sent. Empty for a record that is not here.
    pub(crate) fn id(&self, slot: Slot) -> String {
        self.segment(slot.page).map(|segment| segment.id(slot.index)).unwrap_or_default()
    }

    fn entry(&self, page: u32) -> Option<&Entry> {
        self.entries.get(page.checked_sub(1)? as usize)
    }

    fn entry_mut(&mut self, page: u32) -> Option<&mut Entry> {
        self.entries.get_mut(page.checked_sub(1)? as usize)
    }
}

/// The number of the page at a place of `entries`.
fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}
