//! Values that are numbers and days in a workbook: where the mapping says that a field holds them, and the value does
//! not change by it.

use crate::fields::Kind;
use jiff::civil::{Date, date};

/// As many digits as a number of a spreadsheet keeps.
const MOST_DIGITS: usize = 15;
/// A number with more decimals than this stays text.
pub(super) const MOST_DECIMALS: usize = 9;
/// Days are counted from here; spreadsheets take 1900 for a leap year, so that days before March 1900 are not to be had.
const DAY_ZERO: Date = date(1899, 12, 30);
const FIRST_DAY: Date = date(1900, 3, 1);

/// A value that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed<'a> {
    /// A number in its spelling, and how many decimals it has.
    Number(&'a str, usize),
    /// A day, as days since the end of 1899.
    Day(i32),
}

impl<'a> Typed<'a> {
    /// What a value of a field of this kind is. `None` where it is text: it is no number or day, or would change.
    pub(super) fn read(value: &'a str, kind: &Kind) -> Option<Self> {
        match kind {
            Kind::Integer | Kind::Number => number(value),
            Kind::Date => day(value),
            Kind::Text | Kind::Other(_) => None,
        }
    }
}

/// A number as it is shown again: no plus, no zeros in front, no exponent.
fn number(value: &str) -> Option<Typed<'_>> {
    let unsigned = value.strip_prefix('-').unwrap_or(value);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let ends_well = unsigned.contains('.') != decimals.is_empty();
    let begins_well = whole == "0" || (!whole.is_empty() && !whole.starts_with('0'));
    let fits = whole.len() + decimals.len() <= MOST_DIGITS && decimals.len() <= MOST_DECIMALS;
    let is_minus_zero = value.starts_with('-') && unsigned.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let is_number = is_digits(whole) && is_digits(decimals) && begins_well && ends_well;
    (is_number && fits && !is_minus_zero).then_some(Typed::Number(value, decimals.len()))
}

fn day(value: &str) -> Option<Typed<'_>> {
    let day: Date = value.parse().ok().filter(|_| value.len() == "1948-01-31".len())?;
    let days = DAY_ZERO.until(day).ok().filter(|_| day >= FIRST_DAY)?;
    Some(Typed::Day(days.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::whole("1500", Some(0))]
    #[case::minus("-3", Some(0))]
    #[case::zero("0", Some(0))]
    #[case::decimals("1500.50", Some(2))]
    #[case::below_one("0.125", Some(3))]
    #[case::fifteen_digits("123456789012345", Some(0))]
    #[case::sixteen_digits("1234567890123456", None)]
    #[case::digits_of_both_parts("12345678901234.56", None)]
    #[case::many_decimals("0.0123456789", None)]
    #[case::zero_in_front("007", None)]
    #[case::plus("+4790909090", None)]
    #[case::exponent("1e5", None)]
    #[case::minus_zero("-0.0", None)]
    #[case::no_decimals_behind_the_point("5.", None)]
    #[case::no_digit_before_it(".5", None)]
    #[case::comma("1500,50", None)]
    #[case::blank(" 5", None)]
    #[case::other_digits("٣", None)]
    #[case::word("NaN", None)]
    #[case::nothing("", None)]
    fn a_number_is_one_where_it_is_shown_again_to_the_digit(
        #[case] value: &str,
        #[case] decimals: Option<usize>,
    ) {
        let number = decimals.map(|decimals| Typed::Number(value, decimals));
        assert_eq!(Typed::read(value, &Kind::Number), number);
        assert_eq!(Typed::read(value, &Kind::Integer), number);
        assert_eq!(Typed::read(value, &Kind::Text), None);
    }

    #[rstest]
    #[case::first("1900-03-01", Some(61))]
    #[case::of_today("2026-11-27", Some(46_353))]
    #[case::last("9999-12-31", Some(2_958_465))]
    #[case::too_early("1900-02-28", None)]
    #[case::no_day("2026-02-30", None)]
    #[case::otherwise_written("27.11.2026", None)]
    #[case::with_a_time("2026-11-27T08:00", None)]
    #[case::no_date("A", None)]
    fn a_day_is_one_where_a_spreadsheet_has_it(#[case] value: &str, #[case] days: Option<i32>) {
        assert_eq!(Typed::read(value, &Kind::Date), days.map(Typed::Day));
    }
}
