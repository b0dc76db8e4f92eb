//! JSON Lines: each record as Cube sent it, on a line of its own.

use super::{Columns, NotWritten};
use crate::cube::{Record, strict_json};
use std::collections::HashMap;
use std::io::Write;

/// JSON Lines under way.
pub(super) struct JsonLines<W> {
    is_strict: bool,
    out: W,
}

impl<W: Write> JsonLines<W> {
    /// `is_strict` writes `null` in place of words that JSON does not have.
    pub(super) fn new(is_strict: bool, out: W) -> Self {
        Self { is_strict, out }
    }

    /// Writes a record: whole as it was sent, or of it the chosen columns, under their keys, those that it has.
    pub(super) fn write(&mut self, record: &Record<'_>, columns: &Columns) -> Result<(), NotWritten> {
        let mut line =
            if columns.are_all() { on_one_line(record.as_json()) } else { chosen(record, columns) };
        if self.is_strict {
            line = strict_json(&line).into_owned();
        }
        line.push('\n');
        Ok(self.out.write_all(line.as_bytes())?)
    }

    pub(super) fn finish(mut self) -> Result<W, NotWritten> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// The JSON without its line ends and what indents the lines. JSON has neither inside a string.
fn on_one_line(json: &str) -> String {
    let is_end = |c| matches!(c, '\r' | '\n');
    let mut lines = json.trim_ascii().split(is_end);
    let mut one = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        one.push_str(line.trim_ascii_start());
    }
    one
}

fn chosen(record: &Record<'_>, columns: &Columns) -> String {
    let fields = record.fields();
    let sent: HashMap<&str, &str> =
        fields.iter().map(|field| (field.key.as_raw(), field.json.as_raw())).collect();
    let members = columns.iter().filter_map(|column| {
        let value = on_one_line(sent.get(column.key.as_str())?);
        Some(format!("{}:{value}", serde_json::Value::from(column.key.as_str())))
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}
