//! What stands where there is nothing to show: the reason, and what to do about it.

use crate::language::tr;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::{Line, Text};
use ratatui::widgets::{Paragraph, Widget, Wrap};

/// A few lines in the middle of the table.
pub(super) struct Empty<'a> {
    pub lines: &'a [String],
    pub theme: &'a Theme,
}

impl Widget for Empty<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let mut text = Text::default();
        for (at, line) in self.lines.iter().enumerate() {
            let style = if at == 0 { self.theme.data } else { self.theme.quiet };
            text.push_line(Line::styled(line.as_str(), style));
        }
        let width = area.width.min(76);
        let x = area.x + (area.width - width) / 2;
        let y = area.y + area.height / 3;
        let middle = Rect { x, y, width, height: area.y + area.height - y };
        Paragraph::new(text).alignment(Alignment::Center).wrap(Wrap { trim: true }).render(middle, buffer);
    }
}

/// All that is said on a screen that is too small for anything else.
pub(super) struct TooSmall;

impl Widget for TooSmall {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        Line::from(tr!("window too small")).render(area, buffer);
    }
}
