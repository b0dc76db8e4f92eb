//! One table of the file: its values by key, each with its place, and words for what is wrong with one.

use crate::text;
use std::fmt;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A place in the file, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The line.
    pub line: usize,
    /// The column in characters.
    pub column: usize,
}

impl At {
    /// The place of a span in `text`.
    pub(in crate::config) fn of(span: &Range<usize>, text: &str) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let last = before.rsplit('\n').next().unwrap_or_default();
        Self { line: 1 + before.matches('\n').count(), column: 1 + last.chars().count() }
    }
}

/// What is wrong with the file's text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// Where.
    pub at: At,
    /// What, with the key and what is allowed; never the value.
    pub why: String,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.at.line, self.at.column, self.why)
    }
}

/// A setting: its key, what it takes, an example.
pub(in crate::config) type Setting = (&'static str, &'static str, &'static str);

/// Keys that people try and that must not be there: others may read the file.
const SECRETS: [&str; 4] = ["token", "password", "secret", "key"];

/// A table whose keys are all known.
pub(in crate::config) struct Section<'a> {
    text: &'a str,
    table: &'a DeTable<'a>,
    settings: &'static [Setting],
}

impl<'a> Section<'a> {
    /// Refuses keys that are not among `settings`.
    pub(in crate::config) fn new(
        text: &'a str,
        table: &'a DeTable<'a>,
        settings: &'static [Setting],
    ) -> Result<Self, Bad> {
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if !settings.iter().any(|(known, ..)| *known == name) {
                let why = unknown(name, settings);
                return Err(Bad { at: At::of(&key.span(), text), why });
            }
        }
        Ok(Self { text, table, settings })
    }

    /// Whether the key is there.
    pub(in crate::config) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(in crate::config) fn word(&self, key: &str) -> Result<Option<&'a str>, Bad> {
        self.read(key, |value| value.as_str().filter(|word| !word.is_empty()))
    }

    pub(in crate::config) fn flag(&self, key: &str) -> Result<Option<bool>, Bad> {
        self.read(key, DeValue::as_bool)
    }

    pub(in crate::config) fn number(
        &self,
        key: &str,
        range: &RangeInclusive<u64>,
    ) -> Result<Option<u64>, Bad> {
        self.read(key, |value| {
            let number = value.as_integer().filter(|number| number.radix() == 10)?;
            number.as_str().parse().ok().filter(|number| range.contains(number))
        })
    }

    /// A list of words, of which the first is not empty.
    pub(in crate::config) fn words(&self, key: &str) -> Result<Option<Vec<String>>, Bad> {
        self.read(key, |value| {
            let words = value.as_array()?.iter().map(|word| word.get_ref().as_str().map(str::to_owned));
            let words: Vec<String> = words.collect::<Option<_>>()?;
            words.first().is_some_and(|first| !first.is_empty()).then_some(words)
        })
    }

    /// A table in this one, with the place of its key.
    pub(in crate::config) fn tables(&self, key: &str) -> Result<Vec<(&'a str, At, &'a DeTable<'a>)>, Bad> {
        let Some(outer) = self.read(key, DeValue::as_table)? else { return Ok(Vec::new()) };
        let inner = outer.iter().map(|(name, value)| {
            let at = At::of(&name.span(), self.text);
            let table = value.get_ref().as_table().ok_or_else(|| self.wrong(key))?;
            Ok((name.get_ref().as_ref(), at, table))
        });
        inner.collect()
    }

    /// A list of tables that is not empty.
    pub(in crate::config) fn each_table(&self, key: &str) -> Result<Option<Vec<&'a DeTable<'a>>>, Bad> {
        self.read(key, |value| {
            let tables = value.as_array()?.iter().map(|table| table.get_ref().as_table());
            tables.collect::<Option<Vec<_>>>().filter(|tables| !tables.is_empty())
        })
    }

    /// A table in this one, with settings of its own.
    pub(in crate::config) fn of(
        &self,
        table: &'a DeTable<'a>,
        settings: &'static [Setting],
    ) -> Result<Self, Bad> {
        Self::new(self.text, table, settings)
    }

    fn read<T>(&self, key: &str, read: impl Fn(&'a DeValue<'a>) -> Option<T>) -> Result<Option<T>, Bad> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        read(value.get_ref()).map(Some).ok_or_else(|| self.wrong(key))
    }

    /// That the key's value is not what it takes.
    pub(in crate::config) fn wrong(&self, key: &str) -> Bad {
        let known = self.settings.iter().find(|(known, ..)| *known == key);
        let (_, takes, example) = known.copied().unwrap_or_default();
        self.bad(key, format!("{key} takes {takes}, for example: {example}"))
    }

    /// That something else is wrong with the key's value.
    pub(in crate::config) fn bad(&self, key: &str, why: impl Into<String>) -> Bad {
        Bad { at: self.at(key), why: why.into() }
    }

    /// The place of the key's value; the beginning of the file where there is none.
    pub(in crate::config) fn at(&self, key: &str) -> At {
        let span = self.table.get(key).map(Spanned::span).unwrap_or_default();
        At::of(&span, self.text)
    }

    /// Refuses two keys that say the same thing twice; the place is that of the second.
    pub(in crate::config) fn refuse_both(&self, one: &str, other: &str, what: &str) -> Result<(), Bad> {
        if !self.has(one) || !self.has(other) {
            return Ok(());
        }
        let start = |key: &str| self.table.get(key).map_or(0, |value| value.span().start);
        let later = if start(one) > start(other) { one } else { other };
        Err(self.bad(later, format!("{one} and {other} {what}; keep one of them")))
    }
}

/// What is said of a key that there is not. It can be a secret in the wrong place, so it is cut.
fn unknown(key: &str, settings: &[Setting]) -> String {
    if SECRETS.contains(&key) {
        return format!(
            "{key} does not belong into this file, which others may read; \
             use token_command or token_file, or run: cubedex login"
        );
    }
    let shown = text::typed(key);
    let near = settings.iter().map(|(known, ..)| *known);
    let near = text::nearest(key, near).map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
    let all: Vec<&str> = settings.iter().map(|(known, ..)| *known).collect();
    format!("there is no setting {shown}{near}; there are {}", all.join(", "))
}
