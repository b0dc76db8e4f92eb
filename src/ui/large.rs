//! A value to be read aloud: digits drawn large, other text with the word for each of its signs.

use crate::app::{Large, LargeShape};
use crate::ui::fit::{cut_line, fit};
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

/// How many dots a digit is wide and high.
const DOTS: (u16, u16) = (3, 5);
/// How many cells a dot may be wide and high, the largest first. A cell is twice as high as it is wide.
const SCALES: [(u16, u16); 7] = [(12, 6), (10, 5), (8, 4), (6, 3), (4, 2), (2, 1), (1, 1)];
/// How wide a sign with its word is.
const WORD: u16 = 24;

pub(super) struct LargePane<'a> {
    pub large: &'a Large,
    pub theme: &'a Theme,
}

impl Widget for LargePane<'_> {
    /// Covers the rows; the two lines at the bottom stay what they are.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { large, theme } = self;
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        Clear.render(area, buffer);
        buffer.set_style(area, theme.background);
        let heading = vec![
            Span::styled(format!(" {}   ", large.label), theme.quiet),
            Span::styled(large.value.as_str(), theme.strong),
        ];
        let line = Rect { height: area.height.min(1), ..area };
        cut_line(heading, area.width.into()).render(line, buffer);
        let below = Rect {
            x: area.x + 3.min(area.width),
            y: area.y + 2.min(area.height),
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(2),
        };
        match &large.shape {
            LargeShape::Digits(groups) => digits(groups, below, theme, buffer),
            LargeShape::Spelled(signs) => spelled(signs, below, theme, buffer),
        }
    }
}

/// Draws the groups as large as all of them fit; where they do not fit at all, only the value above is there.
fn digits(groups: &[String], area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let fitting = SCALES.into_iter().find_map(|scale| Some((scale, lines(groups, scale, area)?)));
    let Some((scale, lines)) = fitting else { return };
    let mut y = area.y;
    for line in lines {
        let mut x = area.x;
        for group in line {
            for digit in group.chars() {
                draw(digit, (x, y), scale, (theme, buffer));
                x += digit_width(scale);
            }
            x += gap(scale);
        }
        y += line_height(scale);
    }
}

/// The groups in lines at this scale. `None` where they do not fit.
fn lines(groups: &[String], scale: (u16, u16), area: Rect) -> Option<Vec<Vec<&String>>> {
    let mut lines: Vec<Vec<&String>> = vec![Vec::new()];
    let mut used = 0;
    for group in groups {
        let width = u16::try_from(group.chars().count()).ok()?.checked_mul(digit_width(scale))?;
        if width > area.width {
            return None;
        }
        let with_gap = if used == 0 { width } else { used + gap(scale) + width };
        if with_gap > area.width {
            lines.push(vec![group]);
            used = width;
        } else {
            lines.last_mut()?.push(group);
            used = with_gap;
        }
    }
    let height = u16::try_from(lines.len()).ok()?.checked_mul(line_height(scale))?;
    (height <= area.height + scale.1).then_some(lines)
}

fn digit_width(scale: (u16, u16)) -> u16 {
    (DOTS.0 + 1) * scale.0
}

fn line_height(scale: (u16, u16)) -> u16 {
    (DOTS.1 + 1) * scale.1
}

fn gap(scale: (u16, u16)) -> u16 {
    2 * scale.0
}

fn draw(sign: char, (x, y): (u16, u16), scale: (u16, u16), (theme, buffer): (&Theme, &mut Buffer)) {
    for (row, dots) in (0..).zip(dots(sign)) {
        for column in (0..DOTS.0).filter(|column| dots & (4 >> column) != 0) {
            let dot = Rect::new(x + column * scale.0, y + row * scale.1, scale.0, scale.1);
            for at in dot.intersection(buffer.area).positions() {
                if let Some(cell) = buffer.cell_mut(at) {
                    cell.set_symbol("█").set_style(theme.strong);
                }
            }
        }
    }
}

/// The dots of a sign, a row of three bits a number.
const fn dots(sign: char) -> [u16; 5] {
    match sign {
        '0' => [7, 5, 5, 5, 7],
        '1' => [2, 6, 2, 2, 7],
        '2' => [7, 1, 7, 4, 7],
        '3' => [7, 1, 7, 1, 7],
        '4' => [5, 5, 7, 1, 1],
        '5' => [7, 4, 7, 1, 7],
        '6' => [7, 4, 7, 5, 7],
        '7' => [7, 1, 1, 2, 2],
        '8' => [7, 5, 7, 5, 7],
        '9' => [7, 5, 7, 1, 7],
        '+' => [0, 2, 7, 2, 0],
        _ => [0, 0, 2, 0, 0],
    }
}

/// Each sign with its word, in columns from the top.
fn spelled(signs: &[(char, &'static str)], area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let height = usize::from(area.height.max(1));
    for (at, (sign, word)) in signs.iter().enumerate() {
        let (column, row) = (at / height, at % height);
        let column = u16::try_from(column).unwrap_or(u16::MAX).saturating_mul(WORD);
        let x = area.x.saturating_add(column);
        let y = area.y + u16::try_from(row).unwrap_or(u16::MAX);
        let place = Rect::new(x, y, WORD, 1).intersection(area);
        if place.is_empty() {
            return;
        }
        let sign = sign.to_string();
        let blanks = " ".repeat(4_usize.saturating_sub(sign.width()));
        let word = fit(word, usize::from(WORD - 5)).into_owned();
        let spans = vec![Span::styled(sign, theme.strong), Span::raw(blanks), Span::styled(word, theme.data)];
        cut_line(spans, place.width.into()).render(place, buffer);
    }
}
