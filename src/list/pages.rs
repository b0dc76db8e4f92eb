//! The pages of the list: which are held, which are asked for, which failed, and what is not known yet.
//!
//! What is asked at every key, or for every page that arrives, is kept up to date here instead of being counted anew:
//! a list can have tens of thousands of pages.

use crate::cube::{Error, Moment};
use crate::list::segment::Segment;
use crate::list::slot::Slot;
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

/// What the pages add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Pages that may be asked for.
    pub absent: usize,
    /// Pages that are asked for.
    pub loading: usize,
    /// Pages that could not be read.
    pub failed: usize,
    /// Pages that are here, also those to be read again.
    pub held: usize,
    /// Pages that are here and to be read again.
    pub held_again: usize,
    /// Entries on the pages that are here.
    pub entries: u64,
    /// Entries that were no records, on the pages that are here.
    pub left_out: usize,
    /// Values that were not UTF-8, on the pages that are here.
    pub not_utf8: usize,
    /// Pages that are here and empty, and name a next one.
    pub empty: usize,
}

impl Tally {
    /// What one page adds.
    fn of(entry: &Entry) -> Self {
        let is = |yes: bool| usize::from(yes);
        let segment = entry.segment.as_deref();
        Self {
            absent: is(matches!(entry.state, PageState::Absent)),
            loading: is(matches!(entry.state, PageState::Loading)),
            failed: is(matches!(entry.state, PageState::Failed(_))),
            held: is(segment.is_some()),
            held_again: is(segment.is_some() && !matches!(entry.state, PageState::Loaded)),
            entries: segment.map_or(0, |segment| segment.entries as u64),
            left_out: segment.map_or(0, |segment| segment.left_out),
            not_utf8: segment.map_or(0, |segment| segment.odd.not_utf8.count),
            empty: is(segment.is_some_and(Segment::is_empty_of_many)),
        }
    }

    fn change(&mut self, from: Self, to: Self) {
        self.absent = self.absent + to.absent - from.absent;
        self.loading = self.loading + to.loading - from.loading;
        self.failed = self.failed + to.failed - from.failed;
        self.held = self.held + to.held - from.held;
        self.held_again = self.held_again + to.held_again - from.held_again;
        self.entries = self.entries + to.entries - from.entries;
        self.left_out = self.left_out + to.left_out - from.left_out;
        self.not_utf8 = self.not_utf8 + to.not_utf8 - from.not_utf8;
        self.empty = self.empty + to.empty - from.empty;
    }
}

/// All pages, from the first to the last that is known or supposed to exist.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    entries: Vec<Entry>,
    tally: Tally,
    /// Before this place of `entries` every page is here, at it none is.
    gap: usize,
    /// Before this place of `entries` no page is absent.
    first_absent: usize,
    /// How many entries reach up to the highest page that is here.
    highest: usize,
    oldest: Option<Moment>,
}

impl Pages {
    /// How many pages there are, as far as is known.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// What the pages add up to.
    pub(crate) fn tally(&self) -> Tally {
        self.tally
    }

    /// When the oldest page that is here was read. `None` iff none is.
    pub(crate) fn oldest(&self) -> Option<Moment> {
        self.oldest
    }

    /// Makes the list `len` pages long; pages beyond are forgotten.
    pub(crate) fn resize(&mut self, len: u32) {
        while self.len() > len {
            self.change(self.entries.len() - 1, |entry| *entry = Entry::default());
            self.tally.absent -= 1;
            self.entries.pop();
        }
        let more = (len - self.len()) as usize;
        self.tally.absent += more;
        self.entries.resize_with(len as usize, Entry::default);
        self.first_absent = self.first_absent.min(self.entries.len());
    }

    /// The records of a page. `None` while they are not here.
    pub(crate) fn segment(&self, page: u32) -> Option<&Arc<Segment>> {
        self.entry(page)?.segment.as_ref()
    }

    /// All pages that are here, with their numbers.
    pub(crate) fn segments(&self) -> impl Iterator<Item = (u32, &Arc<Segment>)> {
        let entries = self.entries.iter().take(self.highest);
        (1..).zip(entries).filter_map(|(page, entry)| Some((page, entry.segment.as_ref()?)))
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
        if let Some(at) = place(page) {
            self.change(at, |entry| entry.state = state);
        }
    }

    /// Puts a page's records in their place, or takes them away.
    pub(crate) fn set_segment(&mut self, page: u32, segment: Option<Arc<Segment>>) {
        if let Some(at) = place(page) {
            self.change(at, |entry| entry.segment = segment);
        }
    }

    /// Changes the state of every page for which `change` has a new one.
    pub(crate) fn change_states(&mut self, change: impl Fn(&PageState) -> Option<PageState>) {
        for at in 0..self.entries.len() {
            if let Some(state) = self.entries.get(at).and_then(|entry| change(&entry.state)) {
                self.change(at, |entry| entry.state = state);
            }
        }
    }

    /// The first page without records; the page behind the last where all are here.
    pub(crate) fn first_gap(&self) -> u32 {
        number(self.gap)
    }

    /// The pages from the first on that may be absent.
    pub(crate) fn maybe_absent(&self) -> std::ops::RangeInclusive<u32> {
        number(self.first_absent)..=self.len()
    }

    /// The first page that could not be read, and why. `None` iff there is none.
    pub(crate) fn first_failure(&self) -> Option<(u32, &Arc<Error>)> {
        let failed = (self.tally.failed > 0).then_some(&self.entries).into_iter().flatten();
        (1..).zip(failed).find_map(|(page, entry)| match &entry.state {
            PageState::Failed(error) => Some((page, error)),
            _ => None,
        })
    }

    /// The first page that is here and empty, and names a next one. `None` iff there is none.
    pub(crate) fn first_empty(&self) -> Option<u32> {
        let segments = (self.tally.empty > 0).then(|| self.segments());
        segments.into_iter().flatten().find(|(_, page)| page.is_empty_of_many()).map(|(number, _)| number)
    }

    /// The highest page that is here, 0 for none.
    pub(crate) fn highest(&self) -> u32 {
        u32::try_from(self.highest).unwrap_or(u32::MAX)
    }

    /// The highest page that is here and not to be read again, 0 for none.
    pub(crate) fn highest_loaded(&self) -> u32 {
        let is_loaded = |entry: &Entry| matches!(entry.state, PageState::Loaded);
        self.entries.iter().rposition(is_loaded).map_or(0, number)
    }

    /// The hash of a record's id. 0 for a record that is not here.
    pub(crate) fn id_hash(&self, slot: Slot) -> u32 {
        self.segment(slot.page).map_or(0, |segment| segment.id_hash(slot.index))
    }

    /// A record's id as sent, by which it is told from others. Empty for a record that is not here, and where several may
    /// have one id.
    pub(crate) fn id(&self, slot: Slot) -> String {
        let segment = self.segment(slot.page).filter(|segment| !segment.schema.ids_repeat);
        segment.map(|segment| segment.id(slot.index)).unwrap_or_default()
    }

    fn entry(&self, page: u32) -> Option<&Entry> {
        self.entries.get(place(page)?)
    }

    /// The one way in which an entry changes: what is known of all of them changes with it.
    fn change(&mut self, at: usize, change: impl FnOnce(&mut Entry)) {
        let Some(entry) = self.entries.get_mut(at) else { return };
        let (before, was) = (Tally::of(entry), entry.segment.as_ref().map(|segment| segment.read));
        change(entry);
        let is = entry.segment.as_ref().map(|segment| segment.read);
        let is_absent = matches!(entry.state, PageState::Absent);
        self.tally.change(before, Tally::of(entry));
        self.first_absent = if is_absent { self.first_absent.min(at) } else { self.first_absent };
        self.follow(at, is.is_some());
        if was != is {
            self.oldest = match (was, is) {
                (Some(was), _) if Some(was) == self.oldest => {
                    self.segments().map(|(_, segment)| segment.read).min()
                }
                (_, is) => self.oldest.into_iter().chain(is).min(),
            };
        }
    }

    /// Moves the marks between what is here and what is not.
    fn follow(&mut self, at: usize, is_here: bool) {
        let is_absent = |entry: &Entry| matches!(entry.state, PageState::Absent);
        while self.entries.get(self.first_absent).is_some_and(|entry| !is_absent(entry)) {
            self.first_absent += 1;
        }
        if is_here {
            self.highest = self.highest.max(at + 1);
        } else {
            self.gap = self.gap.min(at);
            let here =
                |highest: usize| self.entries.get(highest - 1).is_some_and(|entry| entry.segment.is_some());
            while self.highest > 0 && !here(self.highest) {
                self.highest -= 1;
            }
        }
        while self.entries.get(self.gap).is_some_and(|entry| entry.segment.is_some()) {
            self.gap += 1;
        }
    }
}

/// The place of a page in `entries`. `None` for 0, which is no page.
fn place(page: u32) -> Option<usize> {
    Some(page.checked_sub(1)? as usize)
}

/// The number of the page at a place of `entries`.
fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}
