//! cubedex: a terminal browser for the customers of a Cube account.
//!
//! # The rooms
//!
//! | room | what it is | may use |
//! | --- | --- | --- |
//! | [`language`] | the language of the screen, and what its sentences are in it | – |
//! | [`text`] | where what a server sent becomes what a terminal may hold; folding for search | `language` |
//! | [`system`] | children, the terminal while nothing is drawn on it, signals of that time, files of one's own | `text`, `language` |
//! | [`json`] | JSON read one level deep, as slices of its text | – |
//! | [`cube`] | the API client: a page, a customer, the labels | `json`, `text`, `language` |
//! | [`fields`] | custom-field ids → labels; any value as text | `cube`, `json`, `text`, `system`, `language` |
//! | [`list`] | the customers of one list that are held, as rows | `json`, `cube`, `fields`, `text`, `language` |
//! | [`search`] | a search line → the rows that match, by rank | `list`, `cube`, `fields`, `text`, `language` |
//! | [`export`] | customers as CSV, JSON Lines or Excel, into any `Write` | `cube`, `fields`, `text`, `language` |
//! | [`keys`] | the table of keys: dispatch, hints, help, and the keys that sentences name | `text`, `language` |
//! | [`keyboard`] | what comes from the terminal, bytes → keys, pastes, the mouse | – |
//! | [`words`] | what the screen says, made from typed states | `keys`, `list`, `search`, `fields`, `text`, `cube`, `language` |
//! | [`app`] | the model and `update(Msg) -> Vec<Effect>` | `words`, `keys`, `list`, `search`, `fields`, `text`, `cube`, `language` |
//! | [`ui`] | `draw(&App, &Theme, frame)` | `app`, `words`, `keys`, `list`, `search`, `fields`, `text`, `cube`, `language` |
//! | [`plain`] | the same model as a dialogue of lines: lines typed → messages, what changed → lines | `app`, `words`, `keys`, `list`, `search`, `fields`, `text`, `cube`, `language` |
//! | [`runtime`] | the loop, the tasks, the terminal | `keyboard`, `app`, `ui`, `list`, `search`, `fields`, `text`, `cube`, `system`, `language` |
//! | [`cli`] | the command line, as typed | `text` |
//! | [`config`] | command line, environment and file → settings, all resolved; where credentials are kept | `cli`, `cube`, `text`, `system`, `language` |
//! | [`prompt`] | questions on the terminal, before the screen is taken or without one | `keyboard`, `text`, `system` |
//! | [`demo`] | the embedded Cube; knows nothing of the client | – |
//! | [`logging`] | tracing into a file | – |
//! | [`session`] | an account that can be asked: from settings to credential, client and labels; why a run fails | `cli`, `config`, `prompt`, `demo`, `fields`, `text`, `cube`, `language` |
//! | [`commands`] | what is done without the screen, a command a file: get, find, export, login, doctor … | `session`, `cli`, `config`, `prompt`, `logging`, `demo`, `export`, `ui`, `keys`, `list`, `search`, `fields`, `text`, `cube`, `system`, `language` |
//! | [`browse`] | the browser's start: settings, account, screen, then the loop; another account in place of the open one | `commands`, `session`, `cli`, `config`, `prompt`, `logging`, `runtime`, `plain`, `ui`, `app`, `words`, `keys`, `keyboard`, `text`, `cube`, `system`, `language` |
//!
//! A room uses only rooms above it in the table. Most use the types of `cube` alone; requests are made in `runtime` and
//! `commands`. A test reads this table and every path in the code, and fails when a room uses one that it must not.
//!
//! # The way of the data
//!
//! ```text
//! key ─▶ Action ─┐                                  ┌─▶ ui::draw ─▶ terminal
//!                ├─▶ App::update(Msg) ─▶ Vec<Effect> ┤
//! Msg::Replied ──┘        ▲                          ├─▶ Task: page, customer, labels, search
//!                         └── Reply with its ticket ◀┤
//!                                                    ├─▶ TerminalCall: copy, suspend, repaint
//!                                                    └─▶ SessionCall: credential, profile, quit
//! ```
//!
//! [`run`] starts `commands` or `browse`, which join the rooms for one run.

pub mod app;
pub mod browse;
pub mod cli;
pub mod commands;
pub mod config;
pub mod cube;
pub mod demo;
pub mod export;
pub mod fields;
pub mod json;
pub mod keyboard;
pub mod keys;
pub mod language;
pub mod list;
pub mod logging;
pub mod plain;
pub mod prompt;
pub mod runtime;
pub mod search;
pub mod session;
pub mod system;
pub mod text;
pub mod ui;
pub mod words;

pub use commands::{completed, print};
pub use session::Failure;

/// Does what the command line asks for. The exit status of a run that ended as it should: 0, or 128 and the number
/// of the signal that ended it.
///
/// # Errors
/// See [`Failure`].
pub fn run(cli: &cli::Cli) -> Result<u8, Failure> {
    match &cli.command {
        Some(cli::Command::Open(open)) => browse::open(open),
        Some(command) => commands::run(command),
        None => browse::run(&cli.browse),
    }
}
