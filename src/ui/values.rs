//! The list of the values of a column over everything else: how many customers have each, as a number and as a bar.

use crate::app::{App, Listed, ValueLine, ValueMenu, menu_area};
use crate::text::grouped;
use crate::ui::fit::{cut_line, fit, mark_row};
use crate::ui::theme::Theme;
use crate::words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// How wide the values are at most, and the counts.
const VALUE: usize = 36;
const COUNT: usize = 9;
/// The longest bar.
const BAR: usize = 40;

pub(super) struct ValuesPane<'a> {
    pub app: &'a App,
    pub menu: &'a ValueMenu,
    pub theme: &'a Theme,
}

impl Widget for ValuesPane<'_> {
    /// Covers the rows; the two lines at the bottom stay what they are.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, menu, theme } = self;
        let rows = menu_area((area.width, area.height));
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        Clear.render(area, buffer);
        buffer.set_style(area, theme.background);
        let line = |y| Rect { y, height: 1, ..area }.intersection(area);
        let heading = vec![
            Span::raw(" "),
            Span::styled(menu.label.as_str(), theme.strong),
            Span::styled(app.values_in_short(menu), theme.quiet),
        ];
        cut_line(heading, area.width.into()).render(line(area.y), buffer);
        let lines = menu.lines();
        if lines.is_empty() && menu.counts.is_some() {
            let none = vec![Span::styled(words::no_value_matches(), theme.quiet)];
            cut_line(none, area.width.into()).render(line(rows.y), buffer);
        }
        let most = lines.iter().map(|line| line.customers).max().unwrap_or_default();
        let widest = lines.iter().map(|line| shown(line).width()).max().unwrap_or_default();
        let width = widest.min(VALUE).min(usize::from(area.width) / 2);
        let top = menu.narrowed.first_shown(rows.height.into());
        for (y, (at, value)) in (rows.y..rows.bottom()).zip(lines.iter().enumerate().skip(top)) {
            let row = line(y);
            let sign = if value.is_marked { "[x]" } else { "[ ]" };
            let is_nothing = value.listed == Listed::Nothing;
            let words = shown(value);
            let masked = app.masks.value(app.list.schema, &menu.key, &words);
            let text = fit(if is_nothing { &words } else { &masked }, width);
            let blanks = " ".repeat(width.saturating_sub(text.width()));
            let style = if is_nothing { theme.quiet } else { theme.data };
            let spans = vec![
                Span::styled(format!("   {sign} "), theme.data),
                Span::styled(format!("{text}{blanks}"), style),
                Span::styled(format!(" {:>COUNT$}  ", grouped(value.customers as u64)), theme.data),
                Span::styled(bar(value.customers, most), theme.quiet),
            ];
            cut_line(spans, row.width.into()).render(row, buffer);
            if menu.narrowed.row == at {
                mark_row(buffer, row, theme);
            }
        }
    }
}

fn shown(line: &ValueLine) -> Cow<'_, str> {
    match line.listed {
        Listed::Nothing => words::no_value().into(),
        Listed::Value(_) | Listed::Range(_) => line.text.as_str().into(),
    }
}

/// A bar as long as this part of the most. Whatever is there at all has some of it.
fn bar(customers: usize, most: usize) -> String {
    let cells = (customers * BAR).div_ceil(most.max(1));
    "━".repeat(cells)
}
