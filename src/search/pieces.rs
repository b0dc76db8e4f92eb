//! Which pieces of a text hold a pattern, where the pieces are divided by their ends alone: lines, texts of rows, the
//! values of a dictionary.

use memchr::memmem::Finder;

/// Calls `hit` with the number of each piece that holds the pattern; `accepts` is asked of each place: the piece's
/// number, where it starts, and the place.
pub(crate) fn each_piece(
    finder: &Finder<'_>,
    (text, ends): (&str, impl Iterator<Item = usize>),
    accepts: impl Fn(usize, usize, usize) -> bool,
    mut hit: impl FnMut(usize),
) {
    let text = text.as_bytes();
    let (mut start, mut from) = (0, 0);
    let mut pieces = ends.enumerate();
    let Some((mut piece, mut end)) = pieces.next() else { return };
    while let Some(found) = text.get(from..).and_then(|rest| finder.find(rest)) {
        let at = from + found;
        while at >= end {
            start = end;
            let Some(next) = pieces.next() else { return };
            (piece, end) = next;
        }
        from = at + 1;
        if accepts(piece, start, at) {
            hit(piece);
            from = end;
        }
    }
}
