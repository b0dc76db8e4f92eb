//! Words in place of keys, for a dialogue of lines (`cubedex --plain`): what is typed as a line of its own is looked up
//! here, and the help and the sentences take their words from here as they take keys from `assets/keys.toml`.

use super::{Action, Binding, Context, Key, Keymap};
use crate::language::later;

/// Where they act, the words that do the same, what they do, and what the help says of it.
type Row = (&'static [Context], &'static [&'static str], Action, &'static str);

const LIST: &[Context] = &[Context::Table, Context::Line];
const CARD: &[Context] = &[Context::Card];
const FORM: &[Context] = &[Context::Form];
const REVIEW: &[Context] = &[Context::Review];
const FILE: &[Context] = &[Context::File];
const CALLS: &[Context] = &[Context::Calls];
const BROWSER: &[Context] = &[Context::Table, Context::Line, Context::Card];
const EDITOR: &[Context] = &[Context::Form, Context::Review];

const ROWS: &[Row] = &[
    (LIST, &["n", "next"], Action::PageDown, later!("the next rows")),
    (LIST, &["p", "previous"], Action::PageUp, later!("the rows before")),
    (LIST, &["first"], Action::First, later!("the first rows")),
    (LIST, &["last"], Action::Last, later!("the last rows")),
    (
        &[Context::Line],
        &["enter"],
        Action::Open,
        later!("open the first match; with no match ask Cube for the ID"),
    ),
    (
        &[Context::Line],
        &["ok"],
        Action::Keep,
        later!("search for the corrected words, or the rest of the list"),
    ),
    (LIST, &["rest"], Action::LoadRest, later!("search the rest of the list too")),
    (LIST, &["narrow"], Action::Narrow, later!("search ID, name, phone and e-mail only, or all fields")),
    (LIST, &["alike"], Action::Alike, later!("the names that are spelled alike")),
    (LIST, &["ask"], Action::AskCube, later!("ask Cube for the ID that is searched for")),
    (
        LIST,
        &["views"],
        Action::Views,
        later!("the views of the list: columns, order and filter under a name"),
    ),
    (
        LIST,
        &["x", "export"],
        Action::Export,
        later!("write these customers into a file: export customers.xlsx"),
    ),
    (CARD, &["n", "next"], Action::NextCustomer, later!("the next customer")),
    (CARD, &["p", "previous"], Action::PreviousCustomer, later!("the customer before")),
    (CARD, &["y", "copy"], Action::CopyId, later!("copy the ID; y and a label copies that field: y phone 1")),
    (CARD, &["as"], Action::CopyAs, later!("copy the customer as …: for a ticket, a mail, a sheet")),
    (CARD, &["e", "edit"], Action::Edit, later!("change the customer")),
    (CARD, &["undo"], Action::TakeBack, later!("take the last change back, through the review")),
    (CARD, &["a", "all"], Action::AllFields, later!("show empty fields too, or no longer")),
    (CARD, &["z", "json"], Action::Raw, later!("the record as it was sent, or by its labels again")),
    (CARD, &["c", "call"], Action::Call, later!("the customer's numbers, to be called")),
    (CARD, &["m", "mail"], Action::Mail, later!("the customer's addresses, to be written to")),
    (CARD, &["t", "calls"], Action::Calls, later!("the customer's calls of today")),
    (CALLS, &["t", "calls"], Action::Calls, later!("the calls of 7 days, then of 30, then of today")),
    (CARD, &["s", "same"], Action::Shared, later!("the customers who share a value with this one")),
    (CARD, &["show"], Action::ShowField, later!("show a masked field for 10 seconds: show phone 1")),
    (BROWSER, &["new"], Action::NewCustomer, later!("create a customer")),
    (BROWSER, &["recent"], Action::Recents, later!("the last customers whose cards were opened")),
    (BROWSER, &["before"], Action::BackCustomer, later!("the customer whose card was opened before")),
    (BROWSER, &["after"], Action::ForwardCustomer, later!("forward again")),
    (BROWSER, &["mask"], Action::Mask, later!("mask values, or show them again")),
    (
        BROWSER,
        &["r", "retry"],
        Action::Retry,
        later!("try again what failed; on a card read the customer again"),
    ),
    (BROWSER, &["refresh"], Action::Refresh, later!("read the whole list again")),
    (FORM, &["done", "review"], Action::Review, later!("review the changes; nothing is sent by that")),
    (FORM, &["undo"], Action::UndoField, later!("put back what Cube has in a field: undo 3")),
    (REVIEW, &["send"], Action::Open, later!("send the changes to Cube")),
    (REVIEW, &["mine"], Action::TakeMine, later!("of a field that both have changed, keep what was typed")),
    (
        REVIEW,
        &["cube"],
        Action::TakeCubes,
        later!("of a field that both have changed, keep what Cube has now"),
    ),
    (REVIEW, &["r", "retry"], Action::Retry, later!("ask Cube whether the change was saved")),
    (EDITOR, &["drop"], Action::DropChanges, later!("drop the changes, when typed twice")),
    (FILE, &["yes"], Action::Open, later!("write the file all the same")),
    (&Context::ALL, &["b", "back"], Action::Back, later!("close what is open, or leave the search")),
    (&Context::ALL, &["h", "help", "?"], Action::Help, later!("what can be typed now")),
    (&Context::ALL, &["q", "quit"], Action::Quit, later!("quit")),
];

impl Keymap {
    /// The words of a dialogue of lines.
    #[must_use]
    pub fn of_words() -> Self {
        let binding = |(contexts, words, action, help): &Row| Binding {
            contexts: contexts.to_vec(),
            keys: words.iter().map(|word| Key::Word(word)).collect(),
            action: *action,
            words: (*help).to_owned(),
            hint: None,
        };
        Self { bindings: ROWS.iter().map(binding).collect(), is_vi: false }
    }

    /// What a word does where this has the focus. `None` for a word that does nothing there.
    #[must_use]
    pub fn spoken(&self, context: Context, word: &str) -> Option<Action> {
        let word = word.to_lowercase();
        let is_it = |key: &Key| matches!(key, Key::Word(known) if *known == word);
        self.bindings(context).find(|row| row.keys.iter().any(is_it)).map(|row| row.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_word_does_two_things_in_one_place() {
        let keymap = Keymap::of_words();
        for context in Context::ALL {
            let mut words = BTreeSet::new();
            for word in keymap.bindings(context).flat_map(|row| &row.keys) {
                assert!(words.insert(word.to_string()), "{word} in {context:?}");
            }
        }
    }

    #[test]
    fn back_help_and_quit_are_words_everywhere_and_a_capital_is_none_of_its_own() {
        let keymap = Keymap::of_words();
        for context in Context::ALL {
            assert_eq!(keymap.spoken(context, "B"), Some(Action::Back));
            assert_eq!(keymap.spoken(context, "Help"), Some(Action::Help));
            assert_eq!(keymap.spoken(context, "quit"), Some(Action::Quit));
        }
        assert_eq!(keymap.spoken(Context::Table, "e"), None);
    }

    #[test]
    fn a_sentence_takes_its_word_from_here() {
        let keymap = Keymap::of_words();
        assert_eq!(keymap.key_for(Context::Review, Action::Open), "send");
        assert_eq!(keymap.key_for(Context::Card, Action::Refresh), "refresh");
    }
}
