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
        let mut left = vec![Span::styled(" cubedex  ", theme.quiet)];
        // A profile that is called as its account need not be named twice.
        if let Some(profile) = place.profile.as_ref().filter(|profile| **profile != place.account) {
            left.push(Span::styled(profile.as_str(), theme.accent));
            left.push(Span::styled("  ", theme.quiet));
        }
        left.push(Span::styled(place.account.as_str(), theme.accent));
        left.push(Span::styled(format!(" · {}", place.list), theme.quiet));
        let right = vec![Span::styled(app.extent() + " ", theme.quiet)];
        left_and_right(left, right, area, buffer);
    }
}
