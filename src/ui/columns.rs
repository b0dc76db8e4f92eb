//! The list of fields, in which columns are chosen, over everything else.

use crate::app::{ColumnMenu, Masks};
use crate::cube::Schema;
use crate::language::tr;
use crate::text::grouped;
use crate::ui::fit::{cut_line, fit, mark_row};
use crate::ui::theme::Theme;
use crate::words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

/// How wide the labels and the counts are.
const LABEL: usize = 26;
const COUNT: usize = 9;

pub(super) struct ColumnsPane<'a> {
    pub menu: &'a ColumnMenu,
    pub masks: &'a Masks,
    pub schema: &'a Schema,
    pub theme: &'a Theme,
}

impl Widget for ColumnsPane<'_> {
    /// Covers the rows; the two lines at the bottom stay what they are.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { menu, theme, masks, schema } = self;
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        Clear.render(area, buffer);
        buffer.set_style(area, theme.background);
        let line = |y| Rect { y: area.y + y, height: 1, ..area }.intersection(area);
        let heading = vec![
            Span::styled(tr!(" Columns"), theme.strong),
            Span::styled(
                words::counted_fields(menu.counts.as_ref().map(|counts| counts.records)),
                theme.quiet,
            ),
        ];
        cut_line(heading, area.width.into()).render(line(0), buffer);
        let fields = menu.lines();
        if fields.is_empty() {
            let none = vec![Span::styled(words::no_field(), theme.quiet)];
            cut_line(none, area.width.into()).render(line(2), buffer);
        }
        let window = usize::from(area.height.saturating_sub(2));
        let top = menu.narrowed.first_shown(window);
        for (y, (at, field)) in (2..area.height).zip(fields.iter().enumerate().skip(top)) {
            let sign = if field.is_shown { "[x]" } else { "[ ]" };
            let label = fit(field.label.as_str(), LABEL);
            let blanks = " ".repeat(LABEL.saturating_sub(label.width()));
            let counts = menu.counts.as_ref();
            let count = counts.and_then(|counts| counts.of(&field.key));
            let values = counts.map(|_| grouped(count.map_or(0, |count| count.values) as u64));
            let values = values.unwrap_or_else(|| "…".to_owned());
            let example = count.map_or("", |count| count.example.as_str());
            let example = masks.value(schema, &field.key, example);
            let spans = vec![
                Span::styled(format!("   {sign} {label}{blanks}"), theme.data),
                Span::styled(format!(" {values:>COUNT$}  "), theme.quiet),
                Span::styled(example, theme.quiet),
            ];
            let row = line(y);
            cut_line(spans, row.width.into()).render(row, buffer);
            if menu.narrowed.row == at {
                mark_row(buffer, row, theme);
            }
        }
    }
}
