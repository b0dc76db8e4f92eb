//! Where text that a server sent becomes text that a terminal, a log or a clipboard may hold, and its search form.
//!
//! ```text
//! RawText ──clean──▶ SafeText ──▶ widgets, notices, logs, clipboard
//!                        └──fold──▶ search text
//! ```
//! Beside that it holds what sentences about text need: how numbers are read aloud, how much of a text fits into a width,
//! what the locale says, the rules of phone numbers and how names sound. It knows no fields, and not how a match is
//! drawn.

mod address;
mod aloud;
mod bounded;
mod calling;
mod class;
mod cleaning;
mod controls;
mod dates;
mod folding;
mod forms;
mod locale;
mod masking;
mod nearest;
mod number;
#[cfg(test)]
pub(crate) mod oracle;
mod path;
mod plain;
mod sound;
mod spelling;
mod template;
mod typed;
mod width;

pub use address::is_address;
pub use aloud::number_groups;
pub(crate) use calling::Plan;
pub use calling::{Country, NoSuchCountry};
pub use cleaning::{clean, clean_str, hides_something};
pub use controls::{escape_controls, show_controls};
pub use dates::{month, weekday};
pub(crate) use folding::join_initials;
pub use folding::{Folded, fold, fold_into, fold_variant, fold_variant_with_origin, fold_with_origin};
pub(crate) use forms::{dotted_form, is_company_form, not_a_form};
pub use locale::{is_utf8, order_of_text};
pub use masking::{MASK, mask_email, mask_phone, mask_typed};
pub use nearest::nearest;
pub use number::{counted, grouped, seconds};
pub use path::{file_name, path};
pub(crate) use plain::plain;
pub(crate) use sound::sound;
pub use spelling::spelled;
pub use template::{BadTemplate, Template};
pub use typed::typed;
pub use width::{fit, fit_end, skip};

use std::borrow::Cow;
use std::fmt;

/// Text as it was received: it may hold anything, so it can't be displayed, and its `Debug` tells only its length.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawText<'a>(Cow<'a, str>);

impl RawText<'_> {
    /// The same text, owned.
    #[must_use]
    pub fn into_owned(self) -> RawText<'static> {
        RawText(Cow::Owned(self.0.into_owned()))
    }

    /// The text itself, uncleaned: the one door, for keeping it, comparing it and cleaning it, never for showing it.
    #[must_use]
    pub fn as_raw(&self) -> &str {
        &self.0
    }
}

impl<'a> From<&'a str> for RawText<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for RawText<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for RawText<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self(text)
    }
}

impl fmt::Debug for RawText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawText({} bytes)", self.0.len())
    }
}

/// Text that a terminal may hold: cleaned by [`clean()`], or our own words.
///
/// Its `Debug` tells only its length, because safe to show is not yet safe to log: it can be a customer's name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SafeText<'a>(Cow<'a, str>);

impl SafeText<'_> {
    /// The cleaned text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same text on its own, copied where it was borrowed.
    #[must_use]
    pub fn into_owned(self) -> SafeText<'static> {
        SafeText(Cow::Owned(self.0.into_owned()))
    }

    /// Cleaned texts as one, with our own `between` them: a line end, a tab.
    #[must_use]
    pub fn joined<'t>(
        parts: impl IntoIterator<Item = SafeText<'t>>,
        between: &'static str,
    ) -> SafeText<'static> {
        let mut all = String::new();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                all.push_str(between);
            }
            all.push_str(part.as_str());
        }
        SafeText(Cow::Owned(all))
    }

    /// Whether this is the received text itself, which was clean already.
    #[must_use]
    pub fn is_borrowed(&self) -> bool {
        matches!(self.0, Cow::Borrowed(_))
    }
}

impl From<&'static str> for SafeText<'_> {
    /// Takes our own words, which stand in the program and need no cleaning.
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl AsRef<str> for SafeText<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SafeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SafeText({} bytes)", self.0.len())
    }
}

/// Where cleaned text goes, which decides what it may hold and how long it may be. A cut ends in `…`, which counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One line of the table: at most 512 graphemes, bidi controls removed.
    Row,
    /// The card: several lines, tabs expanded to every fourth column, bidi controls (`<RLO>`) and invisible
    /// characters (`<200B>`) named where they were, at most 16 KiB.
    Card,
    /// One line of a notice, an error or a log: at most 200 characters, bidi controls removed.
    Message,
    /// One line without a newline, because a pasted newline runs a command: at most 16 KiB, bidi controls removed. What
    /// is copied as several lines is joined from such.
    Clipboard,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_holds_no_text() {
        let raw = RawText::from("Kari Olsen");
        assert_eq!(format!("{raw:?}"), "RawText(10 bytes)");
        assert_eq!(format!("{:?}", clean(&raw, Place::Row)), "SafeText(10 bytes)");
    }

    #[test]
    fn safe_text_displays_itself_and_keeps_to_the_asked_width() {
        assert_eq!(format!("[{:>6}]", SafeText::from("Åse")), "[   Åse]");
    }

    #[test]
    fn owned_text_no_longer_borrows() {
        let raw = RawText::from(String::from("Kari"));
        let safe = clean(&raw, Place::Row);
        assert!(safe.is_borrowed());
        let owned = safe.into_owned();
        drop(raw);
        assert!(!owned.is_borrowed());
        assert_eq!(owned.as_str(), "Kari");
    }
}
