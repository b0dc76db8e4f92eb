//! The words by which letters are spelled on the telephone, in Norwegian and in English.

use crate::language::Language;

const NORWEGIAN: [&str; 26] = [
    "Anna",
    "Bernhard",
    "Cæsar",
    "David",
    "Edith",
    "Fredrik",
    "Gustav",
    "Harald",
    "Ivar",
    "Johan",
    "Karin",
    "Ludvig",
    "Martin",
    "Nils",
    "Olivia",
    "Petter",
    "Quintus",
    "Rikard",
    "Sigrid",
    "Teodor",
    "Ulrik",
    "enkelt-v",
    "dobbelt-w",
    "Xerxes",
    "Yngling",
    "Zakarias",
];
const ENGLISH: [&str; 26] = [
    "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo",
    "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor",
    "Whiskey", "X-ray", "Yankee", "Zulu",
];
const DIGITS: [(&str, &str); 10] = [
    ("null", "zero"),
    ("en", "one"),
    ("to", "two"),
    ("tre", "three"),
    ("fire", "four"),
    ("fem", "five"),
    ("seks", "six"),
    ("sju", "seven"),
    ("åtte", "eight"),
    ("ni", "nine"),
];
/// Other signs: Norwegian, English.
const SIGNS: [(char, &str, &str); 17] = [
    ('æ', "Ærlig", "a and e together"),
    ('ø', "Østen", "o with a stroke"),
    ('å', "Åse", "a with a ring"),
    ('ä', "a med to prikker", "a with two dots"),
    ('ö', "o med to prikker", "o with two dots"),
    ('ü', "Tysk y", "u with two dots"),
    ('é', "e med aksent", "e with an accent"),
    ('@', "krøllalfa", "at"),
    ('.', "punktum", "dot"),
    ('-', "bindestrek", "hyphen"),
    ('_', "understrek", "underscore"),
    ('+', "pluss", "plus"),
    ('/', "skråstrek", "slash"),
    (',', "komma", "comma"),
    ('&', "og-tegn", "ampersand"),
    ('\'', "apostrof", "apostrophe"),
    (' ', "mellomrom", "space"),
];

/// The word for a sign. `None` for one that has none.
#[must_use]
pub fn spelled(sign: char, language: Language) -> Option<&'static str> {
    let lower = sign.to_lowercase().next().unwrap_or(sign);
    let of_alphabet = |alphabet: &[&'static str]| {
        let at = (lower as u32).checked_sub('a' as u32)?;
        alphabet.get(at as usize).copied()
    };
    let one_of = |(norwegian, english)| match language {
        Language::Norwegian => norwegian,
        Language::English => english,
    };
    if let Some(digit) = lower.to_digit(10) {
        return DIGITS.get(digit as usize).map(|words| one_of(*words));
    }
    if lower.is_ascii_alphabetic() {
        return Some(one_of((of_alphabet(&NORWEGIAN)?, of_alphabet(&ENGLISH)?)));
    }
    let of_sign = SIGNS.iter().find(|(known, ..)| *known == lower);
    of_sign.map(|(_, norwegian, english)| one_of((*norwegian, *english)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::letter('k', "Karin", "Kilo")]
    #[case::capital('K', "Karin", "Kilo")]
    #[case::last_letter('z', "Zakarias", "Zulu")]
    #[case::norwegian_letter('å', "Åse", "a with a ring")]
    #[case::digit('7', "sju", "seven")]
    #[case::at('@', "krøllalfa", "at")]
    fn a_sign_is_spelled_in_the_agents_language(
        #[case] sign: char,
        #[case] norwegian: &str,
        #[case] english: &str,
    ) {
        assert_eq!(spelled(sign, Language::Norwegian), Some(norwegian));
        assert_eq!(spelled(sign, Language::English), Some(english));
    }

    #[test]
    fn a_sign_without_a_word_has_none() {
        assert_eq!(spelled('漢', Language::English), None);
    }
}
