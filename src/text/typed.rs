//! A word that someone typed, as a message may repeat it: a token that was pasted into the wrong place is not.

use super::{Place, SafeText, clean_str};

/// The longest word that is repeated, in characters.
const LONGEST: usize = 60;
/// This many letters and digits in a row, both among them, are no name that a person gives.
const RUN: usize = 12;
/// What is said in place of a word that may be a token.
const HIDDEN: &str = "…";

/// The word, cleaned and cut; `…` where it looks like a token.
#[must_use]
pub fn typed(word: &str) -> SafeText<'static> {
    if looks_like_a_token(word) {
        return SafeText::from(HIDDEN);
    }
    let end = word.char_indices().nth(LONGEST).map_or(word.len(), |(at, _)| at);
    clean_str(word.get(..end).unwrap_or_default(), Place::Message).into_owned()
}

fn looks_like_a_token(word: &str) -> bool {
    word.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| {
        let has = |kind: fn(&u8) -> bool| run.as_bytes().iter().any(kind);
        run.len() >= RUN && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::name("citty", "citty")]
    #[case::key("crm__custom_info__390", "crm__custom_info__390")]
    #[case::number("9120011888123456", "9120011888123456")]
    #[case::option("--high-contrast", "--high-contrast")]
    #[case::control("a\u{1b}b", "a␛b")]
    #[case::hex("9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b", HIDDEN)]
    #[case::uuid("6f1c2a52-8a3e-4c1f-9d0e-0b5d8a7c3e21", HIDDEN)]
    #[case::behind_a_dash("--9944b09199c62bcf9418ad846dd0e4bb", HIDDEN)]
    #[case::in_a_sentence("Token 9944b09199c62bcf9418ad846dd0e4bb", HIDDEN)]
    fn what_looks_like_a_token_is_not_repeated(#[case] word: &str, #[case] said: &str) {
        assert_eq!(typed(word).as_str(), said);
    }

    #[test]
    fn a_long_word_is_cut() {
        assert_eq!(typed(&"å".repeat(1_000)).as_str().chars().count(), LONGEST);
    }
}
