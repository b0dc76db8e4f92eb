//! Numbers and days: what values of a range are, and what its bounds may be.

/// What a value counts as in a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Amount {
    Number(f64),
    /// Year, month and day as one number: 19900517.
    Day(u32),
}

/// What is typed as a bound: a year is a number too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound {
    pub(crate) number: Option<f64>,
    /// The first and the last day of what is named.
    pub(crate) days: Option<(u32, u32)>,
}

impl Amount {
    /// Reads a value. `None` iff it is neither a number nor a day.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        match days(text) {
            Some((first, last)) if first == last => Some(Self::Day(first)),
            _ => number(text).map(Self::Number),
        }
    }
}

// A number that is read is finite.
impl Eq for Bound {}

impl Bound {
    /// Reads a bound as typed. `None` iff it is neither a number nor a day.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (number, days) = (number(text), days(text));
        (number.is_some() || days.is_some()).then_some(Self { number, days })
    }

    /// Whether a value is behind this bound, or at it where that counts.
    pub(crate) fn is_before(self, value: Amount, is_outside: bool) -> bool {
        match value {
            Amount::Number(value) => {
                self.number.is_some_and(|number| if is_outside { value > number } else { value >= number })
            }
            Amount::Day(day) => {
                self.days.is_some_and(|(first, last)| if is_outside { day > last } else { day >= first })
            }
        }
    }

    /// Whether a value is before this bound, or at it where that counts.
    pub(crate) fn is_behind(self, value: Amount, is_outside: bool) -> bool {
        match value {
            Amount::Number(value) => {
                self.number.is_some_and(|number| if is_outside { value < number } else { value <= number })
            }
            Amount::Day(day) => {
                self.days.is_some_and(|(first, last)| if is_outside { day < first } else { day <= last })
            }
        }
    }

    /// Whether a range may go from this bound to another one.
    pub(crate) fn goes_to(self, to: Self) -> bool {
        let numbers = self.number.zip(to.number).is_some_and(|(from, to)| from <= to);
        let days = self.days.zip(to.days).is_some_and(|((first, _), (_, last))| first <= last);
        numbers || days
    }
}

/// A number as it is written: `1500`, `-1500.50`, `1 500,50`, `20 %`.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if let Ok(number) = text.parse::<f64>() {
        return Some(number).filter(|number| number.is_finite());
    }
    // As Norwegians write: spaces between thousands, a comma before decimals.
    let (whole, decimals) = unsigned.split_once(',').unwrap_or((unsigned, ""));
    let mut groups = whole.split(' ');
    let first = groups.next().unwrap_or_default();
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = groups.clone().next().is_none()
        || ((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3 && is_digits(group)));
    let is_number = !first.is_empty() && is_digits(first) && is_grouped && is_digits(decimals);
    let sign = if text.starts_with('-') { "-" } else { "" };
    let plain = || format!("{sign}{}.{decimals}0", whole.replace(' ', ""));
    is_number.then(plain)?.parse().ok()
}

/// The first and the last day of a day, a month or a year: `1990-05-17`, `17.05.1990`, `1990-05`, `1990`. A time of day
/// behind a day does not count.
fn days(text: &str) -> Option<(u32, u32)> {
    // Most values are none, and a glance shows it.
    if text.len() != 4 && memchr::memchr3(b'-', b'.', b':', text.as_bytes()).is_none() {
        return None;
    }
    let day = text.split_once(['t', 'T', ' ']).map_or(
        text,
        |(day, time)| {
            if time.contains(':') { day } else { text }
        },
    );
    if let [day, month, year] = *day.split('.').collect::<Vec<_>>().as_slice() {
        return whole_day(part(year, 4)?, part(month, 2)?, part(day, 2)?);
    }
    match *day.split('-').collect::<Vec<_>>().as_slice() {
        [year] => year_of(year).map(|year| (year * 10_000 + 101, year * 10_000 + 1231)),
        [year, month] => {
            let (year, month) = (year_of(year)?, part(month, 2).filter(|month| (1..=12).contains(month))?);
            let first = year * 10_000 + month * 100 + 1;
            Some((first, first - 1 + days_in(year, month)))
        }
        [year, month, day] => whole_day(year_of(year)?, part(month, 2)?, part(day, 2)?),
        _ => None,
    }
}

fn whole_day(year: u32, month: u32, day: u32) -> Option<(u32, u32)> {
    let is_day = year > 0 && (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
    let number = year * 10_000 + month * 100 + day;
    is_day.then_some((number, number))
}

fn year_of(text: &str) -> Option<u32> {
    part(text, 4).filter(|year| (1000..=2999).contains(year) && text.len() == 4)
}

/// At most this many digits, and nothing else.
fn part(text: &str, most: usize) -> Option<u32> {
    let is_part = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_part.then(|| text.parse().ok())?
}

fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::whole("1500", Some(1500.0))]
    #[case::decimals("1500.50", Some(1500.5))]
    #[case::below_zero("-2", Some(-2.0))]
    #[case::norwegian("1 500,50", Some(1500.5))]
    #[case::a_comma("1,5", Some(1.5))]
    #[case::percent("20 %", Some(20.0))]
    #[case::a_power("1e3", Some(1000.0))]
    #[case::odd_groups("1 50", None)]
    #[case::a_word("abc", None)]
    #[case::infinity("inf", None)]
    #[case::not_a_number("nan", None)]
    #[case::nothing("", None)]
    #[case::a_sign("-", None)]
    fn a_number_is_read_as_people_write_it(#[case] text: &str, #[case] is: Option<f64>) {
        assert_eq!(number(text), is);
    }

    #[rstest]
    #[case::a_day("1990-05-17", Some((19_900_517, 19_900_517)))]
    #[case::norwegian("17.05.1990", Some((19_900_517, 19_900_517)))]
    #[case::short("1.2.1990", Some((19_900_201, 19_900_201)))]
    #[case::with_a_time("1990-05-17t08:12:00", Some((19_900_517, 19_900_517)))]
    #[case::a_month("1990-02", Some((19_900_201, 19_900_228)))]
    #[case::in_a_leap_year("2000-02", Some((20_000_201, 20_000_229)))]
    #[case::a_year("1990", Some((19_900_101, 19_901_231)))]
    #[case::no_day("1990-02-30", None)]
    #[case::no_month("1990-13", None)]
    #[case::a_number("150", None)]
    #[case::a_phone("909-09-090", None)]
    fn a_day_is_read_as_people_write_it(#[case] text: &str, #[case] is: Option<(u32, u32)>) {
        assert_eq!(days(text), is);
    }

    #[test]
    fn a_year_is_a_number_among_values() {
        assert_eq!(Amount::read("1990"), Some(Amount::Number(1990.0)));
        assert_eq!(Amount::read("1990-05-17"), Some(Amount::Day(19_900_517)));
    }
}
