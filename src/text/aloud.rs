//! Numbers in the groups in which they are read aloud.

use super::calling::{Country, Plan};

const DENMARK: &str = "45";
const NORWAY: &str = "47";

/// The groups of a number: digits in pairs or threes as its country groups them, the calling code before them. What is
/// neither a digit nor a plus at the start does not count.
#[must_use]
pub fn number_groups(number: &str, country: Country) -> Vec<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if !number.trim_start().starts_with('+') {
        let is_possible = country.plan().is_possible(&digits);
        let code = if is_possible { country.plan().code } else { "" };
        return in_groups(&digits, sizes(code, &digits));
    }
    let (code, national) = Plan::split(&digits).map_or(("", &*digits), |(plan, rest)| (plan.code, rest));
    let code_itself = format!("+{code}");
    [code_itself].into_iter().chain(in_groups(national, sizes(code, national))).collect()
}

/// How long the groups are.
fn sizes(code: &str, national: &str) -> Vec<usize> {
    let is_mobile = national.starts_with(['4', '8', '9']);
    match (code, national.len()) {
        (NORWAY, 8) if is_mobile => vec![3, 2, 3],
        (NORWAY | DENMARK, 8) => vec![2; 4],
        (_, ..=4) => vec![national.len()],
        (_, len) => {
            let mut sizes = vec![3; len / 3];
            match len % 3 {
                1 => {
                    // Three and one are two and two.
                    sizes.pop();
                    sizes.extend([2, 2]);
                }
                2 => sizes.push(2),
                _ => {}
            }
            sizes
        }
    }
}

fn in_groups(digits: &str, sizes: Vec<usize>) -> Vec<String> {
    let mut rest = digits;
    let groups = sizes.into_iter().map(|size| {
        let (group, after) = rest.split_at_checked(size).unwrap_or((rest, ""));
        rest = after;
        group.to_owned()
    });
    groups.filter(|group| !group.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::mobile("90909088", "909 09 088")]
    #[case::fixed("22 33 44 55", "22 33 44 55")]
    #[case::with_a_code("+4790909088", "+47 909 09 088")]
    #[case::danish("+4533445566", "+45 33 44 55 66")]
    #[case::another_country("+46812345678", "+46 812 345 678")]
    #[case::short("02800", "028 00")]
    #[case::an_id("9120011888", "912 001 18 88")]
    #[case::an_emergency("112", "112")]
    #[case::nothing("", "")]
    fn a_number_is_read_in_the_groups_of_its_country(#[case] number: &str, #[case] groups: &str) {
        assert_eq!(number_groups(number, Country::default()).join(" "), groups);
    }
}
