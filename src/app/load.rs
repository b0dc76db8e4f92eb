//! Which pages are asked for, and what becomes of the answers.

use crate::app::{App, Effect};
use crate::cube::{Error, Moment, Wait};
use crate::store::{Need, Segment};
use std::sync::Arc;

/// Page requests that are under way at once.
pub const AT_ONCE: usize = 4;
/// A search loads the rest of the list by itself when that takes no more requests than this.
pub(super) const BY_ITSELF: usize = 40;

/// What is being loaded beyond the window.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// Counts how often the list was begun anew; answers to an older reading are dropped.
    pub generation: u64,
    /// Whether the rest of the list is being loaded: since when, and how many pages were missing then.
    pub rest: Option<(Moment, usize)>,
    /// Why nothing more is asked for until a person says so.
    pub stopped: Option<Stopped>,
    /// Set while Cube wants to be left alone.
    pub wait: Option<Wait>,
    /// Whether the person stopped loading the rest, so that typing on does not start it again.
    pub declined: bool,
}

/// Why no page is asked for.
#[derive(Debug, Clone)]
pub enum Stopped {
    /// Cube does not let us read the list.
    Refused(Arc<Error>),
    /// The person did not want to wait as long as Cube asked.
    ByHand,
}

impl App {
    /// Asks for the pages that are needed now, the window's first, as many as may be under way.
    pub(super) fn ask_for_pages(&mut self) {
        if self.load.stopped.is_some() {
            return;
        }
        let need = Need {
            rows: if self.found().is_some() { 0..0 } else { self.window() },
            upwards: self.cursor.upwards(),
            all: self.load.rest.is_some(),
        };
        while self.store.loading() < AT_ONCE {
            let Some(number) = self.store.take_needed(&need) else {
                break;
            };
            self.effects.push(Effect::FetchPage { generation: self.load.generation, number });
        }
        if self.load.rest.is_some() && self.store.scope().missing == 0 {
            self.load.rest = None;
        }
    }

    /// Takes in a page, or why it is not here.
    pub(super) fn page_arrived(&mut self, number: u32, result: Result<Arc<Segment>, Arc<Error>>) {
        match result {
            Ok(segment) => {
                let arrival = self.store.page_arrived(segment);
                self.columns.learn(&self.store);
                self.rows_changed(&arrival.touched);
            }
            Err(error) if error.stops_the_list() => {
                self.load.stopped = Some(Stopped::Refused(error));
                self.stop_pages();
            }
            Err(error) if error.is_not_found() && number > 1 => {
                self.store.page_missing(number);
                self.settle_cursor();
            }
            Err(error) => {
                self.store.page_failed(number, error);
                self.load.rest = None;
            }
        }
    }

    /// Loads the rest of the list, however many requests that takes.
    pub(super) fn load_rest(&mut self) {
        self.load.declined = false;
        self.load.stopped = None;
        self.store.retry_failed();
        self.begin_rest();
    }

    /// Loads the rest of the list when that takes few requests and the person has not said no.
    pub(super) fn load_rest_by_itself(&mut self) {
        let missing = self.store.scope().missing;
        if self.load.rest.is_none() && !self.load.declined && missing <= BY_ITSELF {
            self.begin_rest();
        }
    }

    fn begin_rest(&mut self) {
        let missing = self.store.scope().missing;
        if missing > 0 {
            self.load.rest = Some((self.now, missing));
        }
    }

    /// Stops whatever is being loaded. Whether anything was.
    pub(super) fn stop_loading(&mut self) -> bool {
        if self.load.wait.take().is_some() {
            self.load.stopped = Some(Stopped::ByHand);
            self.load.rest = None;
            self.stop_pages();
            return true;
        }
        let was_loading = self.load.rest.take().is_some();
        if was_loading {
            self.load.declined = true;
            self.stop_pages();
        }
        was_loading
    }

    /// Asks again for what failed. Whether there was anything.
    pub(super) fn retry_pages(&mut self) -> bool {
        let stopped = self.load.stopped.take().is_some();
        self.store.retry_failed() || stopped
    }

    /// Begins to read the list anew. What is held stays until its new reading is here.
    pub(super) fn read_again(&mut self) {
        self.load.generation += 1;
        self.load.stopped = None;
        self.load.declined = false;
        self.effects.push(Effect::CancelPages);
        self.store.read_again();
        self.load.rest = None;
        self.load_rest_by_itself();
        self.settle_cursor();
    }

    fn stop_pages(&mut self) {
        self.load.rest = None;
        self.effects.push(Effect::CancelPages);
        self.store.forget_loading();
    }
}
