//! What a dialogue of lines says beside the sentences of the screen.

use super::{Keys, age, syntax};
use crate::cube::Moment;
use crate::keys::{Action, Context};
use crate::language::tr;
use crate::text::grouped;
use std::ops::Range;

/// A sentence of the screen as it is read aloud: without the signs that only an eye understands.
#[must_use]
pub fn aloud(sentence: &str) -> String {
    sentence.replace(" · ", "; ").replace(" → ", &tr!(" to ")).replace('☎', &tr!("calling:"))
}

/// A masked value as it is read aloud. A reader may skip the sign of the screen, and then the rest would sound whole.
#[must_use]
pub fn mask_aloud(value: &str) -> String {
    value.replace('•', "*")
}

/// "1: Kari Hansen, 95412345".
#[must_use]
pub fn numbered(number: usize, words: &str) -> String {
    format!("{number}: {words}")
}

/// What is said of a row that is not loaded.
#[must_use]
pub fn not_loaded() -> String {
    tr!("not loaded")
}

/// "rows 1 to 10 of 2,345; n has more". Empty where all are shown.
#[must_use]
pub fn rows(shown: &Range<usize>, all: usize, keys: &Keys<'_>) -> String {
    let Range { start, end } = shown;
    if *start == 0 && *end >= all {
        return String::new();
    }
    let more =
        if *end < all { tr!("; {key} has more", key = keys.key(Action::PageDown)) } else { String::new() };
    tr!(
        "rows {start} to {end} of {all}{more}",
        start = grouped(*start as u64 + 1),
        end = grouped(*end as u64),
        all = grouped(all as u64),
        more
    )
}

/// "ID: 9120011888, read 08:12". `elsewhere` is the list that has the customer, where it is not the open one.
#[must_use]
pub fn card_head(id: &str, read: (Moment, Moment), elsewhere: Option<&str>) -> String {
    let elsewhere = elsewhere.map(|list| tr!(", in {list}", list)).unwrap_or_default();
    tr!("ID: {id}, read {read}{elsewhere}", id, read = age(read.0, read.1), elsewhere)
}

/// "Phone 1: 95412345", the lines below the first one indented.
#[must_use]
pub fn labelled(label: &str, value: &str) -> String {
    format!("{label}: {}", value.replace('\n', "\n  "))
}

/// "File: customers.xlsx".
#[must_use]
pub fn file(path: &str) -> String {
    labelled(&tr!("File"), path)
}

/// What stands before a value in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reviewed {
    /// What Cube had.
    Was,
    /// What is to replace it.
    New,
    /// What Cube has now, where both have changed it.
    Now,
}

impl Reviewed {
    /// The word.
    #[must_use]
    pub fn said(self) -> String {
        match self {
            Self::Was => tr!("was"),
            Self::New => tr!("new"),
            Self::Now => tr!("now in Cube"),
        }
    }
}

/// What a line that was typed leads to, where the model does nothing about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misheard {
    /// No row has this number. The first and the last number that one has; `None` where there are no rows.
    NoRow(usize, Option<(usize, usize)>),
    /// A row has this number, which is as long as one that is looked up.
    RowOrNumber(usize),
    /// The number of a row was typed before the rows were said.
    TooEarly(usize),
    /// The row's customer is not where they were.
    RowMoved(usize),
    /// The list has no such line.
    NoItem(usize),
    /// Only on a card this word does something.
    OnCard(String),
    /// A single letter that is no word here.
    NoWord(String),
    /// No field is called that.
    NoField(String),
    /// In a form only its words and values are understood.
    InForm,
    /// In a review only its words are understood.
    InReview,
    /// In a list to choose from only numbers and words are understood.
    InChoices,
    /// A new token cannot be typed here, where it would be seen.
    Credential,
    /// Nothing is different.
    Nothing,
}

impl Misheard {
    /// What is said.
    #[must_use]
    pub fn said(&self, keys: &Keys<'_>) -> String {
        let key = |action| keys.key(action);
        match self {
            Self::NoRow(number, None) => tr!("There is no row {number}; /{number} searches for it", number),
            Self::NoRow(number, Some((first, last))) if first == last => {
                tr!(
                    "There is no row {number}: the only row is {first}; /{number} searches for it",
                    number,
                    first
                )
            }
            Self::NoRow(number, Some((first, last))) => {
                tr!(
                    "There is no row {number}: the rows are {first} to {last}; /{number} searches for it",
                    number,
                    first,
                    last
                )
            }
            Self::RowOrNumber(number) => {
                tr!("row {number} opens row {number}; /{number} looks the number {number} up", number)
            }
            Self::TooEarly(number) => {
                tr!(
                    "{number} was typed before these rows were said; type it again to open row {number}",
                    number
                )
            }
            Self::RowMoved(number) => {
                tr!(
                    "The list has changed, and row {number} is another customer now; these are the rows:",
                    number
                )
            }
            Self::NoItem(number) => tr!("There is no line {number}", number),
            Self::OnCard(word) => {
                tr!("Open a customer first: {word} 1 does it for row 1; /{word} searches for {word}", word)
            }
            Self::NoWord(word) => {
                tr!(
                    "{word} is no word here; {key} lists them; /{word} searches for it",
                    word,
                    key = key(Action::Help)
                )
            }
            Self::NoField(name) => tr!("No field is called {name}; /{name} searches for it", name),
            Self::InForm => tr!(
                "This is a form: 3 = text changes field 3, 3 = alone empties it, {review} shows the changes, {back} closes it",
                review = key(Action::Review),
                back = key(Action::Back)
            ),
            Self::InReview => {
                tr!(
                    "Nothing is sent yet: {key} sends it, {back} goes back",
                    key = key(Action::Open),
                    back = key(Action::Back)
                )
            }
            Self::InChoices => tr!("Type a number, or {key} to go back", key = key(Action::Back)),
            Self::Credential => {
                tr!(
                    "A token is not typed here, where it would be seen: quit, run cubedex login, and start again"
                )
            }
            Self::Nothing => tr!("Nothing is different"),
        }
    }
}

/// What waits for a line, before it is typed: where one is.
#[must_use]
pub fn prompt(context: Context) -> String {
    match context {
        Context::Card | Context::Field => tr!("card> "),
        Context::Form => tr!("form> "),
        Context::Review => tr!("review> "),
        Context::Recents | Context::Choices | Context::Calls | Context::Views => tr!("choose> "),
        Context::File => tr!("file> "),
        Context::Table
        | Context::Line
        | Context::Help
        | Context::Palette
        | Context::Profiles
        | Context::Columns
        | Context::Values
        | Context::Large
        | Context::Compare
        | Context::Credential => tr!("list> "),
    }
}

/// The help: what can be typed where the focus is, and what can be searched for.
#[must_use]
pub fn plain_help(keys: &Keys<'_>) -> Vec<String> {
    let mut lines: Vec<String> = match keys.context {
        Context::Form => {
            vec![tr!("3 = text: put text into field 3; a label in place of the number does too")]
        }
        Context::Review => Vec::new(),
        Context::Recents | Context::Choices | Context::Calls | Context::Views => {
            vec![tr!("a number: choose that line")]
        }
        Context::File => vec![tr!("a path: write into that file, as .xlsx, .csv or .jsonl")],
        _ => vec![
            tr!("1 to 999, or row and any number: open that row, if it was shown"),
            tr!("four digits or more: whoever has that number or ID"),
            tr!("anything else: search for it"),
            tr!("/ in front: search for what follows, whatever it is"),
            tr!("nothing: say again what is shown"),
        ],
    };
    let words = keys.keymap.bindings(keys.context).map(|row| {
        let names: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
        format!("{}: {}", names.join(", "), row.said())
    });
    lines.extend(words);
    if matches!(keys.context, Context::Table | Context::Line | Context::Card) {
        lines.push(tr!("What can be searched for:"));
        let searches = syntax().into_iter();
        lines.extend(searches.map(|(typed, means)| format!("{}: {means}", typed.trim_end_matches(':'))));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Keymap;

    #[test]
    fn signs_for_the_eye_are_said_in_words() {
        assert_eq!(aloud("3 of all 5 · 1 to 2 · a → b"), "3 of all 5; 1 to 2; a to b");
        assert_eq!(mask_aloud("90 •• •• 88"), "90 ** ** 88");
    }

    #[test]
    fn how_many_rows_there_are_is_said_unless_all_are_shown() {
        let keymap = Keymap::of_words();
        let keys = Keys { keymap: &keymap, context: Context::Table };
        assert_eq!(rows(&(0..3), 3, &keys), "");
        assert_eq!(rows(&(0..10), 2_345, &keys), "rows 1 to 10 of 2,345; n has more");
        assert_eq!(rows(&(2_335..2_345), 2_345, &keys), "rows 2,336 to 2,345 of 2,345");
    }
}
