//! A customer's record as JSON: keys in the order of Cube's documentation, values of its kinds and spellings.
//!
//! It is written straight into the page's text, because a race loads a million of them.

use super::customer::{Company, Customer, person};
use super::spelling::{date, digits, phone};
use super::words::WORDS;

/// A standard key by its name, with the comma before it and the colon after.
macro_rules! standard {
    ($name:literal) => {
        concat!(",\"crm__standard_info__", $name, "\":")
    };
}

/// A custom key by its field id, with the comma before it and the colon after.
macro_rules! custom {
    ($id:literal) => {
        concat!(",\"crm__custom_info__", $id, "\":")
    };
}

impl Customer {
    /// Appends the record to `out`.
    pub(super) fn write(mut self, out: &mut String) {
        out.push_str("{\"crm__customer_id\":\"");
        digits(self.id, 1, out);
        out.push('"');
        self.write_standard(out);
        let class = if self.dice.percent(4) { "" } else { self.dice.pick(&["A", "B", "B", "C", "C", "C"]) };
        text(custom!("17"), class, out);
        self.write_middle(out);
        self.write_contact(out);
        self.write_company(out);
        text_with(custom!("386"), out, |out| {
            if !class.is_empty() {
                out.push_str("Klassifisering ");
                out.push_str(class);
            }
        });
        text(custom!("389"), self.place.postcode, out);
        self.write_other_addresses(out);
        out.push('}');
    }

    fn write_standard(&mut self, out: &mut String) {
        text(standard!("name"), &self.name, out);
        let [first, second, third] = self.phones;
        let dice = &mut self.dice;
        text_with(standard!("phone_1"), out, |out| phone(first, dice, out));
        text_with(standard!("phone_2"), out, |out| phone(second, dice, out));
        // Cube says of an empty standard field now `""`, now `null`.
        if third.is_none() && dice.percent(20) {
            raw(standard!("phone_3"), "null", out);
        } else {
            text_with(standard!("phone_3"), out, |out| phone(third, dice, out));
        }
        if self.email.is_empty() && dice.percent(50) {
            raw(standard!("email"), "null", out);
        } else {
            text(standard!("email"), &self.email, out);
        }
    }

    /// The street, the city, the size and the agreements.
    fn write_middle(&mut self, out: &mut String) {
        text_with(custom!("388"), out, |out| street(self.street, self.house, out));
        let dice = &mut self.dice;
        text_with(custom!("225"), out, |out| {
            if dice.percent(10) {
                out.push_str("Avtale ");
                digits(dice.between(2009, 2024), 4, out);
                out.push('-');
                digits(dice.between(1, 999), 3, out);
            }
        });
        text(custom!("390"), self.place.city, out);
        text_with(custom!("78"), out, |out| {
            if dice.percent(12) {
                out.push_str(dice.pick(&["Ja", "Ja", "Nei"]));
            }
        });
        if self.company.is_some() {
            out.push_str(custom!("253"));
            // Few companies are large.
            let most = dice.pick(&[5, 20, 20, 90, 450]);
            digits(dice.between(1, most), 1, out);
        } else {
            raw(custom!("253"), "null", out);
        }
        text_with(custom!("79"), out, |out| {
            if dice.percent(6) {
                out.push_str(dice.pick(&["E-post", "EHF", "Brev"]));
            }
        });
        self.write_notes(out);
    }

    /// What salespeople noted; empty for most customers.
    fn write_notes(&mut self, out: &mut String) {
        let dice = &mut self.dice;
        text_with(custom!("103"), out, |out| {
            if dice.percent(5) {
                out.push_str(dice.pick(&WORDS.comments));
            }
        });
        text_with(custom!("101"), out, |out| {
            if dice.percent(4) {
                out.push_str("K-");
                digits(dice.between(1, 9_999), 4, out);
            }
        });
        text_with(custom!("102"), out, |out| {
            if dice.percent(6) {
                digits(dice.between(1, 6) * 5, 1, out);
                out.push_str(" %");
            }
        });
        text_with(custom!("104"), out, |out| {
            if dice.percent(6) {
                date(dice, (2025, 2026), out);
            }
        });
        text_with(custom!("100"), out, |out| {
            if dice.percent(8) {
                let (given, surname) = person(dice);
                all(&[given, " ", surname], out);
            }
        });
    }

    fn write_contact(&mut self, out: &mut String) {
        let (name, number) = match &self.company {
            Some(Company { contact, contact_phone, .. }) => (contact.as_str(), Some(*contact_phone)),
            None => ("", None),
        };
        text_with(custom!("387"), out, |out| phone(number, &mut self.dice, out));
        text(custom!("385"), name, out);
        text_with(custom!("391"), out, |out| {
            street(self.street, self.house, out);
            all(&[", ", self.place.postcode, " ", self.place.city], out);
        });
    }

    fn write_company(&mut self, out: &mut String) {
        let dice = &mut self.dice;
        if let Some(Company { trade, .. }) = &self.company {
            text_with(custom!("24"), out, |out| date(dice, (1905, 2023), out));
            text(custom!("18"), trade.industry, out);
            text(custom!("19"), trade.organisation, out);
        } else {
            raw(custom!("24"), "null", out);
            text(custom!("18"), "", out);
            text(custom!("19"), "", out);
        }
        text_with(custom!("20"), out, |out| {
            digits(dice.between(1_250_000_000, 1_730_000_000), 1, out);
            out.push_str(".0");
        });
        text_with(custom!("21"), out, |out| {
            if self.company.is_some() {
                digits(dice.between(1, 400), 1, out);
                out.push_str(dice.pick(&[".0", ".0", ".5"]));
            }
        });
    }

    /// Where invoices and goods go, when that is elsewhere.
    fn write_other_addresses(&mut self, out: &mut String) {
        let dice = &mut self.dice;
        text_with(custom!("64"), out, |out| {
            if dice.percent(15) {
                out.push_str("Postboks ");
                digits(dice.between(10, 1_999), 1, out);
                all(&[", ", self.place.postcode, " ", self.place.city], out);
            }
        });
        text_with(custom!("221"), out, |out| {
            if dice.percent(10) {
                street(dice.pick(&WORDS.streets), dice.between(1, 60), out);
                all(&[", ", self.place.postcode, " ", self.place.city], out);
            }
        });
    }
}

/// Appends a member whose value is JSON already.
fn raw(key: &str, value: &str, out: &mut String) {
    out.push_str(key);
    out.push_str(value);
}

/// Appends a member whose value is text; none of ours needs an escape.
fn text(key: &str, value: &str, out: &mut String) {
    text_with(key, out, |out| out.push_str(value));
}

/// Appends a member whose value is the text that `write` appends.
fn text_with(key: &str, out: &mut String, write: impl FnOnce(&mut String)) {
    out.push_str(key);
    out.push('"');
    write(out);
    out.push('"');
}

/// Appends the parts one after the other.
fn all(parts: &[&str], out: &mut String) {
    for part in parts {
        out.push_str(part);
    }
}

/// Appends the first line of an address.
fn street(name: &str, house: u64, out: &mut String) {
    out.push_str(name);
    out.push(' ');
    digits(house, 1, out);
}
