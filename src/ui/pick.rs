//! A list of which one line is chosen, over everything else; below it what the selected line is about.

use crate::app::{Pick, PickItem, PickKind, menu_area};
use crate::ui::fit::{cut_line, fit, mark_row};
use crate::ui::theme::Theme;
use crate::words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

/// How wide the first column is at most, and the second.
const NAME: usize = 24;
const VALUE: usize = 40;

pub(super) struct PickPane<'a> {
    pub pick: &'a Pick,
    pub theme: &'a Theme,
}

impl Widget for PickPane<'_> {
    /// Covers the rows; the two lines at the bottom stay what they are.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { pick, theme } = self;
        let rows = menu_area((area.width, area.height));
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        Clear.render(area, buffer);
        buffer.set_style(area, theme.background);
        let line = |y| Rect { y, height: 1, ..area }.intersection(area);
        let heading = vec![Span::raw(" "), Span::styled(pick.heading(), theme.strong)];
        cut_line(heading, area.width.into()).render(line(area.y), buffer);
        let lines = pick.lines();
        if lines.is_empty() {
            let none = if !pick.narrowed.input.value().is_empty() {
                words::nothing_listed()
            } else if pick.kind == PickKind::Views {
                words::no_views()
            } else {
                words::nothing_to_list()
            };
            let none = vec![Span::styled(none, theme.quiet)];
            cut_line(none, area.width.into()).render(line(rows.y), buffer);
        }
        let height = pick.list_height(rows.height);
        let top = pick.narrowed.first_shown(height.into());
        let widths = widths(&lines);
        for (y, (at, item)) in (rows.y..rows.y + height).zip(lines.iter().enumerate().skip(top)) {
            let row = line(y);
            cut_line(spans(item, widths, theme), row.width.into()).render(row, buffer);
            if pick.narrowed.row == at {
                mark_row(buffer, row, theme);
            }
        }
        let below = rows.y + height + 1..rows.bottom();
        for (y, text) in below.zip(pick.selected().iter().flat_map(|item| &item.preview)) {
            let spans = vec![Span::raw("   "), Span::styled(text.as_str(), theme.data)];
            cut_line(spans, area.width.into()).render(line(y), buffer);
        }
    }
}

/// How wide the two columns are, so that nothing is cut while there is room.
fn widths(lines: &[&PickItem]) -> (usize, usize) {
    let widest = |text: fn(&PickItem) -> &str, most: usize| {
        lines.iter().map(|item| text(item).width()).max().unwrap_or_default().min(most)
    };
    (widest(|item| item.name.as_str(), NAME), widest(|item| item.value.as_str(), VALUE))
}

fn spans<'a>(item: &'a PickItem, widths: (usize, usize), theme: &Theme) -> Vec<Span<'a>> {
    let padded = |text: &'a str, width: usize| {
        let shown = fit(text, width);
        let blanks = " ".repeat((width + 2).saturating_sub(shown.width()));
        format!("{shown}{blanks}")
    };
    vec![
        Span::styled(format!("   {}", padded(item.name.as_str(), widths.0)), theme.data),
        Span::styled(padded(item.value.as_str(), widths.1), theme.data),
        Span::styled(item.note.as_str(), theme.quiet),
    ]
}
