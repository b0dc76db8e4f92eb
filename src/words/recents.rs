//! What the lists of single moments say: how a customer was reached, and when.

use super::age;
use crate::cube::Moment;
use crate::text::{SafeText, counted, grouped};
use tr::tr;

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
    let pinned = if is_pinned { "pinned" } else { "" };
    super::joined([age(opened, now), how, pinned.to_owned()])
}

/// The heading of the list of customers whose cards were opened.
pub const RECENTS: &str = "The last customers";

/// The heading of the list of forms.
pub const COPY_AS: &str = "Copy as";
/// The heading of that list for several customers.
#[must_use]
pub fn copy_several(customers: usize) -> String {
    format!("{COPY_AS}: {}", counted(customers, "customer"))
}

/// What the forms are called.
pub const COPY_SHORT: &str = "Name (ID) phone";
/// As above.
pub const COPY_FIELDS: &str = "All fields";
/// As above.
pub const COPY_JSON: &str = "JSON as sent";
/// As above.
pub const COPY_ROW: &str = "Row of the table";

/// The heading of the list of numbers.
pub const CALL: &str = "Call";
/// The heading of the list of addresses.
pub const MAIL: &str = "Write to";

/// Why no program of the system opens addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoProgram {
    /// The program runs on another computer than the person sits at.
    OverSsh,
    /// There is no desktop.
    NoDesktop,
}

impl NoProgram {
    pub(super) const fn said(self) -> &'static str {
        match self {
            Self::OverSsh => "over ssh no program is started",
            Self::NoDesktop => "no desktop is here that has a program for it",
        }
    }
}

/// What is said of a form that is too long to arrive in the clipboard.
#[must_use]
pub fn too_long(bytes: usize) -> String {
    tr!("{bytes} bytes: too long for the terminal's clipboard", bytes = grouped(bytes as u64))
}

/// The heading of the list of values that are shared.
pub const SHARED: &str = "Others with the same …";
/// The heading of the question whether a masked value is copied.
pub const MASKED: &str = "This value is masked. Copy it …";
/// The heading of the question whether a command gets masked values.
#[must_use]
pub fn masked_command(words: &str) -> String {
    tr!("It gets values that are masked: {words}. Run it with them …", words)
}
/// Copied as it is shown.
pub const AS_SHOWN: &str = "as shown";
/// Copied with what is masked.
pub const IN_FULL: &str = "in full";
/// What that means in the list of forms.
pub const IN_FULL_MEANS: &str = "the forms with the values that are masked";

/// What a list says where no line has what is typed.
pub const NOTHING_LISTED: &str = "   No line matches";

/// What a list to choose from says where there is nothing to choose.
pub const NOTHING_TO_LIST: &str = "   None";
