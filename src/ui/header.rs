//! The first line: whose customers these are, and how many of them are here.

use crate::app::App;
use crate::ui::fit::left_and_right;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;

pub(super) struct Header<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for Header<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, theme } = self;
        let place = &app.place;
        let left = vec![
            Span::styled(" cubedex  ", theme.quiet),
            Span::styled(&*place.account, theme.accent),
            Span::styled(format!(" · {}", place.list), theme.quiet),
        ];
        let right = vec![Span::styled(app.extent() + " ", theme.quiet)];
        left_and_right(left, right, area, buffer);
    }
}
