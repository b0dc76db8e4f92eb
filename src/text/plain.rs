//! Characters as a keyboard has them: what a pasted line or a written number means whatever program it comes from.

use super::class::is_default_ignorable;

/// The character of a keyboard that `c` is another form of: a full-width or Arabic digit, a dash, a space. `None` iff
/// `c` has no form of its own, as marks of direction and zero-width spaces.
pub(crate) fn plain(c: char) -> Option<char> {
    let moved = |by: u32| char::from_u32(u32::from(c) - by).or(Some(c));
    match c {
        '\0'..='\u{7f}' => Some(c),
        '\u{ff01}'..='\u{ff5e}' => moved(0xfee0),
        '\u{660}'..='\u{669}' => moved(0x660 - 0x30),
        '\u{6f0}'..='\u{6f9}' => moved(0x6f0 - 0x30),
        '\u{966}'..='\u{96f}' => moved(0x966 - 0x30),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Some('-'),
        '\u{b7}' | '\u{2024}' | '\u{2027}' => Some('.'),
        _ if c.is_whitespace() => Some(' '),
        _ if is_default_ignorable(c) => None,
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::full_width("＋４７　９０９", "+47 909")]
    #[case::arabic("٩٠٩ ۹۰۹", "909 909")]
    #[case::dashes("909\u{2011}09\u{2013}090\u{2212}1", "909-09-090-1")]
    #[case::spaces("909\u{a0}09\u{202f}090", "909 09 090")]
    #[case::marks_of_direction("\u{202a}909\u{202c}\u{2066}0\u{200b}9\u{feff}", "90909")]
    #[case::letters_stay("Ærø æøå ß", "Ærø æøå ß")]
    fn a_character_is_as_a_keyboard_has_it(#[case] pasted: &str, #[case] typed: &str) {
        assert_eq!(pasted.chars().filter_map(plain).collect::<String>(), typed);
    }
}
