//! Samples of each class, and of the characters that need no look.

use super::*;
use rstest::rstest;

#[rstest]
#[case::escape('\u{1b}', Class::Replaced('␛'))]
#[case::last_c0('\u{1f}', Class::Replaced('␟'))]
#[case::next_line('\u{85}', Class::Numbered)]
#[case::no_break_space('\u{a0}', Class::Shown)]
#[case::annotation_anchor('\u{fff9}', Class::Hidden)]
#[case::hieroglyph_control('\u{13430}', Class::Hidden)]
#[case::arabic_number_sign('\u{600}', Class::Shown)]
#[case::private_use('\u{e000}', Class::Replaced('\u{fffd}'))]
#[case::private_plane('\u{10fffd}', Class::Replaced('\u{fffd}'))]
#[case::noncharacter('\u{1fffe}', Class::Replaced('\u{fffd}'))]
#[case::unassigned('\u{378}', Class::Shown)]
#[case::unassigned_ignorable('\u{e0fff}', Class::Hidden)]
#[case::hebrew_letter('מ', Class::Shown)]
#[case::accent('\u{301}', Class::Extender)]
#[case::enclosing_mark(KEYCAP, Class::Extender)]
fn classes_follow_the_category(#[case] c: char, #[case] class: Class) {
    assert_eq!(class_of(c), class);
}

#[test]
fn every_plain_character_is_one_that_stays() {
    for c in (' '..='\u{3ff}').filter(|c| plain_len(&c.to_string()) == c.len_utf8()) {
        assert_eq!(class_of(c), Class::Shown, "U+{:04X}", u32::from(c));
    }
    assert_eq!(plain_len("Hårklipperi Æøå\u{ad}"), "Hårklipperi Æøå".len());
    assert_eq!(plain_len("a\u{301}"), 1);
}
