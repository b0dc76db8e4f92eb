//! The search text of one row: how it is laid out, and what a hit in it is worth.
//!
//! ```text
//! 9120011888 ␟ pers harklipperi as ␟ 47␜90909088 ␟ ␟ ␟ per@klipperiet.no ␞
//! id           name                  phones 1–3           e-mail
//! ```
//!
//! A name with the two letters `oe` stands twice in its field, divided by `␝`: folded to `o`, and as it is.
//! None of the dividers can stand in cleaned text.

use crate::cube::Standard;
use crate::store::phone;
use crate::store::query::{Alternative, Part};
use crate::text::{self, Place, RawText};
use memchr::memmem::Finder;

/// Stands after each field but the last.
pub(crate) const FIELD_END: char = '\u{1f}';
/// Stands after the last field.
pub(crate) const ROW_END: char = '\u{1e}';
/// Stands between the two forms of one field.
pub(crate) const OTHER_FORM: char = '\u{1d}';

/// How good a match is; the smallest is shown first. Within a class, Cube's order holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The whole id.
    ExactId,
    /// The beginning of the id.
    IdPrefix,
    /// A whole phone number.
    ExactPhone,
    /// The beginning of a word.
    WordStart,
    /// Anywhere else.
    Inside,
}

impl Class {
    /// All classes, best first.
    pub const ALL: [Self; 5] =
        [Self::ExactId, Self::IdPrefix, Self::ExactPhone, Self::WordStart, Self::Inside];
}

/// Appends the search text of one row, its [`ROW_END`] included.
pub(crate) fn write(standard: &Standard<'_>, out: &mut String) {
    write_words(standard.id.as_raw(), out);
    out.push(FIELD_END);
    write_words(standard.name.as_raw(), out);
    for phone in [&standard.phone_1, &standard.phone_2, &standard.phone_3] {
        out.push(FIELD_END);
        write_phone(phone.as_raw(), out);
    }
    out.push(FIELD_END);
    write_words(standard.email.as_raw(), out);
    out.push(ROW_END);
}

/// Appends the search text of one value: the folded form, and the other one where there are two.
pub(crate) fn write_words(raw: &str, out: &mut String) {
    if raw.is_empty() {
        return;
    }
    let raw = RawText::from(raw);
    let cleaned = text::clean(&raw, Place::Row);
    text::fold_into(cleaned.as_str(), out);
    if let Some(variant) = text::fold_variant(cleaned.as_str()) {
        out.push(OTHER_FORM);
        out.push_str(&variant);
    }
}

fn write_phone(raw: &str, out: &mut String) {
    let number = phone::canonical(raw);
    let has_words = raw.chars().any(|c| !phone::is_number_char(c));
    if let Some(number) = &number {
        out.push_str(number);
    }
    if has_words {
        if number.is_some() {
            out.push(OTHER_FORM);
        }
        write_words(raw, out);
    }
}

/// The class of the best hit of `finder` in a row's text. `None` iff there is no hit that `wanted` allows.
pub(crate) fn best_hit(row: &str, wanted: &Alternative, finder: &Finder<'_>) -> Option<Class> {
    let mut best = None;
    for start in finder.find_iter(row.as_bytes()) {
        let class = grade(row.as_bytes(), start, start + wanted.pattern.len(), wanted);
        best = match (best, class) {
            (Some(best), Some(class)) => Some(std::cmp::min(best, class)),
            (best, class) => best.or(class),
        };
        if matches!(best, Some(Class::ExactId | Class::IdPrefix)) {
            break;
        }
    }
    best
}

fn grade(row: &[u8], start: usize, end: usize, wanted: &Alternative) -> Option<Class> {
    let part = part_at(row, start);
    if wanted.part.is_some_and(|wanted| wanted != part) {
        return None;
    }
    let before = start.checked_sub(1).and_then(|at| row.get(at)).copied();
    let number_start = before.is_none_or(|byte| is_divider(byte) || byte == phone::AFTER_COUNTRY as u8);
    if wanted.anchored && !number_start {
        return None;
    }
    let ends_field = row.get(end).is_none_or(|&byte| is_divider(byte));
    Some(match (part, number_start, ends_field) {
        (Part::Id, true, true) => Class::ExactId,
        (Part::Id, true, false) => Class::IdPrefix,
        (Part::Phone, true, true) => Class::ExactPhone,
        _ if before.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()) => Class::WordStart,
        _ => Class::Inside,
    })
}

fn part_at(row: &[u8], at: usize) -> Part {
    let before = row.get(..at).unwrap_or_default();
    match memchr::memchr_iter(FIELD_END as u8, before).count() {
        0 => Part::Id,
        1 => Part::Name,
        2..=4 => Part::Phone,
        _ => Part::Email,
    }
}

fn is_divider(byte: u8) -> bool {
    [FIELD_END, ROW_END, OTHER_FORM].contains(&char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn row() -> String {
        let mut out = String::new();
        let standard = Standard {
            id: "9120011888".into(),
            name: "Joel Hårklipperi Ås".into(),
            phone_1: "+47 909 09 088".into(),
            phone_2: "".into(),
            phone_3: "Kari: 95499097".into(),
            email: "per.olsen@klipperiet.no".into(),
        };
        write(&standard, &mut out);
        out
    }

    fn class_of(pattern: &str, part: Option<Part>, anchored: bool) -> Option<Class> {
        let wanted = Alternative { pattern: pattern.to_owned(), part, anchored };
        best_hit(&row(), &wanted, &Finder::new(pattern))
    }

    #[rstest]
    #[case::whole_id("9120011888", Class::ExactId)]
    #[case::beginning_of_the_id("9120", Class::IdPrefix)]
    #[case::national_number("90909088", Class::ExactPhone)]
    #[case::whole_number("47\u{1c}90909088", Class::ExactPhone)]
    #[case::beginning_of_a_number("909090", Class::WordStart)]
    #[case::number_beside_words("95499097", Class::ExactPhone)]
    #[case::word_beside_a_number("kari", Class::WordStart)]
    #[case::first_word("jol", Class::WordStart)]
    #[case::word_with_ae_and_oe_kept_apart("oel", Class::Inside)]
    #[case::folded_word("hark", Class::WordStart)]
    #[case::after_a_dot("olsen", Class::WordStart)]
    #[case::inside_a_word("klipperi", Class::WordStart)]
    #[case::only_inside("lipperi", Class::Inside)]
    fn a_hit_is_worth_what_it_is_of(#[case] pattern: &str, #[case] class: Class) {
        assert_eq!(class_of(pattern, None, false), Some(class));
    }

    #[test]
    fn a_field_name_keeps_other_fields_out() {
        assert_eq!(class_of("klip", Some(Part::Email), false), Some(Class::WordStart));
        assert_eq!(class_of("klip", Some(Part::Id), false), None);
        assert_eq!(class_of("kari", Some(Part::Name), false), None);
    }

    #[test]
    fn an_anchored_pattern_stands_at_the_beginning_only() {
        assert_eq!(class_of("909", Some(Part::Phone), true), Some(Class::WordStart));
        assert_eq!(class_of("088", Some(Part::Phone), true), None);
        assert_eq!(class_of("0011", Some(Part::Id), true), None);
    }
}
