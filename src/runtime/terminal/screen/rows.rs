//! What the rows of the terminal hold, and which of them must be drawn whole.
//!
//! A terminal may believe in other widths than we do: of a flag, of an emoji, of a letter with its marks. Then what we
//! take for the cells behind such a grapheme are others there, and a cell that we do not write keeps what it had: letters
//! of the last customer in another one's row. So a row that holds or held such a grapheme is cleared and drawn whole, and
//! after each such grapheme the cursor is placed anew.

use ratatui::buffer::Cell;
use ratatui::layout::Size;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// A cell with its place.
pub(super) type Placed = (u16, u16, Cell);

/// The cells of the whole screen, as they were drawn last.
#[derive(Default)]
pub(super) struct Rows {
    size: Size,
    cells: Vec<Cell>,
}

impl Rows {
    /// Forgets everything: the screen was cleared.
    pub(super) fn clear(&mut self) {
        self.cells.clear();
    }

    /// Takes in the cells that change. Those of rows that can be drawn cell by cell come back, and the rows that must be
    /// cleared and drawn whole.
    pub(super) fn change(&mut self, size: Size, changed: Vec<Placed>) -> (Vec<Placed>, BTreeSet<u16>) {
        let area = usize::from(size.width) * usize::from(size.height);
        if self.size != size || self.cells.len() != area {
            self.size = size;
            self.cells = vec![Cell::EMPTY; area];
        }
        let touched: BTreeSet<u16> = changed.iter().map(|(_, y, _)| *y).collect();
        let mut whole: BTreeSet<u16> = touched.iter().copied().filter(|y| self.is_uncertain(*y)).collect();
        for (x, y, cell) in &changed {
            let at = usize::from(*y) * usize::from(size.width) + usize::from(*x);
            if let Some(place) = self.cells.get_mut(at).filter(|_| *x < size.width) {
                cell.clone_into(place);
            }
        }
        whole.extend(touched.into_iter().filter(|y| self.is_uncertain(*y)));
        let single = changed.into_iter().filter(|(_, y, _)| !whole.contains(y)).collect();
        (single, whole)
    }

    /// The cells of a row in runs, each of which ends with a grapheme of uncertain width.
    pub(super) fn runs(&self, y: u16) -> Vec<Vec<(u16, u16, &Cell)>> {
        let mut runs: Vec<Vec<(u16, u16, &Cell)>> = vec![Vec::new()];
        let mut hidden = 0;
        for (x, cell) in (0..).zip(self.row(y)) {
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            hidden = cell.symbol().width().saturating_sub(1);
            if let Some(run) = runs.last_mut() {
                run.push((x, y, cell));
            }
            if is_uncertain(cell) {
                runs.push(Vec::new());
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    fn row(&self, y: u16) -> &[Cell] {
        let width = usize::from(self.size.width);
        let start = usize::from(y) * width;
        self.cells.get(start..start + width).unwrap_or_default()
    }

    fn is_uncertain(&self, y: u16) -> bool {
        self.row(y).iter().any(is_uncertain)
    }
}

/// Whether a terminal may believe in another width than one cell.
fn is_uncertain(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    !symbol.is_ascii() && (symbol.chars().nth(1).is_some() || symbol.width() != 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const SIZE: Size = Size::new(8, 2);

    fn cells(text: &[&'static str], y: u16) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut x = 0;
        for symbol in text {
            placed.push((x, y, Cell::new(symbol)));
            x += u16::try_from(symbol.width().max(1)).unwrap();
        }
        placed
    }

    #[test]
    fn rows_of_plain_letters_are_drawn_cell_by_cell() {
        let mut rows = Rows::default();
        let (single, whole) = rows.change(SIZE, cells(&["K", "å", "r", "ł", "–"], 0));
        assert_eq!((single.len(), whole.len()), (5, 0));
    }

    #[rstest]
    #[case::a_flag("🇳🇴")]
    #[case::a_wide_letter("漢")]
    #[case::an_emoji("👨‍👩‍👧")]
    #[case::hindi("क्षि")]
    #[case::thai("กำ")]
    #[case::a_combining_mark("e\u{301}")]
    fn a_row_that_holds_or_held_an_uncertain_width_is_drawn_whole(#[case] grapheme: &'static str) {
        let mut rows = Rows::default();
        let (_, whole) = rows.change(SIZE, cells(&[grapheme, "a"], 1));
        assert!(whole.contains(&1), "it is there now");
        let (single, whole) = rows.change(SIZE, cells(&["b"], 1));
        assert!(whole.contains(&1) && single.is_empty(), "it was there before");
        let (single, whole) = rows.change(SIZE, cells(&["c", "d"], 1));
        assert_eq!((single.len(), whole.len()), (2, 0), "it is gone");
    }

    #[test]
    fn after_an_uncertain_width_the_cursor_is_placed_anew() {
        let mut rows = Rows::default();
        rows.change(SIZE, cells(&["a", "漢", "b", "c"], 0));
        let starts: Vec<u16> = rows.runs(0).iter().map(|run| run[0].0).collect();
        assert_eq!(starts, [0, 3]);
    }
}
