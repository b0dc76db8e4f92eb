//! Fits text into cells: spans and lines cut to a width, and cells that hold what a terminal makes of them.

use crate::ui::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

pub(super) use crate::text::{fit, fit_end};

/// The most code points in a cell: its first and 8 further ones.
const CELL_CHARACTERS: usize = 9;
/// The most bytes in a cell.
const CELL_BYTES: usize = 32;

/// `text` as spans: those byte ranges of it in `hit`, the rest in `style`. Ranges ascend and lie apart; parts of
/// them beyond the text are left out.
pub(super) fn spans<'t>(text: &'t str, hits: &[Range<usize>], style: Style, hit: Style) -> Vec<Span<'t>> {
    let mut spans = Vec::new();
    let mut from = 0;
    for range in hits {
        let start = range.start.min(text.len());
        let end = range.end.min(text.len());
        if let (Some(before), Some(inside)) = (text.get(from..start), text.get(start..end)) {
            spans.push(Span::styled(before, style));
            spans.push(Span::styled(inside, hit));
            from = end;
        }
    }
    spans.push(Span::styled(text.get(from..).unwrap_or_default(), style));
    spans.retain(|span| !span.content.is_empty());
    spans
}

/// Paints one line with something at its left and something at its right. Where both don't fit, the left is cut for a right
/// that takes less than half, and any other right is left out.
pub(super) fn left_and_right(left: Vec<Span<'_>>, right: Vec<Span<'_>>, area: Rect, buffer: &mut Buffer) {
    let right = Line::from(right);
    let right_width = u16::try_from(right.width()).unwrap_or(u16::MAX);
    let gap = if right_width > 0 { 2 } else { 0 };
    let both = left.iter().map(Span::width).sum::<usize>() + usize::from(gap + right_width);
    let right_fits = both <= area.width.into() || right_width + gap < area.width / 2;
    let left_width = if right_fits { area.width - right_width - gap } else { area.width };
    cut_line(left, left_width.into()).render(Rect { width: left_width, ..area }, buffer);
    if right_fits {
        let x = area.x + area.width - right_width;
        right.render(Rect { x, width: right_width, ..area }, buffer);
    }
}

/// A line cut to a width, its end marked where something is missing.
pub(super) fn cut_line(spans: Vec<Span<'_>>, width: usize) -> Line<'_> {
    let mut room = width;
    let mut kept = Vec::new();
    for span in spans {
        let span_width = span.width();
        if span_width <= room {
            room -= span_width;
            kept.push(span);
        } else {
            let text = fit(&span.content, room).into_owned();
            kept.push(Span::styled(text, span.style));
            break;
        }
    }
    Line::from(kept)
}

/// Gives a cell another style, where there is such a cell.
pub(super) fn restyle(buffer: &mut Buffer, x: u16, y: u16, symbol: &str, style: Style) {
    if let Some(cell) = buffer.cell_mut(Position::new(x, y)) {
        cell.set_symbol(symbol).set_style(style);
    }
}

/// Marks the selected line of a list.
pub(super) fn mark_row(buffer: &mut Buffer, row: Rect, theme: &Theme) {
    buffer.set_style(row, theme.selected);
    restyle(buffer, row.x, row.y, "▌", theme.accent);
}

/// Makes each cell what a terminal makes of it: one grapheme within bounds.
///
/// ratatui puts what has no width into a cell with what does: at the start of a text before it, so that a terminal
/// would draw it on the cell to the left, where it stays when this one changes; elsewhere after it, however much.
pub(super) fn settle_cells(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width);
    for at in 0..buffer.content.len() {
        let Some(symbol) = buffer.content.get(at).map(Cell::symbol).filter(|symbol| symbol.len() > 1) else {
            continue;
        };
        let (marks, own) =
            symbol.split_at(symbol.find(|c: char| c.width() != Some(0)).unwrap_or(symbol.len()));
        let (marks, own) = (marks.to_owned(), bounded(own).to_owned());
        if let Some(left) = at.checked_sub(1).filter(|_| !marks.is_empty() && at % width > 0) {
            change(buffer, left, |symbol| bounded(&(symbol.to_owned() + &marks)).to_owned());
        }
        change(buffer, at, |_| if own.is_empty() { " ".to_owned() } else { own });
    }
}

fn change(buffer: &mut Buffer, at: usize, symbol: impl FnOnce(&str) -> String) {
    if let Some(cell) = buffer.content.get_mut(at) {
        let symbol = symbol(cell.symbol());
        if symbol != cell.symbol() {
            cell.set_symbol(&symbol);
        }
    }
}

/// As much of the start of `symbol` as a cell may hold.
fn bounded(symbol: &str) -> &str {
    let end = symbol.char_indices().nth(CELL_CHARACTERS).map_or(symbol.len(), |(at, _)| at);
    let end = symbol.floor_char_boundary(end.min(CELL_BYTES));
    let kept = symbol.get(..end).unwrap_or_default();
    // A joiner that was cut off has nothing left to join.
    if end < symbol.len() { kept.trim_end_matches(['\u{200c}', '\u{200d}']) } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_at_the_start_of_a_text_belongs_to_the_cell_before_it() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 2));
        Line::from("\u{301}ab").render(Rect::new(0, 0, 6, 1), &mut buffer);
        Line::from("\u{301}ab").render(Rect::new(2, 1, 4, 1), &mut buffer);
        settle_cells(&mut buffer);
        let symbols: Vec<&str> = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(symbols, ["a", "b", " ", " ", " ", " ", " ", " \u{301}", "a", "b", " ", " "]);
    }

    #[test]
    fn graphemes_without_a_width_do_not_pile_up_in_a_cell() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        Line::from(format!("a{}b", "\u{11a8}\u{1161}".repeat(100))).render(buffer.area, &mut buffer);
        settle_cells(&mut buffer);
        let symbols: Vec<&str> = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(symbols, [format!("a{}", "\u{11a8}\u{1161}".repeat(4)).as_str(), "b", " "]);
    }

    #[test]
    fn hits_are_set_apart_from_the_rest() {
        let (plain, hit) = (Style::new(), Style::new().bold());
        let spans = spans("Pers Hårklipperi", &[0..4, 5..9, 90..95], plain, hit);
        let shown: Vec<_> = spans.iter().map(|span| (span.content.as_ref(), span.style == hit)).collect();
        assert_eq!(shown, [("Pers", true), (" ", false), ("Hår", true), ("klipperi", false)]);
    }
}
