//! A clock that stands still until a test moves it, so that time limits of minutes cost nothing and hang on nothing.

use crate::harness::Screen;
use std::time::Duration;
use tokio::task::{JoinHandle, yield_now};
use tokio::time::{Instant, advance, pause};

/// So often everybody gets a turn before time is taken to pass; what lies in a socket is read meanwhile.
const TURNS: usize = 500;

/// The clock of a test, which must run on one thread. It goes on by itself when this is dropped.
pub(crate) struct StillClock {
    /// Is always busy: a paused clock runs ahead as soon as nobody has anything to do, also while bytes are on their way.
    busy: JoinHandle<()>,
    start: Instant,
}

impl StillClock {
    pub(crate) fn new() -> Self {
        pause();
        let busy = tokio::spawn(async {
            loop {
                yield_now().await;
            }
        });
        Self { busy, start: Instant::now() }
    }

    /// Lets everybody do what there is to do, then this much time pass at once.
    pub(crate) async fn pass(&self, time: Duration) {
        turns().await;
        advance(time).await;
        turns().await;
    }

    /// How much time has passed.
    pub(crate) fn passed(&self) -> Duration {
        self.start.elapsed()
    }

    /// Lets seconds pass until nothing is under way on the screen.
    pub(crate) async fn settle(&self, mut screen: Screen) -> Screen {
        while screen.is_busy() {
            screen.take_what_is_ready();
            if screen.is_busy() {
                self.pass(Duration::from_secs(1)).await;
            }
        }
        screen.settle().await
    }
}

impl Drop for StillClock {
    fn drop(&mut self) {
        self.busy.abort();
    }
}

async fn turns() {
    for _ in 0..TURNS {
        yield_now().await;
    }
}
