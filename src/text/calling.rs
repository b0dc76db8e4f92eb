//! The rules of phone numbers: calling codes, trunk prefixes, lengths. They come from libphonenumber's metadata, as a
//! table; `benches/numbers/table.py` makes it.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

static PLANS: LazyLock<Vec<Plan>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/numbers.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(Plan::read).collect()
});

/// Norway's calling code.
const NORWAY: &str = "47";

/// The rules of the numbers with one calling code.
#[derive(PartialEq, Eq)]
pub(crate) struct Plan {
    /// The calling code, without a plus.
    pub(crate) code: &'static str,
    /// What is dialled before a national number inside the country. Empty where nothing is.
    pub(crate) trunk: &'static str,
    /// For each first digit of a national number a bit for each length that such a number may have.
    lengths: [u32; 10],
    /// The two letters of the countries with this code, divided by spaces.
    countries: &'static str,
}

impl Plan {
    /// Reads a line of the table. `None` iff it is not one.
    fn read(line: &'static str) -> Option<Self> {
        let mut parts = line.split('|');
        let (code, trunk, numbers) = (parts.next()?, parts.next()?, parts.next()?);
        let countries = parts.next()?;
        let mut lengths = [0; 10];
        for of_digits in numbers.split(' ') {
            let (digits, lens) = of_digits.split_once(':')?;
            for digit in numbers_in(digits) {
                let known = lengths.get_mut(digit as usize)?;
                *known |= numbers_in(lens).fold(0, |bits, len| bits | 1 << len);
            }
        }
        Some(Self { code, trunk, lengths, countries })
    }

    /// The plan that a number begins with, and what follows its calling code.
    pub(crate) fn split(digits: &str) -> Option<(&'static Self, &str)> {
        // No calling code is the beginning of another one.
        (1..=3).find_map(|len| {
            let (code, national) = digits.split_at_checked(len)?;
            let at = PLANS.binary_search_by_key(&code.parse::<u16>().ok(), |plan| plan.code.parse().ok());
            Some((PLANS.get(at.ok()?)?, national)).filter(|(plan, _)| plan.code == code)
        })
    }

    /// All plans.
    pub(crate) fn all() -> &'static [Self] {
        &PLANS
    }

    /// Whether a national number may be whole: it has a length that numbers with its first digit have.
    pub(crate) fn is_possible(&self, national: &str) -> bool {
        let first = national.bytes().next().and_then(|byte| byte.checked_sub(b'0'));
        let lengths = first.and_then(|first| self.lengths.get(usize::from(first))).copied();
        lengths.unwrap_or_default().checked_shr(len_u32(national)).is_some_and(|bits| bits & 1 == 1)
    }

    /// Whether a national number is longer than any may be.
    pub(crate) fn is_too_long(&self, national: &str) -> bool {
        self.lengths.iter().all(|lengths| lengths.checked_shr(len_u32(national)).unwrap_or_default() == 0)
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plan(+{})", self.code)
    }
}

/// The country whose calling code may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country(&'static Plan);

impl Country {
    /// The rules of its numbers.
    pub(crate) fn plan(self) -> &'static Plan {
        self.0
    }
}

impl fmt::Display for Country {
    /// Its calling code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0.code)
    }
}

impl Default for Country {
    /// Norway.
    fn default() -> Self {
        static NONE: Plan = Plan { code: NORWAY, trunk: "", lengths: [0; 10], countries: "" };
        Self(Plan::split(NORWAY).map_or(&NONE, |(plan, _)| plan))
    }
}

/// That two letters name no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a country has two capital letters, as NO or SE")]
pub struct NoSuchCountry;

impl FromStr for Country {
    type Err = NoSuchCountry;

    /// Reads the two capital letters of ISO 3166, as `NO`.
    fn from_str(text: &str) -> Result<Self, NoSuchCountry> {
        let has = |plan: &&Plan| plan.countries.split(' ').any(|country| !text.is_empty() && country == text);
        PLANS.iter().find(has).map(Self).ok_or(NoSuchCountry)
    }
}

/// The numbers in a list as `1-3,5`.
fn numbers_in(ranges: &str) -> impl Iterator<Item = u32> {
    ranges.split(',').flat_map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        first.parse().unwrap_or(u32::MAX)..=last.parse().unwrap_or_default()
    })
}

fn len_u32(digits: &str) -> u32 {
    u32::try_from(digits.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn every_line_of_the_table_is_read_and_they_are_in_order() {
        let lines = include_str!("../../assets/numbers.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(PLANS.len(), lines.count());
        assert!(PLANS.is_sorted_by_key(|plan| plan.code.parse::<u16>().unwrap()));
        assert!(PLANS.iter().all(|plan| plan.lengths.iter().any(|&lengths| lengths != 0)));
    }

    #[rstest]
    #[case::norway("4790909090", "47", "90909090")]
    #[case::three_digits("358401234567", "358", "401234567")]
    #[case::one_digit("12125550123", "1", "2125550123")]
    #[case::the_code_alone("46", "46", "")]
    fn a_number_begins_with_its_calling_code(
        #[case] digits: &str,
        #[case] code: &str,
        #[case] national: &str,
    ) {
        assert_eq!(Plan::split(digits).map(|(plan, rest)| (plan.code, rest)), Some((code, national)));
    }

    #[rstest]
    #[case::nothing("")]
    #[case::half_a_code("35")]
    #[case::no_code("999123")]
    #[case::a_trunk_prefix("0812345678")]
    fn what_begins_with_no_calling_code_has_no_plan(#[case] digits: &str) {
        assert_eq!(Plan::split(digits), None);
    }

    #[rstest]
    #[case::norway("NO", "90909090", true)]
    #[case::norway_of_five_digits("NO", "02800", true)]
    #[case::eight_digits_with_a_zero("NO", "08123456", false)]
    #[case::sweden("SE", "812345678", true)]
    #[case::too_short("SE", "8123", false)]
    #[case::italy_keeps_its_zero("IT", "061234567", true)]
    #[case::nothing("NO", "", false)]
    #[case::endless(
        "NO",
        "9090909090909090909090909090909090909090909090909090909090909090909090909090",
        false
    )]
    fn a_whole_number_has_a_length_of_its_country(
        #[case] country: &str,
        #[case] national: &str,
        #[case] is_possible: bool,
    ) {
        assert_eq!(country.parse::<Country>().unwrap().plan().is_possible(national), is_possible);
    }

    #[rstest]
    #[case::small_letters("no")]
    #[case::no_country("XX")]
    #[case::nothing("")]
    #[case::two("NO SJ")]
    fn what_is_no_country_is_refused(#[case] text: &str) {
        assert_eq!(text.parse::<Country>(), Err(NoSuchCountry));
    }

    #[test]
    fn norway_is_the_country_unless_another_is_named() {
        assert_eq!(Ok(Country::default()), "NO".parse());
    }
}
