//! `cubedex`: the browser, against an account or the demo town.

mod browser;
mod crash;
mod desk;
mod drafts;
mod export;
mod inbox;
mod kept;
mod programs;
mod recents;
mod start;
mod talk;
mod views;
mod welcome;

use crate::app::{self, App, Background, SessionCall, Start, ThemeName};
use crate::cli::{self, Browse};
use crate::commands;
use crate::config::{Folders, Settings};
use crate::cube::Moment;
use crate::keyboard::Heard;
use crate::language::speak;
use crate::logging;
use crate::prompt;
use crate::runtime::terminal::{self, Events, Guard, Keyboard, Signal};
use crate::runtime::{Host, Input, Runtime, osc_52};
use crate::session::{Account, Failure, Session};
use crate::system::Multiplexer;
use crate::text::SafeText;
use crate::ui::Themes;
use anyhow::Context;
use browser::Browser;
use commands::open::{self, Opened};
use futures_util::{Stream, stream};
use inbox::Inbox;
use kept::Kept;
use secrecy::ExposeSecret;
use std::io::{self, IsTerminal};
use std::mem;

/// Opens the browser. The exit status.
///
/// # Errors
/// The account can't be opened, or the screen can't be drawn.
pub fn run(browse: &Browse) -> Result<u8, Failure> {
    let folders = Folders::of_this_person();
    let Some(settings) = welcome::settings(browse, &folders)? else { return Ok(0) };
    // A command or a question may need the terminal as it is.
    let account = Account::find(&settings)?;
    let view = browse.view.clone();
    if let Some(state) = &folders.state {
        // Without a log the browser is as good as with one.
        let _ = logging::init(state);
    }
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .build()
        .context("starting the runtime")?;
    let ended = if browse.plain {
        runtime.block_on(talk::run(settings, account, folders, view))
    } else {
        runtime.block_on(browse_until_quit(settings, account, folders, view))
    };
    // What is still under way has no one left to answer to.
    runtime.shutdown_background();
    ended.map(|()| terminal::asked_to_end().unwrap_or(0))
}

/// Opens a caller in the browser that runs; without one in a browser here, where this is a terminal. The exit status.
///
/// # Errors
/// The browser does not answer, or this one can't be opened.
pub fn open(args: &cli::Open) -> Result<u8, Failure> {
    match open::run(args)? {
        Opened::Ended(status) => Ok(status),
        Opened::NoBrowser if io::stdin().is_terminal() && io::stdout().is_terminal() => {
            let caller = args.caller.as_deref().map(app::caller_as_typed);
            let not_one = || Failure::Usage(open::NOT_A_CALLER.to_owned());
            let caller = caller.map(|caller| caller.ok_or_else(not_one)).transpose()?;
            run(&Browse { account: args.account.clone(), caller, ..Browse::default() })
        }
        Opened::NoBrowser => {
            prompt::tell("no browser runs, and this is no terminal to start one in");
            Ok(open::NO_BROWSER)
        }
    }
}

async fn browse_until_quit(
    settings: Settings,
    account: Option<Account>,
    folders: Folders,
    view: Option<String>,
) -> Result<(), Failure> {
    let no_color = settings.no_color;
    let is_locked = settings.locked_by("theme").is_some();
    let themes = if no_color { Themes::without_color() } else { commands::themes(&folders, is_locked)? };
    let (keymap, warnings) = commands::keymap(&folders, settings.keys, &settings.commands)?;
    let card_width = Kept::read(&folders).card_width;
    let typed = settings.typed.as_ref().map(|typed| typed.expose_secret().to_owned());
    let theme = theme(settings.theme);
    let session = Session::open(settings, folders, account).await?;
    let tasks = browser::tasks(&session);
    speak(session.settings.language);
    let (guard, mut screen, mut events) = terminal::enter().map_err(|why| no_terminal(&why))?;
    guard.want_mouse(session.settings.mouse);
    guard.want_title(start::title(&session).as_ref());
    if theme == ThemeName::Auto && !no_color {
        guard.ask_background();
    }
    let size = screen.size().context("measuring the terminal")?;
    let mut start = start::of(&session);
    start.session.theme = theme;
    let is_masked = session.settings.mask;
    let start =
        Start { typed, view, warnings, is_masked, size: (size.width, size.height), card_width, ..start };
    let (app, mut effects) = App::new(start, keymap, Moment::now());
    screen.hide_cursor().context("drawing")?;
    #[cfg(debug_assertions)]
    crash::if_asked_for();
    let mut browser =
        Browser { runtime: Runtime::new(app, tasks, screen, themes), session, export: None, guard };
    let mut inbox = Inbox::open(&browser.session);
    let mut keys = browser.guard.keyboard().context("reading the keyboard")?;
    loop {
        let inputs = inputs(&mut keys, &mut events, &mut inbox);
        let call = browser.run(mem::take(&mut effects), inputs).await.context("drawing")?;
        let left = match call {
            None => Some(SessionCall::Quit),
            Some(call) => browser.desk().fulfil(call),
        };
        match left {
            Some(SessionCall::Quit) => {
                browser.desk().end();
                return Ok(());
            }
            Some(SessionCall::UseCredential(typed)) => browser.use_credential(typed),
            Some(SessionCall::OpenProfile { name, list, typed }) => {
                browser.open_profile(&name, list, typed).await?;
                inbox.rename(&browser.session);
            }
            Some(SessionCall::AnswerCaller(sender, answer)) => inbox.answer(sender, answer),
            Some(
                SessionCall::Export(_)
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
}

fn no_terminal(why: &terminal::NotATerminal) -> Failure {
    Failure::Usage(format!("{why}; cubedex needs a terminal"))
}

impl Host for Guard {
    /// A terminal that no shell watches over would never come back; then Ctrl+Z does nothing.
    fn suspend(&self) {
        let _ = Self::suspend(self);
    }

    fn copy(&self, text: &SafeText<'_>) {
        let behind = Multiplexer::here(|name| std::env::var(name).ok());
        self.send(osc_52(text, behind).as_bytes());
    }
}

fn theme(theme: cli::Theme) -> ThemeName {
    match theme {
        cli::Theme::Auto => ThemeName::Auto,
        cli::Theme::Terminal => ThemeName::Terminal,
        cli::Theme::Dark => ThemeName::Dark,
        cli::Theme::Light => ThemeName::Light,
        cli::Theme::HighContrast => ThemeName::HighContrast,
    }
}

/// Keys and signals as one stream, signals first. It ends when the terminal can't be read any more.
fn inputs(keys: &mut Keyboard, events: &mut Events, inbox: &mut Inbox) -> impl Stream<Item = Input> + Unpin {
    let inputs = stream::unfold((keys, events, inbox), |(keys, events, inbox)| async move {
        let input = tokio::select! {
            biased;
            signal = events.next() => match signal {
                Signal::Quit(_) => Input::End,
                Signal::Resumed => Input::Resumed,
            },
            heard = keys.next() => match heard {
                Some(Heard::Event(event)) => {
                    inbox.note_use();
                    Input::Terminal(event)
                }
                Some(Heard::Resized) => Input::Resized,
                Some(Heard::Background(color)) if color.is_dark() => Input::Background(Background::Dark),
                Some(Heard::Background(_)) => Input::Background(Background::Light),
                None => {
                    // The terminal is gone; the signal that says so carries the exit status.
                    events.next().await;
                    Input::End
                }
            },
            (sender, said) = inbox.next() => Input::Caller(sender, said),
        };
        Some((input, (keys, events, inbox)))
    });
    Box::pin(inputs)
}
