//! When something was read, as a person says it: the time alone today, the day with it before.

use crate::cube::Moment;
use crate::language::tr;
use crate::text;
use jiff::ToSpan;
use jiff::civil::Date;

/// After this many seconds an age is a warning.
const OLD_AFTER: u64 = 4 * 60 * 60;

/// "08:12" today, "yesterday 08:12", "Tue 24 Nov 08:12".
#[must_use]
pub fn age(read: Moment, now: Moment) -> String {
    match now.day() - read.day() {
        ..=0 => read.to_string(),
        1 => tr!("yesterday {read}", read),
        _ => format!("{} {read}", date(read)),
    }
}

/// Whether what was read then should be read again before anybody relies on it.
#[must_use]
pub fn is_old(read: Moment, now: Moment) -> bool {
    now.seconds_since(read) >= OLD_AFTER
}

fn date(read: Moment) -> String {
    let epoch = Date::constant(1970, 1, 1);
    let day = epoch.checked_add(read.day().days());
    let said = |day: Date| {
        let weekday = text::weekday(day.weekday().to_monday_one_offset());
        tr!("{weekday} {day} {month}", weekday, day = day.day(), month = text::month(day.month()))
    };
    day.map(said).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::in_norwegian;
    use rstest::rstest;

    const DAY: i64 = 86_400;
    /// Thursday 26 November 2026, 09:00.
    const NOW: Moment = Moment::at(20_783 * DAY + 9 * 3600, 9, 0);

    #[rstest]
    #[case::today(0, "08:12")]
    #[case::yesterday(1, "yesterday 08:12")]
    #[case::the_day_before(2, "Tue 24 Nov 08:12")]
    #[case::last_month(30, "Tue 27 Oct 08:12")]
    #[case::a_clock_that_was_set_back(-1, "08:12")]
    fn an_age_has_a_day_once_it_is_not_today(#[case] days: i64, #[case] said: &str) {
        let read = Moment::at((20_783 - days) * DAY + 8 * 3600 + 720, 8, 12);
        assert_eq!(age(read, NOW), said);
    }

    #[test]
    fn an_age_is_said_in_the_language_of_the_screen() {
        let before = |days: i64| Moment::at((20_783 - days) * DAY + 8 * 3600 + 720, 8, 12);
        let said = in_norwegian(|| [0, 1, 2, 30].map(|days| age(before(days), NOW)));
        assert_eq!(said, ["08:12", "i går 08:12", "tir. 24. nov. 08:12", "tir. 27. okt. 08:12"]);
    }

    #[test]
    fn after_four_hours_an_age_is_a_warning() {
        let before = |seconds: i64| Moment::at(20_783 * DAY + 9 * 3600 - seconds, 5, 0);
        assert!(is_old(before(4 * 3600), NOW) && !is_old(before(4 * 3600 - 1), NOW));
    }
}
