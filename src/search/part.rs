//! The parts of a row's search text, and the names by which a query restricts a word to one of them.

use crate::cube::StandardField;
use crate::list::row_text::FIELD_END;
use crate::text;

/// A part of the search text of a row: what `name:`, `phone:`, `email:` and `id:` name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// The words that name the parts in a query, in the order in which help lists them.
    pub const NAMES: [(&'static str, Self); 4] =
        [("name", Self::Name), ("phone", Self::Phone), ("email", Self::Email), ("id", Self::Id)];

    /// What people type as well, folded: the heads of the columns, and Norwegian.
    pub(crate) const ALSO: [(&str, Self); 13] = [
        ("e-mail", Self::Email),
        ("mail", Self::Email),
        ("phone 1", Self::Phone),
        ("phone 2", Self::Phone),
    /// The standard fields that belong to it.
    pub(crate) fn fields(self) -> impl Iterator<Item = StandardField> {
        StandardField::ALL.into_iter().filter(move |field| Self::of(*field) == self)
    }

        ("phone 3", Self::Phone),
        ("phone1", Self::Phone),
        ("phone2", Self::Phone),
        ("phone3", Self::Phone),
        ("navn", Self::Name),
        ("telefon", Self::Phone),
        ("tlf", Self::Phone),
        ("mobil", Self::Phone),
        ("epost", Self::Email),
    ];

    /// The part that a name in a query means. `None` iff it means none.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        let folded = text::fold(name);
        Self::NAMES.iter().chain(&Self::ALSO).find(|(known, _)| *known == folded).map(|(_, part)| *part)
    }

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
