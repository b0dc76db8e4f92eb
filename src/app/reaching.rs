//! Reaching a customer: their numbers as they are dialled, their addresses, and a value large enough to be read aloud.

use crate::app::copy_forms::PHONES;
use crate::app::layers::{Choice, Large, Layer, Layers, Pick, PickItem, PickKind};
use crate::app::{Env, List, Masks, Task, TerminalCall};
use crate::cube::{Record, SchemaColumn, StandardField};
use crate::language::Language;
use crate::list::phone;
use crate::text::{self, Country, Place, SafeText};
use crate::words::{NoProgram, Notice};
use std::fmt::Write;

/// What a profile's command has in place of the number.
const NUMBER: &str = "{number}";
/// What it has in place of the e-mail address.
const ADDRESS: &str = "{address}";

/// What calls and writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Programs {
    /// The profile's own program for calls, with its arguments. Empty without one.
    pub call: Vec<String>,
    /// The profile's own program for e-mails, with its arguments. Empty without one.
    pub mail: Vec<String>,
    /// The system's opener of addresses, or why there is none.
    pub opener: Opener,
}

/// The system's opener of addresses as `tel:` and `mailto:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    /// This program.
    Program(&'static str),
    /// There is none.
    None(NoProgram),
}

impl Default for Opener {
    fn default() -> Self {
        Self::None(NoProgram::NoDesktop)
    }
}

/// Opens the list of the customer's numbers.
pub(in crate::app) fn list_numbers(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    let items = layers.record(list).map(|record| numbers(&record, env.account.country)).unwrap_or_default();
    if items.is_empty() {
        return env.say(Notice::NoNumber);
    }
    layers.open_pick(Pick::new(PickKind::Numbers, masked(items, env.masks)));
}

/// Opens the list of the customer's addresses.
pub(in crate::app) fn list_addresses(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    let items = layers.record(list).map(|record| addresses(&record)).unwrap_or_default();
    if items.is_empty() {
        return env.say(Notice::NoAddress);
    }
    layers.open_pick(Pick::new(PickKind::Addresses, masked(items, env.masks)));
}

/// The lines with their values masked, where values are.
fn masked(items: Vec<PickItem>, masks: &Masks) -> Vec<PickItem> {
    let value = |text: &str| text::clean_str(&masks.typed(text), Place::Row).into_owned();
    let item = |item: PickItem| PickItem {
        value: value(item.value.as_str()),
        note: masks.typed(&item.note).into_owned(),
        ..item
    };
    items.into_iter().map(item).collect()
}

/// Has a number called: by the profile's program, or by the system's.
pub(in crate::app) fn call(env: &mut Env<'_>, number: &str) {
    let Programs { call, opener, .. } = &env.account.programs;
    match filled(call, NUMBER, number) {
        Some(own) => run(env, own, number),
        None => open_address(env, *opener, format!("tel:{number}"), number),
    }
}

/// Has a mail to an address begun: by the profile's program, or by the system's.
pub(in crate::app) fn mail(env: &mut Env<'_>, address: &str) {
    let Programs { mail, opener, .. } = &env.account.programs;
    match filled(mail, ADDRESS, address) {
        // As a whole argument it would be an option.
        Some(own) if address.starts_with('-') && mail.iter().any(|argument| argument == ADDRESS) => {
            env.say(Notice::ValueIsOption(own.into_iter().next().unwrap_or_default()));
        }
        Some(own) => run(env, own, address),
        None => open_address(env, *opener, format!("mailto:{}", percent_encoded(address)), address),
    }
}

/// A program with a value in its gap. `None` without a program.
fn filled(program: &[String], gap: &str, value: &str) -> Option<Vec<String>> {
    let own = program.iter().map(|argument| argument.replace(gap, value)).collect();
    (!program.is_empty()).then_some(own)
}

fn open_address(env: &mut Env<'_>, opener: Opener, address: String, value: &str) {
    match opener {
        Opener::Program(program) => run(env, vec![program.to_owned(), address], value),
        Opener::None(why) => {
            let text = text::clean_str(value, Place::Clipboard).into_owned();
            env.out.terminal(TerminalCall::Copy(text));
            env.say(Notice::CopiedInstead(env.masks.typed(value).into_owned(), why));
        }
    }
}

fn run(env: &mut Env<'_>, program: Vec<String>, value: &str) {
    env.out.task(Task::Run(program));
    env.say(Notice::Calling(env.masks.typed(value).into_owned()));
}

/// Shows the value under the card's cursor large.
pub(in crate::app) fn show_large(layers: &mut Layers, env: &mut Env<'_>, language: Language) {
    let Some(card) = layers.focused_card() else { return };
    let value = match card.field_under_cursor() {
        Some(field) => Some((field.label.clone(), field.value.clone())),
        None => Some((SafeText::from("ID"), text::clean_str(&card.id, Place::Row).into_owned())),
    };
    let value = value.filter(|(_, value)| !value.as_str().trim().is_empty());
    let Some((label, value)) = value else { return env.say(Notice::NoValue) };
    if env.masks.is_on() && value.as_str().contains('•') {
        return env.say(Notice::IsMasked);
    }
    layers.push(Layer::Large(Large::new(label, value, (env.account.country, language))));
}

/// The numbers of a customer as they are dialled, each once.
fn numbers(record: &Record<'_>, country: Country) -> Vec<PickItem> {
    let standard = record.standard();
    let mut items: Vec<PickItem> = Vec::new();
    for field in PHONES {
        let sent = standard.get(field);
        for number in phone::scan(sent.as_raw(), country).numbers {
            let plus = if number.international { "+" } else { "" };
            let dialled = format!("{plus}{}", number.digits);
            let shown = text::clean(sent, Place::Row).into_owned();
            let note = if shown.as_str() == dialled { String::new() } else { shown.to_string() };
            let choice = Choice::Call(dialled.clone());
            if items.iter().all(|item| item.choice != choice) {
                items.push(PickItem {
                    name: title(record, field),
                    value: text::clean_str(&dialled, Place::Row).into_owned(),
                    note,
                    preview: Vec::new(),
                    choice,
                });
            }
        }
    }
    items
}

/// The addresses of a customer. What is no address can be copied alone.
fn addresses(record: &Record<'_>) -> Vec<PickItem> {
    let standard = record.standard();
    let sent = standard.email.as_raw();
    let parts = sent.split([',', ';', ' ']).map(str::trim).filter(|part| is_address(part));
    parts
        .map(|address| PickItem {
            name: title(record, StandardField::Email),
            value: text::clean_str(address, Place::Row).into_owned(),
            note: String::new(),
            preview: Vec::new(),
            choice: Choice::Mail(address.to_owned()),
        })
        .collect()
}

fn title(record: &Record<'_>, field: StandardField) -> SafeText<'static> {
    let title = record.schema().column(field).map(SchemaColumn::said).unwrap_or_default();
    text::clean_str(&title, Place::Row).into_owned()
}

/// Whether a mail can go there: one `@` with something on both sides, and nothing that would be more than an address.
fn is_address(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains('@');
    let is_plain = |c: char| c.is_alphanumeric() || "@.-_+'".contains(c);
    text.chars().all(is_plain)
        && text.split_once('@').is_some_and(|(one, other)| is_part(one) && is_part(other))
}

/// A value as a part of an address.
pub(super) fn percent_encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Into memory.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::address("kari@nord.no", true)]
    #[case::with_a_plus("kari+a@nord.no", true)]
    #[case::no_at("kari.nord.no", false)]
    #[case::two("a@b@c", false)]
    #[case::headers("a@b?bcc=x", false)]
    #[case::a_line_end("a@b\r\nBcc:x", false)]
    #[case::an_option("", false)]
    fn only_an_address_is_written_to(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_address(text), expected);
    }

    #[test]
    fn what_is_no_letter_is_encoded() {
        assert_eq!(percent_encoded("kari+å@nord.no"), "kari%2B%C3%A5@nord.no");
    }

    #[rstest]
    #[case::as_sent("90909088", &["90909088"])]
    #[case::spelled("+47 909 09 088", &["+4790909088"])]
    #[case::two_in_one("909 09 088 / 22 33 44 55", &["90909088", "22334455"])]
    #[case::words("ring kontoret", &[])]
    fn numbers_are_listed_as_they_are_dialled(#[case] sent: &str, #[case] dialled: &[&str]) {
        let json = format!(r#"{{"crm__customer_id":"1","crm__standard_info__phone_1":"{sent}"}}"#);
        let items = numbers(&Record::new(json).unwrap(), Country::default());
        let values: Vec<String> = items.iter().map(|item| item.value.to_string()).collect();
        assert_eq!(values, dialled);
    }
}
