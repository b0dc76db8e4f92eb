//! Questions asked on the terminal below the shell's prompt, before the screen is taken or without one.
//! They are written to standard error, so that a pipe gets data alone.

mod guard;

pub use guard::hand_over;

use crate::text::{self, Place};
use inquire::validator::{ErrorMessage, Validation};
use inquire::{InquireError, Password, PasswordDisplayMode, Select, Text};
use secrecy::SecretString;
use std::fmt;
use std::io::{self, IsTerminal};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// The person stepped back (Esc).
    #[error("given up; nothing was changed")]
    GivenUp,
    /// The person wants out (Ctrl+C).
    #[error("interrupted; nothing was changed")]
    Interrupted,
    /// There is nobody to ask.
    #[error("there is no terminal to ask on")]
    NoTerminal,
    /// The terminal failed.
    #[error("asking on the terminal")]
    Failed(#[source] io::Error),
}

impl From<InquireError> for NoAnswer {
    fn from(error: InquireError) -> Self {
        match error {
            InquireError::OperationCanceled => Self::GivenUp,
            InquireError::OperationInterrupted => Self::Interrupted,
            InquireError::NotTTY => Self::NoTerminal,
            InquireError::IO(error) => Self::Failed(error),
            InquireError::InvalidConfiguration(_) | InquireError::Custom(_) => {
                Self::Failed(io::ErrorKind::Other.into())
            }
        }
    }
}

/// Whether somebody can be asked.
#[must_use]
pub fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a secret, of which stars are shown.
///
/// # Errors
/// [`NoAnswer`].
pub fn secret(question: &str, check: fn(&str) -> Result<(), String>) -> Result<SecretString, NoAnswer> {
    guard::watch()?;
    let validate = move |typed: &str| Ok(validation(check(typed)));
    let asked = Password::new(question)
        .with_display_mode(PasswordDisplayMode::Masked)
        .with_validator(validate)
        .without_confirmation();
    Ok(SecretString::from(asked.prompt()?))
}

/// Asks for a line.
///
/// # Errors
/// [`NoAnswer`].
pub fn line(
    question: &str,
    initial: &str,
    help: &str,
    check: impl Fn(&str) -> Result<(), String> + Clone + 'static,
) -> Result<String, NoAnswer> {
    guard::watch()?;
    let validate = move |typed: &str| Ok(validation(check(typed.trim())));
    let asked =
        Text::new(question).with_initial_value(initial).with_help_message(help).with_validator(validate);
    Ok(asked.prompt()?.trim().to_owned())
}

/// Asks to choose one of `options`, which are cleaned; its place among them.
///
/// # Errors
/// [`NoAnswer`].
pub fn choice<T: fmt::Display>(question: &str, options: &[T]) -> Result<usize, NoAnswer> {
    guard::watch()?;
    let clean = |option: &T| text::clean_str(&option.to_string(), Place::Message).to_string();
    let options = options.iter().map(clean).collect();
    Ok(Select::new(question, options).without_filtering().raw_prompt()?.index)
}

fn validation(checked: Result<(), String>) -> Validation {
    match checked {
        Ok(()) => Validation::Valid,
        Err(why) => Validation::Invalid(ErrorMessage::Custom(why)),
    }
}
