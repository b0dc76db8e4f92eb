//! Records for people and for programs: a table, JSON, JSON Lines or CSV.

use super::sink::Form;
use super::table::{self, Header};
use super::{Failure, odd, output};
use crate::cli::Shown;
use crate::cube::{ColumnKind, Record};
use crate::export::{About, Choice, Columns, CsvStyle, Export, Format, Headers, Shape};
use crate::fields::{FieldMap, value};
use crate::text::{self, Place, SafeText};
use unicode_width::UnicodeWidthStr;

/// How records are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    pub(super) shown: Shown,
    plain: bool,
    strict_json: bool,
}

impl How {
    /// Takes the options together.
    ///
    /// # Errors
    /// `plain` is for CSV alone, and `strict_json` for JSON.
    pub(super) fn of(shown: Shown, plain: bool, strict_json: bool) -> Result<Self, Failure> {
        let is_json = matches!(shown, Shown::Json | Shown::Jsonl);
        let refuse = |words: &str| Err(Failure::Usage(words.to_owned()));
        if plain && shown != Shown::Csv {
            return refuse(
                "--plain is for --format csv; a table is for people, and JSON holds each value as it is",
            );
        }
        if strict_json && !is_json {
            return refuse("--strict-json is for --format json or jsonl; no other format is JSON");
        }
        Ok(Self { shown, plain, strict_json })
    }

    /// How values are written that are no JSON.
    pub(super) fn written(self) -> odd::Written {
        match self.shown {
            Shown::Json | Shown::Jsonl if self.strict_json => odd::Written::Null,
            Shown::Json | Shown::Jsonl => odd::Written::NoJson,
            Shown::Table | Shown::Csv => odd::Written::Sent,
        }
    }

    /// What that is on its way out.
    pub(super) fn form(self) -> Form {
        match self.shown {
            Shown::Json | Shown::Jsonl => Form::Json,
            Shown::Csv if self.plain => Form::Plain,
            Shown::Table | Shown::Csv => Form::Text,
        }
    }
}

/// JSON of several records, a list; with `is_one` the record itself.
pub(super) fn json(records: &[Record<'_>], is_one: bool, how: How) -> Vec<u8> {
    let text = |record| {
        if how.strict_json { Record::as_strict_json(record) } else { Record::as_json(record).into() }
    };
    let all: Vec<_> = records.iter().map(text).collect();
    let json = match all.as_slice() {
        [only] if is_one => only.clone().into_owned(),
        all => format!("[{}]", all.join(",\n")),
    };
    (json + "\n").into_bytes()
}

/// JSON Lines or CSV with these columns of the records, or all fields where none are named.
pub(super) fn exported(
    records: &[Record<'_>],
    columns: &[String],
    fields: &FieldMap,
    how: How,
) -> Result<Vec<u8>, Failure> {
    let How { shown, plain, strict_json } = how;
    let to = SafeText::from(output::STANDARD);
    let seen: Vec<String> = keys(records);
    let fields = records.first().map_or_else(|| fields.clone(), |record| fields.of(record.schema()));
    let choice = if columns.is_empty() { Choice::all() } else { Choice::of(columns.to_vec()) };
    let columns = Columns::choose(&choice, &fields, &seen, Headers::Labels);
    let columns = columns.map_err(|bad| Failure::Usage(bad.to_string()))?;
    let format = if shown == Shown::Csv { Format::Csv } else { Format::JsonLines };
    let csv = CsvStyle { plain, ..CsvStyle::default() };
    let about = About::default();
    let shape = Shape { format, columns, csv, all_text: false, about, strict_json };
    let written = Export::begin(shape, Vec::new()).and_then(|mut export| {
        records.iter().try_for_each(|record| export.write(record))?;
        export.finish()
    });
    Ok(written.map_err(|why| output::not_exported(&to, why))?.out)
}

/// The keys that the records have, in the order in which they come.
pub(super) fn keys(records: &[Record<'_>]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for record in records {
        for field in record.fields() {
            let key = field.key.as_raw();
            if !known.contains(key) {
                known.insert(key.to_owned());
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

/// A row for each record: of these columns, or where none are named of those that its list has, a second column of a kind
/// only where one of them fills it.
pub(super) fn rows(records: &[Record<'_>], columns: &[String], fields: &FieldMap) -> String {
    let Some(schema) = records.first().map(Record::schema) else { return String::new() };
    let fields = fields.of(schema);
    let own = || schema.columns.iter().map(|column| column.key).collect();
    let keys: Vec<&str> =
        if columns.is_empty() { own() } else { columns.iter().map(String::as_str).collect() };
    let clean = |record: &Record<'_>| -> Vec<String> {
        record.texts(&keys).iter().map(|text| text::clean(text, Place::Row).to_string()).collect()
    };
    let mut rows: Vec<Vec<String>> = records.iter().map(clean).collect();
    let kinds: Vec<ColumnKind> =
        keys.iter().map(|key| schema.column_of(key).map_or(ColumnKind::Text, |column| column.kind)).collect();
    let is_used: Vec<bool> = (0..keys.len())
        .map(|at| {
            let is_first = kinds.iter().position(|kind| *kind == kinds[at]) == Some(at);
            is_first || !columns.is_empty() || rows.iter().any(|row| !row[at].is_empty())
        })
        .collect();
    let titles: Vec<SafeText<'_>> = keys.iter().map(|key| fields.name_of(key)).collect();
    let headers: Vec<Header<'_>> = titles
        .iter()
        .zip(&kinds)
        .zip(&is_used)
        .filter(|(_, is_used)| **is_used)
        .map(|((title, kind), _)| Header { title: title.as_str(), may_be_cut: may_be_cut(*kind) })
        .collect();
    for row in &mut rows {
        let mut is_used = is_used.iter();
        row.retain(|_| is_used.next() == Some(&true));
    }
    table::lines(&headers, &rows, output::width())
}

fn may_be_cut(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Name | ColumnKind::Email | ColumnKind::Text)
}

/// One customer with labels: the standard fields, then the custom ones in the mapping's order, then all others. Those
/// without a value are only counted.
pub(super) fn card(record: &Record<'_>, fields: &FieldMap) -> String {
    let fields = fields.of(record.schema());
    let mut sent = record.fields();
    sent.sort_by_cached_key(|field| fields.place_of(field.key.as_raw()));
    let (full, empty): (Vec<_>, Vec<_>) =
        sent.iter().partition(|field| !value::text(&field.value).is_empty());
    let lines: Vec<(String, String)> = full
        .iter()
        .map(|field| {
            let value = text::clean_str(value::text(&field.value), Place::Card).to_string();
            (fields.name_of(field.key.as_raw()).to_string(), value)
        })
        .collect();
    let width = lines.iter().map(|(label, _)| label.width()).max().unwrap_or_default();
    let room = output::width().unwrap_or(usize::MAX).saturating_sub(width + 2).max(20);
    let mut card = String::new();
    for (label, value) in &lines {
        for (at, line) in value.lines().flat_map(|line| textwrap::wrap(line, room)).enumerate() {
            let label = if at == 0 { label.as_str() } else { "" };
            card.push_str(label);
            card.push_str(&" ".repeat(width - label.width() + 2));
            card.push_str(line.trim_end());
            card.push('\n');
        }
    }
    card + &match empty.len() {
        0 => String::new(),
        1 => "(1 field is empty)\n".to_owned(),
        more => format!("({more} fields are empty)\n"),
    }
}
