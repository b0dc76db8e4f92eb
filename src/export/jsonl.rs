//! JSON Lines: each record as Cube sent it, on a line of its own.

use super::{Columns, NotWritten};
use crate::cube::Record;
use std::collections::HashMap;
use std::io::Write;

/// JSON Lines under way.
pub(super) struct JsonLines<W>(W);

impl<W: Write> JsonLines<W> {
    pub(super) fn new(out: W) -> Self {
        Self(out)
    }

    /// Writes a record: whole as it was sent, or of it the chosen columns, under their keys, those that it has.
    pub(super) fn write(&mut self, record: &Record<'_>, columns: &Columns) -> Result<(), NotWritten> {
        let mut line =
            if columns.are_all() { on_one_line(record.as_json()) } else { chosen(record, columns) };
        line.push('\n');
        Ok(self.0.write_all(line.as_bytes())?)
    }

    pub(super) fn finish(self) -> Result<W, NotWritten> {
        let Self(mut out) = self;
        out.flush()?;
        Ok(out)
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
