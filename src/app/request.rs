//! What is asked for: the ticket that names a question, and the outbox that collects effects until `update` returns.

use crate::app::{Effect, SessionCall, Task, TerminalCall};

/// Which list a question is about. Answers carry it back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ListId(pub u32);

/// Names one question. Its answer carries the same ticket; an answer to an older ticket is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// The list that the question is about.
    pub list: ListId,
    /// Counts the questions of one run.
    pub number: u64,
}

/// The effects that `update` has decided on, and the number of the last question.
#[derive(Debug, Default)]
pub(in crate::app) struct Outbox {
    effects: Vec<Effect>,
    last: u64,
}

impl Outbox {
    /// A ticket that no question had before.
    pub(in crate::app) fn ticket(&mut self, list: ListId) -> Ticket {
        self.last += 1;
        Ticket { list, number: self.last }
    }

    /// Adds a task.
    pub(in crate::app) fn task(&mut self, task: Task) {
        self.effects.push(Effect::Task(task));
    }

    /// Adds a call on the owner of the terminal.
    pub(in crate::app) fn terminal(&mut self, call: TerminalCall) {
        self.effects.push(Effect::Terminal(call));
    }

    /// Adds a call on the session.
    pub(in crate::app) fn session(&mut self, call: SessionCall) {
        self.effects.push(Effect::Session(call));
    }

    /// Whether any of the effects asks Cube for something.
    pub(in crate::app) fn asks_cube(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Task(task) if task.asks_cube()))
    }

    /// All effects since the last call.
    pub(in crate::app) fn take(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}
