//! The whole of what a program has written, against the list of what cubedex itself writes: a sequence that is not on
//! it came out of somebody's data.

use crate::oracle::is_banned_anywhere;

/// Private modes that cubedex sets and resets: cursor, buttons and wheel of the mouse in their two parts, alternate screen,
/// bracketed paste, synchronized update.
const MODES: [&str; 6] = ["?25", "?1000", "?1006", "?1049", "?2004", "?2026"];

/// What takes the terminal and what gives it back: outside of the two nothing is written but text and questions.
const ENTER: &str = "\u{1b}[?1049h";
const LEAVE: &str = "\u{1b}[?1049l";
/// What a frame begins with.
const FRAME: &str = "\u{1b}[?2026h";
/// The question for the terminal's background.
const BACKGROUND: &str = "\u{1b}]11;?\u{1b}\\";
/// What clears the screen.
const CLEAR: &str = "\u{1b}[2J";

/// Everything in `stream` that cubedex never writes by itself, with what follows it.
pub(super) fn foreign(stream: &[u8]) -> Vec<String> {
    let stream = match std::str::from_utf8(stream) {
        Ok(stream) => stream,
        Err(error) => return vec![format!("not UTF-8 from byte {} on", error.valid_up_to())],
    };
    let mut foreign = Vec::new();
    let mut rest = stream;
    let mut is_inside = false;
    // What was written since the frame began, or since the screen was taken.
    let mut frame = Frame::default();
    while let Some(first) = rest.chars().next() {
        let known = match first {
            '\u{1b}' if is_inside || rest.starts_with(ENTER) => sequence(rest, &frame),
            '\u{1b}' => of_question(rest),
            // Lines are for the shell's screen; on ours every cell has its place.
            '\r' | '\n' if !is_inside => Some(1),
            c => (!is_banned_anywhere(c)).then(|| c.len_utf8()),
        };
        let length = known.unwrap_or_else(|| {
            foreign.push(rest.chars().take(20).collect());
            first.len_utf8()
        });
        let (seen, after) = rest.split_at(length);
        is_inside = seen == ENTER || (is_inside && seen != LEAVE);
        frame.take(seen);
        rest = after;
    }
    foreign
}

/// What was written of a frame so far.
#[derive(Default)]
struct Frame {
    has_text: bool,
    is_cleared: bool,
}

impl Frame {
    fn take(&mut self, seen: &str) {
        match seen {
            ENTER | FRAME => *self = Self::default(),
            CLEAR => self.is_cleared = true,
            seen => self.has_text |= !seen.starts_with('\u{1b}'),
        }
    }
}

/// The length of the sequence at the start of `text`, if it is one that a question below the shell's prompt has: bold,
/// faint, plain; up, to the right, and what is below cleared; pastes marked and no longer marked.
fn of_question(text: &str) -> Option<usize> {
    if let Some(marks) = ["\u{1b}[?2004h", "\u{1b}[?2004l"].iter().find(|marks| text.starts_with(**marks)) {
        return Some(marks.len());
    }
    let body = text.strip_prefix("\u{1b}[")?;
    let end = body.find(|c: char| !c.is_ascii_digit())?;
    let known =
        matches!((&body[..end], &body[end..=end]), ("0" | "1" | "2", "m") | ("", "J") | (_, "A" | "C"));
    known.then_some(2 + end + 1)
}

/// The length of the sequence at the start of `text`, if it is one of ours where it stands in its frame.
fn sequence(text: &str, frame: &Frame) -> Option<usize> {
    if let Some(after) = text.strip_prefix("\u{1b}]52;c;") {
        let payload = after.find('\u{7}')?;
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
        return after[..payload].bytes().all(is_base64).then_some(text.len() - after.len() + payload + 1);
    }
    if text.starts_with(BACKGROUND) {
        return Some(BACKGROUND.len());
    }
    if let Some(after) = text.strip_prefix("\u{1b}]2;") {
        let title = &after[..after.find("\u{1b}\\")?];
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ", -_.:".contains(c);
        let is_ours = title.ends_with(" - cubedex") && title.chars().all(is_plain);
        return is_ours.then_some(text.len() - after.len() + title.len() + 2);
    }
    let body = text.strip_prefix("\u{1b}[")?;
    let end = body.find(|c: char| !matches!(c, '0'..='9' | ';' | '?'))?;
    let (parameters, last) = (&body[..end], body[end..].chars().next()?);
    let is_known = match last {
        'h' | 'l' => MODES.contains(&parameters),
        't' => ["22;2", "23;2"].contains(&parameters),
        'm' => is_style(parameters),
        // The screen is cleared as it is taken, or as a frame begins.
        'J' => parameters == "2" && !frame.has_text,
        // A row is cleared before it is drawn whole.
        'K' => parameters == "2",
        'H' if parameters.is_empty() => frame.is_cleared && !frame.has_text,
        'H' => parameters.split(';').all(|number| number.parse::<u16>().is_ok()),
        _ => false,
    };
    is_known.then_some(2 + end + 1)
}

/// Whether these are attributes that the themes use, or colours as crossterm spells them.
fn is_style(parameters: &str) -> bool {
    let mut numbers = parameters.split(';');
    while let Some(number) = numbers.next() {
        let is_known = match number {
            "" | "0" | "1" | "2" | "4" | "7" | "22" | "24" | "27" | "39" | "49" | "59" => true,
            "38" | "48" => match numbers.next() {
                Some("5") => numbers.next().is_some(),
                Some("2") => numbers.by_ref().take(3).count() == 3,
                _ => false,
            },
            _ => false,
        };
        if !is_known {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::foreign;
    use rstest::rstest;

    #[rstest]
    #[case::a_frame(
        "\x1b[?1049h\x1b[2J\x1b[H\x1b[?2026h\x1b[2;5H\x1b[1m\x1b[38;5;6;48;2;1;2;3mOlas\x1b[0m\x1b[?2026l\x1b[?1049l\r\n"
    )]
    #[case::a_copy("\x1b[?1049h\x1b]52;c;OTEyMDAxMTk5OQ==\x07")]
    #[case::a_title("\x1b[?1049h\x1b[22;2t\x1b]2;work, assignment 9 - cubedex\x1b\\\x1b[23;2t")]
    #[case::a_question("\x1b[?1049h\x1b]11;?\x1b\\")]
    #[case::joined_emoji("👨\u{200d}👩❤\u{fe0f}")]
    fn what_is_ours_is_known(#[case] stream: &str) {
        assert_eq!(foreign(stream.as_bytes()), Vec::<String>::new());
    }

    #[rstest]
    #[case::title("\x1b[?1049h\x1b]0;pwned\x07")]
    #[case::title_of_a_customer("\x1b[?1049h\x1b]2;Olas Produksjon AS\x1b\\")]
    #[case::clipboard_reading("\x1b[?1049h\x1b]52;c;?\x07")]
    #[case::another_background("\x1b[?1049h\x1b]11;#ff0000\x07")]
    #[case::device_control("\x1b[?1049h\x1bP$q q\x1b\\")]
    #[case::c1("\x1b[?1049h\u{9b}31m")]
    #[case::lone_escape("\x1b[?1049ha\x1b")]
    #[case::reset("\x1b[?1049h\x1bc")]
    #[case::mouse("\x1b[?1049h\x1b[?1003h")]
    #[case::question("\x1b[?1049h\x1b[6n")]
    #[case::scrolling("\x1b[?1049h\x1b[5S")]
    #[case::bell("\x1b[?1049h\x07")]
    #[case::line_end_inside("\x1b[?1049ha\nb")]
    #[case::red("\x1b[?1049h\x1b[31m")]
    #[case::cleared_in_a_frame("\x1b[?1049hOla \x1b[2J\x1b[H")]
    #[case::place_outside("\x1b[2;5H")]
    #[case::bidi("a\u{202e}b")]
    #[case::zero_width("a\u{200b}b")]
    #[case::private_use("\u{e000}")]
    fn what_is_not_ours_is_found(#[case] stream: &str) {
        assert_ne!(foreign(stream.as_bytes()), Vec::<String>::new());
    }

    #[test]
    fn half_a_character_is_not_ours() {
        assert_eq!(foreign(b"ab\xc3").len(), 1);
    }
}
