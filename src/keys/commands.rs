//! Commands of a person's own, as rows of the table of keys: help, palette and dispatch have them as they have all others.

use super::{Action, Binding, Context, Key, Keymap};

/// A key that a command can't have: which command, by its place, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct BadCommandKey {
    /// The place of the command among all.
    pub command: usize,
    /// Why.
    pub why: String,
}

impl Keymap {
    /// These keys with those of commands: the name of each one's key, where it has one, and its words. A key that types a
    /// character acts on a card alone, where typing finds no one; in the table the palette has the command.
    ///
    /// # Errors
    /// A key that there is not, that is taken, or that begins a number.
    pub fn with_commands<'a>(
        mut self,
        commands: impl IntoIterator<Item = (Option<&'a str>, &'a str)>,
    ) -> Result<Self, BadCommandKey> {
        for (command, (key, words)) in commands.into_iter().enumerate() {
            let bad = |why| BadCommandKey { command, why };
            let key = key.map(|name| Key::try_from(name.to_owned())).transpose().map_err(bad)?;
            if let Some(key) = key.filter(|key| key.begins_number()) {
                return Err(bad(format!("{key} begins a number on a card; use another key")));
            }
            let in_table = key.filter(|key| self.is_vi || !key.is_typed());
            let row = |contexts: Vec<Context>, key: Option<Key>| Binding {
                contexts,
                keys: key.into_iter().collect(),
                action: Action::Own(command),
                words: words.to_owned(),
                hint: None,
            };
            let rows = if key == in_table {
                vec![row(vec![Context::Card, Context::Table], key)]
            } else {
                vec![row(vec![Context::Card], key), row(vec![Context::Table], None)]
            };
            for row in rows {
                if let Some(why) = self.why_not(&row, &[]) {
                    return Err(bad(why));
                }
                self.bindings.push(row);
            }
        }
        Ok(self)
    }
}

impl Keymap {
    /// These words with those of commands, on a card: `run` and the words of each.
    #[must_use]
    pub fn with_commands_by_word<'a>(mut self, commands: impl IntoIterator<Item = &'a str>) -> Self {
        for (command, words) in commands.into_iter().enumerate() {
            // Commands are read once, and their words stay as long as the program runs.
            let word = format!("run {}", words.to_lowercase()).leak();
            self.bindings.push(Binding {
                contexts: vec![Context::Card],
                keys: vec![Key::Word(word)],
                action: Action::Own(command),
                words: words.to_owned(),
                hint: None,
            });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use rstest::rstest;

    #[test]
    fn a_command_is_run_by_its_words_on_a_card() {
        let keymap = Keymap::of_words().with_commands_by_word(["Open in Cube", "call"]);
        assert_eq!(keymap.spoken(Context::Card, "run open in Cube"), Some(Action::Own(0)));
        assert_eq!(keymap.spoken(Context::Card, "RUN CALL"), Some(Action::Own(1)));
        assert_eq!(keymap.spoken(Context::Card, "call"), Some(Action::Call));
        assert_eq!(keymap.spoken(Context::Table, "run call"), None);
    }

    fn with(keymap: Keymap, key: &str) -> Result<Keymap, String> {
        let commands = [(None, "no key"), (Some(key), "open in Cube")];
        keymap.with_commands(commands).map_err(|bad| format!("{}: {bad}", bad.command))
    }

    #[rstest]
    #[case::ctrl("ctrl+t", KeyCode::Char('t'), KeyModifiers::CONTROL, true)]
    #[case::function_key("f11", KeyCode::F(11), KeyModifiers::NONE, true)]
    #[case::letter("b", KeyCode::Char('b'), KeyModifiers::NONE, false)]
    fn a_key_acts_on_a_card_and_in_the_table_unless_it_types(
        #[case] name: &str,
        #[case] code: KeyCode,
        #[case] modifiers: KeyModifiers,
        #[case] in_table: bool,
    ) {
        let keymap = with(Keymap::delivered().unwrap(), name).unwrap();
        let event = KeyEvent::new(code, modifiers);
        let own = Some(Action::Own(1));
        assert_eq!(keymap.action(Context::Card, &event), own);
        assert_eq!(keymap.action(Context::Table, &event), own.filter(|_| in_table));
        assert_eq!(keymap.action(Context::Line, &event), None);
    }

    #[test]
    fn where_letters_are_commands_a_letter_acts_in_the_table_too() {
        let keymap = with(Keymap::vi().unwrap(), "b").unwrap();
        let event = KeyEvent::new(KeyCode::Char('b'), KeyModifiers::NONE);
        assert_eq!(keymap.action(Context::Table, &event), Some(Action::Own(1)));
    }

    #[rstest]
    #[case::delivered("y", "1: y is taken in the card; give what it does there another key first")]
    #[case::in_the_table_alone(
        "ctrl+s",
        "1: Ctrl+S is taken in the table; give what it does there another key first"
    )]
    #[case::quit("ctrl+c", "1: Ctrl+C is taken in the card; give what it does there another key first")]
    #[case::digit("7", "1: 7 begins a number on a card; use another key")]
    #[case::plus("+", "1: + begins a number on a card; use another key")]
    #[case::no_key("ctrl-t", "1: there is no key \"ctrl-t\"")]
    fn a_key_that_a_command_cannot_have_is_refused(#[case] key: &str, #[case] why: &str) {
        assert_eq!(with(Keymap::delivered().unwrap(), key).unwrap_err(), why);
    }

    #[test]
    fn two_commands_cannot_have_one_key() {
        let commands = [(Some("ctrl+t"), "one"), (Some("ctrl+t"), "other")];
        let bad = Keymap::delivered().unwrap().with_commands(commands).unwrap_err();
        assert_eq!(bad.command, 1);
    }

    #[test]
    fn the_palette_has_a_command_without_a_key() {
        let keymap = with(Keymap::delivered().unwrap(), "b").unwrap();
        let own: Vec<_> =
            keymap.bindings(Context::Table).filter(|row| row.action == Action::Own(0)).collect();
        assert_eq!((own.len(), own[0].keys.len(), own[0].words.as_str()), (1, 0, "no key"));
    }
}
