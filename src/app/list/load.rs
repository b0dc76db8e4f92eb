//! Which pages are asked for, and what becomes of the answers.

use super::List;
use crate::app::{Env, Task};
use crate::cube::{AT_ONCE, Error, Moment};
use crate::list::{Demand, PageState, Row, Segment};
use crate::words::Halt;
use std::sync::Arc;

/// A search or a sort loads the rest of the list by itself when that takes no more requests than this.
pub(in crate::app) const BY_ITSELF: usize = 40;

/// What is being loaded beyond the viewport.
#[derive(Debug, Clone, Default)]
pub struct Load {
    /// Counts how often the list was refreshed; answers to an older reading are dropped.
    pub(super) generation: u64,
    /// The rest of the list, while it is being loaded.
    rest: Option<Rest>,
    /// Whether the pages that are held are being refreshed.
    refreshes: bool,
    /// Why nothing more is asked for until a person says so.
    stopped: Option<Halt>,
    /// Whether the person stopped loading the rest, so that typing on does not start it again.
    declined: bool,
}

/// The rest of the list, being loaded.
#[derive(Debug, Clone, Copy)]
pub struct Rest {
    /// Since when.
    pub since: Moment,
    /// How many pages were missing at first.
    pub missing_then: usize,
    /// Whether a search or a sort began it by itself, and not a person.
    by_itself: bool,
    /// How many pages were here then.
    held_then: usize,
}

impl Load {
    /// The rest of the list, while it is being loaded.
    #[must_use]
    pub fn rest(&self) -> Option<Rest> {
        self.rest
    }

    /// Whether a person has asked for what is being loaded beyond the viewport.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        self.refreshes || self.rest.is_some_and(|rest| !rest.by_itself)
    }

    /// Why nothing more is asked for. `None` while that is allowed.
    #[must_use]
    pub fn stopped(&self) -> Option<&Halt> {
        self.stopped.as_ref()
    }

    /// Whether Cube does not let us read on.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        matches!(self.stopped, Some(Halt::Refused(_)))
    }

    /// The reading of the list that pages are asked for now.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }
}

impl List {
    /// Asks for the pages that are needed now, the viewport's first, as many as may be under way.
    pub(in crate::app) fn ask_for_pages(&mut self, env: &mut Env<'_>) {
        self.keep_rest_in_bounds();
        if self.load.stopped.is_none() {
            let demand = self.demand(env.window);
            while self.store.loading() < AT_ONCE {
                let Some(number) = self.store.take_needed(&demand) else { break };
                let (list, generation) = (self.id, self.load.generation);
                env.out.task(match self.calls {
                    None => Task::FetchPage { list, generation, number },
                    Some(of) => Task::FetchCalls { list, generation, number, of },
                });
            }
        }
        if self.store.loading() == 0 {
            // Nothing under way and nothing that may be asked for: there is no rest to wait for.
            self.load.rest = None;
            self.load.refreshes = false;
        }
    }

    fn demand(&self, window: usize) -> Demand {
        let rows = self.viewport(window);
        let is_natural = self.view.is_natural();
        let pages = rows.clone().filter(|_| !is_natural).filter_map(|row| match self.row(row)? {
            Row::Loaded(slot) => Some(slot.page),
            Row::Absent { page, .. } => Some(page),
        });
        Demand {
            found: pages.collect(),
            rows: if is_natural { rows } else { 0..0 },
            upwards: self.cursor.upwards(),
            held: self.load.refreshes,
            all: self.load.rest.is_some(),
        }
    }

    /// How long the list is may only turn out while its rest is being loaded.
    fn keep_rest_in_bounds(&mut self) {
        let missing = self.store.scope().missing;
        if let Some(rest) = &mut self.load.rest {
            rest.missing_then = rest.missing_then.max(missing);
            // A list without a count is always one page longer than what is here.
            let read = self.store.held().saturating_sub(rest.held_then);
            if rest.by_itself && read + missing > BY_ITSELF {
                self.load.rest = None;
            }
        }
    }

    /// Takes in a page, or why it could not be read. A page of an older reading is dropped.
    pub(in crate::app) fn page_arrived(
        &mut self,
        env: &mut Env<'_>,
        (generation, number): (u64, u32),
        result: Result<Arc<Segment>, Arc<Error>>,
    ) {
        if generation != self.load.generation {
            return;
        }
        match result {
            Ok(segment) => {
                let touched = self.store.page_arrived(segment);
                self.learn_columns(env);
                self.rows_changed(env, &touched);
            }
            Err(error) if error.stops_the_list() => self.note_refusal(env, &error),
            Err(error) if error.is_not_found() && number > 1 => {
                let touched = self.store.page_missing(number);
                self.rows_changed(env, &touched);
            }
            Err(error) => {
                self.store.page_failed(number, error);
                self.load.rest = None;
            }
        }
    }

    /// After a refusal of any question nothing more is asked for by itself, and nothing is said over that.
    pub(in crate::app) fn note_refusal(&mut self, env: &mut Env<'_>, error: &Arc<Error>) {
        if error.stops_the_list() {
            env.notices.drop_answer();
            self.load.stopped = Some(Halt::Refused(Arc::clone(error)));
            self.stop_pages(env);
        }
    }

    /// Loads the rest of the list, however many requests that takes.
    pub(in crate::app) fn load_rest(&mut self, env: &Env<'_>) {
        self.load.declined = false;
        self.load.stopped = None;
        self.store.retry_failed();
        self.begin_rest(env.now, false);
    }

    /// Loads the rest of the list when that takes few requests and the person has not said no.
    pub(in crate::app) fn load_rest_by_itself(&mut self, now: Moment) {
        let may_go_on = self.load.stopped.is_none() && self.store.scope().failed == 0;
        if self.load.rest.is_none() && !self.load.declined && may_go_on {
            self.begin_rest(now, true);
        }
    }

    /// The line was opened: a person who stopped a load before may have changed their mind.
    pub(in crate::app) fn may_load_again(&mut self) {
        self.load.declined = false;
    }

    /// A search that is over needs the rest of the list no more, unless it is sorted. Requests that are under way still
    /// count.
    pub(in crate::app) fn end_rest_of_search(&mut self) {
        let is_sorted = !self.sorting.orders().is_empty();
        self.load.rest = self.load.rest.filter(|rest| is_sorted || !rest.by_itself);
    }

    /// Whether the rest of the list is needed for what is on the screen: it is searched or sorted.
    pub(super) fn needs_rest(&self) -> bool {
        !self.find.is_empty() || !self.sorting.orders().is_empty()
    }

    fn begin_rest(&mut self, now: Moment, by_itself: bool) {
        let missing_then = self.store.scope().missing;
        if missing_then > 0 {
            self.load.rest = Some(Rest { since: now, missing_then, by_itself, held_then: self.store.held() });
        }
    }

    /// Whether something is being loaded beyond the viewport that a person may want to stop. `silent` says whether
    /// Cube has not answered for long.
    #[must_use]
    pub fn loads_beyond(&self, silent: bool) -> bool {
        let waits = self.store.loading() > 0 && (self.cursor.stays_at_end() || silent);
        self.load.rest.is_some() || self.load.refreshes || waits
    }

    /// Stops whatever is being loaded beyond the viewport. With `for_good` the viewport's pages are not asked for
    /// again either until a person says so.
    pub(in crate::app) fn stop_loading(&mut self, env: &mut Env<'_>, for_good: bool) {
        if for_good {
            self.load.stopped = Some(Halt::ByHand);
        }
        if self.cursor.stays_at_end() && self.store.loading() > 0 {
            self.hold_cursor();
        }
        self.load.declined |= self.load.rest.is_some();
        self.stop_pages(env);
    }

    /// Makes what failed absent again, so that it is asked for. Returns whether there was anything.
    pub(in crate::app) fn retry_pages(&mut self, now: Moment) -> bool {
        let was_stopped = self.load.stopped.take().is_some();
        let retries = self.store.retry_failed() || was_stopped;
        if retries && self.needs_rest() {
            self.load.declined = false;
            self.load_rest_by_itself(now);
        }
        retries
    }

    /// Answers to the old credential are answers to another question: what is under way is asked again.
    pub(in crate::app) fn begin_generation(&mut self, env: &mut Env<'_>) {
        self.load.generation += 1;
        env.out.task(Task::CancelPages(self.id));
        self.store.forget_loading();
    }

    /// Begins to refresh the list. What is held stays until its new reading arrives; it is asked for at once where
    /// that takes few requests, else as the viewport comes to it.
    pub(in crate::app) fn refresh(&mut self, env: &mut Env<'_>) {
        self.load.generation += 1;
        self.load.stopped = None;
        self.load.declined = false;
        env.out.task(Task::CancelPages(self.id));
        self.store.read_again();
        self.gone.clear();
        self.marks.grow_old();
        self.load.rest = None;
        self.load.refreshes = self.store.held() <= BY_ITSELF;
        if self.needs_rest() {
            self.load_rest_by_itself(env.now);
        }
    }

    /// Whether the page of the row under the cursor could not be read.
    #[must_use]
    pub fn cursor_is_on_failed_page(&self) -> bool {
        let page = match self.row(self.cursor.row()) {
            Some(Row::Absent { page, .. }) => Some(page),
            _ => None,
        };
        page.is_some_and(|page| matches!(self.store.page_state(page), PageState::Failed(_)))
    }

    fn stop_pages(&mut self, env: &mut Env<'_>) {
        self.load.rest = None;
        self.load.refreshes = false;
        env.out.task(Task::CancelPages(self.id));
        self.store.forget_loading();
    }
}
