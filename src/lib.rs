//! cubedex: a terminal browser for the customers of a Cube account.
//!
//! # The rooms
//!
//! | room | what it is | may use |
//! | --- | --- | --- |
//! | [`text`] | where what a server sent becomes what a terminal may hold; folding for search | – |
//! | [`json`] | JSON read one level deep, as slices of its text | – |
//! | [`cube`] | the API client: a page, a customer, the labels | `json`, `text` |
//! | [`fields`] | custom-field ids → labels; any value as text | `cube`, `json`, `text` |
//! | [`list`] | the customers of one list that are held, as rows | `cube`, `fields`, `text` |
//! | [`search`] | a search line → the rows that match, by rank | `list`, `cube`, `fields`, `text` |
//! | [`export`] | customers as CSV, JSON Lines or Excel, into any `Write` | `cube`, `fields`, `text` |
//! | [`app`] | the model and `update(Msg) -> Vec<Effect>` | `list`, `search`, `fields`, `text`, `cube` |
//! | [`ui`] | `draw(&App, &Theme, frame)` | `app`, `list`, `search`, `fields`, `text`, `cube` |
//! | [`runtime`] | the loop, the tasks, the terminal | `app`, `ui`, `list`, `search`, `fields`, `text`, `cube` |
//! | [`cli`] | the command line, as typed | `text` |
//! | [`config`] | command line, environment and file → settings, all resolved; where credentials are kept | `cli`, `cube`, `text` |
//! | [`prompt`] | questions on the terminal, before the screen is taken or without one | `text` |
//! | [`commands`] | what is done without the screen: get, find, export, fields, doctor | `cli`, `config`, `export`, `list`, `search`, `fields`, `text`, `cube` |
//! | [`demo`] | the embedded Cube; knows nothing of the client | – |
//! | [`logging`] | tracing into a file | – |
//!
//! Of `cube` the rooms above it use the types alone; only `runtime` and `commands` ask it anything. A test reads this
//! table and every path in the code, and fails when a room reaches upward.
//!
//! # The way of the data
//!
//! ```text
//! key ─ input ─▶ Action ─┐                                  ┌─▶ ui::draw ─▶ terminal
//!                        ├─▶ app.update(Msg) ─▶ Vec<Effect> ┤
//! page ─ tasks ─▶ Msg ───┘        ▲                         └─▶ tasks: page, customer, labels, search
//!                                 └──────────── Msg with its ticket ◀──────────┘
//! ```
//!
//! `start` alone knows every room; it joins them for one run and holds no logic of its own.

pub mod app;
pub mod cli;
pub mod commands;
pub mod config;
pub mod cube;
pub mod demo;
pub mod export;
pub mod fields;
pub mod json;
pub mod list;
pub mod logging;
pub mod prompt;
pub mod runtime;
pub mod search;
mod start;
pub mod text;
pub mod ui;

pub use start::{Failure, run};
