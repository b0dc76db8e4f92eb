//! What stands for our own signs in a terminal that is said not to know them: `LANG=C`, Latin-1, the Linux console. Each
//! takes one cell, as its sign does. What customers are called stays as it was sent: a name in question marks helps
//! no one, and most such terminals know their letters all the same.

use ratatui::buffer::Cell;

/// The cell with an ASCII sign in the place of ours. `None` iff it holds none of ours.
pub(super) fn instead_of(cell: &Cell) -> Option<Cell> {
    let mut signs = cell.symbol().chars();
    let (sign, None) = (signs.next()?, signs.next()) else { return None };
    let mut cell = cell.clone();
    cell.set_char(instead(sign)?);
    Some(cell)
}

fn instead(sign: char) -> Option<char> {
    Some(match sign {
        '│' | '⠋' | '⠼' => '|',
        '▌' | '→' => '>',
        '▐' | '█' => '#',
        '•' | '☎' => '*',
        '─' | '–' | '—' | '⠹' | '⠦' | '⠧' => '-',
        '━' | '╸' => '=',
        '·' => '.',
        '…' => '~',
        '↑' | '⇧' => '^',
        '↓' => 'v',
        '←' | '⏎' => '<',
        '×' => 'x',
        '⠙' | '⠴' | '⠏' => '/',
        '⠸' | '⠇' => '\\',
        // What stands for a control character, and for what is no character.
        '\u{2400}'..='\u{2426}' | char::REPLACEMENT_CHARACTER => '?',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_signs_change_and_letters_stay() {
        let instead =
            |symbol: &'static str| instead_of(&Cell::new(symbol)).map(|cell| cell.symbol().to_owned());
        assert_eq!(instead("│").as_deref(), Some("|"));
        assert_eq!(instead("␛").as_deref(), Some("?"));
        assert_eq!(
            (instead("å"), instead("a"), instead("漢"), instead("…\u{301}")),
            (None, None, None, None)
        );
    }
}
