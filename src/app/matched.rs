//! The field that made a customer match, where a row does not show it.

use crate::app::App;
use crate::cube::{Record, StandardField};
use crate::fields::value;
use crate::search::{Query, highlight_field, match_elsewhere};
use crate::text::{self, Place};
use std::ops::Range;

/// A field that made a customer match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The record's key.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// Its value as it may be shown.
    pub value: String,
    /// The parts of the value that match. Empty for a value that is masked: they would tell where it matches.
    pub hits: Vec<Range<usize>>,
}

impl App {
    /// The field that made a customer match and is not `visible`. `None` where a visible field shows why.
    #[must_use]
    pub fn match_elsewhere(
        &self,
        query: &Query,
        record: &Record<'_>,
        visible: &[StandardField],
    ) -> Option<Match> {
        let key = match_elsewhere(query, record, visible)?;
        let schema = record.schema();
        let field = record.fields().into_iter().find(|field| field.key.as_raw() == key)?;
        let label = self.labels.fields.of(schema).name_of(&key).to_string();
        let raw = value::text(&field.value).into();
        let cleaned = text::clean(&raw, Place::Row).to_string();
        let value = self.masks.value(schema, &key, &cleaned).into_owned();
        let hits = if value == cleaned { highlight_field(query, schema, &key, &value) } else { Vec::new() };
        Some(Match { key, label, value, hits })
    }
}
