//! How far a table or a card is scrolled: true from the first page on, since absent rows count.

use crate::ui::fit::restyle;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// A thumb beside lines of which only some are in the window. Nothing is drawn where all of them are.
pub(super) struct Scrollbar<'a> {
    /// How many lines there are.
    pub count: usize,
    /// The first line that is shown.
    pub top: usize,
    pub theme: &'a Theme,
}

impl Widget for Scrollbar<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { count, top, theme } = self;
        let window = usize::from(area.height);
        if area.is_empty() || count <= window {
            return;
        }
        let thumb = (window * window / count).max(1);
        let start = top.min(count - window) * (window - thumb) / (count - window);
        for line in start..start + thumb {
            let y = area.y + u16::try_from(line).unwrap_or_default();
            restyle(buffer, area.x, y, "▐", theme.rule);
        }
    }
}
