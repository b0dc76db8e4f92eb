//! The table of customers: the names of the columns, the rows in the viewport, and the dividers between groups of rows.

use crate::app::{App, Column, List, Match};
use crate::cube::{ColumnKind, StandardField};
use crate::keys::Context;
use crate::language::tr;
use crate::list::{PageState, Row};
use crate::search::{Query, highlight_field, joined};
use crate::text::{self, Place, RawText};
use crate::ui::fit::{cut_line, fit, restyle, spans};
use crate::ui::matched::{Matches, fitted};
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use std::ops::Range;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// What is in front of a marked customer.
const MARKED: &str = "•";

/// The names of the columns.
pub(super) struct Head<'a> {
    pub app: &'a App,
    pub matches: &'a Matches,
    pub theme: &'a Theme,
}

impl Widget for Head<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let List { columns, schema, .. } = &self.app.list;
        let labels = self.app.labels.fields.of(schema);
        for column in &self.matches.columns {
            let title = labels.name_of(&column.key);
            let sign = self.sign(&column.key);
            let room = usize::from(column.width).saturating_sub(sign.width());
            let text = format!("{}{sign}", fit(title.as_str(), room));
            let is_under_cursor = columns.under_cursor() == Some(&column.key);
            let style = if is_under_cursor { self.theme.selected } else { self.theme.quiet };
            let cell = cell(area, area.y, column);
            if is_under_cursor {
                buffer.set_style(cell, style);
            }
            Line::styled(text, style).render(cell, buffer);
        }
        if let Some(place) = self.matches.place {
            Line::styled(tr!("Match"), self.theme.quiet).render(part(area, area.y, place), buffer);
        }
    }
}

impl Head<'_> {
    /// How the rows are sorted by a column, and which one it is of several: ` ↑`, ` ↓2`. Empty for the others.
    fn sign(&self, key: &str) -> String {
        let orders = self.app.list.view.orders();
        let Some(at) = orders.iter().position(|order| order.key == key) else { return String::new() };
        let arrow = if orders.get(at).is_some_and(|order| order.descending) { '↓' } else { '↑' };
        let place = if orders.len() > 1 { (at + 1).to_string() } else { String::new() };
        format!(" {arrow}{place}")
    }
}

/// The rows in the viewport.
pub(super) struct Rows<'a> {
    pub app: &'a App,
    pub matches: &'a Matches,
    pub theme: &'a Theme,
}

impl Widget for Rows<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let list = &self.app.list;
        let dividers = list.dividers(area.height.into());
        let under_cursor = self.app.cursor_row();
        let mut records = list.store.reader();
        // Those of the columns, and behind them those that tell what is odd of a customer.
        let standard = StandardField::ALL.into_iter().filter_map(|field| list.schema.column(field));
        let columns = self.matches.columns.iter().map(|column| &*column.key);
        let odd = [list.schema.id_key()].into_iter().chain(standard.map(|column| column.key));
        let keys: Vec<&str> = columns.chain(odd).collect();
        let mut lines = (area.y..area.y + area.height).map(|y| Rect { y, height: 1, ..area });
        for row in list.cursor.top().. {
            if let Some((_, divider)) = dividers.iter().find(|(at, _)| *at == row) {
                let Some(line) = lines.next() else { return };
                self.divider(&divider.said(&self.matches.labels), line, buffer);
            }
            let Some(line) = lines.next() else { return };
            match list.row(row) {
                Some(Row::Loaded(slot)) => {
                    if let Some(texts) = records.texts(slot, &keys) {
                        self.customer(row, &texts, line, buffer);
                    }
                }
                Some(Row::Absent { page, offset }) => self.absent(page, offset, line, buffer),
                None if list.store.scope().as_of.is_none() => self.dots(usize::from(line.y), line, buffer),
                None => return,
            }
            if under_cursor == Some(row) {
                self.show_cursor(line, buffer);
            }
        }
    }
}

impl Rows<'_> {
    fn divider(&self, words: &str, line: Rect, buffer: &mut Buffer) {
        let words = format!(" ── {words} ");
        let rest = usize::from(line.width).saturating_sub(words.width());
        let spans =
            vec![Span::styled(words, self.theme.quiet), Span::styled("─".repeat(rest), self.theme.rule)];
        cut_line(spans, line.width.into()).render(line, buffer);
    }

    /// The row under the cursor is painted whole; its sign is bright only while the table has the keys, and that of a mark
    /// where the customer is marked.
    fn show_cursor(&self, line: Rect, buffer: &mut Buffer) {
        buffer.set_style(line, self.theme.selected);
        let has_keys = matches!(self.app.context(), Context::Table | Context::Line);
        let style = if has_keys { self.theme.accent } else { self.theme.quiet };
        let is_marked = buffer.cell((line.x, line.y)).is_some_and(|cell| cell.symbol() == MARKED);
        restyle(buffer, line.x, line.y, if is_marked { MARKED } else { "▌" }, style);
    }

    /// Draws a customer: the texts of the columns, and behind them the id and those of the standard fields.
    fn customer(&self, row: usize, texts: &[RawText<'_>], line: Rect, buffer: &mut Buffer) {
        let behind = texts.get(self.matches.columns.len()..).unwrap_or_default();
        let id = behind.first().map_or("", RawText::as_raw);
        let has_mark = self.app.list.marks.has(id);
        let style = if has_mark { self.theme.strong } else { self.theme.data };
        for (column, raw) in self.matches.columns.iter().zip(texts) {
            let cleaned = text::clean(raw, Place::Row);
            let value = self.app.masks.value(self.app.list.schema, &column.key, cleaned.as_str());
            // What is masked would tell where it matches.
            let is_masked = *value != *cleaned.as_str();
            let hits = if is_masked { Vec::new() } else { self.hits(row, column, &value) };
            let shown = fit(&value, column.width.into());
            Line::from(spans(&shown, &hits, style, self.theme.hit))
                .render(cell(line, line.y, column), buffer);
        }
        if behind.iter().any(text::hides_something) {
            restyle(buffer, line.x, line.y, "!", self.theme.warning);
        }
        if has_mark {
            restyle(buffer, line.x, line.y, MARKED, self.theme.accent);
        }
        if self.app.list.is_gone(id) {
            restyle(buffer, line.x, line.y, "×", self.theme.problem);
        }
        if let (Some(place), Some(found)) = (self.matches.place, self.matches.of(row)) {
            self.matched(found, part(line, line.y, place), buffer);
        }
    }

    /// What the line finds in a value; in the name of a customer who is spelled alike, the words that are.
    fn hits(&self, row: usize, column: &Column, shown: &str) -> Vec<Range<usize>> {
        let List { view, schema, .. } = &self.app.list;
        let hits = |query: &Arc<Query>| highlight_field(query, schema, &column.key, shown);
        let hits = view.query().map(hits).unwrap_or_default();
        let is_alike =
            view.first_alike().is_some_and(|first| row >= first) && column.field == Some(StandardField::Name);
        match view.alike().filter(|_| is_alike) {
            Some(alike) => joined(hits.into_iter().chain(alike.highlight(shown)).collect()),
            None => hits,
        }
    }

    /// The field that made the customer match, in its own column. The label is cut first, then what is before the hit.
    fn matched(&self, found: &Match, area: Rect, buffer: &mut Buffer) {
        let room = usize::from(area.width);
        let width = unicode_width::UnicodeWidthStr::width;
        let left_to_label = room.saturating_sub(width(found.value.as_str()) + 2);
        let label =
            if left_to_label > 2 { format!("{}: ", fit(&found.label, left_to_label)) } else { String::new() };
        let room = room.saturating_sub(width(label.as_str()));
        let (value, hits) = fitted(found, room);
        let shown = fit(value, room);
        let mut line = vec![Span::styled(label, self.theme.quiet)];
        line.extend(spans(&shown, &hits, self.theme.data, self.theme.hit));
        Line::from(line).render(area, buffer);
    }

    /// A row whose page is not loaded: its shape, or why it is not loaded on the page's first row in the viewport.
    fn absent(&self, page: u32, offset: usize, line: Rect, buffer: &mut Buffer) {
        let is_first = offset == 0 || usize::from(line.y) == usize::from(self.app.layout().rows.y);
        match self.app.list.store.page_state(page) {
            PageState::Failed(error) if is_first => {
                let why = tr!(" page {page}: {sentence}", page, sentence = error.sentence());
                cut_line(vec![Span::styled(why, self.theme.warning)], line.width.into()).render(line, buffer);
            }
            _ => self.dots(offset, line, buffer),
        }
    }

    /// Dim dots in the shape of a customer. The shape follows from the row's place alone, so that it does not move.
    fn dots(&self, seed: usize, line: Rect, buffer: &mut Buffer) {
        for column in &self.matches.columns {
            let width = match column.kind {
                ColumnKind::Name => 9 + seed * 7 % 11,
                ColumnKind::Email => 12 + seed * 5 % 8,
                ColumnKind::Id => 10,
                ColumnKind::Phone if column.field == Some(StandardField::Phone1) => 8,
                ColumnKind::Phone => 0,
                ColumnKind::Text | ColumnKind::Number | ColumnKind::Time => 6,
            };
            let dots = "·".repeat(width.min(column.width.into()));
            Line::styled(dots, self.theme.rule).render(cell(line, line.y, column), buffer);
        }
    }
}

fn cell(area: Rect, y: u16, column: &Column) -> Rect {
    part(area, y, (column.x, column.width))
}

fn part(area: Rect, y: u16, (x, width): (u16, u16)) -> Rect {
    Rect { x: area.x + x, y, width, height: 1 }.intersection(area)
}
