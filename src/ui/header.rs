//! The first line: whose customers these are, and how many of them are here.

use crate::app::App;
use crate::ui::fit::left_and_right;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

pub(super) struct Header<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for Header<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, theme } = self;
        let account = &app.session.account;
        let mut left = vec![Span::styled("▌", theme.accent), Span::styled("cubedex  ", theme.quiet)];
        // A profile with its account's name need not be named twice.
        if let Some(profile) = account.profile.as_ref().filter(|profile| **profile != account.name) {
            left.push(Span::styled(profile.as_str(), theme.strong));
            left.push(Span::styled("  ", theme.quiet));
        }
        left.push(Span::styled(account.name.as_str(), theme.strong));
        left.push(Span::styled(format!(" · {}", app.list_name()), theme.quiet));
        let room = usize::from(area.width).saturating_sub(left.iter().map(Span::width).sum::<usize>() + 3);
        let extent = Some(app.extent()).filter(|extent| extent.width() <= room);
        let extent = extent.unwrap_or_else(|| app.extent_in_short());
        left_and_right(left, vec![Span::styled(extent + " ", theme.quiet)], area, buffer);
    }
}
