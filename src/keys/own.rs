//! A person's own keys: a file that gives some actions other keys, checked so that there is always a way out.

use super::{Action, Binding, Context, Key, Keymap};
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

/// Why a file of keys can't be used, and where.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct BadKeys {
    /// The line, from 1.
    pub line: usize,
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
        let mut rows: Vec<(usize, Binding)> = Vec::new();
        for own in file.key {
            let line = line_of(&own.keys.span(), toml);
            let (words, hint) = self.take_away(&own);
            let (words, hint) = (own.words.unwrap_or(words), own.hint.or(hint));
            let keys = own.keys.into_inner();
            rows.push((line, Binding { contexts: own.contexts, keys, action: own.action, words, hint }));
        }
        let mut warnings = Vec::new();
        for (line, binding) in &rows {
            self.check(*line, binding, &rows)?;
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

    fn check(&self, line: usize, row: &Binding, rows: &[(usize, Binding)]) -> Result<(), BadKeys> {
        let bad = |why| Err(BadKeys { line, why });
        for context in &row.contexts {
            let place = context.name();
            for key in &row.keys {
                let others = rows.iter().map(|(_, other)| other).filter(|other| !std::ptr::eq(*other, row));
                let mut here =
                    self.bindings(*context).chain(others.filter(|other| other.contexts.contains(context)));
                if here.any(|other| other.keys.contains(key)) {
                    return bad(format!(
                        "{key} is taken in the {place}; give what it does there another key first"
                    ));
                }
                if context.types_letters() && key.is_typed() {
                    return bad(format!(
                        "{key} is typed in the {place}; only keys with Ctrl and named keys can act there"
                    ));
                }
            }
            if row.action == Action::Back && row.keys.is_empty() {
                return bad(format!("the {place} needs a key to step back"));
            }
        }
        Ok(())
    }
}

impl BadKeys {
    fn syntax(error: &toml::de::Error, toml: &str) -> Self {
        let line = error.span().map_or(1, |span| line_of(&span, toml));
        let words = error.message().lines().next().unwrap_or_default();
        let words = words.split(", expected").next().unwrap_or_default();
        let is_ours =
            words.starts_with("unknown") || words.starts_with("there is") || words.starts_with("missing");
        let why = if is_ours { words.to_owned() } else { format!("not TOML: {words}") };
        Self { line, why }
    }
}

fn line_of(span: &Range<usize>, toml: &str) -> usize {
    1 + toml.bytes().take(span.start).filter(|&byte| byte == b'\n').count()
}
