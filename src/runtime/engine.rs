//! The running program without a front: what happened → `update` → effects. Whoever owns it draws, or says, what the
//! model is then.

use super::Tasks;
use crate::app::{App, Effect, Msg, SessionCall, Start, TerminalCall};
use crate::cube::Moment;
use std::collections::VecDeque;

/// The model, and what is under way for it.
#[derive(Debug)]
pub struct Engine {
    /// The model.
    pub app: App,
    /// What is under way.
    pub tasks: Tasks,
    /// What time it is.
    pub clock: fn() -> Moment,
    /// What only the owner of the terminal can do, and has not done yet.
    pub terminal_calls: Vec<TerminalCall>,
    /// What only whoever knows the settings can do, and has not done yet.
    pub session_calls: VecDeque<SessionCall>,
    ended: bool,
}

impl Engine {
    /// Joins the parts; nothing happens yet.
    #[must_use]
    pub fn new(app: App, tasks: Tasks) -> Self {
        Self {
            app,
            tasks,
            clock: Moment::now,
            terminal_calls: Vec::new(),
            session_calls: VecDeque::new(),
            ended: false,
        }
    }

    /// Takes in what a task has ended with; one that was dropped ends with nothing.
    pub fn ended(&mut self, msg: Option<Msg>) {
        if let Some(msg) = msg {
            self.happened(msg);
        }
    }

    /// Gives the app a message and does what it wants done.
    pub fn happened(&mut self, msg: Msg) {
        let effects = self.app.update((self.clock)(), msg);
        self.perform(effects);
    }

    /// Does what the app wants done.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Task(task) => self.tasks.start(task),
                Effect::Terminal(call) => self.terminal_calls.push(call),
                Effect::Session(SessionCall::Quit) => self.ended = true,
                Effect::Session(call) => self.session_calls.push_back(call),
            }
        }
    }

    /// Goes on with another account: what was under way for this one is dropped, and no answer to it is taken in.
    pub fn open(&mut self, tasks: Tasks, start: Start) {
        let (app, effects) = App::new(start, self.app.keymap.clone(), (self.clock)());
        self.app = app;
        self.tasks = tasks;
        self.perform(effects);
    }

    /// Ends the program.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// Whether the program is to end.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended
    }
}
