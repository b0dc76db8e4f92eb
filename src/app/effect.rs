//! What the app wants done. Plain data: `runtime` and its caller do it and answer with a [`Msg`](crate::app::Msg).

use crate::app::layers::form::Draft;
use crate::app::{CallerAnswer, CallsOf, ExportOrder, ListId, Recent, SavedViews, Ticket, Typed};
use crate::cube::{Change, CustomerId, List, StandardField, Writing};
use crate::list::Searchable;
use crate::search::sort::Order;
use crate::search::{Found, Query, Unsearched};
use crate::text::SafeText;
use std::sync::Arc;

/// One thing to do, by who does it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// A request or a search, which ends in a message.
    Task(Task),
    /// Done by the owner of the terminal.
    Terminal(TerminalCall),
    /// Done by whoever knows the settings and the credentials.
    Session(SessionCall),
}

/// A request or a search, or the end of one.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Fetch a page of a list.
    FetchPage {
        /// The list.
        list: ListId,
        /// The reading of the list that the page belongs to.
        generation: u64,
        /// The page's number, from 1.
        number: u32,
    },
    /// Drop all requests for pages of a list.
    CancelPages(ListId),
    /// Fetch one customer by id, from the ticket's list.
    FetchCustomer {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The customer.
        id: CustomerId,
        /// Whether the other lists of the account are asked too when this one does not have the customer.
        or_elsewhere: bool,
    },
    /// Drop a request for a customer.
    CancelCustomer(Ticket),
    /// Send a change of one customer, in the ticket's list. It was reviewed and confirmed.
    Write {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Whether the customer is changed or created.
        writing: Writing,
        /// What is sent.
        change: Arc<Change>,
    },
    /// Look for customers with the same values as a new one.
    FindSame {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The fields and what was typed into them.
        wanted: Vec<(StandardField, String)>,
        /// Where to look.
        pages: Vec<Unsearched>,
    },
    /// Fetch the labels of the custom fields.
    FetchLabels,
    /// Search these pages; an older search of the list is dropped.
    Search {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to search for.
        query: Arc<Query>,
        /// Where to search.
        pages: Vec<Unsearched>,
    },
    /// Look for customers with names that are spelled alike; a search of the list drops it.
    Alike {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What was typed.
        text: String,
        /// What it means.
        query: Arc<Query>,
        /// Where to look, with the hits of the query.
        pages: Vec<Unsearched>,
    },
    /// Drop the search of a list.
    CancelSearch(ListId),
    /// Sort the customers of these pages; an older sort is dropped.
    Sort {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to sort by.
        orders: Vec<Order>,
        /// Whom to sort.
        pages: Vec<Searchable>,
        /// Only these of them. `None` for all.
        among: Option<Arc<Found>>,
    },
    /// Drop the sort of a list.
    CancelSort(ListId),
    /// Look for the customers who are known by a number or an address.
    FindCaller {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The number or the address.
        text: String,
        /// Where to look.
        pages: Vec<Unsearched>,
    },
    /// Fetch a page of a list of calls.
    FetchCalls {
        /// The list.
        list: ListId,
        /// The reading of the list that the page belongs to.
        generation: u64,
        /// The page's number, from 1.
        number: u32,
        /// Whose calls, and of which days.
        of: CallsOf,
    },
    /// Put the names of customers to their calls.
    NameCalls {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The calls.
        calls: Vec<Searchable>,
        /// The customers.
        customers: Vec<Searchable>,
    },
    /// Count the hits of several queries.
    CountHits {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to search for.
        queries: Vec<Arc<Query>>,
        /// Where to search.
        pages: Vec<Unsearched>,
    },
    /// Run a program with its arguments, and say when it fails.
    Run(Vec<String>),
    /// Count the values of every field on these pages; an older count is dropped.
    CountFields {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Where to count.
        pages: Vec<Searchable>,
    },
    /// Count the values of a field; an older count is dropped.
    CountValues {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The field's key.
        key: Arc<str>,
        /// Where to count.
        pages: Vec<Searchable>,
        /// Only these customers. `None` for all.
        among: Option<Arc<Found>>,
    },
    /// Drop the count.
    CancelCount,
}

impl Task {
    /// Whether Cube is asked for something.
    #[must_use]
    pub fn asks_cube(&self) -> bool {
        match self {
            Self::FetchCalls { .. }
            | Self::FetchPage { .. }
            | Self::FetchCustomer { .. }
            | Self::Write { .. }
            | Self::FetchLabels => true,
            Self::CancelPages(_)
            | Self::CancelCustomer(_)
            | Self::Search { .. }
            | Self::Alike { .. }
            | Self::FindSame { .. }
            | Self::FindCaller { .. }
            | Self::CountHits { .. }
            | Self::NameCalls { .. }
            | Self::Run(_)
            | Self::CancelSearch(_)
            | Self::Sort { .. }
            | Self::CancelSort(_)
            | Self::CountFields { .. }
            | Self::CountValues { .. }
            | Self::CancelCount => false,
        }
    }
}

/// What only the owner of the terminal can do.
#[derive(Debug, Clone, PartialEq)]
pub enum TerminalCall {
    /// Hand a text to the terminal's clipboard.
    Copy(SafeText<'static>),
    /// Give the terminal to the shell until the shell gives it back.
    Suspend,
    /// Clear the screen and draw all of it again.
    Repaint,
}

/// What only whoever knows the settings can do.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionCall {
    /// Use this credential from now on.
    UseCredential(Typed),
    /// Close this profile and open another one.
    OpenProfile {
        /// The profile's name.
        name: String,
        /// Which of its lists. `None` for the first one.
        list: Option<List>,
        /// The credential, where it was typed.
        typed: Option<Typed>,
    },
    /// Read the account's mapping file again: it may have changed.
    ReadLabels,
    /// Keep what was typed into forms and not sent, where the profile wants that.
    KeepDrafts(Vec<Draft>),
    /// Keep whose cards were opened, where the profile wants that: of each the id alone.
    KeepRecents(Vec<Recent>),
    /// Answer the program that handed a caller over.
    AnswerCaller(u64, CallerAnswer),
    /// Keep how wide the card is for the next start.
    KeepCardWidth(u16),
    /// Keep the columns, the order and the views of the list for the next start.
    KeepViews(SavedViews),
    /// Write customers into a file.
    Export(Box<ExportOrder>),
    /// Stop writing it; no file is left.
    StopExport,
    /// Complete this path.
    CompletePath(String),
    /// End the program.
    Quit,
}
