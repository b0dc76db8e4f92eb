//! The table's columns: which of the list's columns fit, and how wide each is.

use crate::cube::{ColumnKind, Schema, StandardField};
use crate::list::Store;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// Blank columns between two fields.
pub(super) const GAP: u16 = 2;
/// The mark of the selected row, before the first field.
pub(super) const MARK: u16 = 1;

/// Which kinds get what is left over, in turn, and how wide that makes the first column of the kind. What is left after
/// that stays blank: what belongs together is read more easily when it is together.
const WIDENED: [(ColumnKind, u16); 4] =
    [(ColumnKind::Name, 30), (ColumnKind::Email, 30), (ColumnKind::Name, 44), (ColumnKind::Email, 44)];

/// One column on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The key whose values it shows.
    pub key: Arc<str>,
    /// The standard field that it is. `None` for other fields.
    pub field: Option<StandardField>,
    /// What its values are.
    pub kind: ColumnKind,
    /// The first screen column, counted from the left edge of the table.
    pub x: u16,
    /// How wide it is.
    pub width: u16,
}

/// The columns of a list from the left. How wide those are whose values all must be read whole is learnt from the
/// first page and kept, so that nothing moves when more arrives.
#[derive(Debug, Clone)]
pub struct Columns {
    all: Vec<ListColumn>,
    is_learnt: bool,
}

/// A column, whether or not it is on the screen.
#[derive(Debug, Clone)]
struct ListColumn {
    key: Arc<str>,
    field: Option<StandardField>,
    kind: ColumnKind,
    /// The least that is left to it before another column goes.
    least: u16,
}

impl Default for Columns {
    fn default() -> Self {
        Self::new(<&Schema>::default())
    }
}

/// The least width of a kind's columns before any value is known, and the most that values make of it.
const fn widths(kind: ColumnKind) -> (u16, u16) {
    match kind {
        ColumnKind::Id => (10, 20),
        ColumnKind::Name => (26, 26),
        ColumnKind::Phone => (14, 17),
        ColumnKind::Email => (20, 20),
        ColumnKind::Text => (8, 24),
        ColumnKind::Number => (6, 14),
        ColumnKind::Time => (10, 19),
    }
}

impl Columns {
    /// The columns of a schema.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        let column = |column: &crate::cube::SchemaColumn| ListColumn {
            key: column.key.into(),
            field: schema.field_of(column.key),
            kind: column.kind,
            least: widths(column.kind).0,
        };
        Self { all: schema.columns.iter().map(column).collect(), is_learnt: false }
    }

    /// Learns from the first page, once. All columns of phone numbers are as wide as the widest number.
    pub(super) fn learn(&mut self, store: &Store) {
        let Some(segment) = store.segment(1).filter(|_| !self.is_learnt) else {
            return;
        };
        self.is_learnt = true;
        let keys: Vec<Arc<str>> = self.all.iter().map(|column| Arc::clone(&column.key)).collect();
        let keys: Vec<&str> = keys.iter().map(|key| &**key).collect();
        let mut records = segment.records();
        for index in segment.indices() {
            let record = records.record(index);
            for (column, text) in self.all.iter_mut().zip(record.texts(&keys)) {
                let width = text.as_raw().width().try_into().unwrap_or(u16::MAX);
                column.least = column.least.max(width).min(widths(column.kind).1);
            }
        }
        let phones = || self.all.iter().filter(|column| column.kind == ColumnKind::Phone);
        let widest = phones().map(|column| column.least).max().unwrap_or_default();
        let phones = self.all.iter_mut().filter(|column| column.kind == ColumnKind::Phone);
        phones.for_each(|column| column.least = widest);
    }

    /// The columns that fit into a table of this width, from the left.
    #[must_use]
    pub fn fit(&self, width: u16) -> Vec<Column> {
        let mut shown: Vec<&ListColumn> = self.all.iter().collect();
        while MARK + least(&shown) > width {
            let Some(at) = first_to_go(&shown) else { break };
            shown.remove(at);
        }
        let mut spare = width.saturating_sub(MARK + least(&shown));
        let mut widths: Vec<u16> = shown.iter().map(|column| column.least).collect();
        for (kind, most) in WIDENED {
            let place = shown.iter().position(|column| column.kind == kind);
            if let Some(width) = place.and_then(|place| widths.get_mut(place)) {
                let more = spare.min(most.saturating_sub(*width));
                *width += more;
                spare -= more;
            }
        }
        let mut x = MARK;
        let mut columns = Vec::new();
        for (column, wanted) in shown.into_iter().zip(widths) {
            let width = wanted.min(width.saturating_sub(x));
            let ListColumn { key, field, kind, .. } = column;
            columns.push(Column { key: Arc::clone(key), field: *field, kind: *kind, x, width });
            x += width + GAP;
        }
        columns
    }
}

fn least(columns: &[&ListColumn]) -> u16 {
    let gaps = GAP * u16::try_from(columns.len().saturating_sub(1)).unwrap_or_default();
    columns.iter().map(|column| column.least).sum::<u16>() + gaps
}

/// The column that matters least: from the right, a second column of a kind before the only one. The id and the name
/// never go. `None` where nothing else is left.
fn first_to_go(shown: &[&ListColumn]) -> Option<usize> {
    let is_again = |at: usize| shown.iter().position(|other| other.kind == shown[at].kind) < Some(at);
    let stays = |at: usize| !is_again(at) && matches!(shown[at].kind, ColumnKind::Id | ColumnKind::Name);
    let mut from_right = (0..shown.len()).rev();
    from_right.find(|at| is_again(*at)).or_else(|| (0..shown.len()).rev().find(|at| !stays(*at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::{CALLS, CUSTOMERS};
    use rstest::rstest;

    fn shown(schema: &Schema, width: u16) -> String {
        let columns = Columns::new(schema).fit(width);
        let titles = columns.iter().filter_map(|column| schema.column_of(&column.key));
        titles.map(|column| column.title).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case::all_six(119, "ID Name Phone 1 Phone 2 Phone 3 E-mail")]
    #[case::one_goes(105, "ID Name Phone 1 Phone 2 E-mail")]
    #[case::beside_a_card(82, "ID Name Phone 1 E-mail")]
    #[case::small_terminal(79, "ID Name Phone 1 E-mail")]
    #[case::narrow(60, "ID Name Phone 1")]
    #[case::very_narrow(40, "ID Name")]
    fn those_that_matter_least_go_first(#[case] width: u16, #[case] titles: &str) {
        assert_eq!(shown(&CUSTOMERS, width), titles);
    }

    #[rstest]
    #[case::all(119, "Call Outcome Number Time Customer Seconds Agent")]
    #[case::the_second_id_goes(79, "Call Outcome Number Time Seconds Agent")]
    #[case::narrow(50, "Call Outcome Number Time")]
    #[case::very_narrow(12, "Call")]
    fn another_list_has_its_own_columns(#[case] width: u16, #[case] titles: &str) {
        assert_eq!(shown(&CALLS, width), titles);
    }

    #[test]
    fn columns_never_overlap_and_never_leave_the_table() {
        for (width, schema) in (1..300).flat_map(|width| [(width, &CUSTOMERS), (width, &CALLS)]) {
            let mut end = 0;
            for column in Columns::new(schema).fit(width) {
                assert!(column.width == 0 || column.x >= end, "{width}");
                end = column.x + column.width;
                assert!(column.width == 0 || end <= width, "{width}");
            }
        }
    }
}
