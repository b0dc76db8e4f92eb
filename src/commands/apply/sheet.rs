//! A CSV file of changes: a column of ids, a column for each field, a heading above each. It is read as a whole, and all
//! that is wrong with it is told at once, each mistake with its line.

use super::cells;
use crate::cube::{CustomerId, StandardField};
use crate::export::{self, Choice, Columns, Headers};
use crate::fields::FieldMap;
use crate::text::{self, counted};
use std::collections::HashMap;

/// The most mistakes that are told.
const MOST_TOLD: usize = 20;

/// What the file says.
#[derive(Default)]
pub(super) struct Sheet {
    /// The keys of the fields that have a column.
    pub(super) keys: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// What is to become of one customer.
pub(super) struct Row {
    pub(super) id: CustomerId,
    pub(super) line: u64,
    /// The cells that say something, each with the key of its field.
    pub(super) cells: Vec<(String, String)>,
}

/// What an empty cell means, and an apostrophe in front.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reading {
    /// An empty cell empties the field.
    pub(super) clear_empty: bool,
    /// Each cell is the value as it is.
    pub(super) plain: bool,
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meant {
    Id,
    Field(String),
    /// No heading, which is well as long as nothing stands below it.
    Nothing,
    /// A heading that is a mistake.
    Mistake,
}

/// Mistakes, each with its line, in the order in which they were found.
#[derive(Default)]
struct Mistakes {
    told: Vec<String>,
    more: usize,
}

impl Mistakes {
    fn add(&mut self, line: u64, what: impl std::fmt::Display) {
        if self.told.len() < MOST_TOLD {
            self.told.push(format!("line {line}: {what}"));
        } else {
            self.more += 1;
        }
    }

    fn or<T>(mut self, read: T) -> Result<T, Vec<String>> {
        if self.told.is_empty() {
            return Ok(read);
        }
        if self.more > 0 {
            self.told.push(format!("and {}", counted(self.more, "more mistake")));
        }
        Err(self.told)
    }
}

impl Sheet {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// All that is wrong with it, a line each.
    pub(super) fn read(text: &str, fields: &FieldMap, reading: Reading) -> Result<Self, Vec<String>> {
        let mut mistakes = Mistakes::default();
        let (headings, lines) = cells::read(text).map_err(|why| vec![why])?;
        let columns = columns(&headings, fields, &mut mistakes);
        let mut rows: Vec<Row> = Vec::new();
        let mut known: HashMap<String, u64> = HashMap::new();
        for cells::Line { line, cells } in lines {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if cells.len() != headings.cells.len() {
                let (has, wanted) = (counted(cells.len(), "cell"), headings.cells.len());
                mistakes.add(line, format_args!("the row has {has}, and there are {wanted} headings"));
                continue;
            }
            let Some(row) = row(line, &cells, &columns, reading, &mut mistakes) else { continue };
            if let Some(first) = known.insert(row.id.to_string(), line) {
                mistakes.add(line, format_args!("the id {} is on line {first} already", row.id));
                continue;
            }
            rows.push(row);
        }
        if rows.is_empty() && mistakes.told.is_empty() {
            mistakes.add(headings.line, "there is no row below the headings");
        }
        let keys = columns.into_iter().filter_map(|column| match column {
            Meant::Field(key) => Some(key),
            Meant::Id | Meant::Nothing | Meant::Mistake => None,
        });
        mistakes.or(Self { keys: keys.collect(), rows })
    }
}

/// What each heading means; all that is wrong with them goes to the mistakes.
fn columns(headings: &cells::Line, fields: &FieldMap, mistakes: &mut Mistakes) -> Vec<Meant> {
    // As an export of all columns names them, which may have an id behind a label.
    let exported = Columns::choose(&Choice::all(), fields, &[], Headers::Labels).unwrap_or_default();
    let mut columns: Vec<Meant> = Vec::new();
    for heading in &headings.cells {
        let heading = export::unprotect(heading.trim());
        let column = if heading.is_empty() {
            Ok(Meant::Nothing)
        } else {
            let known =
                exported.iter().find(|column| column.header == heading).map(|column| column.key.clone());
            known
                .map_or_else(|| fields.key_of(&heading), Ok)
                .map(|key| if key == StandardField::Id.key() { Meant::Id } else { Meant::Field(key) })
        };
        let column = column.unwrap_or_else(|why| {
            mistakes.add(headings.line, format_args!("{why}; cubedex fields lists them"));
            Meant::Mistake
        });
        if matches!(column, Meant::Id | Meant::Field(_)) && columns.contains(&column) {
            mistakes.add(headings.line, format_args!("two columns are called {}", text::typed(&heading)));
        }
        columns.push(column);
    }
    if !columns.contains(&Meant::Id) {
        mistakes.add(headings.line, "no column is called ID");
    } else if !columns.iter().any(|column| matches!(column, Meant::Field(_))) && mistakes.told.is_empty() {
        mistakes.add(headings.line, "there is no column of a field beside the ids");
    }
    columns
}

/// One row, unless its id is wrong.
fn row(
    line: u64,
    cells: &[String],
    columns: &[Meant],
    reading: Reading,
    mistakes: &mut Mistakes,
) -> Option<Row> {
    let mut row = None;
    let id = columns.iter().position(|column| *column == Meant::Id).and_then(|at| cells.get(at));
    if let Some(cell) = id.map(|cell| cell.trim()) {
        match CustomerId::try_from(cell.strip_prefix('\'').unwrap_or(cell)) {
            Ok(id) => row = Some(Row { id, line, cells: Vec::new() }),
            Err(why) => mistakes.add(line, format_args!("{} is no id: {why}", said(cell))),
        }
    }
    for (at, (cell, column)) in cells.iter().zip(columns).enumerate() {
        match (column, &mut row) {
            (Meant::Field(key), Some(row)) if !cell.is_empty() || reading.clear_empty => {
                row.cells.push((key.clone(), cell.clone()));
            }
            (Meant::Nothing, _) if !cell.trim().is_empty() => {
                mistakes.add(line, format_args!("column {} has a value and no heading", at + 1));
            }
            _ => {}
        }
    }
    row
}

/// What stands where an id should be.
fn said(cell: &str) -> String {
    if cell.is_empty() { "an empty cell".to_owned() } else { text::typed(cell).to_string() }
}

#[cfg(test)]
mod tests;
