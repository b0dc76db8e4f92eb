//! The line above the hints: what is held, what is going on, what went wrong.

use crate::app::App;
use crate::app::status::{Status, Tone};
use crate::ui::fit::left_and_right;
use crate::ui::progress::bar;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::Widget;

pub(super) struct StatusBar<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for StatusBar<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, theme } = self;
        let status = app.status();
        let mut left = vec![Span::raw(" ")];
        if let Some(find) = app.find.as_ref().filter(|find| !find.query.is_empty()) {
            left.push(Span::styled("/ ", theme.quiet));
            left.push(Span::styled(find.input.value(), theme.accent));
            left.push(Span::raw("   "));
        }
        let right = format!("{} ", status.right);
        left.extend(words(status, theme));
        left_and_right(left, vec![Span::styled(right, theme.quiet)], area, buffer);
    }
}

/// What a status says, with its bar.
pub(super) fn words(status: Status, theme: &Theme) -> Vec<Span<'static>> {
    let style = tone(status.tone, theme);
    let mut spans = vec![Span::styled(status.words, style)];
    if let Some(part) = status.progress {
        spans.push(Span::raw("   "));
        spans.extend(bar(part, theme));
        spans.push(Span::styled(format!("  {}", status.after), theme.quiet));
    }
    spans
}

pub(super) fn tone(tone: Tone, theme: &Theme) -> Style {
    match tone {
        Tone::Quiet => theme.quiet,
        Tone::Plain => theme.data,
        Tone::Problem => theme.problem,
    }
}
