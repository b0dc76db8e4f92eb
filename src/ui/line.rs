//! A line that is typed, and beside it what it has found.

use crate::app::Masks;
use crate::text::skip;
use crate::ui::fit::{cut_line, fit};
use crate::ui::status_bar::words;
use crate::ui::theme::Theme;
use crate::words::{Progress, Said};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line as TextLine, Span};
use ratatui::widgets::Widget;
use tui_input::Input;
use unicode_width::UnicodeWidthStr;

/// The sign that says what the line is for takes one cell, between two blanks.
const SIGN: u16 = 3;

pub(super) struct Line<'a> {
    /// `/`, `:` or `*`.
    pub sign: &'static str,
    pub input: &'a Input,
    /// Whether the whole text is selected.
    pub is_selected: bool,
    /// What is said beside it.
    pub said: Said,
    /// How far the rest of the list is loaded.
    pub progress: Option<Progress>,
    pub masks: &'a Masks,
    pub theme: &'a Theme,
}

impl Line<'_> {
    /// Paints the line. Where the text cursor stands is returned.
    pub(super) fn render(self, area: Rect, buffer: &mut Buffer) -> Position {
        let Self { sign, input, is_selected, said, progress, theme, masks } = self;
        let room = usize::from(area.width).saturating_sub(input.value().width() + 2 + usize::from(SIGN) + 1);
        let said = words(&said, progress.as_ref(), room, theme);
        let text_width = text_width(input, area.width.into(), said.iter().map(Span::width).sum());
        let scroll = input.visual_scroll(text_width);
        let typed = fit(skip(&masks.typed(input.value()), scroll), text_width).into_owned();
        let sign = Span::styled(format!(" {sign} "), theme.accent);
        let style = if is_selected { theme.data.add_modifier(Modifier::REVERSED) } else { theme.data };
        TextLine::from(vec![sign, Span::styled(typed, style)]).render(area, buffer);
        let x = area.x + SIGN + cells(text_width) + 1;
        let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
        cut_line(said, rest.width.into()).render(rest, buffer);
        let cursor = input.visual_cursor().saturating_sub(scroll).min(text_width);
        Position::new((area.x + SIGN + cells(cursor)).min(area.right().saturating_sub(1)), area.y)
    }
}

/// The text has a third of the line, so that what is said beside it does not move while one types. It has less
/// where what is said needs the room, and more while it is longer itself, up to a half.
fn text_width(input: &Input, line: usize, said: usize) -> usize {
    let typed = input.value().width() + 2;
    let left = line.saturating_sub(usize::from(SIGN) + 1);
    let wanted = (left / 3).min(left.saturating_sub(said)).max(typed);
    wanted.min(left / 2)
}

fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}
