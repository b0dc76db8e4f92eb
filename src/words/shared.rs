//! What is said of customers who share a value, and of two side by side.

use super::{Keys, noun};
use crate::keys::Action;
use crate::language::tr;
use crate::list::Scope;
use crate::text::grouped;

/// What is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedBy {
    /// A phone number.
    Phone,
    /// The e-mail address.
    Email,
    /// The name and the city.
    NameAndCity,
}

impl SharedBy {
    /// What it is called.
    #[must_use]
    pub fn said(self) -> String {
        match self {
            Self::Phone => tr!("phone"),
            Self::Email => tr!("e-mail"),
            Self::NameAndCity => tr!("name and city"),
        }
    }
}

/// "2 others".
#[must_use]
pub fn others(count: usize) -> String {
    noun::others(count as u64)
}

/// "same phone as 2 others, same e-mail as 1 other (1,000 of 12,340 searched) · s lists them".
#[must_use]
pub fn shared(shared: &[(SharedBy, usize)], scope: &Scope, keys: &Keys<'_>) -> String {
    let parts = shared
        .iter()
        .map(|(by, count)| tr!("same {by} as {others}", by = by.said(), others = others(*count)));
    let parts = parts.collect::<Vec<_>>().join(", ");
    let loaded = grouped(scope.loaded as u64);
    let searched = match scope.count.filter(|_| !scope.is_all()) {
        Some(count) => tr!(" ({loaded} of {count} searched)", loaded, count = grouped(count)),
        None => String::new(),
    };
    tr!("{parts}{searched} · {key} lists them", parts, searched, key = keys.key(Action::Shared))
}

/// The heading of two customers side by side.
#[must_use]
pub fn side_by_side() -> String {
    tr!("Side by side: what differs first")
}

/// "12 fields are equal · a shows them".
#[must_use]
pub fn equal_fields(count: usize, are_shown: bool, keys: &Keys<'_>) -> String {
    let key = keys.key(Action::AllFields);
    let number = grouped(count as u64);
    match count {
        0 => tr!("No field is equal"),
        count if are_shown => tr!(
            "{number} field is equal · {key} hides it"
                | "{number} fields are equal · {key} hides them" % count,
            number,
            key
        ),
        count => tr!(
            "{number} field is equal · {key} shows it"
                | "{number} fields are equal · {key} shows them" % count,
            number,
            key
        ),
    }
}
