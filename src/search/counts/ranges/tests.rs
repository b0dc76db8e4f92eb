//! Ranges are round, about ten, and cover whatever there is.

use super::*;
use rstest::rstest;

fn ranges(values: impl IntoIterator<Item = String>) -> Vec<String> {
    let values: Vec<String> = values.into_iter().collect();
    let ranges = of(values.iter().map(|value| (value.as_str(), 1)), values.len());
    let all: usize = ranges.iter().map(|range| range.customers).sum();
    assert!(ranges.is_empty() || all == values.len(), "{ranges:?}");
    ranges.into_iter().map(|range| format!("{} {}", range.text, range.customers)).collect()
}

fn numbers(of: impl Fn(u32) -> String) -> Vec<String> {
    ranges((0..100).map(of))
}

#[test]
fn numbers_are_in_round_ranges() {
    let tens = numbers(|n| (n * 10).to_string());
    assert_eq!(tens.first().map(String::as_str), Some("0..49 5"));
    assert_eq!(tens.last().map(String::as_str), Some("950..999 5"));
    assert_eq!(numbers(|n| format!("{n}.5"))[1], "5..9.9 5");
    assert_eq!(numbers(|n| format!("-{}", n + 1)).first().map(String::as_str), Some("-100..-96 5"));
}

#[test]
fn a_few_odd_values_do_not_make_one_range_of_all_others() {
    let with_odd = numbers(|n| if n == 0 { "9000000".to_owned() } else { (1000 + n).to_string() });
    assert!(with_odd.len() > 9, "{with_odd:?}");
    assert!(with_odd.last().unwrap().ends_with(".. 1"), "{with_odd:?}");
}

#[rstest]
#[case::decades(40, "1950..1959 10", "1980..1989 10")]
#[case::years(9, "1950..1950 4", "1958..1958 4")]
fn days_are_in_years(#[case] years: u32, #[case] first: &str, #[case] last: &str) {
    let days = (0..years).flat_map(|year| {
        let each = if years > 20 { 1 } else { 4 };
        (0..each).map(move |month| format!("{}-{:02}-17", 1950 + year, month + 1))
    });
    let ranges = ranges(days);
    assert_eq!(
        (ranges.first().map(String::as_str), ranges.last().map(String::as_str)),
        (Some(first), Some(last))
    );
}

#[test]
fn days_of_two_years_are_in_months() {
    let days = (0..20).map(|month| format!("{}-{:02}-03", 2018 + month / 12, month % 12 + 1));
    let ranges = ranges(days);
    assert_eq!((ranges[0].as_str(), ranges[12].as_str()), ("2018-01..2018-01 1", "2019-01..2019-01 1"));
    assert_eq!(ranges.len(), 20);
}

#[rstest]
#[case::words((0..50).map(|n| format!("a{n}")).collect())]
#[case::few((0..12).map(|n| n.to_string()).collect())]
#[case::half_of_them((0..50).map(|n| if n % 2 == 0 { n.to_string() } else { format!("x{n}") }).collect())]
#[case::none(Vec::new())]
fn what_is_no_amount_or_few_has_no_ranges(#[case] values: Vec<String>) {
    assert_eq!(ranges(values), [] as [String; 0]);
}
