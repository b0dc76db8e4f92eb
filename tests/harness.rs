//! What whole runs need: the embedded Cube on a free port, and the browser on a screen that can be read.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use cubedex::app::{
    Account, App, Background, Labels, Msg, Profile, Session, SessionCall, SessionReply, Start,
};
use cubedex::cube::{Credential, Cube, CustomerId, Limits, List, Moment};
use cubedex::demo::{self, Faults, Log, Settings};
use cubedex::fields::{FieldMap, Source};
use cubedex::keys::Keymap;
use cubedex::runtime::{Input, Runtime, Tasks};
use cubedex::ui::Themes;
use futures_util::FutureExt;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use std::cell;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Longer than anything takes; only a test that fails waits for it.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// When every test begins: 08:12 on a day in January.
const BEGINNING: Moment = Moment::at(1_768_288_320, 8, 12);

thread_local! {
    /// The seconds since the beginning. A test and its screen have a thread of their own.
    static PASSED: cell::Cell<u64> = const { cell::Cell::new(0) };
}

/// The clock of every screen and every client. It moves only when a test says so.
pub(crate) fn clock() -> Moment {
    BEGINNING.after(PASSED.get()).unwrap()
}

/// The embedded Cube on a free port. It stops when this is dropped.
pub(crate) struct Town {
    pub(crate) address: String,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    /// Whether a test turned writing on. Without that, nothing but GET may come.
    pub(crate) is_written: bool,
    server: JoinHandle<()>,
}

impl Town {
    /// A town of 12,340 customers in pages of 500.
    pub(crate) async fn open() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn of(customers: u64) -> Self {
        Self::with(Settings { town: demo::Town::new(customers), ..Settings::default() }).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), settings)
    }

    pub(crate) fn on(listener: TcpListener, settings: Settings) -> Self {
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (log, faults) = (Log::default(), settings.faults.clone());
        let settings = Settings { log: Some(log.clone()), ..settings };
        let server = tokio::spawn(async move {
            demo::serve(listener, std::future::pending(), settings).await.unwrap();
        });
        Self { address, log, faults, is_written: false, server }
    }

    /// A client with the right token that gives up soon.
    pub(crate) fn cube(&self) -> Cube {
        self.cube_with(demo::TOKEN)
    }

    pub(crate) fn cube_with(&self, token: &str) -> Cube {
        let limits = quick();
        let credential = Credential::token(token.to_owned().into()).unwrap();
        Cube::new(self.address.parse().unwrap(), List::Assignment(demo::ASSIGNMENT), credential, limits)
            .unwrap()
            .with_clock(clock)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.server.abort();
        if !std::thread::panicking() {
            let may_come =
                |method: &str| method == "GET" || (self.is_written && ["PUT", "POST"].contains(&method));
            assert!(
                self.log.seen().iter().all(|seen| may_come(&seen.method)),
                "something but a GET was sent"
            );
        }
    }
}

/// The real limits, but for next to no waits between two tries.
pub(crate) fn quick() -> Limits {
    Limits {
        backoff_base: Duration::from_millis(1),
        backoff_cap: Duration::from_millis(2),
        ..Limits::default()
    }
}

/// The browser on a screen of cells.
pub(crate) struct Screen {
    runtime: Box<Runtime<TestBackend>>,
}

impl Screen {
    /// A browser of 120 × 40 with the demo's labels, before its first answer.
    pub(crate) fn open(town: &Town) -> Self {
        Self::start(town.cube(), (120, 40), None)
    }

    pub(crate) fn sized(town: &Town, size: (u16, u16)) -> Self {
        Self::start(town.cube(), size, None)
    }

    pub(crate) fn start(cube: Cube, size: (u16, u16), customer: Option<CustomerId>) -> Self {
        let (fields, _) = FieldMap::read(demo::CUSTOM_FIELDS).unwrap();
        let labels = Labels { fields, source: Source::Demo, problems: Vec::new() };
        Self::labelled(cube, size, customer, labels)
    }

    /// A browser with these labels; without any, it asks Cube for them.
    pub(crate) fn labelled(
        cube: Cube,
        size: (u16, u16),
        customer: Option<CustomerId>,
        labels: Labels,
    ) -> Self {
        let account = Account {
            name: "acme".to_owned(),
            host: "acme.headshed.com".to_owned(),
            list: "assignment 9".to_owned(),
            credential: Some("CUBEDEX_TOKEN".to_owned()),
            credential_kind: "token",
            profile: Some("acme".to_owned()),
            ..Account::default()
        };
        let profiles = ["acme", "beta"].map(|name| Profile {
            name: name.to_owned(),
            place: format!("{name} · assignment 9"),
            list: None,
        });
        let session = Session { account, profiles: profiles.into(), ..Session::default() };
        let typed = customer.map(|id| id.to_string());
        let start = Start { session, labels, typed, size, ..Start::default() };
        let (app, effects) = App::new(start, Keymap::delivered().unwrap(), clock());
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let mut runtime = Runtime::new(app, Tasks::new(cube), terminal, Themes::delivered().unwrap());
        runtime.engine.clock = clock;
        runtime.engine.perform(effects);
        runtime.draw().unwrap();
        Self { runtime: Box::new(runtime) }
    }

    /// As a terminal with a dark background, which has said so.
    pub(crate) fn in_the_dark(mut self) -> Self {
        self.runtime.input(Input::Background(Background::Dark));
        self.runtime.draw().unwrap();
        self
    }

    /// Presses a key by its name in `assets/keys.toml`, or one character.
    pub(crate) fn press(mut self, key: &str) -> Self {
        self.runtime.input(Input::Terminal(Event::Key(event(key))));
        self.runtime.draw().unwrap();
        self
    }

    pub(crate) fn type_text(self, text: &str) -> Self {
        text.chars().fold(self, |screen, c| screen.press(&c.to_string()))
    }

    pub(crate) fn resize(mut self, width: u16, height: u16) -> Self {
        self.runtime.terminal.backend_mut().resize(width, height);
        self.runtime.input(Input::Resized);
        self.runtime.draw().unwrap();
        self
    }

    /// Takes in answers until nothing is under way.
    pub(crate) async fn settle(mut self) -> Self {
        while self.runtime.engine.tasks.under_way() > 0 {
            let msg = tokio::time::timeout(DEADLINE, self.runtime.engine.tasks.next()).await;
            self.runtime.engine.ended(msg.unwrap_or_else(|_| panic!("never settles:\n{}", self.text())));
        }
        self.runtime.draw().unwrap();
        self
    }

    /// Whether anything is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.runtime.engine.tasks.under_way() > 0
    }

    /// Takes in the answers that are here, and waits for none.
    pub(crate) fn take_what_is_ready(&mut self) {
        while let Some(msg) = self.runtime.engine.tasks.next().now_or_never() {
            self.runtime.engine.ended(msg);
        }
        self.runtime.draw().unwrap();
    }

    /// Takes in one message: an answer, or that Cube asks to wait.
    pub(crate) async fn next(mut self) -> Self {
        let msg = tokio::time::timeout(DEADLINE, self.runtime.engine.tasks.next()).await;
        self.runtime.engine.ended(msg.unwrap_or_else(|_| panic!("nothing comes:\n{}", self.text())));
        self.runtime.draw().unwrap();
        self
    }

    /// Lets this many seconds pass, in which nothing else happens.
    pub(crate) fn seconds_later(mut self, seconds: u64) -> Self {
        PASSED.set(PASSED.get() + seconds);
        self.runtime.engine.happened(Msg::Ticked);
        self.runtime.draw().unwrap();
        self
    }

    /// The text on the screen, without blanks at the ends of lines.
    pub(crate) fn text(&self) -> String {
        let buffer = self.runtime.terminal.backend().buffer();
        let width = usize::from(buffer.area.width);
        let lines = buffer.content.chunks(width).map(|cells| {
            let line: String = cells.iter().map(Cell::symbol).collect();
            line.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The cells of the screen.
    pub(crate) fn cells(&self) -> Buffer {
        self.runtime.terminal.backend().buffer().clone()
    }

    /// The styles on the screen, a line of the screen each: from which column on, and which.
    pub(crate) fn styles(&self) -> String {
        let buffer = self.runtime.terminal.backend().buffer();
        let style = |cell: &Cell| format!("{:?} on {:?} {:?}", cell.fg, cell.bg, cell.modifier);
        let mut lines = Vec::new();
        for cells in buffer.content.chunks(usize::from(buffer.area.width)) {
            let mut runs: Vec<String> = Vec::new();
            let mut last = String::new();
            for (x, cell) in cells.iter().enumerate() {
                if style(cell) != last {
                    last = style(cell);
                    runs.push(format!("{x}: {last}"));
                }
            }
            lines.push(runs.join(" | "));
        }
        lines.join("\n")
    }

    #[track_caller]
    pub(crate) fn shows(self, text: &str) -> Self {
        assert!(self.text().contains(text), "no \"{text}\" on\n{}", self.text());
        self
    }

    /// As [`Screen::shows`], but for words that may be wrapped: every run of blanks and line ends counts as one blank.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        let words: Vec<String> = self.text().split_whitespace().map(str::to_owned).collect();
        assert!(words.join(" ").contains(text), "no \"{text}\" on\n{}", self.text());
        self
    }

    #[track_caller]
    pub(crate) fn hides(self, text: &str) -> Self {
        assert!(!self.text().contains(text), "\"{text}\" on\n{}", self.text());
        self
    }

    /// Takes the credential that was typed, as the session does: from now on `cube` is asked.
    pub(crate) fn with_credential(mut self, cube: Cube) -> Self {
        assert!(matches!(self.runtime.engine.session_calls.pop_front(), Some(SessionCall::UseCredential(_))));
        self.runtime.engine.tasks.use_cube(cube);
        self.runtime.engine.happened(Msg::Session(SessionReply::CredentialTaken));
        self.runtime.draw().unwrap();
        self
    }

    /// Opens another profile with the list of `cube`, as the session does.
    pub(crate) fn with_profile(mut self, name: &str, cube: Cube) -> Self {
        let asked = SessionCall::OpenProfile { name: name.to_owned(), list: None, typed: None };
        assert_eq!(self.runtime.engine.session_calls.pop_front(), Some(asked));
        let account = Account { name: name.to_owned(), profile: Some(name.to_owned()), ..Account::default() };
        let size = self.runtime.engine.app.size();
        let profiles = self.runtime.engine.app.session.profiles.clone();
        let session = Session { account, profiles, ..Session::default() };
        self.runtime.engine.open(Tasks::new(cube), Start { session, size, ..Start::default() });
        self.runtime.draw().unwrap();
        self
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.runtime.engine.has_ended()
    }
}

fn event(key: &str) -> KeyEvent {
    if let Some(c) = key.strip_prefix("ctrl+").and_then(|key| key.chars().next()) {
        return KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
    }
    if let Some(key) = key.strip_prefix("shift+") {
        return KeyEvent::new(event(key).code, KeyModifiers::SHIFT);
    }
    let function = key.strip_prefix('f').and_then(|number| number.parse().ok()).filter(|_| key != "f");
    if let Some(number) = function {
        return KeyEvent::from(KeyCode::F(number));
    }
    let mut chars = key.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return KeyEvent::from(KeyCode::Char(c));
    }
    KeyEvent::from(match key {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "pgdn" => KeyCode::PageDown,
        "pgup" => KeyCode::PageUp,
        "end" => KeyCode::End,
        "home" => KeyCode::Home,
        "backspace" => KeyCode::Backspace,
        other => panic!("no key {other}"),
    })
}
