//! cubedex: a terminal browser for the customers of a Cube account.
//!
//! # The rooms
//!
//! | room | what it is | may use |
//! | --- | --- | --- |
//! | [`text`] | where what a server sent becomes what a terminal may hold; folding for search | – |
//! | [`cube`] | the API client: a page, a customer, the labels | `text` |
//! | [`fields`] | custom-field ids → labels; any value as text | `cube`'s types, `text` |
//! | [`store`] | all the customers that are held, as rows; search | `cube`'s types, `fields`, `text` |
//! | [`app`] | the model and `update(Msg) -> Vec<Effect>` | `store`, `fields`, `text`, `cube`'s types |
//! | [`ui`] | `draw(&App, &Theme, frame)` | `app`, `store`, `fields`, `text`, `cube`'s types |
//! | [`runtime`] | the loop, the tasks, the terminal | all above |
//! | [`cli`], [`config`] | the command line; settings, all resolved | `cube`'s origin, list and credential |
//! | [`demo`] | the embedded Cube; knows nothing of the client | – |
//! | [`logging`] | tracing into a file | – |
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
//! This file alone knows every room; it joins them and holds no logic of its own. A test keeps the table above true.

pub mod app;
pub mod cli;
pub mod config;
pub mod cube;
pub mod demo;
pub mod fields;
pub mod logging;
pub mod runtime;
mod start;
pub mod store;
pub mod text;
pub mod ui;

pub use start::{Failure, run};
