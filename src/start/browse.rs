//! `cubedex`: the browser, against an account or the demo town.

use super::account::{Account, Looked};
use super::opened::Opened;
use super::{Failure, welcome};
use crate::app::{App, Msg, SessionCall, SessionReply, Start, ThemeName, Typed};
use crate::cli::{self, Browse};
use crate::config::{self, BadSetting, Folders, Settings};
use crate::cube::{Credential, CustomerId, Moment};
use crate::keys::Keymap;
use crate::logging;
use crate::prompt;
use crate::runtime::terminal::{self, Events, Guard, Keyboard, Screen, Signal};
use crate::runtime::{Host, Input, Runtime, Tasks, osc_52};
use crate::text::SafeText;
use crate::ui::Themes;
use anyhow::Context;
use futures_util::{Stream, stream};
use std::path::PathBuf;
use std::{env, mem};

pub(super) fn run(browse: &Browse) -> Result<u8, Failure> {
    let folders = Folders::of_this_person();
    let settings = match Settings::resolve(browse, &folders, |name| env::var_os(name)) {
        Err(nothing) if nothing.is_first_start() && welcome::is_possible() => return welcome::run(browse),
        settings => settings?,
    };
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
    let (keymap, warnings) = keymap(&own.folders, settings.keys)?;
    let typed = settings.customer.as_ref().map(CustomerId::to_string);
    let theme = theme(settings.theme);
    let mut opened = Opened::new(settings, account).await?;
    let cube = opened.cube()?;
    prompt::hand_over();
    let (guard, mut screen, mut events) = terminal::enter()?;
    let size = screen.size().context("measuring the terminal")?;
    let mut start = opened.start(&own.folders);
    start.session.theme = theme;
    let start = Start { typed, warnings, size: (size.width, size.height), ..start };
    let (app, mut effects) = App::new(start, keymap, Moment::now());
    screen.hide_cursor().context("drawing")?;
    #[cfg(debug_assertions)]
    super::crash::if_asked_for();
    let mut browser = Runtime::new(app, Tasks::new(cube), screen, themes);
    let mut keys = Keyboard::open().context("reading the keyboard")?;
    loop {
        let inputs = inputs(&mut keys, &mut events);
        let asked = browser.run(mem::take(&mut effects), inputs, &guard).await.context("drawing")?;
        match asked {
            None => return Ok(()),
            Some(SessionCall::UseCredential(typed)) => use_secret(&mut browser, &mut opened, typed),
            Some(SessionCall::OpenProfile { name, typed }) => {
                let answer = match next(&name, typed, &opened, &own, &guard, &mut browser)? {
                    Next::Account(next) => open(*next, &mut browser, &mut opened, &own).await,
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

/// Asks the same account with another token, or another password of the same user.
fn use_secret(browser: &mut Runtime<Screen>, opened: &mut Opened, typed: Typed) {
    let made = match &opened.account.credential {
        Credential::Token(_) => Credential::token(typed.into_secret()),
        Credential::Basic { user, .. } => Credential::basic(user, typed.into_secret()),
    };
    let cube = made.map_err(|why| why.to_string()).and_then(|credential| {
        opened.account.credential = credential;
        opened.cube().map_err(|error| error.to_string())
    });
    match cube {
        Ok(cube) => {
            browser.tasks.use_cube(cube);
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
    opened: &Opened,
    own: &Own,
    guard: &Guard,
    browser: &mut Runtime<Screen>,
) -> Result<Next, Failure> {
    let settings = match opened.settings_of(name, own.config.as_ref(), &own.folders) {
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
    opened: &mut Opened,
    own: &Own,
) -> Option<SessionReply> {
    let next = Opened::new(settings, account).await.and_then(|next| Ok((next.cube()?, next)));
    match next {
        Ok((cube, next)) => {
            *opened = next;
            let App { session, .. } = &browser.app;
            let mut start = opened.start(&own.folders);
            (start.session.theme, start.session.background) = (session.theme, session.background);
            (start.size, start.card_width) = (browser.app.size(), browser.app.card_width());
            browser.open(cube, start);
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
        cli::Theme::Auto => ThemeName::Auto,
        cli::Theme::Terminal => ThemeName::Terminal,
        cli::Theme::Dark => ThemeName::Dark,
        cli::Theme::Light => ThemeName::Light,
        cli::Theme::HighContrast => ThemeName::HighContrast,
    }
}

/// The delivered keys, with the person's own where there is a file of them.
fn keymap(folders: &Folders, keys: config::Keys) -> Result<(Keymap, Vec<String>), Failure> {
    let delivered = match keys {
        config::Keys::Typing => Keymap::delivered().context("reading the keys")?,
        config::Keys::Vi => Keymap::vi().context("reading the keys")?,
    };
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
