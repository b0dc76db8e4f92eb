//! `cubedex --plain`: the dialogue of lines on standard input and output, a terminal or not.

mod lines;

use super::browser;
use super::desk::Desk;
use super::start;
use crate::app::{App, Effect, Msg, SessionCall, Start, TerminalCall};
use crate::config::{Folders, Settings};
use crate::cube::Moment;
use crate::keys::Keymap;
use crate::language::speak;
use crate::plain::{self, Dialogue};
use crate::runtime::{Engine, osc_52};
use crate::session::{Account, Failure, Session};
use crate::system::Multiplexer;
use crate::text::SafeText;
use anyhow::Context;
use lines::Lines;
use secrecy::ExposeSecret;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Between two lines about how far something is.
const PROGRESS: Duration = Duration::from_secs(5);

/// The dialogue, and what runs for its account.
struct Talk {
    engine: Engine,
    session: Session,
    export: Option<Arc<AtomicBool>>,
    dialogue: Dialogue,
    lines: Lines,
    /// Whether a terminal shows what is said, and has a clipboard.
    has_terminal: bool,
}

/// Talks until the person quits or has no more to say.
///
/// # Errors
/// The account can't be opened, or nothing can be said.
pub(super) async fn run(
    settings: Settings,
    account: Option<Account>,
    folders: Folders,
    view: Option<String>,
) -> Result<(), Failure> {
    let typed = settings.typed.as_ref().map(|typed| typed.expose_secret().to_owned());
    let session = Session::open(settings, folders, account).await?;
    let tasks = browser::tasks(&session);
    speak(session.settings.language);
    let is_masked = session.settings.mask;
    let mut start = Start { typed, view, is_masked, size: plain::SIZE, ..start::of(&session) };
    // Nothing on a screen reminds of a filter from yesterday.
    start.views.open.clear();
    let commands = session.settings.commands.iter().map(|command| command.words.as_str());
    let keymap = Keymap::of_words().with_commands_by_word(commands);
    let (app, effects) = App::new(start, keymap, Moment::now());
    let mut talk = Talk {
        engine: Engine::new(app, tasks),
        session,
        export: None,
        dialogue: Dialogue::default(),
        lines: Lines::read().context("reading lines")?,
        has_terminal: io::stdout().is_terminal(),
    };
    let ended = talk.until_quit(effects).await;
    talk.desk().end();
    match ended {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        ended => Ok(ended.context("saying what has happened")?),
    }
}

impl Talk {
    async fn until_quit(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        self.engine.perform(effects);
        loop {
            let early = self.settle().await?;
            if self.engine.has_ended() {
                return Ok(());
            }
            say(&self.dialogue.say(&self.engine.app))?;
            let is_early = early.is_some();
            let line = match early {
                Some(line) => Some(line),
                None => self.line().await?,
            };
            let Some(line) = line else { return Ok(()) };
            self.engine.happened(Msg::Ticked);
            if is_early {
                self.dialogue.hear_early(&self.engine.app, &line);
            } else {
                self.dialogue.hear(&self.engine.app, &line);
            }
            while let Some(msg) = self.dialogue.next(&self.engine.app) {
                self.engine.happened(msg);
            }
        }
    }

    /// Waits until there is an answer, and nothing under way that could change it. On a terminal a line that is typed meanwhile ends the wait.
    async fn settle(&mut self) -> io::Result<Option<String>> {
        let mut next_word = tokio::time::Instant::now() + PROGRESS;
        loop {
            self.do_calls()?;
            let is_done = self.engine.tasks.under_way() == 0 || plain::is_answered(&self.engine.app);
            if self.engine.has_ended() || is_done {
                return Ok(None);
            }
            tokio::select! {
                biased;
                line = self.lines.next(), if self.lines.is_terminal => return Ok(line),
                msg = self.engine.tasks.next() => self.engine.ended(msg),
                () = tokio::time::sleep_until(next_word) => {
                    self.engine.happened(Msg::Ticked);
                    say(&format!("{}\n", plain::progress(&self.engine.app)))?;
                    next_word += PROGRESS;
                }
            }
        }
    }

    /// The next line. What ends by itself meanwhile is taken in. `None` once there is none any more.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let prompt = if self.lines.is_terminal { plain::prompt(&self.engine.app) } else { String::new() };
        say(&prompt)?;
        loop {
            tokio::select! {
                biased;
                line = self.lines.next() => return Ok(line),
                msg = self.engine.tasks.next() => {
                    let is_said = msg.is_some();
                    self.engine.ended(msg);
                    let said = self.dialogue.say_by_itself(&self.engine.app).filter(|_| is_said);
                    if let Some(said) = said {
                        say(&format!("{said}{prompt}"))?;
                    }
                    self.do_calls()?;
                }
            }
        }
    }

    fn desk(&mut self) -> Desk<'_> {
        Desk { engine: &mut self.engine, session: &self.session, export: &mut self.export }
    }

    /// Does what the model wants of terminal and session. What needs a screen is not done.
    fn do_calls(&mut self) -> io::Result<()> {
        for call in mem::take(&mut self.engine.terminal_calls) {
            match call {
                TerminalCall::Copy(text) => self.copy(&text)?,
                TerminalCall::Suspend | TerminalCall::Repaint => {}
            }
        }
        while let Some(call) = self.engine.session_calls.pop_front() {
            match self.desk().fulfil(call) {
                Some(SessionCall::Quit) => self.engine.end(),
                Some(
                    SessionCall::UseCredential(_)
                    | SessionCall::OpenProfile { .. }
                    | SessionCall::AnswerCaller(..)
                    | SessionCall::Export(_)
                    | SessionCall::StopExport
                    | SessionCall::CompletePath(_)
                    | SessionCall::ReadLabels
                    | SessionCall::KeepDrafts(_)
                    | SessionCall::KeepViews(_)
                    | SessionCall::KeepRecents(_)
                    | SessionCall::KeepCardWidth(_),
                )
                | None => {}
            }
        }
        Ok(())
    }

    /// Hands a text to the terminal's clipboard. Without a terminal there is none: the text itself is said.
    fn copy(&self, text: &SafeText<'_>) -> io::Result<()> {
        if !self.has_terminal {
            return say(&format!("{text}\n"));
        }
        let behind = Multiplexer::here(|name| std::env::var(name).ok());
        say(&osc_52(text, behind))
    }
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
