//! The one test target: whole runs, the real program in a real terminal, and the house itself.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test ends by panicking"
)]

mod browse;
mod harness;
mod rooms;
