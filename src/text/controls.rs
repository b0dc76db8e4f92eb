//! Control characters of text on its way to another program, which may be a terminal in the end: shown as signs, or
//! escaped where the text is JSON. Everything else stays as it is, unlike in [`clean`](super::clean()).

use super::class::{self, Class};
use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character drives a terminal or turns the direction of text. Line ends and tabs do not count.
fn is_control(c: char) -> bool {
    let is_layout = matches!(c, '\n' | '\t');
    !is_layout && (c.is_control() || matches!(class::class_of(c), Class::Bidi(_)))
}

/// The text with signs in place of its control characters: `␛` for ESC, `<9B>` for U+009B, `<RLO>` for what turns
/// text to the left. Tabs and line ends stay.
#[must_use]
pub fn show_controls(text: &str) -> Cow<'_, str> {
    replaced(text, |c, out| match class::class_of(c) {
        Class::Replaced(picture) => out.push(picture),
        Class::Bidi(name) => out.push_str(name),
        _ => {
            let _ = write!(out, "<{:02X}>", u32::from(c));
        }
    })
}

/// The JSON with `\u001b` in place of ESC, and all other control characters so: its values are the same. Tabs and line
/// ends, which stand between its values alone, stay; a `\r` without its `\n` becomes one.
#[must_use]
pub fn escape_controls(json: &str) -> Cow<'_, str> {
    replaced(json, |c, out| {
        if c == '\r' {
            out.push('\n');
        } else {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        }
    })
}

fn replaced(text: &str, replace: impl Fn(char, &mut String)) -> Cow<'_, str> {
    // A line end of two is one.
    let is_replaced =
        |(at, c): (usize, char)| is_control(c) && !(c == '\r' && text.as_bytes().get(at + 1) == Some(&b'\n'));
    let mut controls = text.char_indices().filter(|found| is_replaced(*found)).peekable();
    if controls.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for (at, c) in controls {
        out.push_str(text.get(from..at).unwrap_or_default());
        replace(c, &mut out);
        from = at + c.len_utf8();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::escape("a\u{1b}[2Jb", "a␛[2Jb", "a\\u001b[2Jb")]
    #[case::nul("\0", "␀", "\\u0000")]
    #[case::bell("\u{7}\u{8}", "␇␈", "\\u0007\\u0008")]
    #[case::delete("\u{7f}", "␡", "\\u007f")]
    #[case::c1("\u{80}\u{9b}31m\u{9f}", "<80><9B>31m<9F>", "\\u0080\\u009b31m\\u009f")]
    #[case::next_line("a\u{85}b", "a<85>b", "a\\u0085b")]
    #[case::bidi("a\u{202e}b\u{2069}\u{61c}", "a<RLO>b<PDI><ALM>", "a\\u202eb\\u2069\\u061c")]
    #[case::overwritten("a\rb", "a␍b", "a\nb")]
    #[case::line_ends("a\r\nb\nc\td", "a\r\nb\nc\td", "a\r\nb\nc\td")]
    #[case::what_is_no_control(
        "Hårklipperi \u{200b}👨\u{200d}👩 מוטי \u{e000}",
        "Hårklipperi \u{200b}👨\u{200d}👩 מוטי \u{e000}",
        "Hårklipperi \u{200b}👨\u{200d}👩 מוטי \u{e000}"
    )]
    fn controls_are_shown_or_escaped_and_nothing_else(
        #[case] text: &str,
        #[case] shown: &str,
        #[case] json: &str,
    ) {
        assert_eq!((show_controls(text).as_ref(), escape_controls(text).as_ref()), (shown, json));
    }

    #[test]
    fn of_all_characters_only_controls_change_and_none_is_left() {
        let bidi = crate::text::oracle::all(r"\p{Bidi_C}");
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b");
            let is_control = (c.is_control() && !['\n', '\t'].contains(&c)) || bidi.contains(&c);
            for changed in [show_controls(&text), escape_controls(&text)] {
                assert_eq!(changed != text, is_control, "{:x}", u32::from(c));
                assert!(!is_control || !changed.contains(c));
            }
        }
    }
}
