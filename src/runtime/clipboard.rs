//! The clipboard of the terminal, reached through the terminal itself (OSC 52), so that it works over ssh too.

use crate::system::Multiplexer;
use crate::text::SafeText;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// GNU screen passes no longer part of a text on, in bytes.
const SCREEN_AT_ONCE: usize = 240;

/// What tells a terminal to put a text into its clipboard. The text was cleaned for a clipboard.
///
/// tmux gets it twice: for itself, which it passes on with `set-clipboard on`, and for the terminal behind it, which it
/// passes on with `allow-passthrough on`. GNU screen passes on what is in a device control string, a little at a time.
#[must_use]
pub fn osc_52(text: &SafeText<'_>, behind: Multiplexer) -> String {
    let sequence = format!("\x1b]52;c;{}\x07", STANDARD.encode(text.as_str()));
    match behind {
        Multiplexer::None => sequence,
        Multiplexer::Tmux => {
            let doubled = sequence.replace('\x1b', "\x1b\x1b");
            format!("{sequence}\x1bPtmux;{doubled}\x1b\\")
        }
        Multiplexer::Screen => {
            let mut rest = sequence.as_str();
            let mut wrapped = String::new();
            while !rest.is_empty() {
                // It is ASCII.
                let (part, after) = rest.split_at_checked(SCREEN_AT_ONCE).unwrap_or((rest, ""));
                wrapped.push_str("\x1bP");
                wrapped.push_str(part);
                wrapped.push_str("\x1b\\");
                rest = after;
            }
            wrapped
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(sequence: &str) -> String {
        let payload = sequence.strip_prefix("\x1b]52;c;").and_then(|rest| rest.strip_suffix('\x07')).unwrap();
        String::from_utf8(STANDARD.decode(payload).unwrap()).unwrap()
    }

    #[test]
    fn the_terminal_gets_exactly_the_text() {
        assert_eq!(decoded(&osc_52(&SafeText::from("Hårklipperi"), Multiplexer::None)), "Hårklipperi");
    }

    #[test]
    fn tmux_gets_it_for_itself_and_for_the_terminal_behind_it() {
        let sent = osc_52(&SafeText::from("Hårklipperi"), Multiplexer::Tmux);
        let (own, wrapped) = sent.split_once("\x1bPtmux;").unwrap();
        assert_eq!(decoded(own), "Hårklipperi");
        let passed_on = wrapped.strip_suffix("\x1b\\").unwrap().replace("\x1b\x1b", "\x1b");
        assert_eq!(passed_on, own);
    }

    #[test]
    fn screen_gets_it_in_short_parts() {
        let text = "Perveien 2, 1832 ASKIM ".repeat(40);
        let cleaned = crate::text::clean_str(&text, crate::text::Place::Clipboard);
        let sent = osc_52(&cleaned, Multiplexer::Screen);
        let parts: Vec<&str> =
            sent.split("\x1bP").skip(1).map(|part| part.strip_suffix("\x1b\\").unwrap()).collect();
        assert!(parts.len() > 3 && parts.iter().all(|part| part.len() <= SCREEN_AT_ONCE));
        assert_eq!(decoded(&parts.concat()), cleaned.as_str());
    }
}
