//! The table of customers: the names of the columns, and the rows in the window.

use crate::app::{App, Column, title};
use crate::cube::{Record, StandardField};
use crate::fields::value;
use crate::list::{PageState, Row};
use crate::search::{Part, highlight, highlight_anywhere, match_elsewhere};
use crate::text::{self, Place};
use crate::ui::fit::{cut_line, fit, restyle, spans};
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// The names of the columns.
pub(super) struct Head<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for Head<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        for column in self.app.columns.fit(area.width) {
            let text = fit(title(column.field), column.width.into());
            Line::styled(text, self.theme.quiet).render(cell(area, area.y, column), buffer);
        }
    }
}

/// The rows in the window.
pub(super) struct Rows<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for Rows<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let columns = self.app.columns.fit(area.width);
        let top = self.app.cursor.top();
        let mut records = self.app.store.reader();
        let nothing_yet = self.app.store.scope().as_of.is_none();
        for line in 0..area.height {
            let row = top + usize::from(line);
            let line = Rect { y: area.y + line, height: 1, ..area };
            match self.app.row(row) {
                Some(Row::Loaded(slot)) => {
                    if let Some(record) = records.record(slot) {
                        self.customer(&record, &columns, line, buffer);
                    }
                }
                Some(Row::Absent { page, offset }) => self.absent(page, offset, &columns, line, buffer),
                None if nothing_yet => self.dots(usize::from(line.y), &columns, line, buffer),
                None => {}
            }
            if row == self.app.cursor.row() && self.app.row_count() > 0 {
                buffer.set_style(line, self.theme.selected);
                restyle(buffer, line.x, line.y, "▌", self.theme.accent);
            }
        }
    }
}

impl Rows<'_> {
    fn customer(&self, record: &Record<'_>, columns: &[Column], line: Rect, buffer: &mut Buffer) {
        let standard = record.standard();
        for column in columns {
            let raw = standard.get(column.field);
            let value = text::clean(raw, Place::Row);
            let hits = self.hits(column.field, value.as_str());
            let shown = fit(value.as_str(), column.width.into());
            let style = self.style_of(column.field);
            Line::from(spans(&shown, &hits, style, self.theme.hit))
                .render(cell(line, line.y, *column), buffer);
        }
        if StandardField::ALL.into_iter().any(|field| text::hides_something(standard.get(field))) {
            restyle(buffer, line.x, line.y, "!", self.theme.warning);
        }
        if self.app.is_gone(standard.id.as_raw()) {
            restyle(buffer, line.x, line.y, "×", self.theme.problem);
        }
        if let Some((label, value)) = self.note(record, columns) {
            let area = note_place(columns).map(|place| cell(line, line.y, place)).unwrap_or_default();
            self.say_beside(&label, &value, area, buffer);
        }
    }

    fn hits(&self, field: StandardField, shown: &str) -> Vec<Range<usize>> {
        let find = self.app.find.as_ref().filter(|find| find.found().is_some());
        find.map(|find| highlight(&find.query, Part::of(field), shown)).unwrap_or_default()
    }

    /// Where the customer matches the search, when that is in no column on the screen: "Contact: Per Olsen".
    fn note(&self, record: &Record<'_>, columns: &[Column]) -> Option<(String, String)> {
        let query = &self.app.find.as_ref().filter(|find| find.found().is_some())?.query;
        let visible: Vec<StandardField> = columns.iter().map(|column| column.field).collect();
        let key = match_elsewhere(query, record, &visible)?;
        let standard = StandardField::of_key(&key).map(|field| title(field).to_owned());
        let label = standard.or_else(|| self.app.labels.fields.label(&key).map(|label| label.to_string()));
        let field = record.fields().into_iter().find(|field| field.key.as_raw() == key)?;
        let value = value::text(&field.value).into();
        let label = label.unwrap_or_else(|| text::clean(&field.key, Place::Row).to_string());
        Some((label, text::clean(&value, Place::Row).to_string()))
    }

    /// Puts a note over what stands there. Of the note the label is cut first, then what stands before the match.
    fn say_beside(&self, label: &str, value: &str, area: Rect, buffer: &mut Buffer) {
        Line::from(" ".repeat(area.width.into())).render(area, buffer);
        let room = usize::from(area.width);
        let left_to_label = room.saturating_sub(value.width() + 2);
        let has_label = left_to_label > 2;
        let before = if has_label { format!("{}: ", fit(label, left_to_label)) } else { String::new() };
        let shown = if has_label { value } else { from_match(value, &self.hits_in_note(value), room) };
        let shown = fit(shown, room.saturating_sub(before.width()));
        let mut spans = spans(&shown, &self.hits_in_note(&shown), self.theme.quiet, self.theme.hit);
        spans.insert(0, Span::styled(before, self.theme.quiet));
        Line::from(spans).render(area, buffer);
    }

    fn hits_in_note(&self, note: &str) -> Vec<Range<usize>> {
        let find = self.app.find.as_ref();
        find.map(|find| highlight_anywhere(&find.query, note)).unwrap_or_default()
    }

    /// The name and the numbers are what is read first.
    fn style_of(&self, field: StandardField) -> Style {
        if field == StandardField::Email { self.theme.quiet } else { self.theme.data }
    }

    /// A row whose page is not here: its shape, or why it is not here on the page's first row in the window.
    fn absent(&self, page: u32, offset: usize, columns: &[Column], line: Rect, buffer: &mut Buffer) {
        let is_first = offset == 0 || usize::from(line.y) == usize::from(self.app.layout().rows.y);
        match self.app.store.page_state(page) {
            PageState::Failed(error) if is_first => {
                let why = format!(" page {page}: {} · r tries again", error.sentence());
                cut_line(vec![Span::styled(why, self.theme.warning)], line.width.into()).render(line, buffer);
            }
            _ => self.dots(offset, columns, line, buffer),
        }
    }

    /// Dim dots in the shape of a customer. The shape hangs on the row's place alone, so that it does not move.
    fn dots(&self, seed: usize, columns: &[Column], line: Rect, buffer: &mut Buffer) {
        for column in columns {
            let width = match column.field {
                StandardField::Name => 9 + seed * 7 % 11,
                StandardField::Email => 12 + seed * 5 % 8,
                StandardField::Id => 10,
                StandardField::Phone1 => 8,
                StandardField::Phone2 | StandardField::Phone3 => 0,
            };
            let dots = "·".repeat(width.min(column.width.into()));
            Line::styled(dots, self.theme.rule).render(cell(line, line.y, *column), buffer);
        }
    }
}

fn cell(area: Rect, y: u16, column: Column) -> Rect {
    Rect { x: area.x + column.x, y, width: column.width, height: 1 }.intersection(area)
}

/// Where a note stands: in the place of the e-mail address, which matters least; where that is not shown, at the end
/// of the name.
fn note_place(columns: &[Column]) -> Option<Column> {
    let of = |field| columns.iter().find(|column| column.field == field).copied();
    let half =
        |name: Column| Column { x: name.x + name.width / 2, width: name.width - name.width / 2, ..name };
    of(StandardField::Email).or_else(|| of(StandardField::Name).map(half))
}

/// A value that does not fit, from its match on.
fn from_match<'v>(value: &'v str, hits: &[Range<usize>], room: usize) -> &'v str {
    let start = hits.first().map_or(0, |hit| hit.start);
    if value.width() <= room { value } else { value.get(start..).unwrap_or(value) }
}
