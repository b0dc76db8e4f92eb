//! What the server has seen: one entry a request, for tests to count and to wait for. No request's body is kept,
//! and no credential.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;

/// One request, as it stood on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The method in capitals.
    pub method: String,
    /// The path with its query, not decoded.
    pub path: String,
    /// Which page of the list was asked for, past its end too; `None` when it was not the list or not a page.
    pub page: Option<u64>,
    /// Whether any `Authorization` header was there.
    pub has_authorization: bool,
    /// Whether the credential was the right one.
    pub is_authorized: bool,
    /// The `Host` header.
    pub host: Option<String>,
    /// The `Accept` header.
    pub accept: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// How many requests, this one among them, were waiting for their answer when it came.
    pub in_flight: usize,
}

/// The record of all requests. A clone is another handle to the same record.
#[derive(Clone)]
pub struct Log(Arc<watch::Sender<Record>>);

#[derive(Default)]
struct Record {
    seen: Vec<Seen>,
    in_flight: usize,
    most_in_flight: usize,
}

impl Log {
    /// Every request so far, in the order of arrival.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.0.borrow().seen.clone()
    }

    /// The pages of the list that were asked for, in the order of arrival and as often as they were.
    #[must_use]
    pub fn pages(&self) -> Vec<u64> {
        self.0.borrow().seen.iter().filter_map(|seen| seen.page).collect()
    }

    /// How many requests are waiting for their answer now; one given up by its client no longer counts.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.0.borrow().in_flight
    }

    /// The most requests that ever waited at the same time.
    #[must_use]
    pub fn most_in_flight(&self) -> usize {
        self.0.borrow().most_in_flight
    }

    /// Waits until at least `requests` have arrived since the start or the last [`Log::clear`].
    pub async fn arrived(&self, requests: usize) {
        self.until(|record| record.seen.len() >= requests).await;
    }

    /// Waits until no request is waiting for its answer.
    pub async fn quiet(&self) {
        self.until(|record| record.in_flight == 0).await;
    }

    /// Forgets what was seen; requests that still wait go on counting as in flight.
    pub fn clear(&self) {
        self.0.send_modify(|record| {
            record.seen.clear();
            record.most_in_flight = record.in_flight;
        });
    }

    /// Records `seen`, filling in its `in_flight`, and holds it in flight until the answer drops what it gets.
    pub(super) fn enter(&self, mut seen: Seen) -> InFlight {
        self.0.send_modify(|record| {
            record.in_flight += 1;
            record.most_in_flight = record.most_in_flight.max(record.in_flight);
            seen.in_flight = record.in_flight;
            record.seen.push(seen);
        });
        InFlight(self.clone())
    }

    async fn until(&self, holds: impl FnMut(&Record) -> bool) {
        // It fails only without a sender, and this handle is one.
        let _ = self.0.subscribe().wait_for(holds).await;
    }
}

impl Default for Log {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Record::default())))
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").field("requests", &self.0.borrow().seen.len()).finish_non_exhaustive()
    }
}

/// A request that waits for its answer, for as long as this lives.
pub(super) struct InFlight(Log);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.0.send_modify(|record| record.in_flight -= 1);
    }
}
