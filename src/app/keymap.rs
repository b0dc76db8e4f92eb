//! The table of keys: what dispatches a key press, and what hints and help are drawn from.

use crate::app::action::Action;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;
use std::fmt;

/// The keys as delivered, see the file's own comment for its form.
const DEFAULT: &str = include_str!("../../assets/keys.toml");

/// Where a key acts: what has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// The table of customers.
    Table,
    /// The card of one customer.
    Card,
    /// The search line.
    Search,
    /// The lookup line.
    Lookup,
    /// The list of keys.
    Help,
}

/// A key that can be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Key {
    /// A key, with Ctrl or not. Shift is part of the character.
    Plain {
        /// What is pressed.
        code: KeyCode,
        /// Whether Ctrl is held.
        ctrl: bool,
    },
    /// Any of the digits.
    Digit,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// Where it acts.
    #[serde(rename = "in")]
    pub contexts: Vec<Context>,
    /// The keys that do the same.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: Action,
    /// What the help says they do.
    pub words: String,
    /// What the bottom line says they do; `None` for keys it does not show.
    pub hint: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    key: Vec<Binding>,
}

/// All bindings, in the order in which they are shown.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A hint of the bottom line: keys and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The keys' symbols, as `↑↓`.
    pub keys: String,
    /// What they do.
    pub words: String,
}

impl Keymap {
    /// The keys as delivered.
    ///
    /// # Errors
    /// A table that does not parse; a test keeps the delivered one from it.
    pub fn delivered() -> Result<Self, toml::de::Error> {
        toml::from_str::<File>(DEFAULT).map(|file| Self { bindings: file.key })
    }

    /// What a key does. `None` iff it does nothing there.
    #[must_use]
    pub fn action(&self, context: Context, event: &KeyEvent) -> Option<Action> {
        let here = self
            .bindings
            .iter()
            .filter(|binding| binding.contexts.contains(&context));
        here.into_iter()
            .find(|binding| binding.keys.iter().any(|key| key.is(event)))
            .map(|binding| binding.action)
    }

    /// The bindings of a context, in order.
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings
            .iter()
            .filter(move |binding| binding.contexts.contains(&context))
    }

    /// The hints of a context. Neighbours with the same words become one.
    #[must_use]
    pub fn hints(&self, context: Context) -> Vec<Hint> {
        let mut hints: Vec<Hint> = Vec::new();
        for binding in self.bindings(context) {
            let (Some(words), Some(key)) = (&binding.hint, binding.keys.first()) else {
                continue;
            };
            match hints.last_mut() {
                Some(last) if last.words == *words => last.keys.push_str(&key.to_string()),
                _ => hints.push(Hint {
                    keys: key.to_string(),
                    words: words.clone(),
                }),
            }
        }
        hints
    }
}

impl Key {
    fn is(self, event: &KeyEvent) -> bool {
        let with = |modifier| event.modifiers.contains(modifier);
        let (ctrl, alt) = (with(KeyModifiers::CONTROL), with(KeyModifiers::ALT));
        // AltGr may arrive as Ctrl+Alt with the character it makes.
        let is_character = matches!(event.code, KeyCode::Char(_)) && ctrl == alt;
        match self {
            Self::Digit => is_character && matches!(event.code, KeyCode::Char('0'..='9')),
            Self::Plain { code, ctrl: false } if matches!(code, KeyCode::Char(_)) => {
                is_character && code == event.code
            }
            Self::Plain { code, ctrl: wanted } => code == event.code && ctrl == wanted && !alt,
        }
    }
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        if name == "0-9" {
            return Ok(Self::Digit);
        }
        let (ctrl, rest) = name
            .strip_prefix("ctrl+")
            .map_or((false, name.as_str()), |rest| (true, rest));
        let named = NAMED
            .iter()
            .find(|(known, ..)| *known == rest)
            .map(|(_, code, _)| *code);
        let mut chars = rest.chars();
        let character = chars.next().filter(|_| chars.next().is_none()).map(KeyCode::Char);
        let function = rest
            .strip_prefix('f')
            .and_then(|number| number.parse().ok())
            .map(KeyCode::F);
        let code = named.or(character).or(function);
        code.map(|code| Self::Plain { code, ctrl })
            .ok_or_else(|| format!("there is no key \"{name}\""))
    }
}

/// Keys with a name: what the file calls them, what they are, what the screen shows.
const NAMED: [(&str, KeyCode, &str); 14] = [
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("enter", KeyCode::Enter, "⏎"),
    ("esc", KeyCode::Esc, "Esc"),
    ("tab", KeyCode::Tab, "Tab"),
    ("backtab", KeyCode::BackTab, "⇧Tab"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("pgup", KeyCode::PageUp, "PgUp"),
    ("pgdn", KeyCode::PageDown, "PgDn"),
    ("delete", KeyCode::Delete, "Del"),
    ("space", KeyCode::Char(' '), "Space"),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Plain { code, ctrl } = self else {
            return f.write_str("0–9");
        };
        if *ctrl {
            f.write_str("Ctrl+")?;
        }
        match (NAMED.iter().find(|(_, known, _)| known == code), code) {
            (Some((.., symbol)), _) => f.write_str(symbol),
            (None, KeyCode::Char(c)) if *ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const CONTEXTS: [Context; 5] = [
        Context::Table,
        Context::Card,
        Context::Search,
        Context::Lookup,
        Context::Help,
    ];

    fn press(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    #[test]
    fn the_delivered_table_parses_and_no_key_means_two_things_in_one_place() {
        let keymap = Keymap::delivered().unwrap();
        for context in CONTEXTS {
            let mut seen: Vec<Key> = Vec::new();
            for key in keymap.bindings(context).flat_map(|binding| &binding.keys) {
                assert!(!seen.contains(key), "{key} twice in {context:?}");
                seen.push(*key);
            }
        }
    }

    #[test]
    fn one_can_quit_and_step_back_from_everywhere() {
        let keymap = Keymap::delivered().unwrap();
        for context in CONTEXTS {
            let ctrl_c = press(KeyCode::Char('c'), KeyModifiers::CONTROL);
            assert_eq!(keymap.action(context, &ctrl_c), Some(Action::Quit), "{context:?}");
            let esc = press(KeyCode::Esc, KeyModifiers::NONE);
            assert_eq!(keymap.action(context, &esc), Some(Action::Back), "{context:?}");
        }
    }

    /// On a Norwegian keyboard these take `AltGr`.
    #[test]
    fn no_key_needs_altgr() {
        let keymap = Keymap::delivered().unwrap();
        for binding in CONTEXTS
            .into_iter()
            .flat_map(|context| keymap.bindings(context).collect::<Vec<_>>())
        {
            for key in &binding.keys {
                let Key::Plain {
                    code: KeyCode::Char(c),
                    ..
                } = key
                else {
                    continue;
                };
                assert!(!"@£$€{[]}\\~|".contains(*c), "{c}");
            }
        }
    }

    #[test]
    fn letters_do_nothing_while_a_line_is_typed() {
        let keymap = Keymap::delivered().unwrap();
        for context in [Context::Search, Context::Lookup] {
            for c in ('a'..='z')
                .chain('A'..='Z')
                .chain('0'..='9')
                .chain("/?+:".chars())
            {
                assert_eq!(
                    keymap.action(context, &press(KeyCode::Char(c), KeyModifiers::NONE)),
                    None,
                    "{c}"
                );
            }
        }
    }

    #[rstest]
    #[case::slash_with_shift(KeyCode::Char('/'), KeyModifiers::SHIFT, Some(Action::Search))]
    #[case::capital(KeyCode::Char('G'), KeyModifiers::SHIFT, Some(Action::Last))]
    #[case::digit(KeyCode::Char('7'), KeyModifiers::NONE, Some(Action::TypeLookup))]
    #[case::ctrl(KeyCode::Char('g'), KeyModifiers::CONTROL, Some(Action::Lookup))]
    #[case::altgr(KeyCode::Char('7'), KeyModifiers::CONTROL.union(KeyModifiers::ALT), Some(Action::TypeLookup))]
    #[case::alt_is_another_key(KeyCode::Char('q'), KeyModifiers::ALT, None)]
    fn a_key_is_known_with_its_modifiers(
        #[case] code: KeyCode,
        #[case] modifiers: KeyModifiers,
        #[case] action: Option<Action>,
    ) {
        assert_eq!(
            Keymap::delivered()
                .unwrap()
                .action(Context::Table, &press(code, modifiers)),
            action
        );
    }

    #[test]
    fn hints_with_the_same_words_stand_together() {
        let hints = Keymap::delivered().unwrap().hints(Context::Table);
        assert_eq!(
            hints.first(),
            Some(&Hint {
                keys: "↑↓".into(),
                words: "move".into()
            })
        );
    }
}
