//! Phone numbers as a person types them: any spelling finds any other, and so does a part of a number.

use crate::list::phone::{self, AFTER_COUNTRY, IMPLICIT, UNKNOWN, Written, is_number_char};
use crate::list::row_text::{is_divider, is_end};
use crate::search::part::Part;
use crate::search::query::{Alternative, Lead};
use crate::search::rank::Rank;
use crate::text::{self, Plan};

/// With fewer digits, a zero in front is more likely one of a number's last digits than a trunk zero.
const TRUNK_FROM: usize = 6;

/// Fewer digits are hardly a number that is begun with the calling code of another country, and no plus.
const WITHOUT_CODE: usize = 8;

/// What may be before the digits of a whole number for it to be the one that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NumberLead {
    /// What was typed before them. With these, the digits are a hit wherever they are.
    pub typed: String,
    /// Whether they are a hit behind any calling code, because a trunk zero was typed.
    pub any_country: bool,
    /// The plan of the calling code that was typed.
    pub plan: Option<&'static Plan>,
    /// Whether the national number begins with a zero, which is not among the digits.
    pub zero: bool,
}

/// Whether a text has a digit, and may be a number otherwise.
pub(crate) fn may_be_number(word: &str) -> bool {
    let is_telling = |c: char| c.is_ascii_digit() || c == '+';
    is_number_part(word) && word.chars().filter_map(text::plain).any(is_telling)
}

/// Whether a word goes on with a number that was begun: nothing in it but what a number may hold.
pub(crate) fn is_number_part(word: &str) -> bool {
    word.chars().all(is_number_char)
}

/// The ways in which a number that may be typed in part is in the search text of a row.
pub(crate) fn alternatives(number: &Written) -> Vec<Alternative> {
    let digits = number.digits.as_str();
    let split = Plan::split(digits);
    let national = |plan, rest| phone::national(plan, rest, number.has_zero());
    let mut ways = match split.map(|(plan, rest)| (plan, national(plan, rest))) {
        Some((plan, national)) if plan.is_possible(national) => {
            vec![whole(plan, national, if number.international { None } else { Some(digits) })]
        }
        Some((plan, national)) if number.international => vec![begun(plan, national)],
        Some((plan, national)) if plan.code == "47" || digits.len() > WITHOUT_CODE => {
            vec![literal(digits), begun(plan, national)]
        }
        None if !number.international && digits.starts_with('0') && digits.len() >= TRUNK_FROM => {
            vec![with_trunk_zero(digits)]
        }
        // An id is compared with its leading zeros: what they were read as is no part of it.
        _ if number.international => vec![literal(digits).in_part(Some(Part::Phone))],
        _ => vec![literal(digits)],
    };
    ways.extend(with_other_trunk(number));
    ways
}

fn literal(digits: &str) -> Alternative {
    Alternative { pattern: digits.to_owned(), part: None, lead: Lead::Any }
}

/// A number that is only begun, behind its calling code.
fn begun(plan: &Plan, national: &str) -> Alternative {
    let pattern = format!("{}{AFTER_COUNTRY}{national}", plan.code);
    Alternative { pattern, part: Some(Part::Phone), lead: Lead::Start }
}

/// A whole number, typed with its calling code alone, or with a plus: then it is no id.
fn whole(plan: &'static Plan, national: &str, typed: Option<&str>) -> Alternative {
    let part = if typed.is_none() { Some(Part::Phone) } else { None };
    let digits = national.strip_prefix('0').unwrap_or(national);
    let typed = typed.and_then(|typed| typed.strip_suffix(digits)).unwrap_or_default().to_owned();
    let zero = digits.len() < national.len();
    let lead = NumberLead { typed, any_country: false, plan: Some(plan), zero };
    Alternative { pattern: digits.to_owned(), part, lead: Lead::Number(lead) }
}

fn with_trunk_zero(digits: &str) -> Alternative {
    let national = digits.get(1..).unwrap_or_default().to_owned();
    let lead = NumberLead { typed: "0".to_owned(), any_country: true, plan: None, zero: false };
    Alternative { pattern: national, part: None, lead: Lead::Number(lead) }
}

/// A whole national number behind a trunk prefix that is more than a zero, in each country that has it.
fn with_other_trunk(number: &Written) -> Vec<Alternative> {
    let is_other = |plan: &&Plan| !matches!(plan.trunk, "" | "0" | "1") && !number.international;
    let national = |plan: &'static Plan| {
        let national = number.digits.strip_prefix(plan.trunk)?;
        plan.is_possible(national).then(|| begun(plan, national))
    };
    Plan::all().iter().filter(is_other).filter_map(national).collect()
}

impl NumberLead {
    /// The rank of a whole number whose digits are in `text` from `at` to `end`, in the row that begins at `row`.
    /// `None` where another number has these digits. What was typed before them has to be compared by the caller.
    pub(crate) fn rank(&self, text: &[u8], row: usize, (at, end): (usize, usize)) -> Option<Rank> {
        let in_row = text.get(row..at)?;
        let form = in_row.iter().rposition(|&byte| is_divider(byte)).map_or(0, |divider| divider + 1);
        let before = std::str::from_utf8(in_row.get(form..)?).ok()?;
        let next = text.get(end).copied();
        let ends = next.is_none_or(is_end);
        let begins = Some(if ends { Rank::ExactPhone } else { Rank::WordStart });
        let (code, behind) = before.split_once(AFTER_COUNTRY)?;
        // The number of a country with a trunk zero, written with its calling code alone.
        let is_coded = || code == UNKNOWN && ends && is_whole_behind(behind, text.get(at..end));
        if self.any_country && (behind.is_empty() || is_coded()) {
            return begins;
        }
        let plan = self.plan?;
        let zero = if self.zero { "0" } else { "" };
        if code == plan.code && behind == zero {
            return begins;
        }
        let is_national = |behind: &str| behind.is_empty() || Some(behind) == without_zero(plan.trunk);
        let behind_code = behind.strip_prefix(plan.code);
        let is_same = code == UNKNOWN
            && (is_national(behind)
                || behind_code.is_some_and(|rest| matches!(rest, "" | "0") || rest == plan.trunk));
        let is_implicit = next == Some(phone::IMPLICIT as u8) && behind == zero;
        match ends {
            true if is_same => Some(Rank::ExactPhone),
            true if is_implicit => Some(Rank::NumberEnd),
            _ => None,
        }
    }
}

/// Whether these digits are a calling code, and those behind it a whole number of that country.
fn is_whole_behind(code: &str, digits: Option<&[u8]>) -> bool {
    let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
    let plan = Plan::split(code).filter(|(plan, rest)| rest.is_empty() && plan.trunk == "0");
    plan.zip(digits).is_some_and(|((plan, _), digits)| plan.is_possible(digits))
}

/// A trunk prefix without the zero that the form of a number of an unknown country has not.
fn without_zero(trunk: &str) -> Option<&str> {
    Some(trunk.strip_prefix('0').unwrap_or(trunk)).filter(|trunk| !trunk.is_empty())
}

/// The beginnings under which a lookup finds a number.
pub(crate) fn beginnings(number: &Written) -> Vec<String> {
    let home = number.digits.strip_prefix("47").map(|national| format!("47{AFTER_COUNTRY}{national}"));
    match (number.international, home) {
        (true, Some(home)) => vec![home],
        (false, Some(home)) => vec![number.digits.clone(), home],
        (_, None) => vec![number.digits.clone()],
    }
}

impl Alternative {
    /// Whether it is all of a number in its searched form, and not another number with the same digits.
    pub(crate) fn is_whole_number(&self, form: &str) -> bool {
        let number = form.trim_end_matches(IMPLICIT);
        let Some(before) = number.strip_suffix(self.pattern.as_str()) else { return false };
        let begins = |before: &str| before.is_empty() || before.ends_with(AFTER_COUNTRY);
        match &self.lead {
            Lead::Any | Lead::Start => begins(before),
            Lead::Number(lead) => {
                let typed = before.strip_suffix(lead.typed.as_str()).filter(|_| !lead.typed.is_empty());
                let rank = || lead.rank(form.as_bytes(), 0, (before.len(), number.len()));
                typed.is_some_and(begins) || rank() == Some(Rank::ExactPhone)
            }
            // A number has no signs in it.
            Lead::Divided => false,
        }
    }

    /// The same in this part of a row alone, where one is named.
    pub(crate) fn in_part(self, part: Option<Part>) -> Self {
        Self { part: part.or(self.part), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::Standard;
    use crate::list::lines::Lines;
    use crate::list::phone::read;
    use crate::search::needle::Needle;
    use crate::text::Country;
    use rstest::rstest;

    #[test]
    fn a_word_with_a_digit_or_a_plus_may_be_a_number() {
        assert!(
            may_be_number("+47") && may_be_number("(909)") && !may_be_number("()") && !may_be_number("9a")
        );
    }

    /// The best rank that what is typed has in a row with this phone. `None` where it is not found.
    fn rank_in(typed: &str, held: &str, country: &str) -> Option<Rank> {
        let mut lines = Lines::default();
        let country: Country = country.parse().unwrap();
        lines.push(&Standard { phone_2: held.into(), ..Standard::default() }, country);
        let ways = alternatives(&read(typed).unwrap());
        ways.iter().filter_map(|way| Needle::new(way, false).best_in(lines.line(0))).min()
    }

    proptest::proptest! {
        #[test]
        fn a_number_is_the_same_for_a_filter_iff_a_search_finds_it_whole(
            typed in "(\\+|00)?(47|46|45)? ?0?[1-9]{4,8}",
            held in "(\\+|00)?(47|46|45)? ?0?[1-9]{4,8}",
            is_equal: bool,
        ) {
            let held = if is_equal { typed.trim_start_matches('+').to_owned() } else { held };
            let mut lines = Lines::default();
            lines.push(&Standard { phone_1: held.as_str().into(), ..Standard::default() }, Country::default());
            let ways = alternatives(&read(&typed).unwrap());
            let in_phone = ways.iter().cloned().map(|way| way.in_part(Some(Part::Phone))).collect::<Vec<_>>();
            let best = in_phone.iter().filter_map(|way| Needle::new(way, false).best_in(lines.line(0))).min();
            let forms = lines.line(0).trim_end_matches('\u{1e}').split('\u{1f}').nth(2).unwrap();
            let mut forms = forms.split('\u{1d}');
            let is_same = forms.any(|form| ways.iter().any(|way| way.is_whole_number(form)));
            proptest::prop_assert_eq!(is_same, best == Some(Rank::ExactPhone));
        }
    }

    #[rstest]
    #[case::plus_to_plain("+47 909 09 090", "90909090", Rank::ExactPhone)]
    #[case::zeros_to_plain("0047 90909090", "90909090", Rank::ExactPhone)]
    #[case::plain_to_zeros("95499097", "004795499097", Rank::ExactPhone)]
    #[case::begun_with_plus("+47 95", "95499097", Rank::WordStart)]
    #[case::begun_without_plus("4795", "+4795499097", Rank::WordStart)]
    #[case::last_digits("9097", "004795499097", Rank::NumberEnd)]
    #[case::too_few_last_digits("097", "95499097", Rank::Inside)]
    #[case::digits_inside("4990", "95499097", Rank::Inside)]
    #[case::number_that_begins_with_47("4712", "47123456", Rank::WordStart)]
    #[case::a_bracketed_zero("+46 (0)8 123 456 78", "+46812345678", Rank::ExactPhone)]
    #[case::a_bracketed_zero_in_norway("+47 (0) 909 09 090", "909 09 090", Rank::ExactPhone)]
    #[case::a_trunk_zero("08-123 456 78", "+46 8 123 456 78", Rank::ExactPhone)]
    #[case::held_with_a_trunk_zero("+46812345678", "08-123 456 78", Rank::ExactPhone)]
    #[case::both_with_a_trunk_zero("08-123 456 78", "0812345678", Rank::ExactPhone)]
    #[case::typed_without_a_plus("46812345678", "+46 (0)8-123 456 78", Rank::ExactPhone)]
    #[case::held_without_a_plus("+46812345678", "46812345678", Rank::ExactPhone)]
    #[case::a_begun_trunk_number("08-123 4", "+46 8 123 456 78", Rank::WordStart)]
    #[case::italy_inside("06 1234567", "+39 06 1234567", Rank::ExactPhone)]
    #[case::italy_from_abroad("+39 06 1234567", "06 1234567", Rank::ExactPhone)]
    #[case::hungary("06 30 123 4567", "+36 30 123 4567", Rank::ExactPhone)]
    #[case::hungary_from_abroad("+36 30 123 4567", "06 30 123 4567", Rank::ExactPhone)]
    #[case::russia("8 912 345-67-89", "+7 912 345-67-89", Rank::ExactPhone)]
    #[case::russia_from_abroad("+7 912 345-67-89", "8 (912) 345-67-89", Rank::ExactPhone)]
    #[case::spain("+34 612 345 678", "612 345 678", Rank::ExactPhone)]
    #[case::read_as_norwegian("+45 20 12 34 56", "20 12 34 56", Rank::NumberEnd)]
    fn a_number_is_found_in_any_spelling_and_in_part(
        #[case] typed: &str,
        #[case] held: &str,
        #[case] rank: Rank,
    ) {
        assert_eq!(rank_in(typed, held, "NO"), Some(rank));
    }

    #[rstest]
    #[case::across_the_country_code("79", "90909090")]
    #[case::other_country("+46 909", "90909090")]
    #[case::another_country_said("+45 20123456", "+47 20123456")]
    #[case::another_country_with_the_same_end("+46 8 123 456 78", "+45 812345678")]
    #[case::a_longer_number("+46 8 123 456 78", "08-123 456 789")]
    fn another_number_is_not_found(#[case] typed: &str, #[case] held: &str) {
        assert_eq!(rank_in(typed, held, "NO"), None);
    }

    #[rstest]
    #[case::from_abroad("+46812345678", "08-123 456 78", "SE")]
    #[case::from_inside("08-123 456 78", "+46812345678", "SE")]
    #[case::without_trunk("8 123 456 78", "08-123 456 78", "SE")]
    #[case::united_states("1 (212) 555-0123", "212-555-0123", "US")]
    #[case::norway_from_denmark("+47 909 09 090", "+4790909090", "DK")]
    fn a_number_is_found_in_an_account_of_another_country(
        #[case] typed: &str,
        #[case] held: &str,
        #[case] country: &str,
    ) {
        assert_eq!(rank_in(typed, held, country), Some(Rank::ExactPhone));
    }
}
