//! Every code point there is: none that is banned leaves, none that is not banned is lost.

use super::*;
use crate::text::oracle::{all, banned, is_bounded};
use rayon::prelude::*;

#[test]
fn between_digits_nothing_banned_stays_and_nothing_else_is_lost() {
    let banned = banned();
    assert!(banned.len() > 141_000, "the tables are not the whole ones");
    ('\0'..=char::MAX).into_par_iter().for_each(|c| {
        let row = cleaned(&format!("1{c}2"), Place::Row);
        assert_ne!(row.contains(c), banned.contains(&c), "U+{:04X} became {row:?}", u32::from(c));
    });
}

#[test]
fn dangerous_characters_leave_no_place_and_no_neighbourhood() {
    let banned = banned();
    let mut dangerous = banned.clone();
    dangerous.extend(all(r"[\p{M}\p{Grapheme_Extend}\p{Prepended_Concatenation_Mark}\p{Emoji_Modifier}]"));
    // All of private use is alike; the rest of the space is tried in steps.
    dangerous.retain(|c| !is_private_plane(*c) || u32::from(*c) % 997 == 0);
    dangerous.extend(('\0'..=char::MAX).filter(|c| u32::from(*c) % 499 == 0));
    dangerous.into_par_iter().for_each(|c| {
        let raw = format!("{c}1{c}a{c}ب{c}ب{c}{c}👨{c}👩{c}❤{c}葛{c}\n{}{c}", c.to_string().repeat(12));
        for place in PLACES {
            let safe = cleaned(&raw, place);
            let may_stay = !banned.contains(&c) || has_a_use(c) || (c == '\n' && place == Place::Card);
            assert!(may_stay || !safe.contains(c), "U+{:04X} in {place:?}", u32::from(c));
            assert!(clean_str(&safe, place).is_borrowed(), "U+{:04X} in {place:?}", u32::from(c));
            assert!(safe.graphemes(true).all(is_bounded), "U+{:04X} in {place:?}", u32::from(c));
            assert!(is_within(&safe, place), "U+{:04X} in {place:?}", u32::from(c));
        }
    });
}

/// What may stay on something that it joins or varies.
fn has_a_use(banned: char) -> bool {
    class::is_joiner(banned) || matches!(class::class_of(banned), Class::Selector)
}

fn is_private_plane(c: char) -> bool {
    u32::from(c) >= 0xf_0000
}
