//! What was learnt about the last slash of Cube's paths.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::cube::route::{Route, Slash};

/// For each kind of route, whether Cube wants its last slash the other way round than documented.
#[derive(Default)]
pub(super) struct Slashes {
    pages: AtomicBool,
    customers: AtomicBool,
    labels: AtomicBool,
    campaigns: AtomicBool,
    calls: AtomicBool,
}

impl Slashes {
    pub(super) fn of(&self, route: Route<'_>) -> Slash {
        if self.place(route).load(Ordering::Relaxed) { Slash::Flipped } else { Slash::AsDocumented }
    }

    pub(super) fn remember(&self, route: Route<'_>, slash: Slash) {
        self.place(route).store(slash == Slash::Flipped, Ordering::Relaxed);
    }

    fn place(&self, route: Route<'_>) -> &AtomicBool {
        match route {
            Route::Page(_) => &self.pages,
            Route::Customer(_) => &self.customers,
            Route::Labels => &self.labels,
            Route::Campaigns => &self.campaigns,
            Route::Calls(..) => &self.calls,
        }
    }
}
