//! A question with answers to choose from.

use super::NoAnswer;
use super::block::{Block, Pressed, bold, faint, width};
use crate::text::{self, Place, fit};
use crossterm::event::KeyCode;
use std::fmt;
use unicode_width::UnicodeWidthStr;

const KEYS: &str = "↑↓ choose   ⏎ take   Esc back";

/// Asks to choose one of `options`, which are cleaned; its place among them.
///
/// # Errors
/// [`NoAnswer`].
pub fn choice<T: fmt::Display>(question: &str, options: &[T]) -> Result<usize, NoAnswer> {
    let clean = |option: &T| text::clean_str(&option.to_string(), Place::Message).to_string();
    let options: Vec<String> = options.iter().map(clean).collect();
    let last = options.len().saturating_sub(1);
    let mut block = Block::open()?;
    let mut chosen = 0;
    loop {
        block.draw(&lines(question, &options, chosen, width()), chosen + 1, 0)?;
        match block.pressed()? {
            Pressed::Enter => break,
            Pressed::Pasted(_) | Pressed::Resized => {}
            Pressed::Key(key) => {
                chosen = match key.code {
                    KeyCode::Up | KeyCode::Char('k') => chosen.saturating_sub(1),
                    KeyCode::Down | KeyCode::Char('j') => (chosen + 1).min(last),
                    KeyCode::Home => 0,
                    KeyCode::End => last,
                    _ => chosen,
                }
            }
        }
    }
    let answer = options.get(chosen).map(String::as_str).unwrap_or_default();
    let room = width().saturating_sub(question.width() + 1);
    block.close(format!("{question} {}", bold(&fit(answer, room))))?;
    Ok(chosen)
}

fn lines(question: &str, options: &[String], chosen: usize, width: usize) -> Vec<String> {
    let mut lines = vec![bold(&fit(question, width))];
    for (at, option) in options.iter().enumerate() {
        let mark = if at == chosen { ">" } else { " " };
        let line = format!("{mark} {option}");
        let line = fit(&line, width);
        lines.push(if at == chosen { bold(&line) } else { line.into_owned() });
    }
    lines.push(faint(&fit(KEYS, width)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_one_is_marked_and_nothing_is_wider_than_the_window() {
        let options = ["one".to_owned(), "another".to_owned()];
        assert_eq!(
            lines("Which?", &options, 1, 6),
            [bold("Which?"), "  one".to_owned(), bold("> ano…"), faint("↑↓ ch…")]
        );
    }
}
