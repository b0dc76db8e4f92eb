//! What cubedex does without its screen: a command a file, each from arguments to an exit status.
//!
//! ```text
//! cli ─▶ account ─▶ pages, customers, labels ─▶ find · get · export · fields · doctor ─▶ output (data)
//!                                                                                   └─▶ standard error (words)
//! ```
//!
//! Data goes to standard output or into a file, words to standard error. What a terminal gets is cleaned; what a pipe
//! gets is as Cube sent it.

mod check;
mod doctor;
mod export;
mod failure;
mod fields;
mod file;
mod find;
mod get;
mod labels;
mod output;
mod pages;
mod papers;
mod progress;
mod seen;
mod show;
mod table;

pub use doctor::{Found, Surroundings, run as doctor};
pub use export::run as export;
pub use failure::Failure;
pub use fields::run as fields;
pub use find::run as find;
pub use get::{ids, run as get};
pub use papers::{completions, man};

use crate::config::Folders;
use crate::cube::Cube;
use crate::text;
use std::path::PathBuf;

/// The exit status for "nobody was found", told apart from a failure.
const NOT_FOUND: u8 = 3;

/// "1 customer", "12,340 customers".
fn counted(number: u64, noun: &str) -> String {
    text::counted(usize::try_from(number).unwrap_or(usize::MAX), noun)
}

/// The account that a command asks.
#[derive(Debug)]
pub struct Account {
    /// The client.
    pub cube: Cube,
    /// The mapping file that was named.
    pub custom_fields: Option<PathBuf>,
    /// Where the account's own mapping file may lie.
    pub folders: Folders,
}
