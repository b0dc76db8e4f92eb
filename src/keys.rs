//! The table of keys: what dispatches a key press, and what hints, palette, help and sentences are made from.

mod action;
mod commands;
mod key;
mod own;
mod spoken;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use commands::BadCommandKey;
pub use key::Key;
pub use own::BadKeys;

use crate::language::tr;
use crossterm::event::KeyEvent;
use serde::Deserialize;

/// The keys as delivered, see the file's own comment for its form.
const DELIVERED: &str = include_str!("../assets/keys.toml");
/// What `keys = "vi"` changes of them: letters are commands in the table, and only digits are typed there.
const VI: &str = include_str!("../assets/keys-vi.toml");

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
    /// The line in which customers are searched and looked up.
    Line,
    /// The fields of a customer, to be changed.
    Form,
    /// The review of what is sent to Cube.
    Review,
    /// The list of keys.
    Help,
    /// The list of actions.
    Palette,
    /// The list of profiles that are set up.
    Profiles,
    /// The list of fields, in which columns are chosen.
    Columns,
    /// The list of the values of a column.
    Values,
    /// The list of customers whose cards were opened.
    Recents,
    /// A list to choose from: forms to copy, numbers, addresses.
    Choices,
    /// The calls of a customer.
    Calls,
    /// A value that is shown large.
    Large,
    /// The list of views.
    Views,
    /// The line for the file into which what is shown is written.
    File,
    /// Two customers side by side.
    Compare,
    /// The line for a new credential.
    Credential,
}

impl Context {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Self; 19] = [
        Self::Table,
        Self::Card,
        Self::Field,
        Self::Line,
        Self::Form,
        Self::Review,
        Self::Help,
        Self::Palette,
        Self::Profiles,
        Self::Columns,
        Self::Values,
        Self::Recents,
        Self::Choices,
        Self::Calls,
        Self::Large,
        Self::Views,
        Self::File,
        Self::Compare,
        Self::Credential,
    ];

    /// Its name in `keys.toml` and in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Card => "card",
            Self::Field => "field",
            Self::Line => "line",
            Self::Form => "form",
            Self::Review => "review",
            Self::Help => "help",
            Self::Palette => "palette",
            Self::Profiles => "profiles",
            Self::Columns => "columns",
            Self::Values => "values",
            Self::Recents => "recents",
            Self::Choices => "choices",
            Self::Calls => "calls",
            Self::Large => "large",
            Self::Views => "views",
            Self::File => "file",
            Self::Compare => "compare",
            Self::Credential => "credential",
        }
    }

    /// Whether letters are typed there, so that they cannot be keys.
    #[must_use]
    pub(crate) const fn types_letters(self) -> bool {
        !matches!(self, Self::Table | Self::Card | Self::Review | Self::Large | Self::Compare)
    }
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// Where it acts; everywhere unless the row says otherwise.
    #[serde(rename = "in", default = "everywhere")]
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

fn everywhere() -> Vec<Context> {
    Context::ALL.into()
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
    /// Whether letters are commands in the table, so that only numbers open the line.
    is_vi: bool,
}

/// A hint of the bottom line: keys and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The keys' symbols, as `↑↓`.
    pub keys: String,
    /// What they do.
    pub words: String,
}

impl Binding {
    /// What the help says it does, in the language of the screen. Words of the person's own are as they wrote them.
    #[must_use]
    pub fn said(&self) -> String {
        let words = &self.words;
        tr!(words)
    }
}

impl Keymap {
    /// The keys as delivered.
    ///
    /// # Errors
    /// A table that does not parse; a test keeps the delivered one from it.
    pub fn delivered() -> Result<Self, toml::de::Error> {
        toml::from_str::<File>(DELIVERED).map(|file| Self { bindings: file.key, is_vi: false })
    }

    /// The keys as `keys = "vi"` in config.toml has them.
    ///
    /// # Errors
    /// A table that does not parse; a test keeps the delivered one from it.
    pub fn vi() -> Result<Self, BadKeys> {
        let delivered =
            Self::delivered().map_err(|error| BadKeys { line: 1, column: 1, why: error.to_string() })?;
        let (keymap, _) = delivered.with(VI)?;
        Ok(Self { is_vi: true, ..keymap })
    }

    /// The character with which a key opens the line: in the table whatever types something, in the card a number
    /// alone. `None` for a key that opens nothing.
    #[must_use]
    pub fn opens_line(&self, context: Context, event: &KeyEvent) -> Option<char> {
        let typed = key::typed(event)?;
        let is_number = typed.is_ascii_digit() || typed == '+';
        let opens = match context {
            Context::Table => is_number || (!self.is_vi && !typed.is_whitespace()),
            Context::Card => is_number,
            Context::Field
            | Context::Line
            | Context::Form
            | Context::Review
            | Context::Help
            | Context::Palette
            | Context::Profiles
            | Context::Columns
            | Context::Values
            | Context::Recents
            | Context::Choices
            | Context::Calls
            | Context::Large
            | Context::Views
            | Context::File
            | Context::Compare
            | Context::Credential => false,
        };
        opens.then_some(typed)
    }

    /// The name of the key that does something, for a sentence: the first one in this context, else in the table.
    /// Where no key does it, the palette's key and the action's words.
    #[must_use]
    pub fn key_for(&self, context: Context, action: Action) -> String {
        let key = |context| {
            let mut bindings = self.bindings(context).filter(|binding| binding.action == action);
            bindings.find_map(|binding| binding.keys.first().map(ToString::to_string))
        };
        let words = || {
            let binding = self.bindings.iter().find(|binding| binding.action == action);
            let words = binding.map(Binding::said).unwrap_or_default();
            let palette = key(Context::Table).filter(|_| action == Action::Palette);
            let palette = palette
                .or_else(|| (action != Action::Palette).then(|| self.key_for(context, Action::Palette)));
            format!("{} \"{words}\"", palette.unwrap_or_default())
        };
        key(context).or_else(|| key(Context::Table)).unwrap_or_else(words)
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
            let (Some(hint), Some(key)) = (&binding.hint, binding.keys.first()) else {
                continue;
            };
            let words = tr!(hint);
            match hints.last_mut() {
                Some(last) if last.words == words => last.keys.push_str(&key.to_string()),
                _ => hints.push(Hint { keys: key.to_string(), words }),
            }
        }
        hints
    }
}
