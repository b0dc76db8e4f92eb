//! The rank of a hit: what orders the rows that a search finds.

/// How good a match is; the smallest is shown first. Within one rank, Cube's order holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The whole id.
    ExactId,
    /// A whole phone number.
    ExactPhone,
    /// The beginning of the id.
    IdPrefix,
    /// The beginning of a word.
    WordStart,
    /// The last digits of a phone number, four or more; or all of one whose country was not written and may be another.
    NumberEnd,
    /// The form of a company in its name, as `AS`.
    CompanyForm,
    /// Anywhere else in the standard fields.
    Inside,
    /// In a custom field, or in any other field than the standard ones.
    OtherField,
}

impl Rank {
    /// All ranks, best first.
    pub const ALL: [Self; 8] = [
        Self::ExactId,
        Self::ExactPhone,
        Self::IdPrefix,
        Self::WordStart,
        Self::NumberEnd,
        Self::CompanyForm,
        Self::Inside,
        Self::OtherField,
    ];
}

/// The rank of a row that was not found, where ranks are held as bytes. It is behind every [`Rank`].
pub(crate) const NO_HIT: u8 = u8::MAX;
