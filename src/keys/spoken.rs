//! Words in place of keys, for a dialogue of lines (`cubedex --plain`): what is typed as a line of its own is looked up
//! here, and the help and the sentences take their words from here as they take keys from `assets/keys.toml`.

use super::{Action, Binding, Context, Key, Keymap};

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
    (LIST, &["n", "next"], Action::PageDown, "the next rows"),
    (LIST, &["p", "previous"], Action::PageUp, "the rows before"),
    (LIST, &["first"], Action::First, "the first rows"),
    (LIST, &["last"], Action::Last, "the last rows"),
    (&[Context::Line], &["enter"], Action::Open, "open the first match; with no match ask Cube for the ID"),
    (&[Context::Line], &["ok"], Action::Keep, "search for the corrected words, or the rest of the list"),
    (LIST, &["rest"], Action::LoadRest, "search the rest of the list too"),
    (LIST, &["narrow"], Action::Narrow, "search ID, name, phone and e-mail only, or all fields again"),
    (LIST, &["alike"], Action::Alike, "the names that are spelled alike"),
    (LIST, &["ask"], Action::AskCube, "ask Cube for the ID that is searched for"),
    (LIST, &["x", "export"], Action::Export, "write these customers into a file: export customers.xlsx"),
    (CARD, &["n", "next"], Action::NextCustomer, "the next customer"),
    (CARD, &["p", "previous"], Action::PreviousCustomer, "the customer before"),
    (CARD, &["y", "copy"], Action::CopyId, "copy the ID; y and a label copies that field: y phone 1"),
    (CARD, &["as"], Action::CopyAs, "copy the customer as …: for a ticket, a mail, a sheet"),
    (CARD, &["e", "edit"], Action::Edit, "change the customer"),
    (CARD, &["undo"], Action::TakeBack, "take the last change back, through the review"),
    (CARD, &["a", "all"], Action::AllFields, "show empty fields too, or no longer"),
    (CARD, &["z", "json"], Action::Raw, "the record as it was sent, or by its labels again"),
    (CARD, &["c", "call"], Action::Call, "the customer's numbers, to be called"),
    (CARD, &["m", "mail"], Action::Mail, "the customer's addresses, to be written to"),
    (CARD, &["t", "calls"], Action::Calls, "the customer's calls of today"),
    (CALLS, &["t", "calls"], Action::Calls, "the calls of 7 days, then of 30, then of today"),
    (CARD, &["s", "same"], Action::Shared, "the customers who share a value with this one"),
    (CARD, &["show"], Action::ShowField, "show a masked field for 10 seconds: show phone 1"),
    (BROWSER, &["new"], Action::NewCustomer, "create a customer"),
    (BROWSER, &["recent"], Action::Recents, "the last customers whose cards were opened"),
    (BROWSER, &["before"], Action::BackCustomer, "the customer whose card was opened before"),
    (BROWSER, &["after"], Action::ForwardCustomer, "forward again"),
    (BROWSER, &["mask"], Action::Mask, "mask values, or show them again"),
    (BROWSER, &["r", "retry"], Action::Retry, "try again what failed; on a card read the customer again"),
    (BROWSER, &["refresh"], Action::Refresh, "read the whole list again"),
    (FORM, &["done", "review"], Action::Review, "review the changes; nothing is sent by that"),
    (FORM, &["undo"], Action::UndoField, "put back what Cube has in a field: undo 3"),
    (REVIEW, &["send"], Action::Open, "send the changes to Cube"),
    (REVIEW, &["mine"], Action::TakeMine, "of a field that both have changed, keep what was typed"),
    (REVIEW, &["cube"], Action::TakeCubes, "of a field that both have changed, keep what Cube has now"),
    (REVIEW, &["r", "retry"], Action::Retry, "ask Cube whether the change was saved"),
    (EDITOR, &["drop"], Action::DropChanges, "drop the changes, when typed twice"),
    (FILE, &["yes"], Action::Open, "write the file all the same"),
    (&Context::ALL, &["b", "back"], Action::Back, "close what is open, or leave the search"),
    (&Context::ALL, &["h", "help", "?"], Action::Help, "what can be typed now"),
    (&Context::ALL, &["q", "quit"], Action::Quit, "quit"),
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
