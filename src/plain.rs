//! The browser as a dialogue of lines, for screen readers and slow lines: another front of the same model. A line that
//! is typed becomes messages, and what has changed then becomes lines. Nothing here moves a cursor or has a colour.
//!
//! ```text
//! line ─▶ Dialogue::hear ─▶ Dialogue::next ─▶ Msg … ─▶ App::update
//!                                                          │
//! lines ◀─ Dialogue::say ◀──────── App ◀───────────────────┘
//! ```

mod hear;
mod pane;
mod say;

pub use say::{is_answered, progress, prompt};

use crate::app::Msg;
use crate::list::Slot;
use crate::words::Misheard;
use std::collections::{BTreeMap, VecDeque};

/// The size of the screen that the model believes in: ten rows of customers, and no card beside them.
pub const SIZE: (u16, u16) = (80, 14);

/// A line becomes no more messages than this, whatever a cursor does.
const MOST_TOLD: usize = 5_000;

/// What is still to be told to the model, one message after the other.
#[derive(Debug)]
enum Intent {
    /// This message.
    Tell(Msg),
    /// The cursor of the card or of the form goes to this field.
    Field(usize),
    /// The cursor of the list to choose from goes to this line.
    Item(usize),
    /// The path takes the place of the one in the line for a file, where that is open.
    Path(String),
}

/// Who the rows were that were shown under their numbers.
type Rows = BTreeMap<usize, (Slot, Option<String>)>;

/// Who was said under which number, and what they are the answer to.
#[derive(Debug, Default)]
struct Said {
    answer: String,
    rows: Rows,
}

/// What was said and heard so far.
#[derive(Debug, Default)]
pub struct Dialogue {
    intents: VecDeque<Intent>,
    /// How many messages the line has become.
    told: usize,
    said: Said,
    /// What was shown last.
    shown: pane::Pane,
    /// What lies below that, from the list up, and was said already.
    below: Vec<pane::Pane>,
    /// Whether other rows of the same list were asked for.
    pages: bool,
    /// What is to be said of the line itself.
    misheard: Option<Misheard>,
    wants_help: bool,
    /// Whether what is shown is to be said again.
    again: bool,
}
