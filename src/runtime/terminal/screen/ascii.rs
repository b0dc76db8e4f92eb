//! What stands for our own signs in a terminal that is said not to know them: `LANG=C`, Latin-1. Each takes one cell,
//! as its sign does. What customers are called stays as it was sent: a name in question marks helps nobody, and most
//! such terminals know their letters all the same.

use ratatui::buffer::Cell;

/// Whether the locale's characters are those of UTF-8, by the variables that say so, in the order in which they count.
/// With none of them set nobody has said anything: a shell in a container has a terminal that knows them.
pub(in crate::runtime::terminal) fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let said =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    said.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

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
        '▐' => '#',
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
    use rstest::rstest;

    #[rstest]
    #[case::nothing_said(&[], true)]
    #[case::norwegian(&[("LANG", "nb_NO.UTF-8")], true)]
    #[case::another_spelling(&[("LC_CTYPE", "en_US.utf8")], true)]
    #[case::plain(&[("LANG", "C")], false)]
    #[case::latin(&[("LANG", "nb_NO")], false)]
    #[case::all_counts_first(&[("LC_ALL", "C"), ("LANG", "nb_NO.UTF-8")], false)]
    #[case::empty_counts_as_unset(&[("LC_ALL", ""), ("LANG", "nb_NO.UTF-8")], true)]
    fn the_first_variable_that_says_anything_decides(#[case] set: &[(&str, &str)], #[case] utf8: bool) {
        let variable =
            |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(is_utf8(variable), utf8);
    }

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
