//! What has happened: the only way in which anything reaches the app.

use crate::cube::{Error, Reading, Wait};
use crate::fields::{FieldMap, Source};
use crate::list::Segment;
use crate::search::PageHits;
use crossterm::event::KeyEvent;
use std::sync::Arc;

/// One event. Answers carry the ticket or the generation of the question, so that late ones can be dropped.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key was pressed.
    Pressed(KeyEvent),
    /// Text was pasted.
    Pasted(String),
    /// The terminal has this many columns and rows.
    Resized(u16, u16),
    /// A page was read, or could not be.
    PageArrived {
        /// The reading of the list that asked for it.
        generation: u64,
        /// Its number.
        number: u32,
        /// Its records.
        result: Result<Arc<Segment>, Arc<Error>>,
    },
    /// A customer was read by id, or could not be.
    CustomerArrived {
        /// The question.
        ticket: u64,
        /// The record as it is now.
        result: Result<Reading, Arc<Error>>,
    },
    /// Labels of the custom fields were read, or could not be.
    LabelsArrived(Result<Labels, Arc<Error>>),
    /// A search ended.
    Searched {
        /// The question.
        ticket: u64,
        /// What was found on each page that was searched.
        hits: Vec<(u32, Arc<PageHits>)>,
    },
    /// Names near to words that nobody has were looked for.
    Suggested {
        /// The question.
        ticket: u64,
        /// The names, the nearest first.
        names: Vec<String>,
    },
    /// The client has the credential that was typed.
    SecretTaken,
    /// What was typed can't be a credential, and why.
    SecretRefused(String),
    /// Nobody keeps what opens another profile: it is to be typed.
    SecretWanted {
        /// The profile.
        profile: String,
        /// What is to be typed, and why.
        why: String,
    },
    /// Another profile could not be opened, and why; this one stays.
    ProfileFailed(String),
    /// Cube asked to be left alone for a while, or that while is over.
    Waiting(Option<Wait>),
    /// Time has passed while something that shows time is on the screen.
    Ticked,
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
