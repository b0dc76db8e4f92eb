//! What cleaning does with one character, by its Unicode class and properties. Neighbours are not seen here, but asked for.

#[cfg(test)]
mod tests;

use unicode_normalization::char::canonical_combining_class;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};

/// Joins what would stand apart: letters of some scripts, and emoji.
pub(super) const ZERO_WIDTH_JOINER: char = '\u{200d}';
/// Asks for the colourful form of an emoji.
pub(super) const EMOJI_SELECTOR: char = '\u{fe0f}';
/// Draws a key around a digit.
pub(super) const KEYCAP: char = '\u{20e3}';
/// Begins the flag of a part of a country, spelt in tag characters.
pub(super) const BLACK_FLAG: char = '\u{1f3f4}';

/// What cleaning does with a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Stays.
    Shown,
    /// Stays as long as the grapheme before it has room: a mark.
    Extender,
    /// A visible character stands for it.
    Replaced(char),
    /// Its number stands for it (`<9B>`): a C1 control.
    Numbered,
    /// A bidi control, by its name in Unicode.
    Bidi(&'static str),
    /// ZWJ or ZWNJ: its neighbours decide.
    Joiner,
    /// A variation selector: the character before it decides.
    Selector,
    /// Removed, because no one could see it.
    Hidden,
}

/// The class of any character. A newline, a tab and a `\r` before a newline have better uses, which the caller knows.
pub(super) fn class_of(c: char) -> Class {
    match c {
        ' '..='~' => Class::Shown,
        '\0'..='\u{1f}' => Class::Replaced(control_picture(c)),
        '\u{7f}' => Class::Replaced('␡'),
        '\u{80}'..='\u{9f}' => Class::Numbered,
        '\u{2028}' | '\u{2029}' => Class::Replaced('⏎'),
        _ if is_joiner(c) => Class::Joiner,
        _ if is_selector(c) => Class::Selector,
        _ => bidi_name(c).map_or_else(|| class_by_category(c), Class::Bidi),
    }
}

fn class_by_category(c: char) -> Class {
    let category = c.general_category();
    match category {
        _ if is_default_ignorable(c) => Class::Hidden,
        GeneralCategory::Format if !is_visible_format(c) => Class::Hidden,
        GeneralCategory::PrivateUse | GeneralCategory::Surrogate => {
            Class::Replaced(char::REPLACEMENT_CHARACTER)
        }
        GeneralCategory::Unassigned if is_noncharacter(c) => Class::Replaced(char::REPLACEMENT_CHARACTER),
        _ if is_extender(c, category) => Class::Extender,
        _ => Class::Shown,
    }
}

/// The picture that Unicode has for a C0 control, `␀` to `␟`.
fn control_picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Marks of all kinds, skin tones, and the half-width sound marks, which extend a grapheme without being marks.
fn is_extender(c: char, category: GeneralCategory) -> bool {
    matches!(
        category,
        GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark | GeneralCategory::EnclosingMark
    ) || is_skin_tone(c)
        || matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

fn bidi_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{61c}' => "<ALM>",
        '\u{200e}' => "<LRM>",
        '\u{200f}' => "<RLM>",
        '\u{202a}' => "<LRE>",
        '\u{202b}' => "<RLE>",
        '\u{202c}' => "<PDF>",
        '\u{202d}' => "<LRO>",
        '\u{202e}' => "<RLO>",
        '\u{2066}' => "<LRI>",
        '\u{2067}' => "<RLI>",
        '\u{2068}' => "<FSI>",
        '\u{2069}' => "<PDI>",
        _ => return None,
    })
}

/// Unicode's property `Default_Ignorable_Code_Point`, in full: what a font may leave undrawn.
pub(super) fn is_default_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Unicode's property `Prepended_Concatenation_Mark`: the only format characters that are drawn.
fn is_visible_format(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        | '\u{110bd}' | '\u{110cd}')
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// ZWNJ and ZWJ.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | ZERO_WIDTH_JOINER)
}

fn is_selector(c: char) -> bool {
    is_mongolian_selector(c) || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_mongolian_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}')
}

/// Whether a variation selector right after `base` has something to vary. Anywhere else it only hides.
pub(super) fn may_vary(base: char, selector: char) -> bool {
    match selector {
        '\u{fe0e}' | EMOJI_SELECTOR => is_pictograph(base),
        _ if is_mongolian_selector(selector) => {
            matches!(base, '\u{1820}'..='\u{1842}' | '\u{1843}'..='\u{18aa}')
        }
        _ => is_ideograph(base),
    }
}

/// Whether `joiner` does something between the last grapheme so far and the character `next`.
pub(super) fn may_join(grapheme: &str, joiner: char, next: char) -> bool {
    let Some(last) = grapheme.chars().next_back() else {
        return false;
    };
    let joins_letters = (is_letter(last) || is_mark(last)) && grapheme.chars().any(is_letter);
    if joins_letters {
        // Bengali and its neighbours write a joiner before the sign that joins consonants.
        let is_virama = canonical_combining_class(next) == 9;
        return is_letter(next) || is_virama;
    }
    let ends_in_emoji = is_pictograph(last) || is_skin_tone(last) || is_selector(last) || is_tag(last);
    joiner == ZERO_WIDTH_JOINER && ends_in_emoji && grapheme.chars().any(is_pictograph) && is_pictograph(next)
}

/// Whether a joiner beside this letter changes nothing that a reader could see: Latin, Greek and Cyrillic.
pub(super) fn stands_unjoined(c: char) -> bool {
    c <= '\u{52f}'
}

/// Emoji that stand on their own: no digits, skin tones or halves of flags.
fn is_pictograph(c: char) -> bool {
    let is_flag_half = matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    !c.is_ascii() && !is_flag_half && !is_skin_tone(c) && c.is_emoji_char()
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

fn is_letter(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Letter
}

fn is_mark(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Mark
}

/// The bytes of the tags after a black flag that spell a part of a country and end as they must. `None` iff they don't.
pub(super) fn flag_tags(after_flag: &str) -> Option<usize> {
    // Two letters for the country and up to three more for its part.
    let spelt = after_flag
        .chars()
        .take_while(|c| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}'))
        .take(6)
        .count();
    let ends = after_flag.chars().nth(spelt) == Some('\u{e007f}');
    ((3..=5).contains(&spelt) && ends).then_some((spelt + 1) * '\u{e007f}'.len_utf8())
}

/// The bytes at the start of `text` that are clean everywhere and a grapheme each, found without looking at properties:
/// printable ASCII and U+00A0 to U+02FF without the soft hyphen. These hold all of Norwegian.
pub(super) fn plain_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b' '..=b'~' => 1,
            0xc2 if bytes.get(at + 1).is_some_and(|&next| next >= 0xa0 && next != 0xad) => 2,
            0xc3..=0xcb => 2,
            _ => break,
        };
    }
    at
}
