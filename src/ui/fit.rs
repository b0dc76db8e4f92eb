//! Fits text into cells: cut at the border of a grapheme, never through a wide character.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Stands at the end of what was cut.
const CUT: &str = "…";
/// The most code points in a cell: its first and 8 further ones.
const CELL_CHARACTERS: usize = 9;
/// The most bytes in a cell.
const CELL_BYTES: usize = 32;

/// As much of `text` as fits into `width` cells, with `…` at its end where something is missing.
pub(super) fn fit(text: &str, width: usize) -> Cow<'_, str> {
    if text.len() <= width && text.is_ascii() || text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut used = CUT.width();
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > width {
            break;
        }
        kept.push_str(grapheme);
    }
    if width > 0 {
        kept.push_str(CUT);
    }
    Cow::Owned(kept)
}

/// As much of the end of `text` as fits into `width` cells, with `…` before it where something is missing: a key
/// differs from others at its end.
pub(super) fn fit_end(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut used = CUT.width();
    let kept: Vec<&str> = text
        .graphemes(true)
        .rev()
        .take_while(|grapheme| {
            used += grapheme.width();
            used <= width
        })
        .collect();
    let cut = if width > 0 { CUT } else { "" };
    Cow::Owned(std::iter::once(cut).chain(kept.into_iter().rev()).collect())
}

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

/// Paints one line with something at its left and something at its right; the left is cut where both don't fit.
pub(super) fn left_and_right(left: Vec<Span<'_>>, right: Vec<Span<'_>>, area: Rect, buffer: &mut Buffer) {
    let right = Line::from(right);
    let right_width = u16::try_from(right.width()).unwrap_or(u16::MAX);
    let gap = if right_width > 0 { 2 } else { 0 };
    let right_fits = right_width + gap < area.width / 2;
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

/// Cuts the cells that hold more than one grapheme may. ratatui adds a grapheme without a width to the cell before it,
/// so that a name of a thousand of them, each within bounds, would else be one cell of 32 kB.
pub(super) fn bound_cells(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if symbol.len() > CELL_BYTES || symbol.chars().nth(CELL_CHARACTERS).is_some() {
            let end = symbol.char_indices().nth(CELL_CHARACTERS).map_or(symbol.len(), |(at, _)| at);
            let end = symbol.floor_char_boundary(end.min(CELL_BYTES));
            // A joiner would have nothing left to join.
            let kept = symbol.get(..end).unwrap_or_default().trim_end_matches(['\u{200c}', '\u{200d}']);
            let kept = kept.to_owned();
            cell.set_symbol(&kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::fits("Kari", 4, "Kari")]
    #[case::cut("Kari Nordmann", 6, "Kari …")]
    #[case::before_a_wide_character("漢字テスト", 4, "漢…")]
    #[case::wide_that_fits("漢字", 4, "漢字")]
    #[case::combining("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…")]
    #[case::one_cell("Kari", 1, "…")]
    #[case::no_cell("Kari", 0, "")]
    fn text_is_cut_between_graphemes(#[case] text: &str, #[case] width: usize, #[case] fitted: &str) {
        assert_eq!(fit(text, width), fitted);
    }

    #[test]
    fn a_key_is_cut_at_its_beginning() {
        assert_eq!(fit_end("crm__custom_info__388", 8), "…fo__388");
        assert_eq!(
            (fit_end("17", 8), fit_end("17", 1), fit_end("17", 0)),
            ("17".into(), "…".into(), "".into())
        );
    }

    #[test]
    fn hits_are_set_apart_from_the_rest() {
        let (plain, hit) = (Style::new(), Style::new().bold());
        let spans = spans("Pers Hårklipperi", &[0..4, 5..9, 90..95], plain, hit);
        let shown: Vec<_> = spans.iter().map(|span| (span.content.as_ref(), span.style == hit)).collect();
        assert_eq!(shown, [("Pers", true), (" ", false), ("Hår", true), ("klipperi", false)]);
    }
}
