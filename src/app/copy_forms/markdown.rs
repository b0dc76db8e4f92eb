//! A customer in Markdown: the name in bold, then the fields as a list.

use crate::text::{self, Place, SafeText};

pub(super) fn of(
    name: &SafeText<'_>,
    id: &SafeText<'_>,
    fields: &[(SafeText<'static>, SafeText<'static>)],
) -> SafeText<'static> {
    let head = match (name.as_str(), id.as_str()) {
        ("", id) => format!("**{}**", escaped(id)),
        (name, "") => format!("**{}**", escaped(name)),
        (name, id) => format!("**{}** ({})", escaped(name), escaped(id)),
    };
    let of_field = |(label, value): &(SafeText<'_>, SafeText<'_>)| {
        format!("- {}: {}", escaped(label.as_str()), escaped(value.as_str()))
    };
    let lines = [head, String::new()].into_iter().chain(fields.iter().map(of_field));
    SafeText::joined(lines.map(|line| text::clean_str(&line, Place::Clipboard).into_owned()), "\n")
}

/// The text without what Markdown takes for its own signs.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~&".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
