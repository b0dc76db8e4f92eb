//! The line for a new credential. It opens on a key, never by itself. The text is held where nothing prints it, and
//! wiped when the line closes.

use super::{Outcome, Wish};
use crate::app::input;
use crate::cube::List;
use crate::keys::Action;
use crate::words::CredentialReason;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use tui_input::Input;

/// What the screen shows for each character.
const DOT: &str = "•";

/// A credential as it was typed. Its `Debug` holds nothing of it.
#[derive(Clone)]
pub struct Typed(SecretString);

impl Typed {
    /// What was typed, for whoever makes a credential of it.
    #[must_use]
    pub fn into_secret(self) -> SecretString {
        self.0
    }
}

impl PartialEq for Typed {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed")
    }
}

/// The line.
pub struct CredentialLine {
    reason: CredentialReason,
    /// The other profile that it opens, and which of its lists. `None` for the account that is open.
    profile: Option<(String, Option<List>)>,
    /// What is typed, with room from the start, so that it is never copied and left behind.
    text: Zeroizing<String>,
    /// What the screen shows of it.
    dots: Input,
}

impl CredentialLine {
    /// An empty line.
    #[must_use]
    pub(in crate::app) fn new(reason: CredentialReason, profile: Option<(String, Option<List>)>) -> Self {
        let text = Zeroizing::new(String::with_capacity(input::MAX_BYTES));
        Self { reason, profile, text, dots: Input::default() }
    }

    /// What the screen shows of the text: a dot for each character.
    #[must_use]
    pub fn dots(&self) -> &Input {
        &self.dots
    }

    /// Why it is open.
    #[must_use]
    pub fn reason(&self) -> &CredentialReason {
        &self.reason
    }

    /// What was typed is of no use; why.
    pub(in crate::app) fn refuse(&mut self, reason: CredentialReason) {
        self.clear();
        self.reason = reason;
    }

    /// Does what a key is for. Enter in an empty line asks again with the credential that is in use.
    pub(in crate::app) fn act(&mut self, action: Action) -> Outcome {
        match action {
            Action::Open if self.text.is_empty() && self.profile.is_none() => Outcome::Wish(Wish::Retry),
            Action::Open if self.text.is_empty() => Outcome::Done,
            Action::Open => {
                let typed = Typed(SecretString::from(self.text.as_str()));
                self.clear();
                Outcome::Wish(Wish::UseCredential(self.profile.clone(), typed))
            }
            Action::Back => Outcome::Wish(Wish::Close),
            _ => Outcome::Ignored,
        }
    }

    /// Takes a key that is typed. Only the end can be edited: the screen does not show where else.
    pub(in crate::app) fn type_key(&mut self, key: &KeyEvent) {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('u' | 'w') if ctrl && !alt => self.clear(),
            KeyCode::Char('h') if ctrl && !alt => drop(self.text.pop()),
            KeyCode::Backspace => drop(self.text.pop()),
            KeyCode::Char(c) if ctrl == alt => self.paste(c.encode_utf8(&mut [0; 4])),
            _ => return,
        }
        self.draw_dots();
    }

    /// Adds text at the end, as far as there is room.
    pub(in crate::app) fn paste(&mut self, text: &str) {
        for c in text.chars() {
            if self.text.len() + c.len_utf8() <= input::MAX_BYTES {
                self.text.push(c);
            }
        }
        self.draw_dots();
    }

    fn clear(&mut self) {
        self.text = Zeroizing::new(String::with_capacity(input::MAX_BYTES));
        self.draw_dots();
    }

    fn draw_dots(&mut self) {
        self.dots = Input::new(DOT.repeat(self.text.chars().count()));
    }
}

impl fmt::Debug for CredentialLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialLine").field("reason", &self.reason).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Effect, SessionCall};

    fn typed(keys: &[KeyEvent]) -> CredentialLine {
        let mut line = CredentialLine::new(CredentialReason::Refused, None);
        for key in keys {
            line.type_key(key);
        }
        line
    }

    #[test]
    fn nothing_that_is_typed_can_be_printed() {
        let mut line = typed(&[]);
        line.paste("CANARY");
        assert_eq!(line.dots().value(), "••••••");
        let typed = Typed(SecretString::from(line.text.as_str()));
        let printed = format!("{line:?} {:?}", Effect::Session(SessionCall::UseCredential(typed)));
        assert!(!printed.contains("CANARY"), "{printed}");
    }

    #[test]
    fn the_usual_keys_work_at_its_end() {
        let key = |code| KeyEvent::from(code);
        let ctrl = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
        let ab = [key(KeyCode::Char('a')), key(KeyCode::Char('å'))];
        assert_eq!(typed(&ab).text.as_str(), "aå");
        assert_eq!(typed(&[ab[0], ab[1], key(KeyCode::Backspace)]).text.as_str(), "a");
        assert_eq!(typed(&[ab[0], ab[1], ctrl('u')]).text.as_str(), "");
        assert_eq!(typed(&[ab[0], ctrl('x')]).text.as_str(), "a");
    }

    #[test]
    fn enter_in_an_empty_line_asks_again_with_the_credential_in_use() {
        assert_eq!(typed(&[]).act(Action::Open), Outcome::Wish(Wish::Retry));
    }
}
