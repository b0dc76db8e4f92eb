//! `cubedex`: the browser, against an account or the demo town.

use super::Failure;
use crate::app::{App, Keymap, Labels, Start, ThemeName};
use crate::cli::{self, Browse};
use crate::config::{BadSetting, Folders, Place, Settings};
use crate::cube::{Credential, Cube, Limits, List, Moment, Origin};
use crate::demo;
use crate::fields::{self, FieldMap, Source};
use crate::logging;
use crate::runtime::terminal::{self, Events, Guard, Keyboard, Signal};
use crate::runtime::{Host, Input, Runtime, Tasks, osc_52};
use crate::text::{self, SafeText};
use crate::ui::Themes;
use anyhow::Context;
use futures_util::{Stream, stream};
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpListener;

/// The demo answers late enough for lazy loading to be seen.
const DEMO_LATENCY: Duration = Duration::from_millis(120);

/// Everything that is known before the screen is taken.
struct Prepared {
    cube: Cube,
    place: crate::app::Place,
    labels: Labels,
}

pub(super) fn run(browse: &Browse) -> Result<u8, Failure> {
    let settings = Settings::resolve(browse, |name| std::env::var_os(name))?;
    let folders = Folders::of_this_person();
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
    let ended = runtime.block_on(browse_until_quit(settings, &folders));
    // What is still under way has nobody left to answer to.
    runtime.shutdown_background();
    ended.map(|()| terminal::asked_to_end().unwrap_or(0))
}

async fn browse_until_quit(settings: Settings, folders: &Folders) -> Result<(), Failure> {
    let themes = if settings.no_color {
        Themes::without_color()
    } else {
        Themes::delivered().context("reading the themes")?
    };
    let (keymap, warnings) = keymap(folders)?;
    let (customer, colours) = (settings.customer.clone(), settings.theme);
    let prepared = prepare(settings, folders).await?;
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

async fn prepare(settings: Settings, folders: &Folders) -> anyhow::Result<Prepared> {
    let (origin, list, credential, is_demo) = match settings.place {
        Place::Account { origin, list, credential } => (origin, list, credential, false),
        Place::Demo => {
            let origin = serve_demo().await.context("starting the demo")?;
            let token = Credential::token(demo::TOKEN.into()).context("starting the demo")?;
            (origin, List::Assignment(demo::ASSIGNMENT), token, true)
        }
    };
    let labels = labels(settings.custom_fields.as_deref(), folders, &origin, is_demo);
    let place = crate::app::Place {
        account: if is_demo { "demo".to_owned() } else { account(&origin) },
        host: if is_demo { "the demo town".to_owned() } else { origin.host().to_owned() },
        list: list.to_string(),
        credential: match credential {
            Credential::Token(_) => "CUBEDEX_TOKEN",
            Credential::Basic { .. } => "CUBEDEX_USER and CUBEDEX_PASSWORD",
        },
        is_demo,
    };
    let cube = Cube::new(origin, list, credential, Limits::default()).context("preparing to ask Cube")?;
    Ok(Prepared { cube, place, labels })
}

/// What the header calls the account: its name, or the address where it has none.
fn account(origin: &Origin) -> String {
    let address = origin.to_string();
    let host = address.split_once("://").map_or(address.as_str(), |(_, host)| host);
    origin.account_name().unwrap_or(host).to_owned()
}

/// Starts the demo town on a free port, for as long as the program runs.
async fn serve_demo() -> anyhow::Result<Origin> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?).parse()?;
    let settings = demo::Settings { latency: DEMO_LATENCY, ..demo::Settings::default() };
    tokio::spawn(demo::serve(listener, std::future::pending(), settings));
    Ok(origin)
}

/// The labels that need no request: from the file that was named, else from the account's file, else the demo's.
/// Without any, the app asks Cube.
fn labels(named: Option<&Path>, folders: &Folders, origin: &Origin, is_demo: bool) -> Labels {
    let mut problems = Vec::new();
    let from = |path: &Path, source: Source, problems: &mut Vec<String>| match fields::file::read(path) {
        Ok((fields, bad)) => {
            problems.extend(bad.iter().map(ToString::to_string));
            Some(Labels { fields, source, problems: std::mem::take(problems) })
        }
        Err(error) => {
            // The line at the bottom is short: whoever named the file knows its folder.
            let name = error.path.file_name().unwrap_or_default().to_string_lossy();
            problems.push(format!("{}: {}", text::clean_str(&name, text::Place::Message), error.why));
            None
        }
    };
    if let Some(labels) = named.and_then(|path| from(path, Source::Named(path.to_owned()), &mut problems)) {
        return labels;
    }
    if is_demo && let Ok((fields, _)) = FieldMap::read(demo::CUSTOM_FIELDS) {
        return Labels { fields, source: Source::Demo, problems };
    }
    let own = folders.custom_fields(origin).filter(|path| path.exists());
    let labels = own.and_then(|path| from(&path, Source::Folder(path.clone()), &mut problems));
    labels.unwrap_or(Labels { problems, ..Labels::default() })
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
