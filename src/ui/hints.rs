//! The last line: what can be pressed now, from the same table that dispatches keys.

use crate::app::App;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

pub(super) struct Hints<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for Hints<'_> {
    /// Hints that do not fit are left out whole.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, theme } = self;
        let mut line = Line::from(" ");
        for hint in app.keymap.hints(app.context()) {
            let spans = [
                Span::styled(hint.keys, theme.data),
                Span::styled(format!(" {}   ", hint.words), theme.quiet),
            ];
            let width: usize = spans.iter().map(Span::width).sum();
            if line.width() + width <= usize::from(area.width) + 3 {
                line.spans.extend(spans);
            }
        }
        line.render(area, buffer);
    }
}
