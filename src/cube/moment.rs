//! When something was fetched from Cube: seconds to compare, hour and minute to show.
//! The rooms that show a moment have no clock of their own; it comes to them inside pages and records.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Where the present comes from: [`Moment::now`], or whatever a test says.
pub type Clock = fn() -> Moment;

/// Minutes of one day.
const DAY: i64 = 24 * 60;

/// A point in time with its local day, hour and minute, shown as `08:12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
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

    /// The moment this many seconds after 1970, in the computer's time zone; the first of 1970 where no calendar reaches
    /// that far.
    #[must_use]
    pub fn of(unix_seconds: i64) -> Self {
        Self::local(Timestamp::from_second(unix_seconds).unwrap_or_default())
    }

    /// The seconds since 1970.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.unix_seconds
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

    /// With its local day: `2026-11-27 08:12`.
    #[must_use]
    pub fn with_day(self) -> String {
        let epoch = jiff::civil::Date::constant(1970, 1, 1);
        let day = epoch.checked_add(jiff::Span::new().days(self.day)).unwrap_or(epoch);
        format!("{day} {self}")
    }

    /// The moment `seconds` after this one; `None` when no calendar reaches that far.
    ///
    /// The computer's time zone says how clocks are set in between. A moment made of other parts than that zone has
    /// ([`Moment::at`]) keeps its difference from it.
    #[must_use]
    pub fn after(self, seconds: u64) -> Option<Self> {
        let this = Self::local(Timestamp::from_second(self.unix_seconds).ok()?);
        let unix = self.unix_seconds.checked_add(i64::try_from(seconds).ok()?)?;
        let later = Self::local(Timestamp::from_second(unix).ok()?);
        let minute = later.local_minute() + self.local_minute() - this.local_minute();
        let of_day = minute.rem_euclid(DAY);
        Some(Self {
            unix_seconds: unix,
            day: i32::try_from(minute.div_euclid(DAY)).ok()?,
            hour: u8::try_from(of_day / 60).ok()?,
            minute: u8::try_from(of_day % 60).ok()?,
        })
    }

    /// Whole seconds from `earlier` to this one; 0 when the clock was set back in between.
    #[must_use]
    pub fn seconds_since(&self, earlier: Self) -> u64 {
        u64::try_from(self.unix_seconds.saturating_sub(earlier.unix_seconds)).unwrap_or(0)
    }

    /// The time from this moment to `date`; zero when `date` is in the past.
    pub(super) fn until(self, date: SystemTime) -> Duration {
        let unix = Duration::from_secs(u64::try_from(self.unix_seconds).unwrap_or(0));
        date.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().saturating_sub(unix)
    }

    /// Minutes of the local calendar since 1 January 1970.
    fn local_minute(self) -> i64 {
        i64::from(self.day) * DAY + i64::from(self.hour) * 60 + i64::from(self.minute)
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

/// A file has the seconds since 1970.
impl From<i64> for Moment {
    fn from(unix_seconds: i64) -> Self {
        Self::of(unix_seconds)
    }
}

impl From<Moment> for i64 {
    fn from(moment: Moment) -> Self {
        moment.unix_seconds
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
    use rstest::rstest;

    #[test]
    fn a_moment_is_shown_as_hour_and_minute_with_leading_zeros() {
        assert_eq!(Moment::at(0, 8, 5).to_string(), "08:05");
    }

    #[test]
    fn a_moment_with_its_day_is_that_of_the_calendar() {
        assert_eq!(Moment::at(1_000_000_070, 1, 47).with_day(), "2001-09-09 01:47");
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_negative_age() {
        let (early, late) = (Moment::at(100, 8, 0), Moment::at(700, 8, 10));
        assert_eq!(late.seconds_since(early), 600);
        assert_eq!(early.seconds_since(late), 0);
    }

    #[rstest]
    #[case::at_once(0, Moment::at(1_000_000_070, 23, 50))]
    #[case::the_next_minute(30, Moment::at(1_000_000_100, 23, 51))]
    #[case::past_midnight(1200, Moment { day: 11_575, ..Moment::at(1_000_001_270, 0, 10) })]
    fn a_later_moment_has_its_own_hour_and_minute(#[case] seconds: u64, #[case] later: Moment) {
        // It was 01:47:50 in UTC. No time zone is 22 hours and 3 minutes ahead of that.
        assert_eq!(Moment::at(1_000_000_070, 23, 50).after(seconds), Some(later));
    }

    #[test]
    fn a_moment_beyond_the_calendar_is_none() {
        let now = Moment::now();
        assert!(now.after(3600).is_some());
        assert_eq!(now.after(999_999_999_999), None);
        assert_eq!(now.after(u64::MAX), None);
    }

    #[test]
    fn a_date_in_the_past_is_no_time_away() {
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(100);
        assert_eq!(Moment::at(40, 0, 0).until(date), Duration::from_mins(1));
        assert_eq!(Moment::at(140, 0, 0).until(date), Duration::ZERO);
    }
}
