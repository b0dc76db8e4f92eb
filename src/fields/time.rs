//! Times that Cube sends as numbers, as a person reads them. The number itself stays what it is.

use crate::fields::{CustomField, Kind};
use crate::language::tr;
use crate::text;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The words by which a label says that its field holds a time; Norwegian ones too. Folded.
const WORDS: [&str; 14] = [
    "time",
    "date",
    "datetime",
    "timestamp",
    "changed",
    "updated",
    "created",
    "modified",
    "dato",
    "tid",
    "tidspunkt",
    "endret",
    "oppdatert",
    "opprettet",
];
/// Seconds since 1970 that are a time of ours and no count: from 1990 to 2070.
const SECONDS: std::ops::Range<i64> = 631_152_000..3_155_760_000;

/// The time that a number is, in the computer's time zone: "9 Aug 2010 07:30". `None` unless the field's label or kind
/// says that it holds a time, and the value is a number of seconds or milliseconds since 1970.
#[must_use]
pub fn as_time(field: Option<&CustomField>, label: &str, value: &str) -> Option<String> {
    let is_date = |field: &CustomField| match &field.kind {
        Kind::Date => true,
        Kind::Other(word) => says_time(word.as_raw()),
        Kind::Text | Kind::Integer | Kind::Number => false,
    };
    if !field.is_some_and(is_date) && !says_time(label) {
        return None;
    }
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let is_number =
        whole.bytes().all(|byte| byte.is_ascii_digit()) && fraction.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = whole.parse().ok().filter(|_| is_number)?;
    let seconds = [number, number / 1000].into_iter().find(|seconds| SECONDS.contains(seconds))?;
    let time = Timestamp::from_second(seconds).ok()?.to_zoned_datetime(TimeZone::system());
    let (month, time_of_day) = (text::month(time.month()), time.strftime("%H:%M"));
    Some(tr!("{day} {month} {year} {time_of_day}", day = time.day(), month, year = time.year(), time_of_day))
}

fn says_time(label: &str) -> bool {
    let folded = text::fold(label);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::seconds("Last changed", "1281847542.0", Some(" Aug 2010 "))]
    #[case::whole_seconds("Sist endret", "1281847542", Some(" Aug 2010 "))]
    #[case::milliseconds("Created", "1281847542000", Some(" Aug 2010 "))]
    #[case::a_turnover("Turnover", "1281847542.0", None)]
    #[case::a_phone_number("Contact phone", "923199400", None)]
    #[case::a_word_within_a_word("Sometimes", "1281847542", None)]
    #[case::a_date_as_it_is("Founded date", "1948-01-01", None)]
    #[case::a_small_number("Update time", "233.0", None)]
    #[case::a_negative_number("Time", "-1281847542", None)]
    #[case::nothing("Time", "", None)]
    fn a_number_is_a_time_only_where_the_label_says_so(
        #[case] label: &str,
        #[case] value: &str,
        #[case] said: Option<&str>,
    ) {
        let time = as_time(None, label, value);
        assert_eq!(time.is_some(), said.is_some(), "{time:?}");
        assert!(time.unwrap_or_default().contains(said.unwrap_or_default()));
    }
}
