//! What a finished sequence is: the tables of xterm, of the Linux console, of kitty and of what they took over. `None`
//! for all that is no key and no report of the mouse: answers, and keys that no line and no table knows.

use super::mouse;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// Characters that kitty gives to keys which type nothing.
const KEYS_OF_KITTY: std::ops::RangeInclusive<u32> = 57_344..=63_743;

/// The modifiers by their bits.
const MODIFIERS: [(u32, KeyModifiers); 6] = [
    (1, KeyModifiers::SHIFT),
    (2, KeyModifiers::ALT),
    (4, KeyModifiers::CONTROL),
    (8, KeyModifiers::SUPER),
    (16, KeyModifiers::HYPER),
    (32, KeyModifiers::META),
];

/// A byte that is a key by itself.
pub(super) fn plain(byte: u8) -> Option<Event> {
    let ctrl = |c: u8| Some(Event::Key(KeyEvent::new(KeyCode::Char(c.into()), KeyModifiers::CONTROL)));
    match byte {
        0 => ctrl(b' '),
        b'\t' => Some(key(KeyCode::Tab)),
        // A line feed comes from a paste without marks.
        b'\r' | b'\n' => Some(key(KeyCode::Enter)),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1b => Some(key(KeyCode::Esc)),
        0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        0x7f => Some(key(KeyCode::Backspace)),
        b' '..=b'~' => letter(byte.into()),
        _ => None,
    }
}

/// A character that was typed. Controls of C1 are no keys.
pub(super) fn letter(c: char) -> Option<Event> {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    (!c.is_control()).then(|| Event::Key(KeyEvent::new(KeyCode::Char(c), shift)))
}

/// `ESC O …`, of which `parameters` are empty but in old terminals.
pub(super) fn of_shift(parameters: &[u8], end: u8) -> Option<Event> {
    let code = match end {
        b'M' => KeyCode::Enter,
        b'I' => KeyCode::Tab,
        b' ' => KeyCode::Char(' '),
        b'X' => KeyCode::Char('='),
        // The keypad, where a program has left it in its own mode.
        b'j'..=b'y' => KeyCode::Char((end - b'j' + b'*').into()),
        _ => named(end)?,
    };
    let parameters = Parameters::of(parameters)?;
    Some(Event::Key(KeyEvent::new(code, parameters.last_modifiers())))
}

/// `ESC [ …`.
pub(super) fn of_control(parameters: &[u8], end: u8) -> Option<Event> {
    if let Some(exact) = parameters.strip_prefix(b"<") {
        let [buttons, column, row] = Parameters::of(exact)?.numbers()?;
        return match end {
            b'M' | b'm' => mouse::of_exact(buttons, column, row, end == b'm'),
            _ => None,
        };
    }
    let parameters = Parameters::of(parameters)?;
    match end {
        b'M' => {
            parameters.numbers().and_then(|[buttons, column, row]| mouse::of_numbers(buttons, column, row))
        }
        b'I' if parameters.is_empty() => Some(Event::FocusGained),
        b'O' if parameters.is_empty() => Some(Event::FocusLost),
        b'u' => parameters.character(0, 1),
        // xterm's own way to tell keys apart.
        b'~' if parameters.number(0, 0) == Some(27) => parameters.character(2, 1),
        b'~' => numbered(parameters.number(0, 0)?).map(|code| parameters.key(1, code)),
        b'Z' => Some(parameters.key(1, KeyCode::BackTab)),
        // Where the cursor is, and not F3.
        b'R' if !parameters.is_empty() => None,
        _ if parameters.count() > 2 => None,
        _ => named(end).map(|code| parameters.key(parameters.count() - 1, code)),
    }
}

fn key(code: KeyCode) -> Event {
    Event::Key(code.into())
}

/// Keys by the letter that ends their sequence.
fn named(end: u8) -> Option<KeyCode> {
    Some(match end {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'E' => KeyCode::KeypadBegin,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(end - b'P' + 1),
        _ => return None,
    })
}

/// Keys by the number before `~`.
fn numbered(number: u32) -> Option<KeyCode> {
    let function = |from: u32, first: u8| u8::try_from(number - from).ok().map(|at| KeyCode::F(first + at));
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=26 => function(23, 11),
        28..=29 => function(28, 15),
        31..=34 => function(31, 17),
        _ => None,
    }
}

/// Keys by their number in kitty's protocol, those that type characters first.
fn coded(code: u32) -> Option<KeyCode> {
    let function = |from: u32, first: u8| u8::try_from(code - from).ok().map(|at| KeyCode::F(first + at));
    match code {
        8 | 127 => Some(KeyCode::Backspace),
        9 => Some(KeyCode::Tab),
        10 | 13 | 57_414 => Some(KeyCode::Enter),
        27 => Some(KeyCode::Esc),
        57_358 => Some(KeyCode::CapsLock),
        57_359 => Some(KeyCode::ScrollLock),
        57_360 => Some(KeyCode::NumLock),
        57_361 => Some(KeyCode::PrintScreen),
        57_362 => Some(KeyCode::Pause),
        57_363 => Some(KeyCode::Menu),
        57_376..=57_398 => function(57_376, 13),
        57_399..=57_408 => char::from_digit(code - 57_399, 10).map(KeyCode::Char),
        57_409..=57_413 => "./*-+".chars().nth((code - 57_409) as usize).map(KeyCode::Char),
        57_415 => Some(KeyCode::Char('=')),
        57_416 => Some(KeyCode::Char(',')),
        57_417 => Some(KeyCode::Left),
        57_418 => Some(KeyCode::Right),
        57_419 => Some(KeyCode::Up),
        57_420 => Some(KeyCode::Down),
        57_421 => Some(KeyCode::PageUp),
        57_422 => Some(KeyCode::PageDown),
        57_423 => Some(KeyCode::Home),
        57_424 => Some(KeyCode::End),
        57_425 => Some(KeyCode::Insert),
        57_426 => Some(KeyCode::Delete),
        57_427 => Some(KeyCode::KeypadBegin),
        code if KEYS_OF_KITTY.contains(&code) => None,
        code => char::from_u32(code).filter(|c| !c.is_control()).map(KeyCode::Char),
    }
}

/// The capital letter, where there is exactly one.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    upper.next().filter(|_| upper.next().is_none()).unwrap_or(c)
}

/// Numbers between `;`, each of which may have more of them behind `:`.
#[derive(Clone, Copy)]
struct Parameters<'a>(&'a str);

impl<'a> Parameters<'a> {
    /// `None` where there is anything else: an answer of the terminal has a sign before its numbers or behind them.
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let is_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b';' | b':');
        if !bytes.iter().all(is_number) {
            return None;
        }
        std::str::from_utf8(bytes).ok().map(Self)
    }

    fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    fn count(self) -> usize {
        self.0.split(';').count()
    }

    fn number(self, at: usize, part: usize) -> Option<u32> {
        self.0.split(';').nth(at)?.split(':').nth(part)?.parse().ok()
    }

    /// Exactly three numbers.
    fn numbers(self) -> Option<[u16; 3]> {
        let numbers: Option<Vec<u16>> = self.0.split(';').map(|number| number.parse().ok()).collect();
        numbers?.try_into().ok()
    }

    /// The modifiers at this place; they count from 1.
    fn modifiers(self, at: usize) -> KeyModifiers {
        let held = self.number(at, 0).unwrap_or(1).saturating_sub(1);
        // The bits after these are locks, which no key here depends on.
        MODIFIERS.iter().filter(|(bit, _)| held & bit != 0).map(|(_, modifier)| *modifier).collect()
    }

    fn last_modifiers(self) -> KeyModifiers {
        self.modifiers(self.count() - 1)
    }

    /// A key with the modifiers at this place.
    fn key(self, at: usize, code: KeyCode) -> Event {
        let mut modifiers = self.modifiers(at);
        modifiers
            .set(KeyModifiers::SHIFT, modifiers.contains(KeyModifiers::SHIFT) || code == KeyCode::BackTab);
        let kind = match self.number(at, 1) {
            Some(2) => KeyEventKind::Repeat,
            Some(3) => KeyEventKind::Release,
            _ => KeyEventKind::Press,
        };
        Event::Key(KeyEvent::new_with_kind(code, modifiers, kind))
    }

    /// A key with its code at one place and its modifiers at another.
    fn character(self, code: usize, modifiers: usize) -> Option<Event> {
        let held = self.modifiers(modifiers);
        let shifted = |c: char| self.number(code, 1).and_then(char::from_u32).unwrap_or_else(|| upper(c));
        let code = match coded(self.number(code, 0)?)? {
            KeyCode::Tab if held.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            // With Ctrl or Alt the key counts, not what it types.
            KeyCode::Char(c) if held == KeyModifiers::SHIFT => KeyCode::Char(shifted(c)),
            code => code,
        };
        Some(self.key(modifiers, code))
    }
}
