//! A customer as a vCard 4 (RFC 6350): the name, the phone numbers, the e-mail address, and the id as its UID.

use super::CopyOf;
use crate::cube::StandardField;
use crate::text::{self, Place, SafeText};

/// A longer line, in bytes, goes on in the next one, which begins with a blank.
const LONGEST_LINE: usize = 75;

pub(super) fn of(customer: &CopyOf<'_>) -> SafeText<'static> {
    let name = customer.value(StandardField::Name);
    let (id, email) = (customer.value(StandardField::Id), customer.value(StandardField::Email));
    let mut lines = vec!["BEGIN:VCARD".to_owned(), "VERSION:4.0".to_owned(), property("FN", &name)];
    if !id.as_str().is_empty() {
        lines.push(property("UID;VALUE=text", &id));
    }
    lines.extend(customer.phones().map(|phone| property("TEL", &phone)));
    if !email.as_str().is_empty() {
        lines.push(property("EMAIL", &email));
    }
    lines.push("END:VCARD".to_owned());
    let folded = lines.iter().flat_map(|line| folded(line));
    SafeText::joined(folded.map(|line| text::clean_str(&line, Place::Clipboard).into_owned()), "\r\n")
}

fn property(name: &str, value: &SafeText<'_>) -> String {
    let mut line = format!("{name}:");
    for c in value.as_str().chars() {
        if "\\,;".contains(c) {
            line.push('\\');
        }
        line.push(c);
    }
    line
}

/// The line in parts that are short enough, no character divided.
fn folded(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in line.chars() {
        let part = parts.last().map_or(0, String::len);
        if part + c.len_utf8() > LONGEST_LINE {
            parts.push(" ".to_owned());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_goes_on_behind_a_blank_and_no_character_is_divided() {
        let line = format!("FN:{}", "å".repeat(100));
        let parts = folded(&line);
        assert!(parts.iter().all(|part| part.len() <= LONGEST_LINE) && parts.len() == 3);
        assert!(parts[1..].iter().all(|part| part.starts_with(' ')));
        let unfolded: String = parts.iter().map(|part| part.strip_prefix(' ').unwrap_or(part)).collect();
        assert_eq!(unfolded, line);
    }
}
