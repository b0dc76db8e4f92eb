//! What more than one room asks of the operating system: children, the terminal while nothing is drawn on it, the
//! signals of that time, and files of this user's own.
//!
//! ```text
//! prompt ──────────▶ Raw ────────┐
//! config ──▶ child ─▶ Terminal ──┼─▶ signals: a signal gives all of it back, until another takes signals over
//! runtime ─▶ child::end_all ─────┘
//!
//! config, browse, commands ─▶ unfinished: written as a whole or not at all
//! config, fields ───────────▶ trust: whose file it is
//! ```

pub mod child;
pub mod inbox;
mod multiplexer;
pub mod program;
mod raw;
pub mod signals;
mod terminal;
pub mod trust;
pub mod unfinished;

pub use multiplexer::Multiplexer;
pub use raw::Raw;
pub use terminal::has_job_control;
