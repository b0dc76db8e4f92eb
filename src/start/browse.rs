//! `cubedex`: the browser, against an account or the demo town.

use super::Failure;
use super::account::Account;
use super::labels::labels;
use crate::app::{App, Keymap, Labels, Start, ThemeName};
use crate::cli::{self, Browse};
use crate::config::{BadSetting, Folders, Settings};
use crate::cube::{Cube, Moment};
use crate::logging;
use crate::prompt;
use crate::runtime::terminal::{self, Events, Guard, Keyboard, Signal};
use crate::runtime::{Host, Input, Runtime, Tasks, osc_52};
use crate::text::SafeText;
use crate::ui::Themes;
use anyhow::Context;
use futures_util::{Stream, stream};

/// Everything that is known before the screen is taken.
struct Prepared {
    cube: Cube,
    place: crate::app::Place,
    labels: Labels,
}

pub(super) fn run(browse: &Browse) -> Result<u8, Failure> {
    let folders = Folders::of_this_person();
    let settings = Settings::resolve(browse, &folders, |name| std::env::var_os(name))?;
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
    let ended = runtime.block_on(browse_until_quit(settings, account, &folders));
    // What is still under way has nobody left to answer to.
    runtime.shutdown_background();
    ended.map(|()| terminal::asked_to_end().unwrap_or(0))
}

async fn browse_until_quit(
    settings: Settings,
    account: Option<Account>,
    folders: &Folders,
) -> Result<(), Failure> {
    let themes = if settings.no_color {
        Themes::without_color()
    } else {
        Themes::delivered().context("reading the themes")?
    };
    let (keymap, warnings) = keymap(folders)?;
    let (customer, colours) = (settings.customer.clone(), settings.theme);
    let prepared = prepare(&settings, account, folders).await?;
    prompt::hand_over();
    let (guard, mut screen, events) = terminal::enter()?;
    let size = screen.size().context("measuring the terminal")?;
    let start = Start {
        place: prepared.place,
        labels: prepared.labels,
        customer,
        theme: theme(colours),
        warnings,
        size: (size.width, size.height),
    };
    let (app, effects) = App::new(start, keymap, Moment::now());
    screen.hide_cursor().context("drawing")?;
    #[cfg(debug_assertions)]
    super::crash::if_asked_for();
    let browser = Runtime::new(app, Tasks::new(prepared.cube), screen, themes);
    let keys = Keyboard::open().context("reading the keyboard")?;
    browser.run(effects, inputs(keys, events), &guard).await.context("drawing")?;
    Ok(())
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
    let shown = path.display();
    let toml = std::fs::read_to_string(&path).with_context(|| format!("reading {shown}"))?;
    let own = delivered.with(&toml).map_err(|bad| BadSetting::Keys(format!("{shown}: {bad}")))?;
    Ok(own)
}

async fn prepare(
    settings: &Settings,
    account: Option<Account>,
    folders: &Folders,
) -> anyhow::Result<Prepared> {
    let account = match account {
        Some(account) => account,
        None => Account::demo().await?,
    };
    let is_demo = account.source.is_none();
    let labels = labels(settings.custom_fields.as_deref(), folders, &account.origin, is_demo);
    let place = crate::app::Place {
        account: account.name(),
        host: if is_demo { "the demo town".to_owned() } else { account.origin.host().to_owned() },
        list: account.list.to_string(),
        credential: account.source.as_ref().map(ToString::to_string).unwrap_or_default(),
        is_demo,
    };
    let cube = account.cube(settings.at_once)?;
    Ok(Prepared { cube, place, labels })
}

/// Keys and signals as one stream, signals first. It ends when the terminal can't be read any more.
fn inputs(keys: Keyboard, events: Events) -> impl Stream<Item = Input> + Unpin {
    let inputs = stream::unfold((keys, events), |(mut keys, mut events)| async move {
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
