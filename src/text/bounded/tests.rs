//! What fits, what is cut, and what gives way.

use super::*;
use rstest::rstest;

fn filled(limit: Limit, units: &[&str]) -> String {
    let mut text = Bounded::new(limit);
    for unit in units {
        text.push(unit);
    }
    text.into_string()
}

#[rstest]
#[case::graphemes(Limit::Graphemes(3), "åb…")]
#[case::characters(Limit::Characters(3), "åb…")]
#[case::bytes(Limit::Bytes(6), "åb…")]
#[case::no_room_at_all(Limit::Bytes(3), "…")]
#[case::exactly_full(Limit::Graphemes(6), "åbcdef")]
#[case::exactly_full_in_bytes(Limit::Bytes(7), "åbcdef")]
fn what_does_not_fit_is_cut_with_an_ellipsis(#[case] limit: Limit, #[case] kept: &str) {
    assert_eq!(filled(limit, &["å", "b", "c", "d", "e", "f"]), kept);
    let mut plain = Bounded::new(limit);
    plain.push_plain("åbcdef");
    assert_eq!(plain.as_str(), kept);
}

#[test]
fn a_character_takes_the_place_of_what_would_swallow_it() {
    // Nine Arabic number signs, each of which takes in whatever follows.
    let signs = ["\u{600}"; 9];
    let text = filled(Limit::Bytes(100), &[signs.as_slice(), &["a", "b"]].concat());
    assert_eq!(text, format!("{}ab", "\u{600}".repeat(8)));
}

#[test]
fn a_full_grapheme_takes_no_more_marks() {
    let mut text = Bounded::new(Limit::Bytes(100));
    text.push("e");
    for _ in 0..20 {
        text.extend("\u{301}");
    }
    text.push("f");
    assert_eq!(text.as_str(), format!("e{}f", "\u{301}".repeat(8)));
}

#[test]
fn marks_that_do_not_fit_cost_their_own_grapheme_only() {
    let mut text = Bounded::new(Limit::Characters(6));
    text.push_plain("abcde");
    text.extend("\u{301}");
    assert_eq!(text.as_str(), "abcde\u{301}");
    text.extend("\u{301}");
    assert_eq!(text.as_str(), "abcd…");
}

#[test]
fn what_joins_the_ellipsis_goes_with_the_cut() {
    assert_eq!(filled(Limit::Bytes(6), &["a", "\u{600}", "\n", "b", "c", "d"]), "a…");
}
