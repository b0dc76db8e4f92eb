//! One key: its name in `keys.toml`, its symbol on the screen, and whether it was pressed.

use crate::language::{later, tr};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;
use std::fmt;

/// A word of ours that is typed in place of a key.
type Word = &'static str;

/// A key that can be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Key {
    /// A key. Of a character Shift is a part.
    Plain {
        /// What is pressed.
        code: KeyCode,
        /// Whether Ctrl is held.
        ctrl: bool,
        /// Whether Shift is held; always false for a character.
        shift: bool,
        /// Whether Alt is held; always false for a character.
        alt: bool,
    },
    /// Any of the digits.
    Digit,
    /// A word that is typed as a line, where there are no keys.
    Word(Word),
}

impl Key {
    pub(super) fn is(self, event: &KeyEvent) -> bool {
        let with = |modifier| event.modifiers.contains(modifier);
        let (ctrl, alt) = (with(KeyModifiers::CONTROL), with(KeyModifiers::ALT));
        // AltGr may arrive as Ctrl+Alt with the character it makes.
        let is_character = matches!(event.code, KeyCode::Char(_)) && ctrl == alt;
        match self {
            Self::Word(_) => false,
            Self::Digit => is_character && matches!(event.code, KeyCode::Char('0'..='9')),
            Self::Plain { code, ctrl: false, .. } if matches!(code, KeyCode::Char(_)) => {
                is_character && code == event.code
            }
            Self::Plain { code, ctrl: wanted, shift, alt: wants_alt } => {
                let is_character = matches!(code, KeyCode::Char(_));
                let has_shift = with(KeyModifiers::SHIFT) && code != KeyCode::BackTab;
                let is_held = ctrl == wanted && alt == wants_alt;
                code == event.code && is_held && (is_character || has_shift == shift)
            }
        }
    }
}

impl Key {
    /// The key that quits from everywhere.
    pub(super) const CTRL_C: Self =
        Self::Plain { code: KeyCode::Char('c'), ctrl: true, shift: false, alt: false };

    /// Whether it is a character that a line takes.
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Self::Digit | Self::Plain { code: KeyCode::Char(_), ctrl: false, .. })
    }

    /// Whether a number can begin with it.
    pub(super) fn begins_number(self) -> bool {
        match self {
            Self::Digit => true,
            Self::Plain { code: KeyCode::Char(c), ctrl: false, .. } => c.is_ascii_digit() || c == '+',
            Self::Plain { .. } | Self::Word(_) => false,
        }
    }

    /// Whether a Norwegian keyboard has it only together with `AltGr`, which many terminals do not pass on.
    pub(super) fn needs_alt_gr(self) -> bool {
        matches!(self, Self::Plain { code: KeyCode::Char(c), .. } if "@£$€{[]}\\~|µ".contains(c))
    }
}

/// The character that a key types. `None` for a key that is no character, and with Ctrl or Alt alone.
pub(super) fn typed(event: &KeyEvent) -> Option<char> {
    let with = |modifier| event.modifiers.contains(modifier);
    match event.code {
        // AltGr may arrive as Ctrl+Alt with the character it makes.
        KeyCode::Char(c) if with(KeyModifiers::CONTROL) == with(KeyModifiers::ALT) => Some(c),
        _ => None,
    }
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        if name == "0-9" {
            return Ok(Self::Digit);
        }
        let (ctrl, rest) = name.strip_prefix("ctrl+").map_or((false, name.as_str()), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("alt+").map_or((false, rest), |rest| (true, rest));
        let (shift, rest) = rest.strip_prefix("shift+").map_or((false, rest), |rest| (true, rest));
        let named = NAMED.iter().find(|(known, ..)| *known == rest).map(|(_, code, _)| *code);
        let mut chars = rest.chars();
        let character = chars.next().filter(|_| chars.next().is_none()).map(KeyCode::Char);
        let function = rest.strip_prefix('f').and_then(|number| number.parse().ok()).map(KeyCode::F);
        let code = named.or(character).or(function);
        if ctrl && ["m", "i", "[", "h", "j"].contains(&rest) {
            return Err(format!(
                "there is no key \"{name}\": a terminal sends it as Enter, Tab, Esc or Backspace"
            ));
        }
        if shift && matches!(code, Some(KeyCode::Char(_))) {
            return Err(format!("\"{name}\": write the character that Shift makes instead"));
        }
        if alt && matches!(code, Some(KeyCode::Char(_))) {
            return Err(format!("there is no key \"{name}\": Alt and a character may be another character"));
        }
        code.map(|code| Self::Plain { code, ctrl, shift, alt })
            .ok_or_else(|| format!("there is no key \"{name}\""))
    }
}

/// Keys with a name: what the file calls them, what they are, what the screen shows.
const NAMED: [(&str, KeyCode, &str); 15] = [
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("enter", KeyCode::Enter, "⏎"),
    ("esc", KeyCode::Esc, "Esc"),
    ("tab", KeyCode::Tab, "Tab"),
    ("backtab", KeyCode::BackTab, "⇧Tab"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("pgup", KeyCode::PageUp, "PgUp"),
    ("pgdn", KeyCode::PageDown, "PgDn"),
    ("delete", KeyCode::Delete, "Del"),
    ("backspace", KeyCode::Backspace, "Backspace"),
    ("space", KeyCode::Char(' '), later!("Space")),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, ctrl, shift, alt) = match self {
            Self::Plain { code, ctrl, shift, alt } => (code, ctrl, shift, alt),
            Self::Digit => return f.write_str("0–9"),
            Self::Word(word) => return f.write_str(word),
        };
        if *ctrl {
            f.write_str("Ctrl+")?;
        }
        if *alt {
            f.write_str("Alt+")?;
        }
        if *shift {
            f.write_str("Shift+")?;
        }
        match (NAMED.iter().find(|(_, known, _)| known == code), code) {
            (Some(&(.., symbol)), _) => f.write_str(&tr!(symbol)),
            (None, KeyCode::Char(c)) if *ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
            _ => Ok(()),
        }
    }
}
