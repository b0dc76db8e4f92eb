//! How many of those whom a caller may mean are found: rates over generated cases, with fixed seeds.
//!
//! `cargo test --lib -- search::tests::rates --nocapture` prints them.

use super::*;
use crate::list::Slot;
use crate::search::alike;
use crate::text::Country;
use std::fmt::Write as _;

const CASES: usize = 2_000;

/// Countries and how national numbers begin there, as dialled inside the country, with `#` for a digit.
type Numbers = (&'static str, &'static str, &'static [&'static str]);
const NUMBERS: [Numbers; 12] = [
    ("46", "0", &["8 ### ### ##", "70 ### ## ##", "31 ## ## ##"]),
    ("358", "0", &["40 ### ####", "9 ### ####"]),
    ("44", "0", &["20 #### ####", "7### ######"]),
    ("33", "0", &["6 ## ## ## ##", "1 ## ## ## ##"]),
    ("49", "0", &["151 ########", "30 ########"]),
    ("31", "0", &["6 ########", "20 ### ####"]),
    ("41", "0", &["79 ### ## ##", "44 ### ## ##"]),
    ("43", "0", &["664 ######", "1 #######"]),
    ("32", "0", &["4## ## ## ##", "2 ### ## ##"]),
    ("353", "0", &["85 ### ####", "1 ### ####"]),
    ("47", "", &["9## ## ###", "4## ## ###", "22 ## ## ##"]),
    ("45", "", &["2# ## ## ##", "3# ## ## ##"]),
];

struct Dice(fastrand::Rng);

impl Dice {
    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.0.usize(..from.len())]
    }

    /// A number's calling code, trunk prefix and national number.
    fn number(&mut self) -> (&'static str, &'static str, String) {
        let numbers = *self.pick(&NUMBERS);
        self.number_of(numbers)
    }

    fn number_of(&mut self, (code, trunk, forms): Numbers) -> (&'static str, &'static str, String) {
        let form = *self.pick(forms);
        let national = form.chars().map(|c| if c == '#' { self.0.digit(10) } else { c }).collect();
        (code, trunk, national)
    }

    /// One of the ways in which a number is written.
    fn spelling(&mut self, (code, trunk, national): &(&str, &str, String)) -> String {
        let plain: String = national.chars().filter(|c| *c != ' ').collect();
        let sign = *self.pick(&[" ", "-", ".", ""]);
        let grouped = national.replace(' ', sign);
        match self.0.usize(..8) {
            0 => format!("+{code}{plain}"),
            1 => format!("+{code} {grouped}"),
            2 => format!("+{code} (0){grouped}"),
            3 => format!("00{code}{plain}"),
            4 => format!("(+{code}) {grouped}"),
            5 => format!("tel:+{code}{plain}"),
            6 => format!("{trunk}{plain}"),
            _ => format!("{trunk}{grouped}"),
        }
    }
}

fn customers(records: &[serde_json::Value]) -> Store {
    customers_in(Country::default(), records)
}

fn customers_in(country: Country, records: &[serde_json::Value]) -> Store {
    let (mut store, packing) = (Store::new(), Packing::of(country));
    let pages = u32::try_from(records.chunks(500).len()).unwrap();
    for (number, records) in (1..).zip(records.chunks(500)) {
        let next = (number < pages).then_some("http://elsewhere/?page=9");
        let body = serde_json::json!({ "count": null, "next": next, "results": records }).to_string();
        let page = Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap();
        store.page_arrived(Arc::new(Segment::new(&page, &packing)));
    }
    store
}

fn slot_of(at: usize) -> Slot {
    Slot::new(u32::try_from(at / 500 + 1).unwrap(), u32::try_from(at % 500).unwrap())
}

fn hits(store: &Store, query: &Query) -> Found {
    let mut found = Found::default();
    found.add(run(query, &unsearched(store), &AtomicBool::new(false)).unwrap());
    found
}

/// How many customers of an account are found by another spelling of their number, how many of them with another
/// customer beside them, and how often only others are found.
fn found_by_number(dice: &mut Dice, country: Country, numbers: &[(&str, &str, String)]) -> [usize; 3] {
    let record = |(at, number): (usize, &_)| serde_json::json!({ "crm__customer_id": format!("77{at:08}"), "crm__standard_info__phone_1": dice.spelling(number) });
    let records: Vec<_> = numbers.iter().enumerate().map(record).collect();
    let store = customers_in(country, &records);
    let mut counts = [0; 3];
    for (at, number) in numbers.iter().enumerate() {
        let typed = dice.spelling(number);
        let found = hits(&store, &Query::search(&typed, Reach::Standard, &FieldMap::default()));
        let is_found = found.row_of(slot_of(at)).is_some();
        counts[0] += usize::from(is_found);
        counts[1] += usize::from(is_found && found.len() > 1);
        counts[2] += usize::from(!is_found && !found.is_empty());
    }
    counts
}

#[test]
fn nearly_every_spelling_of_a_number_finds_every_other() {
    let mut dice = Dice(fastrand::Rng::with_seed(12));
    let numbers: Vec<_> = (0..CASES).map(|_| dice.number()).collect();
    let [right, others, only_others] = found_by_number(&mut dice, Country::default(), &numbers);
    println!("numbers: {right} of {CASES} found, {others} with another beside, {only_others} another alone");
    assert!(right * 100 >= CASES * 99 && others * 100 <= CASES && only_others == 0);
}

#[test]
fn so_do_they_in_an_account_of_another_country() {
    let mut dice = Dice(fastrand::Rng::with_seed(14));
    let mut sums = [0; 3];
    let countries = ["SE", "FI", "GB", "FR", "DE", "NL", "CH", "AT", "BE", "IE", "NO", "DK"];
    let each = CASES.div_ceil(countries.len());
    for (home, country) in countries.into_iter().enumerate() {
        // Four of five customers are of the account's own country.
        let numbers: Vec<_> = (0..each)
            .map(|at| if at % 5 == 0 { dice.number() } else { dice.number_of(NUMBERS[home]) })
            .collect();
        let counts = found_by_number(&mut dice, country.parse().unwrap(), &numbers);
        sums = std::array::from_fn(|at| sums[at] + counts[at]);
    }
    let cases = each * countries.len();
    let [right, others, only_others] = sums;
    println!(
        "in other countries: {right} of {cases} found, {others} with another beside, {only_others} another alone"
    );
    assert!(right * 100 >= cases * 99 && others * 100 <= cases && only_others == 0);
}

/// The words of a file of the demo town, names with one word alone.
fn words(file: &'static str) -> Vec<&'static str> {
    let words = file.lines().map(|line| line.split('\t').next().unwrap_or_default().trim());
    words.filter(|word| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic)).collect()
}

/// Ways in which a name is misheard: what is said, and what is written.
const HEARD: [(&str, &str); 24] = [
    ("k", "c"),
    ("c", "k"),
    ("v", "w"),
    ("w", "v"),
    ("t", "th"),
    ("th", "t"),
    ("f", "ph"),
    ("ks", "x"),
    ("x", "ks"),
    ("s", "z"),
    ("ss", "s"),
    ("nn", "n"),
    ("n", "nn"),
    ("tt", "t"),
    ("l", "ll"),
    ("ll", "l"),
    ("sen", "son"),
    ("sen", "ssen"),
    ("kr", "chr"),
    ("å", "aa"),
    ("sj", "skj"),
    ("j", "hj"),
    ("j", "gj"),
    ("kj", "skj"),
];

/// A word misheard by one edit or one sound. `None` where this one can't be.
fn misheard(dice: &mut Dice, word: &str) -> Option<String> {
    let word = word.to_lowercase();
    if dice.0.bool() {
        let (said, written) = *dice.pick(&HEARD);
        let at = word.find(said)?;
        let mut heard = word.clone();
        heard.replace_range(at..at + said.len(), written);
        return Some(heard);
    }
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.0.usize(..letters.len());
    match dice.0.u8(..4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, dice.0.lowercase()),
        2 => letters[at] = dice.0.lowercase(),
        _ => {
            let next = (at + 1) % letters.len();
            letters.swap(at, next);
        }
    }
    Some(letters.into_iter().collect()).filter(|heard| *heard != word)
}

/// A town of people with names of the demo town, some of them rarer than others.
fn people(dice: &mut Dice, count: usize) -> Vec<(String, String)> {
    let given = words(include_str!("../../../assets/demo/given.txt"));
    let surnames = words(include_str!("../../../assets/demo/surnames.txt"));
    let person = |_| {
        let often = |dice: &mut Dice, len: usize| dice.0.usize(..len).min(dice.0.usize(..len));
        let (one, other) = (often(dice, given.len()), often(dice, surnames.len()));
        (given[one].to_owned(), surnames[other].to_owned())
    };
    (0..count).map(person).collect()
}

fn town(people: &[(String, String)]) -> Store {
    let record = |(at, (given, surname)): (usize, &(String, String))| serde_json::json!({ "crm__customer_id": format!("77{at:08}"), "crm__standard_info__name": format!("{given} {surname}") });
    customers(&people.iter().enumerate().map(record).collect::<Vec<_>>())
}

/// The rows as they are shown, the hits first and then who is alike.
fn shown(store: &Store, line: &str, most: usize) -> Vec<Slot> {
    let query = Query::search(line, Reach::Standard, &FieldMap::default());
    let found = hits(store, &query);
    let alike = alike::run(line, &query, &unsearched(store), &AtomicBool::new(false)).unwrap();
    let rows = (0..found.len()).filter_map(|row| found.slot(row)).chain(alike.slots);
    rows.take(most).collect()
}

#[test]
fn most_names_that_were_misheard_are_shown() {
    let mut dice = Dice(fastrand::Rng::with_seed(12));
    let people = people(&mut dice, CASES);
    let store = town(&people);
    let (mut one, mut cases) = (0, 0);
    while cases < CASES {
        let at = dice.0.usize(..people.len());
        let Some(heard) = misheard(&mut dice, &people[at].1) else { continue };
        cases += 1;
        one += usize::from(shown(&store, &heard, usize::MAX).contains(&slot_of(at)));
    }
    println!("one word misheard: {one} of {cases} shown");
    assert!(one * 100 >= cases * 86);
}

#[test]
fn most_people_of_whose_names_one_word_was_misheard_are_among_the_first_ten() {
    let mut dice = Dice(fastrand::Rng::with_seed(13));
    let people = people(&mut dice, CASES * 5);
    let store = town(&people);
    let (mut first, mut cases, mut missed) = (0, 0, String::new());
    while cases < CASES {
        let at = dice.0.usize(..people.len());
        let (given, surname) = &people[at];
        let line = if dice.0.bool() {
            misheard(&mut dice, given).map(|heard| format!("{heard} {surname}"))
        } else {
            misheard(&mut dice, surname).map(|heard| format!("{given} {heard}"))
        };
        let Some(line) = line else { continue };
        cases += 1;
        let is_first = shown(&store, &line, 10).iter().any(|slot| {
            // Of people with the same name, any is as good.
            people[(slot.page as usize - 1) * 500 + slot.index as usize] == people[at]
        });
        first += usize::from(is_first);
        if !is_first {
            let _ = writeln!(missed, "{line} for {given} {surname}");
        }
    }
    println!("one word of two misheard: {first} of {cases} among the first ten");
    assert!(first * 100 >= cases * 75, "{missed}");
}

proptest::proptest! {
    #[test]
    fn a_number_in_any_spelling_finds_itself_in_any_other(seed: u64) {
        let mut dice = Dice(fastrand::Rng::with_seed(seed));
        let number = dice.number();
        let (held, typed) = (dice.spelling(&number), dice.spelling(&number));
        let store = customers(&[serde_json::json!({ "crm__customer_id": "1", "crm__standard_info__phone_3": held })]);
        let found = hits(&store, &Query::search(&typed, Reach::Standard, &FieldMap::default()));
        proptest::prop_assert_eq!(found.len(), 1, "{} in {}", typed, held);
    }

    #[test]
    fn two_words_find_nobody_less_with_a_sign_in_front_or_behind(
        one in "[a-zæøå]{2,6}", other in "[a-zæøå]{2,6}", sign in "[,;.:!?()<>*/&#+'’…»«=_~|]{1,2}", place in 0..4u8,
    ) {
        let people = [format!("{one} {other}"), format!("{other} x{one}"), format!("{one}{other}")];
        let people: Vec<_> = people.into_iter().map(|name| (name, "Nord".to_owned())).collect();
        let store = town(&people);
        let line = match place {
            0 => format!("{sign}{one} {other}"),
            1 => format!("{one}{sign} {other}"),
            2 => format!("{one} {sign}{other}"),
            _ => format!("{one} {other}{sign}"),
        };
        let find = |line: &str| hits(&store, &Query::search(line, Reach::Standard, &FieldMap::default()));
        let (plain, signed) = (find(&format!("{one} {other}")), find(&line));
        let is_kept = (0..plain.len()).all(|row| signed.row_of(plain.slot(row).unwrap()).is_some());
        // A word that names a field does so with a colon behind.
        let names_field = sign.contains(':') && Query::search(&line, Reach::Standard, &FieldMap::default()).terms.iter().any(super::super::query::Term::has_part);
        proptest::prop_assert!(is_kept || names_field, "{}", line);
    }
}
