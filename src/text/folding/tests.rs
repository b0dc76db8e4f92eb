//! Spellings that are alike, the two forms, the way back to the input, and what holds of any text.

use super::*;
use proptest::prelude::*;
use rstest::rstest;
use unicode_normalization::UnicodeNormalization;

/// The form that keeps `oe`, whether or not there is one.
fn kept(text: &str) -> String {
    fold_variant(text).unwrap_or_else(|| fold(text))
}

#[rstest]
#[case::rings(&["Hårklipperi", "HÅRKLIPPERI", "haarklipperi", "Harklipperi", "Ha\u{30a}rklipperi", "Hårklipperi"], "harklipperi")]
#[case::slashes(&["Strøm", "STRØM", "Stroem", "Strom", "Ström", "Strœm"], "strom")]
#[case::digraphs(&["Æra", "aera", "ÆRA", "Ǽra", "Ära", "ara"], "ara")]
#[case::neighbours(&["Næss", "Naess", "Nass", "Näss", "Naeß"], "nass")]
#[case::accents(&["Café", "cafe\u{301}", "CAFÈ"], "cafe")]
#[case::umlauts(&["Müller", "MULLER", "Mueller"], "muller")]
#[case::runs(&["Haakon", "Hååkon", "Håakon", "Haaakon"], "hakon")]
#[case::run_with_a_digraph(&["æa", "aæ", "æ", "åæ", "aee"], "a")]
#[case::many_e(&["oee", "øe", "oé", "OE", "o"], "o")]
#[case::sharp_s(&["Straße", "STRASSE", "STRAẞE"], "strasse")]
#[case::bars(&["Łódź", "lodz"], "lodz")]
#[case::sami(&["Čáŋđŧ", "candt"], "candt")]
#[case::skolt_sami(&["ǥuʒǯi", "guzzi"], "guzzi")]
#[case::icelandic(&["Þórður", "thordur"], "thordur")]
#[case::turkish(&["İstanbul", "ISTANBUL", "ıstanbul", "istanbul"], "istanbul")]
#[case::full_width(&["Ａ１２", "a12"], "a12")]
#[case::ligature(&["ﬁn", "fin"], "fin")]
#[case::greek(&["Οδός", "ΟΔΟΣ"], "οδοσ")]
#[case::cyrillic(&["Чайковский"], "чаиковскии")]
#[case::spaces(&["a  b", "a\tb", "a\u{a0}b", "a \u{3000}\n b"], "a b")]
#[case::outer_spaces(&["  a ", " a\n"], " a ")]
#[case::punctuation(&["O'Neil & Sønn, A/S: kari@a.no!"], "oneil & sonn, a/s: kari@a.no!")]
#[case::apostrophes(&["O’Connor", "O'Connor", "OConnor", "O`Connor", "O´Connor"], "oconnor")]
#[case::dashes(&["Anne-Marie", "Anne–Marie", "Anne\u{2011}Marie", "Anne—Marie"], "anne-marie")]
#[case::joiners(&["می\u{200c}خ", "میخ"], "میخ")]
#[case::nothing(&["", "\u{301}"], "")]
fn alike_spellings_fold_to_one(#[case] spellings: &[&str], #[case] folded: &str) {
    for spelling in spellings {
        assert_eq!(fold(spelling), folded, "{spelling}");
    }
}

#[rstest]
#[case::two_sounds("Hoel", Some("hoel"))]
#[case::upper_case("HOEL", Some("hoel"))]
#[case::accented("Noël", Some("noel"))]
#[case::letter_before("Øen", Some("oen"))]
#[case::slash_alone("Strøm", None)]
#[case::ligature("œuf", None)]
#[case::apart("o e", None)]
#[case::another_pair("Michael", Some("michael"))]
#[case::a_third_pair("Samuel", Some("samuel"))]
#[case::a_digraph("Næss", None)]
#[case::a_thorn("Þór", Some("tor"))]
#[case::none("Kari", None)]
fn the_other_form_is_there_only_for_an_oe(#[case] text: &str, #[case] variant: Option<&str>) {
    assert_eq!(fold_variant(text).as_deref(), variant);
    assert_eq!(fold_variant_with_origin(text).map(|folded| folded.text).as_deref(), variant);
}

#[rstest]
#[case::inside_the_pair("el", "Hoel")]
#[case::pair_in_the_query("Stroem", "Strøm")]
#[case::both("el stroem", "Hoel Strøm")]
#[case::letter_in_the_query("høl", "Hoel")]
fn a_name_is_found_in_one_of_its_forms(#[case] query: &str, #[case] name: &str) {
    assert!(fold(name).contains(&fold(query)) || kept(name).contains(&fold(query)));
}

#[test]
fn a_part_that_begins_inside_a_pair_and_holds_another_is_found_only_with_both_kept() {
    let (name, query) = ("Hoel Hoel", "el hoel");
    assert!(!fold(name).contains(&fold(query)) && !kept(name).contains(&fold(query)));
    assert!(kept(name).contains(&kept(query)));
}

#[rstest]
#[case::a_company("hansen a/s", "hansen as")]
#[case::in_front("a/s hansen", "as hansen")]
#[case::three("a/b/c", "abc")]
#[case::words("klipperi/frisor", "klipperi/frisor")]
#[case::a_letter_and_a_word("a/sonn", "a/sonn")]
#[case::a_number("24/7", "24/7")]
fn single_letters_with_a_slash_are_one_word(#[case] text: &str, #[case] joined: &str) {
    let mut text = text.to_owned();
    join_initials(&mut text);
    assert_eq!(text, joined);
}

#[test]
fn what_was_appended_before_is_not_touched() {
    let mut out = String::from("KA");
    fold_into("aR", &mut out);
    assert_eq!(out, "KAar");
}

#[rstest]
#[case::plain("Kari Olsen", "olsen", "Olsen")]
#[case::double_a("Haakon", "ha", "Haa")]
#[case::ring("Håkon", "ak", "åk")]
#[case::decomposed_ring("Ha\u{30a}kon", "a", "a\u{30a}")]
#[case::pair("Hoel", "o", "oe")]
#[case::pair_at_the_end("Aloe", "lo", "loe")]
#[case::digraph("Æra", "ar", "Ær")]
#[case::apostrophe("O'Neil", "on", "O'N")]
#[case::sharp_s("Straße", "as", "aß")]
#[case::spaces("a \t b", "a ", "a \t ")]
#[case::to_the_end("Café\u{301}", "e", "é\u{301}")]
#[case::wide("Ａ１", "1", "１")]
fn a_match_leads_back_to_whole_characters(#[case] text: &str, #[case] hit: &str, #[case] shown: &str) {
    let folded = fold_with_origin(text);
    let at = folded.text.find(hit).expect("the hit is there");
    assert_eq!(text.get(folded.origin_of(at..at + hit.len())), Some(shown));
}

#[test]
fn a_match_in_the_other_form_leads_back_too() {
    let folded = fold_variant_with_origin("Hoel").expect("there is an oe");
    assert_eq!(folded.origin_of(2..4), 2..4);
}

#[test]
#[expect(clippy::reversed_empty_ranges, reason = "such a range must not panic either")]
fn a_range_out_of_bounds_is_empty_or_ends_with_the_text() {
    let folded = fold_with_origin("Håkon");
    assert_eq!(folded.origin_of(2..2), 3..3);
    assert_eq!(folded.origin_of(3..1), 4..4);
    assert_eq!(folded.origin_of(4..99), 5..6);
    assert_eq!(folded.origin_of(99..100), 6..6);
    assert_eq!(format!("{folded:?}"), "Folded(5 bytes)");
}

#[test]
fn every_character_folds_to_something_that_folds_to_itself() {
    for c in ('\0'..='\u{1ffff}').chain('\u{2f800}'..='\u{2fa1f}') {
        let folded = fold(&String::from(c));
        assert_eq!(fold(&folded), folded, "U+{:04X}", u32::from(c));
    }
}

fn town() -> impl Strategy<Value = String> {
    "([a-zA-Z0-9åäöøæÅÄÖØÆéüßđÞ .,'@+-]|oe|OE|aa|øe|æa|  |\t|e\u{301}|o\u{308}){0,24}"
}

/// A text and the byte borders of a part of it that is not blank.
fn with_part(text: impl Strategy<Value = String>) -> impl Strategy<Value = (String, String)> {
    (text, any::<prop::sample::Index>(), any::<prop::sample::Index>())
        .prop_map(|(text, one, other)| {
            let chars: Vec<char> = text.chars().collect();
            let (one, other) = (one.index(chars.len() + 1), other.index(chars.len() + 1));
            let part = chars[one.min(other)..one.max(other)].iter().collect();
            (text, part)
        })
        .prop_filter("blank", |(_, part): &(String, String)| !part.trim().is_empty())
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(town in town(), any in any::<String>()) {
        for text in [town, any] {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }

    #[test]
    fn composed_and_decomposed_are_alike(text in any::<String>(), town in town()) {
        for text in [text, town] {
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), fold(&text.nfc().collect::<String>()));
        }
    }

    #[test]
    fn case_makes_no_difference(text in town()) {
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        prop_assert_eq!(fold(&text.to_lowercase()), fold(&text));
    }

    #[test]
    fn the_way_back_belongs_to_the_same_form(town in town(), any in any::<String>()) {
        for text in [town, any] {
            let folded = fold_with_origin(&text);
            prop_assert_eq!(&folded.text, &fold(&text));
            prop_assert_eq!(folded.origin.len(), folded.text.len());
            prop_assert_eq!(fold_variant_with_origin(&text).map(|folded| folded.text), fold_variant(&text));
        }
    }

    #[test]
    fn the_other_form_is_none_iff_it_would_be_the_same(text in town()) {
        let mut form = String::new();
        Folder::new(Pairs::Kept).run(&text, &mut form);
        let differs = form != fold(&text);
        prop_assert_eq!(fold_variant(&text), differs.then_some(form));
    }

    #[test]
    fn any_part_is_found_where_oe_is_kept_in_both((text, part) in with_part(prop_oneof![town(), any::<String>()])) {
        prop_assert!(kept(&text).contains(kept(&part).trim_matches(' ')));
    }

    #[test]
    fn any_part_is_found_in_one_of_the_two_forms((text, part) in with_part(town())) {
        let starts_inside_a_pair = fold(&part).trim_start().starts_with('e');
        let folded = fold(&part);
        let wanted = folded.trim_matches(' ');
        let is_found = fold(&text).contains(wanted) || kept(&text).contains(wanted);
        prop_assert!(is_found || (starts_inside_a_pair && fold_variant(&part).is_some()));
    }

    #[test]
    fn what_a_match_leads_back_to_folds_to_the_match((text, part) in with_part(town())) {
        let folded = fold_with_origin(&text);
        let wanted = fold(&part);
        for (at, hit) in folded.text.match_indices(wanted.trim()) {
            let shown = text.get(folded.origin_of(at..at + hit.len()));
            prop_assert!(shown.is_some_and(|shown| fold(shown).contains(hit)));
        }
    }
}
