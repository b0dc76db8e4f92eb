//! The form of a customer, and the review of what is to be sent: in the card's place.

use crate::app::{App, Form, FormField, FormLine, HEAD, LineKind};
use crate::language::tr;
use crate::text::{self, Place, skip};
use crate::ui::fit::{fit, left_and_right};
use crate::ui::scrollbar::Scrollbar;
use crate::ui::theme::Theme;
use crate::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

/// The form.
pub(super) struct FormPane<'a> {
    pub app: &'a App,
    pub form: &'a Form,
    pub theme: &'a Theme,
}

impl FormPane<'_> {
    /// Paints the form. Where the text cursor stands is returned, if a field is being typed into.
    pub(super) fn render(self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        self.head(area, buffer);
        let head = self.form.head_lines(area.width).min(area.height);
        let fields = Rect { y: area.y + head, height: area.height - head, ..area };
        let lines = self.form.lines(usize::from(area.width));
        let mut cursor = None;
        for (y, line) in (fields.y..fields.bottom()).zip(lines.iter().skip(self.form.scroll())) {
            let row = Rect { y, height: 1, ..fields };
            cursor = self.line(line, row, buffer).or(cursor);
        }
        let scrollbar = Rect { x: fields.right().saturating_sub(1), width: fields.width.min(1), ..fields };
        let (count, top, theme) = (lines.len(), self.form.scroll(), self.theme);
        Scrollbar { count, top, theme }.render(scrollbar, buffer);
        cursor
    }

    /// Whose form it is, the id and how much is changed, then what stands in the way.
    fn head(&self, area: Rect, buffer: &mut Buffer) {
        let (form, theme) = (self.form, self.theme);
        let line = |y| Rect { y: area.y + y, height: 1, ..area }.intersection(area);
        let title = words::form_title(form.writing, form.is_review(), &form.name());
        let width = usize::from(area.width.saturating_sub(1));
        Line::from(vec![Span::raw(" "), Span::styled(fit(&title, width), theme.strong)])
            .render(line(0), buffer);
        let id = form.id();
        let id = text::clean_str(&id, Place::Row).to_string();
        let mut left = vec![Span::raw(" "), Span::styled(id, theme.data)];
        if form.list != self.app.list.id {
            let list = self.app.session.account.list_name(form.list);
            left.push(Span::styled(tr!(" in {list}", list), theme.warning));
        }
        let count = form.changed().count();
        let state = if form.waits() {
            tr!("asking Cube {spinner} ", spinner = self.app.spinner())
        } else {
            format!("{} ", words::changes(count))
        };
        left_and_right(left, vec![Span::styled(state, theme.quiet)], line(1), buffer);
        for (y, told) in (HEAD..).zip(form.told(area.width)) {
            Line::from(vec![Span::raw(" "), Span::styled(told, theme.problem)]).render(line(y), buffer);
        }
    }

    /// Paints one line. Where the text cursor stands in it, if it is being typed into.
    fn line(&self, line: &FormLine, row: Rect, buffer: &mut Buffer) -> Option<Position> {
        let (form, theme) = (self.form, self.theme);
        let label_width = form.label_width(usize::from(row.width));
        let is_marked = line.field == Some(form.cursor()) && (!form.is_review() || self.is_conflict());
        let field = line.field.and_then(|at| form.fields.get(at));
        let is_changed = field.is_some_and(FormField::is_changed) && !form.is_review();
        let label = fit(line.label.as_str(), label_width).into_owned();
        let pad = " ".repeat(label_width.saturating_sub(label.width()));
        let mark = if is_changed && line.kind == LineKind::Input { "*" } else { " " };
        let mut spans = vec![Span::styled(if is_marked { "▌" } else { " " }, theme.accent)];
        if line.field.is_some() {
            spans.extend([
                Span::styled(format!("{label}{pad}"), theme.quiet),
                Span::styled(format!("{mark} "), theme.warning),
            ]);
        }
        let before = line.before;
        spans.push(Span::styled(tr!(before), theme.quiet));
        let x = row.x + cells(spans.iter().map(Span::width).sum());
        let room = usize::from(row.right().saturating_sub(x + 1));
        let mut cursor = None;
        if let Some(field) = field.filter(|_| line.kind == LineKind::Input) {
            let scroll = if is_marked { field.input.visual_scroll(room) } else { 0 };
            let shown = fit(skip(field.input.value(), scroll), room).into_owned();
            let style = match (is_marked, is_changed) {
                (true, _) => theme.selected,
                (false, true) => theme.strong,
                (false, false) => theme.data,
            };
            match (shown.as_str(), is_marked) {
                ("", false) => spans.push(Span::styled("–", theme.rule)),
                _ => spans.push(Span::styled(shown, style)),
            }
            let at = field.input.visual_cursor().saturating_sub(scroll).min(room);
            cursor = is_marked.then(|| Position::new(x + cells(at), row.y));
        } else {
            spans.push(Span::styled(line.value.to_string(), self.style(line.kind)));
        }
        Line::from(spans).render(row, buffer);
        cursor
    }

    fn is_conflict(&self) -> bool {
        self.form.field().is_some_and(|field| field.conflict().is_some())
    }

    fn style(&self, kind: LineKind) -> Style {
        let theme = self.theme;
        match kind {
            LineKind::Input | LineKind::Now => theme.data,
            LineKind::Fixed => theme.quiet.add_modifier(Modifier::ITALIC),
            LineKind::Old => theme.quiet,
            LineKind::New => theme.strong,
            LineKind::Wrong => theme.problem,
            LineKind::Doubt => theme.warning,
        }
    }
}

fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}
