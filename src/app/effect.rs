//! What the app wants done. Plain data: `runtime` does it and answers with a [`Msg`](crate::app::Msg).

use crate::app::Typed;
use crate::cube::CustomerId;
use crate::list::Searchable;
use crate::search::{Query, Unsearched};
use crate::text::SafeText;
use std::sync::Arc;

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask Cube for a page of the list.
    FetchPage {
        /// The reading of the list it belongs to.
        generation: u64,
        /// Its number, from 1.
        number: u32,
    },
    /// Drop all page requests that are under way.
    CancelPages,
    /// Ask Cube for one customer.
    FetchCustomer {
        /// Comes back with the answer.
        ticket: u64,
        /// Who.
        id: CustomerId,
    },
    /// Drop a question for a customer.
    CancelCustomer {
        /// Which question.
        ticket: u64,
    },
    /// Ask Cube for the labels of the custom fields.
    FetchLabels,
    /// Search these pages; an older search is dropped.
    Search {
        /// Comes back with the answer.
        ticket: u64,
        /// What for.
        query: Arc<Query>,
        /// Where.
        pages: Vec<Unsearched>,
    },
    /// Look for names that are near to words that nobody has.
    Suggest {
        /// Comes back with the answer.
        ticket: u64,
        /// The words, folded.
        words: Vec<String>,
        /// Where.
        pages: Vec<Searchable>,
    },
    /// Drop the search that is under way.
    CancelSearch,
    /// Hand a text to the terminal's clipboard.
    Copy(SafeText<'static>),
    /// Ask Cube with this credential from now on.
    UseSecret(Typed),
    /// Open another profile in the place of this one.
    OpenProfile {
        /// Its name.
        name: String,
        /// What opens it, where that was typed.
        typed: Option<Typed>,
    },
    /// Give the terminal to the shell.
    Suspend,
    /// End the program.
    Quit,
}
