//! What must not leave, by Unicode's own tables as another crate than the cleaning has them: for tests alone.

use regex_syntax::hir::{Class, HirKind};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Controls, formats, line separators, private use, bidi controls, what may stay undrawn, and what is no character.
/// Some formats are drawn; joiners, selectors and tags may stay for their neighbours' sake.
const BANNED: &str = r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}--\p{Prepended_Concatenation_Mark}]";
/// What has a use between the right neighbours.
const USEFUL: &str = r"[\p{Join_Control}\p{Variation_Selector}\x{e0020}-\x{e007f}]";

static BANNED_ANYWHERE: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let useful = all(USEFUL);
    all(BANNED).into_iter().filter(|c| !useful.contains(c)).collect()
});

/// The characters with these properties.
pub(crate) fn all(properties: &str) -> HashSet<char> {
    let parsed = regex_syntax::parse(properties).unwrap();
    let HirKind::Class(Class::Unicode(class)) = parsed.kind() else { panic!("{properties} is no class") };
    class.ranges().iter().flat_map(|range| range.start()..=range.end()).collect()
}

/// Everything that is banned between two letters or digits.
pub(crate) fn banned() -> HashSet<char> {
    all(BANNED)
}

/// Whether a character is banned, whatever stands beside it.
pub(crate) fn is_banned_anywhere(c: char) -> bool {
    BANNED_ANYWHERE.contains(&c)
}

/// Whether a grapheme or a cell has at most 8 further code points and 32 bytes.
pub(crate) fn is_bounded(grapheme: &str) -> bool {
    grapheme.chars().count() <= 9 && grapheme.len() <= 32
}
