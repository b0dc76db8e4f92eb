//! Numbers as typed: plain digits, within bounds.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Reads the number of an assignment or a data owner, of which Cube counts from 1.
pub(super) fn id(text: &str) -> Result<u64, String> {
    whole(1..=u64::MAX)(text).map_err(|_| "a whole number from 1 on".to_owned())
}

/// Reads a whole number within `range`. Digits of other scripts would look like one number and mean another.
pub(super) fn whole<N>(range: RangeInclusive<N>) -> impl Fn(&str) -> Result<N, String> + Clone
where
    N: FromStr + PartialOrd + Display + Clone,
{
    move |text| {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| is_plain && range.contains(number));
        number.ok_or_else(|| format!("a whole number from {} to {}", range.start(), range.end()))
    }
}
