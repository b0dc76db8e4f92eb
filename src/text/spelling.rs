//! The words by which letters are spelled on the telephone, in Norwegian and in English.

/// The language in which an agent spells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Norwegian.
    Norwegian,
    /// English.
    #[default]
    English,
}

impl Language {
    /// The language of the locale; `variable` gives the value of an environment variable.
    #[must_use]
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let mut set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable);
        let locale = set.find(|value| !value.is_empty()).unwrap_or_default();
        let language = locale.split(['_', '.', '@']).next().unwrap_or_default();
        if ["nb", "nn", "no"].contains(&language) { Self::Norwegian } else { Self::English }
    }
}

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

    #[rstest]
    #[case::bokmal(&[("LANG", "nb_NO.UTF-8")], Language::Norwegian)]
    #[case::nynorsk(&[("LANG", "nn_NO")], Language::Norwegian)]
    #[case::messages_first(&[("LC_MESSAGES", "en_GB.UTF-8"), ("LANG", "nb_NO.UTF-8")], Language::English)]
    #[case::plain(&[("LC_ALL", "C"), ("LANG", "nb_NO.UTF-8")], Language::English)]
    #[case::nothing(&[], Language::English)]
    fn the_language_is_that_of_the_locale(#[case] set: &[(&str, &str)], #[case] language: Language) {
        let variable =
            |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(Language::of_locale(variable), language);
    }
}
