//! What time it is, as the messages tell it. The app has no clock of its own.

use crate::cube::Moment;

/// After this many seconds without an answer the screen counts them.
const LONG: u64 = 3;

/// The time of the last message.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// When the last message came.
    pub now: Moment,
    /// Counts the ticks, for what turns while we wait.
    pub ticks: usize,
    /// When Cube was last asked for something or last answered. `None` before the first question.
    heard: Option<Moment>,
}

impl Clock {
    /// A clock that has heard nothing yet.
    #[must_use]
    pub fn new(now: Moment) -> Self {
        Self { now, ticks: 0, heard: None }
    }

    /// Cube was asked, or answered, just now.
    pub(in crate::app) fn hear(&mut self) {
        self.heard = Some(self.now);
    }

    /// For how many seconds Cube has been silent. `None` while that is too short to mention.
    #[must_use]
    pub fn silence(&self) -> Option<u64> {
        let seconds = self.now.seconds_since(self.heard?);
        (seconds >= LONG).then_some(seconds)
    }
}
