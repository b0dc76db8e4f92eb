//! `cubedex` without a command: what to browse, and how.

use super::{Account, Writing};
use crate::text;
use clap::{Args, ValueEnum};

/// What to browse.
#[derive(Clone, Default, Args)]
pub struct Browse {
    /// Whose customers.
    #[command(flatten)]
    pub account: Account,
    /// Whether customers may be changed.
    #[command(flatten)]
    pub writing: Writing,
    /// The colours: auto (by the terminal's background), terminal (its own), dark, light or high-contrast
    #[arg(long, value_name = "NAME", hide_possible_values = true)]
    pub theme: Option<Theme>,
    /// Type this into the line at once, as in the browser
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, conflicts_with = "caller")]
    pub search: Option<String>,
    /// Begin with this view, as it was saved in the browser
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Talk in lines instead of drawing a screen: for screen readers and slow lines
    #[arg(long)]
    pub plain: bool,
    /// Who calls: an id, a phone number in any spelling, or an e-mail address; a number opens its customer
    #[arg(value_name = "CALLER")]
    pub caller: Option<String>,
}

/// The sets of colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Dark or light, as the terminal says that its background is; else the terminal's own.
    #[default]
    Auto,
    /// The terminal's own colours.
    Terminal,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// As much contrast as there is.
    HighContrast,
}

impl Browse {
    /// What is typed into the line at once.
    #[must_use]
    pub fn typed(&self) -> Option<&str> {
        self.search.as_deref().or(self.caller.as_deref())
    }
}

/// The schemes by which other programs hand over a number.
const SCHEMES: [&str; 3] = ["tel:", "callto:", "sip:"];

/// Whether a word is what a caller may be known by: a number, or an e-mail address. Any other may be meant as a command.
pub(super) fn is_caller(word: &str) -> bool {
    let word = word.trim();
    let is_in_number =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '-' | '(' | ')' | '.' | '/');
    let is_number = word.chars().all(is_in_number) && word.contains(|c: char| c.is_ascii_digit());
    // What has one of these is an address of something else, in which a secret can be.
    let is_email = text::is_address(word) && !word.contains([':', '/', '\\']);
    let is_handed_over = SCHEMES
        .iter()
        .any(|scheme| word.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    is_number || is_email || is_handed_over
}
