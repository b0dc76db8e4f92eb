//! The clipboard of the terminal, reached through the terminal itself (OSC 52), so that it works over ssh too.

use crate::text::SafeText;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What tells a terminal to put a text into its clipboard. The text is one line: it was cleaned for a clipboard.
#[must_use]
pub fn osc_52(text: &SafeText<'_>) -> String {
    format!("\x1b]52;c;{}\x07", STANDARD.encode(text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_gets_exactly_the_text() {
        let sequence = osc_52(&SafeText::from("Hårklipperi"));
        let payload = sequence.strip_prefix("\x1b]52;c;").and_then(|rest| rest.strip_suffix('\x07')).unwrap();
        assert_eq!(STANDARD.decode(payload).unwrap(), "Hårklipperi".as_bytes());
    }
}
