//! Phone numbers as the search text holds them: every spelling of a number becomes one form.
//!
//! ```text
//! +47 909 09 090      47␜90909090     calling code, national number
//! 90909090            47␜90909090␚    the same, written without a calling code
//! 08-123 456 78       0␜812345678␚    a national number of a country that is not known, without its trunk zero
//! ```

mod written;

pub(crate) use written::{Written, is_extension, read, scan};

use crate::text::{self, Country, Plan};

/// Divides a calling code from the national number, so that `47…` typed without a plus can be told from a number that
/// merely has those digits in it. Cleaned text never holds it.
pub(crate) const AFTER_COUNTRY: char = '\u{1c}';

/// Follows a number that was written without a calling code. Cleaned text never holds it.
pub(crate) const IMPLICIT: char = '\u{1a}';

/// The calling code of a number whose country is not known. No country has it.
pub(crate) const UNKNOWN: &str = "0";

/// What a typed number may consist of.
#[must_use]
pub fn is_number_char(c: char) -> bool {
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | ' ' | '-' | '.' | '/');
    text::plain(c).is_none_or(is_plain)
}

/// The national number behind a calling code, without the trunk prefix that some write there.
pub(crate) fn national<'d>(plan: &Plan, behind_code: &'d str, has_bracketed_zero: bool) -> &'d str {
    let is_whole = plan.is_possible(behind_code);
    if is_whole && (!has_bracketed_zero || plan.trunk.is_empty()) {
        return behind_code;
    }
    let zero = if has_bracketed_zero { "0" } else { plan.trunk };
    let without = |prefix: &str| behind_code.strip_prefix(prefix).filter(|_| !prefix.is_empty());
    let whole = without(zero).or_else(|| without("0")).filter(|national| plan.is_possible(national));
    whole.or_else(|| without(zero)).unwrap_or(behind_code)
}

/// Whether a number may be whole, as written in `country`.
pub(crate) fn is_whole(number: &Written, country: Country) -> bool {
    let digits = number.digits.as_str();
    let abroad = || Plan::split(digits).map(|(plan, rest)| (plan, national(plan, rest, number.has_zero())));
    if number.international {
        return abroad().is_some_and(|(plan, national)| plan.is_possible(national));
    }
    let home = country.plan();
    let is_home = |prefix: &str| digits.strip_prefix(prefix).is_some_and(|rest| home.is_possible(rest));
    is_home("") || is_home(home.trunk) || is_home(home.code) || is_whole_with_trunk(digits)
}

/// Whether digits may be a whole number of any country, written with a trunk zero.
fn is_whole_with_trunk(digits: &str) -> bool {
    digits.starts_with('0') && (8..=12).contains(&digits.len())
}

/// Appends the one form of a number that is searched.
pub(crate) fn write(number: &Written, country: Country, out: &mut String) {
    let digits = number.digits.as_str();
    if number.international {
        return match Plan::split(digits) {
            Some((plan, rest)) => join(plan.code, national(plan, rest, number.has_zero()), "", out),
            None => join(UNKNOWN, digits, "", out),
        };
    }
    let home = country.plan();
    let mut mark = [0; 4];
    let implicit: &str = IMPLICIT.encode_utf8(&mut mark);
    let whole = |prefix: &str| digits.strip_prefix(prefix).filter(|rest| home.is_possible(rest));
    if let Some(national) = whole("").or_else(|| whole(home.trunk)) {
        join(home.code, national, implicit, out);
    } else if let Some(national) = whole(home.code) {
        join(home.code, national, "", out);
    } else if let Some(national) = digits.strip_prefix('0').filter(|national| !national.is_empty()) {
        join(UNKNOWN, national, implicit, out);
    } else if home.is_too_long(digits) && digits.len() > 5 {
        join(UNKNOWN, digits, implicit, out);
    } else {
        join(home.code, digits, implicit, out);
    }
}

fn join(code: &str, national: &str, mark: &str, out: &mut String) {
    out.push_str(code);
    out.push(AFTER_COUNTRY);
    out.push_str(national);
    out.push_str(mark);
}

/// The form of the number in a text that holds one alone. `None` iff there is no digit in it.
#[cfg(test)]
pub(crate) fn canonical(text: &str) -> Option<String> {
    let mut form = String::new();
    write(&read(text)?, Country::default(), &mut form);
    Some(form)
}

#[cfg(test)]
mod tests;
