//! What more than one room asks of the operating system: children, the terminal while nothing is drawn on it, and the
//! signals of that time.
//!
//! ```text
//! prompt ──────────▶ Raw ────────┐
//! config ──▶ child ─▶ Terminal ──┼─▶ signals: a signal gives all of it back, until another takes signals over
//! runtime ─▶ child::end_all ─────┘
//! ```

pub mod child;
mod raw;
pub mod signals;
mod terminal;

pub use raw::Raw;
pub use terminal::has_job_control;
