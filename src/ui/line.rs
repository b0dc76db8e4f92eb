//! The line that is typed, and beside it what it has found.

use crate::app::App;
use crate::app::find::{Find, Purpose};
use crate::ui::fit::{cut_line, fit};
use crate::ui::status_bar::words;
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line as TextLine, Span};
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// ` / ` or ` # ` stands before the text.
const SIGN: u16 = 3;

pub(super) struct Line<'a> {
    pub app: &'a App,
    pub find: &'a Find,
    pub theme: &'a Theme,
}

impl Line<'_> {
    /// Paints the line. Where the text cursor stands is returned.
    pub(super) fn render(self, area: Rect, buffer: &mut Buffer) -> Position {
        let Self { app, find, theme } = self;
        let said = words(app.status(), theme);
        let said_width = said.iter().map(Span::width).sum();
        let text_width = text_width(find, area.width.into(), said_width);
        let scroll = find.input.visual_scroll(text_width);
        let typed = fit(skip(find.input.value(), scroll), text_width).into_owned();
        let sign = if find.purpose == Purpose::Search {
            " / "
        } else {
            " # "
        };
        TextLine::from(vec![
            Span::styled(sign, theme.accent),
            Span::styled(typed, theme.data),
        ])
        .render(area, buffer);
        let x = area.x + SIGN + cells(text_width) + 1;
        let rest = Rect {
            x,
            width: area.right().saturating_sub(x),
            ..area
        };
        cut_line(said, rest.width.into()).render(rest, buffer);
        let cursor = find.input.visual_cursor().saturating_sub(scroll).min(text_width);
        Position::new(
            (area.x + SIGN + cells(cursor)).min(area.right().saturating_sub(1)),
            area.y,
        )
    }
}

/// The text has a third of the line, so that what is said beside it does not move while one types. It has less
/// where what is said needs the room, and more while it is longer itself, up to a half.
fn text_width(find: &Find, line: usize, said: usize) -> usize {
    let typed = find.input.value().width() + 2;
    let left = line.saturating_sub(usize::from(SIGN) + 1);
    let wanted = (left / 3).min(left.saturating_sub(said)).max(typed);
    wanted.min(left / 2)
}

fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// The text without its first `columns` cells.
fn skip(text: &str, columns: usize) -> &str {
    let mut skipped = 0;
    let start = text.grapheme_indices(true).find(|(_, grapheme)| {
        let found = skipped >= columns;
        skipped += grapheme.width();
        found
    });
    start.map_or("", |(at, _)| text.get(at..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_shown_from_a_grapheme_on() {
        assert_eq!(
            (skip("Kari", 0), skip("Kari", 2), skip("Kari", 9)),
            ("Kari", "ri", "")
        );
        assert_eq!(skip("漢字テスト", 3), "テスト");
    }
}
