//! Why the arguments do not lead to a start: the help was asked for, or they are wrong, in one line of our own words.
//! The parser's words are not used, because they repeat what was typed.

use super::Command;
use super::expected::EXPECTED;
use crate::text::{self, SafeText};
use clap::error::{ContextKind, ErrorKind};
use std::error::Error;
use std::ffi::OsString;

/// Options that many programs have and this one must not, as other users can list the arguments of a process.
const SECRETS: [&str; 2] = ["--token", "--password"];

/// An end before the start.
#[derive(Debug)]
pub enum Stop {
    /// The help or the version, to be written to standard output before ending with exit code 0.
    Shown(String),
    /// The arguments are wrong, to be said on standard error before ending with exit code 2.
    Wrong(Wrong),
}

/// Arguments that cubedex does not take, in one line with an example.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A secret as an argument.
    #[error(
        "{0} does not exist, because others can read what is typed here; set CUBEDEX_TOKEN instead, \
         for example: read -rs CUBEDEX_TOKEN && export CUBEDEX_TOKEN"
    )]
    Secret(&'static str),
    /// An option that there is not, here without its value and cut to 60 characters.
    #[error("there is no option {option} here{}; cubedex --help lists them", meant(.nearest.as_deref()))]
    Unknown {
        /// The option.
        option: SafeText<'static>,
        /// The one that may be meant.
        nearest: Option<String>,
    },
    /// A word that is no command, nor what a caller is known by.
    #[error(
        "there is no command {word}{}; cubedex --help lists them, and --search looks for a name",
        meant(.nearest.as_deref())
    )]
    NoCommand {
        /// The word, as far as it may be repeated.
        word: SafeText<'static>,
        /// The command that may be meant.
        nearest: Option<String>,
    },
    /// A second id, or a word after a command that takes none.
    #[error("there is one argument too many, for example: cubedex --demo 9120011888")]
    TooMany,
    /// A value that an option does not take, or none where it takes one.
    #[error("{option} takes {takes}, for example: {option} {example}")]
    Value {
        /// The option.
        option: &'static str,
        /// What it takes.
        takes: String,
        /// A value that it takes.
        example: &'static str,
    },
    /// A value for an option that takes none.
    #[error("{0} takes no value, for example: cubedex {0}")]
    NoValue(SafeText<'static>),
    /// An option that stands there more than once.
    #[error("{0} is there twice; give it once")]
    Twice(SafeText<'static>),
    /// A command behind options of the browser.
    #[error("{0} comes first and its options after it; cubedex {0} --help lists them")]
    CommandLater(String),
    /// A command without what it needs, here its name.
    #[error("something is missing; cubedex {0} --help says what")]
    Missing(String),
    /// A word behind a command that has commands of its own, of which this is none.
    #[error("there is no such command{}; cubedex {command} --help lists them", meant(.nearest.as_deref()))]
    NoSubcommand {
        /// The command that has commands of its own.
        command: String,
        /// The one of them that may be meant.
        nearest: Option<String>,
    },
    /// Bytes that are not text where text is expected.
    #[error("an argument is not UTF-8; cubedex --help says what is expected")]
    NotUtf8,
    /// Anything else.
    #[error("these arguments do not go together; cubedex --help says which do")]
    Other,
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map(|nearest| format!(" (did you mean {nearest}?)")).unwrap_or_default()
}

impl From<Wrong> for Stop {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

/// Refuses secrets before the parser sees them, wherever they stand among the options.
pub(super) fn refuse_secrets(arguments: &[OsString]) -> Result<(), Wrong> {
    let options = arguments.iter().take_while(|argument| *argument != "--");
    for argument in options.map(|argument| argument.as_encoded_bytes()) {
        let is_there = |secret: &&&str| {
            let value = argument.strip_prefix(secret.as_bytes());
            value.is_some_and(|value| value.is_empty() || value.starts_with(b"="))
        };
        if let Some(secret) = SECRETS.iter().find(is_there) {
            return Err(Wrong::Secret(secret));
        }
    }
    Ok(())
}

impl Stop {
    /// What the parser found, without what it would repeat.
    pub(super) fn of(error: &clap::Error) -> Self {
        let context = |kind| error.get(kind).map(ToString::to_string);
        let argument = context(ContextKind::InvalidArg).unwrap_or_default();
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Self::Shown(error.render().to_string()),
            ErrorKind::UnknownArgument if !argument.starts_with('-') => Wrong::TooMany.into(),
            ErrorKind::UnknownArgument => {
                let option = name(&argument);
                let nearest = Command::nearest_option(option.as_str(), of_command(error).as_deref());
                Wrong::Unknown { option, nearest }.into()
            }
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => value(&argument, error.source()).into(),
            ErrorKind::TooManyValues => Wrong::NoValue(name(&argument)).into(),
            // A word behind an id could have been a command.
            ErrorKind::ArgumentConflict if error.get(ContextKind::InvalidSubcommand).is_some() => {
                Wrong::TooMany.into()
            }
            ErrorKind::ArgumentConflict if context(ContextKind::PriorArg) == Some(argument.clone()) => {
                Wrong::Twice(name(&argument)).into()
            }
            ErrorKind::MissingRequiredArgument => {
                of_command(error).map_or(Wrong::Other, Wrong::Missing).into()
            }
            ErrorKind::InvalidSubcommand => {
                let word = context(ContextKind::InvalidSubcommand).unwrap_or_default();
                let within = |command: String| {
                    let nearest = Command::nearest_within(&word, &command);
                    Wrong::NoSubcommand { command, nearest }
                };
                let at_top =
                    || Wrong::NoCommand { word: text::typed(&word), nearest: Command::nearest(&word) };
                of_command(error).filter(|command| command != "help").map_or_else(at_top, within).into()
            }
            ErrorKind::InvalidUtf8 => Wrong::NotUtf8.into(),
            _ => Wrong::Other.into(),
        }
    }
}

/// What is said of a value of `argument`, which the parser names as the help does: `--port <N>`.
fn value(argument: &str, cause: Option<&(dyn Error + 'static)>) -> Wrong {
    let argument = if argument == "<SHELL>" { "completions".into() } else { name(argument) };
    let known = EXPECTED.into_iter().find(|(option, ..)| argument.as_str() == *option);
    known.map_or(Wrong::Other, |(option, takes, example)| Wrong::Value {
        option,
        takes: cause.map_or_else(|| takes.to_owned(), ToString::to_string),
        example,
    })
}

/// The command that an error is about: the parser's line of usage names it.
fn of_command(error: &clap::Error) -> Option<String> {
    let usage = error.get(ContextKind::Usage)?.to_string();
    usage.split_whitespace().find_map(Command::named)
}

/// The name of an option alone: what follows it could be a secret.
fn name(argument: &str) -> SafeText<'static> {
    let end = |c: char| c == '=' || c.is_whitespace();
    let name = argument.split(end).next().unwrap_or_default();
    // Of letters behind one dash only the first is an option, the others could be its value.
    let second = name.char_indices().nth(2).map_or(name.len(), |(at, _)| at);
    let end = if name.starts_with("--") { name.len() } else { second };
    text::typed(name.get(..end).unwrap_or_default())
}
