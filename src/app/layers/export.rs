//! The line for the file into which what the table shows is written.
//!
//! ```text
//! Typing ─ Enter ─▶ Loading ─ all is here ─▶ Writing ─▶ written: the line closes
//!    ▲                 └─ not all can be had ─▶ Partly ─ Enter ─┘   │
//!    └──────────────── there is such a file: Enter replaces it ─────┘
//! ```

use super::{Outcome, Wish};
use crate::app::{Ticket, input};
use crate::keys::Action;
use crate::words::{NotExported, Notice};
use crossterm::event::KeyEvent;
use tui_input::Input;

/// What is being done with the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportStage {
    /// The path is being typed. Why the last one could not be written, if it could not.
    Typing(Option<NotExported>),
    /// The rest of the list is loaded first.
    Loading,
    /// The rest of the list cannot be had: a person says whether what is here is written.
    Partly,
    /// The file is being written.
    Writing(Ticket),
}

/// The open line.
#[derive(Debug)]
pub struct ExportLine {
    /// The path.
    pub input: Input,
    /// What is being done with it.
    pub stage: ExportStage,
}

impl ExportLine {
    /// A line with a path to begin with.
    #[must_use]
    pub(in crate::app) fn new(path: &str) -> Self {
        Self { input: Input::new(path.to_owned()), stage: ExportStage::Typing(None) }
    }

    /// Whether Enter replaces a file that is there.
    #[must_use]
    pub fn replaces(&self) -> bool {
        matches!(self.stage, ExportStage::Typing(Some(NotExported::Exists(_))))
    }

    /// Whether something goes on that the person waits for.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self.stage, ExportStage::Loading | ExportStage::Writing(_))
    }

    /// Does what a key is for.
    pub(in crate::app) fn act(&mut self, action: Action) -> Outcome {
        match (&self.stage, action) {
            (ExportStage::Loading | ExportStage::Writing(_), Action::Back) => Outcome::Wish(Wish::StopExport),
            (ExportStage::Typing(_) | ExportStage::Partly, Action::Back) => Outcome::Wish(Wish::Close),
            (ExportStage::Typing(_), Action::Open) if self.input.value().trim().is_empty() => {
                Outcome::Wish(Wish::Say(Notice::NoPath))
            }
            (ExportStage::Typing(_) | ExportStage::Partly, Action::Open) => Outcome::Wish(Wish::Export),
            (ExportStage::Typing(_), Action::CompletePath) => {
                Outcome::Wish(Wish::CompletePath(self.input.value().to_owned()))
            }
            _ => Outcome::Ignored,
        }
    }

    /// Gives a key to the path.
    pub(in crate::app) fn type_key(&mut self, key: &KeyEvent) {
        if !self.waits() && input::edit(&mut self.input, key) {
            self.stage = ExportStage::Typing(None);
        }
    }

    /// Adds pasted text to the path.
    pub(in crate::app) fn paste(&mut self, text: &str) {
        if !self.waits() {
            input::insert(&mut self.input, text);
            self.stage = ExportStage::Typing(None);
        }
    }

    /// Takes a longer path, unless another one was typed meanwhile.
    pub(in crate::app) fn completed(&mut self, typed: &str, path: String) {
        if self.input.value() == typed && !self.waits() {
            self.input = Input::new(path);
        }
    }
}
