//! A caller another program has handed over while the agent is busy: a line above the status.

use crate::ui::fit::cut_line;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};

pub(super) struct CallerBanner<'a> {
    pub words: String,
    pub theme: &'a Theme,
}

impl Widget for CallerBanner<'_> {
    /// Covers the line above the status line, which is `area`.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Some(y) = area.y.checked_sub(1).filter(|_| area.height > 0) else { return };
        let line = Rect { y, ..area };
        Clear.render(line, buffer);
        let style = self.theme.selected.add_modifier(Modifier::BOLD);
        buffer.set_style(line, style);
        cut_line(vec![Span::styled(format!(" {}", self.words), style)], line.width.into())
            .render(line, buffer);
    }
}
