//! Months and days of the week in short, in the language of the screen.

use crate::language::{later, tr};

const MONTHS: [&str; 12] = [
    later!("Jan"),
    later!("Feb"),
    later!("Mar"),
    later!("Apr"),
    later!("May"),
    later!("Jun"),
    later!("Jul"),
    later!("Aug"),
    later!("Sep"),
    later!("Oct"),
    later!("Nov"),
    later!("Dec"),
];
const WEEKDAYS: [&str; 7] =
    [later!("Mon"), later!("Tue"), later!("Wed"), later!("Thu"), later!("Fri"), later!("Sat"), later!("Sun")];

/// "Aug". `number` is that of the month, from 1; empty for any other.
#[must_use]
pub fn month(number: i8) -> String {
    named(&MONTHS, number)
}

/// "Tue". `number` is that of the day of the week, Monday 1; empty for any other.
#[must_use]
pub fn weekday(number: i8) -> String {
    named(&WEEKDAYS, number)
}

fn named(names: &[&'static str], number: i8) -> String {
    let at = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let name = at.and_then(|at| names.get(at)).copied().unwrap_or_default();
    tr!(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::in_norwegian;

    #[test]
    fn months_and_days_have_names_in_both_languages() {
        assert_eq!([1, 5, 12].map(month), ["Jan", "May", "Dec"]);
        assert_eq!([1, 7].map(weekday), ["Mon", "Sun"]);
        in_norwegian(|| {
            assert_eq!([1, 5, 12].map(month), ["jan.", "mai", "des."]);
            assert_eq!([1, 7].map(weekday), ["man.", "søn."]);
        });
        assert_eq!([0, 13, -1].map(month), ["", "", ""]);
    }
}
