//! The status line: what is going on, in one sentence.

use super::{CredentialReason, ExportState, FormState, Keys, ListState, Notice, Said, SearchState, noun};
use crate::cube::Moment;
use crate::keys::Action;
use crate::language::tr;
use crate::text::seconds;

/// What the status line is about.
#[derive(Debug, Clone)]
pub enum Status<'a> {
    /// A new credential is asked for; the kind of credential.
    Credential(&'a CredentialReason, &'a str),
    /// A menu is open.
    Menu,
    /// Cube wants to be asked nothing for this many seconds.
    Throttled(u64),
    /// A field is looked for; how many are shown.
    FieldFind(usize),
    /// Only some fields are shown: what was looked for, and how many.
    KeptFields(&'a str, usize),
    /// Something happened.
    Notice(&'a Notice),
    /// A search is open or kept.
    Search(Box<SearchState<'a>>),
    /// The field under the card's cursor.
    Field(Said),
    /// A form.
    Form(FormState<'a>),
    /// The line for the file of an export.
    Export(ExportState<'a>),
    /// The list.
    List(Box<ListState<'a>>),
}

impl Status<'_> {
    /// What is said.
    #[must_use]
    pub fn said(&self, keys: &Keys<'_>) -> Said {
        let close = || keys.key(Action::Back);
        match self {
            Self::Credential(reason, kind) => reason.said(kind),
            Self::Menu => Said::quiet(tr!("Type to filter · {close} closes", close = close())),
            Self::Throttled(left) => Said::plain(tr!(
                "Cube is busy · next try in {left} s · {close} cancels",
                left,
                close = close()
            )),
            Self::FieldFind(shown) => Said::quiet(noun::fields(*shown as u64)),
            Self::KeptFields(text, shown) => Said::plain(tr!(
                "/ {text}   {fields} · {close} shows all",
                text,
                fields = noun::fields(*shown as u64),
                close = close()
            )),
            Self::Notice(notice) => notice.said(keys),
            Self::Search(state) => state.said(keys),
            Self::Field(said) => said.clone(),
            Self::Form(state) => state.said(keys),
            Self::Export(state) => state.said(keys),
            Self::List(state) => state.said(keys),
        }
    }
}

/// How far the rest of the list is loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// From 0 to 1.
    pub done: f64,
    /// How long it will take, as far as can be told; and the key that stops it.
    pub words: String,
}

/// How far the rest is: it began then with this many pages missing, and these are missing now. `stops` is the key that
/// stops it, where it can be pressed.
#[must_use]
pub fn progress(
    (since, now): (Moment, Moment),
    (missing_then, missing): (usize, usize),
    stops: Option<String>,
) -> Progress {
    let done = missing_then.saturating_sub(missing);
    let spent = now.seconds_since(since);
    let left = (done > 0 && spent > 0).then(|| spent * missing as u64 / done as u64);
    let stops = stops.map(|key| tr!("{key} stops", key));
    let parts = [left.map(seconds), stops];
    #[expect(clippy::cast_precision_loss, reason = "a bar of a few cells shows it")]
    let done = done as f64 / missing_then.max(1) as f64;
    Progress { done, words: super::joined(parts.into_iter().flatten()) }
}
