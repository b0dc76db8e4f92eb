//! What the lists of single moments say: how a customer was reached, and when.

use super::{age, noun};
use crate::cube::Moment;
use crate::language::tr;
use crate::text::{SafeText, grouped};

/// How a customer was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// From their row of the list.
    List,
    /// By what was typed into the line.
    Search(SafeText<'static>),
    /// Cube was asked for their id.
    Cube,
    /// From the card of the customer before or after them.
    Neighbour,
    /// From one of their calls.
    CallList,
    /// By being created.
    Created,
    /// By another program, which handed the caller over.
    Call,
    /// In an earlier run.
    Before,
}

/// "08:12 · searched: hansen": when a card was opened last, and how the customer was reached.
#[must_use]
pub fn recent(opened: Moment, now: Moment, reached: &Reached, is_pinned: bool) -> String {
    let how = match reached {
        Reached::List => tr!("from the list"),
        Reached::Search(text) => tr!("searched: {text}", text),
        Reached::Cube => tr!("asked of Cube"),
        Reached::Neighbour => tr!("next to the one before"),
        Reached::CallList => tr!("from a call"),
        Reached::Created => tr!("created"),
        Reached::Call => tr!("called"),
        Reached::Before => tr!("before this start"),
    };
    let pinned = if is_pinned { tr!("pinned") } else { String::new() };
    super::joined([age(opened, now), how, pinned])
}

/// The heading of the list of customers whose cards were opened.
#[must_use]
pub fn recents() -> String {
    tr!("The last customers")
}

/// The heading of the list of forms.
#[must_use]
pub fn copy_as() -> String {
    tr!("Copy as")
}

/// The heading of that list for several customers.
#[must_use]
pub fn copy_several(customers: usize) -> String {
    tr!("Copy as: {customers}", customers = noun::customers(customers as u64))
}

/// What the forms are called.
#[must_use]
pub fn copy_short() -> String {
    tr!("Name (ID) phone")
}

/// As above.
#[must_use]
pub fn copy_fields() -> String {
    tr!("All fields")
}

/// As above.
#[must_use]
pub fn copy_json() -> String {
    tr!("JSON as sent")
}

/// As above.
#[must_use]
pub fn copy_row() -> String {
    tr!("Row of the table")
}

/// The heading of the list of numbers.
#[must_use]
pub fn call() -> String {
    tr!("Call")
}

/// The heading of the list of addresses.
#[must_use]
pub fn write_to() -> String {
    tr!("Write to")
}

/// Why no program of the system opens addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoProgram {
    /// The program runs on another computer than the person sits at.
    OverSsh,
    /// There is no desktop.
    NoDesktop,
}

impl NoProgram {
    pub(super) fn said(self) -> String {
        match self {
            Self::OverSsh => tr!("over ssh no program is started"),
            Self::NoDesktop => tr!("no desktop is here that has a program for it"),
        }
    }
}

/// What is said of a form that is too long to arrive in the clipboard.
#[must_use]
pub fn too_long(bytes: usize) -> String {
    tr!("{bytes} bytes: too long for the terminal's clipboard", bytes = grouped(bytes as u64))
}

/// The heading of the list of values that are shared.
#[must_use]
pub fn others_with_same() -> String {
    tr!("Others with the same …")
}

/// The heading of the question whether a masked value is copied.
#[must_use]
pub fn masked_value() -> String {
    tr!("This value is masked. Copy it …")
}

/// The heading of the question whether a command gets masked values.
#[must_use]
pub fn masked_command(words: &str) -> String {
    tr!("It gets values that are masked: {words}. Run it with them …", words)
}
/// Copied as it is shown.
#[must_use]
pub fn as_shown() -> String {
    tr!("as shown")
}

/// Copied with what is masked.
#[must_use]
pub fn in_full() -> String {
    tr!("in full")
}

/// What that means in the list of forms.
#[must_use]
pub fn in_full_means() -> String {
    tr!("the forms with the values that are masked")
}

/// What a list says where no line has what is typed.
#[must_use]
pub fn nothing_listed() -> String {
    tr!("   No line matches")
}

/// What a list to choose from says where there is nothing to choose.
#[must_use]
pub fn nothing_to_list() -> String {
    tr!("   None")
}
