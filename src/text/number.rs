//! Numbers as they are read aloud.

/// A number in groups of three: `12,340`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
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
        0 | 1 => "1 more second".to_owned(),
        2..=99 => format!("{left} more seconds"),
        _ => format!("{} more minutes", left.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let shown = [0, 999, 1000, 12340, 1_000_000].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "12,340", "1,000,000"]);
    }

    #[test]
    fn a_time_left_is_said_in_the_unit_that_fits() {
        assert_eq!([1, 10, 100].map(seconds), ["1 more second", "10 more seconds", "2 more minutes"]);
    }
}
