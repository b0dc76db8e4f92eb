//! Who a customer is: the facts that several fields of its record share.

use super::dice::Dice;
use super::words::{PostalPlace, Trade, WORDS};
use super::{SLOT, Town};

/// Mail providers of people; `.example` belongs to no one.
const PROVIDERS: [&str; 4] = ["post.example", "epost.example", "nettpost.example", "hjemme.example"];
/// Legal forms of companies, the usual one more often.
const FORMS: [&str; 10] = ["AS", "AS", "AS", "AS", "AS", "AS", "AS", "DA", "ANS", "ENK"];
/// First digits of phone numbers: mobile ones begin with 4 and 9, those of land lines with 2, 3, 5, 6 and 7.
const LEADS: [u64; 16] = [9, 4, 9, 4, 9, 4, 9, 4, 9, 4, 9, 2, 3, 5, 6, 7];
/// One more than the largest number that follows the first digit of a phone.
const SUBSCRIBERS: u64 = 10_000_000;

/// One customer: what is decided, and the dice for what is not yet.
pub(super) struct Customer {
    /// Ten digits.
    pub(super) id: u64,
    /// A person's given name and surname, or a company's name with its legal form.
    pub(super) name: String,
    /// The phones in use, the second and third of them rarely; eight digits each.
    pub(super) phones: [Option<u64>; 3],
    /// Empty where there is none.
    pub(super) email: String,
    /// `None` for a person.
    pub(super) company: Option<Company>,
    /// The street without the house.
    pub(super) street: &'static str,
    /// The number of the house.
    pub(super) house: u64,
    /// Where the street is.
    pub(super) place: PostalPlace,
    /// What decides the rest of the record.
    pub(super) dice: Dice,
}

/// What only a company has.
pub(super) struct Company {
    /// What it does, and with whom it is organised.
    pub(super) trade: Trade,
    /// The name of the person to ask for.
    pub(super) contact: String,
    /// That person's phone, eight digits.
    pub(super) contact_phone: u64,
}

impl Customer {
    /// Makes customer `number` of `town`.
    pub(super) fn new(town: Town, number: u64) -> Self {
        let mut dice = Dice::new(town.seed, number);
        let words = &*WORDS;
        let (given, surname) = person(&mut dice);
        let place = dice.pick(&words.places);
        let mut customer = Self {
            id: town.id(number),
            name: format!("{given} {surname}"),
            phones: [Some(phone(town, number, &mut dice)), None, None],
            email: String::new(),
            company: None,
            street: dice.pick(&words.streets),
            house: dice.between(1, 129),
            place,
            dice,
        };
        if customer.dice.percent(40) {
            customer.become_company((given, surname));
        }
        customer.add_phones();
        customer.add_email((given, surname));
        customer
    }

    /// Turns the person into a company that is named after them, their town or their family.
    fn become_company(&mut self, (given, surname): (&str, &str)) {
        let dice = &mut self.dice;
        let trade = dice.pick(&WORDS.trades);
        let form = dice.pick(&FORMS);
        let word = trade.word;
        self.name = match dice.below(10) {
            0..5 => format!("{surname} {word} {form}"),
            5 | 6 => format!("{}s {word} {form}", given.trim_end_matches('s')),
            7 | 8 => format!("{} {word} {form}", self.place.town),
            _ => format!("{surname} & Sønner {word} {form}"),
        };
        let (contact_given, contact_surname) = if dice.percent(50) { (given, surname) } else { person(dice) };
        self.company = Some(Company {
            trade,
            contact: format!("{contact_given} {contact_surname}"),
            contact_phone: random_phone(dice),
        });
    }

    /// Gives some customers a second phone, a few a third, and takes the only one from a few.
    fn add_phones(&mut self) {
        let dice = &mut self.dice;
        match dice.below(100) {
            0..3 => self.phones = [None; 3],
            3..15 => self.phones[1] = Some(random_phone(dice)),
            15..19 => self.phones = [self.phones[0], Some(random_phone(dice)), Some(random_phone(dice))],
            _ => {}
        }
    }

    /// Gives most customers an e-mail address made from their name.
    fn add_email(&mut self, (given, surname): (&str, &str)) {
        if self.dice.percent(15) {
            return;
        }
        let email = &mut self.email;
        if self.company.is_some() {
            email.push_str(if self.dice.percent(70) { "post@" } else { "faktura@" });
            // All but the legal form.
            fold(self.name.rsplit_once(' ').map_or(&self.name, |(name, _)| name), '-', email);
            email.push_str(".example");
        } else if self.dice.percent(30) {
            fold(given, '.', email);
            email.push('@');
            fold(surname, '-', email);
            email.push_str(".example");
        } else {
            fold(given, '.', email);
            email.push('.');
            fold(surname, '.', email);
            email.push('@');
            email.push_str(self.dice.pick(&PROVIDERS));
        }
    }
}

/// A given name and a surname; one pair in sixty has letters that Norwegian has not.
pub(super) fn person(dice: &mut Dice) -> (&'static str, &'static str) {
    let words = &*WORDS;
    match dice.below(120) {
        0 => (dice.pick(&words.rare_given), dice.pick(&words.surnames)),
        1 => (dice.pick(&words.given), dice.pick(&words.rare_surnames)),
        _ => (dice.pick(&words.given), dice.pick(&words.surnames)),
    }
}

/// The phone of customer `number`, which is no one else's, but for one in 150 who shares it with their neighbour.
fn phone(town: Town, number: u64, dice: &mut Dice) -> u64 {
    let owner = if dice.below(150) == 0 { number - 1 } else { number };
    // An odd factor that 5 does not divide: the numbers below 10 million in another order.
    let subscriber = (owner % SUBSCRIBERS) * 6_180_339 % SUBSCRIBERS;
    let lead = LEADS[usize::try_from(town.id(owner) % SLOT).unwrap_or_default() % LEADS.len()];
    lead * SUBSCRIBERS + subscriber
}

/// A phone that somebody else might have too.
fn random_phone(dice: &mut Dice) -> u64 {
    dice.pick(&LEADS) * SUBSCRIBERS + dice.below(SUBSCRIBERS)
}

/// Appends `name` in the letters of an e-mail address, with `gap` between its words.
fn fold(name: &str, gap: char, out: &mut String) {
    for letter in name.chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => out.push(letter.to_ascii_lowercase()),
            ' ' | '-' if !out.ends_with(gap) => out.push(gap),
            'å' | 'Å' | 'á' | 'Á' | 'ä' => out.push('a'),
            'æ' | 'Æ' => out.push_str("ae"),
            'ø' | 'Ø' | 'ö' | 'Ö' => out.push('o'),
            'é' | 'è' => out.push('e'),
            'ć' | 'č' | 'Č' => out.push('c'),
            'đ' => out.push('d'),
            'ŋ' => out.push('n'),
            'š' | 'Š' => out.push('s'),
            'ü' => out.push('u'),
            'ž' | 'Ž' => out.push('z'),
            _ => {}
        }
    }
}
