//! The card of one customer: name, id and age at its head, then the fields.

use crate::app::{App, BELOW, BESIDES, Card, CardLine, HEAD, WAS};
use crate::keys::Context;
use crate::language::tr;
use crate::text::{self, Place, SafeText};
use crate::ui::fit::{cut_line, fit, fit_end, left_and_right, restyle};
use crate::ui::scrollbar::Scrollbar;
use crate::ui::theme::Theme;
use crate::words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

/// The thin rule between table and card.
pub(super) struct Rule<'a> {
    pub theme: &'a Theme,
}

impl Widget for Rule<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        for y in area.y..area.y + area.height {
            restyle(buffer, area.x, y, "│", self.theme.rule);
        }
    }
}

/// The card.
pub(super) struct CardPane<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for CardPane<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let Some(card) = self.app.layers.card() else {
            Line::styled(" ···", self.theme.rule).render(area, buffer);
            return;
        };
        self.head(card, area, buffer);
        let fields = self.app.card_area();
        self.fields(card, fields, buffer);
        let scrollbar = Rect { x: fields.right().saturating_sub(1), width: fields.width.min(1), ..fields };
        let (count, top, theme) = (card.page().lines.len(), card.scroll(), self.theme);
        Scrollbar { count, top, theme }.render(scrollbar, buffer);
        self.more_below(card, fields, buffer);
    }
}

impl CardPane<'_> {
    /// Whether keys go to the card.
    fn has_focus(&self) -> bool {
        matches!(self.app.context(), Context::Card | Context::Field)
    }

    /// How many lines are below the window, on its last line at the right, where no value is in the way.
    fn more_below(&self, card: &Card, area: Rect, buffer: &mut Buffer) {
        let below = card.page().lines.len().saturating_sub(card.scroll() + usize::from(area.height));
        if below == 0 || area.height < 4 {
            return;
        }
        let words = format!(" {} ", words::more_below(below));
        let width = u16::try_from(words.len()).unwrap_or_default();
        if width + 2 < area.width {
            let x = area.right() - width - 1;
            let place = Rect { x, y: area.bottom() - 1, width, height: 1 };
            let is_free = place.positions().all(|at| buffer.cell(at).is_none_or(|cell| cell.symbol() == " "));
            if is_free {
                Line::styled(words, self.theme.quiet).render(place, buffer);
            }
        }
    }

    fn empty_fields(&self, count: usize) -> String {
        let keys = words::Keys { context: Context::Card, ..self.app.keys() };
        words::empty_fields(count, &keys)
    }

    fn head(&self, card: &Card, area: Rect, buffer: &mut Buffer) {
        let theme = self.theme;
        let line = |y| Rect { y: area.y + y, height: 1, ..area }.intersection(area);
        let standard = card.record.standard();
        let name = text::clean(&standard.name, Place::Row).to_string();
        let bold = theme.strong;
        let width = usize::from(area.width.saturating_sub(1));
        Line::from(vec![Span::raw(" "), Span::styled(fit(&name, width), bold)]).render(line(0), buffer);
        let raw_id = card.id.as_str().into();
        let id = text::clean(&raw_id, Place::Row).to_string();
        let age = if card.refresh.is_some() {
            let silence = self.app.silence().map(|seconds| format!("{seconds} s ")).unwrap_or_default();
            tr!("asking Cube {spinner} {silence}", spinner = self.app.spinner(), silence)
        } else {
            tr!("read {now} ", now = words::age(card.read, self.app.clock.now))
        };
        let is_marked = card.is_on_head() && self.has_focus();
        let style = if is_marked { theme.selected } else { theme.data };
        let bar = if is_marked { "▌" } else { " " };
        let mut left = vec![Span::styled(bar, theme.accent), Span::styled(id, style)];
        if card.list != self.app.list.id {
            let list = self.app.session.account.list_name(card.list);
            left.push(Span::styled(tr!(" in {list}", list), theme.warning));
        }
        left_and_right(left, vec![Span::styled(age, theme.quiet)], line(1), buffer);
        let shared: Vec<_> = card.shared().found().collect();
        if let Some(scope) = card.shared().scope().filter(|_| !shared.is_empty() && card.problem.is_none()) {
            let keys = words::Keys { context: Context::Card, ..self.app.keys() };
            let words = words::shared(&shared, scope, &keys);
            let spans = vec![Span::raw(" "), Span::styled(words, theme.warning)];
            cut_line(spans, area.width.into()).render(line(HEAD), buffer);
        }
        for (y, words) in (HEAD..).zip(card.problem_lines(area.width)) {
            Line::from(vec![Span::raw(" "), Span::styled(words, theme.problem)]).render(line(y), buffer);
        }
    }

    fn fields(&self, card: &Card, area: Rect, buffer: &mut Buffer) {
        let page = card.page();
        let lines = page.lines.iter().skip(card.scroll());
        for (y, line) in (area.y..area.y + area.height).zip(lines) {
            let row = Rect { y, height: 1, ..area };
            let line = match line {
                CardLine::Space => continue,
                CardLine::Below { field, value } => {
                    let is_marked = Some(*field) == card.field() && self.has_focus();
                    let style = if is_marked { self.theme.selected } else { self.theme.data };
                    let bar = if is_marked { "▌" } else { " " };
                    let indent = " ".repeat(BELOW - 1);
                    Line::from(vec![
                        Span::styled(bar, self.theme.accent),
                        Span::raw(indent),
                        Span::styled(value.to_string(), style),
                    ])
                }
                CardLine::Empty(count) => {
                    Line::styled(format!(" {}", self.empty_fields(*count)), self.theme.quiet)
                }
                CardLine::Nothing => Line::styled(tr!(" no field matches"), self.theme.quiet),
                CardLine::Was { is_first, value, .. } => {
                    let indent = " ".repeat(page.label_width + BESIDES);
                    let was = if *is_first { tr!(WAS) } else { " ".repeat(WAS.len()) };
                    Line::styled(format!("{indent}{was}{value}"), self.theme.warning)
                }
                CardLine::Field { field, label, value } => {
                    let is_marked = Some(*field) == card.field() && self.has_focus();
                    let unlabelled = page.fields.get(*field).is_some_and(|field| field.unlabelled);
                    let label = label.as_ref().map(ToString::to_string).unwrap_or_default();
                    let mark = if unlabelled && !label.is_empty() { "!" } else { " " };
                    let room =
                        if page.label_width == 0 { usize::from(area.width) - 2 } else { page.label_width };
                    let label =
                        if unlabelled { fit_end(&label, room) } else { fit(&label, room) }.into_owned();
                    let pad = page
                        .label_width
                        .saturating_sub(unicode_width::UnicodeWidthStr::width(label.as_str()));
                    let style = if is_marked { self.theme.selected } else { self.theme.data };
                    let bar = if is_marked { "▌" } else { " " };
                    Line::from(vec![
                        Span::styled(bar, self.theme.accent),
                        Span::styled(label, self.theme.quiet),
                        Span::styled(" ".repeat(pad), self.theme.quiet),
                        Span::styled(format!("{mark} "), self.theme.warning),
                        empty_or(value, style, page.label_width > 0, self.theme),
                    ])
                }
            };
            line.render(row, buffer);
        }
    }
}

/// A value; a dash for none, where an empty line would look like a value that is missing.
fn empty_or(value: &SafeText<'_>, style: Style, is_labelled: bool, theme: &Theme) -> Span<'static> {
    match value.as_str() {
        "" if is_labelled => Span::styled("–", theme.rule),
        value => Span::styled(value.to_owned(), style),
    }
}
