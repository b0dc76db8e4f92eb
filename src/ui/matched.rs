//! The column that says in which field a customer matches, where that field is in no other column.

use crate::app::{App, Column, Match};
use crate::cube::StandardField;
use crate::list::Row;
use std::ops::Range;

/// The part of the table that the column may have.
const PART: u16 = 3;
/// The narrowest and the widest it is.
const WIDTHS: (u16, u16) = (18, 44);
/// Blank cells between two columns.
const GAP: u16 = 2;

/// The columns of the table, and the matches of the rows in the viewport.
pub(super) struct Matches {
    /// The columns of the table.
    pub columns: Vec<Column>,
    /// Where the column for matches is, and how wide. `None` where no row needs it.
    pub place: Option<(u16, u16)>,
    /// The labels of the matches, each once.
    pub labels: Vec<String>,
    by_row: Vec<(usize, Match)>,
}

/// The value of a match, from its hit on where it does not fit into `room` cells, and the hits in that.
pub(super) fn fitted(found: &Match, room: usize) -> (&str, Vec<Range<usize>>) {
    let fits = unicode_width::UnicodeWidthStr::width(found.value.as_str()) <= room;
    let from = found.hits.first().filter(|_| !fits).map_or(0, |hit| hit.start);
    let hits = found.hits.iter().map(|hit| hit.start - from..hit.end - from).collect();
    (found.value.get(from..).unwrap_or(&found.value), hits)
}

impl Matches {
    /// Looks at the rows in the viewport of a table of this width.
    pub(super) fn new(app: &App, width: u16, window: usize) -> Self {
        let all = app.list.columns.fit(width);
        let Some(query) = app.list.view.query() else { return Self::none(all) };
        let place = (width / PART).clamp(WIDTHS.0, WIDTHS.1.min(width));
        let narrowed = app.list.columns.fit(width.saturating_sub(place + GAP));
        let visible: Vec<StandardField> = narrowed.iter().filter_map(|column| column.field).collect();
        let shows = |columns: &[Column], key: &str| columns.iter().any(|column| *column.key == *key);
        let mut records = app.list.store.reader();
        let mut matches = Vec::new();
        // A field that is asked for and has no column has its place whether or not a row in sight matches in it.
        let mut needs_column = query.custom_keys().any(|key| !shows(&all, key));
        for row in app.list.viewport(window) {
            let Some(Row::Loaded(slot)) = app.list.row(row) else { continue };
            let Some(record) = records.record(slot) else { continue };
            if let Some(found) = app.match_elsewhere(query, &record, &visible) {
                needs_column |= !shows(&all, &found.key);
                if !shows(&narrowed, &found.key) {
                    matches.push((row, found));
                }
            }
        }
        if !needs_column {
            return Self::none(all);
        }
        let mut labels: Vec<String> = Vec::new();
        for (_, found) in &matches {
            if !labels.contains(&found.label) {
                labels.push(found.label.clone());
            }
        }
        let x = narrowed.last().map_or(0, |column| column.x + column.width + GAP);
        let place = Some((x, place.min(width.saturating_sub(x))));
        Self { columns: narrowed, place, labels, by_row: matches }
    }

    fn none(columns: Vec<Column>) -> Self {
        Self { columns, place: None, labels: Vec::new(), by_row: Vec::new() }
    }

    /// The match of a row. `None` where its columns show why it was found.
    pub(super) fn of(&self, row: usize) -> Option<&Match> {
        self.by_row.iter().find(|(at, _)| *at == row).map(|(_, found)| found)
    }
}
