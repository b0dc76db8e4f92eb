//! `cubedex`: the browser, against an account or the demo town.

mod crash;
mod start;
mod welcome;

use crate::app::{App, Msg, SessionCall, SessionReply, Start, ThemeName, Typed};
use crate::cli::{self, Browse};
use crate::config::{self, BadSetting, Folders, Settings};
use crate::cube::{Credential, CustomerId, Moment};
use crate::keys::Keymap;
use crate::logging;
use crate::prompt;
use crate::runtime::terminal::{self, Events, Guard, Keyboard, Screen, Signal};
use crate::runtime::{Host, Input, Runtime, Tasks, osc_52};
use crate::session::{Account, Failure, Looked, Session};
use crate::text::SafeText;
use crate::ui::Themes;
use anyhow::Context;
use futures_util::{Stream, stream};
use std::mem;
use std::path::PathBuf;

/// Opens the browser. The exit status.
///
/// # Errors
/// The account can't be opened, or the screen can't be drawn.
pub fn run(browse: &Browse) -> Result<u8, Failure> {
    let folders = Folders::of_this_person();
    let Some(settings) = welcome::settings(browse, &folders)? else { return Ok(0) };
    // A command or a question may need the terminal as it is.
    let account = Account::find(&settings)?;
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
    let config = browse.account.setup.config.clone();
    let ended = runtime.block_on(browse_until_quit(settings, account, Own { folders, config }));
    // What is still under way has nobody left to answer to.
    runtime.shutdown_background();
    ended.map(|()| terminal::asked_to_end().unwrap_or(0))
}

/// Where this person's files are.
struct Own {
    folders: Folders,
    /// The configuration file that was named.
    config: Option<PathBuf>,
}

async fn browse_until_quit(settings: Settings, account: Option<Account>, own: Own) -> Result<(), Failure> {
    let themes = if settings.no_color {
        Themes::without_color()
    } else {
        Themes::delivered().context("reading the themes")?
    };
    let (keymap, warnings) = keymap(&own.folders)?;
    let typed = settings.customer.as_ref().map(CustomerId::to_string);
    let theme = theme(settings.theme);
    let mut session = Session::open(settings, own.folders.clone(), account).await?;
    let cube = session.cube.clone();
    prompt::hand_over();
    let (guard, mut screen, mut events) = terminal::enter().map_err(|why| no_terminal(&why))?;
    let size = screen.size().context("measuring the terminal")?;
    let mut start = start::of(&session);
    start.session.theme = theme;
    let start = Start { typed, warnings, size: (size.width, size.height), ..start };
    let (app, mut effects) = App::new(start, keymap, Moment::now());
    screen.hide_cursor().context("drawing")?;
    #[cfg(debug_assertions)]
    crash::if_asked_for();
    let mut browser = Runtime::new(app, Tasks::new(cube), screen, themes);
    let mut keys = Keyboard::open().context("reading the keyboard")?;
    loop {
        let inputs = inputs(&mut keys, &mut events);
        let asked = browser.run(mem::take(&mut effects), inputs, &guard).await.context("drawing")?;
        match asked {
            None => return Ok(()),
            Some(SessionCall::UseCredential(typed)) => use_secret(&mut browser, &mut session, typed),
            Some(SessionCall::OpenProfile { name, typed }) => {
                let answer = match next(&name, typed, &session, &own, &guard, &mut browser)? {
                    Next::Account(next) => open(*next, &mut browser, &mut session, &own).await,
                    Next::Ask(why) => Some(SessionReply::CredentialWanted { profile: name.clone(), why }),
                    Next::Failed(why) => {
                        Some(SessionReply::ProfileFailed(format!("could not open {name}: {why}")))
                    }
                };
                if let Some(answer) = answer {
                    browser.happened(Msg::Session(answer));
                }
            }
            Some(SessionCall::KeepCardWidth(_) | SessionCall::Quit) => {}
        }
    }
}

fn no_terminal(why: &terminal::NotATerminal) -> Failure {
    Failure::Usage(format!("{why}; cubedex needs a terminal"))
}

/// Asks the same account with another token, or another password of the same user.
fn use_secret(browser: &mut Runtime<Screen>, session: &mut Session, typed: Typed) {
    let made = match &session.account.credential {
        Credential::Token(_) => Credential::token(typed.into_secret()),
        Credential::Basic { user, .. } => Credential::basic(user, typed.into_secret()),
    };
    let used = made
        .map_err(|why| why.to_string())
        .and_then(|credential| session.use_credential(credential).map_err(|error| error.to_string()));
    match used {
        Ok(()) => {
            browser.tasks.use_cube(session.cube.clone());
            browser.happened(Msg::Session(SessionReply::CredentialTaken));
        }
        Err(why) => browser.happened(Msg::Session(SessionReply::CredentialRefused(why))),
    }
}

/// What has become of a profile that is to be opened.
enum Next {
    /// What opens it is known.
    Account(Box<(Settings, Option<Account>)>),
    /// It must be typed; why.
    Ask(String),
    /// It can't be opened; why.
    Failed(String),
}

/// Finds what opens another profile; a command that does may use the terminal meanwhile.
fn next(
    name: &str,
    typed: Option<Typed>,
    session: &Session,
    own: &Own,
    guard: &Guard,
    browser: &mut Runtime<Screen>,
) -> Result<Next, Failure> {
    let settings = match session.settings_of(name, own.config.as_deref()) {
        Ok(settings) => settings,
        Err(failure) => return Ok(Next::Failed(failure.to_string())),
    };
    let looked = if let Some(typed) = typed {
        Account::with(&settings, typed.into_secret())
    } else if settings.runs_a_command() {
        let looked = guard.lend(|| Account::look(&settings)).context("taking the terminal again")?;
        browser.input(Input::Resumed);
        looked
    } else {
        Account::look(&settings)
    };
    Ok(match looked {
        Ok(Looked::Account(account)) => Next::Account(Box::new((settings, account))),
        Ok(Looked::Ask { wanted, trouble }) => {
            let trouble = trouble.map(|trouble| format!("{trouble} · ")).unwrap_or_default();
            Next::Ask(format!("{trouble}type the {wanted} for {name}"))
        }
        Err(failure) => Next::Failed(failure.to_string()),
    })
}

/// Opens an account in the place of the one that is open, which stays when that can't be done.
async fn open(
    (settings, account): (Settings, Option<Account>),
    browser: &mut Runtime<Screen>,
    session: &mut Session,
    own: &Own,
) -> Option<SessionReply> {
    match Session::open(settings, own.folders.clone(), account).await {
        Ok(next) => {
            *session = next;
            let mut start = start::of(session);
            start.session.theme = browser.app.session.theme;
            (start.size, start.card_width) = (browser.app.size(), browser.app.card_width());
            browser.open(session.cube.clone(), start);
            None
        }
        Err(error) => Some(SessionReply::ProfileFailed(format!("could not open it: {error:#}"))),
    }
}

impl Host for Guard {
    /// A terminal that no shell watches over would never come back; then Ctrl+Z does nothing.
    fn suspend(&self) {
        let _ = Self::suspend(self);
    }

    fn copy(&self, text: &SafeText<'_>) {
        self.send(osc_52(text).as_bytes());
    }
}

fn theme(theme: cli::Theme) -> ThemeName {
    match theme {
        cli::Theme::Terminal => ThemeName::Terminal,
        cli::Theme::Dark => ThemeName::Dark,
        cli::Theme::Light => ThemeName::Light,
        cli::Theme::HighContrast => ThemeName::HighContrast,
    }
}

/// The delivered keys, with the person's own where there is a file of them.
fn keymap(folders: &Folders) -> Result<(Keymap, Vec<String>), Failure> {
    let delivered = Keymap::delivered().context("reading the keys")?;
    let Some(path) = folders.keys().filter(|path| path.exists()) else {
        return Ok((delivered, Vec::new()));
    };
    let wrong = |why: &dyn std::fmt::Display| BadSetting::Keys(format!("{}: {why}", path.display()));
    let toml = config::read_text(&path).map_err(|why| wrong(&why))?;
    Ok(delivered.with(&toml).map_err(|bad| wrong(&bad))?)
}

/// Keys and signals as one stream, signals first. It ends when the terminal can't be read any more.
fn inputs(keys: &mut Keyboard, events: &mut Events) -> impl Stream<Item = Input> + Unpin {
    let inputs = stream::unfold((keys, events), |(keys, events)| async move {
        let input = tokio::select! {
            biased;
            signal = events.next() => match signal {
                Signal::Quit(_) => Input::End,
                Signal::Resumed => Input::Resumed,
            },
            event = keys.next() => if let Some(event) = event {
                Input::Terminal(event)
            } else {
                // The terminal is gone; the signal that says so carries the exit status.
                events.next().await;
                Input::End
            },
        };
        Some((input, (keys, events)))
    });
    Box::pin(inputs)
}
