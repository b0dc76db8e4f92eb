//! Which pages are asked for, and what becomes of the answers.

use crate::app::find::{Asked, Find};
use crate::app::{App, Effect};
use crate::cube::{Error, Moment, Wait};
use crate::list::{Demand, Row, Segment};
use std::sync::Arc;

/// Page requests that are under way at once.
pub const AT_ONCE: usize = 4;
/// A search loads the rest of the list by itself when that takes no more requests than this.
pub(super) const BY_ITSELF: usize = 40;
/// From so many seconds without an answer on, the screen counts them and Esc gives up.
const LONG: u64 = 3;

/// What is being loaded beyond the window.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// Counts how often the list was begun anew; answers to an older reading are dropped.
    pub generation: u64,
    /// The rest of the list, while it is being loaded.
    pub rest: Option<Rest>,
    /// Whether what is held is being read again.
    held: bool,
    /// Whether the labels of the custom fields are being asked for.
    pub(super) labels: bool,
    /// Why nothing more is asked for until a person says so.
    pub stopped: Option<Stopped>,
    /// Set while Cube wants to be left alone.
    pub wait: Option<Wait>,
    /// Whether the person stopped loading the rest, so that typing on does not start it again.
    pub(super) declined: bool,
    /// When Cube was last asked for something or last answered. `None` while nothing is under way.
    pub(super) heard: Option<Moment>,
}

/// The rest of the list, being loaded.
#[derive(Debug, Clone, Copy)]
pub struct Rest {
    /// Since when.
    pub since: Moment,
    /// How many pages were missing at first.
    pub missing_then: usize,
    /// Whether a search began it by itself, and not a person.
    by_itself: bool,
}

/// Why no page is asked for.
#[derive(Debug, Clone)]
pub enum Stopped {
    /// Cube does not let us read on.
    Refused(Arc<Error>),
    /// The person did not want to wait as long as Cube asked.
    ByHand,
}

impl App {
    /// Asks for the pages that are needed now, the window's first, as many as may be under way.
    pub(super) fn ask_for_pages(&mut self) {
        self.keep_rest_in_bounds();
        if self.load.stopped.is_none() {
            let demand = self.demand();
            while self.store.loading() < AT_ONCE {
                let Some(number) = self.store.take_needed(&demand) else { break };
                self.effects.push(Effect::FetchPage { generation: self.load.generation, number });
                self.load.heard = Some(self.now);
            }
        }
        if self.store.loading() == 0 {
            // Nothing under way and nothing that may be asked for: there is no rest to wait for.
            self.load.rest = None;
            self.load.held = false;
        }
    }

    /// For how many seconds Cube has answered nothing, once that is long enough to be worth a word.
    #[must_use]
    pub fn unanswered(&self) -> Option<u64> {
        let seconds = self.now.seconds_since(self.load.heard?);
        (seconds >= LONG && self.is_asking()).then_some(seconds)
    }

    /// Whether something that we want from Cube waits for the time to be over that Cube asked for. Who gave up does not
    /// wait, though that time goes on: whatever is asked for next waits again.
    pub(super) fn is_held_back(&self) -> bool {
        self.load.wait.is_some() && (self.load.stopped.is_none() || self.is_asking())
    }

    /// Whether Cube is being asked for anything.
    pub(super) fn is_asking(&self) -> bool {
        let looks_up = matches!(self.find, Some(Find { asked: Asked::Waiting(_), .. }));
        self.store.loading() > 0 || looks_up || self.card.as_ref().is_some_and(|card| card.asking.is_some())
    }

    fn demand(&self) -> Demand {
        let found = self.found().map(|_| self.window()).unwrap_or_default();
        let pages = found.filter_map(|row| match self.row(row)? {
            Row::Loaded(slot) => Some(slot.page),
            Row::Absent { page, .. } => Some(page),
        });
        Demand {
            rows: if self.found().is_some() { 0..0 } else { self.window() },
            found: pages.collect(),
            upwards: self.cursor.upwards(),
            held: self.load.held,
            all: self.load.rest.is_some(),
        }
    }

    /// How long the list is may only turn out while its rest is being loaded.
    fn keep_rest_in_bounds(&mut self) {
        let missing = self.store.scope().missing;
        if let Some(rest) = &mut self.load.rest {
            rest.missing_then = rest.missing_then.max(missing);
            if rest.by_itself && missing > BY_ITSELF {
                self.load.rest = None;
            }
        }
    }

    /// Takes in a page, or why it is not here.
    pub(super) fn page_arrived(&mut self, number: u32, result: Result<Arc<Segment>, Arc<Error>>) {
        self.load.heard = Some(self.now);
        match result {
            Ok(segment) => {
                let touched = self.store.page_arrived(segment);
                self.columns.learn(&self.store);
                self.rows_changed(&touched);
            }
            Err(error) if self.is_refusal(&error) => {}
            Err(error) if error.is_not_found() && number > 1 => {
                let touched = self.store.page_missing(number);
                self.rows_changed(&touched);
            }
            Err(error) => {
                self.notice = None;
                self.store.page_failed(number, error);
                self.load.rest = None;
            }
        }
    }

    /// After a refusal of any question nothing more is asked for the list by itself. Whether it was one.
    pub(super) fn is_refusal(&mut self, error: &Arc<Error>) -> bool {
        let stops = error.stops_the_list();
        if stops {
            self.notice = None;
            self.ask_for_secret(error);
            self.load.stopped = Some(Stopped::Refused(Arc::clone(error)));
            self.stop_pages();
        }
        stops
    }

    /// Loads the rest of the list, however many requests that takes.
    pub(super) fn load_rest(&mut self) {
        self.load.declined = false;
        self.load.stopped = None;
        self.store.retry_failed();
        self.begin_rest(false);
    }

    /// Loads the rest of the list when that takes few requests and the person has not said no.
    pub(super) fn load_rest_by_itself(&mut self) {
        let may_go_on = self.load.stopped.is_none() && self.store.scope().failed == 0;
        if self.load.rest.is_none() && !self.load.declined && may_go_on {
            self.begin_rest(true);
        }
    }

    /// A search that is over needs the rest of the list no more. What is under way still comes.
    pub(super) fn end_rest_of_search(&mut self) {
        self.load.rest = self.load.rest.filter(|rest| !rest.by_itself);
    }

    fn begin_rest(&mut self, by_itself: bool) {
        let missing_then = self.store.scope().missing;
        if missing_then > 0 {
            self.load.rest = Some(Rest { since: self.now, missing_then, by_itself });
        }
    }

    /// Stops whatever is being loaded beyond the window. Whether anything was.
    pub(super) fn stop_loading(&mut self) -> bool {
        if self.is_held_back() {
            self.load.stopped = Some(Stopped::ByHand);
            self.stop_pages();
            return true;
        }
        let chases_end = self.cursor.stays_at_end() && self.store.loading() > 0;
        let hangs = self.store.loading() > 0 && self.unanswered().is_some();
        if self.load.rest.is_none() && !self.load.held && !chases_end && !hangs {
            return false;
        }
        if hangs {
            // The window would ask for its pages again at once.
            self.load.stopped = Some(Stopped::ByHand);
        }
        if chases_end {
            self.hold_cursor();
        }
        self.load.declined |= self.load.rest.is_some();
        self.stop_pages();
        true
    }

    /// Asks again for what failed. Whether there was anything.
    pub(super) fn retry_pages(&mut self) -> bool {
        let stopped = self.load.stopped.take().is_some();
        self.store.retry_failed() || stopped
    }

    /// Begins to read the list anew. What is held stays until its new reading is here; it is read again at once
    /// where that takes few requests, else as the window comes to it.
    pub(super) fn read_again(&mut self) {
        self.load.generation += 1;
        self.load.stopped = None;
        self.load.declined = false;
        self.effects.push(Effect::CancelPages);
        self.store.read_again();
        self.gone.clear();
        self.load.rest = None;
        self.load.held = self.store.held() <= BY_ITSELF;
        if self.find.is_some() {
            self.load_rest_by_itself();
        }
    }

    fn stop_pages(&mut self) {
        self.load.rest = None;
        self.load.held = false;
        self.effects.push(Effect::CancelPages);
        self.store.forget_loading();
    }
}
