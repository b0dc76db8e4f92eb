//! What has happened: the only way in which anything reaches the app.

use crate::app::{Background, FieldCounts, ListId, Ticket};
use crate::cube::{Error, FetchedCustomer, List, Wait, Written};
use crate::fields::{FieldMap, Source};
use crate::keys::Action;
use crate::list::{Segment, Slot};
use crate::search::alike::Alike;
use crate::search::counts::Counts;
use crate::search::sort::Sorted;
use crate::search::{PageHits, Same};
use crate::words::{Exported, NotExported};
use crossterm::event::{KeyEvent, MouseEvent};
use std::sync::Arc;

/// One event.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key was pressed.
    Pressed(KeyEvent),
    /// Text was pasted.
    Pasted(String),
    /// An action was asked for by its name, without a key.
    Asked(Action),
    /// A customer of the list was chosen by the number under which they were shown.
    Chosen(Slot),
    /// A button of the mouse was pressed, or its wheel turned.
    Moused(MouseEvent),
    /// The terminal has this many columns and rows.
    Resized(u16, u16),
    /// A task has ended.
    Replied(Reply),
    /// The session answers a call.
    Session(SessionReply),
    /// Cube throttles us for a while, or that while is over.
    Throttled(Option<Wait>),
    /// The terminal has said how bright its background is.
    Background(Background),
    /// Another program hands a caller over: its number, which its answer carries back, and what it says.
    Caller(u64, String),
    /// Time has passed while something that shows time is on the screen.
    Ticked,
}

/// The answer of a task. It carries the list and the ticket or generation of its question, so that a late one can be
/// dropped.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A page was read, or could not be read.
    Page {
        /// The list.
        list: ListId,
        /// The reading of the list that asked for it.
        generation: u64,
        /// The page's number.
        number: u32,
        /// The page's records.
        result: Result<Arc<Segment>, Arc<Error>>,
    },
    /// A customer was read by id, or could not be read.
    Customer {
        /// The question.
        ticket: Ticket,
        /// The list that has them.
        list: ListId,
        /// The record as it is now.
        result: Result<FetchedCustomer, Arc<Error>>,
    },
    /// A change was sent; what became of it, or why it was not taken.
    Written {
        /// The question.
        ticket: Ticket,
        /// What became of it.
        result: Result<Written, Arc<Error>>,
    },
    /// Customers with the same values as a new one were looked for.
    Same {
        /// The question.
        ticket: Ticket,
        /// The fields in which there are any.
        found: Vec<Same>,
    },
    /// The labels of the custom fields were read, or could not be read.
    Labels(Result<Labels, Arc<Error>>),
    /// A search has ended.
    Searched {
        /// The question.
        ticket: Ticket,
        /// The hits of each page that was searched.
        hits: Vec<(u32, Arc<PageHits>)>,
    },
    /// Customers were sorted.
    Sorted {
        /// The question.
        ticket: Ticket,
        /// The customers in order.
        sorted: Arc<Sorted>,
    },
    /// The values of every field were counted.
    FieldsCounted {
        /// The question.
        ticket: Ticket,
        /// The counts.
        counts: FieldCounts,
    },
    /// A caller was looked for; the customers who are known by what was said.
    CallerFound {
        /// The question.
        ticket: Ticket,
        /// The customers.
        slots: Vec<Slot>,
    },
    /// Names were put to calls.
    CallsNamed {
        /// The question.
        ticket: Ticket,
        /// The pages that have other names now.
        pages: Vec<Arc<Segment>>,
    },
    /// The hits of several queries were counted.
    HitsCounted {
        /// The question.
        ticket: Ticket,
        /// How many each query has.
        counts: Vec<usize>,
    },
    /// A program that was to be run has failed: its name, and why.
    ProgramFailed(String, String),
    /// The values of a field were counted.
    ValuesCounted {
        /// The question.
        ticket: Ticket,
        /// The counts.
        counts: Counts,
    },
    /// The search for names that are spelled alike has ended.
    Alike {
        /// The question.
        ticket: Ticket,
        /// Who has them.
        alike: Alike,
    },
}

impl Reply {
    /// Whether Cube has answered, so that it is not silent.
    pub(in crate::app) fn is_from_cube(&self) -> bool {
        match self {
            Self::Page { .. } | Self::Customer { .. } | Self::Written { .. } | Self::Labels(_) => true,
            Self::Same { .. }
            | Self::Searched { .. }
            | Self::Sorted { .. }
            | Self::FieldsCounted { .. }
            | Self::CallerFound { .. }
            | Self::CallsNamed { .. }
            | Self::HitsCounted { .. }
            | Self::ProgramFailed(..)
            | Self::ValuesCounted { .. }
            | Self::Alike { .. } => false,
        }
    }
}

/// The answer to a [`SessionCall`](crate::app::SessionCall).
#[derive(Debug, Clone)]
pub enum SessionReply {
    /// The client uses the credential that was typed.
    CredentialTaken,
    /// What was typed cannot be a credential, and why.
    CredentialRefused(String),
    /// The credential of another profile is kept nowhere: it must be typed.
    CredentialWanted {
        /// The profile.
        profile: String,
        /// Which of its lists. `None` for the first one.
        list: Option<List>,
        /// What to type, and why.
        why: String,
    },
    /// Another profile could not be opened, and why; this one stays open.
    ProfileFailed(String),
    /// The columns could not be kept for the next start, and why.
    ColumnsNotKept(String),
    /// A file was written, or not.
    Exported {
        /// The question's.
        ticket: Ticket,
        /// What is in it, or why there is none.
        result: Result<Exported, NotExported>,
    },
    /// The longest path that all names which begin as typed have in common.
    PathCompleted {
        /// What was typed.
        typed: String,
        /// The path; what was typed where nothing begins so.
        path: String,
    },
    /// What was typed into forms could not be kept for the next start, and why.
    DraftsNotKept(String),
    /// The labels that need no request, as the files have them now.
    LabelsRead(Labels),
}

/// Labels and where they come from.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// The mapping.
    pub fields: FieldMap,
    /// Where it was found.
    pub source: Source,
    /// What was wrong with it, or with a source that was tried before it; a sentence each.
    pub problems: Vec<String>,
}

impl Labels {
    /// Goes on to `next`. The labels of a file are added to those of `next`; without any here, `next` counts alone.
    pub(in crate::app) fn or(self, next: Self) -> Self {
        let problems = self.problems.into_iter().chain(next.problems).collect();
        match self.source.file() {
            Some(file) if !next.fields.is_empty() => {
                let (source, fields) = (next.source.with(file), self.fields.over(&next.fields));
                Self { fields, source, problems }
            }
            Some(_) => Self { problems, ..self },
            None => Self { problems, ..next },
        }
    }

    /// Those of them that came from Cube, or `None`.
    pub(in crate::app) fn of_cube(self) -> Option<Self> {
        let fields = match &self.source {
            Source::Added { to, .. } if **to == Source::Cube => self.fields.below()?.clone(),
            Source::Cube => self.fields,
            _ => return None,
        };
        Some(Self { fields, source: Source::Cube, problems: Vec::new() })
    }
}

impl From<crate::fields::Labels> for Labels {
    fn from(found: crate::fields::Labels) -> Self {
        let problems = found.problems();
        Self { fields: found.fields, source: found.source, problems }
    }
}
