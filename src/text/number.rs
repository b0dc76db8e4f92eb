//! Numbers as they are read aloud.

use crate::language::tr;
use crate::language::{Language, spoken};

/// A number in groups of three: `12,340`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    let sign = match spoken() {
        Language::English => ',',
        // It does not break, as no line should end within a number.
        Language::Norwegian => '\u{a0}',
    };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(sign);
        }
        grouped.push(digit);
    }
    grouped
}

/// "1 page", "7 pages".
#[must_use]
pub fn counted(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(number as u64))
}

/// A time that is left: "10 more seconds", "3 more minutes".
#[must_use]
pub fn seconds(left: u64) -> String {
    match left {
        0..=99 => tr!("{left} more second" | "{left} more seconds" % left.max(1), left = left.max(1)),
        _ => tr!("{left} more minutes", left = left.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::in_norwegian;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let shown = [0, 999, 1000, 12340, 1_000_000].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "12,340", "1,000,000"]);
    }

    #[test]
    fn a_number_is_grouped_in_the_language_of_the_screen_and_does_not_break() {
        assert_eq!(in_norwegian(|| grouped(12_340)), "12\u{a0}340");
    }

    #[test]
    fn a_time_left_is_said_in_the_unit_that_fits() {
        assert_eq!([1, 10, 100].map(seconds), ["1 more second", "10 more seconds", "2 more minutes"]);
    }
}
