//! The table of keys: what dispatches a key press, and what hints, palette and help are drawn from.

mod key;
mod own;

#[cfg(test)]
mod tests;

pub(super) use key::Key;
pub use own::BadKeys;

use crate::app::action::Action;
use crossterm::event::KeyEvent;
use serde::Deserialize;

/// The keys as delivered, see the file's own comment for its form.
const DELIVERED: &str = include_str!("../../assets/keys.toml");

/// Where a key acts: what has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// The table of customers.
    Table,
    /// The card of one customer.
    Card,
    /// The line that finds a field in the card.
    Field,
    /// The search line.
    Search,
    /// The lookup line.
    Lookup,
    /// The list of keys.
    Help,
    /// The list of actions.
    Palette,
    /// The list of accounts that are set up.
    Profiles,
    /// The line for a new credential.
    Secret,
}

impl Context {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Self; 9] = [
        Self::Table,
        Self::Card,
        Self::Field,
        Self::Search,
        Self::Lookup,
        Self::Help,
        Self::Palette,
        Self::Profiles,
        Self::Secret,
    ];

    /// Its name in `keys.toml` and in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Card => "card",
            Self::Field => "field",
            Self::Search => "search",
            Self::Lookup => "lookup",
            Self::Help => "help",
            Self::Palette => "palette",
            Self::Profiles => "profiles",
            Self::Secret => "secret",
        }
    }
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
        toml::from_str::<File>(DELIVERED).map(|file| Self { bindings: file.key })
    }

    /// What a key does. `None` iff it does nothing there.
    #[must_use]
    pub fn action(&self, context: Context, event: &KeyEvent) -> Option<Action> {
        let mut here = self.bindings(context);
        here.find(|binding| binding.keys.iter().any(|key| key.is(event))).map(|binding| binding.action)
    }

    /// The bindings of a context, in order.
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.contexts.contains(&context))
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
                _ => hints.push(Hint { keys: key.to_string(), words: words.clone() }),
            }
        }
        hints
    }
}
