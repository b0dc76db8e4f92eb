//! One customer as the texts of the columns.

use super::{Columns, MOST_NAMED};
use crate::cube::{Record, Value};
use std::collections::BTreeSet;

/// The values of the columns in their order, `""` where the record has none: strings as sent, numbers in their
/// spelling, lists and objects as their JSON. What has a value but no column is noted in `without_column`.
pub(super) fn read(
    record: &Record<'_>,
    columns: &Columns,
    without_column: &mut BTreeSet<String>,
) -> Vec<String> {
    let mut row = vec![String::new(); columns.len()];
    for field in record.fields() {
        let key = field.key.as_raw();
        if let Some(cell) = columns.position(key).and_then(|at| row.get_mut(at)) {
            field.value.into_text().as_raw().clone_into(cell);
        } else if columns.are_all() && !is_empty(&field.value) && without_column.len() < MOST_NAMED {
            without_column.insert(key.to_owned());
        }
    }
    row
}

/// Whether nothing is lost with the value.
fn is_empty(value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.as_raw().is_empty(),
        _ => false,
    }
}
