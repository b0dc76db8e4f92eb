//! Ranges of the values of a field, where these are numbers or days: some ten, as a filter asks for them.

use super::ValueCount;
use crate::search::filter::Amount;

/// A field with as few different values has no ranges: the values themselves say more.
const FEW: usize = 12;
/// This part of those who have a value, in percent, must have a number, or a day.
const MOST: usize = 90;
/// This part of them, in percent, is beyond the first and the last bound at most, so that a few odd values make no
/// range of all others.
const BEYOND: usize = 2;
/// About this many ranges.
const RANGES: f64 = 10.0;
/// No more bounds than this.
const EDGES: usize = 40;
/// No more digits behind the point count.
const DECIMALS: i32 = 4;

/// The ranges of these values, ascending, each with its customers of the `any` who have a value. None where the values
/// are no amounts, or few.
pub(super) fn of<'v>(values: impl Iterator<Item = (&'v str, usize)>, any: usize) -> Vec<ValueCount> {
    let (mut numbers, mut days, mut others) = (Vec::new(), Vec::new(), 0);
    for (text, customers) in values {
        match Amount::read(text) {
            Some(Amount::Number(number)) => numbers.push((number, customers)),
            Some(Amount::Day(day)) => days.push((f64::from(day), customers)),
            None => others += customers,
        }
        if (any - others) * 100 < any * MOST {
            return Vec::new();
        }
    }
    let are_most = |amounts: &[(f64, usize)]| {
        let having: usize = amounts.iter().map(|(_, customers)| customers).sum();
        amounts.len() > FEW && having * 100 >= any * MOST
    };
    if are_most(&numbers) {
        of_numbers(numbers)
    } else if are_most(&days) {
        of_days(days)
    } else {
        Vec::new()
    }
}

/// The bounds between which most amounts are.
fn bounds(amounts: &mut [(f64, usize)]) -> (f64, f64) {
    amounts.sort_unstable_by(|(one, _), (other, _)| one.total_cmp(other));
    let all: usize = amounts.iter().map(|(_, customers)| customers).sum();
    let beyond = all * BEYOND / 100;
    (first_inside(amounts.iter(), beyond), first_inside(amounts.iter().rev(), beyond))
}

/// The first amount before which no more customers are than may be beyond.
fn first_inside<'a>(amounts: impl Iterator<Item = &'a (f64, usize)>, beyond: usize) -> f64 {
    let mut before = 0;
    let mut inside = amounts.skip_while(|(_, customers)| {
        before += customers;
        before <= beyond
    });
    inside.next().map_or(0.0, |(amount, _)| *amount)
}

fn of_numbers(mut numbers: Vec<(f64, usize)>) -> Vec<ValueCount> {
    let (from, to) = bounds(&mut numbers);
    let decimals =
        (0..DECIMALS).find(|decimals| numbers.iter().all(|(number, _)| is_round(*number, *decimals)));
    let decimals = decimals.unwrap_or(DECIMALS);
    let unit = 10_f64.powi(-decimals);
    let step = step((to - from) / RANGES).max(unit);
    let first = (from / step).floor();
    let places = usize::try_from(decimals).unwrap_or_default();
    let shown = |number: f64| {
        let text = format!("{:.places$}", number + 0.0);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    };
    // A bound is the number that its text says, as the filter reads it.
    let edge = |at: i32| shown((first + f64::from(at)) * step).parse().unwrap_or(f64::INFINITY);
    let edges: Vec<f64> = (0..).map(edge).take_while(|edge| *edge <= to + step).take(EDGES).collect();
    counted(&numbers, &edges, shown, |edge| shown(edge - unit))
}

/// The greatest of 1, 2 and 5 with zeros that is not above.
fn step(about: f64) -> f64 {
    let power = 10_f64.powf(about.max(f64::MIN_POSITIVE).log10().floor());
    [5.0, 2.0].into_iter().map(|times| times * power).find(|step| *step <= about).unwrap_or(power)
}

fn is_round(number: f64, decimals: i32) -> bool {
    let scaled = number * 10_f64.powi(decimals);
    (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
}

/// Decades, years or months, as days are 20190517.
fn of_days(mut days: Vec<(f64, usize)>) -> Vec<ValueCount> {
    const YEAR: f64 = 10_000.0;
    let (from, to) = bounds(&mut days);
    let (first, last) = ((from / YEAR).floor(), (to / YEAR).floor());
    let year = |edge: f64| format!("{:04.0}", (edge / YEAR).floor());
    if last - first >= 3.0 {
        let years = if last - first > 2.0 * RANGES { 10.0 } else { 1.0 };
        let first = (first / years).floor() * years;
        let edges = (0..).map(|at| (first + f64::from(at) * years) * YEAR);
        let edges: Vec<f64> = edges.take_while(|edge| *edge <= to + years * YEAR).take(EDGES).collect();
        return counted(&days, &edges, year, |edge| year(edge - YEAR));
    }
    let months = (0..).map(|at| {
        let month = ((from - first * YEAR) / 100.0).floor() - 1.0 + f64::from(at);
        (first + (month / 12.0).floor()) * YEAR + (month % 12.0 + 1.0) * 100.0
    });
    let edges: Vec<f64> = months.take_while(|edge| *edge <= to + YEAR).take(2 * EDGES).collect();
    let month = |edge: f64| format!("{}-{:02.0}", year(edge), ((edge % YEAR) / 100.0).floor());
    let before = |edge: f64| if edge % YEAR < 200.0 { edge - YEAR + 1_100.0 } else { edge - 100.0 };
    let end = edges.partition_point(|edge| *edge <= to) + 1;
    counted(&days, edges.get(..end).unwrap_or(&edges), month, |edge| month(before(edge)))
}

/// How many customers are between each two of the edges, before the first and from the last one on. A range goes from what
/// an edge is called as the first of it to what the next one is called as the end of it.
fn counted(
    amounts: &[(f64, usize)],
    edges: &[f64],
    from: impl Fn(f64) -> String,
    to: impl Fn(f64) -> String,
) -> Vec<ValueCount> {
    let first = edges.first().map(|edge| (format!("..{}", to(*edge)), f64::NEG_INFINITY, *edge));
    let inner = edges.windows(2).filter_map(|pair| match pair {
        [one, next] => Some((format!("{}..{}", from(*one), to(*next)), *one, *next)),
        _ => None,
    });
    let last = edges.last().map(|edge| (format!("{}..", from(*edge)), *edge, f64::INFINITY));
    let ranges = first.into_iter().chain(inner).chain(last);
    let range = |(text, from, to): (String, f64, f64)| {
        let start = amounts.partition_point(|(amount, _)| *amount < from);
        let end = amounts.partition_point(|(amount, _)| *amount < to);
        let customers = amounts.get(start..end).unwrap_or_default().iter().map(|(_, customers)| customers);
        ValueCount { text, customers: customers.sum() }
    };
    let mut ranges: Vec<ValueCount> = ranges.map(range).collect();
    while ranges.last().is_some_and(|range| range.customers == 0) {
        ranges.pop();
    }
    let empty = ranges.iter().take_while(|range| range.customers == 0).count();
    ranges.drain(..empty);
    ranges
}

#[cfg(test)]
mod tests;
