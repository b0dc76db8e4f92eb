//! The masked line: after a 401 a new credential is typed here, and all goes on where it was. The text is held where
//! nothing prints it, and wiped when the line closes.

use crate::app::status::grouped;
use crate::app::{App, Effect, line};
use crate::cube::Error;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use tui_input::Input;

/// What a letter of the secret looks like.
const STAR: &str = "•";

/// A secret as it was typed. Its `Debug` holds nothing of it.
#[derive(Clone)]
pub struct Typed(SecretString);

impl Typed {
    /// The secret, for the one who makes a credential of it.
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

/// The masked line.
pub struct Asking {
    /// Why it is open, and the same in fewer words.
    why: String,
    short: String,
    /// The other profile that it opens. `None` for the account that is open.
    profile: Option<String>,
    /// What is typed, with room from the start, so that it is never copied and left behind.
    text: Zeroizing<String>,
    /// Its stars, for the screen.
    stars: Input,
}

impl Asking {
    fn new(why: String, short: String) -> Self {
        let text = Zeroizing::new(String::with_capacity(line::MAX_BYTES));
        Self { why, short, profile: None, text, stars: Input::default() }
    }

    /// What the screen shows of it.
    #[must_use]
    pub fn stars(&self) -> &Input {
        &self.stars
    }

    /// Why it is open, and what is to be typed.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }

    /// The same, where there is little room.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.short
    }

    /// Edits at the end alone: nobody sees where else.
    fn edit(&mut self, key: &KeyEvent) {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('u' | 'w') if ctrl && !alt => self.clear(),
            KeyCode::Char('h') if ctrl && !alt => drop(self.text.pop()),
            KeyCode::Backspace => drop(self.text.pop()),
            KeyCode::Char(c) if ctrl == alt => self.insert(c.encode_utf8(&mut [0; 4])),
            _ => return,
        }
        self.restar();
    }

    fn insert(&mut self, text: &str) {
        for c in text.chars() {
            if self.text.len() + c.len_utf8() <= line::MAX_BYTES {
                self.text.push(c);
            }
        }
        self.restar();
    }

    fn clear(&mut self) {
        self.text = Zeroizing::new(String::with_capacity(line::MAX_BYTES));
        self.restar();
    }

    fn restar(&mut self) {
        self.stars = Input::new(STAR.repeat(self.text.chars().count()));
    }
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asking").field("why", &self.why).finish_non_exhaustive()
    }
}

impl App {
    /// Opens the masked line after a 401, unless it is open. The demo's token is nobody's to type.
    pub(super) fn ask_for_secret(&mut self, error: &Error) {
        if error.status() == Some(401) && !self.place.is_demo && self.asking.is_none() {
            let wanted = self.place.wanted;
            let loaded = match self.store.scope().loaded {
                0 => String::new(),
                loaded => format!(" · {} loaded before", grouped(loaded as u64)),
            };
            let why = format!("Cube does not accept this {wanted} (401){loaded} · type a new one");
            self.asking = Some(Asking::new(why, format!("{wanted} refused (401) · type a new one")));
        }
    }

    /// Opens the masked line for what opens another profile.
    pub(super) fn want_secret(&mut self, profile: String, why: String) {
        self.asking = Some(Asking { profile: Some(profile), ..Asking::new(why.clone(), why) });
    }

    pub(super) fn type_secret_key(&mut self, key: &KeyEvent) {
        if let Some(asking) = &mut self.asking {
            asking.edit(key);
        }
    }

    pub(super) fn paste_into_secret(&mut self, text: &str) {
        if let Some(asking) = &mut self.asking {
            asking.insert(text.trim());
        }
    }

    /// Hands what was typed to whoever makes a credential of it.
    pub(super) fn secret_entered(&mut self) {
        if let Some(asking) = &mut self.asking
            && !asking.text.is_empty()
        {
            let typed = Typed(SecretString::from(asking.text.as_str()));
            asking.clear();
            self.effects.push(match &asking.profile {
                Some(name) => Effect::OpenProfile { name: name.clone(), typed: Some(typed) },
                None => Effect::UseSecret(typed),
            });
        }
    }

    /// What was typed can't be a credential.
    pub(super) fn secret_refused(&mut self, why: &str) {
        if let Some(asking) = &mut self.asking {
            asking.why = format!("{why} · type another one");
            asking.short.clone_from(&asking.why);
        }
    }

    /// The client has the new credential: what the old one was refused is asked again, where it was.
    pub(super) fn secret_taken(&mut self) {
        self.asking = None;
        "what was typed here, kept in memory".clone_into(&mut self.place.credential);
        // Answers to the old credential are answers to another question.
        self.load.generation += 1;
        self.load.labels = false;
        self.effects.push(Effect::CancelPages);
        self.store.forget_loading();
        self.stop_card();
        self.stop_lookup();
        self.retry();
        self.retry_lookup();
        self.say("used until you quit · cubedex login keeps it");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[KeyEvent]) -> Asking {
        let mut asking = Asking::new("why".to_owned(), "short".to_owned());
        for key in keys {
            asking.edit(key);
        }
        asking
    }

    #[test]
    fn nothing_that_is_typed_can_be_printed() {
        let mut asking = Asking::new("why".to_owned(), "short".to_owned());
        asking.insert("CANARY");
        assert_eq!(asking.stars().value(), "••••••");
        let typed = Typed(SecretString::from(asking.text.as_str()));
        let printed = format!("{asking:?} {:?}", Effect::UseSecret(typed));
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
}
