//! A table of text for a terminal: columns as wide as their widest cell, and where that is too much, the widest of
//! those that may be cut are.

use crate::text::fit;
use unicode_width::UnicodeWidthStr;

/// Blanks between two columns.
const GAP: usize = 2;
/// A column is not cut to less than this.
const LEAST: usize = 10;

/// A column's header, and whether its cells may be cut: numbers that are read aloud are not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'a> {
    pub(super) title: &'a str,
    pub(super) may_be_cut: bool,
}

/// The lines of a table whose cells are clean, at most `width` columns wide where the cells that may be cut allow it.
pub(super) fn lines(headers: &[Header<'_>], rows: &[Vec<String>], width: Option<usize>) -> String {
    let mut widths: Vec<usize> = headers.iter().map(|header| header.title.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    if let Some(most) = width {
        narrow(headers, &mut widths, most);
    }
    let mut text = line(headers.iter().map(|header| header.title), &widths);
    for row in rows {
        text.push_str(&line(row.iter().map(String::as_str), &widths));
    }
    text
}

/// Takes from the widest column, cell by cell, until all fit or none may be cut further.
fn narrow(headers: &[Header<'_>], widths: &mut [usize], most: usize) {
    let gaps = GAP * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > most {
        let cuttable = headers
            .iter()
            .zip(widths.iter_mut())
            .filter(|(header, width)| header.may_be_cut && **width > LEAST);
        let Some((_, widest)) = cuttable.max_by_key(|(_, width)| **width) else { return };
        *widest -= 1;
    }
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, &width) in cells.zip(widths) {
        let cell = fit(cell, width);
        line.push_str(&cell);
        line.push_str(&" ".repeat(width - cell.width() + GAP));
    }
    line.truncate(line.trim_end().len());
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADERS: [Header<'_>; 2] =
        [Header { title: "ID", may_be_cut: false }, Header { title: "Name", may_be_cut: true }];

    fn table(width: Option<usize>) -> String {
        let rows = [["9120011888", "Pers Hårklipperi og Frisørsalong AS"], ["1", "漢字漢字漢字漢字漢字"]];
        lines(&HEADERS, &rows.map(|row| row.map(str::to_owned).to_vec()), width)
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let expected = "ID          Name\n9120011888  Pers Hårklipperi og Frisørsalong AS\n1           漢字漢字漢字漢字漢字\n";
        assert_eq!(table(None), expected);
    }

    #[test]
    fn what_may_be_cut_is_cut_between_characters() {
        assert_eq!(
            table(Some(28)),
            "ID          Name\n9120011888  Pers Hårklipper…\n1           漢字漢字漢字漢…\n"
        );
    }

    #[test]
    fn numbers_are_never_cut() {
        assert_eq!(table(Some(1)), "ID          Name\n9120011888  Pers Hårk…\n1           漢字漢字…\n");
    }
}
