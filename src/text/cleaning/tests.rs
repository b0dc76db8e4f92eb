//! Samples of every class of bad text, and what holds of any text at all.

mod every_character;

use super::*;
use proptest::prelude::*;
use proptest::string::string_regex;
use rstest::rstest;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

const PLACES: [Place; 4] = [Place::Row, Place::Card, Place::Message, Place::Clipboard];

fn cleaned(text: &str, place: Place) -> String {
    clean(&RawText::from(text), place).as_str().to_owned()
}

#[rstest]
#[case::nul("a\0b", "a␀b")]
#[case::tab("a\tb", "a b")]
#[case::windows_line_end("a\r\nb", "a⏎b")]
#[case::line_end("a\nb\n", "a⏎b⏎")]
#[case::lone_return("a\rOVER", "a␍OVER")]
#[case::two_returns("a\r\r\nb", "a␍⏎b")]
#[case::backspaces("abc\u{8}\u{8}\u{8}XYZ", "abc␈␈␈XYZ")]
#[case::delete("\u{7f}", "␡")]
#[case::next_line("\u{85}", "<85>")]
#[case::erase_screen("\u{1b}[2J\u{1b}[H", "␛[2J␛[H")]
#[case::window_title("\u{1b}]0;pwned\u{7}", "␛]0;pwned␇")]
#[case::clipboard_write("\u{1b}]52;c;cm0gLXJmIH4=\u{7}", "␛]52;c;cm0gLXJmIH4=␇")]
#[case::device_control("\u{1b}P$q q\u{1b}\\", "␛P$q q␛\\")]
#[case::c1_introducer("\u{9b}31m", "<9B>31m")]
#[case::escape_at_the_end("a\u{1b}", "a␛")]
#[case::line_separator("a\u{2028}b\u{2029}c", "a⏎b⏎c")]
#[case::override_of_direction("Invoice\u{202e}gnp.exe", "Invoicegnp.exe")]
#[case::isolate("a\u{2066}b", "ab")]
#[case::zero_width_space("Kari\u{200b}Olsen", "KariOlsen")]
#[case::byte_order_mark("\u{feff}Kari", "Kari")]
#[case::soft_hyphen("Ka\u{ad}ri", "Kari")]
#[case::hangul_fillers("a\u{115f}\u{1160}\u{3164}\u{ffa0}b", "ab")]
#[case::annotation("a\u{fff9}b\u{fffb}", "ab")]
#[case::noncharacter("a\u{fdd0}\u{10ffff}", "a\u{fffd}\u{fffd}")]
#[case::private_use("\u{e000}\u{f8ff}", "\u{fffd}\u{fffd}")]
#[case::hidden_tags("a\u{e0068}\u{e0069}", "a")]
#[case::hidden_tags_in_a_flag("🏴\u{e0068}\u{e0069}", "🏴")]
#[case::flag_that_never_ends("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}", "🏴")]
#[case::stray_selectors("a\u{fe0f}b\u{e0101}", "ab")]
#[case::selector_on_a_digit("9\u{fe0f}0", "90")]
#[case::second_selector("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}")]
#[case::selector_after_a_joiner("❤\u{200d}\u{fe0f}🔥", "❤\u{fe0f}🔥")]
#[case::joiner_at_the_end("a\u{200d}", "a")]
#[case::joiner_at_the_start("\u{200d}a", "a")]
#[case::joiner_of_digits("1\u{200d}2", "12")]
#[case::joiner_before_punctuation("a\u{200c}.", "a.")]
#[case::joiner_after_an_emoji("👩\u{200d}a", "👩a")]
#[case::non_joiner_of_emoji("👩\u{200c}👩", "👩👩")]
#[case::two_joiners("می\u{200c}\u{200d}خ", "می\u{200c}خ")]
#[case::joiner_and_hidden("می\u{200c}\u{200b}خ", "می\u{200c}خ")]
fn what_could_deceive_is_made_visible_or_removed(#[case] raw: &str, #[case] row: &str) {
    assert_eq!(cleaned(raw, Place::Row), row);
    assert_eq!(cleaned(raw, Place::Message), row);
    assert_eq!(cleaned(raw, Place::Clipboard), row);
}

#[rstest]
#[case::empty("")]
#[case::blank(" ")]
#[case::norwegian("Hårklipperi Æøå")]
#[case::decomposed("Ha\u{30a}rklipperi")]
#[case::hebrew("מוטי כהן")]
#[case::arabic("محمد علي")]
#[case::persian_non_joiner("می\u{200c}خواهم")]
#[case::hindi_joiner("क्\u{200d}ष")]
#[case::bengali_joiner_before_virama("র\u{200d}\u{9cd}যাব")]
#[case::wide("漢字テスト")]
#[case::half_width_marks("ｶﾞ")]
#[case::family("👨\u{200d}👩\u{200d}👧\u{200d}👦")]
#[case::red_hair("👩🏽\u{200d}🦰")]
#[case::eye_in_bubble("👁\u{fe0f}\u{200d}🗨\u{fe0f}")]
#[case::half_a_flag("🇳🇴🇳")]
#[case::england("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}")]
#[case::heart("❤\u{fe0f}")]
#[case::keycap("1\u{fe0f}\u{20e3}")]
#[case::ideograph_variant("葛\u{e0100}")]
#[case::mongolian_variant("\u{1820}\u{180b}")]
#[case::mark_without_base("\u{301}abc")]
#[case::shell("$(rm -rf ~)")]
#[case::format("{0}{}")]
#[case::formula("=HYPERLINK(\"http://evil\")")]
fn clean_text_is_borrowed_everywhere(#[case] text: &str) {
    let raw = RawText::from(text);
    for place in PLACES {
        let safe = clean(&raw, place);
        assert_eq!(safe.as_str(), text);
        assert!(safe.is_borrowed());
    }
    assert!(!hides_something(&raw));
}

#[rstest]
#[case::line_ends("a\r\nb\nc\r", "a\nb\nc␍")]
#[case::tabs("a\tbcd\te\t\tf", "a   bcd e       f")]
#[case::tab_after_wide_text("漢字テ\tx", "漢字テ  x")]
#[case::tab_in_a_second_line("ab\n\tx", "ab\n    x")]
#[case::tab_after_what_was_named("a\u{200b}\tx", "a<200B> x")]
#[case::invisible_is_named("Kari\u{200b}Olsen\u{feff}", "Kari<200B>Olsen<FEFF>")]
#[case::bidi_is_named("Invoice\u{202e}gnp\u{2069}", "Invoice<RLO>gnp<PDI>")]
#[case::all_bidi_names(
    "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}",
    "<ALM><LRM><RLM><LRE><RLE><PDF><LRO><RLO><LRI><RLI><FSI><PDI>"
)]
#[case::line_separator("a\u{2028}b", "a⏎b")]
fn the_card_has_lines_and_names_bidi_controls(#[case] raw: &str, #[case] card: &str) {
    assert_eq!(cleaned(raw, Place::Card), card);
}

#[test]
fn lines_of_clean_text_are_borrowed_by_the_card() {
    assert!(clean_str("Kåre\nØyvind\n", Place::Card).is_borrowed());
}

#[rstest]
#[case::override_of_direction("a\u{202e}b", true)]
#[case::mark_of_direction("א\u{200f}", true)]
#[case::zero_width_space("a\u{200b}b", true)]
#[case::soft_hyphen("Ka\u{ad}ri", true)]
#[case::stray_joiner("Kari\u{200d}", true)]
#[case::joiner_of_latin_letters("Ka\u{200d}ri", true)]
#[case::hidden_tags("🏴\u{e0068}", true)]
#[case::stray_selector("a\u{fe0f}", true)]
#[case::controls_are_visible("a\u{1b}[2J\u{9b}\n", false)]
#[case::accents("e\u{301}\u{301}", false)]
#[case::private_use_is_replaced("\u{e000}", false)]
fn invisible_characters_are_noticed(#[case] raw: &str, #[case] hides: bool) {
    assert_eq!(hides_something(&RawText::from(raw)), hides);
}

#[rstest]
#[case::ascii("x", 511, 16_381, 199)]
#[case::norwegian("å", 511, 8_190, 199)]
#[case::wide("漢", 511, 5_460, 199)]
#[case::emoji("👍", 511, 4_095, 199)]
#[case::accented("e\u{301}", 511, 5_460, 99)]
fn ten_megabytes_are_cut_where_the_place_ends(
    #[case] grapheme: &str,
    #[case] row: usize,
    #[case] card: usize,
    #[case] message: usize,
) {
    let raw = grapheme.repeat(10_000_000 / grapheme.len());
    let kept = |count: usize| grapheme.repeat(count) + "…";
    assert!(cleaned(&raw, Place::Row) == kept(row));
    assert!(cleaned(&raw, Place::Card) == kept(card));
    assert!(cleaned(&raw, Place::Clipboard) == kept(card));
    assert!(cleaned(&raw, Place::Message) == kept(message));
}

#[rstest]
#[case::row(Place::Row, "å", 512)]
#[case::row_of_families(Place::Row, "👨\u{200d}👩\u{200d}👧\u{200d}👦", 512)]
#[case::card(Place::Card, "x", 16 * 1024)]
#[case::message(Place::Message, "å", 200)]
#[case::clipboard(Place::Clipboard, "漢", 5_461)]
fn text_that_just_fits_is_not_cut(#[case] place: Place, #[case] grapheme: &str, #[case] most: usize) {
    let full = grapheme.repeat(most);
    assert!(clean_str(&full, place).is_borrowed());
    assert!(clean_str(&(full + grapheme), place).as_str().ends_with('…'));
}

#[test]
fn a_tall_grapheme_keeps_eight_marks_and_what_follows_it() {
    let raw = format!("e{}f", "\u{301}".repeat(10_000));
    assert_eq!(cleaned(&raw, Place::Row), format!("e{}f", "\u{301}".repeat(8)));
    // Marks of four bytes: 32 bytes are reached before nine characters.
    let raw = format!("👍{}", "\u{1e8d0}".repeat(20));
    assert_eq!(cleaned(&raw, Place::Row).len(), 32);
}

#[rstest]
#[case::marks("e", "\u{301}")]
#[case::invisible("", "\u{200b}")]
#[case::selectors("❤", "\u{fe0f}")]
#[case::hungry_signs("", "\u{600}")]
#[case::jamo("", "\u{1100}")]
#[case::joined_emoji("", "👨\u{200d}")]
fn two_megabytes_without_an_end_are_cut_too(#[case] base: &str, #[case] unit: &str) {
    let raw = format!("{base}{}", unit.repeat(2_000_000 / unit.len()));
    let row = cleaned(&raw, Place::Row);
    assert!(row.starts_with(base) && row.ends_with('…'));
    assert!(row.len() <= 512 * 32);
}

#[test]
fn a_joiner_never_stays_without_what_it_joins() {
    // The cut takes the second letter.
    let cut = format!("{}م\u{200c}خ..", "x".repeat(510));
    assert_eq!(cleaned(&cut, Place::Row), format!("{}م…", "x".repeat(510)));
    // The grapheme has room for the joiner, but not for the sign after it.
    let tall = format!("র{}", "\u{9bc}".repeat(7));
    assert_eq!(cleaned(&format!("{tall}\u{200d}\u{9cd}."), Place::Row), format!("{tall}\u{9cd}."));
}

#[test]
fn letters_are_not_lost_behind_a_grapheme_without_end() {
    let chain = "क\u{94d}\u{93c}".repeat(20);
    let letters = cleaned(&chain, Place::Row).matches('क').count();
    assert_eq!(letters, 20);
}

/// What may leave, by other means than the room's own tables. Joiners and the like are allowed for their neighbours' sake.
fn is_allowed(c: char, place: Place) -> bool {
    let category = c.general_category();
    let is_control = match category {
        GeneralCategory::Control => !(c == '\n' && place == Place::Card),
        GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator
        | GeneralCategory::PrivateUse
        | GeneralCategory::Surrogate => true,
        GeneralCategory::Format => !matches!(c,
            '\u{200c}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}' | '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{110bd}' | '\u{110cd}'),
        _ => false,
    };
    !is_control
        && !matches!(
            c,
            '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        )
}

/// Text of the pieces that have most to do with each other.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => any::<char>().prop_map(String::from),
        3 => "[a-eå0-9# .<>]{1,4}".prop_map(String::from),
        2 => prop::sample::select(vec![
            "\r", "\n", "\r\n", "\t", "\u{1b}[2J", "\u{9b}", "\u{2028}", "\u{202e}", "\u{2066}", "\u{200b}", "\u{ad}",
            "\u{115f}", "\u{e000}", "\u{fffe}", "\u{fff9}",
        ]).prop_map(String::from),
        3 => prop::sample::select(vec![
            "\u{200d}", "\u{200c}", "\u{fe0f}", "\u{fe0e}", "\u{e0100}", "\u{180b}", "\u{301}", "\u{20e3}", "\u{94d}",
            "\u{93c}", "\u{93e}", "🏽", "\u{e0067}", "\u{e0062}", "\u{e0065}", "\u{e007f}",
        ]).prop_map(String::from),
        3 => prop::sample::select(vec![
            "👨", "❤", "🏴", "🇳", "🇴", "🏳", "🦰", "漢", "क", "ষ", "م", "ᠠ", "1", "\u{600}", "\u{1100}", "\u{1161}",
            "\u{11a8}", "각", "\u{d4e}", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e007f}",
        ]).prop_map(String::from),
        1 => (prop::sample::select(vec!["\u{301}", "\u{600}", "\u{1100}", "👨\u{200d}", "क\u{94d}", "\u{93e}", "\u{d4e}"]), 1..40_usize)
            .prop_map(|(piece, times)| piece.repeat(times)),
        1 => (prop::sample::select(vec!["x", "å", "漢", "\u{200b}", "e\u{301}", "\t"]), 150..600_usize)
            .prop_map(|(piece, times)| piece.repeat(times)),
    ];
    // Now and then the text starts so long that the card ends among the pieces.
    let start = prop::option::weighted(0.1, Just("x".repeat(16_350))).prop_map(Option::unwrap_or_default);
    (start, prop::collection::vec(piece, 0..16)).prop_map(|(start, pieces)| start + &pieces.concat())
}

fn is_within(text: &str, place: Place) -> bool {
    match place {
        Place::Row => text.graphemes(true).count() <= 512,
        Place::Card | Place::Clipboard => text.len() <= 16 * 1024,
        Place::Message => text.chars().count() <= 200,
    }
}

proptest! {
    #[test]
    fn no_control_and_nothing_invisible_leaves(raw in hostile()) {
        for place in PLACES {
            let safe = cleaned(&raw, place);
            prop_assert!(safe.chars().all(|c| is_allowed(c, place)), "{place:?} {safe:?}");
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once_and_borrows(raw in hostile()) {
        for place in PLACES {
            let once = cleaned(&raw, place);
            let twice = clean_str(&once, place);
            prop_assert_eq!(twice.as_str(), &once, "{:?}", place);
            prop_assert!(twice.is_borrowed());
        }
    }

    #[test]
    fn text_and_each_grapheme_of_it_stay_within_bounds(raw in hostile()) {
        for place in PLACES {
            let safe = cleaned(&raw, place);
            prop_assert!(is_within(&safe, place), "{place:?}");
            for grapheme in safe.graphemes(true) {
                prop_assert!(grapheme.chars().count() <= 9 && grapheme.len() <= 32, "{place:?} {grapheme:?}");
            }
        }
    }

    #[test]
    fn letters_marks_and_digits_of_any_script_stay(raw in "(\\p{L}\\p{M}{0,3}|\\p{N}| ){0,60}") {
        let seen = |text: &str| text.chars().filter(|c| class::class_of(*c) == Class::Shown).collect::<String>();
        prop_assert_eq!(seen(&cleaned(&raw, Place::Row)), seen(&raw));
    }

    #[test]
    fn what_unicode_calls_ignorable_leaves_no_trace(
        hidden in string_regex("[\\p{Default_Ignorable_Code_Point}&&[^\\u{61c}\\u{200e}\\u{200f}\\u{202a}-\\u{202e}\\u{2066}-\\u{2069}]]{1,4}")
            .expect("the pattern is valid")
    ) {
        let raw = format!("1{hidden}2");
        prop_assert_eq!(cleaned(&raw, Place::Row), "12");
        prop_assert!(hides_something(&RawText::from(raw.as_str())));
    }

    #[test]
    fn what_unicode_calls_a_control_a_format_or_private_never_stays(
        bad in string_regex("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}&&[^\\p{Prepended_Concatenation_Mark}]]")
            .expect("the pattern is valid")
    ) {
        for place in PLACES {
            let safe = cleaned(&format!("1{bad}2"), place);
            prop_assert!(!safe.contains(&bad) || (bad == "\n" && place == Place::Card), "{place:?} {bad:?}");
        }
    }
}
