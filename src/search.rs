//! The search: what a person types becomes a query, and the query finds rows and orders them by rank.
//!
//! ```text
//! line ─ Query::search ─▶ Query ────────────────────────┐
//!                                                       ├─ run ─▶ PageHits of each page ─▶ Found: rows by rank
//! Store ─ Store::searchable ─▶ Searchable ─▶ Unsearched ┘
//! ```

pub mod alike;
mod caller;
pub mod counts;
mod custom;
mod divided;
mod filter;
mod found;
mod highlight;
mod names;
mod needle;
mod part;
mod phone;
mod pieces;
mod query;
mod rank;
mod run;
mod same;
pub mod sort;

#[cfg(test)]
mod tests;

pub use caller::{caller, count_hits};
pub use filter::{BadFilter, Condition, WhyBad};
pub use found::{Found, PageHits};
pub use highlight::{highlight, highlight_anywhere, highlight_field, joined, match_elsewhere};
pub use part::Part;
pub use query::{Query, Reach, UnknownField, is_number};
pub use rank::Rank;
pub use run::{Unsearched, Wider, run};
pub use same::{Same, same};
