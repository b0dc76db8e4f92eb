//! Two customers side by side, over everything else.

use crate::app::{Compare, Compared, menu_area};
use crate::ui::fit::{cut_line, fit};
use crate::ui::theme::Theme;
use crate::words::{self, Keys};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

/// The part of the width that labels have at most.
const LABELS: usize = 4;
/// Between two columns.
const GAP: usize = 2;

pub(super) struct ComparePane<'a> {
    pub compare: &'a Compare,
    pub keys: Keys<'a>,
    pub theme: &'a Theme,
}

impl Widget for ComparePane<'_> {
    /// Covers the rows; the two lines at the bottom stay what they are.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { compare, keys, theme } = self;
        let rows = menu_area((area.width, area.height));
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        Clear.render(area, buffer);
        buffer.set_style(area, theme.background);
        let line = |y| Rect { y, height: 1, ..area }.intersection(area);
        let heading = vec![Span::raw(" "), Span::styled(words::side_by_side(), theme.strong)];
        cut_line(heading, area.width.into()).render(line(area.y), buffer);
        let widest = compare.shown().map(|field| field.label.as_str().width()).max().unwrap_or_default();
        let label = widest.min(usize::from(area.width) / LABELS);
        let value = (usize::from(area.width).saturating_sub(label + 3 + GAP)) / 2;
        let different = compare.different.len();
        let fields = compare.shown().enumerate().map(|(at, field)| {
            let style = if at < different { theme.data } else { theme.quiet };
            spans(field, (label, value), style, theme)
        });
        let folded = words::equal_fields(compare.equal.len(), compare.shows_equal, &keys);
        let last = [Vec::new(), vec![Span::styled(format!("   {folded}"), theme.quiet)]];
        for (y, spans) in (rows.y..rows.bottom()).zip(fields.chain(last).skip(compare.scroll)) {
            cut_line(spans, area.width.into()).render(line(y), buffer);
        }
    }
}

fn spans<'a>(field: &Compared, (label, value): (usize, usize), style: Style, theme: &Theme) -> Vec<Span<'a>> {
    let padded = |text: &str, width: usize| {
        let shown = fit(text, width);
        let blanks = " ".repeat((width + GAP).saturating_sub(shown.width()));
        format!("{shown}{blanks}")
    };
    let [left, right] = &field.values;
    vec![
        Span::styled(format!("   {}", padded(field.label.as_str(), label)), theme.quiet),
        Span::styled(padded(left.as_str(), value), style),
        Span::styled(fit(right.as_str(), value).into_owned(), style),
    ]
}
