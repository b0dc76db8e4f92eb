//! The loop: what happened → `update` → effects → draw.
//!
//! ```text
//! keys, signals ─┐                              ┌─▶ draw ─▶ terminal
//!                ├─▶ App::update ─▶ [Effect] ───┤
//! finished tasks ┘                              └─▶ Tasks: page, customer, labels, search
//! ```
//!
//! Nothing arrived: no draw, no wake-up. Decoding and searching run on other threads; the loop never waits for
//! them. A key always goes before an answer.

mod clipboard;
mod engine;
mod tasks;
pub mod terminal;

pub use clipboard::osc_52;
pub use engine::Engine;
pub use tasks::Tasks;

use crate::app::{App, Background, Effect, Msg, SessionCall, TerminalCall};
use crate::text::SafeText;
use crate::ui::{self, Themes};
use crossterm::event::{Event, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use futures_util::{Stream, StreamExt};
use ratatui::Terminal;
use ratatui::backend::Backend;
use std::future::{self, Future};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

/// Between two ticks, while something that shows time is on the screen.
const TICK: Duration = Duration::from_millis(100);
/// What is ready is taken in for so long before the screen is drawn.
const FRAME: Duration = Duration::from_millis(8);
/// So long the screen waits for a search. Drawn before it has ended it would be drawn twice within a frame.
const PATIENCE: Duration = Duration::from_millis(20);

/// What comes from outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A key, a paste, the mouse.
    Terminal(Event),
    /// The window may have another size.
    Resized,
    /// The terminal says what its background is.
    Background(Background),
    /// Another program hands a caller over: its number, which the answer carries back, and what it says.
    Caller(u64, String),
    /// The system asks the program to end.
    End,
    /// The shell gave the terminal back: everything is to be painted again.
    Resumed,
}

/// The running program on a screen.
#[derive(Debug)]
pub struct Runtime<B: Backend> {
    /// The model and what is under way.
    pub engine: Engine,
    /// Where it is drawn.
    pub terminal: Terminal<B>,
    /// In which colours.
    pub themes: Themes,
}

/// The terminal's owner: does what the loop can't do by drawing.
pub trait Host {
    /// Gives the terminal to the shell, and comes back when the shell gives it back.
    fn suspend(&self);
    /// Hands a text to the terminal's clipboard.
    fn copy(&self, text: &SafeText<'_>);
}

impl<B: Backend> Runtime<B> {
    /// Joins the parts; nothing happens yet.
    pub fn new(app: App, tasks: Tasks, terminal: Terminal<B>, themes: Themes) -> Self {
        Self { engine: Engine::new(app, tasks), terminal, themes }
    }

    /// Runs until the person or the system ends it; `None` then. Before that it returns with what it can't do itself,
    /// to be run again afterwards.
    ///
    /// # Errors
    /// The terminal can't be drawn on.
    pub async fn run(
        &mut self,
        first: Vec<Effect>,
        mut inputs: impl Stream<Item = Input> + Unpin,
        host: &impl Host,
    ) -> Result<Option<SessionCall>, B::Error> {
        self.draw()?;
        self.engine.perform(first);
        while !self.engine.has_ended() {
            self.turn(&mut inputs).await;
            for call in std::mem::take(&mut self.engine.terminal_calls) {
                match call {
                    TerminalCall::Copy(text) => host.copy(&text),
                    TerminalCall::Suspend => host.suspend(),
                    TerminalCall::Repaint => self.terminal.clear()?,
                }
            }
            self.draw()?;
            if let Some(call) = self.engine.session_calls.pop_front() {
                return Ok(Some(call));
            }
        }
        Ok(None)
    }

    /// Waits for something to happen, and takes in all that is ready, at most a frame's worth.
    async fn turn(&mut self, inputs: &mut (impl Stream<Item = Input> + Unpin)) {
        let ticks = self.engine.app.shows_time();
        tokio::select! {
            biased;
            input = inputs.next() => self.input(input.unwrap_or(Input::End)),
            msg = self.engine.tasks.next() => self.engine.ended(msg),
            () = tokio::time::sleep(TICK), if ticks => self.engine.happened(Msg::Ticked),
        }
        let began = Instant::now();
        while !self.engine.has_ended() {
            // While pages come in there is no telling when it will end.
            let waits = self.engine.app.list.find.is_behind() && self.engine.app.list.store.loading() == 0;
            let frame_ends = began + if waits { PATIENCE } else { FRAME };
            if Instant::now() >= frame_ends {
                break;
            }
            if let Some(input) = ready(inputs.next()).await {
                self.input(input.unwrap_or(Input::End));
            } else if let Some(msg) = ready(self.engine.tasks.next()).await {
                self.engine.ended(msg);
            } else if self.engine.app.list.find.is_behind() {
                // Nearly every search ends within a frame: drawn now, the line would say for a moment that it searches.
                tokio::select! {
                    biased;
                    input = inputs.next() => self.input(input.unwrap_or(Input::End)),
                    msg = self.engine.tasks.next() => self.engine.ended(msg),
                    () = tokio::time::sleep_until(frame_ends.into()) => break,
                }
            } else {
                break;
            }
        }
    }

    /// Takes in what comes from outside.
    pub fn input(&mut self, input: Input) {
        match input {
            Input::Terminal(Event::Key(key)) if key.kind != KeyEventKind::Release => {
                self.engine.happened(Msg::Pressed(key));
            }
            Input::Terminal(Event::Paste(text)) => self.engine.happened(Msg::Pasted(text)),
            Input::Terminal(Event::Mouse(mouse)) if is_wanted(mouse) => {
                self.engine.happened(Msg::Moused(mouse));
            }
            Input::Terminal(_) => {}
            Input::Caller(sender, said) => self.engine.happened(Msg::Caller(sender, said)),
            Input::Resized => self.measure(),
            Input::Background(background) => self.engine.happened(Msg::Background(background)),
            Input::Resumed => {
                // The shell has written over the screen, and the window may have another size.
                let _ = self.terminal.clear();
                self.measure();
            }
            Input::End => self.engine.end(),
        }
    }

    /// Paints the screen.
    ///
    /// # Errors
    /// The terminal can't be drawn on.
    pub fn draw(&mut self) -> Result<(), B::Error> {
        let Self { engine: Engine { app, .. }, themes, terminal } = self;
        terminal.draw(|frame| {
            ui::draw(app, themes.get(app.session.shown_theme()), frame);
        })?;
        Ok(())
    }

    /// Asks the backend for its size, which is clamped there, instead of believing the event.
    fn measure(&mut self) {
        if let Ok(size) = self.terminal.size() {
            self.engine.happened(Msg::Resized(size.width, size.height));
        }
    }
}

/// Whether the app does anything with it. With Shift the mouse is the terminal's own, also where that tells us of it.
fn is_wanted(mouse: MouseEvent) -> bool {
    let does = matches!(
        mouse.kind,
        MouseEventKind::Down(MouseButton::Left) | MouseEventKind::ScrollUp | MouseEventKind::ScrollDown
    );
    does && !mouse.modifiers.contains(KeyModifiers::SHIFT)
}

/// What the future is ready with at once. It is polled with the waker of the loop itself, in case an input keeps the
/// first waker that it is given: with another one the next key would wake no one.
async fn ready<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    future::poll_fn(|context| {
        Poll::Ready(match future.as_mut().poll(context) {
            Poll::Ready(output) => Some(output),
            Poll::Pending => None,
        })
    })
    .await
}
