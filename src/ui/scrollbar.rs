//! Where in the list the window is: true from the first page on, since absent rows count.

use crate::app::App;
use crate::ui::fit::restyle;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(super) struct Scrollbar<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for Scrollbar<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let (count, window) = (self.app.list.row_count(), usize::from(area.height));
        if area.width == 0 || count <= window {
            return;
        }
        let thumb = (window * window / count).max(1);
        let top = self.app.list.cursor.top().min(count - window);
        let start = top * (window - thumb) / (count - window);
        for line in start..start + thumb {
            let y = area.y + u16::try_from(line).unwrap_or_default();
            restyle(buffer, area.x, y, "▐", self.theme.rule);
        }
    }
}
