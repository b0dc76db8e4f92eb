//! A customer's id as it is typed.

use super::Failure;
use crate::cube::CustomerId;
use crate::text::{self, SafeText};

/// What was meant as an id has no more letters, and is no longer, in characters.
const MOST_LETTERS: usize = 3;
const LONGEST: usize = 20;

/// The id that was typed; `example` is a right use of the command.
///
/// # Errors
/// One that no customer can have.
pub(super) fn read(typed: &str, example: &str) -> Result<CustomerId, Failure> {
    CustomerId::try_from(typed).map_err(|why| {
        let id = nearly(typed).map_or_else(|| "what was typed".to_owned(), |id| id.to_string());
        Failure::Usage(format!("{id} is no id: {why}, for example: cubedex {example}"))
    })
}

/// What is nearly an id, for a message. `None` for any other word: it can be a token in the wrong place.
fn nearly(id: &str) -> Option<SafeText<'static>> {
    let letters = id.chars().filter(|c| c.is_alphabetic()).count();
    (letters <= MOST_LETTERS && id.chars().count() <= LONGEST).then(|| text::typed(id))
}
