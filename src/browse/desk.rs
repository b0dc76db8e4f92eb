//! What runs for the open account, and what the model wants of its session, whichever front shows it.

use super::kept::Kept;
use super::{drafts, recents, views};
use crate::app::{Draft, Msg, SavedViews, SessionCall, SessionReply};
use crate::cube::Moment;
use crate::runtime::Engine;
use crate::session::Session;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The open account and what runs for it.
pub(super) struct Desk<'a> {
    pub(super) engine: &'a mut Engine,
    pub(super) session: &'a Session,
    /// Set to stop the file that is being written.
    pub(super) export: &'a mut Option<Arc<AtomicBool>>,
}

impl Desk<'_> {
    /// Does what the model wants of the session. A call that only the front can do comes back.
    pub(super) fn fulfil(&mut self, call: SessionCall) -> Option<SessionCall> {
        match call {
            SessionCall::Export(order) => self.export(*order),
            SessionCall::StopExport => self.stop_export(),
            SessionCall::CompletePath(typed) => self.complete_path(typed),
            SessionCall::ReadLabels => {
                let labels = self.session.labels();
                self.answer(SessionReply::LabelsRead(labels.into()));
            }
            SessionCall::KeepDrafts(drafts) => {
                // What is not kept stays in memory.
                if let Err(why) = self.write_drafts(&drafts) {
                    self.answer(SessionReply::DraftsNotKept(why.to_string()));
                }
            }
            SessionCall::KeepViews(views) => self.keep_views(views),
            SessionCall::KeepRecents(recents) => {
                // Where that can't be done they stay in memory.
                let _ = recents::keep(&self.session.folders, &self.session.account.name(), &recents);
            }
            SessionCall::KeepCardWidth(width) => {
                // The width is kept for the next start only where that can be done.
                let _ = Kept { card_width: Some(width) }.write(&self.session.folders);
            }
            SessionCall::UseCredential(_)
            | SessionCall::OpenProfile { .. }
            | SessionCall::AnswerCaller(..)
            | SessionCall::Quit => return Some(call),
        }
        None
    }

    /// Ends what would go on, and keeps what is still being typed: the terminal can be gone before a form was closed.
    pub(super) fn end(&mut self) {
        self.stop_export();
        let app = &self.engine.app;
        if app.session.account.keeps_drafts {
            // The program ends: nothing can be said any more.
            let _ = self.write_drafts(&app.unsent());
        }
    }

    /// Gives the model the session's answer.
    pub(super) fn answer(&mut self, reply: SessionReply) {
        self.engine.happened(Msg::Session(reply));
    }

    fn write_drafts(&self, drafts: &[Draft]) -> io::Result<()> {
        drafts::keep(&self.session.folders, &self.session.account.name(), drafts, Moment::now())
    }

    fn keep_views(&mut self, views: SavedViews) {
        if let Err(why) = views::keep(&self.session.views_of(), views, &self.session.folders) {
            self.answer(SessionReply::ColumnsNotKept(why.to_string()));
        }
    }
}
