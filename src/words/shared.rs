//! What is said of customers who share a value, and of two side by side.

use super::Keys;
use crate::keys::Action;
use crate::list::Scope;
use crate::text::{counted, grouped};
use tr::tr;

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
    pub const fn said(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "e-mail",
            Self::NameAndCity => "name and city",
        }
    }
}

/// "2 others".
#[must_use]
pub fn others(count: usize) -> String {
    counted(count, "other")
}

/// "same phone as 2 others, same e-mail as 1 other (1,000 of 12,340 searched) · s lists them".
#[must_use]
pub fn shared(shared: &[(SharedBy, usize)], scope: &Scope, keys: &Keys<'_>) -> String {
    let parts =
        shared.iter().map(|(by, count)| tr!("same {by} as {count}", by = by.said(), count = others(*count)));
    let parts = parts.collect::<Vec<_>>().join(", ");
    let loaded = grouped(scope.loaded as u64);
    let searched = match scope.count.filter(|_| !scope.is_all()) {
        Some(count) => tr!(" ({loaded} of {count} searched)", loaded, count = grouped(count)),
        None => String::new(),
    };
    tr!("{parts}{searched} · {key} lists them", parts, searched, key = keys.key(Action::Shared))
}

/// The heading of two customers side by side.
pub const COMPARE: &str = "Side by side: what differs first";

/// "12 fields are equal · a shows them".
#[must_use]
pub fn equal_fields(count: usize, are_shown: bool, keys: &Keys<'_>) -> String {
    let does = if are_shown { "hides" } else { "shows" };
    let key = keys.key(Action::AllFields);
    match count {
        0 => tr!("No field is equal"),
        1 => tr!("1 field is equal · {key} {does} it", key, does),
        count => {
            tr!("{count} fields are equal · {key} {does} them", count = grouped(count as u64), key, does)
        }
    }
}
