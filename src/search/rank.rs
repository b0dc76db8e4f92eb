//! The rank of a hit: what orders the rows that a search finds.

/// How good a match is; the smallest is shown first. Within one rank, Cube's order holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The whole id.
    ExactId,
    /// The beginning of the id.
    IdPrefix,
    /// A whole phone number.
    ExactPhone,
    /// The beginning of a word.
    WordStart,
    /// Anywhere else.
    Inside,
}

impl Rank {
    /// All ranks, best first.
    pub const ALL: [Self; 5] =
        [Self::ExactId, Self::IdPrefix, Self::ExactPhone, Self::WordStart, Self::Inside];
}

/// The rank of a row that was not found, where ranks are held as bytes. It is behind every [`Rank`].
pub(crate) const NO_HIT: u8 = u8::MAX;
