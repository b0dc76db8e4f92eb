//! Callers that other programs hand to this browser. Without a folder for its socket it is a browser all the same.

use crate::app::CallerAnswer;
use crate::commands::open::inbox_name;
use crate::session::Session;
use crate::system::inbox::{self, Answer, Caller};
use std::collections::HashMap;
use tokio::sync::oneshot;

/// The socket, and the senders who wait for an answer.
pub(super) struct Inbox {
    socket: Option<inbox::Inbox>,
    waiting: HashMap<u64, oneshot::Sender<Answer>>,
    last: u64,
}

impl Inbox {
    /// Opens the socket of the browser of this account.
    pub(super) fn open(session: &Session) -> Self {
        let folder = session.folders.inbox();
        let socket =
            folder.and_then(|folder| inbox::Inbox::open(&folder, &inbox_name(&session.settings)).ok());
        Self { socket, waiting: HashMap::new(), last: 0 }
    }

    /// Another account is open now.
    pub(super) fn rename(&mut self, session: &Session) {
        if let (Some(socket), Some(folder)) = (&mut self.socket, session.folders.inbox()) {
            socket.rename(&folder, &inbox_name(&session.settings));
        }
    }

    /// The next caller: the sender's number, and what it says. Safe to drop at any time.
    pub(super) async fn next(&mut self) -> (u64, String) {
        let Some(socket) = &mut self.socket else { return std::future::pending().await };
        let Caller { text, answer } = socket.next().await;
        self.waiting.retain(|_, sender| !sender.is_closed());
        self.last += 1;
        self.waiting.insert(self.last, answer);
        (self.last, text)
    }

    /// Tells a sender what became of its caller.
    pub(super) fn answer(&mut self, sender: u64, answer: CallerAnswer) {
        let answer = match answer {
            CallerAnswer::Opened => Answer::Opened,
            CallerAnswer::Listed => Answer::Listed,
            CallerAnswer::Searched => Answer::Searched,
            CallerAnswer::Told => Answer::Told,
            CallerAnswer::Refused => Answer::Refused,
        };
        if let Some(sender) = self.waiting.remove(&sender) {
            // It may have given up waiting.
            let _ = sender.send(answer);
        }
    }

    /// A key was pressed: of several browsers this one was used last.
    pub(super) fn note_use(&mut self) {
        if let Some(socket) = &mut self.socket {
            socket.note_use();
        }
    }
}
