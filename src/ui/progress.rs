//! A thin bar: how much of something is done.

use crate::ui::theme::Theme;
use ratatui::text::Span;

/// How many cells the bar takes.
const CELLS: usize = 20;

/// The bar for a part between 0 and 1, in halves of cells.
pub(super) fn bar(part: f64, theme: &Theme) -> Vec<Span<'static>> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2 × CELLS")]
    #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
    let halves = (part.clamp(0.0, 1.0) * (2 * CELLS) as f64) as usize;
    let mut done = "━".repeat(halves / 2);
    if halves % 2 == 1 {
        done.push('╸');
    }
    let rest = "─".repeat(CELLS - halves.div_ceil(2));
    vec![Span::styled(done, theme.accent), Span::styled(rest, theme.rule)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_keeps_its_width_while_it_fills() {
        for step in 0..=100 {
            let width: usize = bar(f64::from(step) / 100.0, &Theme::default()).iter().map(Span::width).sum();
            assert_eq!(width, CELLS);
        }
    }
}
