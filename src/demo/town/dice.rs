//! The dice that make a customer: the same throws for the same town and number, on every machine.

use fastrand::Rng;

/// A run of throws.
#[derive(Clone)]
pub(super) struct Dice(Rng);

impl Dice {
    /// The throws that belong to `number` in the town of `seed`.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        // Spread out, so that neighbours and neighbouring seeds do not share their runs.
        let mut spread = Rng::with_seed(seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        Self(Rng::with_seed(spread.u64(..)))
    }

    /// A number below `end`, which is not 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0.u64(..end)
    }

    /// A number from `first` to `last`.
    pub(super) fn between(&mut self, first: u64, last: u64) -> u64 {
        self.0.u64(first..=last)
    }

    /// Whether one of `percent` in a hundred was thrown.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `list`, which is not empty.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.0.usize(..list.len())]
    }
}
