//! The forms of numbers: every spelling of one number has the same, apart from the mark of a missing calling code.

use super::*;
use rstest::rstest;

fn in_country(spelling: &str, country: &str) -> Vec<String> {
    let scanned = scan(spelling, country.parse().unwrap());
    let form = |number: &Written| {
        let mut form = String::new();
        write(number, country.parse().unwrap(), &mut form);
        form.replace(AFTER_COUNTRY, "|").replace(IMPLICIT, "~")
    };
    scanned.numbers.iter().map(form).collect()
}

#[rstest]
#[case::plain("90909090", "47|90909090~")]
#[case::grouped("909 09 090", "47|90909090~")]
#[case::pairs("90 90 90 90", "47|90909090~")]
#[case::plus("+4790909090", "47|90909090")]
#[case::plus_grouped("+47 909 09 090", "47|90909090")]
#[case::zeros("004790909090", "47|90909090")]
#[case::zeros_grouped("0047 90909090", "47|90909090")]
#[case::brackets("(+47) 90909090", "47|90909090")]
#[case::no_plus("4790909090", "47|90909090")]
#[case::a_zero_that_norway_has_not("+47 (0) 909 09 090", "47|90909090")]
#[case::a_bare_zero("+47 0 909 09 090", "47|90909090")]
#[case::five_digits("02800", "47|02800~")]
#[case::a_short_one("909", "47|909~")]
#[case::sweden("+46 70 123 45 67", "46|701234567")]
#[case::sweden_with_zeros("0046701234567", "46|701234567")]
#[case::sweden_with_a_bracketed_zero("+46 (0)8 123 456 78", "46|812345678")]
#[case::sweden_with_its_trunk_zero("+46 08 123 456 78", "46|812345678")]
#[case::sweden_as_written_there("08-123 456 78", "0|812345678~")]
#[case::sweden_without_a_plus("46812345678", "0|46812345678~")]
#[case::italy_keeps_its_zero("+39 06 1234567", "39|061234567")]
#[case::italy_keeps_a_bracketed_zero("+39 (0)6 1234567", "39|061234567")]
#[case::hungary("+36 06 30 123 4567", "36|301234567")]
#[case::russia("+7 8 912 345-67-89", "7|9123456789")]
#[case::no_calling_code("+999 12", "0|99912")]
#[case::spain_without_a_code("612 345 678", "0|612345678~")]
fn a_spelling_has_a_form_in_norway(#[case] spelling: &str, #[case] form: &str) {
    assert_eq!(in_country(spelling, "NO"), [form]);
}

#[rstest]
#[case::with_its_trunk_zero("SE", "08-123 456 78", "46|812345678~")]
#[case::without_it("SE", "8-123 456 78", "46|812345678~")]
#[case::without_a_plus("SE", "46812345678", "46|812345678")]
#[case::hungary("HU", "06 30 123 4567", "36|301234567~")]
#[case::russia("RU", "8 912 345-67-89", "7|9123456789~")]
#[case::united_states("US", "(212) 555-0123", "1|2125550123~")]
#[case::united_states_with_a_one("US", "1-212-555-0123", "1|2125550123~")]
#[case::denmark("DK", "20 12 34 56", "45|20123456~")]
fn a_national_number_belongs_to_the_accounts_country(
    #[case] country: &str,
    #[case] spelling: &str,
    #[case] form: &str,
) {
    assert_eq!(in_country(spelling, country), [form]);
}

#[test]
fn words_alone_are_no_number() {
    assert_eq!(canonical("ring Kari"), None);
    assert!(scan("ring Kari", Country::default()).numbers.is_empty());
}
