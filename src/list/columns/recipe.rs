//! How a value's JSON text is had from its search text: of most it differs only by capitals and quotes.

use crate::list::phone::{AFTER_COUNTRY, IMPLICIT};

/// One way. It is used for a value only where it gives that value to the byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipe {
    /// In quotes, as it is.
    Same,
    /// In quotes, each word with a capital.
    Words,
    /// In quotes, all in capitals.
    Capitals,
    /// Without quotes, as a number.
    Bare,
    /// In quotes, a phone number's digits behind its calling code.
    National,
    /// As [`Self::Words`] but for some letters, which the signs behind the recipe tell.
    Patched,
}

/// What is noted beside a search text begins with a character for its recipe, from this one on; no JSON value does.
const FIRST_SIGN: u8 = 1;

/// Appends what is to be noted beside its search text, so that [`read`] gives a JSON text back.
pub(crate) fn note(json: &str, folded: &str, out: &mut String) {
    let start = out.len();
    out.push(Recipe::Patched.sign());
    match Recipe::of(json, folded, out) {
        Some(Recipe::Patched) => {}
        recipe => {
            out.truncate(start);
            match recipe {
                Some(recipe) => out.push(recipe.sign()),
                None => out.push_str(json),
            }
        }
    }
}

/// Appends the JSON text that a search text becomes by what was [noted](note).
pub(crate) fn read(note: &str, folded: &str, out: &mut String) {
    let sign = note.as_bytes().first().and_then(|sign| sign.checked_sub(FIRST_SIGN));
    match sign.and_then(|at| Recipe::ALL.get(usize::from(at))) {
        Some(recipe) => recipe.write(folded, note.get(1..).unwrap_or_default(), out),
        None => out.push_str(note),
    }
}

impl Recipe {
    /// All of them.
    const ALL: [Self; 6] =
        [Self::Same, Self::Words, Self::Capitals, Self::Bare, Self::National, Self::Patched];

    fn sign(self) -> char {
        char::from(FIRST_SIGN + self as u8)
    }

    /// Appends the JSON text that a search text becomes; `patch` is what was noted with the recipe.
    fn write(self, folded: &str, patch: &str, out: &mut String) {
        if self == Self::Bare {
            out.push_str(folded);
            return;
        }
        out.push('"');
        let start = out.len();
        match self {
            Self::Same | Self::Bare => out.push_str(folded),
            Self::Capitals => {
                out.push_str(folded);
                capitalise(out.get_mut(start..));
            }
            Self::Words => Words { rest: folded, in_word: false }.write(u32::MAX, out),
            Self::National => out.push_str(national(folded).unwrap_or_default()),
            Self::Patched => write_patched(folded, patch, out),
        }
        out.push('"');
    }

    /// The way that gives this JSON text; its patch is appended to `patch`.
    fn of(json: &str, folded: &str, patch: &mut String) -> Option<Self> {
        if folded.is_empty() {
            return None;
        }
        if json == folded {
            return Some(Self::Bare);
        }
        let inner = json.strip_prefix('"')?.strip_suffix('"')?;
        if inner == folded {
            return Some(Self::Same);
        }
        if inner.chars().eq(in_words(folded)) {
            return Some(Self::Words);
        }
        if inner.chars().eq(folded.chars().map(|c| c.to_ascii_uppercase())) {
            return Some(Self::Capitals);
        }
        if national(folded).is_some() {
            return (national(folded) == Some(inner)).then_some(Self::National);
        }
        let start = patch.len();
        let is_short = write_patch(inner, folded, patch).is_some() && patch.len() - start < json.len();
        if !is_short {
            patch.truncate(start);
        }
        is_short.then_some(Self::Patched)
    }
}

fn capitalise(part: Option<&mut str>) {
    if let Some(part) = part {
        part.make_ascii_uppercase();
    }
}

/// The digits behind a calling code. `None` where there is none.
fn national(folded: &str) -> Option<&str> {
    folded.split_once(AFTER_COUNTRY).map(|(_, national)| national.trim_end_matches(IMPLICIT))
}

fn in_words(folded: &str) -> impl Iterator<Item = char> + '_ {
    let mut in_word = false;
    folded.chars().map(move |c| {
        let written = if in_word { c } else { c.to_ascii_uppercase() };
        in_word = c.is_alphanumeric();
        written
    })
}

/// A patch is made of pairs: after how many letters that are as expected, and what follows them.
const GAP: u32 = 0x30;
/// This many capitals follow; any other sign is the letter itself.
const CAPITALS: u32 = 0xe000;
/// Longer texts are kept as they are.
const LONGEST: usize = 1_000;

fn is_private(sign: char) -> bool {
    (CAPITALS..0xf900).contains(&u32::from(sign))
}

fn write_patch(inner: &str, folded: &str, out: &mut String) -> Option<()> {
    if inner.len() > LONGEST
        || inner.chars().any(is_private)
        || inner.chars().count() != folded.chars().count()
    {
        return None;
    }
    let mut letters = inner.chars().zip(folded.chars().zip(in_words(folded))).peekable();
    let mut gap = 0;
    while let Some((sent, (plain, expected))) = letters.next() {
        if sent == expected {
            gap += 1;
            continue;
        }
        out.push(char::from_u32(GAP + std::mem::take(&mut gap))?);
        if sent != plain.to_ascii_uppercase() {
            out.push(sent);
            continue;
        }
        let mut capitals = 1;
        while letters.next_if(|(sent, (plain, _))| *sent == plain.to_ascii_uppercase()).is_some() {
            capitals += 1;
        }
        out.push(char::from_u32(CAPITALS + capitals)?);
    }
    Some(())
}

fn write_patched(folded: &str, patch: &str, out: &mut String) {
    let mut words = Words { rest: folded, in_word: false };
    let mut signs = patch.chars();
    while let Some((gap, sign)) = signs.next().zip(signs.next()) {
        words.write(u32::from(gap).saturating_sub(GAP), out);
        if is_private(sign) {
            let start = out.len();
            words.write(u32::from(sign) - CAPITALS, out);
            capitalise(out.get_mut(start..));
        } else {
            words.take(1);
            out.push(sign);
        }
    }
    words.write(u32::MAX, out);
}

/// A search text of which each word is to begin with a capital.
struct Words<'f> {
    rest: &'f str,
    in_word: bool,
}

impl<'f> Words<'f> {
    /// Appends the next characters.
    fn write(&mut self, chars: u32, out: &mut String) {
        let (start, mut in_word) = (out.len(), self.in_word);
        let text = self.take(chars);
        out.push_str(text);
        for (at, c) in text.char_indices() {
            if !in_word {
                capitalise(out.get_mut(start + at..start + at + c.len_utf8()));
            }
            in_word = c.is_alphanumeric();
        }
    }

    /// The next characters as they are.
    fn take(&mut self, chars: u32) -> &'f str {
        let end = self.rest.char_indices().nth(chars as usize).map_or(self.rest.len(), |(at, _)| at);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.in_word = text.chars().next_back().map_or(self.in_word, char::is_alphanumeric);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::as_it_is("\"909 09 090\"", Recipe::Same, 0)]
    #[case::a_name("\"Kari Nordmann-Olsen\"", Recipe::Words, 0)]
    #[case::a_town("\"ASKIM\"", Recipe::Capitals, 0)]
    #[case::a_number("1500.50", Recipe::Bare, 0)]
    #[case::a_letter("\"Bjørn Ås\"", Recipe::Patched, 6)]
    #[case::an_address("\"Storgata 5, 1832 TRØGSTAD\"", Recipe::Patched, 12)]
    fn most_values_are_their_search_text_with_little_more(
        #[case] json: &str,
        #[case] recipe: Recipe,
        #[case] signs: usize,
    ) {
        let folded = text::fold(json.trim_matches('"'));
        let (mut patch, mut back) = (String::new(), String::new());
        assert_eq!(Recipe::of(json, &folded, &mut patch), Some(recipe));
        assert!(patch.len() <= signs, "{patch:?}");
        recipe.write(&folded, &patch, &mut back);
        assert_eq!(back, json);
    }

    proptest! {
        #[test]
        fn a_value_that_has_a_recipe_comes_back_to_the_byte(text in "[a-zA-ZæøåÆØÅéŚ\u{e001}0-9 .,-]{0,20}", other in ".{0,12}") {
            for inner in [text, other] {
                let json = serde_json::to_string(&inner).unwrap();
                let folded = text::fold(&inner);
                let (mut patch, mut back) = (String::new(), String::new());
                if let Some(recipe) = Recipe::of(&json, &folded, &mut patch) {
                    recipe.write(&folded, &patch, &mut back);
                    prop_assert_eq!(back, json);
                }
            }
        }
    }
}
