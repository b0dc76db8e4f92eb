//! Bytes → events, one byte at a time. It reads no clock and no terminal.
//!
//! ```text
//!          ┌──▶ Escape ──▶ Control "ESC [" ──▶ Paste, Mouse, Console
//! Ground ──┤           ├─▶ Shift   "ESC O"
//!          │           └─▶ Text    "ESC ]", "ESC P" … ──▶ TextEscape
//!          └──▶ Letter: the rest of its bytes
//! ```
//!
//! A sequence that is finished but not known is dropped. A byte that cannot continue a sequence ends it, and is taken
//! for itself. A sequence to which nothing has come for a while is given up: what comes later is never part of it.

use super::color::Color;
use super::mouse;
use super::sequence::{self, plain};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use std::collections::VecDeque;
use std::mem;
use std::time::{Duration, Instant};

/// So long after ESC it is the key and not the beginning of a sequence.
const LONE_ESCAPE: Duration = Duration::from_millis(50);
/// So long a sequence waits for its next byte.
const UNFINISHED: Duration = Duration::from_millis(100);
/// So long a paste waits for its next byte. Longer: what comes after it would be keys, and a slow line has pauses.
const UNFINISHED_PASTE: Duration = Duration::from_secs(1);
/// A longer sequence is none that a terminal sends, in bytes.
const LONGEST: usize = 128;
/// More of a paste helps no line, in bytes.
const LONGEST_PASTE: usize = 64 * 1024;
/// What ends a paste.
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// What was understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// A key, a paste, the mouse, the focus.
    Event(Event),
    /// The terminal says what its background is.
    Background(Color),
    /// The window may have another size.
    Resized,
}

/// Where in a sequence the next byte belongs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    Escape,
    Control,
    Console,
    Mouse,
    Shift,
    Text,
    TextEscape,
    /// How many bytes of what ends a paste have come.
    Paste(usize),
    Letter,
}

/// What has come so far of what is not finished, and the events that are.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
    /// What has come since the sequence began, without its first two bytes.
    held: Vec<u8>,
    /// Whether ESC came before the letter that is not finished: Alt.
    alt: bool,
    /// When the last byte came. `None` before the first.
    last: Option<Instant>,
    events: VecDeque<Heard>,
}

impl Parser {
    /// Takes in what was read at `now`.
    pub fn feed(&mut self, bytes: &[u8], now: Instant) {
        self.last = Some(now);
        for byte in bytes {
            self.byte(*byte);
        }
    }

    /// When to call [`Parser::expire`], unless more comes before. `None` while nothing is unfinished.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        let patience = match self.state {
            State::Ground => return None,
            State::Escape => LONE_ESCAPE,
            State::Paste(_) => UNFINISHED_PASTE,
            _ => UNFINISHED,
        };
        self.last.map(|last| last + patience)
    }

    /// Gives up what is unfinished, if it is time.
    pub fn expire(&mut self, now: Instant) {
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            self.give_up();
        }
    }

    /// The next event.
    pub fn heard(&mut self) -> Option<Heard> {
        self.events.pop_front()
    }

    fn byte(&mut self, byte: u8) {
        match self.state {
            State::Ground => self.ground(byte),
            State::Escape => self.escape(byte),
            State::Control => self.control(byte),
            State::Console => match byte {
                b'A'..=b'E' => self.finish_key(KeyCode::F(byte - b'A' + 1)),
                _ => self.anew(byte),
            },
            State::Mouse => match byte {
                b' '.. => {
                    self.held.push(byte);
                    if let [buttons, column, row] = self.held[..] {
                        self.finish(mouse::of_bytes(buttons, column, row));
                    }
                }
                _ => self.anew(byte),
            },
            State::Shift => match byte {
                b'0'..=b'9' | b';' => self.hold(byte),
                b' '..=b'~' => self.finish(sequence::of_shift(&self.held, byte)),
                _ => self.anew(byte),
            },
            State::Text => match byte {
                0x07 => self.finish_text(),
                0x1b => self.state = State::TextEscape,
                b' '.. => self.hold(byte),
                _ => self.anew(byte),
            },
            State::TextEscape if byte == b'\\' => self.finish_text(),
            State::TextEscape => {
                self.begin(State::Escape);
                self.escape(byte);
            }
            State::Paste(matched) => self.paste(matched, byte),
            State::Letter => {
                self.held.push(byte);
                self.letter();
            }
        }
    }

    /// A byte that continues nothing.
    fn ground(&mut self, byte: u8) {
        match byte {
            0x1b => self.begin(State::Escape),
            0xc2..=0xf4 => {
                self.state = State::Letter;
                self.held.clear();
                self.held.push(byte);
            }
            _ => self.finish(plain(byte)),
        }
    }

    /// The byte after ESC.
    fn escape(&mut self, byte: u8) {
        match byte {
            b'[' => self.begin(State::Control),
            b'O' => self.begin(State::Shift),
            // Of the terminal, of a device, of a program.
            b']' | b'P' | b'X' | b'^' | b'_' => {
                self.begin(State::Text);
                self.held.push(byte);
            }
            // No key with Alt is such a byte: it is another key, and ESC was one.
            ..b' ' => self.anew(byte),
            _ => {
                self.begin(State::Ground);
                self.alt = true;
                self.ground(byte);
            }
        }
    }

    /// A byte after `ESC [`.
    fn control(&mut self, byte: u8) {
        match byte {
            b' '..=b'?' => self.hold(byte),
            b'[' if self.held.is_empty() => self.begin(State::Console),
            b'M' if self.held.is_empty() => self.begin(State::Mouse),
            b'~' if self.held == b"200" => self.begin(State::Paste(0)),
            b'@'..=b'~' if self.held.len() < LONGEST => self.finish(sequence::of_control(&self.held, byte)),
            b'@'..=b'~' => self.finish(None),
            _ => self.anew(byte),
        }
    }

    fn paste(&mut self, matched: usize, byte: u8) {
        if PASTE_ENDS.get(matched) == Some(&byte) {
            self.state = State::Paste(matched + 1);
            if matched + 1 == PASTE_ENDS.len() {
                self.finish_paste();
            }
            return;
        }
        let again = usize::from(PASTE_ENDS.first() == Some(&byte));
        let pasted = PASTE_ENDS.iter().take(matched).chain((again == 0).then_some(&byte));
        let room = LONGEST_PASTE.saturating_sub(self.held.len());
        self.held.extend(pasted.take(room));
        self.state = State::Paste(again);
    }

    fn finish_paste(&mut self) {
        let text = String::from_utf8_lossy(&self.held).into_owned();
        self.finish(Some(Event::Paste(text)));
    }

    /// Of all that a terminal says of itself, one thing is asked for.
    fn finish_text(&mut self) {
        let answer = self.held.strip_prefix(b"]11;").and_then(|color| std::str::from_utf8(color).ok());
        self.events.extend(answer.and_then(Color::of_answer).map(Heard::Background));
        self.finish(None);
    }

    fn letter(&mut self) {
        let letter = match std::str::from_utf8(&self.held) {
            Ok(text) => text.chars().next(),
            Err(error) if error.error_len().is_none() => return,
            Err(_) => {
                // Half a letter is none, and its end may be the beginning of something else.
                let last = self.held.pop();
                self.begin(State::Ground);
                return last.into_iter().for_each(|byte| self.ground(byte));
            }
        };
        self.finish(letter.and_then(sequence::letter));
    }

    /// Begins to wait for the rest of something.
    fn begin(&mut self, state: State) {
        self.state = state;
        self.held.clear();
        self.alt = false;
    }

    fn hold(&mut self, byte: u8) {
        if self.held.len() < LONGEST {
            self.held.push(byte);
        }
    }

    /// Ends what has begun, with an event if it was one.
    fn finish(&mut self, event: Option<Event>) {
        let event = event.map(|event| match event {
            Event::Key(key) if self.alt => {
                Event::Key(KeyEvent { modifiers: key.modifiers | KeyModifiers::ALT, ..key })
            }
            event => event,
        });
        self.events.extend(event.map(Heard::Event));
        self.begin(State::Ground);
    }

    fn finish_key(&mut self, code: KeyCode) {
        self.finish(Some(Event::Key(code.into())));
    }

    /// Gives up what has begun, for a byte that is no part of it.
    fn anew(&mut self, byte: u8) {
        self.give_up();
        self.byte(byte);
    }

    /// Ends what has begun and will not be finished, with the key that it may have been.
    fn give_up(&mut self) {
        let held = mem::take(&mut self.held);
        let introducer = match self.state {
            State::Ground | State::Console | State::Letter => None,
            State::Escape | State::TextEscape => return self.finish_key(KeyCode::Esc),
            State::Control => Some(b'['),
            State::Shift => Some(b'O'),
            State::Text => held.first().copied(),
            State::Mouse => {
                // No report of the mouse then, but what comes after an unknown sequence.
                self.begin(State::Ground);
                return held.into_iter().for_each(|byte| self.byte(byte));
            }
            State::Paste(_) => {
                self.held = held;
                return self.finish_paste();
            }
        };
        let is_alone = held.len() == usize::from(self.state == State::Text);
        self.alt = true;
        self.finish(introducer.filter(|_| is_alone).and_then(plain));
    }
}
