//! The one gate through which every request goes: how many are on the wire, and when none may go at all.
//! Which page goes first is not decided here; whoever asks for pages never asks for more than may go at once.
//!
//! ```text
//!            ┌─ pause: Cube said Retry-After ─┐   ┌─ shared: `at_once` places ─┐
//! page   ────┤                                ├───┤                            ├──▶ wire
//! lookup ────┤                                ├───┴─ kept: 1 place, lookups ───┴──▶ wire
//! change ────┤                                ├───── own: 1 place ───────────────▶ wire
//! calls  ────┤                                ├───── own: 1 place ───────────────▶ wire
//!            └────────────────────────────────┘
//! ```

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, sleep_until};

use crate::cube::moment::Moment;

/// Who wants to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// One customer, whom somebody waits for: there is always a place that no page can take.
    Lookup,
    /// A page or the labels.
    List,
    /// A change: one at a time.
    Write,
    /// What no one waits for as for a page, such as calls: one at a time, and no page waits for it.
    Background,
}

/// A wait that Cube asked for; nothing is sent before it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// When it will be over.
    pub until: Moment,
    /// The status by which Cube asked for it: 429 for too many requests, 503 for maintenance.
    pub status: u16,
}

/// A place on the wire. Dropping it, as cancelling a request does, gives it back.
pub(super) struct Permit(#[expect(dead_code, reason = "held for its Drop alone")] OwnedSemaphorePermit);

pub(super) struct Gate {
    shared: Arc<Semaphore>,
    kept: Arc<Semaphore>,
    write: Arc<Semaphore>,
    background: Arc<Semaphore>,
    pause: Arc<Pause>,
}

struct Pause {
    until: Mutex<Option<Instant>>,
    told: watch::Sender<Option<Wait>>,
}

impl Gate {
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            shared: Arc::new(Semaphore::new(at_once.clamp(1, Semaphore::MAX_PERMITS))),
            kept: Arc::new(Semaphore::new(1)),
            write: Arc::new(Semaphore::new(1)),
            background: Arc::new(Semaphore::new(1)),
            pause: Arc::new(Pause { until: Mutex::new(None), told: watch::Sender::new(None) }),
        }
    }

    /// Waits for a turn. Dropping the future leaves the queue; `None` never comes while the gate exists.
    pub(super) async fn pass(&self, lane: Lane) -> Option<Permit> {
        loop {
            self.pause.over().await;
            let place = self.place(lane).await?;
            // A pause may have begun while we stood in the queue.
            if self.pause.left().is_none() {
                return Some(place);
            }
        }
    }

    async fn place(&self, lane: Lane) -> Option<Permit> {
        let shared = Arc::clone(&self.shared).acquire_owned();
        let permit = match lane {
            Lane::List => shared.await,
            Lane::Write => Arc::clone(&self.write).acquire_owned().await,
            Lane::Background => Arc::clone(&self.background).acquire_owned().await,
            Lane::Lookup => tokio::select! {
                biased;
                kept = Arc::clone(&self.kept).acquire_owned() => kept,
                shared = shared => shared,
            },
        };
        permit.ok().map(Permit)
    }

    /// Lets nothing pass for this time from now on; a pause that ends later stays as it is.
    /// `began` is the moment from which it is told to last.
    pub(super) fn pause(&self, time: Duration, status: u16, began: Moment) {
        let now = Instant::now();
        let Some(end) = now.checked_add(time) else { return };
        let mut until = self.pause.until();
        let already = until.filter(|until| *until > now);
        if time.is_zero() || already.is_some_and(|until| until >= end) {
            return;
        }
        *until = Some(end);
        let seconds = time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0));
        if let Some(until) = began.after(seconds) {
            self.pause.told.send_replace(Some(Wait { until, status }));
        }
        if already.is_none() {
            tokio::spawn(Pause::tell_its_end(Arc::clone(&self.pause)));
        }
    }

    pub(super) fn waiting(&self) -> watch::Receiver<Option<Wait>> {
        self.pause.told.subscribe()
    }
}

impl Pause {
    fn until(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn left(&self) -> Option<Instant> {
        self.until().filter(|until| *until > Instant::now())
    }

    async fn over(&self) {
        while let Some(until) = self.left() {
            sleep_until(until).await;
        }
    }

    /// Takes the wait back from those who show it, also when no request waits for its end any more.
    async fn tell_its_end(self: Arc<Self>) {
        self.over().await;
        // Under the lock, so that a pause that begins right now is not taken back.
        let until = self.until();
        if until.is_none_or(|until| until <= Instant::now()) {
            self.told.send_replace(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    const NOON: Moment = Moment::at(1_732_968_000, 12, 0);

    #[tokio::test]
    async fn a_lookup_never_waits_behind_pages() {
        let gate = Gate::new(2);
        let pages = [gate.pass(Lane::List).await, gate.pass(Lane::List).await];
        assert!(pages.iter().all(Option::is_some));
        assert!(gate.pass(Lane::List).now_or_never().is_none());
        let lookup = gate.pass(Lane::Lookup).now_or_never().flatten();
        assert!(lookup.is_some());
        assert!(gate.pass(Lane::Lookup).now_or_never().is_none(), "one place is kept, not more");
    }

    #[tokio::test]
    async fn what_goes_on_in_the_background_goes_one_by_one_and_no_page_waits_for_it() {
        let gate = Gate::new(1);
        let calls = gate.pass(Lane::Background).now_or_never().flatten();
        assert!(calls.is_some());
        assert!(gate.pass(Lane::Background).now_or_never().is_none());
        assert!(gate.pass(Lane::List).now_or_never().flatten().is_some());
    }

    #[tokio::test]
    async fn lookups_use_free_places_of_pages() {
        let gate = Gate::new(1);
        let lookups = [gate.pass(Lane::Lookup).await, gate.pass(Lane::Lookup).await];
        assert!(lookups.iter().all(Option::is_some));
        assert!(gate.pass(Lane::Lookup).now_or_never().is_none());
    }

    #[tokio::test]
    async fn a_dropped_place_or_a_left_queue_lets_the_next_one_pass() {
        let gate = Gate::new(1);
        let place = gate.pass(Lane::List).await;
        let mut queued = Box::pin(gate.pass(Lane::List));
        assert!(queued.as_mut().now_or_never().is_none());
        drop(queued);
        drop(place);
        assert!(gate.pass(Lane::List).now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_everything_and_is_told_and_taken_back() {
        let gate = Gate::new(4);
        let mut waiting = gate.waiting();
        assert_eq!(*waiting.borrow_and_update(), None);
        let start = Instant::now();
        gate.pause(Duration::from_secs(3), 429, NOON);
        let told = Wait { until: Moment::at(1_732_968_003, 12, 0), status: 429 };
        assert_eq!(*waiting.borrow_and_update(), Some(told));
        assert!(gate.pass(Lane::Lookup).now_or_never().is_none());
        assert!(gate.pass(Lane::List).now_or_never().is_none());
        assert!(gate.pass(Lane::Lookup).await.is_some());
        assert!(start.elapsed() >= Duration::from_secs(3));
        waiting.changed().await.unwrap();
        assert_eq!(*waiting.borrow(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_longer_pause_replaces_a_shorter_one_but_not_the_other_way_round() {
        let gate = Gate::new(4);
        let start = Instant::now();
        gate.pause(Duration::from_secs(3), 429, NOON);
        gate.pause(Duration::from_secs(10), 503, NOON);
        gate.pause(Duration::from_secs(1), 429, NOON);
        assert_eq!(gate.waiting().borrow().map(|wait| wait.status), Some(503));
        gate.pass(Lane::List).await;
        assert!(start.elapsed() >= Duration::from_secs(10));
    }

    #[tokio::test(start_paused = true)]
    async fn who_queued_before_a_pause_waits_for_its_end() {
        let gate = Gate::new(1);
        let place = gate.pass(Lane::List).await;
        let mut queued = Box::pin(gate.pass(Lane::List));
        assert!(queued.as_mut().now_or_never().is_none());
        gate.pause(Duration::from_secs(5), 429, NOON);
        let start = Instant::now();
        drop(place);
        queued.await;
        assert!(start.elapsed() >= Duration::from_secs(5));
    }
}
