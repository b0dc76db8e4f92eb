//! The lines between two groups of rows.

use crate::text::grouped;

/// A line between two groups of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divider {
    /// Above the customers who were looked up and whose pages are not loaded.
    LookedUp,
    /// Above Cube's list, below the customers who were looked up.
    List,
    /// Above the hits in other fields than id, name, phone and e-mail; how many there are.
    OtherFields(usize),
    /// Above customers with names that are spelled alike: how many of them are rows, and how many there are.
    Alike {
        /// How many are below.
        shown: usize,
        /// How many there are.
        all: usize,
    },
}

impl Divider {
    /// What is said in the line. `labels` are the fields in which the rows below that are on the screen match.
    #[must_use]
    pub fn said(&self, labels: &[String]) -> String {
        match self {
            Self::LookedUp => "looked up by ID".to_owned(),
            Self::List => "the list".to_owned(),
            Self::OtherFields(hits) if labels.is_empty() => {
                format!("{} in other fields", grouped(*hits as u64))
            }
            Self::Alike { shown, all } if shown < all => {
                format!("spelled alike: the nearest {} of {}", grouped(*shown as u64), grouped(*all as u64))
            }
            Self::Alike { all, .. } => format!("{} spelled alike", grouped(*all as u64)),
            Self::OtherFields(hits) => {
                format!("{} in other fields: {}", grouped(*hits as u64), labels.join(", "))
            }
        }
    }
}
