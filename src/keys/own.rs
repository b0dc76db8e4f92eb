//! A person's own keys: a file that gives some actions other keys, checked so that there is always a way out.

use super::{Action, Binding, Context, Key, Keymap};
use crate::text;
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

/// Why a file of keys can't be used, and where.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, column {column}: {why}")]
pub struct BadKeys {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    key: Vec<OwnBinding>,
}

/// One row of the person's file: what it does not say stays as delivered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnBinding {
    #[serde(rename = "in")]
    contexts: Vec<Context>,
    keys: Spanned<Vec<Key>>,
    action: Action,
    words: Option<String>,
    hint: Option<String>,
}

impl Keymap {
    /// These keys with those of a person's own file, and what to warn of.
    ///
    /// # Errors
    /// A file that does not parse, a key with two meanings in one place, or a place without a key to step back.
    pub fn with(mut self, toml: &str) -> Result<(Self, Vec<String>), BadKeys> {
        let file: File = toml::from_str(toml).map_err(|error| BadKeys::syntax(&error, toml))?;
        let mut rows: Vec<(Place, Binding)> = Vec::new();
        for own in file.key {
            let place = Place::of(&own.keys.span(), toml);
            let (words, hint) = self.take_away(&own);
            let (words, hint) = (own.words.unwrap_or(words), own.hint.or(hint));
            let keys = own.keys.into_inner();
            rows.push((place, Binding { contexts: own.contexts, keys, action: own.action, words, hint }));
        }
        let mut warnings = Vec::new();
        for (place, binding) in &rows {
            self.check(*place, binding, &rows)?;
            let line = place.line;
            for key in binding.keys.iter().filter(|key| key.needs_alt_gr()) {
                warnings.push(format!("keys.toml line {line}: {key} needs AltGr on a Norwegian keyboard"));
            }
        }
        for (_, binding) in rows {
            // In the place of the keys it had, so that hints stand where they stood.
            let place = self.bindings.iter().position(|known| known.action == binding.action);
            self.bindings.insert(place.unwrap_or(self.bindings.len()), binding);
        }
        Ok((self, warnings))
    }

    /// Takes the action's delivered keys away where the row acts. The words and the hint that went with them.
    fn take_away(&mut self, own: &OwnBinding) -> (String, Option<String>) {
        let mut words = (format!("{:?}", own.action), None);
        // Ctrl+C quits whatever a file says.
        let is_free =
            |binding: &&mut Binding| binding.action == own.action && !binding.keys.contains(&Key::CTRL_C);
        for binding in self.bindings.iter_mut().filter(is_free) {
            if binding.contexts.iter().any(|context| own.contexts.contains(context)) {
                words = (binding.words.clone(), words.1.or_else(|| binding.hint.clone()));
                binding.contexts.retain(|context| !own.contexts.contains(context));
            }
        }
        words
    }

    fn check(&self, at: Place, row: &Binding, rows: &[(Place, Binding)]) -> Result<(), BadKeys> {
        let others: Vec<&Binding> = rows.iter().map(|(_, other)| other).collect();
        let why = self.why_not(row, &others);
        why.map_or(Ok(()), |why| Err(BadKeys { line: at.line, column: at.column, why }))
    }

    /// Why these keys, with `others` that are not among them yet, can't take a row. `None` where they can.
    pub(super) fn why_not(&self, row: &Binding, others: &[&Binding]) -> Option<String> {
        for context in &row.contexts {
            let place = context.name();
            for key in &row.keys {
                let others = others.iter().copied().filter(|other| !std::ptr::eq(*other, row));
                let mut here =
                    self.bindings(*context).chain(others.filter(|other| other.contexts.contains(context)));
                if here.any(|other| other.keys.contains(key)) {
                    return Some(format!(
                        "{key} is taken in the {place}; give what it does there another key first"
                    ));
                }
                if context.types_letters() && key.is_typed() {
                    return Some(format!(
                        "{key} is typed in the {place}; only keys with Ctrl and named keys can act there"
                    ));
                }
            }
            if row.action == Action::Back && row.keys.is_empty() {
                return Some(format!("the {place} needs a key to step back"));
            }
        }
        None
    }
}

impl BadKeys {
    fn syntax(error: &toml::de::Error, toml: &str) -> Self {
        let place = error.span().map_or(Place { line: 1, column: 1 }, |span| Place::of(&span, toml));
        let message = error.message().lines().next().unwrap_or_default();
        let (words, known) = message.split_once(", expected").unwrap_or((message, ""));
        let is_ours =
            words.starts_with("unknown") || words.starts_with("there is") || words.starts_with("missing");
        let why =
            if is_ours { format!("{words}{}", meant(words, known)) } else { format!("not TOML: {words}") };
        Self { line: place.line, column: place.column, why }
    }
}

/// What may be meant by the word that the parser quotes, among those that it lists.
fn meant(words: &str, known: &str) -> String {
    let quoted =
        |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let known = quoted(known);
    let others = OTHER_WORDS.iter().filter(|(_, action)| known.iter().any(|known| known == action));
    let names: Vec<&str> = known.iter().map(String::as_str).chain(others.map(|(word, _)| *word)).collect();
    let nearest = quoted(words).first().and_then(|word| text::nearest(word, names));
    let nearest = nearest
        .map(|name| OTHER_WORDS.iter().find(|(word, _)| *word == name).map_or(name, |(_, action)| action));
    nearest.map(|nearest| format!(" (did you mean {nearest}?)")).unwrap_or_default()
}

/// Words that other programs have for an action.
const OTHER_WORDS: [(&str, &str); 6] = [
    ("search", "find"),
    ("exit", "quit"),
    ("close", "back"),
    ("reload", "refresh"),
    ("yank", "copy"),
    ("redraw", "repaint"),
];

/// A place in the file, both from 1.
#[derive(Debug, Clone, Copy)]
struct Place {
    line: usize,
    column: usize,
}

impl Place {
    fn of(span: &Range<usize>, toml: &str) -> Self {
        let before = toml.get(..span.start).unwrap_or(toml);
        let last = before.rsplit('\n').next().unwrap_or_default();
        Self { line: 1 + before.matches('\n').count(), column: 1 + last.chars().count() }
    }
}
