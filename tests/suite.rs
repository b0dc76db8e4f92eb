//! The one test target: whole runs, the real program in a real terminal, and the house itself.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "helpers of tests fail as tests do"
)]

mod account;
mod accounts;
mod browse;
mod call;
mod client;
mod forms;
mod harness;
mod language;
#[path = "../src/text/oracle.rs"]
#[expect(dead_code, reason = "the unit tests use more of it")]
mod oracle;
mod plain;
mod program;
mod promises;
mod pty;
mod recording;
mod rooms;
mod run;
mod screens;
mod secrets;
mod sentences;
mod server;
mod setup;
mod shell;
mod terminal;
mod wire;
