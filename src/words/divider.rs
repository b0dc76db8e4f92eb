//! The lines between two groups of rows.

use crate::language::tr;
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
            Self::LookedUp => tr!("looked up by ID"),
            Self::List => tr!("the list"),
            Self::OtherFields(hits) if labels.is_empty() => {
                tr!("{hits} in other fields", hits = grouped(*hits as u64))
            }
            Self::Alike { shown, all } if shown < all => {
                tr!(
                    "spelled alike: the nearest {shown} of {all}",
                    shown = grouped(*shown as u64),
                    all = grouped(*all as u64)
                )
            }
            Self::Alike { all, .. } => tr!("{all} spelled alike", all = grouped(*all as u64)),
            Self::OtherFields(hits) => {
                tr!(
                    "{hits} in other fields: {labels}",
                    hits = grouped(*hits as u64),
                    labels = labels.join(", ")
                )
            }
        }
    }
}
