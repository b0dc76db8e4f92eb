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
    /// Hints that do not fit are left out whole; the last two, which lead to all the others and out, go last.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, theme } = self;
        let hints: Vec<[Span<'_>; 2]> = (app.hints().into_iter())
            .map(|hint| {
                [
                    Span::styled(hint.keys, theme.data),
                    Span::styled(format!(" {}   ", hint.words), theme.quiet),
                ]
            })
            .collect();
        let width = |hint: &[Span<'_>; 2]| hint.iter().map(Span::width).sum::<usize>();
        let (first, last) = hints.split_at(hints.len().saturating_sub(2));
        let mut room = (usize::from(area.width) + 2).saturating_sub(last.iter().map(width).sum());
        let mut line = Line::from(" ");
        for hint in first {
            if width(hint) > room {
                break;
            }
            room -= width(hint);
            line.spans.extend(hint.clone());
        }
        line.spans.extend(last.iter().flatten().cloned());
        line.render(area, buffer);
    }
}
