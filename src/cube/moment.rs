//! When something was read from Cube: seconds to compare, hour and minute to show.
//! The rooms that show a moment have no clock of their own; it comes to them inside pages and records.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A point in time with its local day, hour and minute, shown as `08:12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    unix_seconds: i64,
    day: i32,
    hour: u8,
    minute: u8,
}

impl Moment {
    /// The present, in the computer's time zone (UTC where none is set).
    #[must_use]
    pub fn now() -> Self {
        Self::local(Timestamp::now())
    }

    /// A moment made of its parts, for those who have no clock: `hour` 0–23 and `minute` 0–59 are local. Its day is
    /// that of UTC.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "days of a calendar")]
    pub const fn at(unix_seconds: i64, hour: u8, minute: u8) -> Self {
        Self { unix_seconds, day: unix_seconds.div_euclid(86_400) as i32, hour, minute }
    }

    /// Its local day, counted from 1 January 1970.
    #[must_use]
    pub const fn day(self) -> i32 {
        self.day
    }

    /// The moment that lies `seconds` after now; `None` when no calendar reaches that far.
    #[must_use]
    pub fn in_seconds(seconds: u64) -> Option<Self> {
        let unix = Timestamp::now().as_second().checked_add(i64::try_from(seconds).ok()?)?;
        Timestamp::from_second(unix).ok().map(Self::local)
    }

    /// Whole seconds from `earlier` to this one; 0 when the clock was set back in between.
    #[must_use]
    pub fn seconds_since(&self, earlier: Self) -> u64 {
        u64::try_from(self.unix_seconds.saturating_sub(earlier.unix_seconds)).unwrap_or(0)
    }

    fn local(timestamp: Timestamp) -> Self {
        let zoned = timestamp.to_zoned_datetime(TimeZone::system());
        let epoch = jiff::civil::Date::constant(1970, 1, 1);
        Self {
            unix_seconds: timestamp.as_second(),
            day: epoch.until(zoned.date()).map_or(0, |span| span.get_days()),
            hour: zoned.hour().unsigned_abs(),
            minute: zoned.minute().unsigned_abs(),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_as_hour_and_minute_with_leading_zeros() {
        assert_eq!(Moment::at(0, 8, 5).to_string(), "08:05");
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_negative_age() {
        let (early, late) = (Moment::at(100, 8, 0), Moment::at(700, 8, 10));
        assert_eq!(late.seconds_since(early), 600);
        assert_eq!(early.seconds_since(late), 0);
    }

    #[test]
    fn a_moment_beyond_the_calendar_is_none() {
        assert!(Moment::in_seconds(3600).is_some());
        assert_eq!(Moment::in_seconds(999_999_999_999), None);
        assert_eq!(Moment::in_seconds(u64::MAX), None);
    }
}
