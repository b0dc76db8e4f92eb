//! Phone numbers as a person types them: any spelling finds any other, and so does a part of a number.

use crate::list::phone::{HOME, Number, is_number_char, join};

/// Whether a text is an id or a phone number: digits and what people put between them, nothing else.
#[must_use]
pub fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && is_number_part(text)
}

/// Whether a word of a query may be part of a number: digits and what people put between them, with at
/// least one digit or a plus.
pub(crate) fn may_be_number(word: &str) -> bool {
    is_number_part(word) && word.chars().any(|c| c.is_ascii_digit() || c == '+')
}

/// Whether a word goes on with a number that was begun: nothing in it but what a number may hold.
pub(crate) fn is_number_part(word: &str) -> bool {
    word.chars().all(is_number_char)
}

/// The forms under which a number that may be typed in part is in [`canonical`](crate::list::phone::canonical) text: any of them is a match.
pub(crate) fn patterns(number: &Number) -> Vec<String> {
    let home = number.digits.strip_prefix(HOME).map(join);
    match (number.international, home) {
        (true, Some(home)) => vec![home],
        (false, Some(home)) => vec![number.digits.clone(), home],
        (_, None) => vec![number.digits.clone()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::phone::{canonical, read};
    use rstest::rstest;

    #[test]
    fn a_word_with_a_digit_or_a_plus_may_be_a_number() {
        assert!(
            may_be_number("+47") && may_be_number("(909)") && !may_be_number("()") && !may_be_number("9a")
        );
    }

    /// Whether what is typed finds the number that Cube holds.
    fn finds(typed: &str, held: &str) -> bool {
        let held = canonical(held).unwrap();
        patterns(&read(typed).unwrap()).iter().any(|p| held.contains(p.as_str()))
    }

    #[rstest]
    #[case::plus_to_plain("+47 909 09 090", "90909090")]
    #[case::zeros_to_plain("0047 90909090", "90909090")]
    #[case::plain_to_zeros("95499097", "004795499097")]
    #[case::begun_with_plus("+47 95", "95499097")]
    #[case::begun_without_plus("4795", "+4795499097")]
    #[case::last_digits("9097", "004795499097")]
    #[case::number_that_begins_with_47("4712", "47123456")]
    fn a_number_is_found_in_any_spelling_and_in_part(#[case] typed: &str, #[case] held: &str) {
        assert!(finds(typed, held));
    }

    #[rstest]
    #[case::across_the_country_code("79", "90909090")]
    #[case::other_country("+46 909", "90909090")]
    fn a_country_code_that_was_not_typed_is_not_searched(#[case] typed: &str, #[case] held: &str) {
        assert!(!finds(typed, held));
    }
}
