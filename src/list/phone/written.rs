//! Numbers as people write them: several in one field, with words, extensions and the signs of softphones around them.

use crate::list::phone::is_whole;
use crate::text::{self, Country};

/// Words before the digits of an extension, folded.
const EXTENSIONS: [&str; 12] = [
    "ext",
    "extn",
    "extension",
    "x",
    "linje",
    "lokal",
    "int",
    "intern",
    "internt",
    "innvalg",
    "ank",
    "anknytning",
];
/// An extension has no more digits than this.
const LONGEST_EXTENSION: usize = 7;
/// Fewer digits than this are never a number beside another one.
const SHORTEST: usize = 6;

/// A number taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its digits, without `+` and the `00` of an international call.
    pub digits: String,
    /// Whether it began with `+` or `00`.
    pub international: bool,
    /// Whether a zero was bracketed, as in `+46 (0)8`.
    zero: bool,
}

impl Written {
    /// Whether it has a zero in brackets, which is dialled only inside its country.
    pub(crate) fn has_zero(&self) -> bool {
        self.zero
    }

    fn new(digits: String, has_plus: bool, zero: bool) -> Self {
        match digits.strip_prefix("00") {
            Some(rest) if !has_plus && !rest.is_empty() => {
                Self { digits: rest.to_owned(), international: true, zero }
            }
            _ => Self { digits, international: has_plus, zero },
        }
    }
}

/// What is in a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scan {
    /// The numbers, in order.
    pub numbers: Vec<Written>,
    /// Whether there is more in it than numbers.
    pub has_words: bool,
}

/// Takes the one number in a text apart. `None` iff there is no digit in it.
pub(crate) fn read(text: &str) -> Option<Written> {
    let plain = || text.chars().filter_map(text::plain);
    let digits: String = plain().filter(char::is_ascii_digit).collect();
    let has_plus = plain().find(|c| !matches!(c, ' ' | '(')) == Some('+');
    let has_zero = plain().filter(|c| *c != ' ').collect::<String>().contains("(0)");
    (!digits.is_empty()).then(|| Written::new(digits, has_plus, has_zero))
}

/// Finds the numbers in a text of an account in `country`.
pub(crate) fn scan(text: &str, country: Country) -> Scan {
    if let Some(number) = simple(text).filter(|number| is_whole(number, country)) {
        return Scan { numbers: vec![number], has_words: false };
    }
    let text: Vec<char> = text.chars().filter_map(text::plain).collect();
    let mut scanner = Scanner { rest: &text, run: Run::default(), country, found: Scan::default() };
    scanner.run();
    scanner.found
}

/// The number in a text that consists of digits and the usual signs between them: most do.
fn simple(text: &str) -> Option<Written> {
    let (has_plus, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
    let mut digits = String::with_capacity(rest.len());
    for byte in rest.bytes() {
        match byte {
            b'0'..=b'9' => digits.push(char::from(byte)),
            b' ' | b'-' | b'.' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then(|| Written::new(digits, has_plus, false))
}

/// Digits with nothing but signs between them: one number or several.
#[derive(Clone, Default)]
struct Run {
    has_plus: bool,
    /// The groups of digits, and whether a slash is before each.
    groups: Vec<(String, bool)>,
    /// The group that is a zero in brackets.
    zero: Option<usize>,
    /// What was read since the last digit.
    gap: String,
}

impl Run {
    fn push(&mut self, digit: char) {
        if self.groups.is_empty() || !self.gap.is_empty() {
            self.groups.push((String::new(), self.gap.contains('/')));
        }
        let is_bracketed = self.gap.ends_with('(');
        self.gap.clear();
        if let Some((group, _)) = self.groups.last_mut() {
            group.push(digit);
        }
        if is_bracketed {
            self.zero = Some(self.groups.len() - 1);
        }
    }

    /// The number that the groups from `from` to `to` make up.
    fn number(&self, from: usize, to: usize) -> Written {
        let groups = self.groups.get(from..to).unwrap_or_default();
        let is_zero = |at: usize| self.groups.get(at).is_some_and(|(group, _)| group == "0");
        let zero = self.zero.is_some_and(|zero| (from..to).contains(&zero) && is_zero(zero));
        let digits = groups.iter().map(|(group, _)| group.as_str()).collect();
        Written::new(digits, self.has_plus && from == 0, zero)
    }

    /// Appends the numbers from the group at `from` on: two where both may be whole, else one.
    fn numbers(&self, from: usize, country: Country, out: &mut Vec<Written>) {
        let end = self.groups.len();
        let whole = self.number(from, end);
        let is_divided = |at: &usize| {
            let (left, right) = (self.number(from, *at), self.number(*at, end));
            let has_slash = self.groups.get(*at).is_some_and(|(_, has_slash)| *has_slash);
            has_slash && left.digits.len() >= SHORTEST && right.digits.len() >= SHORTEST
        };
        let mut at = (from + 1..end).find(is_divided);
        if at.is_none() && !is_whole(&whole, country) {
            at = (from + 1..end)
                .find(|at| is_whole(&self.number(from, *at), country) && self.begins_whole(*at, country));
        }
        match at {
            Some(at) => {
                out.push(self.number(from, at));
                self.numbers(at, country, out);
            }
            None => out.extend((!whole.digits.is_empty()).then_some(whole)),
        }
    }

    /// Whether a whole number begins with the group at `from`, and only whole ones follow.
    fn begins_whole(&self, from: usize, country: Country) -> bool {
        let mut rest = Vec::new();
        self.numbers(from, country, &mut rest);
        rest.iter().all(|number| is_whole(number, country))
    }
}

struct Scanner<'t> {
    rest: &'t [char],
    run: Run,
    country: Country,
    found: Scan,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some((&c, rest)) = self.rest.split_first() {
            match c {
                '0'..='9' => self.run.push(c),
                '+' => {
                    self.end_run();
                    self.run.has_plus = true;
                }
                ' ' | '-' | '.' | '(' | ')' | '/' => self.run.gap.push(c),
                _ => {
                    self.word(c);
                    continue;
                }
            }
            self.rest = rest;
        }
        self.end_run();
    }

    /// Reads what is no number, up to where one may begin again.
    fn word(&mut self, first: char) {
        let follows_number = self.end_run();
        self.found.has_words = true;
        let is_letter = |c: &&char| c.is_alphabetic();
        let letters: String = self.rest.iter().take_while(is_letter).collect();
        self.skip(letters.chars().count().max(1));
        match first {
            // A parameter of a tel: address.
            ';' => {
                let name = self.rest.iter().take_while(|c| c.is_alphanumeric() || **c == '-').count();
                if self.rest.get(name) == Some(&'=') {
                    self.skip_until(&[';', ' ', '>', ',']);
                }
            }
            '@' => self.skip_until(&[';', ' ', '>', ',']),
            '#' if follows_number => self.skip_extension(),
            _ if follows_number && is_extension(&letters) => self.skip_extension(),
            _ => {}
        }
    }

    fn skip_extension(&mut self) {
        let signs = self.rest.iter().take_while(|c| matches!(c, ' ' | '.' | ':' | '=' | '-')).count();
        let digits = self.rest.iter().skip(signs).take_while(|c| c.is_ascii_digit()).count();
        if digits <= LONGEST_EXTENSION {
            self.skip(signs + digits);
        }
    }

    fn skip_until(&mut self, ends: &[char]) {
        self.skip(self.rest.iter().take_while(|c| !ends.contains(c)).count());
    }

    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Takes in the numbers of the run. Whether there are any.
    fn end_run(&mut self) -> bool {
        let mut run = std::mem::take(&mut self.run);
        if run.groups.is_empty() {
            return false;
        }
        // A plus may also join two numbers that have no calling code.
        let whole = |run: &Run| is_whole(&run.number(0, run.groups.len()), self.country);
        if run.has_plus && !whole(&run) {
            let as_joined = Run { has_plus: false, ..run.clone() };
            if whole(&as_joined) {
                run = as_joined;
            }
        }
        run.numbers(0, self.country, &mut self.found.numbers);
        true
    }
}

/// Whether a word announces an extension.
pub(crate) fn is_extension(word: &str) -> bool {
    EXTENSIONS.contains(&text::fold(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn found(text: &str) -> Vec<String> {
        let plus = |number: &Written| if number.international { "+" } else { "" };
        let numbers = scan(text, Country::default()).numbers;
        numbers.iter().map(|number| format!("{}{}", plus(number), number.digits)).collect()
    }

    #[rstest]
    #[case::one("909 09 090", &["90909090"])]
    #[case::a_slash("90909090 / 22334455", &["90909090", "22334455"])]
    #[case::a_slash_alone("90909090/22334455", &["90909090", "22334455"])]
    #[case::a_comma("909 09 090, 22 33 44 55", &["90909090", "22334455"])]
    #[case::a_semicolon("90909090; 22334455", &["90909090", "22334455"])]
    #[case::or("90909090 eller 22334455", &["90909090", "22334455"])]
    #[case::and("90909090 og 22334455", &["90909090", "22334455"])]
    #[case::a_line_end("90909090\n22334455", &["90909090", "22334455"])]
    #[case::a_space("909 09 090 22 33 44 55", &["90909090", "22334455"])]
    #[case::three("909 09 090 22 33 44 55 954 99 097", &["90909090", "22334455", "95499097"])]
    #[case::a_dash("90909090 - 22334455", &["90909090", "22334455"])]
    #[case::two_plus("+4790909090+4722334455", &["+4790909090", "+4722334455"])]
    #[case::words("mob. 909 09 090, jobb 22 33 44 55", &["90909090", "22334455"])]
    #[case::an_area_in_slashes("040/123456", &["040123456"])]
    #[case::an_extension("22 33 44 55 ext. 12", &["22334455"])]
    #[case::x("22334455x12", &["22334455"])]
    #[case::a_line("22334455 linje 3", &["22334455"])]
    #[case::a_hash("22334455 #12", &["22334455"])]
    #[case::a_number_behind_an_extension("22334455 ext 12, 90909090", &["22334455", "90909090"])]
    #[case::a_tel_address("tel:+47-909-09-090;ext=12;phone-context=+47", &["+4790909090"])]
    #[case::a_sip_address("sip:+4790909090@10.0.0.1:5060;user=phone", &["+4790909090"])]
    #[case::full_width("＋４７　９０９０９０９０", &["+4790909090"])]
    #[case::marks_of_direction("\u{202a}+47 909 09 090\u{202c}", &["+4790909090"])]
    #[case::dashes("909\u{2011}09\u{2013}090", &["90909090"])]
    #[case::sweden("+46 (0)8-123 456 78", &["+460812345678"])]
    #[case::words_alone("ring Kari", &[])]
    #[case::signs("+ / ()", &[])]
    fn the_numbers_in_a_text_are_found(#[case] text: &str, #[case] numbers: &[&str]) {
        assert_eq!(found(text), numbers);
    }

    #[rstest]
    #[case::digits("909 09 090", false)]
    #[case::two_numbers("90909090 / 22334455", false)]
    #[case::a_name("Kari: 95499097", true)]
    #[case::an_extension("22334455x12", true)]
    #[case::a_space_without_a_break("909\u{a0}09\u{a0}090", false)]
    fn words_beside_numbers_are_told(#[case] text: &str, #[case] has_words: bool) {
        assert_eq!(scan(text, Country::default()).has_words, has_words);
    }
}
