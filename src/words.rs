//! What the screen says, made from typed states: sentences, their tone, and a shorter form where there is little room.
//! Keys in sentences come from the table of keys, so that a sentence never names a key that does something else.

mod age;
mod banner;
mod calls;
mod card;
mod credential;
mod divider;
mod empty;
mod export;
mod form;
mod list;
mod marks;
mod menu;
mod notice;
mod noun;
mod order;
mod plain;
mod recents;
mod scope;
mod search;
mod shared;
mod status;
mod title;
mod values;
mod view;

pub use age::{age, is_old};
pub use banner::{Banner, nameless};
pub use calls::{CallsState, back_to_customers, call_as_lines, calls, calls_of, label_of_call};
pub use card::{card_problem, empty_fields, field, more_below};
pub use credential::CredentialReason;
pub use divider::Divider;
pub use empty::{Emptiness, emptiness};
pub use export::{ExportState, Exported, NotExported};
pub use form::{
    Fixed, FormState, NoWriting, Obstacle, SameAs, changes, empty, fixed, form_title, obstacle, same_as,
    unfit,
};
pub use list::{Halt, ListState};
pub use marks::{MarksState, marked};
pub use menu::{counted_fields, labels_in_short, no_field, section, signs, syntax};
pub use notice::{Colors, NotAsSent, Notice};
pub use order::OrderState;
pub use plain::{
    Misheard, Reviewed, aloud, card_head, file, labelled, mask_aloud, not_loaded, numbered, plain_help,
    prompt, rows,
};
pub use recents::{
    NoProgram, Reached, as_shown, call, copy_as, copy_fields, copy_json, copy_row, copy_several, copy_short,
    in_full, in_full_means, masked_command, masked_value, nothing_listed, nothing_to_list, others_with_same,
    recent, recents, too_long, write_to,
};
pub use scope::{anomaly, extent, searched, unreadable};
pub use search::{AlikeState, Cause, LookedUp, SearchState, Stage, all_fields};
pub use shared::{SharedBy, equal_fields, others, shared, side_by_side};
pub use status::{Progress, Status, progress};
pub use title::title;
pub use values::{ValuesState, no_value, no_value_matches};
pub use view::{no_views, order, view, views};

use crate::keys::{Action, Context, Keymap};

/// How loud something is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    #[default]
    Quiet,
    /// Worth a look.
    Plain,
    /// Old or incomplete: to be read with care.
    Warning,
    /// Something is wrong.
    Problem,
}

/// Something that the screen says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub words: String,
    /// What is said where there is too little room for the sentence. Empty where nothing shorter says it.
    pub short: String,
    /// How loud it is said.
    pub tone: Tone,
}

impl Said {
    fn new(tone: Tone, words: impl Into<String>) -> Self {
        Self { words: words.into(), short: String::new(), tone }
    }

    fn quiet(words: impl Into<String>) -> Self {
        Self::new(Tone::Quiet, words)
    }

    fn plain(words: impl Into<String>) -> Self {
        Self::new(Tone::Plain, words)
    }

    fn problem(words: impl Into<String>) -> Self {
        Self::new(Tone::Problem, words)
    }

    fn or_short(self, short: impl Into<String>) -> Self {
        Self { short: short.into(), ..self }
    }
}

/// The keys as they are where the sentence is shown.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a> {
    /// The table of keys.
    pub keymap: &'a Keymap,
    /// What has the focus.
    pub context: Context,
}

impl Keys<'_> {
    /// The name of the key that does something.
    #[must_use]
    pub fn key(&self, action: Action) -> String {
        self.keymap.key_for(self.context, action)
    }
}

/// Joins what there is to say with dots.
fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
