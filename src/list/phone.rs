//! Phone numbers as the search text holds them: every spelling of a number becomes one form.

/// Divides a country code from the national number, so that `47…` typed without a plus can be
/// told from a number that merely has those digits in it. Cleaned text never holds it.
pub(crate) const AFTER_COUNTRY: char = '\u{1c}';

/// The country whose code may be left out: Cube's customers call from Norway.
pub(crate) const HOME: &str = "47";
/// How many digits a Norwegian number has after its country code.
const HOME_DIGITS: usize = 8;

/// A number as typed or sent, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its digits, without `+` and the `00` of an international call.
    pub digits: String,
    /// Whether it began with `+` or `00`.
    pub international: bool,
}

/// What a typed number may consist of.
#[must_use]
pub fn is_number_char(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | ' ' | '-' | '.' | '/')
}

/// Takes a number apart. `None` iff there is no digit in it.
pub(crate) fn read(text: &str) -> Option<Number> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return None;
    }
    if text.trim_start_matches([' ', '(']).starts_with('+') {
        return Some(Number { digits, international: true });
    }
    match digits.strip_prefix("00") {
        Some(rest) if !rest.is_empty() => Some(Number { digits: rest.to_owned(), international: true }),
        _ => Some(Number { digits, international: false }),
    }
}

/// The one form of a number that is searched: `47␜90909090` for a Norwegian one, the plain digits for another.
/// `None` iff there is no digit in it.
pub(crate) fn canonical(text: &str) -> Option<String> {
    let Number { digits, international } = read(text)?;
    Some(match digits.strip_prefix(HOME) {
        Some(national) if international || national.len() == HOME_DIGITS => join(national),
        _ if international => digits,
        _ => join(&digits),
    })
}

/// A Norwegian number as [`canonical`] text holds it.
pub(crate) fn join(national: &str) -> String {
    format!("{HOME}{AFTER_COUNTRY}{national}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("90909090")]
    #[case::grouped("909 09 090")]
    #[case::pairs("90 90 90 90")]
    #[case::plus("+4790909090")]
    #[case::plus_grouped("+47 909 09 090")]
    #[case::zeros("004790909090")]
    #[case::zeros_grouped("0047 90909090")]
    #[case::brackets("(+47) 90909090")]
    #[case::no_plus("4790909090")]
    fn every_spelling_of_a_norwegian_number_is_one(#[case] spelling: &str) {
        assert_eq!(canonical(spelling).as_deref(), Some("47\u{1c}90909090"));
    }

    #[test]
    fn a_foreign_number_keeps_its_country() {
        assert_eq!(canonical("+46 70 123 45 67").as_deref(), Some("46701234567"));
        assert_eq!(canonical("0046701234567").as_deref(), Some("46701234567"));
    }

    #[test]
    fn words_alone_are_no_number() {
        assert_eq!(canonical("ring Kari"), None);
    }
}
