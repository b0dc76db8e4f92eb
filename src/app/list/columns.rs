//! The table's columns: which of them a person has chosen, which fit, how wide each is, and which is under the cursor.

use super::List;
use crate::app::Env;
use crate::cube::{ColumnKind, Schema, StandardField};
use crate::fields::{FieldMap, Kind};
use crate::list::Store;
use crate::search::sort::Order;
use std::ptr;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// Blank columns between two fields.
pub(super) const GAP: u16 = 2;
/// The mark of the selected row, before the first field.
pub(super) const MARK: u16 = 1;
/// The narrowest and the widest column that a person can make.
const WIDTHS: (u16, u16) = (3, 200);
/// The widest that its title makes a column.
const TITLE: u16 = 16;
/// What is left of a column that gives way, at least.
const LEAST: u16 = 12;
/// This many columns at most stay at the left: the id and the name.
const STAY: usize = 2;

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

/// One column as it is kept from one start to the next: nothing of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenColumn {
    /// The key whose values it shows.
    pub key: String,
    /// What the field was called, for whoever reads the file.
    pub label: String,
    /// How wide the person made it. `None` for a width that fits by itself.
    pub width: Option<u16>,
}

/// The columns of a list from the left. How wide those are whose values must be read whole is learnt from the first
/// page and kept, so that nothing moves when more arrives.
#[derive(Debug, Clone)]
pub struct Columns {
    all: Vec<ListColumn>,
    /// Whether a person has chosen them. Of the list's own columns those that matter least give way to the others.
    are_chosen: bool,
    is_learnt: bool,
    /// The column under the cursor. `None` until a person goes there.
    cursor: Option<usize>,
}

/// A column, whether or not it is on the screen.
#[derive(Debug, Clone)]
struct ListColumn {
    key: Arc<str>,
    field: Option<StandardField>,
    kind: ColumnKind,
    /// The width that fits its values: the least that is left to it before another column goes.
    fitting: u16,
    /// The width that a person gave it.
    wanted: Option<u16>,
}

impl ListColumn {
    fn new(schema: &Schema, labels: &FieldMap, key: Arc<str>, wanted: Option<u16>) -> Self {
        let custom = || match labels.get(&key).map(|field| &field.kind) {
            Some(Kind::Integer | Kind::Number) => ColumnKind::Number,
            Some(Kind::Date) => ColumnKind::Time,
            Some(Kind::Text | Kind::Other(_)) | None => ColumnKind::Text,
        };
        let kind = schema.column_of(&key).map_or_else(custom, |column| column.kind);
        Self { field: schema.field_of(&key), kind, fitting: widths(kind).0, wanted, key }
    }

    fn width(&self) -> u16 {
        self.wanted.unwrap_or(self.fitting)
    }

    /// The least that is left of it where it must give way: numbers that are read aloud are never cut.
    fn least(&self) -> u16 {
        match self.kind {
            ColumnKind::Name | ColumnKind::Email | ColumnKind::Text => self.width().min(LEAST),
            ColumnKind::Id | ColumnKind::Phone | ColumnKind::Number | ColumnKind::Time => self.width(),
        }
    }
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
        let none = FieldMap::default();
        let column = |key: &str| ListColumn::new(schema, &none, key.into(), None);
        let all = schema.columns.iter().map(|one| column(one.key)).collect();
        Self { all, are_chosen: false, is_learnt: false, cursor: None }
    }

    /// The keys of the columns, from the left.
    #[must_use]
    pub fn keys(&self) -> Vec<Arc<str>> {
        self.all.iter().map(|column| Arc::clone(&column.key)).collect()
    }

    /// The key of the column under the cursor. `None` until a person goes to one.
    #[must_use]
    pub fn under_cursor(&self) -> Option<&Arc<str>> {
        self.all.get(self.cursor?).map(|column| &column.key)
    }

    /// Puts the cursor on a column. It stays where it is where there is no such column.
    pub(super) fn move_cursor_to(&mut self, key: &str) {
        self.cursor = self.all.iter().position(|column| *column.key == *key).or(self.cursor);
    }

    /// The columns as they are kept. None where they are those of the list, as wide as they fit.
    #[must_use]
    pub fn chosen(&self, labels: &FieldMap) -> Vec<ChosenColumn> {
        let has_width = self.all.iter().any(|column| column.wanted.is_some());
        if !self.are_chosen && !has_width {
            return Vec::new();
        }
        let column = |column: &ListColumn| ChosenColumn {
            key: column.key.to_string(),
            label: labels.name_of(&column.key).to_string(),
            width: column.wanted,
        };
        self.all.iter().map(column).collect()
    }

    /// Takes these columns in place of those that there are; the cursor stays on its column where that is among them.
    fn choose(
        &mut self,
        schema: &Schema,
        labels: &FieldMap,
        wanted: impl Iterator<Item = (Arc<str>, Option<u16>)>,
    ) {
        let cursor = self.under_cursor().cloned();
        self.all = wanted.map(|(key, width)| ListColumn::new(schema, labels, key, width)).collect();
        let own = schema.columns.iter().map(|column| column.key);
        self.are_chosen = !self.all.iter().map(|column| &*column.key).eq(own);
        self.cursor = cursor.and_then(|key| self.all.iter().position(|column| column.key == key));
    }

    /// Learns from the first page how wide the columns must be. All columns of phone numbers are as wide as the widest
    /// number.
    fn measure(&mut self, store: &Store, labels: &FieldMap) {
        let Some(segment) = store.segment(1) else { return };
        self.is_learnt = true;
        for column in &mut self.all {
            let title = labels.name_of(&column.key).as_str().width().try_into().unwrap_or(TITLE);
            let is_of_schema = labels.schema().position(&column.key).is_some();
            let title = if is_of_schema { 0 } else { TITLE.min(title) };
            column.fitting = widths(column.kind).0.max(title);
        }
        let keys = self.keys();
        let keys: Vec<&str> = keys.iter().map(|key| &**key).collect();
        let mut records = segment.records();
        for index in segment.indices() {
            let record = records.record(index);
            for (column, text) in self.all.iter_mut().zip(record.texts(&keys)) {
                let width = text.as_raw().width().try_into().unwrap_or(u16::MAX);
                column.fitting = column.fitting.max(width.min(widths(column.kind).1));
            }
        }
        let phones = || self.all.iter().filter(|column| column.kind == ColumnKind::Phone);
        let widest = phones().map(|column| column.fitting).max().unwrap_or_default();
        let phones = self.all.iter_mut().filter(|column| column.kind == ColumnKind::Phone);
        phones.for_each(|column| column.fitting = widest);
    }

    /// The columns that fit into a table of this width, from the left.
    #[must_use]
    pub fn fit(&self, width: u16) -> Vec<Column> {
        let shown = self.shown(width);
        let mut spare = width.saturating_sub(MARK + taken(&shown));
        let mut widths: Vec<u16> = shown.iter().map(|column| column.width()).collect();
        if shown.len() > 1 {
            give_way(&shown, &mut widths, (MARK + taken(&shown)).saturating_sub(width));
        }
        for (kind, most) in WIDENED {
            let place = shown.iter().position(|column| column.kind == kind && column.wanted.is_none());
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

    /// The list's own columns without those that matter least; the columns that a person has chosen, or has gone to,
    /// from the left.
    fn shown(&self, width: u16) -> Vec<&ListColumn> {
        let cursor = self.cursor.and_then(|at| self.all.get(at));
        if !self.are_chosen {
            let shown = self.most_important(width);
            if cursor.is_none_or(|cursor| shown.iter().any(|column| ptr::eq(*column, cursor))) {
                return shown;
            }
        }
        let stay = self.all.iter().take_while(|column| is_id_or_name(column)).count().min(STAY);
        let shown = (0..=stay).rev().find_map(|stay| self.around_cursor(width, stay));
        shown.unwrap_or_else(|| cursor.or(self.all.first()).into_iter().collect())
    }

    fn most_important(&self, width: u16) -> Vec<&ListColumn> {
        let mut shown: Vec<&ListColumn> = self.all.iter().collect();
        while MARK + taken(&shown) > width {
            let Some(at) = first_to_go(&shown) else { break };
            shown.remove(at);
        }
        shown
    }

    /// The first columns, of which this many stay, then those up to the cursor that fit, then as many as there is room
    /// for. `None` where the column under the cursor does not fit beside those that stay.
    fn around_cursor(&self, width: u16, stay: usize) -> Option<Vec<&ListColumn>> {
        let (left, rest) = self.all.split_at_checked(stay)?;
        let fits = |shown: &[&ListColumn]| !shown.is_empty() && MARK + taken(shown) <= width;
        let cursor = self.cursor.and_then(|cursor| cursor.checked_sub(stay));
        let needed = cursor.map_or(0, |cursor| cursor + 1).min(rest.len());
        let from = |first: usize| -> Vec<&ListColumn> {
            left.iter().chain(rest.get(first..needed).unwrap_or_default()).collect()
        };
        let fits_cut = |shown: &Vec<&ListColumn>| {
            let cut = |column: &&ListColumn| column.width() - column.least();
            fits(shown) || (MARK + taken(shown)).saturating_sub(shown.iter().map(cut).sum()) <= width
        };
        let mut shown = if needed == 0 {
            // Without one that stays, the first column is what must be seen.
            left.iter().chain(rest.first().filter(|_| left.is_empty())).collect()
        } else {
            // What stays gives way before it goes.
            let alone = || Some(from(needed - 1)).filter(|shown| stay > 0 && fits_cut(shown));
            (0..needed).map(from).find(|shown| fits(shown)).or_else(alone)?
        };
        if !fits_cut(&shown) {
            return None;
        }
        for column in rest.iter().skip(needed.max(usize::from(left.is_empty()))) {
            shown.push(column);
            if !fits(&shown) {
                shown.pop();
                break;
            }
        }
        Some(shown)
    }
}

impl List {
    /// Learns from the first page how wide the columns must be, once.
    pub(super) fn learn_columns(&mut self, env: &Env<'_>) {
        if !self.columns.is_learnt {
            self.follow_keys(env);
            self.measure_columns(env);
        }
    }

    /// Where accounts have keys of their own, the columns are those that the first page has values for. The order is by a
    /// time that there is.
    fn follow_keys(&mut self, env: &Env<'_>) {
        let pages = self.store.searchable();
        let Some(page) = pages.first().filter(|_| self.schema.keys_vary && !self.columns.are_chosen) else {
            return;
        };
        let mut filled: Vec<String> = Vec::new();
        let mut take = |key: &str, values: usize, _: Option<u32>| {
            if values > 0 {
                filled.push(key.to_owned());
            }
        };
        if !page.segment.each_key(&mut take) || filled.is_empty() {
            return;
        }
        let is_filled = |key: &str| filled.iter().any(|known| known == key);
        let is_time = |key: &&String| key.contains("time") || key.contains("date");
        let unsorted = self.sorting.orders().iter().any(|order| !is_filled(&order.key));
        if let Some(time) = filled.iter().find(is_time).filter(|_| unsorted) {
            self.take_orders(vec![Order { key: time.clone(), descending: true }]);
        }
        self.columns.all.retain(|column| is_id_or_name(column) || is_filled(&column.key));
        let own: Vec<Arc<str>> = self.columns.keys();
        for key in filled.iter().filter(|key| own.iter().all(|known| **known != ***key)) {
            let column = ListColumn::new(self.schema, env.labels, key.as_str().into(), None);
            self.columns.all.push(column);
        }
    }

    /// Learns it again: the columns are others now, or are called otherwise.
    pub(in crate::app) fn measure_columns(&mut self, env: &Env<'_>) {
        self.columns.measure(&self.store, &env.labels.of(self.schema));
    }

    /// Takes the columns that were kept. None means those of the list.
    pub(in crate::app) fn take_columns(&mut self, kept: Vec<ChosenColumn>, labels: &FieldMap) {
        if !kept.is_empty() {
            let kept = kept.into_iter().map(|one| {
                let width = one.width.map(|width| width.clamp(WIDTHS.0, WIDTHS.1));
                (one.key.into(), width)
            });
            self.columns.choose(self.schema, labels, kept);
        }
    }

    /// Shows the columns of these keys. Those that were there keep their width; one that is new gets the cursor, so that it
    /// is seen.
    pub(in crate::app) fn show_columns(&mut self, env: &Env<'_>, keys: &[Arc<str>]) {
        let before = self.columns.all.clone();
        let width = |key: &Arc<str>| before.iter().find(|column| column.key == *key)?.wanted;
        let wanted = keys.iter().map(|key| (Arc::clone(key), width(key)));
        self.columns.choose(self.schema, env.labels, wanted);
        let is_new = |column: &ListColumn| before.iter().all(|known| known.key != column.key);
        self.columns.cursor = self.columns.all.iter().position(is_new).or(self.columns.cursor);
        self.measure_columns(env);
        self.look_changed = true;
    }

    /// Goes to the next column to the left or right; from no column to the first one.
    pub(in crate::app) fn move_column_cursor(&mut self, by: isize) {
        let last = self.columns.all.len().saturating_sub(1);
        let moved = |at: usize| at.saturating_add_signed(by).min(last);
        self.columns.cursor = Some(self.columns.cursor.map_or(0, moved));
    }

    /// Goes to the column that is at this cell of a table of this width. Returns whether there is one.
    pub(in crate::app) fn move_column_cursor_to(&mut self, table: u16, x: u16) -> bool {
        let shown = self.columns.fit(table);
        let column = shown.iter().find(|column| (column.x..column.x + column.width).contains(&x));
        if let Some(column) = column {
            self.columns.move_cursor_to(&column.key);
        }
        column.is_some()
    }

    /// Makes the column under the cursor wider or narrower than it is in a table of this width. Without a cursor it is
    /// the first column that gets one.
    pub(in crate::app) fn change_column_width(&mut self, table: u16, by: i16) {
        let at = *self.columns.cursor.get_or_insert(0);
        let shown = self.columns.fit(table);
        if let Some(column) = self.columns.all.get_mut(at) {
            let width = shown
                .iter()
                .find(|shown| shown.key == column.key)
                .map_or(column.width(), |shown| shown.width);
            column.wanted = Some(width.saturating_add_signed(by).clamp(WIDTHS.0, WIDTHS.1));
            self.look_changed = true;
        }
    }
}

/// Takes what is `missing` from the columns that may be cut, cell by cell from the widest.
fn give_way(shown: &[&ListColumn], widths: &mut [u16], missing: u16) {
    for _ in 0..missing {
        let can_give = shown.iter().zip(widths.iter_mut()).filter(|(column, width)| **width > column.least());
        let Some((_, widest)) = can_give.max_by_key(|(_, width)| **width) else { return };
        *widest -= 1;
    }
}

/// How many screen columns these take.
fn taken(columns: &[&ListColumn]) -> u16 {
    let gaps = GAP.saturating_mul(columns.len().saturating_sub(1).try_into().unwrap_or(u16::MAX));
    columns.iter().fold(gaps, |taken, column| taken.saturating_add(column.width()))
}

fn is_id_or_name(column: &ListColumn) -> bool {
    matches!(column.kind, ColumnKind::Id | ColumnKind::Name)
}

/// The column that matters least: from the right, a second column of a kind before the only one. The id and the name
/// never go. `None` where nothing else is left.
fn first_to_go(shown: &[&ListColumn]) -> Option<usize> {
    let is_again = |at: usize| shown.iter().position(|other| other.kind == shown[at].kind) < Some(at);
    let mut from_right = (0..shown.len()).rev();
    let again = from_right.find(|at| is_again(*at));
    again.or_else(|| shown.iter().rposition(|column| !is_id_or_name(column)))
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

    #[rstest]
    #[case::all_fit(79, "ID 10, Name 34, E-mail 30")]
    #[case::the_name_gives_way(60, "ID 10, Name 25, E-mail 20")]
    #[case::both_give_way(40, "ID 10, Name 13, E-mail 12")]
    #[case::the_name_goes(38, "ID 10, E-mail 25")]
    fn the_id_and_the_name_stay_and_the_name_is_cut_before_it_goes(#[case] width: u16, #[case] shown: &str) {
        let mut columns = Columns::new(&CUSTOMERS);
        let keys = ["crm__customer_id", "crm__standard_info__name", "crm__standard_info__email"];
        columns.choose(&CUSTOMERS, &FieldMap::default(), keys.map(|key| (key.into(), None)).into_iter());
        columns.cursor = Some(2);
        let title = |column: Column| {
            let title = CUSTOMERS.column_of(&column.key).map_or("", |column| column.title);
            format!("{title} {}", column.width)
        };
        assert_eq!(columns.fit(width).into_iter().map(title).collect::<Vec<_>>().join(", "), shown);
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
