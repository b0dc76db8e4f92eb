//! A question with a line to type: an open one, or a masked one, of which dots are shown.

use super::NoAnswer;
use super::block::{Block, Pressed, bold, faint, width};
use crate::text::{Place, clean_str, fit, skip};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};
use unicode_width::UnicodeWidthStr;

/// A longer line is none that a person types, in bytes.
const LONGEST: usize = 4096;
/// What a letter of a secret looks like.
const DOT: &str = "•";

/// Asks for a line; `help` stands below it until `check` says what is wrong with the line.
///
/// # Errors
/// [`NoAnswer`].
pub fn line(
    question: &str,
    initial: &str,
    help: &str,
    check: impl Fn(&str) -> Result<(), String>,
) -> Result<String, NoAnswer> {
    let mut block = Block::open()?;
    let mut input = Input::new(initial.to_owned());
    let mut below = help.to_owned();
    loop {
        let columns = width();
        let room = room(question, columns);
        let scroll = input.visual_scroll(room);
        let shown = fit(skip(input.value(), scroll), room);
        let cursor = question.width() + 1 + input.visual_cursor().saturating_sub(scroll).min(room);
        let lines = [format!("{} {shown}", bold(question)), faint(&fit(&below, columns))];
        block.draw(&lines, 0, cursor)?;
        match block.pressed()? {
            Pressed::Enter => match check(input.value().trim()) {
                Ok(()) => break,
                Err(why) => below = why,
            },
            Pressed::Key(key) if input.value().len() < LONGEST || !matches!(key.code, KeyCode::Char(_)) => {
                input.handle_event(&Event::Key(key));
            }
            Pressed::Pasted(text) => paste(&mut input, &text),
            Pressed::Key(_) | Pressed::Resized => {}
        }
    }
    let typed = input.value().trim().to_owned();
    let answer = fit(&typed, room(question, width()));
    block.close(format!("{question} {}", bold(&answer)))?;
    Ok(typed)
}

/// Asks for a secret, of which dots are shown. It is wiped where it was typed.
///
/// # Errors
/// [`NoAnswer`].
pub fn secret(question: &str) -> Result<SecretString, NoAnswer> {
    let mut block = Block::open()?;
    // With room from the start, so that it is never copied and left behind.
    let mut typed = Zeroizing::new(String::with_capacity(LONGEST));
    loop {
        let dots = DOT.repeat(typed.chars().count().min(room(question, width())));
        let column = question.width() + 1 + dots.width();
        let below = faint("what is typed is not shown");
        block.draw(&[format!("{} {dots}", bold(question)), below], 0, column)?;
        match block.pressed()? {
            Pressed::Enter if !typed.is_empty() => break,
            Pressed::Key(key) => edit(&mut typed, &key),
            // What is wrong inside of it is said of the whole.
            Pressed::Pasted(text) if typed.len() + text.trim().len() <= LONGEST => {
                typed.push_str(text.trim());
            }
            Pressed::Enter | Pressed::Pasted(_) | Pressed::Resized => {}
        }
    }
    block.close(format!("{question} {}", DOT.repeat(8)))?;
    Ok(SecretString::from(typed.as_str()))
}

/// Adds the first line of a pasted text at the cursor, as far as there is room. The others answer nothing.
fn paste(input: &mut Input, pasted: &str) {
    let first = pasted.trim_start().split(['\n', '\r']).next().unwrap_or_default();
    for c in clean_str(first.trim_end(), Place::Clipboard).as_str().chars() {
        if input.value().len() < LONGEST {
            input.handle(InputRequest::InsertChar(c));
        }
    }
}

/// Edits at the end alone: no one sees where else.
fn edit(typed: &mut String, key: &KeyEvent) {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    match key.code {
        KeyCode::Char('u' | 'w') if ctrl && !alt => typed.clear(),
        KeyCode::Backspace => drop(typed.pop()),
        KeyCode::Char('h') if ctrl && !alt => drop(typed.pop()),
        KeyCode::Char(c) if ctrl == alt && typed.len() + c.len_utf8() <= LONGEST => typed.push(c),
        _ => {}
    }
}

fn room(question: &str, width: usize) -> usize {
    width.saturating_sub(question.width() + 2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_answers_nothing_and_its_first_line_is_taken() {
        let mut input = Input::new("acme".to_owned());
        paste(&mut input, "\r\n .headshed.com \r\n9\r\n");
        assert_eq!(input.value(), "acme.headshed.com");
        paste(&mut input, &"å".repeat(10_000));
        assert!(input.value().len() <= LONGEST + 1);
    }

    #[test]
    fn the_usual_keys_work_in_a_masked_line() {
        let ctrl = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
        let key = |code| KeyEvent::from(code);
        let mut typed = String::new();
        for event in
            [key(KeyCode::Char('x')), ctrl('u'), key(KeyCode::Char('å')), ctrl('q'), key(KeyCode::Char('b'))]
        {
            edit(&mut typed, &event);
        }
        assert_eq!(typed, "åb");
        edit(&mut typed, &key(KeyCode::Backspace));
        edit(&mut typed, &KeyEvent::new(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT));
        assert_eq!(typed, "å@");
    }
}
