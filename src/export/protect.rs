//! CSV that a spreadsheet opens: no cell runs as a formula, and what is no number stays text.
//!
//! A spreadsheet takes a cell for a formula when it begins with `=`, `+`, `-` or `@`, and a phone number for a number,
//! of which it drops the plus and the zeros in front. An apostrophe in front of such a cell (OWASP's way against CSV
//! injection) makes it text. To read the value back, drop one apostrophe from the beginning of a cell that has one: a
//! value that begins with one of its own gets another.
//!
//! Where the system's lists are divided by `;`, as in Norway, a spreadsheet divides the cells there, quotes or not. So
//! a formula behind a `;`, a tab or a line end within a value gets its apostrophe too.

use std::borrow::Cow;

/// What a formula begins with, in the two widths of Japanese spreadsheets.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Where a spreadsheet may see the end of a cell within a value.
const CELL_ENDS: [char; 4] = [';', '\t', '\r', '\n'];
/// As many digits as a spreadsheet's numbers keep.
const DIGITS_KEPT: usize = 15;

/// The value as it may stand in a spreadsheet's CSV.
#[must_use]
pub fn protect(value: &str) -> Cow<'_, str> {
    let mut marks: Vec<usize> = formulas(value).collect();
    if must_be_text(value) && marks.first() != Some(&0) {
        marks.insert(0, 0);
    }
    if marks.is_empty() {
        return Cow::Borrowed(value);
    }
    let mut safe = String::with_capacity(value.len() + marks.len());
    let mut from = 0;
    for at in marks {
        safe.push_str(value.get(from..at).unwrap_or_default());
        safe.push('\'');
        from = at;
    }
    safe.push_str(value.get(from..).unwrap_or_default());
    Cow::Owned(safe)
}

/// The value of a cell that [`protect`] made, or a person in a spreadsheet: the apostrophes that make it text are gone.
#[must_use]
pub fn unprotect(cell: &str) -> String {
    let value = cell.strip_prefix('\'').unwrap_or(cell);
    let mut plain = String::with_capacity(value.len());
    for piece in value.split_inclusive(CELL_ENDS) {
        let is_within = !plain.is_empty();
        let formula = piece
            .strip_prefix('\'')
            .filter(|rest| is_within && rest.trim_start_matches(is_passed_over).starts_with(FORMULA));
        plain.push_str(formula.unwrap_or(piece));
    }
    plain
}

/// Where in the value a cell begins that would run: the beginnings of the cells, blanks and all.
fn formulas(value: &str) -> impl Iterator<Item = usize> + '_ {
    let starts = value.match_indices(CELL_ENDS).map(|(at, end)| at + end.len());
    std::iter::once(0).chain(starts).filter(|&at| {
        let cell = value.get(at..).unwrap_or_default().trim_start_matches(is_passed_over);
        cell.starts_with(FORMULA)
    })
}

/// What a spreadsheet may pass over before it looks at a cell.
fn is_passed_over(c: char) -> bool {
    let ends_cell = CELL_ENDS.contains(&c);
    !ends_cell
        && (c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

/// Whether a value that runs nothing is to begin with an apostrophe: one that has one, one that begins with what ends
/// a cell, and a number of which digits would be lost.
fn must_be_text(value: &str) -> bool {
    value.starts_with('\'') || value.starts_with(CELL_ENDS) && !value.starts_with(';') || loses_digits(value)
}

/// Whether a spreadsheet would take the value for a number and lose digits: zeros in front, or more than it keeps.
fn loses_digits(value: &str) -> bool {
    let is_number_like = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | ',');
    if !value.chars().all(is_number_like) {
        return false;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let leads_with_zero = value
        .trim_start()
        .strip_prefix('0')
        .is_some_and(|rest| rest.starts_with(|c: char| c != '.' && c != ','));
    leads_with_zero || digits > DIGITS_KEPT
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::formula(r#"=HYPERLINK("http://evil")"#, r#"'=HYPERLINK("http://evil")"#)]
    #[case::command("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    #[case::minus("-2+3", "'-2+3")]
    #[case::at("@SUM(A1)", "'@SUM(A1)")]
    #[case::tab("\t=1", "'\t'=1")]
    #[case::carriage_return("\r=1", "'\r'=1")]
    #[case::tab_alone("\tKari", "'\tKari")]
    #[case::behind_a_blank(" =1", "' =1")]
    #[case::behind_what_is_not_seen("\u{feff}=1", "'\u{feff}=1")]
    #[case::wide("＝1", "'＝1")]
    #[case::behind_a_semicolon("Ring;=1+1", "Ring;'=1+1")]
    #[case::on_the_next_line("Ring\r\n=1+1", "Ring\r\n'=1+1")]
    #[case::phone("+4790909090", "'+4790909090")]
    #[case::grouped_phone("+47 909 09 090", "'+47 909 09 090")]
    #[case::zeros("004795499097", "'004795499097")]
    #[case::postcode("0235", "'0235")]
    #[case::grouped_zeros("0 235", "'0 235")]
    #[case::many_digits("12345678901234567890", "'12345678901234567890")]
    #[case::own_apostrophe("'s-Hertogenbosch", "''s-Hertogenbosch")]
    fn what_would_run_or_lose_digits_becomes_text(#[case] value: &str, #[case] cell: &str) {
        assert_eq!(protect(value), cell);
    }

    #[rstest]
    #[case::name("Pers Hårklipperi AS")]
    #[case::nothing("")]
    #[case::number("233.0")]
    #[case::id("9120011888")]
    #[case::nought("0")]
    #[case::less_than_one("0.5")]
    #[case::date("1948-01-01")]
    #[case::mail("per@klipperiet.no")]
    #[case::minus_inside("Nord-Trøndelag")]
    #[case::number_and_place("0235 Oslo")]
    #[case::semicolon("a;b")]
    fn what_is_harmless_stays_as_it_is(#[case] value: &str) {
        assert!(matches!(protect(value), Cow::Borrowed(same) if same == value), "{value}");
    }

    proptest! {
        #[test]
        fn a_value_is_read_back_by_dropping_one_apostrophe(value in "['=+@0-9 a-c-]{0,8}") {
            let cell = protect(&value);
            prop_assert_eq!(cell.strip_prefix('\'').unwrap_or(&cell), value.as_str());
        }

        #[test]
        fn what_was_protected_is_read_back(value in "[=+@0-9 a-c;\t\n-]{0,8}") {
            prop_assert_eq!(unprotect(&protect(&value)), value);
        }

        #[test]
        fn no_cell_begins_as_a_formula(value in "[\t\r\n;=+@ x'-]{0,8}") {
            let cell = protect(&value).into_owned();
            for part in cell.split(CELL_ENDS) {
                prop_assert!(!part.trim_start().starts_with(FORMULA), "{:?}", cell);
            }
        }
    }
}
