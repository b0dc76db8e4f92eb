//! A line of text: what each key does to it. What the text means is decided elsewhere.

use crate::text::{self, Place};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

/// A longer line helps no one; a paste is cut here.
pub(super) const MAX_BYTES: usize = 4096;

/// Edits the line. Whether its text changed.
pub(super) fn edit(input: &mut Input, key: &KeyEvent) -> bool {
    let Some(request) = request(key) else { return false };
    if let InputRequest::InsertChar(typed) = request {
        let mut buffer = [0; 4];
        let typed: &str = typed.encode_utf8(&mut buffer);
        // What can't be shown can't be typed.
        let is_clean = text::clean_str(typed, Place::Clipboard).as_str() == typed;
        if !is_clean || input.value().len() >= MAX_BYTES {
            return false;
        }
    }
    input.handle(request).is_some_and(|change| change.value)
}

/// The first line of a pasted text, cleaned as for a screen. A terminal sends its line ends as carriage returns.
pub(super) fn first_line(pasted: &str) -> String {
    let first = pasted.trim_start().split(['\n', '\r']).next().unwrap_or_default();
    text::clean_str(first.trim_end(), Place::Clipboard).to_string()
}

/// Adds text at the cursor, as far as there is room.
pub(super) fn insert(input: &mut Input, text: &str) {
    let room = MAX_BYTES.saturating_sub(input.value().len());
    let mut used = 0;
    for c in text.chars() {
        used += c.len_utf8();
        if used > room {
            break;
        }
        input.handle(InputRequest::InsertChar(c));
    }
}

/// Whether a key types or deletes something, so that it replaces a text that is selected.
pub(super) fn types_or_deletes(key: &KeyEvent) -> bool {
    use InputRequest::{
        DeleteLine, DeleteNextChar, DeleteNextWord, DeletePrevChar, DeletePrevWord, DeleteTillEnd, InsertChar,
    };
    let deletes = |request: &InputRequest| {
        let deletes =
            [DeletePrevChar, DeleteNextChar, DeletePrevWord, DeleteNextWord, DeleteLine, DeleteTillEnd];
        deletes.contains(request) || matches!(request, InsertChar(_))
    };
    request(key).as_ref().is_some_and(deletes)
}

/// The usual keys of a line.
fn request(key: &KeyEvent) -> Option<InputRequest> {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(match (key.code, ctrl) {
        (KeyCode::Backspace, false) if !alt => InputRequest::DeletePrevChar,
        (KeyCode::Backspace, _) | (KeyCode::Char('w'), true) => InputRequest::DeletePrevWord,
        (KeyCode::Char('h'), true) => InputRequest::DeletePrevChar,
        (KeyCode::Delete, false) => InputRequest::DeleteNextChar,
        (KeyCode::Delete, true) => InputRequest::DeleteNextWord,
        (KeyCode::Left, false) => InputRequest::GoToPrevChar,
        (KeyCode::Right, false) => InputRequest::GoToNextChar,
        (KeyCode::Left, true) => InputRequest::GoToPrevWord,
        (KeyCode::Right, true) => InputRequest::GoToNextWord,
        (KeyCode::Home, _) | (KeyCode::Char('a'), true) => InputRequest::GoToStart,
        (KeyCode::End, _) | (KeyCode::Char('e'), true) => InputRequest::GoToEnd,
        (KeyCode::Char('u'), true) => InputRequest::DeleteLine,
        (KeyCode::Char('k'), true) => InputRequest::DeleteTillEnd,
        (KeyCode::Char(c), _) if ctrl == alt => InputRequest::InsertChar(c),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn ctrl(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)
    }

    #[rstest]
    #[case::word(ctrl('w'), "kari ")]
    #[case::all(ctrl('u'), "")]
    #[case::character(KeyEvent::from(KeyCode::Backspace), "kari nor")]
    #[case::letter(KeyEvent::from(KeyCode::Char('å')), "kari nordå")]
    fn the_usual_keys_do_what_they_do_elsewhere(#[case] key: KeyEvent, #[case] after: &str) {
        let mut input = Input::new("kari nord".to_owned());
        assert!(edit(&mut input, &key));
        assert_eq!(input.value(), after);
    }

    #[rstest]
    #[case::first_line_only("90909090\nq\n", "90909090")]
    #[case::leading_blank_lines("\n  kari \r\n", "kari")]
    #[case::carriage_returns("berit\rq\r", "berit")]
    #[case::tab("Kari\tNord", "Kari Nord")]
    #[case::no_controls("ka\u{1b}[31mri", "ka␛[31mri")]
    #[case::nothing_hidden("ka\u{202e}ri\u{200b}", "kari")]
    fn a_paste_is_one_clean_line(#[case] pasted: &str, #[case] line: &str) {
        assert_eq!(first_line(pasted), line);
    }

    #[test]
    fn a_huge_paste_is_cut() {
        let mut input = Input::default();
        insert(&mut input, &"å".repeat(10_000));
        assert_eq!(input.value().len(), MAX_BYTES);
        assert!(!edit(&mut input, &KeyEvent::from(KeyCode::Char('x'))));
    }
}
