//! The parts of a row's search text, to one of which a query may restrict a word.

use crate::cube::StandardField;
use crate::list::row_text::FIELD_END;

/// A part of the search text of a row: what `name:`, `phone:`, `email:` and `id:` name among customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `crm__customer_id`.
    Id,
    /// The customer's name.
    Name,
    /// Any of the three phone numbers.
    Phone,
    /// The e-mail address.
    Email,
}

impl Part {
    /// The part that a standard field belongs to.
    #[must_use]
    pub fn of(field: StandardField) -> Self {
        match field {
            StandardField::Id => Self::Id,
            StandardField::Name => Self::Name,
            StandardField::Phone1 | StandardField::Phone2 | StandardField::Phone3 => Self::Phone,
            StandardField::Email => Self::Email,
        }
    }

    /// The standard fields that belong to it.
    pub(crate) fn fields(self) -> impl Iterator<Item = StandardField> {
        StandardField::ALL.into_iter().filter(move |field| Self::of(*field) == self)
    }

    /// Where the part begins in a row's search text.
    pub(crate) fn start(self, row: &[u8]) -> usize {
        let fields_before = match self {
            Self::Id => return 0,
            Self::Name => 1,
            Self::Phone => 2,
            Self::Email => 5,
        };
        let end = memchr::memchr_iter(FIELD_END as u8, row).nth(fields_before - 1);
        end.map_or(row.len(), |end| end + 1)
    }

    /// Whether it goes on behind this text, which it begins with.
    pub(crate) fn goes_on(self, text: &[u8]) -> bool {
        self == Self::Email
            || memchr::memchr_iter(FIELD_END as u8, text).count() < if self == Self::Phone { 3 } else { 1 }
    }

    /// The part that holds the byte at `at` of a row's search text.
    pub(crate) fn at(row: &[u8], at: usize) -> Self {
        let before = row.get(..at).unwrap_or_default();
        match memchr::memchr_iter(FIELD_END as u8, before).count() {
            0 => Self::Id,
            1 => Self::Name,
            2..=4 => Self::Phone,
            _ => Self::Email,
        }
    }
}
